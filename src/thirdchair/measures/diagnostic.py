"""How well a yes, a score or a probability finds what is there, and what acting on it is worth."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np

from thirdchair.measures.distributions import t_quantile
from thirdchair.measures.estimate import Estimate, Provenance, Unscored, estimated
from thirdchair.measures.resampling import FEWEST_CLUSTERS
from thirdchair.measures.totals import (
    Bools,
    Floats,
    from_resampled,
    owners,
    resample,
)
from thirdchair.measures.unread import not_ruled_out, share


def sensitivity(
    flagged: Sequence[bool | None],
    crises: Sequence[bool],
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
) -> Estimate | Unscored:
    """The share of crises that were flagged.

    Args:
        flagged: what the method said of each row; None where it gave no readable answer, which widens the interval.
        crises: what was so, in the same order.
        units: the unit of each row.

    Returns:
        Estimate: 0 to 1, interval as `unread.share`; n is the number of crises. `Unscored` when there is none.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Wilson 1927")
    >>> sensitivity([True, False, True], [True, True, False], range(3), provenance=here).value
    0.5
    """
    rows = [(said, unit) for said, crisis, unit in zip(flagged, crises, units, strict=True) if crisis]
    return share(
        [said for said, _ in rows], [unit for _, unit in rows], provenance=provenance, unit="sensitivity"
    )


def specificity(
    flagged: Sequence[bool | None],
    crises: Sequence[bool],
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
) -> Estimate | Unscored:
    """The share of rows without a crisis that were not flagged.

    Args, returns: as `sensitivity`; n is the number of rows without a crisis.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Wilson 1927")
    >>> specificity([True, False, True], [True, False, False], range(3), provenance=here).value
    0.5
    """
    rows = [(said, unit) for said, crisis, unit in zip(flagged, crises, units, strict=True) if not crisis]
    quiet = [None if said is None else not said for said, _ in rows]
    return share(quiet, [unit for _, unit in rows], provenance=provenance, unit="specificity")


def positive_predictive_value(
    sensitivity: Estimate | Unscored, specificity: Estimate | Unscored, *, base_rate: float
) -> Estimate | Unscored:
    """The share of flags that would be crises where crises are this common.

    Args:
        sensitivity, specificity: measured on rows that share no unit.
        base_rate: share of crises where the method is to be used, above 0 and below 1. The rate in a study is mostly
            made, not found: 56% there may be 1% in a waiting room.

    Returns:
        Estimate: 0 to 1. The interval is that of the ratio of two independent shares, from their own intervals.
        `Unscored` where either is, and where nothing is ever flagged.

    Raises:
        ValueError: a base rate of 0 or 1.

    Source:
        Bayes' rule; Donner & Zou 2012, Stat Methods Med Res 21:347-359 (interval of a ratio from its parts').

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Wilson 1927")
    >>> se = share([True] * 90 + [False] * 10, range(100), provenance=here)
    >>> sp = share([True] * 180 + [False] * 20, range(200), provenance=here)
    >>> rare = positive_predictive_value(se, sp, base_rate=0.01)
    >>> round(rare.low, 3), round(rare.value, 3), round(rare.high, 3)
    (0.057, 0.083, 0.122)
    """
    _check_rate(base_rate)
    if isinstance(sensitivity, Unscored) or isinstance(specificity, Unscored):
        return sensitivity if isinstance(sensitivity, Unscored) else cast(Unscored, specificity)
    false = replace(
        specificity, value=1 - specificity.value, low=1 - specificity.high, high=1 - specificity.low
    )
    if sensitivity.value == 0 and false.value == 0:
        return Unscored("nothing was flagged")
    low, high = _ratio(sensitivity, false)
    odds = base_rate / (1 - base_rate)
    value = _as_share(sensitivity.value / false.value if false.value else math.inf, odds)
    return replace(
        sensitivity,
        value=value,
        low=min(_as_share(low, odds), value),
        high=max(_as_share(high, odds), value),
        n=sensitivity.n + specificity.n,
        clusters=sensitivity.clusters + specificity.clusters,
        unit=f"PPV at {base_rate:g}",
        source="Bayes' rule; Donner & Zou 2012",
    )


def _check_rate(base_rate: float) -> None:
    if not 0 < base_rate < 1:
        raise ValueError("a base rate lies between 0 and 1")


def _as_share(ratio: float, odds: float) -> float:
    return 1.0 if math.isinf(ratio) else ratio * odds / (1 + ratio * odds)


def _ratio(above: Estimate, below: Estimate) -> tuple[float, float]:
    """The interval of the ratio of two independent shares, from their own intervals (Donner & Zou 2012)."""
    a, b = above.value, below.value
    under_low = (a * b) ** 2 - above.low * below.high * (2 * a - above.low) * (2 * b - below.high)
    low = (
        (a * b - math.sqrt(max(under_low, 0))) / (below.high * (2 * b - below.high))
        if below.high != 2 * b
        else (above.low * (2 * a - above.low) / (2 * a * b) if a * b else 0.0)
    )
    if below.low == 0:
        return max(low, 0.0), math.inf
    under_high = (a * b) ** 2 - above.high * below.low * (2 * a - above.high) * (2 * b - below.low)
    high = (a * b + math.sqrt(max(under_high, 0))) / (below.low * (2 * b - below.low))
    return max(low, 0.0), high


def auroc(
    scores: Sequence[float | None],
    crises: Sequence[bool],
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
) -> Estimate | Unscored:
    """The chance that a crisis scores above a row without one; a tie counts half.

    Args:
        scores: one per row, higher for crisis, on any scale; None where the method gave none. The interval then
            reaches to where each such crisis ranked last and each such other row first.
        crises: what was so, in the same order.
        units: the unit of each row.

    Returns:
        Estimate: 0 to 1, with the 95% interval on the logit scale, Student's t over units. Without any overlap,
        from as many disjoint pairs as there are. `Unscored` with fewer than 5 units with a crisis, or without.

    Source:
        DeLong, DeLong & Clarke-Pearson 1988, Biometrics 44:837-845; Obuchowski 1997, Biometrics 53:567-578 (rows that
        share units); Pepe 2003, section 5.2 (logit scale).

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "DeLong 1988")
    >>> area = auroc([1, 2, 3, 4, 5, 3, 4, 5, 6, 7], [False] * 5 + [True] * 5, range(10), provenance=here)
    >>> area.value, round(area.low, 2), round(area.high, 2)
    (0.82, 0.36, 0.97)
    """
    answered = [score is not None for score in scores]
    if not any(answered):
        return Unscored("no row was scored")
    truth = np.array(crises, dtype=bool)
    kept = np.array(answered)
    whole = _area(
        np.array([0.0 if s is None else s for s in scores])[kept], truth[kept], _kept(units, answered)
    )
    if isinstance(whole, Unscored):
        return whole
    value, low, high = whole
    if not kept.all():
        for crisis_is, at in ((-math.inf, 0), (math.inf, 1)):
            filled = [
                (crisis_is if crisis else -crisis_is) if score is None else score
                for score, crisis in zip(scores, crises, strict=True)
            ]
            bound = _area(np.array(filled), truth, units)
            if isinstance(bound, Unscored):
                return bound
            low, high = (min(low, bound[1]), high) if at == 0 else (low, max(high, bound[2]))
    return estimated(
        value,
        (low, high),
        n=len(scores),
        clusters=owners(units)[1],
        unit="AUROC",
        direction="higher",
        provenance=provenance,
    )


def _kept(units: Sequence[Hashable], answered: Sequence[bool]) -> list[Hashable]:
    return [unit for unit, keep in zip(units, answered, strict=True) if keep]


def _placements(scores: Floats, crises: Bools) -> Floats:
    """For each row, the share of rows of the other kind that it ranks on the right side of; a tie counts half."""
    with_crisis, without = np.sort(scores[crises]), np.sort(scores[~crises])
    placed = np.empty(len(scores))
    below = np.searchsorted(without, scores[crises], "left") + np.searchsorted(
        without, scores[crises], "right"
    )
    placed[crises] = below / (2 * len(without))
    under = np.searchsorted(with_crisis, scores[~crises], "left") + np.searchsorted(
        with_crisis, scores[~crises], "right"
    )
    placed[~crises] = 1 - under / (2 * len(with_crisis))
    return placed


def _enough(crises: Bools, units: Sequence[Hashable]) -> Unscored | None:
    for kind, name in ((True, "with"), (False, "without")):
        found = len({unit for unit, crisis in zip(units, crises, strict=True) if crisis == kind})
        if found < FEWEST_CLUSTERS:
            return Unscored(f"{found} of at least {FEWEST_CLUSTERS} independent units {name} a crisis")
    return None


def _variance(placed: Floats, crises: Bools, units: Sequence[Hashable]) -> float:
    """The variance of an area, or of a difference of areas, from its placements; rows of a unit move together."""
    owner, count = owners(units)
    influence = np.zeros(count)
    for kind in (True, False):
        rows = crises == kind
        number = int(rows.sum())
        holding = len(np.unique(owner[rows]))
        away = (placed[rows] - placed[rows].mean()) / number
        influence += np.bincount(owner[rows], weights=away, minlength=count) * math.sqrt(
            holding / (holding - 1)
        )
    return float((influence**2).sum())


def _reach(units: Sequence[Hashable]) -> float:
    return t_quantile(0.975, owners(units)[1] - 1)


def _area(scores: Floats, crises: Bools, units: Sequence[Hashable]) -> tuple[float, float, float] | Unscored:
    short = _enough(crises, units)
    if short is not None:
        return short
    placed = _placements(scores, crises)
    area = float(placed[crises].mean())
    error = math.sqrt(_variance(placed, crises, units))
    if area in (0.0, 1.0) or error == 0:
        pairs = min(int(crises.sum()), int((~crises).sum()), owners(units)[1])
        slack = not_ruled_out(pairs)
        return area, area * (1 - slack), area + (1 - area) * slack
    half = _reach(units) * error / (area * (1 - area))
    at = math.log(area / (1 - area))
    return area, 1 / (1 + math.exp(half - at)), 1 / (1 + math.exp(-half - at))


def auroc_difference(
    first: Sequence[float],
    second: Sequence[float],
    crises: Sequence[bool],
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
) -> Estimate | Unscored:
    """The AUROC of a second score minus that of a first, on the same rows.

    Returns:
        Estimate: -1 to 1, above 0 where the second ranks better, 95% interval. `Unscored` as `auroc`, and where the two
        rank every row alike.

    Source:
        DeLong, DeLong & Clarke-Pearson 1988, Biometrics 44:837-845; Obuchowski 1997.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "DeLong 1988")
    >>> truth = [False] * 5 + [True] * 5
    >>> gain = auroc_difference([1, 2, 3, 4, 5] * 2, [1, 2, 3, 4, 5, 3, 4, 5, 6, 7], truth, range(10), provenance=here)
    >>> round(gain.value, 2)
    0.32
    """
    truth = np.array(crises, dtype=bool)
    short = _enough(truth, units)
    if short is not None:
        return short
    gained = _placements(np.asarray(second, dtype=float), truth) - _placements(
        np.asarray(first, dtype=float), truth
    )
    value = float(gained[truth].mean())
    error = math.sqrt(_variance(gained, truth, units))
    if error == 0:
        return Unscored("the two scores rank every row alike")
    half = _reach(units) * error
    return estimated(
        value,
        (max(-1.0, value - half), min(1.0, value + half)),
        n=len(first),
        clusters=owners(units)[1],
        unit="difference of AUROC",
        direction="higher",
        provenance=provenance,
    )


@dataclass(frozen=True, slots=True)
class DecisionPoint:
    """Net benefit at one threshold, beside the two policies that need no method: flag nobody gives 0.

    Args:
        threshold: probability at which a person would act, 0 to 1.
        method: net benefit of acting on the method.
        everyone: net benefit of acting on everyone.
        gain: the method's minus the better of everyone and nobody.
    """

    threshold: float
    method: Estimate | Unscored
    everyone: Estimate | Unscored
    gain: Estimate | Unscored


def decision_curve(
    probabilities: Sequence[float | None],
    crises: Sequence[bool],
    units: Sequence[Hashable],
    *,
    thresholds: Sequence[float],
    provenance: Provenance,
    base_rate: float | None = None,
) -> list[DecisionPoint]:
    """What acting on a method is worth, in crises found per person, less false alarms at the price the threshold sets.

    Args:
        probabilities: of crisis, 0 to 1; None where the method gave none: nobody acts on it.
        crises: what was so, in the same order.
        units: the unit of each row.
        thresholds: above 0 and below 1. Who acts at 0.1 accepts nine false alarms for one crisis found.
        base_rate: share of crises where the method is to be used; the share among the rows if left out.

    Returns:
        One point per threshold, intervals from resampling units.

    Raises:
        ValueError: a threshold or base rate of 0 or 1.

    Source:
        Vickers & Elkin 2006, Med Decis Making 26:565-574.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Vickers & Elkin 2006")
    >>> [point] = decision_curve([0.9, 0.6, 0.4, 0.3, 0.1, 0.7], [True, True, True, False, False, False], range(6),
    ...     thresholds=[0.5], provenance=here)
    >>> round(point.method.value, 3), point.everyone.value
    (0.167, 0.0)
    """
    if base_rate is not None:
        _check_rate(base_rate)
    for threshold in thresholds:
        _check_rate(threshold)
    truth = np.array(crises, dtype=float)
    given = np.array([-1.0 if p is None else p for p in probabilities])
    acts = [(given >= threshold).astype(float) for threshold in thresholds]
    columns = [truth, 1 - truth, *(column for act in acts for column in (act * truth, act * (1 - truth)))]
    drawn = resample(np.column_stack(columns), units, seed=provenance.seed)
    if isinstance(drawn, Unscored):
        return [DecisionPoint(threshold, drawn, drawn, drawn) for threshold in thresholds]
    points: list[DecisionPoint] = []
    for at, threshold in enumerate(thresholds):
        price = threshold / (1 - threshold)

        def worth(totals: Floats, which: str, at: int = at, price: float = price) -> Floats:
            crisis, other, found, alarms = totals[:, [0, 1, 2 + 2 * at, 3 + 2 * at]].T
            rate = crisis / (crisis + other) if base_rate is None else np.full(len(totals), base_rate)
            method = rate * found / crisis - price * (1 - rate) * alarms / other
            everyone = rate - price * (1 - rate)
            return {"method": method, "everyone": everyone, "gain": method - np.maximum(everyone, 0)}[which]

        def valued(which: str, worth: Any = worth, price: float = price) -> Estimate | Unscored:
            fixed = None
            if which == "everyone" and base_rate is not None:
                certain = base_rate - price * (1 - base_rate)
                fixed = (certain, certain)
            return from_resampled(
                lambda totals: worth(totals, which),
                drawn,
                provenance=provenance,
                unit="net benefit",
                undefined="no crisis, or nothing else, among the rows",
                without_spread=fixed,
            )

        points.append(DecisionPoint(threshold, valued("method"), valued("everyone"), valued("gain")))
    return points
