"""RAND 36-Item Health Survey 1.0: health as a person would rate it, eight scales of 0 to 100.

It shares its items with the SF-36, which scores pain and general health in another way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from thirdchair.measures.estimate import Unscored

ITEMS: Final = 36

_RECODES: Final[tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]] = (
    ((1, 2, 20, 22, 34, 36), (100, 75, 50, 25, 0)),
    ((3, 4, 5, 6, 7, 8, 9, 10, 11, 12), (0, 50, 100)),
    ((13, 14, 15, 16, 17, 18, 19), (0, 100)),
    ((21, 23, 26, 27, 30), (100, 80, 60, 40, 20, 0)),
    ((24, 25, 28, 29, 31), (0, 20, 40, 60, 80, 100)),
    ((32, 33, 35), (0, 25, 50, 75, 100)),
)

RECODED: Final[Mapping[int, tuple[int, ...]]] = {item: to for items, to in _RECODES for item in items}
"""What each response, from 1 up, is worth for each item; 100 is the best health."""

SCALES: Final[Mapping[str, tuple[int, ...]]] = {
    "physical functioning": (3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    "role, physical": (13, 14, 15, 16),
    "role, emotional": (17, 18, 19),
    "energy": (23, 27, 29, 31),
    "emotional well-being": (24, 25, 26, 28, 30),
    "social functioning": (20, 32),
    "pain": (21, 22),
    "general health": (1, 33, 34, 35, 36),
}
"""The items of each scale; item 2, change of health, belongs to none."""

_WEIGHTS: Final[Mapping[str, tuple[float, float]]] = {
    "physical functioning": (0.42402, -0.22999),
    "role, physical": (0.35119, -0.12329),
    "pain": (0.31754, -0.09731),
    "general health": (0.24954, -0.01571),
    "energy": (0.02877, 0.23534),
    "social functioning": (-0.00753, 0.26876),
    "role, emotional": (-0.19206, 0.43407),
    "emotional well-being": (-0.22069, 0.48581),
}


@dataclass(frozen=True, slots=True)
class Rand36:
    """One questionnaire.

    Args:
        scales: 0 to 100, higher is better; `Unscored` where no item of the scale was answered.
        unanswered: items without a readable answer. A scale is the mean of the items that have one.
    """

    scales: Mapping[str, float | Unscored]
    unanswered: tuple[int, ...]


def score_rand_36(responses: Mapping[int, int | None]) -> Rand36:
    """Scores one questionnaire.

    Args:
        responses: by item, 1 to 36, as marked on the form; None, or left out, where there is no readable answer.

    Raises:
        ValueError: an item that is not there, or a response that its form does not offer.

    Source:
        Hays, Sherbourne & Mazel 1993, Health Econ 2:217-227; RAND 36-Item Health Survey 1.0 scoring instructions.

    >>> worst = score_rand_36({item: 1 for item in RECODED})
    >>> worst.scales["physical functioning"], worst.scales["pain"], worst.scales["energy"]
    (0.0, 100.0, 50.0)
    """
    points: dict[int, int] = {}
    for item, response in responses.items():
        if item not in RECODED:
            raise ValueError(f"there is no item {item}")
        if response is None:
            continue
        if not 1 <= response <= len(RECODED[item]):
            raise ValueError(f"item {item} offers 1 to {len(RECODED[item])}")
        points[item] = RECODED[item][response - 1]
    scales: dict[str, float | Unscored] = {}
    for name, items in SCALES.items():
        answered = [points[item] for item in items if item in points]
        scales[name] = (
            sum(answered) / len(answered) if answered else Unscored(f"no item of {name} was answered")
        )
    return Rand36(scales, tuple(item for item in RECODED if item not in points))


@dataclass(frozen=True, slots=True)
class Composite:
    """Physical and mental summaries as T scores: 50 is the population's mean, 10 its standard deviation."""

    physical: float
    mental: float


def composites(
    scales: Mapping[str, float | Unscored], population: Mapping[str, tuple[float, float]]
) -> Composite | Unscored:
    """The physical and mental summaries, which are no part of the RAND-36 1.0 and need a population.

    The weights are those of the US population of 1990, made for SF-36 scales. They are as many independent public
    programs have them; the manual was not read. Each summary weighs the other's scales below 0, so the better
    physical health is, the lower the mental summary at the same mental health.

    Args:
        scales: as `score_rand_36` gives them.
        population: mean and standard deviation of each scale.

    Returns:
        Composite, or `Unscored` where a scale is.

    Source:
        Ware, Kosinski & Keller 1994, SF-36 Physical and Mental Health Summary Scales (not read).

    >>> population = {name: (50.0, 20.0) for name in SCALES}
    >>> composites({name: 50.0 for name in SCALES}, population)
    Composite(physical=50.0, mental=50.0)
    """
    physical = mental = 0.0
    for name, (for_physical, for_mental) in _WEIGHTS.items():
        score = scales[name]
        if isinstance(score, Unscored):
            return score
        middle, deviation = population[name]
        physical += for_physical * (score - middle) / deviation
        mental += for_mental * (score - middle) / deviation
    return Composite(50 + 10 * physical, 50 + 10 * mental)
