"""Means and shares whose unit of analysis is the vignette, the session or the person, and not the single call.

Twenty answers to one vignette are not twenty pieces of evidence. The intervals here rest on how the units differ from
each other. How often they hold the truth, by size and shape of the data: `make coverage`, and
docs/explanation/intervals-and-sequential-decisions.md. Below 10 units, or where a share is above 0.95 with few failures,
they are approximate, and err by being wide where every unit is alike.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Final, Literal, cast

import numpy as np
from numpy.typing import NDArray
from scipy import stats  # pyright: ignore[reportMissingTypeStubs]

from thirdchair.measures.estimate import Direction, Estimate, Provenance, Unscored, estimated
from thirdchair.measures.proportions import proportion
from thirdchair.measures.resampling import FEWEST_CLUSTERS
from thirdchair.measures.wilson import wilson_of_share

Floats = NDArray[np.float64]
Weigh = Literal["units", "observations"]

CONFIDENCE: Final = 0.95


def mean_over_units(
    values: Sequence[float],
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
    unit: str,
    direction: Direction = "higher",
    weigh: Weigh = "units",
    bounds: tuple[float, float] | None = None,
) -> Estimate | Unscored:
    """The mean of the values, with an interval from how units differ; nothing is drawn at random.

    The interval is Student's t over units, corrected for skewness by Hall's cubic transformation: with 10 to 20 units a
    plain t and a percentile bootstrap miss skewed means too often, and always on the same side.

    Args:
        values: one per observation; a paired difference is a value like any other.
        units: the vignette, session or person each value comes from.
        weigh: "units", each unit's own mean counts once; "observations", each value counts once and units with more
            values weigh more (the mean that `bootstrap_mean` gives).
        bounds: the lowest and highest value there can be, where there are such. The interval stays within them, and
            units that are all alike get the interval of a share instead of none.

    Returns:
        Estimate: in the values' own unit, with a 95% interval; n counts values, clusters counts units. `Unscored` with
        fewer than 5 units, or where no unit differs and no bounds are given: a width of zero would claim certainty.

    Raises:
        ValueError: the two differ in length, a value is no finite number, or lies outside the bounds.

    Source:
        Hall 1992, J R Stat Soc B 54:221-228 (the transformation); Johnson 1978, J Am Stat Assoc 73:536-544.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Hall 1992")
    >>> mean = mean_over_units([1, 3, 2, 4, 9, 5], list("aabcde"), provenance=here, unit="points")
    >>> mean.value, mean.n, mean.clusters, mean.low < 4.4 < mean.high
    (4.4, 6, 5, True)
    >>> mean_over_units([2, 2, 2, 2, 2], list("abcde"), provenance=here, unit="points")
    Unscored(reason='all 5 units have the same mean, so nothing shows how much units differ')
    """
    owner, count = _places(values, units)
    observed = np.asarray(values, dtype=np.float64)
    _check(observed, bounds)
    if count < FEWEST_CLUSTERS:
        return Unscored(f"{count} of at least {FEWEST_CLUSTERS} independent units")
    sums = np.bincount(owner, weights=observed, minlength=count).astype(np.float64)
    sizes = np.bincount(owner, minlength=count).astype(np.float64)
    parts = sums / sizes if weigh == "units" else _linearised(sums, sizes)
    value = float(parts.mean())
    if np.ptp(parts) > 1e-12 * max(1.0, abs(value)):
        interval = skewness_corrected(parts)
    elif bounds is None:
        return Unscored(f"all {count} units have the same mean, so nothing shows how much units differ")
    else:
        interval = _of_units_all_alike(value, count, bounds)
    low, high = interval if bounds is None else (max(interval[0], bounds[0]), min(interval[1], bounds[1]))
    return estimated(
        value,
        (low, high),
        n=len(values),
        clusters=count,
        unit=unit,
        direction=direction,
        provenance=provenance,
    )


def share_over_units(
    successes: Sequence[bool],
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
    unit: str = "share",
    direction: Direction = "higher",
) -> Estimate | Unscored:
    """The share of observations that succeeded, with an interval that knows which of them share a unit.

    A Wilson interval on the effective sample size: n divided by the design effect, with Student's quantile on the number
    of units. The design effect is estimated from how units differ. Where only few units hold the rarer outcome it cannot
    be: each unit that does halves the weight of the worst case, in which a unit's observations say no more than one. So
    100 clean sentences in 10 clean sessions show what 10 sessions show.

    Returns:
        Estimate: 0 to 1, n counts observations, clusters counts units. Where every unit has one observation, the plain
        Wilson interval. `Unscored` with fewer than 5 units, unless each has one observation.

    Raises:
        ValueError: the two differ in length.

    Source:
        Wilson 1927, J Am Stat Assoc 22:209-212; Kish 1965, Survey Sampling, chapter 8; Dean & Pagano 2015, J Surv Stat
        Methodol 3:484-503 (Wilson with a design effect). The weight of the worst case is ours; see `make coverage`.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Wilson 1927")
    >>> clean = share_over_units([True] * 100, [i // 10 for i in range(100)], provenance=here)
    >>> clean.value, round(clean.low, 2), clean.n, clean.clusters
    (1.0, 0.66, 100, 10)
    """
    owner, count = _places(successes, units)
    sizes = np.bincount(owner, minlength=count).astype(np.float64)
    right = np.asarray(successes, dtype=bool).astype(np.float64)
    if count == len(successes):
        return proportion(int(right.sum()), count, provenance=provenance, unit=unit, direction=direction)
    if count < FEWEST_CLUSTERS:
        return Unscored(f"{count} of at least {FEWEST_CLUSTERS} independent units")
    sums = np.bincount(owner, weights=right, minlength=count).astype(np.float64)
    share = float(sums.sum() / sizes.sum())
    return estimated(
        share,
        wilson_of_share(share, sizes.sum() / _design_effect(sums, sizes), quantile=_t(count - 1)),
        n=len(successes),
        clusters=count,
        unit=unit,
        direction=direction,
        provenance=provenance,
    )


def skewness_corrected(parts: Floats) -> tuple[float, float]:
    """The 95% interval for the mean of independent values, by Hall's transformed t.

    Args:
        parts: float array (units,), not all alike.

    Source:
        Hall 1992, J R Stat Soc B 54:221-228: T(w) = w + g w^2 / 3 + g^2 w^3 / 27 + g / 6n is nearly symmetric, and has
        the inverse used here.

    >>> low, high = skewness_corrected(np.array([1.0, 2.0, 3.0, 4.0, 5.0]))
    >>> round(low, 2), round(high, 2)
    (1.04, 4.96)
    """
    count = len(parts)
    mean, spread = float(parts.mean()), float(parts.std(ddof=1))
    third = float(((parts - mean) ** 3).sum())
    skewness = count / ((count - 1) * (count - 2)) * third / spread**3
    reach = _t(count - 1) / count**0.5
    return (
        mean - spread * _hall_inverse(reach, skewness, count),
        mean - spread * _hall_inverse(-reach, skewness, count),
    )


def _hall_inverse(w: float, skewness: float, count: int) -> float:
    if abs(skewness) < 1e-6:  # its limit; the formula would divide by nearly nothing
        return w
    return float((np.cbrt(1 + skewness * (w - skewness / (6 * count))) - 1) * 3 / skewness)


def _design_effect(sums: Floats, sizes: Floats) -> float:
    """How many observations say as much as one independent one; at least 1."""
    n, count = sizes.sum(), len(sums)
    share = sums.sum() / n
    worst = float((sizes**2).sum() / n)
    if share in (0.0, 1.0):
        return worst
    variance = count / (count - 1) * ((sums - share * sizes) ** 2).sum() / n**2
    found = float(np.clip(variance / (share * (1 - share) / n), 1.0, worst))
    telling = min(int((sums > 0).sum()), int((sums < sizes).sum()))
    trust = 1 - 2.0**-telling
    return trust * found + (1 - trust) * worst


def _of_units_all_alike(value: float, count: int, bounds: tuple[float, float]) -> tuple[float, float]:
    """A share varies most of all bounded values with its mean, so its interval is wide enough for any of them."""
    lowest, highest = bounds
    width = highest - lowest
    low, high = wilson_of_share((value - lowest) / width, count, quantile=_t(count - 1))
    return lowest + width * low, lowest + width * high


def _linearised(sums: Floats, sizes: Floats) -> Floats:
    """One value a unit whose mean is the ratio of sums and whose spread is that of the ratio (Cochran 1977, 6.4)."""
    ratio = sums.sum() / sizes.sum()
    return ratio + (sums - ratio * sizes) / sizes.mean()


def _places(observed: Sequence[object], units: Sequence[Hashable]) -> tuple[NDArray[np.int64], int]:
    if len(observed) != len(units):
        raise ValueError("every value belongs to one unit")
    places = {one: place for place, one in enumerate(dict.fromkeys(units))}
    return np.array([places[one] for one in units], dtype=np.int64), len(places)


def _check(observed: Floats, bounds: tuple[float, float] | None) -> None:
    if not np.isfinite(observed).all():
        raise ValueError("a value that is no finite number is counted as such, never averaged")
    if (
        bounds is not None
        and observed.size
        and not bounds[0] <= observed.min() <= observed.max() <= bounds[1]
    ):
        raise ValueError(f"a value lies outside {bounds[0]} to {bounds[1]}")


def _t(degrees: int) -> float:
    # scipy carries no types
    return float(cast(Any, stats).t.ppf((1 + CONFIDENCE) / 2, degrees))
