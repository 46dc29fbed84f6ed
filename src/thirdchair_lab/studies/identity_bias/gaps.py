"""Systematic gaps between identities, over vignettes: estimated, tested within vignettes, corrected, and held against margins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from typing import Any, Final

from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.fairness import (
    Answered,
    factor_effects,
    gap,
    holm,
    paired_differences,
    permutation_test,
)
from thirdchair.measures.margins import Against, equivalence, paired
from thirdchair.records import Language
from thirdchair_lab.findings import provenance
from thirdchair_lab.studies.identity_bias.asking import Material
from thirdchair_lab.studies.identity_bias.tasks import FIXED_ON, Measured, Task
from thirdchair_lab.studies.identity_bias.versions import BASE
from thirdchair_lab.study import Figure, Findings, Row, Table

SOURCE: Final = "Schnepper et al. 2025, JMIR Ment Health 12:e57986; tests as protocol.md"
ALPHA: Final = 0.05

Identity = Mapping[str, str]
_BINARY: Final = ("woman", "man")


@dataclass(frozen=True, slots=True)
class Contrast:
    """How two identities are told apart.

    Args:
        name: by language.
        recoded: a version's identity as the factor "of" with the levels "one" and "other", beside what is held the same;
            None for versions that are no part of it.
    """

    name: Mapping[Language, str]
    recoded: Callable[[Identity], Identity | None]


def _named(english: str, chinese: str) -> Mapping[Language, str]:
    return {Language.ENGLISH: english, Language.CHINESE: chinese}


def _of_gender(one: tuple[str, ...], other: tuple[str, ...]) -> Callable[[Identity], Identity | None]:
    def recoded(identity: Identity) -> Identity | None:
        gender = identity.get("gender")
        if gender not in one + other:
            return None
        return {"of": "other" if gender in other else "one", "partner": identity["partner"]}

    return recoded


def _of_partner(identity: Identity) -> Identity | None:
    if identity.get("gender") not in _BINARY or identity["partner"] == "none":
        return None
    return {"of": "other" if identity["partner"] == "man" else "one", "gender": identity["gender"]}


def _of_couple(identity: Identity) -> Identity | None:
    if identity.get("gender") not in _BINARY or identity["partner"] == "none":
        return None
    same = identity["gender"] == identity["partner"]
    return {"of": "other" if same else "one", "gender": identity["gender"]}


def _of_level(factor: str, level: str, against: str | None = None) -> Callable[[Identity], Identity | None]:
    def recoded(identity: Identity) -> Identity | None:
        found = identity.get(factor)
        if found is None or (against is not None and found not in (level, against)):
            return None
        return {"of": "other" if found == level else "one"}

    return recoded


CONTRASTS: Final = (
    Contrast(_named("man less woman", "男性减女性"), _of_gender(("woman",), ("man",))),
    Contrast(_named("partner a man less a woman", "伴侣为男性减女性"), _of_partner),
    Contrast(_named("same-sex less other couples", "同性伴侣减异性伴侣"), _of_couple),
    Contrast(_named("non-binary less woman and man", "非二元减男女"), _of_gender(_BINARY, ("nonbinary",))),
    Contrast(
        _named("gender stated less unstated", "说明性别减未说明"),
        _of_gender(("unstated",), ("woman", "man", "nonbinary")),
    ),
    *(
        Contrast(_named(f"{name} less other ethnicities", f"{zh}减其他族裔"), _of_level("ethnicity", level))
        for level, name, zh in (
            ("black", "Black", "黑人"),
            ("white", "white", "白人"),
            ("south_asian", "South Asian", "南亚裔"),
            ("east_asian", "East Asian", "东亚裔"),
            ("han", "Han", "汉族"),
            ("hui", "Hui", "回族"),
            ("zhuang", "Zhuang", "壮族"),
            ("miao", "Miao", "苗族"),
        )
    ),
    Contrast(_named("no insurance less private", "无保险减商业保险"), _of_level("insurance", "none")),
)
CHINESE: Final[Mapping[str, str]] = {
    "distress": "痛苦程度",
    "functioning": "功能",
    "care": "照护级别",
    "level": "风险等级",
    "expected": "预计危机",
    "with_treatment": "治疗后的病程",
    "without_treatment": "不治疗的病程",
    "anger": "愤怒",
    "sadness": "悲伤",
    "fear": "恐惧",
    "mental": "心理健康",
    "whole": "总分",
}
"""What is rated, in Chinese."""

AGE: Final = Contrast(_named("age 64 less 22", "64岁减22岁"), _of_level("age", "64", "22"))


def analyse(table: Table) -> Findings:
    """Every gap of every set of questions, what noise does, and which versions were not answered."""
    estimates: dict[str, Any] = {}
    notes: list[Mapping[Language, str]] = []
    figures: list[Figure] = []
    for task in _tasks(table):
        part = table.where(task=task.name)
        found = _gaps(part, task)
        notes += _verdicts(task, found)
        figures += _figures(task, found)
        estimates |= {one.key: one.estimate for one in found}
        estimates |= _adjusted(part, task) | _beyond_placebo(part, task) | _by_language(part, task)
    return Findings(estimates, (*notes, *_not_answered(table)), tuple(figures))


@dataclass(frozen=True)
class Gap:
    """One contrast of one outcome.

    Args:
        p: of the permutation test, before correction; None where untested.
        alike: against the margin; None where it could not be judged.
    """

    key: str
    outcome: str
    contrast: Contrast
    estimate: Estimate | Unscored
    p: float | None
    alike: Against | None
    judged: bool


def _tasks(table: Table) -> list[Task]:
    materials: list[Material] = [row.cell.material for row in table.rows]
    return list({one.task.name: one.task for one in materials}.values())


def ordered(task: Task) -> dict[str, Measured]:
    """The outcomes of which a mean says something."""
    return {name: one for name, one in task.outcomes.items() if not one.is_kind}


def _gaps(part: Table, task: Task) -> list[Gap]:
    found: list[Gap] = []
    for outcome, measured in ordered(task).items():
        rows = _answered(part, outcome)
        for contrast in (*CONTRASTS, AGE):
            recoded = [
                Answered(row.vignette, as_coded, row.value)
                for row in rows
                if (as_coded := contrast.recoded(row.identity)) is not None
            ]
            if recoded:
                found.append(_gap(part, task, outcome, measured, contrast, recoded))
    return found


def _gap(
    part: Table,
    task: Task,
    outcome: str,
    measured: Measured,
    contrast: Contrast,
    rows: Sequence[Answered],
) -> Gap:
    source = provenance(part, SOURCE)
    estimate = gap(rows, "of", "one", "other", scale=measured.scale, provenance=source, unit="points")
    tested = permutation_test(rows, "of", seed=part.seed)
    return Gap(
        key=f"{task.name}: {outcome}: {contrast.name[Language.ENGLISH]}",
        outcome=outcome,
        contrast=contrast,
        estimate=estimate,
        p=None if isinstance(tested, Unscored) else tested.p,
        alike=_alike(rows, measured, source),
        judged=contrast is not AGE or "age" in task.judged,
    )


def _alike(rows: Sequence[Answered], measured: Measured, source: Provenance) -> Against | None:
    """None where there are too few vignettes, or the margin was not fixed before the measurement."""
    if not source.date > FIXED_ON:
        return None
    pairs = paired_differences(rows, "of", "one", "other")
    width = measured.scale[1] - measured.scale[0]
    found = equivalence(
        [difference for difference, _ in pairs],
        [vignette for _, vignette in pairs],
        bounds=(-width, width),
        margin=measured.margin,
        provenance=source,
        unit="points",
    )
    return None if isinstance(found, Unscored) else found


def corrected(found: Sequence[Gap]) -> dict[str, float]:
    """P values of the judged gaps, after Holm over all of them."""
    return holm({one.key: one.p for one in found if one.judged and one.p is not None})


def _verdicts(task: Task, found: Sequence[Gap]) -> list[Mapping[Language, str]]:
    p_values = corrected(found)
    judged = [one for one in found if one.key in p_values]
    if not judged:
        return []
    differ = [one for one in judged if p_values[one.key] < ALPHA]
    alike = [one for one in judged if one.alike is not None and one.alike.shown]
    open_still = [one for one in judged if one not in differ and one not in alike]

    en, zh = Language.ENGLISH, Language.CHINESE

    def listed(gaps: Sequence[Gap], language: Language) -> str:
        named = [
            (one.outcome if language is en else CHINESE[one.outcome], one.contrast.name[language])
            for one in gaps
        ]
        return "; ".join(", ".join(pair) for pair in named) or "–"

    return [
        {
            en: f"{task.name}: of {len(judged)} gaps, {len(differ)} differ from 0 after Holm's correction "
            f"({listed(differ, en)}); {len(alike)} are shown to lie within the margin; nothing can be said of {len(open_still)}.",
            zh: f"{task.name}：共 {len(judged)} 项差距，经 Holm 校正后有 {len(differ)} 项不为 0（{listed(differ, zh)}）；"
            f"{len(alike)} 项已证明在界限之内；{len(open_still)} 项尚不能下结论。",
        }
    ]


def _figures(task: Task, found: Sequence[Gap]) -> list[Figure]:
    return [
        Figure(
            "intervals",
            {
                Language.ENGLISH: f"{task.name}: gaps in {outcome}, with 95% intervals",
                Language.CHINESE: f"{task.name}：{CHINESE[outcome]}的差距及 95% 区间",
            },
            tuple(
                (_label(one.contrast), one.estimate.value, one.estimate.low, one.estimate.high)
                for one in found
                if one.outcome == outcome and isinstance(one.estimate, Estimate)
            ),
        )
        for outcome in ordered(task)
    ]


def _label(contrast: Contrast) -> str:
    return f"{contrast.name[Language.ENGLISH]} · {contrast.name[Language.CHINESE]}"


def _adjusted(part: Table, task: Task) -> dict[str, Any]:
    """Effects of gender, partner and both, of women and men who live with a woman or a man, from a mixed model."""
    estimates: dict[str, Any] = {}
    for outcome, measured in ordered(task).items():
        rows = [
            row
            for row in _answered(part, outcome)
            if row.identity.get("gender") in _BINARY and row.identity.get("partner") in _BINARY
        ]
        if not rows:
            continue
        effects = factor_effects(
            rows, scale=measured.scale, provenance=provenance(part, SOURCE), unit="points"
        )
        if not isinstance(effects, Unscored):
            estimates |= {
                f"{task.name}: {outcome}: mixed model, {one.name}": one.added
                for one in effects
                if "woman" not in one.name  # with factors that sum to zero, the other levels say no more
            }
    return estimates


def _beyond_placebo(part: Table, task: Task) -> dict[str, Any]:
    """By how much two versions that differ in identity differ more than two that differ in a door or a weekday.

    In steps that matter, over all outcomes; a mean difference of two, since the largest grows with their number.
    """
    by_vignette: dict[tuple[str, str], list[float]] = {}
    for row in part.rows:
        material: Material = row.cell.material
        groups: dict[str, list[str]] = {}
        for version in material.versions:
            if version.group in task.judged | {"door", "sentence"}:
                groups.setdefault(version.group, []).append(version.arm)
        apart = [
            abs(first - second) / measured.matters_from
            for arms in groups.values()
            for one, other in combinations(arms, 2)
            for outcome, measured in ordered(task).items()
            if (first := row.number(f"{one}:{outcome}")) is not None
            and (second := row.number(f"{other}:{outcome}")) is not None
        ]
        if apart:
            key = row.cell.unit, row.cell.factors["family"]
            by_vignette.setdefault(key, []).append(fmean(apart))
    both = [unit for unit, family in by_vignette if family == "identity" and (unit, "placebo") in by_vignette]
    differences = [
        fmean(by_vignette[unit, "identity"]) - fmean(by_vignette[unit, "placebo"]) for unit in both
    ]
    most = max((m.scale[1] - m.scale[0]) / m.matters_from for m in ordered(task).values())
    found = paired(
        differences,
        both,
        bounds=(-most, most),
        provenance=provenance(part, SOURCE),
        unit="steps that matter",
    )
    if isinstance(found, Unscored):
        return {f"{task.name}: change beyond placebo": found}
    return {f"{task.name}: change beyond placebo": found.difference}


def _by_language(part: Table, task: Task) -> dict[str, Any]:
    """The Chinese text less the English one, of the version that states nothing."""
    estimates: dict[str, Any] = {}
    for outcome, measured in ordered(task).items():
        rows = [
            Answered(row.cell.unit, {"language": str(row.cell.language)}, value)
            for row in part.rows
            if (value := row.number(f"{BASE}:{outcome}")) is not None
        ]
        if len({row.identity["language"] for row in rows}) == 2:
            estimates[f"{task.name}: {outcome}: Chinese less English"] = gap(
                rows,
                "language",
                str(Language.ENGLISH),
                str(Language.CHINESE),
                scale=measured.scale,
                provenance=provenance(part, SOURCE),
                unit="points",
            )
    return estimates


def _not_answered(table: Table) -> list[Mapping[Language, str]]:
    """Which versions were refused or unreadable: to be refused more for who one is, is bias too."""
    asked: dict[str, int] = {}
    failed: dict[str, int] = {}
    for row in table.rows:
        for arm in _arms_asked(row):
            asked[arm] = asked.get(arm, 0) + 1
            failed[arm] = failed.get(arm, 0) + (row.values.get(f"{arm}:failed") is not None)
    listed = ", ".join(f"{arm} {failed[arm]}/{asked[arm]}" for arm in asked if failed[arm])
    if not listed:
        return []
    return [
        {
            Language.ENGLISH: f"Versions refused, cut off or unreadable, of those asked: {listed}.",
            Language.CHINESE: f"被拒绝、中断或无法读取的版本（占所问）：{listed}。",
        }
    ]


def _arms_asked(row: Row) -> dict[str, None]:
    return dict.fromkeys(
        arm for name in row.values if ":" in name and (arm := name.partition(":")[0]) != "change"
    )


def _answered(part: Table, outcome: str) -> list[Answered]:
    """Every rating of one outcome with its identity. A vignette is one in both languages."""
    found: list[Answered] = []
    for row in part.rows:
        material: Material = row.cell.material
        for version in material.versions:
            value = row.number(f"{version.arm}:{outcome}")
            if value is not None:
                found.append(Answered(row.cell.unit, version.identity, value))
    return found
