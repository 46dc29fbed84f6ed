"""Profiles from the answers, how far they move with the asking, where people's lie, and whether choices follow them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from thirdchair.measures.agreement import icc
from thirdchair.measures.estimate import Estimate, Unscored, estimated
from thirdchair.measures.norms import shipped_norms, within_quartiles
from thirdchair.measures.surveys.pvq_rr import (
    BASIC,
    HIGHER,
    HIGHEST,
    ITEMS,
    LOWEST,
    VALUES,
    ValueProfile,
    circular_structure,
    cronbach_alpha,
    distance_between,
    score_pvq_rr,
)
from thirdchair.measures.units import mean_over_units
from thirdchair.measures.wilson import wilson
from thirdchair.records import Language
from thirdchair_lab.findings import mean_of, provenance
from thirdchair_lab.studies.values.asking import key
from thirdchair_lab.study import Figure, Findings, Table

EN, ZH = Language.ENGLISH, Language.CHINESE
Found = Estimate | Unscored

_PVQ: Final = "Schwartz & Cieciuch 2022, Assessment 29:1005-1019 (scoring of the PVQ-RR)"
_CHOICES: Final = (
    "choices against the chooser's own profile, after Hadar-Shoval et al. 2024, JMIR Ment Health 11:e55988"
)
_FARTHEST: Final = (-float(HIGHEST - LOWEST), float(HIGHEST - LOWEST))
_ALIKE: Final = 1e-9
_CONTRASTS: Final = (
    ("batch", "1", "57"),
    ("batch", "19", "57"),
    ("wording", "woman", "man"),
    ("wording", "person", "man"),
    ("voice", "assistant", "person"),
    ("scale", "falling", "rising"),
)


def _mean_rating(profile: ValueProfile) -> float:
    return profile.mean_rating


_OUTCOMES: Final[Mapping[str, Callable[[ValueProfile], float]]] = {
    **{name: lambda profile, name=name: profile.higher[name] for name in HIGHER},
    "mean of all answers": _mean_rating,
}

_STAND_IN: Final = {
    EN: "STAND-IN PORTRAITS, NOT THE PVQ-RR. They show that the study runs and how far a profile moves with the asking. People's "
    "bands are not applied to them.",
    ZH: "这些是替代题目，不是 PVQ-RR。它们只说明研究能运行，以及问法会让价值观剖面变动多少。不用人们的区间来衡量它们。",
}
_NOT_PEOPLE: Final = {
    EN: "Runs of one model are not people. Reliability over runs speaks of noise, not of a trait, and is not scored where nothing "
    "varies. What a model says of itself need not be what it does; see the dilemmas.",
    ZH: "同一模型的多次运行不是多个人。多次运行之间的信度说的是噪声，不是特质；没有任何变化时不评分。模型怎样说自己，不等于它怎样做；见两难情境。",
}


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One whole questionnaire, put together from its batches."""

    unit: str
    factors: Mapping[str, str]
    answers: Mapping[int, int]
    profile: ValueProfile


def questionnaires(table: Table) -> list[Questionnaire]:
    """The questionnaires of which all 57 items were read."""
    parts: dict[tuple[str, str, str, int], dict[int, int]] = {}
    factors: dict[tuple[str, str, str, int], Mapping[str, str]] = {}
    for row in table.where(part="portraits").scored:
        place = (row.cell.unit, row.cell.language, row.cell.factors["batch"], row.repeat)
        factors[place] = row.cell.factors
        found = parts.setdefault(place, {})
        for item, _ in row.cell.material.items:
            if (answer := row.number(key(item))) is not None:
                found[item] = int(answer)
    scored = [(place, answers, score_pvq_rr(answers)) for place, answers in parts.items()]
    return [
        Questionnaire(place[0], factors[place], answers, profile)
        for place, answers, profile in scored
        if isinstance(profile, ValueProfile)
    ]


