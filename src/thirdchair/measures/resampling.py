"""Intervals that come from resampling whole sessions, since what one session says hangs together.

For means and shares over units prefer `units.py`, which needs no random draws and holds its 95% with 10 units. The
percentile bootstrap of `bootstrap_mean` falls short of its 95% with 10 or 20 sessions; `make coverage` shows how far.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray
from scipy import stats  # pyright: ignore[reportMissingTypeStubs]

from thirdchair.measures.estimate import Direction, Estimate, Provenance, Unscored, estimated

FEWEST_CLUSTERS: Final = 5
"""Below this a percentile bootstrap mostly repeats the same few sessions and its interval means nothing."""

RESAMPLES: Final = 2000

LARGEST_UNDEFINED: Final = 0.05
"""The share of resamples on which a statistic may be undefined before its interval means nothing."""

Rows = NDArray[np.int64]


def bootstrap_mean(
    values: Sequence[float],
    clusters: Sequence[Hashable],
    *,
    provenance: Provenance,
    unit: str,
    direction: Direction = "higher",
) -> Estimate | Unscored:
    """The mean of the values, with an interval from resampling clusters.

    Args:
        values: one per observation; a paired difference is a value like any other.
        clusters: the session, patient or pair each value comes from.

    Returns:
        Estimate: with the 95% percentile bootstrap interval over clusters (2,000 resamples from
        `provenance.seed`). `Unscored` with fewer than 5 clusters.

    Raises:
        ValueError: the two differ in length.

    Source:
        Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 13.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Efron & Tibshirani 1993")
    >>> mean = bootstrap_mean([1, 2, 3, 4, 5, 9], list("abcdef"), provenance=here, unit="words")
    >>> mean.value, mean.n, mean.low < 4 < mean.high
    (4.0, 6, True)
    >>> bootstrap_mean([0.5, 0.7], ["a", "a"], provenance=here, unit="share")
    Unscored(reason='1 of at least 5 independent sessions')
    """
    if len(values) != len(clusters):
        raise ValueError("every value belongs to one cluster")
    places = {cluster: place for place, cluster in enumerate(dict.fromkeys(clusters))}
    if len(places) < FEWEST_CLUSTERS:
        return Unscored(f"{len(places)} of at least {FEWEST_CLUSTERS} independent sessions")
    owner = np.array([places[cluster] for cluster in clusters])
    sums = np.bincount(owner, weights=np.asarray(values, dtype=float), minlength=len(places))
    sizes = np.bincount(owner, minlength=len(places)).astype(float)
    draws = np.random.default_rng(provenance.seed).integers(0, len(places), size=(RESAMPLES, len(places)))
    means = sums[draws].sum(axis=1) / sizes[draws].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return estimated(
        float(sums.sum() / sizes.sum()),
        (float(low), float(high)),
        n=len(values),
        clusters=len(places),
        unit=unit,
        direction=direction,
        provenance=provenance,
    )


def bootstrap_statistic(
    statistic: Callable[[Rows], float],
    clusters: Sequence[Hashable],
    *,
    provenance: Provenance,
    unit: str,
    direction: Direction = "higher",
    resamples: int = RESAMPLES,
) -> Estimate | Unscored:
    """Any statistic of the observations, with an interval from resampling whole clusters.

    Bias-corrected and accelerated, its quantiles widened for few clusters as Student's t is wider than the normal curve.

    Args:
        statistic: from row numbers, int array (rows,), in which a resampled row may stand more than once, to its value;
            NaN where it is undefined on them.
        clusters: the session, patient or pair each row comes from.
        resamples: how many; 2,000 steadies the third digit of a share.

    Returns:
        Estimate: with a 95% interval, drawn from `provenance.seed`. `Unscored` with fewer than 5 clusters, where the
        statistic is undefined on the data or on more than 5% of the resamples, and where no resample differs.

    Source:
        Efron 1987, J Am Stat Assoc 82:171-185 (BCa); Hesterberg 2015, American Statistician 69:371-386 (the widening);
        Field & Welsh 2007, J R Stat Soc B 69:369-390 (whole clusters).

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Efron 1987")
    >>> scores = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 9.0])
    >>> middle = bootstrap_statistic(
    ...     lambda rows: float(np.median(scores[rows])), list("abcdef"), provenance=here, unit="points"
    ... )
    >>> middle.value, middle.low < 3.5 < middle.high
    (3.5, True)
    """
    members = _members(clusters)
    count = len(members)
    if count < FEWEST_CLUSTERS:
        return Unscored(f"{count} of at least {FEWEST_CLUSTERS} independent sessions")
    value = statistic(np.arange(len(clusters)))
    if not np.isfinite(value):
        return Unscored("the statistic is undefined on these observations")
    draws: Rows = np.random.default_rng(provenance.seed).integers(0, count, size=(resamples, count))
    drawn = np.array([statistic(_rows_of(draw, members)) for draw in draws])
    defined = drawn[np.isfinite(drawn)]
    if len(defined) < (1 - LARGEST_UNDEFINED) * resamples:
        return Unscored(f"undefined on {resamples - len(defined)} of {resamples} resamples")
    if np.ptp(defined) == 0:
        return Unscored("no resample differs, so nothing shows how far the statistic may be off")
    every = np.arange(count)
    without = np.array([statistic(_rows_of(np.delete(every, place), members)) for place in every])
    low, high = np.quantile(defined, _bca_levels(value, defined, without))
    return estimated(
        value,
        (float(low), float(high)),
        n=len(clusters),
        clusters=count,
        unit=unit,
        direction=direction,
        provenance=provenance,
    )


def _members(clusters: Sequence[Hashable]) -> list[Rows]:
    """The rows of each cluster, in order of first appearance."""
    rows: dict[Hashable, list[int]] = {}
    for row, cluster in enumerate(clusters):
        rows.setdefault(cluster, []).append(row)
    return [np.array(found, dtype=np.int64) for found in rows.values()]


def _rows_of(places: Rows, members: list[Rows]) -> Rows:
    return np.concatenate([members[int(place)] for place in places])


def _bca_levels(value: float, drawn: NDArray[np.float64], without: NDArray[np.float64]) -> list[float]:
    """The quantiles of the resampled values that bound the interval."""
    normal, count = cast(Any, stats).norm, len(without)  # scipy carries no types
    below = float((drawn < value).mean() + (drawn == value).mean() / 2)
    bias = float(normal.ppf(np.clip(below, 1 / len(drawn), 1 - 1 / len(drawn))))
    apart = without[np.isfinite(without)]
    apart = apart.mean() - apart
    squared = float((apart**2).sum())
    acceleration = float((apart**3).sum()) / (6 * squared**1.5) if squared > 0 else 0.0
    reach = float((count / (count - 1)) ** 0.5 * cast(Any, stats).t.ppf(0.975, count - 1))
    return [
        float(normal.cdf(bias + (bias + z) / max(1 - acceleration * (bias + z), 0.1)))
        for z in (-reach, reach)
    ]
