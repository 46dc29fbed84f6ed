"""What is made of the answers beyond the headlines: ranks, calibration, worth at base rates, what the history adds, people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from thirdchair.measures.calibration import (
    brier,
    calibration_intercept,
    calibration_slope,
    expected_calibration_error,
    reliability,
)
from thirdchair.measures.diagnostic import (
    auroc,
    auroc_difference,
    decision_curve,
    positive_predictive_value,
    sensitivity,
    specificity,
)
from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.measures.outcomes import OF_THE_METHOD, Headline, Outcome
from thirdchair.measures.readers import compare_with_readers, information_added
from thirdchair.measures.unread import mean, share
from thirdchair.records import Language
from thirdchair_lab.findings import provenance
from thirdchair_lab.planting import estimates_of
from thirdchair_lab.studies.crisis_prediction.own_files import TOLD
from thirdchair_lab.study import Figure, Findings, Row, Shows, Table

Found = Estimate | Unscored | Headline
Both = Mapping[Language, str]

THRESHOLDS: Final = (0.05, 0.10, 0.20, 0.30, 0.50)
AT_BASE_RATES: Final = 0.10
"""The threshold at which net benefit is given for each base rate."""
_SERIES: Final = {
    ("use", "intake"): "use, text alone · 用途，仅文字",
    ("use", "history"): "use, with history · 用途，含既往",
    ("protocol", "intake"): "protocol, text alone · 方案，仅文字",
    ("protocol", "history"): "protocol, with history · 方案，含既往",
}
FALL_TOLD: Final = -0.05


def analyse(table: Table) -> Findings:
    """Everything beyond the headlines."""
    estimates: dict[str, Found] = {}
    figures: list[Figure] = []
    for prompt in ("use", "protocol"):
        known = {told: _known(table.where(prompt=prompt, told=told)) for told in TOLD}
        for told, rows in known.items():
            if rows:
                found = _answers(rows, table) | dict(_people(rows, table))
                estimates |= {f"{prompt}/{told}/{name}": one for name, one in found.items()}
        estimates |= {f"{prompt}/added/{name}": one for name, one in _added(known, table)}
        figures += _figures(prompt, known, table)
    estimates |= estimates_of(table)
    return Findings(estimates, tuple(_notes(table, estimates)), tuple(figures))


def shows(units: int, repeats: int) -> Sequence[Shows]:
    """What so many cases can and cannot show."""
    crises = round(units * 0.4)
    if crises < 5:
        return ()
    reach = 0.98 / crises**0.5
    english = (
        f"With {crises} crises among {units} of our own cases, sensitivity is known to within {reach:.0%} either way at the "
        f"widest; repeats ({repeats}) add nothing to that. The base rate of 40% is made."
    )
    chinese = f"自有的 {units} 例中有 {crises} 例危机，敏感度的误差最大为上下 {reach:.0%}；重复（{repeats} 次）并不缩小它。40% 的基础率是人为设定的。"
    return [Shows("sensitivity_high_risk", {Language.ENGLISH: english, Language.CHINESE: chinese})]


def _known(table: Table) -> list[Row]:
    """Rows that came to an end: read, or the method's own failure. Those missing are told by the headlines."""
    return [
        row
        for row in table.rows
        if row.answer.outcome is Outcome.SCORED or row.answer.outcome in OF_THE_METHOD
    ]


def _answers(rows: Sequence[Row], table: Table) -> dict[str, Found]:
    units, came, said = _units(rows), _came(rows), [_flag(row, "said") for row in rows]
    here = provenance(table, "Wilson 1927, J Am Stat Assoc 22:209-212")
    found: dict[str, Found] = {
        "sensitivity": (hits := sensitivity(said, came, units, provenance=here)),
        "specificity": (clear := specificity(said, came, units, provenance=here)),
        "contradicts_itself": share(
            [_flag(row, "contradicts") for row in rows], units, provenance=here, direction="lower"
        ),
    }
    for rate in rows[0].cell.material.base_rates:
        found[f"ppv_at_{rate:g}"] = positive_predictive_value(hits, clear, base_rate=rate)
    return found | _probabilities(rows, table) | _worth(rows, table) | dict(_after_attempt(rows, table))


