"""Whether a probability means what it says: of those given 20%, do 20 in 100 come to be so?"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from thirdchair.measures.distributions import t_quantile
from thirdchair.measures.estimate import Estimate, Provenance, Unscored, estimated
from thirdchair.measures.resampling import FEWEST_CLUSTERS
from thirdchair.measures.totals import Floats, Resampled, from_resampled, owners, resample, sums_by_unit
from thirdchair.measures.unread import mean_between, not_ruled_out, share

NEAREST: Final = 0.005
"""A model that says 0 or 100 is read as half a percent short of it, since a log of 0 has no end."""

BINS: Final = 10


def brier(
    probabilities: Sequence[float | None],
    crises: Sequence[bool],
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
) -> Estimate | Unscored:
    """The mean squared distance between probability and what came to be.

    Args:
        probabilities: of crisis, 0 to 1; None where the method gave none, which widens the interval.
        crises: what came to be, in the same order.
        units: the unit of each row.

    Returns:
        Estimate: 0 to 1, lower is better. `Unscored` with fewer than 5 units.

    Raises:
        ValueError: a probability below 0 or above 1.

    Source:
        Brier 1950, Mon Weather Rev 78:1-3.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Brier 1950")
    >>> brier([0.5] * 6, [True, False] * 3, range(6), provenance=here).value
    0.25
    """
    given, truth = _checked([0.0 if p is None else p for p in probabilities], crises)
    missed = np.array([p is None for p in probabilities], dtype=bool)
    squared = (given - truth) ** 2
    return mean_between(
        np.where(missed, 0.0, squared).tolist(),
        np.where(missed, 1.0, squared).tolist(),
        units,
        bounds=(0, 1),
        provenance=provenance,
        unit="Brier score",
        direction="lower",
    )


def _checked(probabilities: Sequence[float], crises: Sequence[bool]) -> tuple[Floats, Floats]:
    given, truth = np.asarray(probabilities, dtype=float), np.asarray(crises, dtype=float)
    if len(given) != len(truth):
        raise ValueError("every probability belongs to one outcome")
    if not ((given >= 0) & (given <= 1)).all():
        raise ValueError("a probability lies between 0 and 1")
    return given, truth


def expected_calibration_error(
    probabilities: Sequence[float],
    crises: Sequence[bool],
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
) -> Estimate | Unscored:
    """The mean distance between probability and share, over ten bins of equal width.

    Chance alone makes it larger than 0 in small samples, which its interval allows for: read
    it beside slope and intercept.

    Args: as `brier`, each probability given.

    Returns:
        Estimate: 0 to 1, lower is better; with one bin in use where all probabilities are equal. `Unscored` with
        fewer than 5 units.

    Source:
        Naeini, Cooper & Hauskrecht 2015, AAAI 29:2901-2907.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Naeini 2015")
    >>> round(expected_calibration_error([0.7] * 6, [True, False] * 3, range(6), provenance=here).value, 3)
    0.2
    """
    given, truth = _checked(probabilities, crises)
    bins = np.minimum((given * BINS).astype(int), BINS - 1)
    apart = np.zeros((len(given), BINS))
    apart[np.arange(len(given)), bins] = given - truth
    constant = float((given - truth).mean()) if len(given) else 0.0
    others = not_ruled_out(owners(units)[1]) if len(given) else 0.0
    rows = np.column_stack([apart, np.ones(len(given))])

    def statistic(totals: Floats) -> Floats:
        return np.abs(totals[:, :-1]).sum(axis=1) / totals[:, -1]

    drawn = resample(rows, units, seed=provenance.seed)
    if isinstance(drawn, Unscored):
        return drawn
    found = from_resampled(
        statistic,
        drawn,
        provenance=provenance,
        unit="expected calibration error",
        direction="lower",
        without_spread=(max(0.0, abs(constant) - others), min(1.0, abs(constant) + others)),
    )
    if isinstance(found, Unscored):
        return found
    low, high = _inverted(drawn, found.value)
    return replace(found, low=min(low, found.value), high=max(high, found.high))


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Rows whose probability lies within a tenth, for a reliability diagram.

    Args:
        said: the mean probability given, 0 to 1.
        came: the share that came to be; few rows say little.
    """

    said: float
    came: Estimate | Unscored


def reliability(
    probabilities: Sequence[float],
    crises: Sequence[bool],
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
) -> list[ReliabilityBin]:
    """What was said and what came to be, in each of ten bins that holds any row.

    Args: as `brier`, each probability given.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Naeini 2015")
    >>> [(bin.said, bin.came.value) for bin in reliability([0.25] * 4, [True] + [False] * 3, range(4), provenance=here)]
    [(0.25, 0.25)]
    """
    given, _ = _checked(probabilities, crises)
    bins = np.minimum((given * BINS).astype(int), BINS - 1)
    found: list[ReliabilityBin] = []
    for place in range(BINS):
        rows = [row for row, held in enumerate(bins.tolist()) if held == place]
        if rows:
            came = share([crises[row] for row in rows], [units[row] for row in rows], provenance=provenance)
            found.append(ReliabilityBin(float(given[rows].mean()), came))
    return found


