"""Means whose intervals come from resampling whole sessions, since what one session says hangs together."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final

import numpy as np

from thirdchair.measures.estimate import Direction, Estimate, Provenance, Unscored, estimated

FEWEST_CLUSTERS: Final = 5
"""Below this a percentile bootstrap mostly repeats the same few sessions and its interval means nothing."""

RESAMPLES: Final = 2000


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
