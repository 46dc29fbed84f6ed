"""What a method must have shown before it may be used, written down before it is measured."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.measures.wilson import least_n_without_failure

if TYPE_CHECKING:
    from thirdchair.evidence.pack import EvidencePack

SHARE: Final = "share"
RATES: Final = frozenset({"per conversation", "per session", "per 100 sentences"})
"""Units in which things are counted that may happen more than once."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """The lower bound of a measure must reach a threshold.

    Args:
        measure: key of the estimate in a pack; higher is better.
        at_least: threshold for the interval's lower end, 0 to 1.
        why: one sentence for the person who asks.

    Raises:
        ValueError: a threshold that is none, which every number or no number would meet.

    >>> Requirement("found", 0.9, "why").least_n
    35
    """

    measure: str
    at_least: float
    why: str

    def __post_init__(self) -> None:
        if not 0 <= self.at_least <= 1:
            raise ValueError("a requirement asks for a share between 0 and 1")

    @property
    def threshold(self) -> float:
        """What the worse end of the interval is held against."""
        return self.at_least

    @property
    def least_n(self) -> int | None:
        """The fewest independent units with which it could be met, if every one succeeds; None where no number could."""
        return least_n_without_failure(1 - self.at_least)

    def worse_end(self, estimate: Estimate | Unscored | None) -> float | None:
        """The lower end of a share that is better higher; of anything else None, since the threshold says nothing of it.

        Where lower is better the worse end is the high one, and a worse number would pass "at least" more easily.
        """
        if not isinstance(estimate, Estimate) or estimate.direction != "higher":
            return None
        return estimate.worse_end if 0 <= estimate.value <= 1 else None

    def is_met(self, worse_end: float) -> bool:
        """Whether the worse end of an interval is good enough."""
        return worse_end >= self.at_least


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The upper bound of a measure must stay at or under a limit.

    Args:
        measure: key of the estimate in a pack; lower is better, and 0 is best: a share, a rate, or the size of a gap.
        at_most: limit for the interval's upper end, 0 or more; a share at most 1.
        why: one sentence for the person who asks.
        unit: of the limit; an estimate in another unit does not count.

    Raises:
        ValueError: a limit that is none, which every number or no number would meet.

    >>> Ceiling("unsupported_sentences", 0.05, "why").least_n
    73
    >>> Ceiling("hard_rule_violations", 0.1, "why", unit="per conversation").least_n
    37
    """

    measure: str
    at_most: float
    why: str
    unit: str = SHARE

    def __post_init__(self) -> None:
        if not 0 <= self.at_most <= (1 if self.unit == SHARE else math.inf) or math.isinf(self.at_most):
            raise ValueError("a ceiling is a number from 0 upwards, and that of a share at most 1")

    @property
    def threshold(self) -> float:
        """What the worse end of the interval is held against."""
        return self.at_most

    @property
    def least_n(self) -> int | None:
        """The fewest independent units with which it could be met, if nothing happens in any of them.

        None where no number could, and for gaps in points, where it depends on how units differ (`measures.power`).

        Source:
            Shares: the Wilson interval. Rates: Garwood 1936, Biometrika 28:437-442 (0 events, Poisson).
        """
        if self.unit == SHARE:
            return least_n_without_failure(self.at_most)
        if self.unit in RATES and self.at_most > 0:
            return math.ceil(-math.log(0.025) / self.at_most)
        return None

    def worse_end(self, estimate: Estimate | Unscored | None) -> float | None:
        """The upper end of a number that is better lower, never below 0 and in this unit; of anything else None.

        A signed difference would pass by being far off on the other side, so it is no answer to a ceiling.
        """
        if not isinstance(estimate, Estimate) or estimate.direction != "lower" or estimate.unit != self.unit:
            return None
        return estimate.worse_end if estimate.value >= 0 else None

    def is_met(self, worse_end: float) -> bool:
        """Whether the worse end of an interval is good enough."""
        return worse_end <= self.at_most


Required = Requirement | Ceiling


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A requirement a pack does not meet; `found` is the worse end of the interval, None where unmeasured."""

    requirement: Required
    found: float | None


def shortfalls(requirements: tuple[Required, ...], pack: EvidencePack) -> tuple[Shortfall, ...]:
    """The requirements this pack does not meet. Unmeasured or unscored never passes."""
    short: list[Shortfall] = []
    for requirement in requirements:
        found = requirement.worse_end(pack.estimates.get(requirement.measure))
        if found is None or not requirement.is_met(found):
            short.append(Shortfall(requirement, found))
    return tuple(short)