def analyse(table: Table) -> Findings:
    """Everything but the headlines. What moves with the asking is 30 differences: at 95% one or two of them are chance."""
    found, own = questionnaires(table), any(row.cell.factors.get("items") == "pvq_rr" for row in table.rows)
    planned = {
        (row.cell.unit, row.cell.language, row.cell.factors["batch"], row.repeat)
        for row in table.where(part="portraits").rows
    }
    estimates: dict[str, Found] = {
        **_profile(found, table),
        **_moved(found, table),
        **_reliability(found, table),
        "choices as the profile says": _choices(found, table),
        "first option chosen": mean_of(
            table.where(part="dilemma"),
            "first_places",
            unit="of two",
            source=_CHOICES,
            direction="lower",
            bounds=(0, 2),
        ),
    }
    notes: list[Mapping[Language, str]] = [_NOT_PEOPLE, _read_note(len(found), len(planned))]
    if own:
        estimates |= _beside_people(found, table)
        notes += _band_notes(found)
    else:
        notes.insert(0, _STAND_IN)
    return Findings(estimates, tuple(notes), tuple(_figures(estimates)))


def _read_note(read: int, planned: int) -> Mapping[Language, str]:
    return {
        EN: f"{read} of {planned} questionnaires were read whole; a profile needs all {ITEMS} answers.",
        ZH: f"{planned} 份问卷中有 {read} 份完整可读；剖面需要全部 {ITEMS} 个回答。",
    }


def _profile(found: Sequence[Questionnaire], table: Table) -> dict[str, Found]:
    """The 19 values, the ten and the four, centred; the mean of all answers."""

    def mean(values: Sequence[float], unit: str, bounds: tuple[float, float] = _FARTHEST) -> Found:
        return mean_over_units(
            values,
            [one.unit for one in found],
            provenance=provenance(table, _PVQ),
            unit=unit,
            bounds=bounds,
        )

    means: dict[str, Found] = {
        "mean of all answers": mean(
            [one.profile.mean_rating for one in found], "rating, 1 to 6", (LOWEST, HIGHEST)
        )
    }
    for kind, names in (("centred", VALUES), ("basic", BASIC), ("higher", HIGHER)):
        for name in names:
            scores = [getattr(one.profile, kind)[name] for one in found]
            means[f"{'value' if kind == 'centred' else kind}: {name}"] = mean(scores, "centred rating")
    return means


def _moved(found: Sequence[Questionnaire], table: Table) -> dict[str, Found]:
    """How much higher the four higher values and the mean of all answers are with one way of asking than with another.

    Each order of the portraits is asked in both ways, so the difference is taken within it.
    """
    return {
        f"{outcome}, {factor} {one} above {other}": _gap(found, factor, one, other, of, table)
        for factor, one, other in _CONTRASTS
        for outcome, of in _OUTCOMES.items()
    }


def _gap(
    found: Sequence[Questionnaire],
    factor: str,
    one: str,
    other: str,
    of: Callable[[ValueProfile], float],
    table: Table,
) -> Found:
    by_unit: dict[str, dict[str, list[float]]] = {}
    for each in found:
        by_unit.setdefault(each.unit, {}).setdefault(each.factors[factor], []).append(of(each.profile))
    both = {unit: levels for unit, levels in by_unit.items() if one in levels and other in levels}
    return mean_over_units(
        [float(np.mean(levels[one]) - np.mean(levels[other])) for levels in both.values()],
        list(both),
        provenance=provenance(table, _PVQ),
        unit="centred rating" if of is not _mean_rating else "rating",
        direction="lower",
        bounds=_FARTHEST,
    )


def _reliability(found: Sequence[Questionnaire], table: Table) -> dict[str, Found]:
    """Likeness of profiles, alpha of three items, the circle; each says why it is not scored where nothing varies."""
    here, units = provenance(table, _PVQ), [one.unit for one in found]
    reliability: dict[str, Found] = {"likeness of profiles": _likeness(found, table)}
    for value in VALUES:
        reliability[f"alpha over runs: {value}"] = cronbach_alpha(
            [one.answers for one in found], units, value, provenance=here
        )
    circle = circular_structure([one.profile for one in found], [table.method] * len(found), provenance=here)
    return {**reliability, "order around the circle": circle.order}


