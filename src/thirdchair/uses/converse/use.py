"""The definition of `converse`, which is closed: it has a statement of why, and nothing that could run."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from thirdchair.policy import Role
from thirdchair.records import Language, Needs
from thirdchair.uses.use import Use

CONVERSE: Final = Use(
    id="converse",
    title={Language.ENGLISH: "Conversation between sessions", Language.CHINESE: "会谈之间的对话"},
    stage="collaborative",
    audience=frozenset({Role.PATIENT}),
    requesters=frozenset({Role.PATIENT}),
    signers=frozenset(),
    data_classes=("messages",),
    needs=Needs(),
    review="none_closed",
    requirements=(),
    intended_use=(files("thirdchair.uses.converse") / "intended_use.md").read_text(encoding="utf-8"),
    prompt="",
    consent_templates={},
    model_only=True,
)
