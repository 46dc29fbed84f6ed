"""Statistics of sums, with intervals from resampling whole units: vignettes, sessions, persons.

What one unit says hangs together, so whole units are resampled, never rows. A statistic of sums is computed from the
sums of each unit, so that 10,000 rows take no longer than a moment.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from thirdchair.measures.distributions import normal_cdf, normal_quantile, t_quantile
from thirdchair.measures.estimate import Direction, Estimate, Provenance, Unscored, estimated
from thirdchair.measures.resampling import FEWEST_CLUSTERS, RESAMPLES

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
MOST_UNDEFINED: Final = 0.05
"""Share of resamples in which a statistic may be undefined before its interval means nothing."""

_CHUNK: Final = 100


def owners(units: Sequence[Hashable]) -> tuple[npt.NDArray[np.intp], int]:
    """The place of each row's unit, in order of first appearance, and how many units there are.

    >>> owners(["ann", "ben", "ann"])[0].tolist(), owners(["ann", "ben", "ann"])[1]
    ([0, 1, 0], 2)
    """
    places = {unit: place for place, unit in enumerate(dict.fromkeys(units))}
    return np.array([places[unit] for unit in units], dtype=np.intp), len(places)


def sums_by_unit(rows: Floats, owner: npt.NDArray[np.intp], count: int) -> Floats:
    """The sums (units, columns) of rows (n, columns)."""
    columns = [np.bincount(owner, weights=column, minlength=count) for column in rows.T]
    return np.stack(columns, axis=1).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Resampled:
    """Column sums of all rows, of 2,000 resamples of units, and without each unit in turn.

    Args:
        total: (columns,); resamples: (2,000, columns); without_one: (units, columns).
        n: rows; count: units.
    """

    total: Floats
    resamples: Floats
    without_one: Floats
    n: int
    count: int


def resample(
    rows: Floats, units: Sequence[Hashable], *, seed: int, fewest: int = FEWEST_CLUSTERS
) -> Resampled | Unscored:
    """Resamples whole units of rows (n, columns), once for any number of statistics.

    Returns:
        Resampled; `Unscored` with fewer units than `fewest`, 5 if not said.

    Raises:
        ValueError: rows and units differ in length.

    >>> drawn = resample(np.ones((6, 1)), "aabcde", seed=0)
    >>> drawn.total.tolist(), drawn.n, drawn.count, drawn.without_one.ravel().tolist()
    ([6.0], 6, 5, [4.0, 5.0, 5.0, 5.0, 5.0])
    """
    if len(rows) != len(units):
        raise ValueError("every row belongs to one unit")
    owner, count = owners(units)
    if count < fewest:
        return Unscored(f"{count} of at least {fewest} independent units")
    sums = sums_by_unit(rows, owner, count)
    total = sums.sum(axis=0)
    resamples = np.concatenate([weights @ sums for weights in _drawn(count, seed)])
    return Resampled(total, resamples, total - sums, len(rows), count)


def _drawn(count: int, seed: int) -> Iterator[Floats]:
    """How often each unit is drawn in each resample, in pieces of 100 (resamples, units)."""
    random = np.random.default_rng(seed)
    offsets = np.arange(_CHUNK)[:, None] * count
    for _ in range(RESAMPLES // _CHUNK):
        draws = random.integers(0, count, size=(_CHUNK, count)) + offsets
        yield np.bincount(draws.ravel(), minlength=_CHUNK * count).reshape(_CHUNK, count).astype(float)


def bias_corrected(
    value: float, resampled: Floats, without_one: Floats, count: int
) -> tuple[float, float] | Unscored:
    """The 95% bias-corrected and accelerated interval.

    Args:
        value: the statistic of all units.
        resampled: the statistic of each resample; not a number where it is undefined.
        without_one: the statistic without each unit in turn.
        count: units; the quantiles are widened for few of them as Student's t is wider than the normal curve.

    Returns:
        The two ends, or `Unscored` where more than one resample in 20 leaves the statistic undefined.

    Source:
        DiCiccio & Efron 1996, Stat Sci 11:189-228; Hesterberg 2015, Am Stat 69:371-386 (the widening).
    """
    defined = resampled[np.isfinite(resampled)]
    if len(defined) < (1 - MOST_UNDEFINED) * len(resampled):
        return Unscored("too few units to resample: many resamples leave the figure undefined")
    left_out = without_one[np.isfinite(without_one)]
    away = left_out.mean() - left_out if len(left_out) else np.zeros(1)
    spread = float((away**2).sum())
    acceleration = float((away**3).sum()) / (6 * spread**1.5) if spread > 0 else 0.0
    below = float((defined < value).mean() + 0.5 * (defined == value).mean())
    half = 0.5 / len(defined)
    shift = normal_quantile(min(max(below, half), 1 - half))
    ends: list[float] = []
    reach = math.sqrt(count / (count - 1)) * t_quantile(0.975, count - 1)
    for moved in (shift - reach, shift + reach):
        ends.append(normal_cdf(shift + moved / max(1 - acceleration * moved, 0.1)))
    low, high = np.quantile(defined, ends)
    return float(low), float(high)


def from_totals(
    statistic: Callable[[Floats], Floats],
    rows: Floats,
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
    unit: str,
    direction: Direction = "higher",
    undefined: str = "the figure is undefined for these data",
    without_spread: tuple[float, float] | None = None,
    fewest: int = FEWEST_CLUSTERS,
) -> Estimate | Unscored:
    """A statistic of column sums, with the interval from resampling units.

    Args:
        statistic: from totals (m, columns) to values (m,); not a number where undefined.
        rows: (n, columns), what is summed.
        units: the unit of each row.
        undefined: the reason to give where the statistic of all rows is undefined.
        without_spread: the interval to give where every resample says the same; a bootstrap would claim certainty.
        fewest: units below which nothing is said.

    Returns:
        Estimate: 95% bias-corrected and accelerated interval over units, 2,000 resamples from `provenance.seed`.
        `Unscored` with fewer than 5 units, or where the statistic is undefined.

    Raises:
        ValueError: rows and units differ in length.

    Source:
        Efron & Tibshirani 1993, chapters 13 and 14; DiCiccio & Efron 1996.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Efron & Tibshirani 1993")
    >>> rows = np.array([[1.0, 1], [1, 2], [1, 3], [1, 4], [1, 5], [1, 9]])
    >>> mean = from_totals(lambda t: t[:, 1] / t[:, 0], rows, list("abcdef"), provenance=here, unit="words")
    >>> mean.value, mean.low < 3 < 5 < mean.high
    (4.0, True)
    """
    drawn = resample(rows, units, seed=provenance.seed, fewest=fewest)
    if isinstance(drawn, Unscored):
        return drawn
    return from_resampled(
        statistic,
        drawn,
        provenance=provenance,
        unit=unit,
        direction=direction,
        undefined=undefined,
        without_spread=without_spread,
    )


def from_resampled(
    statistic: Callable[[Floats], Floats],
    drawn: Resampled,
    *,
    provenance: Provenance,
    unit: str,
    direction: Direction = "higher",
    undefined: str = "the figure is undefined for these data",
    without_spread: tuple[float, float] | None = None,
) -> Estimate | Unscored:
    """A statistic of sums that were resampled before, as `from_totals`.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Efron & Tibshirani 1993")
    >>> drawn = resample(np.ones((6, 1)), "abcdef", seed=0)
    >>> from_resampled(lambda totals: totals[:, 0] / 6, drawn, provenance=here, unit="share")
    Unscored(reason='no two of 6 units differ, so nothing can be said of the spread')
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        value = float(statistic(drawn.total[None])[0])
        if not math.isfinite(value):
            return Unscored(undefined)
        resampled = statistic(drawn.resamples)
        without_one = statistic(drawn.without_one)
    defined = resampled[np.isfinite(resampled)]
    if len(defined) and np.ptp(defined) <= 1e-12 * max(1.0, abs(value)):
        reason = f"no two of {drawn.count} units differ, so nothing can be said of the spread"
        ends = without_spread or Unscored(reason)
    else:
        ends = bias_corrected(value, resampled, without_one, drawn.count)
    if isinstance(ends, Unscored):
        return ends
    return estimated(
        value, ends, n=drawn.n, clusters=drawn.count, unit=unit, direction=direction, provenance=provenance
    )