def _inverted(drawn: Resampled, seen: float) -> tuple[float, float]:
    """The errors under which the one seen would not be rare: the seen distances of bins, shrunk or stretched, plus noise.

    A sum of absolute values cannot be resampled as it stands: each resample adds chance once more.
    """
    middle = drawn.total[:-1] / drawn.total[-1]
    noise = drawn.resamples[:, :-1] / drawn.resamples[:, -1:] - middle
    times = np.linspace(0, 4, 161)
    ends = [np.quantile(np.abs(t * middle + noise).sum(axis=1), (0.025, 0.975)) for t in times]
    possible = [float(t) for t, (rare, common) in zip(times, ends, strict=True) if rare <= seen <= common]
    if not possible:
        return 0.0, seen
    return possible[0] * seen, min(1.0, possible[-1] * seen)


def calibration_intercept(
    probabilities: Sequence[float],
    crises: Sequence[bool],
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
) -> Estimate | Unscored:
    """By how much the log odds are off on the whole: 0 is right, below 0 says too much, above 0 too little.

    Args: as `brier`, each probability given. Probabilities nearer to 0 or 1 than 0.005 are read as 0.005 or 0.995.

    Returns:
        Estimate: in log odds, nearer 0 is better, with the interval that allows for rows sharing units. Defined when
        all probabilities are equal. `Unscored` where everything or nothing came to be, and with fewer than 5 units.

    Source:
        Cox 1958, Biometrika 45:562-565; Van Calster et al. 2019, BMC Med 17:230; Liang & Zeger 1986 (units).

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Cox 1958")
    >>> said = calibration_intercept([0.5] * 8, [True, True, True, False] * 2, range(8), provenance=here)
    >>> round(said.value, 4) == round(math.log(3), 4)
    True
    """
    given, truth = _checked(probabilities, crises)
    return _logistic(
        np.ones((len(given), 1)), _log_odds(given), truth, units, provenance, "calibration intercept"
    )


def calibration_slope(
    probabilities: Sequence[float],
    crises: Sequence[bool],
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
) -> Estimate | Unscored:
    """Whether probabilities spread as far as they should: 1 is right, below 1 too extreme, above 1 too timid.

    Args: as `calibration_intercept`.

    Returns:
        Estimate: nearer 1 is better. `Unscored` where all probabilities are equal, since they then have no slope; where
        one value of them parts crises from the rest; where everything or nothing came to be; with fewer than 5 units.

    Source:
        Cox 1958; Van Calster et al. 2019.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Cox 1958")
    >>> calibration_slope([0.3] * 8, [True, False] * 4, range(8), provenance=here)
    Unscored(reason='all probabilities are equal, so they have no slope')
    """
    given, truth = _checked(probabilities, crises)
    odds = _log_odds(given)
    if len(odds) and odds.max() - odds.min() < 1e-9:
        return Unscored("all probabilities are equal, so they have no slope")
    design = np.column_stack([odds, np.ones(len(given))])
    return _logistic(design, np.zeros(len(given)), truth, units, provenance, "calibration slope")


def _log_odds(given: Floats) -> Floats:
    held = np.clip(given, NEAREST, 1 - NEAREST)
    return np.log(held / (1 - held))


def _logistic(
    design: Floats,
    offset: Floats,
    truth: Floats,
    units: Sequence[Hashable],
    provenance: Provenance,
    unit: str,
) -> Estimate | Unscored:
    """The first coefficient of a logistic regression, with errors that allow for rows sharing units."""
    owner, count = owners(units)
    if count < FEWEST_CLUSTERS:
        return Unscored(f"{count} of at least {FEWEST_CLUSTERS} independent units")
    if truth.min() == truth.max():
        return Unscored("everything came to be" if truth.max() else "nothing came to be")
    weights = np.zeros(design.shape[1])
    for _ in range(50):
        expected = 1 / (1 + np.exp(-np.clip(design @ weights + offset, -30, 30)))
        bread = design.T @ (design * (expected * (1 - expected))[:, None])
        if np.linalg.cond(bread) > 1e10:
            return Unscored("the probabilities part crises from the rest, so the slope has no end")
        step = np.linalg.solve(bread, design.T @ (truth - expected))
        weights = weights + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-9:
            break
    else:
        return Unscored("the probabilities part crises from the rest, so the slope has no end")
    scores = sums_by_unit(design * (truth - expected)[:, None], owner, count)
    inverse = np.linalg.inv(bread)
    variance = (inverse @ (scores.T @ scores) @ inverse)[0, 0] * count / (count - 1)
    half = t_quantile(0.975, count - 1) * math.sqrt(float(variance))
    return estimated(
        float(weights[0]),
        (float(weights[0]) - half, float(weights[0]) + half),
        n=len(truth),
        clusters=count,
        unit=unit,
        direction="lower" if unit == "calibration intercept" else "higher",
        provenance=provenance,
    )
