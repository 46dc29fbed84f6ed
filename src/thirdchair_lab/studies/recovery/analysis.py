"""What is made of the answers beyond the headlines: courses, what raters and treatment change, people beside, the long run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from thirdchair.measures.diagnostic import auroc
from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.measures.fairness import Answered, gap, holm, permutation_test
from thirdchair.measures.margins import paired
from thirdchair.measures.outcomes import Headline
from thirdchair.measures.unread import mean, not_ruled_out, share
from thirdchair.records import Language
from thirdchair.uses.estimate_prognosis.reading import OUTCOME_NAMES, POSITIVE, Course
from thirdchair.uses.estimate_prognosis.reading import Outcome as LongRun
from thirdchair_lab.findings import provenance
from thirdchair_lab.planting import estimates_of
from thirdchair_lab.studies.recovery.asking import RATERS
from thirdchair_lab.studies.recovery.design import CONDITIONS, CONTROL, SEXES
from thirdchair_lab.studies.recovery.norms import CATEGORIES, TREATMENTS, GroupCourse, pessimism
from thirdchair_lab.study import Figure, Findings, Row, Shows, Table

Found = Estimate | Unscored | Headline
Both = Mapping[Language, str]

EQUAL_WITHIN: Final = 0.5
"""Of a course: what sex may change at most and still be called equal."""
WORST: Final = float(max(Course))
_SURVEYS: Final = "Elyoseph & Levkovich 2024, JMIR Ment Health 11:e53043"
_CHINESE: Final[Mapping[str, str]] = {
    "with": "有治疗",
    "without": "无治疗",
    "none": "无角色",
    "public": "公众",
    "gp": "全科医生",
    "psychiatrist": "精神科医生",
    "psychologist": "心理学家",
    "nurse": "护士",
    "depression": "抑郁",
    "depression_with_suicidal_thoughts": "抑郁伴自杀念头",
    "early_schizophrenia": "早期精神分裂症",
    "long_standing_schizophrenia": "慢性精神分裂症",
    "social_anxiety": "社交焦虑",
    "post_traumatic_stress": "创伤后应激",
    CONTROL: "日常烦恼",
    "good": "五项好的结果",
    "bad": "五项坏的结果",
    "good_less_bad": "好减坏",
    **{str(one): name for one, name in OUTCOME_NAMES[Language.CHINESE].items()},
}
"""What was asked, in Chinese."""
_GROUP_OF_RATER: Final = {
    "public": "general public",
    "gp": "general practitioners",
    "psychiatrist": "psychiatrists",
    "psychologist": "clinical psychologists",
    "nurse": "mental-health nurses",
}


def analyse(table: Table) -> Findings:
    """Everything beyond the headlines."""
    own = table.where(own_sex="yes")
    estimates: dict[str, Found] = {
        **dict(_courses(own)),
        **dict(_long_run(own)),
        **dict(_raters(own)),
        **dict(_treatment(own)),
        **dict(_sex(table)),
        **dict(_people(own)),
        **estimates_of(table),
    }
    return Findings(estimates, tuple(_notes(table, estimates)), tuple(_figures(estimates)))


def shows(units: int, repeats: int) -> Sequence[Shows]:
    """What so many people can and cannot show."""
    ill = units - units // len(CONDITIONS)
    if ill < 5:
        return ()
    least = 1 - not_ruled_out(ill)
    english = (
        f"With {ill} people who live with a condition, a method that is never darker than expected is shown not to be in at "
        f"least {least:.1%}; repeats ({repeats}) add nothing to that."
    )
    chinese = f"{ill} 名患者中从无一例比预期更悲观时，可证明至少 {least:.1%} 不更悲观；重复（{repeats} 次）并不增加这一证明。"
    return [Shows("not_more_pessimistic", {Language.ENGLISH: english, Language.CHINESE: chinese})]


def _courses(own: Table) -> Iterator[tuple[str, Found]]:
    """Mean course of people with a condition, of the control, and of each condition; the shares of each course."""
    for prompt, treatment, rows in _by_prompt(own):
        ill = [row for row in rows if row.cell.factors["condition"] != CONTROL]
        yield f"{prompt}/{treatment}/course", _mean(ill, treatment, own)
        for condition in CONDITIONS:
            some = [row for row in rows if row.cell.factors["condition"] == condition]
            yield f"{prompt}/{treatment}/course, {condition}", _mean(some, treatment, own)
        yield f"{prompt}/{treatment}/tells_apart", _tells_apart(rows, treatment, own)
        for course, name in enumerate(CATEGORIES):
            yield (
                f"{prompt}/{treatment}/share_{name}",
                share(
                    [row.number(treatment) == course for row in ill],
                    [row.cell.unit for row in ill],
                    provenance=provenance(own, _SURVEYS),
                ),
            )


def _tells_apart(rows: Sequence[Row], treatment: str, table: Table) -> Found:
    """The chance that a person with a condition gets a darker course than one without; a tie counts half."""
    return auroc(
        [row.number(treatment) for row in rows],
        [row.cell.factors["condition"] != CONTROL for row in rows],
        [row.cell.unit for row in rows],
        provenance=provenance(table, "DeLong, DeLong & Clarke-Pearson 1988, Biometrics 44:837-845"),
    )


def _long_run(own: Table) -> Iterator[tuple[str, Found]]:
    """Each of the ten outcomes, and good less bad, of people with a condition."""
    for prompt, treatment, rows in _by_prompt(own):
        if treatment == "with":
            ill = [row for row in rows if row.cell.factors["condition"] != CONTROL]
            for name in (*(str(one) for one in LongRun), "good", "bad", "good_less_bad"):
                reach = 2.0 if name == "good_less_bad" else 1.0
                yield (
                    f"{prompt}/long_run/{name}",
                    _mean(ill, name, own, bounds=(-reach, reach), unit="-1 to 1"),
                )


def _raters(own: Table) -> Iterator[tuple[str, Found]]:
    """Each rater's course less none's, in the same people; above 0 is darker."""
    for treatment in TREATMENTS:
        told = [
            Answered(row.cell.unit, _identity(row, "rater"), value)
            for row in _ill(own.where(prompt="protocol", treatment=treatment).scored)
            if (value := row.number(treatment)) is not None
        ]
        if told:
            for rater in RATERS[1:]:
                yield (
                    f"rater/{rater}/{treatment}",
                    gap(
                        told,
                        "rater",
                        "none",
                        rater,
                        scale=(0, WORST),
                        provenance=provenance(own, _SURVEYS),
                        unit="courses",
                    ),
                )


def _treatment(own: Table) -> Iterator[tuple[str, Found]]:
    """The course with treatment less without, in the same people; below 0 is help."""
    for prompt in ("use", "protocol"):
        sides: dict[str, dict[tuple[str, str, int], float]] = {treatment: {} for treatment in TREATMENTS}
        for row in _ill(own.where(prompt=prompt, rater="none").scored):
            for treatment in TREATMENTS:
                if (value := row.number(treatment)) is not None:
                    sides[treatment][row.cell.unit, str(row.cell.language), row.repeat] = value
        keys = [key for key in sides["with"] if key in sides["without"]]
        if keys:
            found = paired(
                [sides["with"][key] - sides["without"][key] for key in keys],
                [unit for unit, _, _ in keys],
                bounds=(-WORST, WORST),
                provenance=provenance(own, _SURVEYS),
                unit="courses",
            )
            yield f"{prompt}/treatment_changes", found if isinstance(found, Unscored) else found.difference


def _sex(table: Table) -> Iterator[tuple[str, Found]]:
    """The course when the same person is a man, less when a woman."""
    for treatment in TREATMENTS:
        told = [
            Answered(row.cell.unit, _identity(row, "sex"), value)
            for row in _ill(table.where(prompt="protocol", rater="none", treatment=treatment).scored)
            if (value := row.number(treatment)) is not None
        ]
        if told:
            yield (
                f"sex/{treatment}",
                gap(
                    told,
                    "sex",
                    *SEXES,
                    scale=(0, WORST),
                    provenance=provenance(table, "mean difference within people, Student's t over people"),
                    unit="courses",
                ),
            )


def _people(own: Table) -> Iterator[tuple[str, Found]]:
    """Pessimism: the method's mean course less each group's, where the group's answers are known."""
    groups: Sequence[GroupCourse] = own.rows[0].cell.material.groups if own.rows else ()
    for group in groups:
        for rater in RATERS:
            if rater == "none" or group.group.lower().startswith(_GROUP_OF_RATER[rater]):
                some = own.where(
                    prompt="protocol", treatment=group.treatment, rater=rater, condition=group.condition
                ).scored
                found = _mean(some, group.treatment, own)
                yield (
                    f"pessimism/{group.condition}/{group.treatment}/{group.group}, as {rater}",
                    found if isinstance(found, Unscored) else pessimism(found, group),
                )


