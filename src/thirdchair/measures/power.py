"""What a study of a given size can and cannot show, said before it is run.

Everything is counted in units (vignettes, sessions, persons), never in calls: `spread_of_unit_means` turns repeats into
the spread that remains, `effective_units` turns a design effect into fewer units. Differences are in the measure's own
points, or in standard deviations where `sd` is left at 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

import numpy as np
from scipy import stats  # pyright: ignore[reportMissingTypeStubs]

from thirdchair.measures.wilson import Z, wilson

ALPHA: Final = 0.05
POWER: Final = 0.8

_QUADRATURE: Final = 200


def spread_of_unit_means(*, between: float, within: float, repeats: int) -> float:
    """The standard deviation of unit means: more repeats shrink only the part within units.

    Args:
        between: standard deviation of units' true values; within: of repeats in one unit.

    >>> round(spread_of_unit_means(between=1, within=1, repeats=1), 3)
    1.414
    >>> round(spread_of_unit_means(between=1, within=1, repeats=100), 3)
    1.005
    """
    return math.sqrt(between**2 + within**2 / repeats)


def effective_units(observations: int, *, per_unit: float, icc: float) -> float:
    """How many independent observations say as much as these, which share units.

    Args:
        per_unit: observations in a unit; icc: correlation of two in one unit, 0 to 1.

    Source:
        Kish 1965, Survey Sampling: design effect 1 + (m - 1) icc.

    >>> round(effective_units(300, per_unit=10, icc=0.2), 1)
    107.1
    """
    return observations / (1 + (per_unit - 1) * icc)


def power_of_mean(difference: float, units: int, *, sd: float = 1.0, alpha: float = ALPHA) -> float:
    """The chance that a two-sided t-test over units sees a true mean, or a true mean paired difference.

    Args:
        difference: true mean; sd: of unit means, or of paired differences of units.

    Source:
        Noncentral t; Cohen 1988, Statistical Power Analysis, chapter 2.

    >>> round(power_of_mean(0.5, 34), 3)
    0.808
    """
    t, centre, degrees = cast(Any, stats).t, abs(difference) / sd * math.sqrt(units), units - 1
    critical = t.ppf(1 - alpha / 2, degrees)
    away = cast(Any, stats).nct
    return float(away.sf(critical, degrees, centre) + away.cdf(-critical, degrees, centre))


def least_detectable(units: int, *, sd: float = 1.0, power: float = POWER, alpha: float = ALPHA) -> float:
    """The smallest true mean (or paired difference) that this many units see with the given power.

    >>> round(least_detectable(30), 3)
    0.529
    """
    return sd * _smallest(lambda d: power_of_mean(d, units, alpha=alpha) >= power)


def power_of_equivalence(
    margin: float, units: int, *, difference: float = 0.0, sd: float = 1.0, alpha: float = ALPHA
) -> float:
    """The chance that two one-sided tests show a mean within plus or minus `margin` (the 1 - 2 alpha interval lies inside).

    Args:
        margin: fixed beforehand, in the unit of `sd`; difference: true mean.

    Source:
        Schuirmann 1987, J Pharmacokinet Biopharm 15:657-680; power by integrating over the standard deviation.

    >>> round(power_of_equivalence(0.5, 36), 2)
    0.81
    """
    return _within(margin, units, difference=difference, sd=sd, alpha=alpha, sides=2)


def power_of_non_inferiority(
    margin: float, units: int, *, difference: float = 0.0, sd: float = 1.0, alpha: float = ALPHA / 2
) -> float:
    """The chance that the lower end of the interval of a mean paired difference lies above -margin.

    Args:
        difference: true mean of (method minus comparator), higher is better.
        alpha: one-sided; 0.025 is the lower end of a 95% interval.

    Source:
        Noncentral t; Julious 2004, Stat Med 23:1921-1986.

    >>> round(power_of_non_inferiority(0.5, 34), 3)
    0.808
    """
    return _within(margin, units, difference=difference, sd=sd, alpha=alpha, sides=1)


def smallest_margin(
    units: int, *, kind: Literal["equivalence", "non-inferiority"], sd: float = 1.0, power: float = POWER
) -> float:
    """The smallest margin that this many units show with the given power, where there is truly no difference.

    >>> round(smallest_margin(34, kind="non-inferiority"), 2)
    0.5
    """
    reach = power_of_equivalence if kind == "equivalence" else power_of_non_inferiority
    return sd * _smallest(lambda margin: reach(margin, units) >= power)


def power_of_share(true: float, n: int, *, at_least: float) -> float:
    """The chance that the lower end of a 95% Wilson interval reaches a threshold; exact.

    For a share that must be at most a limit, ask for its complement.

    Args:
        true: share that succeed; n: independent units.

    >>> round(power_of_share(0.95, 300, at_least=0.9), 3), round(power_of_share(0.9, 300, at_least=0.9), 3)
    (0.881, 0.017)
    """
    few, many = 0, n + 1  # the fewest successes that pass lie above few, and are many where none do
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (few, middle) if wilson(middle, n)[0] >= at_least else (middle, many)
    return float(cast(Any, stats).binom.sf(many - 1, n, true))


def least_n_of_share(true: float, *, at_least: float, power: float = POWER) -> int | None:
    """The fewest independent units with which a method of this true share passes with the given power.

    Counts are whole, so one unit more may fall short again by a hair.

    Returns:
        None where the true share does not exceed what is asked.

    >>> least_n_of_share(0.95, at_least=0.9)
    217
    """
    if true <= at_least:
        return None
    normal = cast(Any, stats).norm
    spread = Z * math.sqrt(at_least * (1 - at_least)) + normal.ppf(power) * math.sqrt(true * (1 - true))
    n = max(1, int(0.5 * (spread / (true - at_least)) ** 2))
    while power_of_share(true, n, at_least=at_least) < power:
        n += 1
    return n


@dataclass(frozen=True, slots=True)
class Reach:
    """What a number of independent units can and cannot show, at 80% power and 95% confidence.

    Args:
        units: independent ones.
        half_width: of the interval of a share near one half; every other share is known better.
        upper_bound_of_none: the share still compatible with not a single failure, at the end of the 95% interval.
        lower_bound_of_all: the share that is shown where every unit succeeds.
        least_detectable: difference of means, in standard deviations of unit means (or of paired differences).
        equivalence_margin: smallest that is shown where there is truly no difference, in standard deviations.
        non_inferiority_margin: likewise, one-sided.
    """

    units: int
    half_width: float
    upper_bound_of_none: float
    lower_bound_of_all: float
    least_detectable: float
    equivalence_margin: float
    non_inferiority_margin: float


def reach_of(units: int) -> Reach:
    """What this many independent units can and cannot show.

    Args:
        units: at least 3; with units that hold together, `effective_units` of them, rounded down.

    Raises:
        ValueError: fewer than 3, which show nothing.

    >>> thirty = reach_of(30)
    >>> round(thirty.upper_bound_of_none, 2), round(thirty.least_detectable, 2), round(thirty.half_width, 2)
    (0.11, 0.53, 0.17)
    """
    if units < 3:
        raise ValueError("fewer than 3 units show nothing")
    low, high = wilson(units // 2, units)
    return Reach(
        units=units,
        half_width=(high - low) / 2,
        upper_bound_of_none=wilson(0, units)[1],
        lower_bound_of_all=wilson(units, units)[0],
        least_detectable=least_detectable(units),
        equivalence_margin=smallest_margin(units, kind="equivalence"),
        non_inferiority_margin=smallest_margin(units, kind="non-inferiority"),
    )


def _within(
    margin: float, units: int, *, difference: float, sd: float, alpha: float, sides: Literal[1, 2]
) -> float:
    """The chance that the interval lies above -margin and, with two sides, below it too.

    Given the sample's standard deviation the mean is normal, so the chance is a one-dimensional integral over it.
    """
    normal, degrees = cast(Any, stats).norm, units - 1
    critical = cast(Any, stats).t.ppf(1 - alpha, degrees)
    levels = (np.arange(_QUADRATURE) + 0.5) / _QUADRATURE
    sample_sd = np.sqrt(cast(Any, stats).chi2.ppf(levels, degrees) / degrees)
    root = math.sqrt(units) / sd
    low = (-margin - difference) * root + critical * sample_sd
    high = (margin - difference) * root - critical * sample_sd if sides == 2 else np.inf
    return float(np.maximum(normal.cdf(high) - normal.cdf(low), 0).mean())


def _smallest(enough: Callable[[float], bool]) -> float:
    """The smallest positive number that is enough, where every larger one is too; to four digits."""
    low, high = 0.0, 1.0
    while not enough(high):
        low, high = high, 2 * high
    while high - low > 1e-5 * high:
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
