"""A share that an imperfect judge has counted, corrected for what the judge misses and imagines."""

from __future__ import annotations

from typing import Final

from thirdchair.measures.estimate import Estimate, Provenance, Unscored, estimated

LEAST_APART: Final = 0.2
"""Youden's J below which a correction divides by nearly nothing."""


def corrected(
    observed: Estimate | Unscored,
    *,
    sensitivity: Estimate | Unscored,
    specificity: Estimate | Unscored,
) -> Estimate | Unscored:
    """The share that is so, from the share that a judge called so.

    Args:
        observed: 0 to 1.
        sensitivity: share that the judge calls so of what is so, measured where the truth is known.
        specificity: share that it does not call so of what is not.

    Returns:
        Estimate: 0 to 1, with a 95% interval that carries the judge's own uncertainty; n and clusters are those of the
        observed share. `Unscored` where one of the three is, or where the judge hardly tells one from the other.

    Source:
        Rogan & Gladen 1978, Am J Epidemiol 107:71-76; the interval by the delta method over the three shares
        (Lang & Reiczigel 2014, Prev Vet Med 113:13-22, without their small-sample shift), each share's variance from its own
        interval, so that a judge without an error in few labels is not taken for perfect.

    >>> from thirdchair.measures.proportions import proportion
    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Wilson 1927")
    >>> seen, found, silent = (proportion(k, 100, provenance=here) for k in (50, 90, 80))
    >>> better = corrected(seen, sensitivity=found, specificity=silent)
    >>> round(better.value, 3), better.high - better.low > seen.high - seen.low
    (0.429, True)
    >>> corrected(seen, sensitivity=found, specificity=proportion(20, 100, provenance=here))
    Unscored(reason='the judge hardly tells what is so from what is not')
    """
    if isinstance(observed, Unscored):
        return observed
    if isinstance(sensitivity, Unscored):
        return sensitivity
    if isinstance(specificity, Unscored):
        return specificity
    imagined = 1 - specificity.value
    apart = sensitivity.value - imagined
    if apart <= LEAST_APART:
        return Unscored("the judge hardly tells what is so from what is not")
    value = min(max((observed.value - imagined) / apart, 0.0), 1.0)
    spread = (
        _variance(observed) + _variance(specificity) * (1 - value) ** 2 + _variance(sensitivity) * value**2
    ) ** 0.5 / apart
    return estimated(
        value,
        (max(value - 1.96 * spread, 0.0), min(value + 1.96 * spread, 1.0)),
        n=observed.n,
        clusters=observed.clusters,
        unit=observed.unit,
        direction=observed.direction,
        provenance=Provenance(
            observed.dataset, observed.method, observed.date, observed.seed, "Rogan & Gladen 1978"
        ),
    )


def _variance(share: Estimate) -> float:
    return ((share.high - share.low) / (2 * 1.96)) ** 2
