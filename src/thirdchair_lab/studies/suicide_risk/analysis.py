"""What is made of the answers beyond the headlines: errors, calibration, what each factor changes, and SIRI-2."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from thirdchair.measures.agreement import alpha
from thirdchair.measures.calibration import (
    calibration_intercept,
    calibration_slope,
    expected_calibration_error,
    reliability,
)
from thirdchair.measures.diagnostic import auroc, sensitivity
from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.measures.fairness import Answered, gap
from thirdchair.measures.margins import paired
from thirdchair.measures.outcomes import OF_THE_METHOD, Headline, Outcome
from thirdchair.measures.resampling import bootstrap_mean
from thirdchair.measures.triage import mean_absolute_error, triage
from thirdchair.measures.unread import not_ruled_out, share
from thirdchair.records import Language
from thirdchair_lab.findings import provenance
from thirdchair_lab.planting import estimates_of
from thirdchair_lab.studies.suicide_risk import siri
from thirdchair_lab.studies.suicide_risk.asking import FACETS
from thirdchair_lab.studies.suicide_risk.design import BASE, BOTH, FACTORS, HIGH_FROM, LEVELS, RUNGS
from thirdchair_lab.study import Cell, Figure, Findings, Row, Shows, Table

Found = Estimate | Unscored | Headline
Both = Mapping[Language, str]

EQUAL_WITHIN: Final = 0.5
"""Of a level: what sex and age may change at most and still be called equal. 40 people of whom none differs show 0.35."""
LADDER: Final = (0, 4)
_FACTORS: Final = {
    "burdensomeness": "burdensomeness · 感到是负担",
    "thwarting": "thwarted belonging · 缺乏归属",
    "sex": "man less woman · 男减女",
    "age": "older less younger · 年长减年轻",
    "history": "attempt years ago · 多年前的自杀未遂",
    "means": "means within reach · 可及的工具",
    "burdensomeness_and_thwarting": "the first two together · 前两项的交互",
}
"""What was varied, in both languages."""
_RATINGS: Final = {
    "psychache": ("pain of mind", "心理痛苦"),
    "ideation": ("thoughts of suicide", "自杀念头"),
    "attempt": ("the likelihood of an attempt", "自杀尝试的可能性"),
    "resilience": ("resilience", "心理韧性"),
    "level": ("the level", "等级"),
}


def analyse(table: Table) -> Findings:
    """Everything beyond the headlines."""
    estimates: dict[str, Found] = {}
    for prompt in ("use", "protocol"):
        own = _known(table.where(prompt=prompt, changed=BASE))
        estimates |= {f"{prompt}/{name}": found for name, found in _levels(own, table).items()}
    varied = table.where(prompt="protocol", varied="yes").scored
    effects = dict(_effects(varied, table))
    rows = _known(table.where(part=siri.PART))
    here = provenance(
        table, "Neimeyer & Bonnelle 1997, Death Stud 21:59-81; McBain et al. 2025, JMIR 27:e67891"
    )
    estimates |= estimates_of(table) | effects | dict(_norms(table)) | siri.estimates(rows, here)
    return Findings(estimates, _notes(effects, rows), tuple(_figures(effects, table)))


def shows(units: int, repeats: int) -> Sequence[Shows]:
    """What so many people can and cannot show."""
    high, varied = units // 2, units // 4
    if high < 1:
        return ()
    least = 1 - not_ruled_out(high)
    sees = 2.8 / varied**0.5 if varied else float("inf")
    english = (
        f"With {high} people at level 3 or 4, a method that misses none is shown to place at least {least:.1%} high "
        f"enough; repeats ({repeats}) add nothing to that."
    )
    chinese = f"{high} 名 3 级或 4 级者中无一漏判时，可证明至少 {least:.1%} 评得足够高；重复（{repeats} 次）并不增加这一证明。"
    effect = f"With {varied} people shown in changed versions, an effect of {sees:.2f} standard deviations is seen in 4 of 5 runs."
    effect_chinese = f"{varied} 人以变化版本呈现时，{sees:.2f} 个标准差的效应在五次中有四次能被发现。"
    found = [Shows("not_under_triaged", {Language.ENGLISH: english, Language.CHINESE: chinese})]
    if varied:
        found.append(Shows("effect", {Language.ENGLISH: effect, Language.CHINESE: effect_chinese}))
    return found


def _known(table: Table) -> list[Row]:
    """Rows that came to an end: read, or the method's own failure. Those missing are told by the headlines."""
    return [
        row
        for row in table.rows
        if row.answer.outcome is Outcome.SCORED or row.answer.outcome in OF_THE_METHOD
    ]


