"""Shares and means of which some rows are not known: refused, unreadable, failed, unjudged.

Such a row is an outcome. It widens the interval to the worst and the best it could have been, and is never left out unseen.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from scipy import stats  # pyright: ignore[reportMissingTypeStubs]

from thirdchair.measures.estimate import Direction, Estimate, Provenance, Unscored, estimated
from thirdchair.measures.resampling import FEWEST_CLUSTERS
from thirdchair.measures.totals import Floats, from_totals, owners

_scipy = cast(Any, stats)  # scipy carries no types


def share(
    flags: Sequence[bool | None],
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
    unit: str = "share",
    direction: Direction = "higher",
) -> Estimate | Unscored:
    """The share of rows that are so; rows of which nobody knows widen the interval to their worst case.

    Args:
        flags: one per row; None where refused, unreadable, failed or unjudged.
        units: the unit of each row.

    Returns:
        Estimate: the share among rows that are known. Low end as if every unknown row were not so, high end as if
        every one were. 95% Wilson interval, on the effective number of rows and Student's t where rows share units;
        on the number of units where the share is 0 or 1. `Unscored` where nothing is known, or where fewer than 5
        units are shared.

    Raises:
        ValueError: the two differ in length.

    Source:
        Wilson 1927; Korn & Graubard 1998, Survey Methodology 24:193-201 (effective sample size); Horowitz & Manski
        2000, J Am Stat Assoc 95:77-84 (unknown rows).

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Wilson 1927")
    >>> seven = share([True] * 7 + [False] * 3, range(10), provenance=here)
    >>> round(seven.low, 3), seven.value, round(seven.high, 3)
    (0.397, 0.7, 0.892)
    >>> two_unread = share([True] * 6 + [False] * 2 + [None] * 2, range(10), provenance=here)
    >>> round(two_unread.low, 3), two_unread.value, round(two_unread.high, 3)
    (0.313, 0.75, 0.943)
    """
    if len(flags) != len(units):
        raise ValueError("every row belongs to one unit")
    known = [flag for flag in flags if flag is not None]
    if not known:
        return Unscored("nothing to count")
    owner, count = owners(units)
    if count < min(FEWEST_CLUSTERS, len(flags)):
        return Unscored(f"{count} of at least {FEWEST_CLUSTERS} independent units")
    low = _wilson(np.array([float(flag is True) for flag in flags]), owner, count)[0]
    high = _wilson(np.array([float(flag is not False) for flag in flags]), owner, count)[1]
    return estimated(
        sum(known) / len(known),
        (low, high),
        n=len(flags),
        clusters=count,
        unit=unit,
        direction=direction,
        provenance=provenance,
    )


def _wilson(rows: Floats, owner: npt.NDArray[np.intp], count: int) -> tuple[float, float]:
    n = len(rows)
    p = float(rows.mean())
    quantile = float(_scipy.norm.ppf(0.975) if count == n else _scipy.t.ppf(0.975, count - 1))
    effective = float(n)
    if count < n and 0 < p < 1:
        away = np.bincount(owner, weights=rows - p, minlength=count)
        variance = count / (count - 1) * float((away**2).sum()) / n**2
        effective = min(n, p * (1 - p) / variance) if variance > 0 else n
    elif count < n:
        effective = count
    squared = quantile**2
    centre = (p + squared / (2 * effective)) / (1 + squared / effective)
    half = (
        quantile
        * math.sqrt(p * (1 - p) / effective + squared / (4 * effective**2))
        / (1 + squared / effective)
    )
    return max(0.0, centre - half), min(1.0, centre + half)


def mean_between(
    lows: Sequence[float],
    highs: Sequence[float],
    units: Sequence[Hashable],
    *,
    bounds: tuple[float, float],
    provenance: Provenance,
    unit: str,
    direction: Direction = "higher",
) -> Estimate | Unscored:
    """The mean of values of which some are known only to lie between two ends.

    Args:
        lows: the least each value can be; highs: the most. Equal where the value is known.
        units: the unit of each row.
        bounds: the least and most that any value can be. Where every unit says the same, the interval allows for as
            large a share of other units, at the far bounds, as their number cannot rule out.

    Returns:
        Estimate: the mean of known values; its interval reaches from the low end with every unknown value at its
        least to the high end with every one at its most. `Unscored` where nothing is known, or with fewer than 5 units.

    Source:
        Horowitz & Manski 2000, J Am Stat Assoc 95:77-84.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Horowitz & Manski 2000")
    >>> mean = mean_between([0, 1, 2, 1, 0, -6], [0, 1, 2, 1, 0, 6], range(6),
    ...     bounds=(-6, 6), provenance=here, unit="levels")
    >>> mean.value, mean.low < -1, mean.high > 2
    (0.8, True, True)
    """
    low_rows, high_rows = np.asarray(lows, dtype=float), np.asarray(highs, dtype=float)
    known = low_rows == high_rows
    if not known.any():
        return Unscored("no value is known")
    ends: list[Estimate] = []
    for rows in (low_rows, high_rows):
        end = mean(rows, units, bounds=bounds, provenance=provenance, unit=unit, direction=direction)
        if isinstance(end, Unscored):
            return end
        ends.append(end)
    return estimated(
        float(low_rows[known].mean()),
        (ends[0].low, ends[1].high),
        n=len(low_rows),
        clusters=ends[0].clusters,
        unit=unit,
        direction=direction,
        provenance=provenance,
    )


def mean(
    values: Sequence[float] | Floats,
    units: Sequence[Hashable],
    *,
    bounds: tuple[float, float],
    provenance: Provenance,
    unit: str,
    direction: Direction = "higher",
) -> Estimate | Unscored:
    """The mean of values that lie within bounds, with the interval from resampling units.

    Returns:
        Estimate: as `from_totals`; where every unit says the same, the interval allows for the share of other units
        at the far bounds that this many units cannot rule out (Wilson 1927). `Unscored` with fewer than 5 units.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Efron & Tibshirani 1993")
    >>> same = mean([0.0] * 100, range(100), bounds=(0, 1), provenance=here, unit="share")
    >>> same.low, same.value, round(same.high, 3)
    (0.0, 0.0, 0.037)
    """
    numbers = np.asarray(values, dtype=float)
    if not len(numbers):
        return Unscored("nothing to count")
    _, count = owners(units)
    others = not_ruled_out(count)
    constant = float(numbers[0])
    return from_totals(
        lambda totals: totals[:, 1] / totals[:, 0],
        np.column_stack([np.ones(len(numbers)), numbers]),
        units,
        provenance=provenance,
        unit=unit,
        direction=direction,
        without_spread=(
            constant - others * (constant - bounds[0]),
            constant + others * (bounds[1] - constant),
        ),
    )


def not_ruled_out(count: int) -> float:
    """The largest share of units that can be otherwise when none of this many was: the upper Wilson end of 0.

    >>> round(not_ruled_out(300), 4)
    0.0126
    """
    squared = float(_scipy.norm.ppf(0.975)) ** 2
    return squared / (count + squared)
