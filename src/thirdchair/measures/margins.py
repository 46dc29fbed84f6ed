"""Near enough: margins fixed before the data, and what may be said against them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
from scipy import stats  # pyright: ignore[reportMissingTypeStubs]

from thirdchair.measures.estimate import Estimate, Provenance, Unscored, estimated
from thirdchair.measures.resampling import FEWEST_CLUSTERS
from thirdchair.measures.totals import owners, sums_by_unit
from thirdchair.measures.unread import not_ruled_out

_scipy = cast(Any, stats)  # scipy carries no types


@dataclass(frozen=True, slots=True)
class Margin:
    """How large a difference may be and still not matter, said before anybody looked.

    Args:
        size: in the unit of what is measured, above 0.
        reason: why a smaller difference does not matter to a person.
        fixed_on: ISO date, before the date of measuring.

    Raises:
        ValueError: no size, or no reason.
    """

    size: float
    reason: str
    fixed_on: str

    def __post_init__(self) -> None:
        if not self.size > 0:
            raise ValueError("a margin is larger than 0")
        if not self.reason.strip():
            raise ValueError("a margin needs its reason")

    def check(self, date: str) -> None:
        """Says whether the margin was fixed before this date.

        Raises:
            ValueError: it was not, so it may have been chosen to fit.
        """
        if not self.fixed_on < date:
            raise ValueError(f"the margin was fixed on {self.fixed_on}, not before the measurement of {date}")


@dataclass(frozen=True, slots=True)
class Against:
    """What may be said of a difference against a margin.

    Args:
        shown: whether it is shown to lie within the margin. False says not shown, never shown otherwise.
        p: the one-sided p value, the larger of both where two sides are tested.
        difference: the difference with its 95% interval.
        margin: the margin.
    """

    shown: bool
    p: float
    difference: Estimate
    margin: Margin


def equivalence(
    differences: Sequence[float],
    units: Sequence[Hashable],
    *,
    bounds: tuple[float, float],
    margin: Margin,
    provenance: Provenance,
    unit: str,
    level: float = 0.05,
) -> Against | Unscored:
    """Whether the mean difference is shown to lie within a margin on both sides: two one-sided tests.

    That no difference was found is no evidence that there is none; this is.

    Args:
        differences: one per row, paired within what is otherwise the same (a vignette).
        units: the unit of each row.
        bounds: the least and most a difference can be.
        margin: fixed before `provenance.date`.
        level: of each one-sided test.

    Returns:
        Against: `shown` where both tests are below the level. `Unscored` with fewer than 5 units.

    Raises:
        ValueError: the margin was not fixed beforehand.

    Source:
        Schuirmann 1987, J Pharmacokinet Biopharm 15:657-680.

    >>> here = Provenance("example", "by hand", "2025-02-01", 0, "Schuirmann 1987")
    >>> three_points = Margin(3, "below what a patient would notice", "2025-01-01")
    >>> near = equivalence([0.5, -0.4, 0.2, -0.1, 0.3, -0.6], range(6), bounds=(-100, 100),
    ...     margin=three_points, provenance=here, unit="points")
    >>> near.shown, round(near.difference.value, 3)
    (True, -0.017)
    """
    margin.check(provenance.date)
    found = paired(differences, units, bounds=bounds, provenance=provenance, unit=unit)
    if isinstance(found, Unscored):
        return found
    p = max(found.p_at_most(-margin.size), found.opposite().p_at_most(-margin.size))
    return Against(p < level, p, found.difference, margin)


def not_inferior(
    differences: Sequence[float],
    units: Sequence[Hashable],
    *,
    bounds: tuple[float, float],
    margin: Margin,
    provenance: Provenance,
    unit: str,
    level: float = 0.025,
) -> Against | Unscored:
    """Whether a method is shown to be no worse than people, by more than a margin.

    Args:
        differences: one per case, the method's score minus the people's on it; above 0 where the method does better.
        units: the unit of each case.
        bounds: the least and most a difference can be.
        margin: fixed before `provenance.date`.
        level: of the one-sided test; at 0.025, `shown` says that the 95% interval lies above minus the margin.

    Returns:
        Against, or `Unscored` with fewer than 5 units.

    Raises:
        ValueError: the margin was not fixed beforehand.

    Source:
        Piaggio et al. 2012, JAMA 308:2594-2604 (CONSORT for non-inferiority).

    >>> here = Provenance("example", "by hand", "2025-02-01", 0, "Piaggio 2012")
    >>> tenth = Margin(0.1, "one case in ten, agreed with the clinicians", "2025-01-01")
    >>> not_inferior([-0.3, 0, -0.2, 0.1, -0.4, 0], range(6), bounds=(-1, 1),
    ...     margin=tenth, provenance=here, unit="share").shown
    False
    """
    margin.check(provenance.date)
    found = paired(differences, units, bounds=bounds, provenance=provenance, unit=unit)
    if isinstance(found, Unscored):
        return found
    p = found.p_at_most(-margin.size)
    return Against(p < level, p, found.difference, margin)


@dataclass(frozen=True, slots=True)
class Paired:
    """A mean difference over units, ready to be tested.

    Args:
        difference: with its 95% interval.
        error: its standard error; 0 where no two units differ.
        bounds: the least and most a difference can be.
    """

    difference: Estimate
    error: float
    bounds: tuple[float, float]

    def p_at_most(self, limit: float) -> float:
        """How likely so large a mean would be, did it truly lie at this limit or below.

        Where every unit shows the same difference there is no standard error. Then at least such a share of others must
        have been missed by all of them as would bring the mean down to the limit.
        """
        value, units = self.difference.value, self.difference.clusters
        if self.error > 0:
            return float(_scipy.t.sf((value - limit) / self.error, units - 1))
        if value <= limit or limit < self.bounds[0]:
            return 1.0 if value <= limit else 0.0
        return (1 - (value - limit) / (value - self.bounds[0])) ** units

    def opposite(self) -> Paired:
        """The same with the two sides exchanged."""
        was = self.difference
        turned = replace(was, value=-was.value, low=-was.high, high=-was.low)
        return Paired(turned, self.error, (-self.bounds[1], -self.bounds[0]))


def paired(
    differences: Sequence[float],
    units: Sequence[Hashable],
    *,
    bounds: tuple[float, float],
    provenance: Provenance,
    unit: str,
) -> Paired | Unscored:
    """The mean over units of each unit's mean difference.

    Args:
        differences: one per row; units: the unit of each row.
        bounds: the least and most a difference can be.

    Returns:
        Paired: 95% interval of Student's t over units. Where every unit shows the same difference, the interval allows
        for the share of others that this many units cannot rule out. `Unscored` with fewer than 5 units.

    >>> here = Provenance("example", "by hand", "2025-02-01", 0, "Student 1908")
    >>> found = paired([1, 2, 3, 4, 5], "abcde", bounds=(-9, 9), provenance=here, unit="points")
    >>> found.difference.value, round(found.error, 3), round(found.difference.low, 2)
    (3.0, 0.707, 1.04)
    >>> blind = paired([0.0] * 60, range(60), bounds=(-9, 9), provenance=here, unit="points")
    >>> round(blind.difference.low, 2), round(blind.difference.high, 2), round(blind.p_at_most(-1), 5)
    (-0.54, 0.54, 0.00085)
    """
    owner, count = owners(units)
    if count < FEWEST_CLUSTERS:
        return Unscored(f"{count} of at least {FEWEST_CLUSTERS} independent units")
    sums = sums_by_unit(
        np.column_stack([np.asarray(differences, dtype=float), np.ones(len(owner))]), owner, count
    )
    means = sums[:, 0] / sums[:, 1]
    value = float(means.mean())
    error = float(means.std(ddof=1)) / count**0.5
    half = float(_scipy.t.ppf(0.975, count - 1)) * error
    ends = (value - half, value + half)
    if error < 1e-12:
        error, others = 0.0, not_ruled_out(count)
        ends = (value - others * (value - bounds[0]), value + others * (bounds[1] - value))
    difference = estimated(
        value, ends, n=len(owner), clusters=count, unit=unit, direction="higher", provenance=provenance
    )
    return Paired(difference, error, bounds)
