"""What a method must have shown before it may be used, written down before it is measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thirdchair.measures.estimate import Estimate, Unscored

if TYPE_CHECKING:
    from thirdchair.evidence.pack import EvidencePack


@dataclass(frozen=True, slots=True)
class Requirement:
    """The lower bound of a measure must reach a threshold.

    Args:
        measure: key of the estimate in a pack; higher is better.
        at_least: threshold for the interval's lower end, 0 to 1.
        why: one sentence for the person who asks.

    Raises:
        ValueError: a threshold that is none, which every number or no number would meet.
    """

    measure: str
    at_least: float
    why: str

    def __post_init__(self) -> None:
        if not 0 <= self.at_least <= 1:
            raise ValueError("a requirement asks for a share between 0 and 1")


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A requirement a pack does not meet; `found` is the lower bound, None where unmeasured."""

    requirement: Requirement
    found: float | None


def shortfalls(requirements: tuple[Requirement, ...], pack: EvidencePack) -> tuple[Shortfall, ...]:
    """The requirements this pack does not meet. Unmeasured or unscored never passes."""
    short: list[Shortfall] = []
    for requirement in requirements:
        found = _lower_bound(pack.estimates.get(requirement.measure))
        if found is None or found < requirement.at_least:
            short.append(Shortfall(requirement, found))
    return tuple(short)


def _lower_bound(estimate: Estimate | Unscored | None) -> float | None:
    """The lower end of a share that is better higher; of anything else None, since the threshold says nothing of it.

    Where lower is better the worse end is the high one, and a worse number would pass "at least" more easily.
    """
    if not isinstance(estimate, Estimate) or estimate.direction != "higher" or not 0 <= estimate.value <= 1:
        return None
    return estimate.worse_end
