"""What is counted of one summary: items held, sentences borne out, attributed and put in their part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from thirdchair.measures.summaries import ChecklistItem, JudgedSentence, Kind
from thirdchair.records import Component, RiskStatus
from thirdchair.records.transcript import count_words
from thirdchair_lab.studies.session_summary.asking import Written
from thirdchair_lab.studies.session_summary.beside import overlaps
from thirdchair_lab.studies.session_summary.judging import component_of, is_borne_out, speaker_flipped, states
from thirdchair_lab.studies.session_summary.stimuli import Item, Session
from thirdchair_lab.study import Cell, Row, Value

KINDS: tuple[Kind, ...] = ("fact", "risk", "pertinent negative")


def wanted(cell: Cell) -> tuple[Item, ...]:
    """The items that this summary must hold: of its component, or all."""
    session: Session = cell.material
    part = cell.factors["component"]
    return tuple(one for one in session.checklist if part in ("all", one.component))


def reference(cell: Cell) -> str:
    """Our own summary, of its component or whole."""
    session: Session = cell.material
    part = cell.factors["component"]
    return "\n".join(text for component, text in session.reference.items() if part in ("all", component))


def values_of(cell: Cell, summary: Written) -> dict[str, Value]:
    """Counts and shares of one summary; no share where there is nothing to count.

    Of an exchange only what the use requires: it has no checklist.
    """
    session: Session = cell.material
    if not session.checklist:
        return {"with_evidence": summary.cited, **_risk(session, summary)}
    items = wanted(cell)
    held = [states(summary.text, item.text) for item in items]
    texts = [sentence for _, sentence in summary.sentences]
    borne_out = [is_borne_out(session, sentence) for sentence in texts]
    flipped = _known(
        speaker_flipped(session, sentence)
        for part, sentence in summary.sentences
        if part is not Component.PLAN  # what was agreed, both said
    )
    leaked = _known(_leaked(session, *sentence) for sentence in summary.sentences)
    values: dict[str, Value] = {
        "held": _share(held),
        "sentences": len(texts),
        "unsupported": len(texts) - sum(borne_out),
        "unsupported_share": None if not texts else 1 - sum(borne_out) / len(texts),
        "attributed": len(flipped),
        "flipped": sum(flipped),
        "flipped_share": _share(flipped),
        "placed": len(leaked),
        "leaked": sum(leaked),
        "leaked_share": _share(leaked),
        "words": count_words(summary.text),
        "length": count_words(summary.text) / session.transcript.word_count,
        "with_evidence": summary.cited,
        "grounded": summary.grounded,
        **(overlaps(reference(cell), "\n".join(texts), session.language) if reference(cell) else {}),
    }
    for kind in KINDS:
        own = [is_ for is_, item in zip(held, items, strict=True) if item.kind == kind]
        values[f"held, {kind}"] = sum(own)
        values[f"held_share, {kind}"] = _share(own)
        values[f"omitted_share, {kind}"] = None if not own else 1 - sum(own) / len(own)
    return values | _risk(session, summary)


def checklist(rows: Sequence[Row]) -> list[ChecklistItem]:
    """Every item that was to be held, unread summaries among them."""
    found: list[ChecklistItem] = []
    for row in rows:
        for kind in KINDS:
            n = sum(one.kind == kind for one in wanted(row.cell))
            covered = row.number(f"held, {kind}")
            found += [
                ChecklistItem(row.cell.unit, kind, None if covered is None else place < covered)
                for place in range(n)
            ]
    return found


def judged(rows: Sequence[Row], count: str, of: str) -> list[JudgedSentence]:
    """The sentences of which `of` says how many were judged, `count` of them so ("unsupported", "leaked", "flipped")."""
    found: list[JudgedSentence] = []
    for row in rows:
        for place in range(int(row.number(of) or 0)):
            is_so = place < (row.number(count) or 0)
            found.append(
                JudgedSentence(
                    row.cell.unit,
                    supported=not (is_so and count == "unsupported"),
                    asked_component="asked",
                    judged_component="another" if is_so and count == "leaked" else "asked",
                    said_by="named",
                    truly_by="another" if is_so and count == "flipped" else "named",
                )
            )
    return found


def _leaked(session: Session, component: Component | None, sentence: str) -> bool | None:
    belongs = component_of(session, sentence) if component is not None else None
    return None if belongs is None else belongs is not component


def _risk(session: Session, summary: Written) -> dict[str, Value]:
    """The use's own requirements: the status of each danger, and affirmed ones put before the reviewer."""
    if not summary.risk:
        return {}
    right = [summary.risk[topic] is is_ for topic, is_ in session.risk.items()]
    shown = [
        summary.risk[topic] in (RiskStatus.AFFIRMED, RiskStatus.UNCLEAR)
        for topic, is_ in session.risk.items()
        if is_ is RiskStatus.AFFIRMED
    ]
    return {"risk_status": _share(right), "risk_affirmed_shown": _share(shown)}


def _known(flags: Iterable[bool | None]) -> list[bool]:
    return [flag for flag in flags if flag is not None]


def _share(flags: Sequence[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None
