"""Deciding a requirement as soon as it is answered, with bounds that hold at every moment one may look.

A fixed design asks a planned number of units and looks once. Looking after every unit and stopping at the first good
interval is cheating with ordinary intervals: given time, one of them will stray. These bounds are made for it. Against
every threshold a bet is kept that units do better (or worse) than it says; under the threshold the stake is a fair game or
worse, so it multiplies a hundredfold with a chance of one in a hundred at most, whenever one looks (Ville's inequality).
When it does, the question is answered. Where it has not by the end of the plan, a last look with an ordinary interval follows,
and early and last look share the chance of error between them. Where so few units are planned that not even a clean
record could clear at a last look with a part of that chance, nothing is cleared early and the last look has all of it, as in a
fixed design. How many model calls this saves: `make sequential`, and
docs/explanation/intervals-and-sequential-decisions.md.

The units are vignettes, sessions or persons, in random order, each with one value from 0 to 1: the mean of its repeats.
What this does *not* catch: units that are not like those the use will meet, and an order that was not drawn at random.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from thirdchair.evidence.requirement import Ceiling, Required
from thirdchair.measures.estimate import Estimate, Provenance, Unscored, estimated
from thirdchair.measures.wilson import wilson_of_share

Verdict = Literal["cleared", "short", "go_on"]

ALPHA: Final = 0.05
"""Both ends together: either is wrong at some time with a chance of 0.025 at most, as with a 95% interval."""

EARLY: Final = 0.3
"""The part of alpha spent on stopping early; the rest is for the last look, so that little power is lost by it."""

_BETS: Final = 32
_FRACTIONS: Final = np.sin(np.pi * (2 * np.arange(_BETS) + 1) / (4 * _BETS)) ** 2
"""Shares of the largest bet that cannot ruin, denser near none and near all (the arcsine prior of Cover 1991)."""
_BISECTIONS: Final = 40


def units_to_plan(fixed: int) -> int:
    """The units to plan where a fixed design would plan so many, for the same power: a fifth more.

    Few plans are used up; the fifth makes good what the early looks take from the last one.

    >>> units_to_plan(290)
    348
    """
    return math.ceil(1.2 * fixed)


def confidence_sequence(values: Sequence[float], *, alpha: float = ALPHA) -> tuple[float, float]:
    """The interval for the mean of units so far. Over all times at once it misses the truth with a chance of alpha at most.

    The order of the values does not matter, only which there are.

    Args:
        values: one for each unit, 0 to 1.

    Returns:
        (low, high) within 0 and 1; (0, 1) before any unit.

    Raises:
        ValueError: a value that is no number from 0 to 1.

    Source:
        Waudby-Smith & Ramdas 2024, J R Stat Soc B 86:1-27 (estimating means by betting), with the mixture of bets of
        Cover 1991, Mathematical Finance 1:1-29, as in Orabona & Jun 2024, IEEE Trans Inf Theory 70:436-455.

    >>> low, high = confidence_sequence([1.0] * 100)
    >>> round(low, 3), high
    (0.951, 1.0)
    """
    checked = np.array([_checked(one) for one in values], dtype=np.float64)
    return _low(checked, alpha), 1 - _low(1 - checked, alpha)


@dataclass
class SequentialDecision:
    """A requirement, judged after every unit, until it is met, missed, or the planned units are used up.

    Args:
        requirement: on a share or a mean from 0 to 1.
        most: units planned. With the last of them comes the last look, on the Wilson interval of the mean (a share
            varies most of all values from 0 to 1, so it is wide enough); what it does not clear is "short".
        alpha: chance of a wrong answer at both ends together, over all looks.

    Raises:
        ValueError: nothing planned, or a requirement that is not on a share.

    >>> from thirdchair.evidence.requirement import Requirement
    >>> decision = SequentialDecision(Requirement("found", 0.8, "why"), most=300)
    >>> [decision.add(1.0) for _ in range(30)][-1]
    'cleared'
    >>> decision.units
    29
    >>> few = SequentialDecision(Requirement("found", 0.95, "why"), most=80)
    >>> [few.add(1.0) for _ in range(80)][-2:]
    ['go_on', 'cleared']
    """

    requirement: Required
    most: int
    alpha: float = ALPHA
    _values: list[float] = field(default_factory=list[float], init=False)
    _better: NDArray[np.float64] = field(init=False)
    _worse: NDArray[np.float64] = field(init=False)
    _verdict: Verdict = field(default="go_on", init=False)
    _clears_early: bool = field(init=False)

    def __post_init__(self) -> None:
        if self.most < 1:
            raise ValueError("a decision rests on at least one unit")
        if not _is_on_a_share(self.requirement):
            raise ValueError("only a requirement on a share from 0 to 1 can be decided unit by unit")
        self._better, self._worse = np.zeros(_BETS), np.zeros(_BETS)
        clean = wilson_of_share(
            float(not self._is_ceiling), self.most, quantile=_last(self.alpha - self._early)
        )
        self._clears_early = self.requirement.is_met(clean[1] if self._is_ceiling else clean[0])

    @property
    def verdict(self) -> Verdict:
        """What is known now. Once it is "cleared" or "short" it stays so, and further units are not taken."""
        return self._verdict

    @property
    def units(self) -> int:
        """Units taken."""
        return len(self._values)

    def add(self, value: float) -> Verdict:
        """Takes one more unit.

        Args:
            value: its mean over repeats, 0 to 1. A unit without a score is given the worst value there is, by whoever
                counts it: never left out.

        Raises:
            ValueError: it is no number from 0 to 1.
        """
        checked = _checked(value)
        if self._verdict != "go_on":
            return self._verdict
        self._values.append(checked)
        threshold = self.requirement.threshold
        self._better += _log_gains(checked, threshold)
        self._worse += _log_gains(1 - checked, 1 - threshold)
        self._verdict = self._judged()
        return self._verdict

    def interval(self) -> tuple[float, float]:
        """Bounds of the mean that hold, at 1 - alpha, although one looked after every unit."""
        low, high = confidence_sequence(self._values, alpha=self._early)
        if not self._clears_early:  # the end that could clear is known at the end of the plan alone
            low, high = (low, 1.0) if self._is_ceiling else (0.0, high)
        if self.units < self.most:
            return low, high
        shared = wilson_of_share(self._mean, self.units, quantile=_last(self.alpha - self._early))
        whole = wilson_of_share(self._mean, self.units, quantile=_last(self.alpha))
        clearing = shared if self._clears_early else whole
        last_low = shared[0] if self._is_ceiling else clearing[0]
        last_high = clearing[1] if self._is_ceiling else shared[1]
        return max(low, last_low), min(high, last_high)

    def estimate(self, *, provenance: Provenance, unit: str = "share") -> Estimate | Unscored:
        """The mean so far with those bounds, as a pack keeps it: it meets the requirement exactly where the verdict does."""
        if not self._values:
            return Unscored("no unit was asked")
        return estimated(
            self._mean,
            self.interval(),
            n=self.units,
            clusters=self.units,
            unit=unit,
            direction="lower" if self._is_ceiling else "higher",
            provenance=provenance,
        )

    @property
    def _early(self) -> float:
        return self.alpha * EARLY

    @property
    def _mean(self) -> float:
        return math.fsum(self._values) / self.units

    def _judged(self) -> Verdict:
        enough = math.log(2 / self._early)
        above, below = _mixed(self._better) >= enough, _mixed(self._worse) >= enough
        met, missed = (below, above) if self._is_ceiling else (above, below)
        if missed:
            return "short"
        if met and self._clears_early:
            return "cleared"
        if self.units < self.most:
            return "go_on"
        low, high = self.interval()
        return "cleared" if self.requirement.is_met(high if self._is_ceiling else low) else "short"

    @property
    def _is_ceiling(self) -> bool:
        return isinstance(self.requirement, Ceiling)


def _last(alpha: float) -> float:
    """The quantile of a last look at both ends."""
    return NormalDist().inv_cdf(1 - alpha / 2)


def _low(values: NDArray[np.float64], alpha: float) -> float:
    """The largest mean that the bets on "more" have ruled out; their stake falls as the mean that is doubted grows."""
    low, high = 0.0, 1.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if _mixed(_log_gains(values, middle).sum(axis=-1)) >= math.log(2 / alpha):
            low = middle
        else:
            high = middle
    return low


def _log_gains(values: float | NDArray[np.float64], mean: float) -> NDArray[np.float64]:
    """What each bet that the mean is above multiplies its stake by, in logarithms; float array (bets,) or (bets, n)."""
    if mean <= 0:
        return np.zeros((_BETS, *np.shape(values)))  # nothing lies below 0, so there is no bet against it
    fractions = _FRACTIONS.reshape((_BETS, *[1] * np.ndim(values)))
    return np.log1p(fractions * (np.asarray(values) / mean - 1))


def _mixed(log_stakes: NDArray[np.float64]) -> float:
    """The logarithm of the mean stake."""
    largest = float(log_stakes.max())
    return largest + math.log(float(np.exp(log_stakes - largest).mean()))


def _checked(value: float) -> float:
    if not 0 <= value <= 1:
        raise ValueError("a unit's value is a number from 0 to 1; one without a score counts as the worst")
    return float(value)


def _is_on_a_share(requirement: Required) -> bool:
    return 0 <= requirement.threshold <= 1 and (
        not isinstance(requirement, Ceiling) or requirement.unit == "share"
    )
