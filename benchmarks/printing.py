"""Numbers as they are printed: never without an interval, a count and its clusters."""

from __future__ import annotations

from thirdchair.measures.estimate import Estimate, Unscored


def as_words(estimate: Estimate | Unscored, *, digits: int = 3) -> str:
    """One estimate on one line.

    >>> as_words(Unscored("nothing to count"))
    'not scored: nothing to count'
    """
    if isinstance(estimate, Unscored):
        return f"not scored: {estimate.reason}"
    value, low, high = (f"{number:.{digits}f}" for number in (estimate.value, estimate.low, estimate.high))
    count = f"n={estimate.n}"
    if estimate.clusters != estimate.n:
        count += f" in {estimate.clusters} sessions"
    return f"{value} (95% {low} to {high}; {count})"
