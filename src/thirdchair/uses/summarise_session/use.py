"""The definition of `summarise_session`; its words stand beside it and are approved with it."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from thirdchair.evidence import Requirement
from thirdchair.policy.roles import CLINICIANS
from thirdchair.records import Language, Needs
from thirdchair.uses.use import Use

_HERE = files("thirdchair.uses.summarise_session")


def _words(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


SUMMARISE_SESSION: Final = Use(
    id="summarise_session",
    title={Language.ENGLISH: "Session summaries", Language.CHINESE: "会谈小结"},
    stage="assistive",
    audience=CLINICIANS,
    requesters=CLINICIANS,
    signers=CLINICIANS,
    data_classes=("session_transcript",),
    # Roles say who spoke; the order of events is needed, not the day, so dates move together and come back.
    needs=Needs(dates="shift"),
    review="signature_required",
    requirements=(
        Requirement(
            "sentences_with_evidence", 0.95, "A sentence nobody can trace is a sentence nobody can check."
        ),
        Requirement(
            "risk_affirmed_shown", 0.70, "A danger that was spoken of must be put before the reviewer."
        ),
        Requirement(
            "risk_status_accuracy", 0.70, "Affirmed, denied and not asked mean different care tomorrow."
        ),
    ),
    intended_use=_words("intended_use.md"),
    prompt=_words("prompt.md"),
    consent_templates={
        Language.ENGLISH: _words("consent.en.md"),
        Language.CHINESE: _words("consent.zh-hans.md"),
    },
)