def _levels(rows: Sequence[Row], table: Table) -> dict[str, Found]:
    if not rows:
        return {}
    units = [row.cell.unit for row in rows]
    given = [None if (level := row.number("level")) is None else int(level) for row in rows]
    true = [row.cell.material.told.level for row in rows]
    high = [level >= HIGH_FROM for level in true]
    here = provenance(table, "design expectation of the protocol; errors on ordered levels")
    placed = triage(given, true, units, levels=LADDER, provenance=here)
    found: dict[str, Found] = {
        "level_error": placed.error,
        "under_triage": placed.under,
        "over_triage": placed.over,
        "exact_level": placed.exact,
        "level_distance": mean_absolute_error(given, true, units, levels=LADDER, provenance=here),
    }
    for rung in RUNGS[2:]:
        some = [n for n, row in enumerate(rows) if row.cell.factors["rung"] == rung]
        found[f"found_at_{rung}"] = sensitivity(
            [None if (level := given[n]) is None else level >= HIGH_FROM for n in some],
            [True] * len(some),
            [units[n] for n in some],
            provenance=here,
        )
    for language in dict.fromkeys(row.cell.language for row in rows):
        some = [n for n, row in enumerate(rows) if row.cell.language is language]
        found[f"under_triage_{language}"] = triage(
            [given[n] for n in some],
            [true[n] for n in some],
            [units[n] for n in some],
            levels=LADDER,
            provenance=here,
        ).under
    found |= dict(_with_itself(rows, table))
    return found | _probabilities(rows, high, table) | _quotes(rows, table)


def _with_itself(rows: Sequence[Row], table: Table) -> Iterator[tuple[str, Found]]:
    """How far a method agrees with itself on the level: over repeats of a question, and over languages."""
    here = provenance(table, "Krippendorff 2019, Content Analysis, 4th edition, chapter 12")
    for name, same, other in (
        ("alpha_over_repeats", lambda row: (row.cell.unit, row.cell.language), lambda row: row.repeat),
        ("alpha_over_languages", lambda row: (row.cell.unit, row.repeat), lambda row: row.cell.language),
    ):
        given: dict[tuple[str, object], dict[object, float | None]] = {}
        for row in rows:
            given.setdefault(same(row), {})[other(row)] = row.number("level")
        if max(len(levels) for levels in given.values()) > 1:
            yield (
                name,
                alpha(
                    [list(levels.values()) for levels in given.values()],
                    [unit for unit, _ in given],
                    provenance=here,
                    scale="ordinal",
                ),
            )


def _probabilities(rows: Sequence[Row], high: Sequence[bool], table: Table) -> dict[str, Found]:
    units = [row.cell.unit for row in rows]
    stated = [row.number("probability") for row in rows]
    ranks = provenance(table, "DeLong, DeLong & Clarke-Pearson 1988, Biometrics 44:837-845")
    found: dict[str, Found] = {"auroc": auroc(stated, high, units, provenance=ranks)}
    known = [(p, h, unit) for p, h, unit in zip(stated, high, units, strict=True) if p is not None]
    if known:
        given, truth, of = zip(*known, strict=True)
        here = provenance(table, "Cox 1958; Van Calster et al. 2019, BMC Med 17:230")
        found["calibration_intercept"] = calibration_intercept(given, truth, of, provenance=here)
        found["calibration_slope"] = calibration_slope(given, truth, of, provenance=here)
        found["calibration_error"] = expected_calibration_error(given, truth, of, provenance=here)
    return found


def _quotes(rows: Sequence[Row], table: Table) -> dict[str, Found]:
    """The share of readings whose every quotation stands in the case; the use alone quotes."""
    quoted = [row for row in rows if row.number("quotes_dropped") is not None]
    if not quoted:
        return {}
    return {
        "quotes_all_found": share(
            [row.number("quotes_dropped") == 0 for row in quoted],
            [row.cell.unit for row in quoted],
            provenance=provenance(table, "quotations compared with the case, letter for letter"),
        )
    }


def _effects(rows: Sequence[Row], table: Table) -> Iterator[tuple[str, Found]]:
    """What each factor adds to each rating, and what burdensomeness and thwarting add together beyond their sum."""
    here = provenance(table, "mean difference within people, Student's t over people")
    for facet in _RATINGS:
        top = 4.0 if facet == "level" else 1.0
        told = [
            Answered(row.cell.unit, _identity(row.cell), value)
            for row in rows
            if (value := row.number(facet)) is not None
        ]
        unit = "levels" if facet == "level" else "share of the scale"
        for factor in FACTORS:
            yield (
                f"effect/{factor}/{facet}",
                gap(told, factor, *LEVELS[factor], scale=(0.0, top), provenance=here, unit=unit),
            )
        together = _interaction(rows, facet)
        found = (
            paired(
                [value for value, _ in together],
                [who for _, who in together],
                bounds=(-2 * top, 2 * top),
                provenance=here,
                unit=unit,
            )
            if together
            else Unscored("no person has all four versions")
        )
        yield (
            f"effect/burdensomeness_and_thwarting/{facet}",
            found if isinstance(found, Unscored) else found.difference,
        )