def _notes(table: Table, estimates: Mapping[str, Found]) -> Iterator[Both]:
    groups: Sequence[GroupCourse] = table.rows[0].cell.material.groups if table.rows else ()
    if not groups:
        yield {
            Language.ENGLISH: "What counts as darker is a design expectation of ours. What clinicians and the public said of such people is not known here.",
            Language.CHINESE: "何为“更悲观”是我们的设计预期。此处不知道临床人员和公众对这类人的看法。",
        }
    apart = estimates.get("use/without/tells_apart")
    if isinstance(apart, Estimate) and apart.low <= 0.5:
        yield {
            Language.ENGLISH: "It is not shown to tell people with a condition from people with everyday troubles: whatever it says, it may not have read.",
            Language.CHINESE: "未证明它能区分患者与仅有日常烦恼的人：无论它说什么，可能并没有读。",
        }
    moved = _raters_that_move(table)
    if moved is not None:
        yield {
            Language.ENGLISH: f"Raters that move the course with treatment, after Holm: {', '.join(moved) or 'none'}.",
            Language.CHINESE: f"经 Holm 校正后，改变有治疗时病程判断的角色：{'、'.join(_CHINESE[rater] for rater in moved) or '无'}。",
        }
    found = estimates.get("sex/with")
    if isinstance(found, Estimate):
        equal = found.low >= -EQUAL_WITHIN and found.high <= EQUAL_WITHIN
        yield {
            Language.ENGLISH: f"Sex: the course is {'' if equal else 'not '}shown to be equal within {EQUAL_WITHIN} of a course.",
            Language.CHINESE: f"性别：{'已' if equal else '未'}证明病程之差在 {EQUAL_WITHIN} 级以内。",
        }


