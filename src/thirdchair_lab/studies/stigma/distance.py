"""What the answers come to: by condition and question beside people, against the control, and by who the person is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import fmean
from typing import Any, Final

import numpy as np

from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.measures.fairness import Answered, Permuted, factor_effects, holm, permutation_test
from thirdchair.measures.margins import paired
from thirdchair.measures.norms import Norm, share_gap, shipped_norms
from thirdchair.measures.outcomes import OF_THE_METHOD, Outcome
from thirdchair.measures.totals import from_totals
from thirdchair.measures.unread import mean_between, not_ruled_out, share
from thirdchair.records import Language
from thirdchair_lab.findings import provenance
from thirdchair_lab.studies.stigma.asking import Material
from thirdchair_lab.studies.stigma.stories import CONDITIONS, CONTROL, items, kinds
from thirdchair_lab.study import Figure, Findings, Row, Table

SOURCE: Final = "Moore et al. 2025, FAccT; tests as thirdchair_lab stigma, protocol.md"
ALPHA: Final = 0.05
_EN, _ZH = Language.ENGLISH, Language.CHINESE
_ILL: Final = dict(zip(CONDITIONS, ("精神分裂症", "抑郁症", "酒精依赖", "日常烦恼"), strict=True))
_ASKED: Final = {
    "work": "work · 同事",
    "neighbour": "neighbour · 邻居",
    "evening": "evening · 聚会",
    "friend": "friend · 朋友",
    "family": "family · 结亲",
    "violence": "violence · 暴力",
    "shared_home": "shared home · 康复之家",
}
_CHINESE: Final = {"race": "种族", "origin": "来处", "gender": "性别", "schooling": "学历"}


def analyse(table: Table) -> Findings:
    """Shares beside the survey, condition less control, effects of who the person is, and of the order.

    Each language by itself: a translated story is the same story, and only in English were people asked.
    """
    spoken = list(dict.fromkeys(row.cell.language for row in table.rows))
    parts = [_in_language(table, language) for language in spoken]
    estimates = {
        name if len(spoken) == 1 else f"{language}: {name}": found
        for language, part in zip(spoken, parts, strict=True)
        for name, found in part.estimates.items()
    }
    notes = tuple(note for part in parts for note in part.notes)
    return Findings(estimates, notes, tuple(figure for part in parts for figure in part.figures))


def _in_language(whole: Table, language: Language) -> Findings:
    table = replace(whole, rows=tuple(row for row in whole.rows if row.cell.language is language))
    people = {norm.scale: norm for norm in shipped_norms("stigma")} if language is _EN else {}
    counted = table.where(counted="yes")
    effects, note = _of_the_person(counted, list(kinds(language)))
    estimates: dict[str, Any] = {
        **_by_question(table, people),
        **_over_control(counted),
        **effects,
        "cannot say": _cannot_say(table),
        "reversed less forward order": _of_order(table),
    }
    return Findings(estimates, (_beside_people(counted, people), note), _figures(table, people))


def _by_question(table: Table, people: Mapping[str, Norm]) -> dict[str, Any]:
    """Each condition's share of stigmatising answers to each question, and how far it is from people's."""
    estimates: dict[str, Any] = {}
    for condition in CONDITIONS:
        for item in items(_EN):
            found = share_of(table.where(condition=condition, item=item.name))
            estimates[f"{condition}: {item.name}"] = found
            if isinstance(found, Estimate) and condition in people:
                estimates[f"{condition}: {item.name}: less people in 2018"] = share_gap(
                    found, people[condition], item.survey
                )
    return estimates


def share_of(part: Table) -> Estimate | Unscored:
    """Share of stigmatising answers; those that were declined or could not be read may be either."""
    rows = [row for row in part.rows if _was_asked(row)]
    values = [row.number("stigmatising") for row in rows]
    units, source = [row.cell.unit for row in rows], provenance(part, SOURCE)
    if all(value in (None, 0, 1) for value in values):
        flags = [None if value is None else value == 1 for value in values]
        return share(flags, units, provenance=source, direction="lower")
    lows, highs = ([end if value is None else value for value in values] for end in (0.0, 1.0))
    return mean_between(lows, highs, units, bounds=(0, 1), provenance=source, unit="share", direction="lower")


def _was_asked(row: Row) -> bool:
    return row.answer.outcome is Outcome.SCORED or row.answer.outcome in OF_THE_METHOD


def _over_control(counted: Table) -> dict[str, Any]:
    """How much more often each condition is kept away from than everyday troubles; stories of both are resampled."""
    return {
        f"{condition} less control": _difference(counted, condition)
        for condition in CONDITIONS
        if condition != CONTROL
    }


def _difference(counted: Table, condition: str) -> Estimate | Unscored:
    both = [
        (row.cell.factors["condition"] == condition, value, row.cell.unit)
        for row in counted.rows
        if row.cell.factors["condition"] in (condition, CONTROL)
        and (value := row.number("stigmatising")) is not None
    ]
    if len({ill for ill, _, _ in both}) < 2:
        return Unscored("nothing was answered of one of the two")
    columns = np.array(
        [[ill, ill * value, not ill, (not ill) * value] for ill, value, _ in both], dtype=float
    )
    units = [unit for _, _, unit in both]
    others = not_ruled_out(len(set(units)))
    apart = columns[:, 1].sum() / columns[:, 0].sum() - columns[:, 3].sum() / columns[:, 2].sum()
    return from_totals(
        lambda totals: totals[:, 1] / totals[:, 0] - totals[:, 3] / totals[:, 2],
        columns,
        units,
        provenance=provenance(counted, SOURCE),
        unit="share",
        direction="lower",
        without_spread=(apart - others * (apart + 1), apart + others * (1 - apart)),
    )


def _of_the_person(counted: Table, factors: Sequence[str]) -> tuple[dict[str, Any], Mapping[Language, str]]:
    """Effects of race or origin, gender and schooling on the mean over the six questions, and which of them hold after Holm."""
    rows = answered(counted)
    effects = factor_effects(
        rows, scale=(0, 1), provenance=provenance(counted, SOURCE), unit="share", interactions=False
    )
    tests = {factor: permutation_test(rows, factor, seed=counted.seed) for factor in factors} if rows else {}
    p_values = holm({name: found.p for name, found in tests.items() if isinstance(found, Permuted)})
    matter = [name for name, p in p_values.items() if p < ALPHA]
    note = {
        _EN: f"Who the person is ({', '.join(p_values) or 'not tested'}): after Holm's correction the answers depend on "
        f"{', '.join(matter) or 'none of them, as far as so few stories can tell'}.",
        _ZH: f"人物特征（{'、'.join(_chinese(p_values)) or '未检验'}）：经 Holm 校正后，回答取决于"
        f"{'、'.join(_chinese(matter)) or '其中任何一项均未得到证明'}。",
    }
    if isinstance(effects, Unscored):
        return {"who the person is": effects}, note
    return {f"who the person is: {one.name}": one.added for one in effects}, note


def _chinese(names: Sequence[str] | Mapping[str, float]) -> list[str]:
    return [_CHINESE[name] for name in names]


def answered(counted: Table) -> list[Answered]:
    """Each vignette's share of stigmatising answers, its story being what is the same."""
    by_person: dict[tuple[str, tuple[tuple[str, str], ...]], list[float]] = {}
    for row in counted.rows:
        value = row.number("stigmatising")
        if value is not None:
            material: Material = row.cell.material
            key = row.cell.unit, tuple(material.vignette.person.items())
            by_person.setdefault(key, []).append(value)
    return [Answered(story, dict(person), fmean(values)) for (story, person), values in by_person.items()]


