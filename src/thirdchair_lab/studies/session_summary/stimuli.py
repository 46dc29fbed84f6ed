"""The sessions: transcripts of ours, each with what a summary of it must hold, who said it, and what would be false."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, cast

from thirdchair.measures.summaries import Kind
from thirdchair.records import Component, Language, RiskStatus, RiskTopic, SpeakerRole, Transcript, Utterance

_FILES: Final = {Language.ENGLISH: "sessions_en.json", Language.CHINESE: "sessions_zh.json"}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a summary of the session must hold.

    Args:
        component: the part of the summary it belongs to.
        kind: a risk is a fact of danger; a pertinent negative was asked about and denied.
        text: one sentence.
        said_by: who said it in the session.
        evidence: the utterances that say it.
    """

    component: Component
    kind: Kind
    text: str
    said_by: SpeakerRole
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """One session with its reference.

    Args:
        reference: a short summary of ours, by component.
        checklist: what a summary must hold, in the order of the components.
        risk: true status of each danger; a danger on which the words can be read two ways is left out.
        false: sentences about the session that are not true.
    """

    id: str
    title: str
    transcript: Transcript
    reference: Mapping[Component, str]
    checklist: tuple[Item, ...]
    risk: Mapping[RiskTopic, RiskStatus]
    false: tuple[str, ...]

    @property
    def language(self) -> Language:
        """It is held in."""
        return self.transcript.language


@cache
def sessions(language: Language) -> Sequence[Session]:
    """Every session of a language, in order."""
    whole = json.loads((Path(__file__).parent / _FILES[language]).read_text("utf-8"))
    return tuple(_session(row, language) for row in whole["sessions"])


def _session(row: Mapping[str, Any], language: Language) -> Session:
    said = (
        Utterance(f"u{place}", speaker, SpeakerRole(role), text)
        for place, (speaker, role, text) in enumerate(row["utterances"], start=1)
    )
    return Session(
        id=row["id"],
        title=row["title"],
        transcript=Transcript(tuple(said), language),
        reference=MappingProxyType({Component(part): text for part, text in row["reference"].items()}),
        checklist=tuple(_item(one) for one in row["checklist"]),
        risk=MappingProxyType({RiskTopic(topic): RiskStatus(is_) for topic, is_ in row["risk"].items()}),
        false=tuple(row["false"]),
    )


def _item(one: Mapping[str, Any]) -> Item:
    return Item(
        Component(one["component"]),
        cast("Kind", one["kind"]),
        one["text"],
        SpeakerRole(one["said_by"]),
        tuple(one["evidence"]),
    )
