"""The sessions: transcripts of ours, each with what a summary of it must hold, who said it, and what would be false."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, cast

from thirdchair.measures.summaries import Kind
from thirdchair.records import Component, Language, RiskStatus, RiskTopic, SpeakerRole, Transcript, Utterance
from thirdchair_lab.own_files import OwnFileUnusable, read_owned

_HERE: Final = Path(__file__).parent
_SUFFIX: Final = {Language.ENGLISH: "en", Language.CHINESE: "zh"}


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
        checklist: what a summary must hold; empty for an exchange.
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
    whole = json.loads((_HERE / f"sessions_{_SUFFIX[language]}.json").read_text("utf-8"))
    return tuple(_session(row, language) for row in whole["sessions"])


@cache
def exchanges(language: Language) -> Sequence[Session]:
    """Short exchanges of which only the status of each danger is known, in order; no rule was made on them."""
    lines = (_HERE / f"risk_heldout_{_SUFFIX[language]}.jsonl").read_text("utf-8").splitlines()
    return tuple(_exchange(json.loads(line), language) for line in lines if line)


@cache
def own_sessions(path: Path) -> Sequence[Session]:
    """Sessions of a user's own, in the form of `sessions_en.json`; a reference and false sentences may be left out.

    Raises:
        OwnFileUnusable: no licence note or checksum beside them, or not this form; their content is never quoted.
    """
    return tuple(
        session for name, content in read_owned(path).items() for session in _own(path / name, content)
    )


def _own(path: Path, content: bytes) -> Iterator[Session]:
    try:
        rows = json.loads(content)["sessions"]
    except (ValueError, KeyError, TypeError):
        raise OwnFileUnusable(f'{path.name}: no JSON of the form {{"sessions": [...]}}.') from None
    for place, row in enumerate(rows, start=1):
        try:
            whole = {"reference": {}, "false": [], "title": "", "risk": {}} | row | {"id": f"own/{row['id']}"}
            yield _session(whole, Language(row["language"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise OwnFileUnusable(
                f"{path.name}, session {place}: it has not the form of ours. It needs id, language, utterances as "
                "[speaker, role, text], and a checklist of component, kind, text, said_by and evidence."
            ) from None


def in_turns(language: Language, own: Path | None = None) -> list[Session]:
    """Sessions and exchanges one after the other, as long as there are both; a user's own sessions after ours."""
    added = [] if own is None else [one for one in own_sessions(own) if one.language is language]
    first, then = [*sessions(language), *added], exchanges(language)
    return [one for pair in zip_longest(first, then) for one in pair if one is not None]


def _exchange(row: Mapping[str, Any], language: Language) -> Session:
    said = ((one["speaker"], one.get("role", one["speaker"]), one["text"]) for one in row["utterances"])
    risk = {RiskTopic(topic): RiskStatus(is_) for topic, is_ in row["risk"].items()}
    return Session(row["id"], "", _transcript(said, language), MappingProxyType({}), (), risk, ())


def _transcript(said: Iterable[Sequence[str]], language: Language) -> Transcript:
    return Transcript(
        tuple(
            Utterance(f"u{place}", speaker, SpeakerRole(role), text)
            for place, (speaker, role, text) in enumerate(said, start=1)
        ),
        language,
    )


def _session(row: Mapping[str, Any], language: Language) -> Session:
    return Session(
        id=row["id"],
        title=row["title"],
        transcript=_transcript(row["utterances"], language),
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
