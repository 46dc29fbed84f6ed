"""What a print of a draft or a signed note says, before it is Markdown or Word."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from thirdchair.records import (
    Component,
    Draft,
    Language,
    NoteFormat,
    Origin,
    RiskFinding,
    RiskStatus,
    Sentence,
    SignedNote,
    Span,
    Support,
    Transcript,
)
from thirdchair.uses.summarise_session.layout import headings
from thirdchair.uses.summarise_session.words import (
    COMPONENT_NAMES,
    PHRASES,
    REASON_NAMES,
    ROLE_NAMES,
    STATUS_NAMES,
    TIMEFRAME_NAMES,
    TOPIC_NAMES,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as printed: its text, the numbers of its utterances, and what must be known about it."""

    text: str
    evidence: tuple[int, ...]
    mark: str


@dataclass(frozen=True, slots=True)
class Part:
    """One component under a heading; `title` is empty where the heading says it already.

    Args:
        risk: rows of topic, status, time, utterances, below their header row; empty but in Risk.
    """

    title: str
    lines: tuple[Line, ...]
    risk: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A whole print. `origin` goes at its head and its foot (requirement D4)."""

    title: str
    origin: str
    legend: str
    speakers: str
    sections: tuple[tuple[str, tuple[Part, ...]], ...]
    nothing: str
    left_to_clinician: str
    cited_title: str
    cited: tuple[tuple[int, str, str], ...]


def compose_page(written: Draft | SignedNote, transcript: Transcript, note_format: NoteFormat) -> Page:
    """The print of a draft or signed note in its own language.

    A draft carries the utterances it cites, to be checked on paper; a signed note keeps only their numbers, so
    that what was said does not travel with it.

    Raises:
        KeyError: an utterance is cited that the transcript does not hold.
    """
    phrases = PHRASES[written.language]
    is_draft = isinstance(written, Draft)
    return Page(
        title=phrases["draft_title" if is_draft else "note_title"],
        origin=origin_of(written),
        legend=phrases["legend"],
        speakers=_speakers(transcript, written.language) if is_draft else "",
        sections=tuple(
            (heading, _parts(heading, components, written, transcript))
            for heading, components in headings(note_format, written.language)
        ),
        nothing=phrases["nothing"],
        left_to_clinician=phrases["not_in_transcript"],
        cited_title=phrases["cited"],
        cited=_cited(written, transcript) if is_draft else (),
    )


def origin_of(written: Draft | SignedNote) -> str:
    """Who made and who answers for a text, in one line of its own language (requirement D4)."""
    phrases = PHRASES[written.language]
    if isinstance(written, Draft):
        return phrases["draft_origin"].format(method=written.method)
    counts = {str(origin): sum(s.origin is origin for s in written.spans) for origin in Origin}
    return phrases["note_origin"].format(
        signer=written.signer_name,
        date=written.signed_at[:10],
        all=len(written.spans),
        method=written.method,
        **counts,
    )


def _parts(
    heading: str, components: Sequence[Component], written: Draft | SignedNote, transcript: Transcript
) -> tuple[Part, ...]:
    names = COMPONENT_NAMES[written.language]
    return tuple(
        Part(
            title="" if names[component] == heading else names[component],
            lines=_lines(component, written, transcript),
            risk=_risk_rows(written, transcript) if component is Component.RISK else (),
        )
        for component in components
    )


def _lines(component: Component, written: Draft | SignedNote, transcript: Transcript) -> tuple[Line, ...]:
    if isinstance(written, Draft):
        marked = [(s.text, s.evidence, _support(s, written.language)) for s in written.section(component)]
    else:
        spans = [span for span in written.spans if span.section is component]
        marked = [(s.text, s.evidence, _origin_mark(s, written.language)) for s in spans]
    return tuple(Line(text, _numbers(evidence, transcript), mark) for text, evidence, mark in marked)


def _support(sentence: Sentence, language: Language) -> str:
    if sentence.status is Support.SUPPORTED:
        return ""
    names, phrases = REASON_NAMES[language], PHRASES[language]
    reasons = sentence.reasons or ("content",)
    return phrases["unsupported"].format(reasons=phrases["reasons"].join(names.get(r, r) for r in reasons))


def _origin_mark(span: Span, language: Language) -> str:
    # Rounded up: a print never says that less came from the machine than did.
    return PHRASES[language][str(span.origin)].format(share=math.ceil(100 * span.machine_share))


def _risk_rows(written: Draft | SignedNote, transcript: Transcript) -> tuple[tuple[str, ...], ...]:
    phrases = PHRASES[written.language]
    header = (phrases["topic"], phrases["status"], phrases["when"], phrases["evidence"])
    return (header, *(_risk_row(finding, transcript, written.language) for finding in written.risk))


def _risk_row(finding: RiskFinding, transcript: Transcript, language: Language) -> tuple[str, ...]:
    none = PHRASES[language]["no_entry"]
    affirmed = finding.status is RiskStatus.AFFIRMED
    numbers = ", ".join(str(n) for n in _numbers(finding.evidence, transcript))
    return (
        TOPIC_NAMES[language][finding.topic],
        STATUS_NAMES[language][finding.status],
        TIMEFRAME_NAMES[language][finding.timeframe] if affirmed else none,
        numbers or none,
    )


def _numbers(evidence: Sequence[str], transcript: Transcript) -> tuple[int, ...]:
    return tuple(transcript.utterance(utterance_id).number for utterance_id in evidence)


def _speakers(transcript: Transcript, language: Language) -> str:
    phrases, roles = PHRASES[language], ROLE_NAMES[language]
    named = (f"{label} ({roles[role]})" for label, role in transcript.speakers.items())
    return f"{phrases['speakers']}: {phrases['list'].join(named)}"


def _cited(draft: Draft, transcript: Transcript) -> tuple[tuple[int, str, str], ...]:
    ids = {i for s in draft.sentences for i in s.evidence} | {i for f in draft.risk for i in f.evidence}
    utterances = sorted((transcript.utterance(i) for i in ids), key=lambda u: u.number)
    return tuple((u.number, u.speaker, u.text) for u in utterances)