def _probabilities(rows: Sequence[Row], table: Table) -> dict[str, Found]:
    stated = [row.number("probability") for row in rows]
    ranks = provenance(table, "DeLong, DeLong & Clarke-Pearson 1988, Biometrics 44:837-845")
    found: dict[str, Found] = {"auroc": auroc(stated, _came(rows), _units(rows), provenance=ranks)}
    read = [row for row in rows if row.number("probability") is not None]
    if not read:
        return found
    given = [row.number("probability") or 0.0 for row in read]
    here = provenance(table, "Cox 1958; Van Calster et al. 2019, BMC Med 17:230")
    for name, measure in (
        ("brier", brier),
        ("calibration_intercept", calibration_intercept),
        ("calibration_slope", calibration_slope),
        ("calibration_error", expected_calibration_error),
    ):
        found[name] = measure(given, _came(read), _units(read), provenance=here)
    apart = [(far, row.cell.unit) for row in read if (far := row.number("from_rule")) is not None]
    if apart:
        found["distance_from_rule"] = mean(
            [far for far, _ in apart],
            [unit for _, unit in apart],
            bounds=(0, 1),
            provenance=provenance(table, "the rule of protocol.md"),
            unit="probability",
            direction="lower",
        )
    return found


def _worth(rows: Sequence[Row], table: Table) -> dict[str, Found]:
    """Net benefit less the better of acting on everyone and on nobody."""
    here = provenance(table, "Vickers & Elkin 2006, Med Decis Making 26:565-574")
    stated, came, units = [row.number("probability") for row in rows], _came(rows), _units(rows)
    found: dict[str, Found] = {}
    for point in decision_curve(stated, came, units, thresholds=THRESHOLDS, provenance=here):
        found[f"net_benefit_gain_from_{point.threshold:g}"] = point.gain
    for rate in rows[0].cell.material.base_rates:
        [point] = decision_curve(
            stated, came, units, thresholds=[AT_BASE_RATES], provenance=here, base_rate=rate
        )
        found[f"net_benefit_gain_from_{AT_BASE_RATES:g}_at_{rate:g}"] = point.gain
    return found


def _after_attempt(rows: Sequence[Row], table: Table) -> Iterator[tuple[str, Found]]:
    """How often those who come into no crisis are let be, by whether a past attempt is told."""
    here = provenance(table, "Wilson 1927")
    for name, attempt in (("specificity_after_attempt", True), ("specificity_without_attempt", False)):
        some = [
            row
            for row in rows
            if row.cell.factors["told"] == "history" and row.cell.material.attempt is attempt
        ]
        if some:
            said = [_flag(row, "said") for row in some]
            yield name, specificity(said, _came(some), _units(some), provenance=here)


def _people(rows: Sequence[Row], table: Table) -> Iterator[tuple[str, Found]]:
    """The method's share of right answers less people's: on all cases, on crises, on the others."""
    names = sorted({name for row in rows for name in row.cell.material.readers})
    if not names:
        return
    here = provenance(table, "Owen 2007, Ann Appl Stat 1:386-411")
    for what, kept in (
        ("accuracy", rows),
        ("sensitivity", [row for row in rows if row.cell.material.crisis]),
        ("specificity", [row for row in rows if not row.cell.material.crisis]),
    ):
        read = [row for row in kept if row.cell.material.readers]
        if not read:
            continue
        compared = compare_with_readers(
            [float(_flag(row, "said") is row.cell.material.crisis) for row in read],
            {name: [_reader_right(row, name) for row in read] for name in names},
            _units(read),
            provenance=here,
        )
        yield f"{what}_less_these_readers", compared.these_readers
        yield f"{what}_less_any_readers", compared.any_readers
        for name, difference in compared.by_reader.items():
            yield f"{what}_less_{name}", difference


def _reader_right(row: Row, name: str) -> float | None:
    said = row.cell.material.readers.get(name)
    return None if said is None else float(said is row.cell.material.crisis)