def _likeness(found: Sequence[Questionnaire], table: Table) -> Found:
    """ICC(2,1) of the 19 values over questionnaires.

    Where every questionnaire gives the very same profile it is 1, down to the share of orders that may be otherwise for all that
    so many show (Wilson). Where the 19 values do not differ either, there is nothing to be alike.
    """
    if len(found) < 2:
        return Unscored("fewer than two questionnaires were read")
    ratings = np.array([[one.profile.centred[value] for one in found] for value in VALUES])
    here, orders = provenance(table, _PVQ), len({one.unit for one in found})
    if np.ptp(ratings, axis=1).max() > _ALIKE or np.ptp(ratings) <= _ALIKE:
        return icc(ratings.tolist(), list(VALUES), provenance=here)
    return estimated(
        1.0,
        (wilson(orders, orders)[0], 1.0),
        n=len(found),
        clusters=orders,
        unit="ICC(2,1)",
        direction="higher",
        provenance=here,
    )


def _choices(found: Sequence[Questionnaire], table: Table) -> Found:
    """The share of dilemmas, decided alike both ways, that go to the value which stands higher in the mean profile."""
    if not found:
        return Unscored("no questionnaire was read whole")
    own = {value: float(np.mean([one.profile.centred[value] for one in found])) for value in VALUES}
    decided = [row for row in table.where(part="dilemma").scored if row.values.get("value")]
    pairs = [
        (own[str(row.values["value"])] - own[str(row.values["against"])], row.cell.unit) for row in decided
    ]
    apart = [(gap, unit) for gap, unit in pairs if gap != 0]
    return mean_over_units(
        [float(gap > 0) for gap, _ in apart],
        [unit for _, unit in apart],
        provenance=provenance(table, _CHOICES),
        unit="share",
        bounds=(0, 1),
    )


def _beside_people(found: Sequence[Questionnaire], table: Table) -> dict[str, Found]:
    """How far each profile lies from the middle of 49 groups of people."""
    middle = {norm.scale: norm.quartiles[1] for norm in shipped_norms("pvq_rr") if norm.quartiles}
    apart = [distance_between(one.profile.centred, middle) for one in found if set(middle) == set(VALUES)]
    source = "medians of 49 groups, " + shipped_norms("pvq_rr")[0].source + " (not verified)"
    units = [one.unit for one in found][: len(apart)]
    same_order = [(order, unit) for (_, order), unit in zip(apart, units, strict=True) if np.isfinite(order)]
    return {
        "distance from the middle of 49 groups": mean_over_units(
            [far for far, _ in apart],
            units,
            provenance=provenance(table, source),
            unit="Euclidean, 19 centred values",
            direction="lower",
            bounds=(0, _FARTHEST[1] * len(VALUES) ** 0.5),
        ),
        "order as in 49 groups": mean_over_units(
            [order for order, _ in same_order],
            [unit for _, unit in same_order],
            provenance=provenance(table, source),
            unit="rank correlation",
            bounds=(-1, 1),
        ),
    }


def _band_notes(found: Sequence[Questionnaire]) -> Iterator[Mapping[Language, str]]:
    """Which values lie outside the middle half of 49 groups of people."""
    if not found:
        return
    flags = {
        norm.scale: within_quartiles(float(np.mean([one.profile.centred[norm.scale] for one in found])), norm)
        for norm in shipped_norms("pvq_rr")
        if norm.quartiles
    }
    above = [scale for scale, flag in flags.items() if flag == "above"]
    below = [scale for scale, flag in flags.items() if flag == "below"]
    yield {
        EN: f"Beside the middle half of 49 groups of people (quartiles of group means, transcribed and not verified): above: "
        f"{'; '.join(above) or 'none'}. Below: {'; '.join(below) or 'none'}. A band of cultures, not of persons.",
        ZH: f"与 49 个人群的中间一半相比（各群均值的四分位数，系转录，未核实）：偏高：{'；'.join(above) or '无'}。偏低："
        f"{'；'.join(below) or '无'}。这是文化之间的区间，不是个人之间的。",
    }


def _figures(estimates: Mapping[str, Found]) -> Iterator[Figure]:
    points = tuple(
        (value, one.value, one.low, one.high)
        for value in VALUES
        if isinstance(one := estimates[f"value: {value}"], Estimate)
    )
    if points:
        yield Figure(
            "intervals",
            {EN: "The 19 values, centred, around their circle", ZH: "十九种价值观，中心化得分，按圆环顺序"},
            points,
            x_label={EN: "rating above the mean of all answers", ZH: "高于全部回答均值的评分"},
        )
