"""Shares of things that are so or not so."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from thirdchair.measures.estimate import Direction, Estimate, Provenance, Unscored, estimated
from thirdchair.measures.wilson import wilson


def proportion(
    successes: int,
    n: int,
    *,
    provenance: Provenance,
    clusters: int | None = None,
    unit: str = "share",
    direction: Direction = "higher",
) -> Estimate | Unscored:
    """The share of n that succeeded.

    The interval treats observations as independent; where they share sessions, say so with `clusters`, and
    bootstrap over sessions instead unless the share is 0 or 1, where a bootstrap would claim certainty.

    Returns:
        Estimate: 0 to 1, with a 95% Wilson interval. `Unscored` when n is 0.

    Raises:
        ValueError: more successes than observations, or fewer than none.

    Source:
        Wilson 1927, J Am Stat Assoc 22:209-212.

    >>> seven = proportion(7, 10, provenance=Provenance("example", "by hand", "2025-01-01", 0, "Wilson 1927"))
    >>> round(seven.low, 3), seven.value, round(seven.high, 3)
    (0.397, 0.7, 0.892)
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is no proportion")
    if n == 0:
        return Unscored("nothing to count")
    low, high = wilson(successes, n)
    return estimated(
        successes / n,
        (low, high),
        n=n,
        clusters=n if clusters is None else clusters,
        unit=unit,
        direction=direction,
        provenance=provenance,
    )


def accuracy(
    found: Sequence[Hashable],
    true: Sequence[Hashable],
    *,
    provenance: Provenance,
    clusters: int | None = None,
) -> Estimate | Unscored:
    """The share of labels that were found as they are.

    Args:
        found: labels given by the method.
        true: labels given by people, in the same order.

    Returns:
        Estimate: 0 to 1, higher is better, with a 95% Wilson interval. `Unscored` when there are none.

    Raises:
        ValueError: the two differ in length.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Wilson 1927")
    >>> accuracy(["denied", "affirmed"], ["denied", "denied"], provenance=here).value
    0.5
    """
    right = sum(1 for one, other in zip(found, true, strict=True) if one == other)
    return proportion(right, len(true), provenance=provenance, clusters=clusters)