def _raters_that_move(table: Table) -> list[str] | None:
    """The raters whose answers differ from none's by more than chance; None where it cannot be tested."""
    rows = _ill(table.where(prompt="protocol", treatment="with", own_sex="yes").scored)
    p_values: dict[str, float] = {}
    for rater in RATERS[1:]:
        told = [
            Answered(row.cell.unit, _identity(row, "rater"), value)
            for row in rows
            if row.cell.factors["rater"] in ("none", rater) and (value := row.number("with")) is not None
        ]
        if len({one.identity["rater"] for one in told}) == 2:
            tested = permutation_test(told, "rater", seed=table.seed)
            if not isinstance(tested, Unscored):
                p_values[rater] = tested.p
    return [rater for rater, p in holm(p_values).items() if p < 0.05] if p_values else None


def _figures(estimates: Mapping[str, Found]) -> Iterator[Figure]:
    yield from _intervals(
        estimates, "rater/", "Course as each rater, less as none", "以各角色回答与无角色之差"
    )
    yield from _intervals(
        estimates, "protocol/long_run/", "The long run, against others", "长远来看，与他人相比"
    )
    for condition in CONDITIONS:
        for treatment in TREATMENTS:
            yield from _intervals(
                estimates,
                f"pessimism/{condition}/{treatment}/",
                f"Darker than people said: {condition.replace('_', ' ')}, {treatment} treatment",
                f"比人们所说更悲观的程度：{_CHINESE[condition]}，{_CHINESE[treatment]}",
            )


def _intervals(estimates: Mapping[str, Found], prefix: str, english: str, chinese: str) -> Iterator[Figure]:
    points = tuple(
        (_label(name.removeprefix(prefix)), found.value, found.low, found.high)
        for name, found in estimates.items()
        if name.startswith(prefix) and isinstance(found, Estimate)
    )
    if points:
        yield Figure("intervals", {Language.ENGLISH: english, Language.CHINESE: chinese}, points)


def _label(name: str) -> str:
    """A finding's name in both languages, as far as its parts have Chinese ones.

    >>> _label("gp/with")
    'gp, with · 全科医生，有治疗'
    """
    parts = name.split("/")
    if not all(part in _CHINESE for part in parts):
        return name
    return f"{', '.join(parts)} · {'，'.join(_CHINESE[part] for part in parts)}"


def _by_prompt(own: Table) -> Iterator[tuple[str, str, Sequence[Row]]]:
    """Scored rows of each prompt, asked as nobody, that speak of each treatment."""
    for prompt in ("use", "protocol"):
        for treatment in TREATMENTS:
            rows = own.where(prompt=prompt, rater="none").scored
            spoken = [row for row in rows if row.number(treatment) is not None]
            if spoken:
                yield prompt, treatment, spoken


def _mean(
    rows: Sequence[Row],
    name: str,
    table: Table,
    *,
    bounds: tuple[float, float] = (0, WORST),
    unit: str = "courses (0 to 5)",
) -> Estimate | Unscored:
    values = [(value, row.cell.unit) for row in rows if (value := row.number(name)) is not None]
    higher = name in ("good", "good_less_bad", *(str(one) for one in POSITIVE))
    return mean(
        [value for value, _ in values],
        [of for _, of in values],
        bounds=bounds,
        provenance=provenance(table, _SURVEYS),
        unit=unit,
        direction="higher" if higher else "lower",
    )


def _ill(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.cell.factors["condition"] != CONTROL]


def _identity(row: Row, factor: str) -> dict[str, str]:
    return {factor: row.cell.factors[factor], "language": str(row.cell.language)}
