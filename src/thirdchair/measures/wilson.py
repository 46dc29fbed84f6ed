"""The Wilson interval by hand, and what no failure at all can show; pure Python, so that a gate needs no scientific library."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import Final

Z: Final = NormalDist().inv_cdf(0.975)


def wilson(successes: int, n: int) -> tuple[float, float]:
    """The 95% Wilson interval of a share, as `proportion` gives it.

    >>> tuple(round(end, 3) for end in wilson(7, 10))
    (0.397, 0.892)
    """
    return wilson_of_share(successes / n, n)


def wilson_of_share(share: float, n: float, *, quantile: float = Z) -> tuple[float, float]:
    """The Wilson interval of a share from its effective number of observations.

    Args:
        share: 0 to 1; n: effective observations, more than 0; quantile: of the curve behind the interval.

    Source:
        Wilson 1927, J Am Stat Assoc 22:209-212.

    >>> tuple(round(end, 3) for end in wilson_of_share(1.0, 3.84))
    (0.5, 1.0)
    """
    squared = quantile**2
    middle = (share + squared / (2 * n)) / (1 + squared / n)
    reach = quantile / (1 + squared / n) * math.sqrt(share * (1 - share) / n + squared / (4 * n * n))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def upper_bound_of_none(n: int, *, confidence: float = 0.95) -> float:
    """The largest share that is still compatible with 0 in n: one-sided and exact. At 95% about 3 / n.

    Source:
        Hanley & Lippman-Hand 1983, JAMA 249:1743-1745 (the rule of three).

    >>> round(upper_bound_of_none(300), 4)
    0.0099
    """
    return 1 - (1 - confidence) ** (1 / n)


def least_n_without_failure(limit: float) -> int | None:
    """The fewest independent units that show a share of at most `limit` if none fails, at the end of the 95% interval.

    Gates judge the end of a two-sided 95% Wilson interval, which is stricter than the rule of three: 381 units for 1%,
    where 0 in 300 shows 1% one-sided.

    Returns:
        None where no number of units could: a limit of 0.

    >>> least_n_without_failure(0.01), least_n_without_failure(0.1), least_n_without_failure(0.0)
    (381, 35, None)
    """
    if limit <= 0:
        return None
    if limit >= 1:
        return 1
    n = max(1, math.floor(Z**2 * (1 - limit) / limit))
    while wilson(0, n)[1] > limit:
        n += 1
    return n
