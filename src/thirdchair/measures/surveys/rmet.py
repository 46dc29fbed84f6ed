"""Forced choice with one right answer, as in the Reading the Mind in the Eyes Test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from scipy import stats  # pyright: ignore[reportMissingTypeStubs]

_scipy = cast(Any, stats)  # scipy carries no types


@dataclass(frozen=True, slots=True)
class ForcedChoice:
    """One administration.

    Args:
        score: items right, 0 to `items`.
        unanswered: items without a readable answer; they score nothing and are counted here.
        items: how many there are.
        p_by_chance: how likely guessing would score as much or more.
        p_by_chance_at_best: the same, had every unanswered item been right.
    """

    score: int
    unanswered: int
    items: int
    p_by_chance: float
    p_by_chance_at_best: float


def score_choices(given: Sequence[str | None], key: Sequence[str], *, options: int) -> ForcedChoice:
    """Scores one administration against its key.

    Args:
        given: the option chosen for each item; None where there is no readable answer.
        key: the right option of each item.
        options: how many each item offers, at least two.

    Raises:
        ValueError: answers and key differ in length, or there are no items.

    >>> score_choices(["a", "b", None, "d"], ["a", "b", "c", "c"], options=4).score
    2
    """
    if len(given) != len(key) or not key:
        raise ValueError("every item has one answer and one key")
    right = sum(1 for said, answer in zip(given, key, strict=True) if said == answer)
    unanswered = sum(1 for said in given if said is None)
    return ForcedChoice(
        right,
        unanswered,
        len(key),
        chance_of_at_least(right, len(key), options=options),
        chance_of_at_least(right + unanswered, len(key), options=options),
    )


def chance_of_at_least(score: int, items: int, *, options: int) -> float:
    """How likely guessing scores this much or more, exactly.

    Raises:
        ValueError: fewer than two options, or a score beyond the items.

    Source:
        The binomial distribution. At 36 items of 4 options, 14 is the first score below .05.

    >>> round(chance_of_at_least(10, 36, options=4), 4), round(chance_of_at_least(14, 36, options=4), 3)
    (0.4117, 0.046)
    """
    if options < 2 or not 0 <= score <= items:
        raise ValueError("a score lies between 0 and the items, and an item has two options or more")
    return float(_scipy.binom.sf(score - 1, items, 1 / options))
