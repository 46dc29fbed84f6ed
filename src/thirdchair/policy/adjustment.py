"""A service's own thresholds: it may ask more of a method by one signature, and less only by two.

What is asked is reviewed with the code of a use. A service that is more careful should not have to wait for a release; one
that is less careful needs two people who put their names to it. Requirements are never added or taken away here, only their
thresholds moved, and an adjustment that does not hold changes nothing. More and less are counted from what stands: to take
back what one person tightened takes two as well, so that nobody makes room for a model alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from thirdchair.evidence import Ceiling, Required
from thirdchair.policy.decision import Allowed, Decision, Refused

SIGNATURES_TO_LOOSEN: Final = 2


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A threshold as a service wants it.

    Args:
        use, measure: what it is asked for.
        threshold: instead of the reviewed one, in the same unit.
        signed_by: identifiers of the accounts that signed; one person who signs twice is one.
    """

    use: str
    measure: str
    threshold: float
    signed_by: tuple[str, ...]


def may_adjust(adjustment: Adjustment, *, requirements: tuple[Required, ...]) -> Decision:
    """Whether an adjustment holds: it names what is asked, is a threshold, and has the signatures it needs.

    Args:
        requirements: of the use, as they stand before it.
    """
    asked = [one for one in requirements if one.measure == adjustment.measure]
    if not asked:
        return Refused("adjust.unknown", {"use": adjustment.use, "measure": adjustment.measure})
    try:
        changed = [_with_threshold(one, adjustment.threshold) for one in asked]
    except ValueError:
        return Refused(
            "adjust.impossible", {"measure": adjustment.measure, "threshold": f"{adjustment.threshold:g}"}
        )
    people = {name for name in adjustment.signed_by if name}
    if not people:
        return Refused("adjust.unsigned")
    looser = [one for one, new in zip(asked, changed, strict=True) if not is_as_strict(new, one)]
    if looser and len(people) < SIGNATURES_TO_LOOSEN:
        return Refused(
            "adjust.signatures",
            {
                "measure": adjustment.measure,
                "stands": f"{looser[0].threshold:g}",
                "found": str(len(people)),
            },
        )
    return Allowed()


def adjusted(
    requirements: tuple[Required, ...], adjustments: Iterable[Adjustment], *, use: str
) -> tuple[Required, ...]:
    """The requirements of a use as this service asks them, in their order.

    Args:
        adjustments: oldest first; each is judged against what stands by then.
    """
    standing = requirements
    for one in adjustments:
        if one.use == use and isinstance(may_adjust(one, requirements=standing), Allowed):
            standing = tuple(
                _with_threshold(asked, one.threshold) if asked.measure == one.measure else asked
                for asked in standing
            )
    return standing


def is_as_strict(new: Required, old: Required) -> bool:
    """Whether whatever meets the new threshold would meet the old one."""
    return new.threshold <= old.threshold if isinstance(old, Ceiling) else new.threshold >= old.threshold


def _with_threshold(one: Required, threshold: float) -> Required:
    """The same requirement with another threshold.

    Raises:
        ValueError: it is no threshold for this requirement.
    """
    if isinstance(one, Ceiling):
        return replace(one, at_most=threshold)
    return replace(one, at_least=threshold)
