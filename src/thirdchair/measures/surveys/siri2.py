"""Suicide Intervention Response Inventory, second version: how far ratings of replies lie from an expert panel's.

The total is nearly a test of sign: whoever calls the 24 fitting replies 2 and the 24 unfitting ones -2 scores 20.1, and the
panel itself is expected to score 32.5. So the share of right signs, the slope and these baselines stand beside it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.unread import mean_between

LOWEST: Final = -3.0
HIGHEST: Final = 3.0


@dataclass(frozen=True, slots=True)
class SiriScore:
    """One administration, or the mean of several.

    Args:
        total: sum of absolute distances from the panel's means; lower is better; 0 is the panel's mean itself.
        low, high: the total with each unrated reply at the panel's mean, and as far from it as the scale goes.
        right_signs: share of rated replies on the right side of 0; a rating of 0 is on neither.
        bias: mean of rating minus panel; above 0 where replies are called more fitting than they are.
        slope: change of rating for a change of the panel's mean by 1; 1 is right, below 1 too timid. `Unscored` where fewer
            than two replies are rated.
        rated, unrated: replies.
    """

    total: float
    low: float
    high: float
    right_signs: float
    bias: float
    slope: float | Unscored
    rated: int
    unrated: int


def score_siri2(ratings: Mapping[str, float | None], panel: Mapping[str, float]) -> SiriScore | Unscored:
    """Scores the ratings of replies, -3 to 3, against a panel's means.

    Score each administration by itself and average the totals: averaging ratings first can only lower the total.

    Args:
        ratings: by reply ("1A"); None where there is no readable rating. Replies that the panel did not score are left out.
        panel: the panel's mean by reply.

    Returns:
        SiriScore, or `Unscored` where no reply is rated.

    Raises:
        ValueError: a rating outside -3 to 3.

    Source:
        Neimeyer & Bonnelle 1997, Death Stud 21:59-81.

    >>> score = score_siri2({"1A": -2, "1B": 2, "2A": None}, {"1A": -2.5, "1B": 1.5, "2A": 1})
    >>> score.total, score.low, score.high, score.right_signs
    (1.0, 1.0, 5.0, 1.0)
    """
    if any(r is not None and not LOWEST <= r <= HIGHEST for r in ratings.values()):
        raise ValueError("a rating lies between -3 and 3")
    given = {reply: rating for reply in panel if (rating := ratings.get(reply)) is not None}
    if not given:
        return Unscored("no reply was rated")
    apart = [rating - panel[reply] for reply, rating in given.items()]
    total = sum(abs(distance) for distance in apart)
    farthest = sum(max(HIGHEST - mean, mean - LOWEST) for reply, mean in panel.items() if reply not in given)
    return SiriScore(
        total,
        total,
        total + farthest,
        sum(rating * panel[reply] > 0 for reply, rating in given.items()) / len(given),
        sum(apart) / len(apart),
        _slope([panel[reply] for reply in given], list(given.values())),
        len(given),
        len(panel) - len(given),
    )


def mean_total(
    administrations: Sequence[SiriScore | Unscored], panel: Mapping[str, float], *, provenance: Provenance
) -> Estimate | Unscored:
    """The mean total over administrations, each scored by itself as a person's is.

    Args:
        administrations: as `score_siri2` gives them; one without any rating counts as anything it could have been.
        panel: the panel's mean by reply.

    Returns:
        Estimate: lower is better, 95% interval over administrations. `Unscored` with fewer than 5. It speaks of more runs of
        one model with one prompt; other prompts moved published totals by up to 28 points.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Neimeyer & Bonnelle 1997")
    >>> panel = {"1A": -2.5, "1B": 1.5}
    >>> runs = [score_siri2({"1A": -2, "1B": rating}, panel) for rating in (1, 2, 3, 2, 1)]
    >>> mean_total(runs, panel, provenance=here).value
    1.2
    """
    farthest = sum(max(HIGHEST - mean, mean - LOWEST) for mean in panel.values())
    return mean_between(
        [0.0 if isinstance(score, Unscored) else score.low for score in administrations],
        [farthest if isinstance(score, Unscored) else score.high for score in administrations],
        range(len(administrations)),
        bounds=(0, farthest),
        provenance=provenance,
        unit="SIRI-2 total",
        direction="lower",
    )


def _slope(panel: Sequence[float], ratings: Sequence[float]) -> float | Unscored:
    middle = sum(panel) / len(panel)
    spread = sum((mean - middle) ** 2 for mean in panel)
    if spread == 0:
        return Unscored("fewer than two replies that the panel tells apart")
    return sum((mean - middle) * rating for mean, rating in zip(panel, ratings, strict=True)) / spread


def trivial_totals(panel: Mapping[str, float]) -> dict[str, float]:
    """The totals of rules that read no reply, to print beside any total.

    >>> trivial_totals({"1A": -2.5, "1B": 1.5})["right side, 2"]
    1.0
    """
    totals: dict[str, float] = {}
    for size in (2, 3, 1):
        totals[f"right side, {size}"] = sum(abs(math.copysign(size, mean) - mean) for mean in panel.values())
    totals["always 0"] = sum(abs(mean) for mean in panel.values())
    whole = range(int(LOWEST), int(HIGHEST) + 1)
    totals["at random"] = sum(sum(abs(r - mean) for r in whole) / len(whole) for mean in panel.values())
    return totals


def expected_panel_total(deviations: Sequence[float]) -> float:
    """The total one panellist is expected to score, were ratings normal: a calculation, not an observed person.

    Args:
        deviations: the panel's standard deviation of each reply.

    >>> round(expected_panel_total([0.5, 1.0]), 3)
    1.197
    """
    return sum(deviations) * math.sqrt(2 / math.pi)