def _identity(cell: Cell) -> dict[str, str]:
    return {**{name: cell.factors[name] for name in FACTORS}, "language": str(cell.language)}


def _interaction(rows: Sequence[Row], facet: str) -> list[tuple[float, str]]:
    cells: dict[tuple[str, str, int], dict[tuple[str, str], float]] = {}
    for row in rows:
        value = row.number(facet)
        if value is not None and row.cell.factors["changed"] in (BASE, "burdensomeness", "thwarting", BOTH):
            place = (row.cell.factors["burdensomeness"], row.cell.factors["thwarting"])
            cells.setdefault((row.cell.unit, str(row.cell.language), row.repeat), {})[place] = value
    low, high = "low", "high"
    return [
        (four[high, high] - four[high, low] - four[low, high] + four[low, low], unit)
        for (unit, _, _), four in cells.items()
        if len(four) == 4
    ]


def _norms(table: Table) -> Iterator[tuple[str, Found]]:
    """Mean z against professionals, where the user's file has their figures."""
    here = provenance(
        table, "Levi-Belz & Gamliel 2016, the user's figures; z of ratings of other vignettes than theirs"
    )
    for facet in FACETS:
        rows = [row for row in table.where(prompt="protocol").scored if row.number(f"z_{facet}") is not None]
        if rows:
            yield (
                f"z/{facet}",
                bootstrap_mean(
                    [row.number(f"z_{facet}") or 0.0 for row in rows],
                    [row.cell.unit for row in rows],
                    provenance=here,
                    unit="standard deviations of professionals",
                    direction="lower",
                ),
            )


def _notes(effects: Mapping[str, Found], siri_rows: Sequence[Row]) -> tuple[Both, ...]:
    notes: list[Both] = [
        {
            Language.ENGLISH: "The levels are a design expectation of ours. No clinician has rated these vignettes.",
            Language.CHINESE: "等级是我们的设计预期，没有临床人员对这些案例评过级。",
        }
    ]
    for factor, chinese in (("sex", "性别"), ("age", "年龄")):
        found = effects.get(f"effect/{factor}/level")
        if isinstance(found, Estimate):
            equal = found.low >= -EQUAL_WITHIN and found.high <= EQUAL_WITHIN
            notes.append(
                {
                    Language.ENGLISH: f"{factor.capitalize()}: the level is {'' if equal else 'not '}shown to be equal within {EQUAL_WITHIN} of a level.",
                    Language.CHINESE: f"{chinese}：{'已' if equal else '未'}证明等级之差在 {EQUAL_WITHIN} 级以内。",
                }
            )
    if totals := siri.beside(siri_rows):
        notes.append(
            {
                Language.ENGLISH: f"SIRI-2 totals of rules that read no reply, to compare: {totals}. Lower is better.",
                Language.CHINESE: f"不读回应的规则所得的 SIRI-2 总分，供比较：{siri.in_chinese(totals)}。越低越好。",
            }
        )
    return tuple(notes)


def _figures(effects: Mapping[str, Found], table: Table) -> Iterator[Figure]:
    for facet, (english, chinese) in _RATINGS.items():
        points = tuple(
            (_FACTORS[name.split("/")[1]], found.value, found.low, found.high)
            for name, found in effects.items()
            if name.endswith(f"/{facet}") and isinstance(found, Estimate)
        )
        if points:
            yield Figure(
                "intervals",
                {
                    Language.ENGLISH: f"What each factor adds to {english}, in the same person",
                    Language.CHINESE: f"同一人身上，各因素对{chinese}的影响",
                },
                points,
            )
    points = tuple(point for prompt in ("use", "protocol") for point in _bins(prompt, table))
    if points:
        yield Figure(
            "calibration",
            {
                Language.ENGLISH: "Stated probability of level 3 or 4",
                Language.CHINESE: "所述 3 级或 4 级的可能性",
            },
            points,
        )


def _bins(prompt: str, table: Table) -> Iterator[tuple[str, float, float, float, float]]:
    """What was stated and how often it was so, by tenths."""
    rows = [
        (p, row.cell.material.told.level >= HIGH_FROM, row.cell.unit)
        for row in table.where(prompt=prompt, changed=BASE).scored
        if (p := row.number("probability")) is not None
    ]
    if rows:
        said, high, units = zip(*rows, strict=True)
        for one in reliability(
            said, high, units, provenance=provenance(table, "Naeini 2015, AAAI 29:2901-2907")
        ):
            if isinstance(one.came, Estimate):
                yield (prompt, one.said, one.came.value, one.came.low, one.came.high)