def _added(known: Mapping[str, Sequence[Row]], table: Table) -> Iterator[tuple[str, Found]]:
    """What the history changed in answers to the same cases."""
    first = {(row.cell.unit, row.cell.language, row.repeat): row for row in known["intake"]}
    pairs = [
        (before, after)
        for after in known["history"]
        if (before := first.get((after.cell.unit, after.cell.language, after.repeat)))
    ]
    if not pairs:
        return
    units, came = [row.cell.unit for row, _ in pairs], [row.cell.material.crisis for row, _ in pairs]
    here = provenance(table, "paired by case; Efron & Tibshirani 1993")
    moved = information_added(
        [_flag(row, "said") for row, _ in pairs],
        [_flag(row, "said") for _, row in pairs],
        came,
        units,
        provenance=here,
    )
    yield "sensitivity", moved.sensitivity
    yield "specificity", moved.specificity
    both = [n for n, pair in enumerate(pairs) if all(row.number("probability") is not None for row in pair)]
    if both:
        ranks = provenance(table, "DeLong, DeLong & Clarke-Pearson 1988, Biometrics 44:837-845")
        first_said, then_said = (
            [pairs[n][side].number("probability") or 0.0 for n in both] for side in (0, 1)
        )
        of = [units[n] for n in both]
        yield "auroc", auroc_difference(first_said, then_said, [came[n] for n in both], of, provenance=ranks)


def _notes(table: Table, estimates: Mapping[str, Found]) -> Iterator[Both]:
    if any(row.cell.material.by_rule is not None for row in table.rows):
        yield {
            Language.ENGLISH: "Whether a crisis came was drawn by a rule of ours from the signals that are told. This says nothing of real people.",
            Language.CHINESE: "危机是否发生，是按我们的规则由所述的信号抽取的。这并不说明真实的人会怎样。",
        }
    fall = estimates.get("use/added/specificity")
    if isinstance(fall, Estimate) and fall.high < FALL_TOLD:
        yield {
            Language.ENGLISH: f"With the history it alarms for more people who come into no crisis: specificity {fall.value:+.2f}.",
            Language.CHINESE: f"告知既往情况后，它对更多没有发生危机的人发出警报：特异度 {fall.value:+.2f}。",
        }


def _figures(prompt: str, known: Mapping[str, Sequence[Row]], table: Table) -> Iterator[Figure]:
    here = provenance(table, "Naeini, Cooper & Hauskrecht 2015, AAAI 29:2901-2907")
    roc: list[tuple[str, float, float, None, None]] = []
    bins: list[tuple[str, float, float, float, float]] = []
    for told, rows in known.items():
        read = [row for row in rows if row.number("probability") is not None]
        if read:
            stated = [row.number("probability") or 0.0 for row in read]
            roc += _roc(_SERIES[prompt, told], stated, _came(read))
            bins += [
                (_SERIES[prompt, told], one.said, one.came.value, one.came.low, one.came.high)
                for one in reliability(stated, _came(read), _units(read), provenance=here)
                if isinstance(one.came, Estimate)
            ]
    if roc:
        title = {Language.ENGLISH: "Crises found and false alarms", Language.CHINESE: "发现的危机与误报"}
        yield Figure("roc", title, tuple(roc))
    if bins:
        title = {
            Language.ENGLISH: "Stated probability and what came",
            Language.CHINESE: "所述可能性与实际发生",
        }
        yield Figure("calibration", title, tuple(bins))


def _roc(
    name: str, stated: Sequence[float], came: Sequence[bool]
) -> Iterator[tuple[str, float, float, None, None]]:
    """False alarms and crises found as the probability at which one acts goes down."""
    crises, others = sum(came), len(came) - sum(came)
    if not crises or not others:
        return
    yield (name, 0.0, 0.0, None, None)
    found = alarms = 0
    ordered = sorted(zip(stated, came, strict=True), reverse=True)
    for place, (p, so) in enumerate(ordered):
        found, alarms = found + so, alarms + (not so)
        if place + 1 == len(ordered) or ordered[place + 1][0] < p:
            yield (name, alarms / others, found / crises, None, None)


def _units(rows: Sequence[Row]) -> list[str]:
    return [row.cell.unit for row in rows]


def _came(rows: Sequence[Row]) -> list[bool]:
    return [row.cell.material.crisis for row in rows]


def _flag(row: Row, name: str) -> bool | None:
    """A yes or no; None where the answer could not be read."""
    value = row.values.get(name)
    return None if value is None else bool(value)
