"""Quantiles and tails of the usual distributions, and ranks, with types.

`scipy.stats` holds them too, and takes 70 MB and a second to load; these rest on `scipy.special`, which it rests on itself.
"""

from __future__ import annotations

from typing import Any, Final, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special  # pyright: ignore[reportMissingTypeStubs]

_special: Final = cast(Any, special)  # scipy carries no types


def normal_cdf(x: float) -> float:
    """The standard normal distribution function.

    >>> round(normal_cdf(1.959964), 4)
    0.975
    """
    return float(_special.ndtr(x))


def normal_cdfs(x: ArrayLike) -> NDArray[np.float64]:
    """The same for an array of any shape."""
    return np.asarray(_special.ndtr(x), dtype=np.float64)


def normal_quantile(p: float) -> float:
    """Where the standard normal distribution function is p, 0 to 1.

    >>> round(normal_quantile(0.975), 4)
    1.96
    """
    return float(_special.ndtri(p))


def t_quantile(p: float, degrees: float) -> float:
    """Where Student's distribution function is p.

    >>> round(t_quantile(0.975, 9), 4)
    2.2622
    """
    return float(_special.stdtrit(degrees, p))


def t_tail(x: float, degrees: float) -> float:
    """The chance that Student's t is above x.

    >>> round(t_tail(2.2622, 9), 4)
    0.025
    """
    return float(_special.stdtr(degrees, -x))


def f_quantile(p: float, degrees: float, below: float) -> float:
    """Where the distribution function of F with `degrees` over `below` degrees of freedom is p.

    >>> round(f_quantile(0.95, 3, 20), 2)
    3.1
    """
    return float(_special.fdtri(degrees, below, p))


def chi2_quantiles(p: ArrayLike, degrees: float) -> NDArray[np.float64]:
    """Where the chi-squared distribution function is p, for an array of any shape.

    >>> float(chi2_quantiles([0.95], 1)[0].round(3))
    3.841
    """
    return np.asarray(_special.chdtri(degrees, 1 - np.asarray(p)), dtype=np.float64)


def binomial_tail(at_least: int, n: int, p: float) -> float:
    """The chance of at least so many successes in n trials.

    >>> round(binomial_tail(14, 36, 0.25), 4)
    0.0461
    """
    if at_least <= 0:
        return 1.0
    return float(_special.bdtrc(at_least - 1, n, p)) if at_least <= n else 0.0


def ranks_of(values: ArrayLike) -> NDArray[np.float64]:
    """Ranks from 1 along the last axis; ties share the mean of theirs.

    >>> ranks_of([3.0, 1.0, 3.0]).tolist()
    [2.5, 1.0, 2.5]
    """
    whole = np.asarray(values, dtype=np.float64)
    below = (whole[..., None, :] < whole[..., :, None]).sum(axis=-1)
    alike = (whole[..., None, :] == whole[..., :, None]).sum(axis=-1)
    return below + (alike + 1) / 2
