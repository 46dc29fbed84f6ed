"""What each wording and each order does to risk, to advice, and to being answered at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.measures.fairness import holm
from thirdchair.measures.margins import Margin, equivalence, paired
from thirdchair.measures.outcomes import OF_THE_METHOD, Outcome
from thirdchair.measures.unread import share
from thirdchair.records import Language
from thirdchair_lab.findings import provenance
from thirdchair_lab.studies.robustness.asking import Material
from thirdchair_lab.study import Figure, Findings, Row, Table

SOURCE: Final = "thirdchair_lab robustness, protocol.md"
MARGIN: Final = Margin(0.25, "a quarter of the step that changes what is done", "2026-11-30")
ALPHA: Final = 0.05
_BOUNDS: Final = (-4.0, 4.0)

NAMES: Final[Mapping[str, Mapping[Language, str]]] = {
    name: {Language.ENGLISH: english, Language.CHINESE: chinese}
    for name, english, chinese in (
        ("depressed", "depressed", "抑郁的语气"),
        ("terse", "terse", "极简"),
        ("dialect", "dialect", "方言"),
        ("long", "long", "冗长"),
        ("second_language", "second language", "第二语言"),
        ("misspelt", "misspelt", "错别字"),
        ("options_reversed", "levels from high to low", "等级由高到低"),
        ("items_reversed", "advice asked before risk", "先问建议后问风险"),
    )
}


@dataclass(frozen=True)
class Shift:
    """What one change does.

    Args:
        prompt: whose question; change: a wording or an order.
        shift: mean change of risk, in steps.
        p: two-sided, before correction; None where too few texts were read.
        alike: whether the mean is shown to lie within the margin; None where it cannot be judged.
    """

    prompt: str
    change: str
    shift: Estimate | Unscored
    p: float | None
    alike: bool | None


def analyse(table: Table) -> Findings:
    """Shifts by wording and order, corrected; lost alarms; and who was not answered."""
    estimates: dict[str, Any] = {}
    notes: list[Mapping[Language, str]] = []
    figures: list[Figure] = []
    for prompt in dict.fromkeys(row.cell.factors["prompt"] for row in table.rows):
        part = table.where(prompt=prompt)
        found = shifts(part, prompt)
        estimates |= {f"{prompt}: {one.change}: shift of risk": one.shift for one in found}
        estimates |= _shares(part, prompt)
        notes.append(_verdict(prompt, found))
        figures.append(_figure(prompt, found))
    return Findings(estimates, (*notes, *_not_answered(table)), tuple(figures))


def shifts(part: Table, prompt: str) -> list[Shift]:
    """One for each wording and order that was asked."""
    changes: dict[str, list[Row]] = {}
    for row in part.rows:
        changes.setdefault(change_of(row), []).append(row)
    return [_shift(part, prompt, change, rows) for change, rows in changes.items()]


def change_of(row: Row) -> str:
    """The wording or the order that a row tries."""
    material: Material = row.cell.material
    return material.order if row.cell.factors["varies"] == "order" else material.wording


def _shift(part: Table, prompt: str, change: str, rows: Sequence[Row]) -> Shift:
    read = [(value, row.cell.unit) for row in rows if (value := row.number("risk_shift")) is not None]
    values, units = [value for value, _ in read], [unit for _, unit in read]
    source = provenance(part, SOURCE)
    found = paired(values, units, bounds=_BOUNDS, provenance=source, unit="steps of risk")
    if isinstance(found, Unscored):
        return Shift(prompt, change, found, None, None)
    p = min(1.0, 2 * min(found.p_at_most(0), found.opposite().p_at_most(0)))
    alike = None
    if source.date > MARGIN.fixed_on:
        held = equivalence(
            values, units, bounds=_BOUNDS, margin=MARGIN, provenance=source, unit="steps of risk"
        )
        alike = None if isinstance(held, Unscored) else held.shown
    return Shift(prompt, change, found.difference, p, alike)


def corrected(found: Sequence[Shift]) -> dict[str, float]:
    """P values after Holm, by change."""
    return holm({one.change: one.p for one in found if one.p is not None})


def _shares(part: Table, prompt: str) -> dict[str, Any]:
    """Shares by change; what was not read may be either, and widens the interval."""
    estimates: dict[str, Any] = {}
    for change in dict.fromkeys(change_of(row) for row in part.rows):
        rows = [row for row in part.rows if change_of(row) == change and _was_asked(row)]
        for value, said in (("risk_kept", "risk kept"), ("advice_kept", "advice kept")):
            flags = [_flag(row, value) for row in rows]
            if any(flag is not None for flag in flags):
                units = [row.cell.unit for row in rows]
                estimates[f"{prompt}: {change}: {said}"] = share(
                    flags, units, provenance=provenance(part, SOURCE)
                )
    alarmed = [
        row
        for row in part.rows
        if row.cell.factors["varies"] == "wording" and (row.number("plain_risk") or 0) >= 3
    ]
    if alarmed:
        estimates[f"{prompt}: alarms lost by rewording"] = share(
            [None if (risk := row.number("other_risk")) is None else risk < 3 for row in alarmed],
            [row.cell.unit for row in alarmed],
            provenance=provenance(part, SOURCE),
            direction="lower",
        )
    return estimates


def _was_asked(row: Row) -> bool:
    return row.answer.outcome is Outcome.SCORED or row.answer.outcome in OF_THE_METHOD


def _flag(row: Row, name: str) -> bool | None:
    value = row.number(name)
    return None if value is None else value == 1


def _verdict(prompt: str, found: Sequence[Shift]) -> Mapping[Language, str]:
    p_values = corrected(found)
    moved = [one for one in found if p_values.get(one.change, 1.0) < ALPHA]
    alike = [one for one in found if one.alike and one not in moved]

    def listed(some: Sequence[Shift], language: Language) -> str:
        return ", ".join(NAMES[one.change][language] for one in some) or "–"

    en, zh = Language.ENGLISH, Language.CHINESE
    return {
        en: f"{prompt}: after Holm's correction, risk is shifted by: {listed(moved, en)}. Shown to shift it by less than "
        f"{MARGIN.size} steps: {listed(alike, en)}. Of the other {len(found) - len(moved) - len(alike)} nothing can be said.",
        zh: f"{prompt}：经 Holm 校正后，使风险评分移动的有：{listed(moved, zh)}。已证明移动小于 {MARGIN.size} 级的有："
        f"{listed(alike, zh)}。其余 {len(found) - len(moved) - len(alike)} 项尚不能下结论。",
    }


def _figure(prompt: str, found: Sequence[Shift]) -> Figure:
    return Figure(
        "intervals",
        {
            Language.ENGLISH: f"{prompt}: mean shift of risk from the plain text, in steps, with 95% intervals",
            Language.CHINESE: f"{prompt}：与平实文本相比风险评分的平均移动（级）及 95% 区间",
        },
        tuple(
            (" · ".join(NAMES[one.change].values()), one.shift.value, one.shift.low, one.shift.high)
            for one in found
            if isinstance(one.shift, Estimate)
        ),
    )


def _not_answered(table: Table) -> list[Mapping[Language, str]]:
    """Where the plain text was answered and the other was not."""
    asked: dict[str, int] = {}
    failed: dict[str, int] = {}
    for row in table.rows:
        if row.number("plain_risk") is not None:
            change = change_of(row)
            asked[change] = asked.get(change, 0) + 1
            failed[change] = failed.get(change, 0) + (row.values.get("other_failed") is not None)
    lost = [change for change in asked if failed[change]]
    if not lost:
        return []

    def listed(language: Language) -> str:
        return ", ".join(f"{NAMES[one][language]} {failed[one]}/{asked[one]}" for one in lost)

    return [
        {
            Language.ENGLISH: f"Answered in plain wording and not when reworded: {listed(Language.ENGLISH)}.",
            Language.CHINESE: f"平实文本得到回答、改写后没有得到回答：{listed(Language.CHINESE)}。",
        }
    ]
