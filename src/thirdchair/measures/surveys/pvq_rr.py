"""Portrait Values Questionnaire, revised: 57 portraits, 19 values, and the circle on which they lie.

The questionnaire itself is for its users to bring; commercial use needs a licence from its author.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from thirdchair.measures.distributions import ranks_of
from thirdchair.measures.estimate import Direction, Estimate, Provenance, Unscored
from thirdchair.measures.totals import Floats, from_resampled, from_totals, resample

ITEMS: Final = 57
LOWEST: Final = 1
HIGHEST: Final = 6

VALUES: Final[Mapping[str, tuple[int, int, int]]] = {
    "self-direction, thought": (1, 23, 39),
    "self-direction, action": (16, 30, 56),
    "stimulation": (10, 28, 43),
    "hedonism": (3, 36, 46),
    "achievement": (17, 32, 48),
    "power, dominance": (6, 29, 41),
    "power, resources": (12, 20, 44),
    "face": (9, 24, 49),
    "security, personal": (13, 26, 53),
    "security, societal": (2, 35, 50),
    "tradition": (18, 33, 40),
    "conformity, rules": (15, 31, 42),
    "conformity, interpersonal": (4, 22, 51),
    "humility": (7, 38, 54),
    "benevolence, dependability": (19, 27, 55),
    "benevolence, caring": (11, 25, 47),
    "universalism, concern": (5, 37, 52),
    "universalism, nature": (8, 21, 45),
    "universalism, tolerance": (14, 34, 57),
}
"""The items of each of the 19 values, in their order around the circle."""

BASIC: Final[Mapping[str, tuple[str, ...]]] = {
    "self-direction": ("self-direction, thought", "self-direction, action"),
    "stimulation": ("stimulation",),
    "hedonism": ("hedonism",),
    "achievement": ("achievement",),
    "power": ("power, dominance", "power, resources"),
    "security": ("security, personal", "security, societal"),
    "tradition": ("tradition",),
    "conformity": ("conformity, rules", "conformity, interpersonal"),
    "benevolence": ("benevolence, dependability", "benevolence, caring"),
    "universalism": ("universalism, concern", "universalism, nature", "universalism, tolerance"),
}
"""The ten values of the first theory; humility and face belong to none of them."""

HIGHER: Final[Mapping[str, tuple[str, ...]]] = {
    "self-transcendence": (*BASIC["universalism"], *BASIC["benevolence"]),
    "self-enhancement": ("achievement", *BASIC["power"]),
    "openness to change": (*BASIC["self-direction"], "stimulation", "hedonism"),
    "conservation": (*BASIC["security"], "tradition", *BASIC["conformity"]),
}
"""The four higher values, of 17 of the 19; humility and face lie on borders."""

PLACINGS: Final = 2000

STRAIGHT_LINE: Final = 28
"""More answers alike than this are a straight line, not a profile."""


@dataclass(frozen=True, slots=True)
class ValueProfile:
    """One questionnaire.

    Args:
        raw: mean answer, 1 to 6, of each of the 19 values: for reliability and discriminant analysis.
        centred: raw less the mean of all 57 answers, about -5 to 5, summing to 0: for means and correlations.
        basic, higher: the ten and the four, centred.
        mean_rating: mean of all 57 answers.
        straight_line: whether more than 28 answers are alike.
    """

    raw: Mapping[str, float]
    centred: Mapping[str, float]
    basic: Mapping[str, float]
    higher: Mapping[str, float]
    mean_rating: float
    straight_line: bool


def score_pvq_rr(answers: Mapping[int, int | None]) -> ValueProfile | Unscored:
    """Scores one questionnaire.

    Args:
        answers: by item, 1 to 57, each 1 (not like me at all) to 6 (very much like me); None where not readable.

    Returns:
        ValueProfile; `Unscored` where any item has no answer, since centring needs all 57.

    Raises:
        ValueError: an item that is not there or an answer outside 1 to 6.

    Source:
        Schwartz & Cieciuch 2022, Assessment 29:1005-1019; Schwartz, coding and analysis instructions, June 2021. The
        centred scores are not divided by a person's standard deviation.

    >>> profile = score_pvq_rr({item: 6 if item in (11, 25, 47) else 3 for item in range(1, 58)})
    >>> round(profile.centred["benevolence, caring"], 3), profile.straight_line
    (2.842, True)
    >>> abs(sum(profile.centred.values())) < 1e-9
    True
    """
    if not answers.keys() <= set(range(1, ITEMS + 1)):
        raise ValueError("items are numbered 1 to 57")
    given = {item: answer for item, answer in answers.items() if answer is not None}
    if not all(LOWEST <= answer <= HIGHEST for answer in given.values()):
        raise ValueError("an answer is 1 to 6")
    if len(given) < ITEMS:
        return Unscored(f"{len(given)} of {ITEMS} items are answered")
    raw = {value: sum(given[item] for item in items) / len(items) for value, items in VALUES.items()}
    mean_rating = sum(given.values()) / ITEMS
    centred = {value: score - mean_rating for value, score in raw.items()}
    counts = np.bincount(list(given.values()))
    return ValueProfile(
        raw,
        centred,
        _means(centred, BASIC),
        _means(centred, HIGHER),
        mean_rating,
        int(counts.max()) > STRAIGHT_LINE,
    )


def _means(centred: Mapping[str, float], groups: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    return {name: sum(centred[value] for value in values) / len(values) for name, values in groups.items()}


@dataclass(frozen=True, slots=True)
class Circle:
    """How far profiles vary together as the theory's circle says, each with the interval from resampling units.

    Args:
        order: rank correlation of the distance of two values around the circle with minus their correlation; 1 is the
            theory (.99 where correlations are never tied), 0 no order at all.
        wave: share of variance of each value's correlations that a cosine of the angle explains, the mean over values.
        violations: share of pairs of values on one side of a third in which the one further away correlates more with it.
        p_order: how likely values placed around the circle at random would lie in as good an order. Read it first: the
            intervals speak of other profiles, and noise too has some order.
    """

    order: Estimate | Unscored
    wave: Estimate | Unscored
    violations: Estimate | Unscored
    p_order: float | Unscored


def circular_structure(
    profiles: Sequence[ValueProfile], units: Sequence[Hashable], *, provenance: Provenance
) -> Circle:
    """Whether values vary together across profiles as the circle says: it needs profiles of several persons or personas.

    Ten runs of one model are ten readings of one profile; their correlations are noise. Give them one unit.

    Args:
        profiles: of several persons, personas or models.
        units: whom each profile is of.

    Returns:
        Circle; each `Unscored` with fewer than 20 units, one more than there are values, and where a value never varies.

    Source:
        Schwartz et al. 2012, J Pers Soc Psychol 103:663-688 (the order); Gurtman & Pincus 2003, Handbook of Psychology 2
        (fit of a cosine); Hubert & Arabie 1987, Psychol Bull 102:172-178 (values placed at random).

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Schwartz 2012")
    >>> circular_structure([], [], provenance=here).order
    Unscored(reason='0 of at least 20 independent units')
    """
    size = len(VALUES)
    scores = np.array([[profile.centred[value] for value in VALUES] for profile in profiles]).reshape(
        -1, size
    )
    products = (scores[:, :, None] * scores[:, None, :]).reshape(len(scores), size * size)
    rows = np.column_stack([np.ones(len(scores)), scores, products])

    drawn = resample(rows, units, seed=provenance.seed, fewest=size + 1)
    if isinstance(drawn, Unscored):
        return Circle(drawn, drawn, drawn, drawn)

    def measured(
        of: Callable[[Floats], Floats], unit: str, direction: Direction = "higher"
    ) -> Estimate | Unscored:
        return from_resampled(
            lambda totals: of(_neighbours(totals, size)),
            drawn,
            provenance=provenance,
            unit=unit,
            direction=direction,
            undefined="a value is the same in every profile, so it correlates with nothing",
        )

    order = measured(_order, "rank correlation with the circle")
    return Circle(
        order,
        measured(_wave, "share of variance a cosine explains"),
        measured(_violations, "share of pairs out of order", "lower"),
        order if isinstance(order, Unscored) else _by_chance(rows.sum(axis=0), order.value, provenance.seed),
    )


def _by_chance(totals: Floats, seen: float, seed: int) -> float:
    size = len(VALUES)
    random = np.random.default_rng(seed)
    placed = random.permuted(np.tile(np.arange(size), (PLACINGS, 1)), axis=1)
    sums, products = totals[1 : size + 1], totals[size + 1 :].reshape(size, size)
    shuffled = products[placed[:, :, None], placed[:, None, :]].reshape(PLACINGS, size * size)
    rows = np.hstack([np.full((PLACINGS, 1), totals[0]), sums[placed], shuffled])
    as_good = int((_order(_neighbours(rows, size)) >= seen - 1e-12).sum())
    return (as_good + 1) / (PLACINGS + 1)


def _neighbours(totals: Floats, size: int) -> Floats:
    """Correlations (m, values, steps) of each value with the one 1, 2, … steps on around the circle."""
    n = totals[:, :1]
    means = totals[:, 1 : size + 1] / n
    products = totals[:, size + 1 :].reshape(-1, size, size) / n[:, :, None]
    covariances = products - means[:, :, None] * means[:, None, :]
    variances = np.diagonal(covariances, axis1=1, axis2=2)
    spread = np.sqrt(np.where(variances > 1e-12, variances, np.nan))
    correlations = covariances / (spread[:, :, None] * spread[:, None, :])
    at = np.arange(size)
    return np.stack([correlations[:, at, (at + step) % size] for step in range(1, size)], axis=2)


def _order(neighbours: Floats) -> Floats:
    half = neighbours.shape[1] // 2
    near = neighbours[:, :, :half].reshape(len(neighbours), -1)  # each pair once, by its shorter way round
    steps = np.array([*range(1, half + 1)] * neighbours.shape[1], dtype=np.float64)
    ranks = ranks_of(-near)
    steps_ranked = ranks_of(steps)
    ranks = ranks - ranks.mean(axis=1, keepdims=True)
    steps_ranked = steps_ranked - steps_ranked.mean()
    below = np.sqrt((ranks**2).sum(axis=1) * float((steps_ranked**2).sum()))
    return np.where(np.isfinite(near).all(axis=1), (ranks @ steps_ranked) / below, np.nan)


def _wave(neighbours: Floats) -> Floats:
    size = neighbours.shape[1]
    angles: Floats = np.linspace(0, 2 * np.pi, size + 1)[1:-1]
    cosine = np.cos(angles) - float(np.cos(angles).mean())
    away = neighbours - neighbours.mean(axis=2, keepdims=True)
    explained = np.square(away @ cosine) / float(np.square(cosine).sum())
    return (explained / np.square(away).sum(axis=2)).mean(axis=1)


def _violations(neighbours: Floats) -> Floats:
    half = neighbours.shape[1] // 2
    sides = np.stack([neighbours[:, :, :half], neighbours[:, :, ::-1][:, :, :half]])
    near, far = np.triu_indices(half, 1)
    wrong = (sides[..., far] > sides[..., near]).mean(axis=(0, 2, 3))
    return np.where(np.isfinite(neighbours).all(axis=(1, 2)), wrong, np.nan)


def cronbach_alpha(
    answers: Sequence[Mapping[int, int]], units: Sequence[Hashable], value: str, *, provenance: Provenance
) -> Estimate | Unscored:
    """Cronbach's alpha of a value's three items over questionnaires, raw.

    Args:
        answers: complete questionnaires.
        units: whom each is of. Alpha over runs of one model speaks of noise in sampling, not of a trait.
        value: one of the 19.

    Returns:
        Estimate: at most 1; above .60 is held enough for three items. `Unscored` with fewer than 5 units, and where the
        sum of the items never varies: at temperature 0 there is nothing for reliability to be about.

    Source:
        Cronbach 1951, Psychometrika 16:297-334.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Cronbach 1951")
    >>> cronbach_alpha([{item: 3 for item in range(1, 58)}] * 6, range(6), "humility", provenance=here)
    Unscored(reason='no two questionnaires differ in humility')
    """
    items = VALUES[value]
    table = np.array([[answer[item] for item in items] for answer in answers], dtype=float).reshape(
        -1, len(items)
    )
    table = table - (LOWEST + HIGHEST) / 2
    whole = table.sum(axis=1, keepdims=True)

    def statistic(totals: Floats) -> Floats:
        n, sums, squares = totals[:, :1], totals[:, 1:5], totals[:, 5:]
        variances = squares / n - (sums / n) ** 2
        parts, of_sum = variances[:, :3].sum(axis=1), variances[:, 3]
        return np.where(of_sum > 1e-12, len(items) / (len(items) - 1) * (1 - parts / of_sum), np.nan)

    both = np.hstack([table, whole])
    return from_totals(
        statistic,
        np.hstack([np.ones((len(table), 1)), both, both**2]),
        units,
        provenance=provenance,
        unit="Cronbach's alpha",
        undefined=f"no two questionnaires differ in {value}",
    )


def distance_between(first: Mapping[str, float], second: Mapping[str, float]) -> tuple[float, float]:
    """How far two centred profiles of the 19 values lie apart: Euclidean distance, and rank correlation of their order.

    >>> profile = score_pvq_rr({item: 1 + item % 6 for item in range(1, 58)})
    >>> distance_between(profile.centred, profile.centred)
    (0.0, 1.0)
    """
    a, b = (np.array([profile[value] for value in VALUES]) for profile in (first, second))
    return float(np.linalg.norm(a - b)), round(float(np.corrcoef(ranks_of(a), ranks_of(b))[0, 1]), 12)