def _cannot_say(table: Table) -> Estimate | Unscored:
    rows = [row for row in table.rows if _was_asked(row)]
    return share(
        [row.values.get("cannot_say") is True for row in rows],
        [row.cell.unit for row in rows],
        provenance=provenance(table, SOURCE),
        direction="lower",
    )


def _of_order(table: Table) -> Estimate | Unscored:
    """Within stories: what a mere reversal of the answers does to their mean degree, 0 to 3."""
    by_story: dict[str, dict[str, list[float]]] = {}
    for row in table.rows:
        if (degree := row.number("degree")) is not None:
            by_story.setdefault(row.cell.unit, {}).setdefault(row.cell.factors["order"], []).append(degree)
    both = {story: found for story, found in by_story.items() if len(found) == 2}
    found = paired(
        [fmean(one["reversed"]) - fmean(one["forward"]) for one in both.values()],
        list(both),
        bounds=(-3, 3),
        provenance=provenance(table, SOURCE),
        unit="steps of 0 to 3",
    )
    return found if isinstance(found, Unscored) else found.difference


def _beside_people(counted: Table, people: Mapping[str, Norm]) -> Mapping[Language, str]:
    shares = {condition: share_of(counted.where(condition=condition)) for condition in CONDITIONS}

    def said(condition: str, unscored: str) -> str:
        found = shares[condition]
        value = unscored if isinstance(found, Unscored) else f"{found.value:.2f}"
        return f"{value} ({people_mean(people[condition]):.2f})" if people else value

    listed = "; ".join(f"{condition} {said(condition, 'not answered')}" for condition in CONDITIONS)
    chinese = "；".join(f"{_ILL[condition]} {said(condition, '未回答')}" for condition in CONDITIONS)
    if not people:
        return {
            _EN: f"Share of stigmatising answers to the six questions in Chinese, which no people were asked: {listed}.",
            _ZH: f"中文六个问题中污名化回答的比例（没有公众数据可比）：{chinese}。",
        }
    return {
        _EN: f"Share of stigmatising answers to the six questions, in brackets that of the US public in 2018, whose questions "
        f"were worded otherwise: {listed}.",
        _ZH: f"六个问题中污名化回答的比例，括号内为 2018 年美国公众的比例（问题措辞不同）：{chinese}。",
    }


def people_mean(norm: Norm) -> float:
    """The survey's mean over the six questions."""
    shares = norm.shares or {}
    return fmean(shares[item.survey] for item in items(_EN) if item.counted == "yes")


def _figures(table: Table, people: Mapping[str, Norm]) -> tuple[Figure, ...]:
    figures: list[Figure] = []
    for condition in CONDITIONS:
        points: list[tuple[Any, ...]] = []
        for item in items(_EN):
            found = share_of(table.where(condition=condition, item=item.name))
            if isinstance(found, Estimate):
                points.append((_ASKED[item.name], found.value, found.low, found.high))
            norm = people.get(condition)
            survey = None if norm is None else (norm.shares or {}).get(item.survey)
            if survey is not None:
                points.append((f"{_ASKED[item.name]}: people · 公众 2018", survey, survey, survey))
        figures.append(
            Figure(
                "intervals",
                {
                    _EN: f"{condition}: share of stigmatising answers, with 95% intervals"
                    + (", beside the US public in 2018" if people else ", asked in Chinese"),
                    _ZH: f"{_ILL[condition]}：污名化回答的比例及 95% 区间"
                    + ("，旁为 2018 年美国公众" if people else "（中文提问）"),
                },
                tuple(points),
            )
        )
    return tuple(figures)
