"""What became of everything that was planned, and a mean that says so.

An answer that is refused, cut off or unreadable is an outcome of its own, never a zero and never left out in silence: the
bounds say what the mean could be at worst and at best, and a gate sees the worst.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from thirdchair.measures.estimate import Direction, Estimate, Provenance, Unscored
from thirdchair.measures.units import mean_over_units, share_over_units


class Outcome(StrEnum):
    """What became of one planned measurement."""

    SCORED = "scored"
    REFUSED = "refused"
    """The model declined."""
    UNREADABLE = "unreadable"
    """It answered, not in the form that was asked for."""
    CUT_OFF = "cut_off"
    """It did not come to an end within the longest reply."""
    JUDGE_FAILED = "judge_failed"
    """It answered; what scores the answer could not."""
    FAILED = "failed"
    """No answer came: the server was down, or the connection broke."""
    MISSING = "missing"
    """Not asked yet."""
    NOT_ASKED = "not_asked"
    """Does not apply to this item: planned so, and no part of the mean."""


OF_THE_METHOD: Final = frozenset({Outcome.REFUSED, Outcome.UNREADABLE, Outcome.CUT_OFF})
"""What is the method's own doing: a gate counts each at its worst."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One planned measurement.

    Args:
        cluster: the vignette, session or person it belongs to; the unit of analysis.
        outcome: what became of it.
        value: the score; None unless `outcome` is SCORED.

    Raises:
        ValueError: a score without SCORED, SCORED without a score, or a score that is no number.
    """

    cluster: Hashable
    outcome: Outcome
    value: float | None = None

    def __post_init__(self) -> None:
        if (self.value is not None) != (self.outcome is Outcome.SCORED):
            raise ValueError("a measurement has a score exactly where it was scored")
        if self.value is not None and not abs(self.value) < float("inf"):
            raise ValueError("a score is a number")


@dataclass(frozen=True, slots=True)
class Headline:
    """A mean with all that was planned for it.

    Args:
        estimate: over what was scored.
        verdict: "complete" where everything planned was scored.
        worst, best: what the mean would be with all the rest at the worse and the better bound; None where the
            measure has no bounds.
        counts: how many measurements had each outcome.
        for_gate: what may stand in an evidence pack: the mean with the method's own failures at their worst;
            `Unscored` where measurements are missing or failed for other reasons.
    """

    estimate: Estimate | Unscored
    verdict: Literal["complete", "incomplete"]
    worst: float | None
    best: float | None
    counts: Mapping[str, int]
    for_gate: Estimate | Unscored


def headline(
    measured: Sequence[Scored],
    *,
    unit: str,
    direction: Direction,
    bounds: tuple[float, float] | None,
    provenance: Provenance,
) -> Headline:
    """The mean of a measure over everything that was planned.

    Args:
        measured: one per planned measurement; those that were not to be asked are left out.
        bounds: lowest and highest score there can be, or None where there is no limit.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "worst-case bounds, Manski 2003")
    >>> rows = [Scored(str(n), Outcome.SCORED, 1.0) for n in range(30)] + [Scored(str(n), Outcome.REFUSED) for n in range(30, 50)]
    >>> found = headline(rows, unit="share", direction="higher", bounds=(0, 1), provenance=here)
    >>> found.verdict, found.estimate.value, found.worst, found.best, found.for_gate.value
    ('incomplete', 1.0, 0.6, 1.0, 0.6)

    Source:
        Manski 2003, Partial Identification of Probability Distributions, chapter 1, for the bounds.
    """
    planned = [one for one in measured if one.outcome is not Outcome.NOT_ASKED]
    counts = {str(kind): sum(1 for one in planned if one.outcome is kind) for kind in Outcome}
    scored = [one for one in planned if one.value is not None]
    pairs = [(one.value, one.cluster) for one in scored if one.value is not None]
    estimate = _mean(pairs, unit, direction, bounds, provenance)
    complete = len(scored) == len(planned) and bool(planned)
    worst = best = None
    if bounds is not None and planned:
        worse, better = bounds if direction == "higher" else (bounds[1], bounds[0])
        total, rest = sum(one.value or 0.0 for one in scored), len(planned) - len(scored)
        worst, best = (total + rest * worse) / len(planned), (total + rest * better) / len(planned)
    return Headline(
        estimate=estimate,
        verdict="complete" if complete else "incomplete",
        worst=worst,
        best=best,
        counts={kind: count for kind, count in counts.items() if count},
        for_gate=_for_gate(planned, unit, direction, bounds, provenance),
    )


def _for_gate(
    planned: Sequence[Scored],
    unit: str,
    direction: Direction,
    bounds: tuple[float, float] | None,
    provenance: Provenance,
) -> Estimate | Unscored:
    unscored = [one for one in planned if one.value is None]
    others = sum(1 for one in unscored if one.outcome not in OF_THE_METHOD)
    if others:
        return Unscored(f"incomplete: {others} of {len(planned)} planned measurements are missing or failed")
    if unscored and bounds is None:
        return Unscored(
            f"incomplete: {len(unscored)} of {len(planned)} were not answered, and no bound is known"
        )
    worse = 0.0 if bounds is None else bounds[0] if direction == "higher" else bounds[1]
    filled = [(worse if one.value is None else one.value, one.cluster) for one in planned]
    return _mean(filled, unit, direction, bounds, provenance)


def _mean(
    pairs: Sequence[tuple[float, Hashable]],
    unit: str,
    direction: Direction,
    bounds: tuple[float, float] | None,
    provenance: Provenance,
) -> Estimate | Unscored:
    """A share where every score is 0 or 1, so that none in many is no certainty; else a mean over clusters."""
    if not pairs:
        return Unscored("nothing was scored")
    values, clusters = zip(*pairs, strict=True)
    if bounds == (0, 1) and set(values) <= {0.0, 1.0}:
        return share_over_units(
            [value == 1 for value in values], clusters, provenance=provenance, unit=unit, direction=direction
        )
    return mean_over_units(
        values,
        clusters,
        provenance=provenance,
        unit=unit,
        direction=direction,
        weigh="observations",
        bounds=bounds,
    )
