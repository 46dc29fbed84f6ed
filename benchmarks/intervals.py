"""How often our 95% intervals hold the truth, by estimator, size and shape of the data: `make coverage`.

Each cell is simulated: units drawn from a population whose truth is known, the interval computed by the code that evidence
is computed with, and counted when it holds the truth. An interval that is honest holds it in 95 of 100; from 93.5% to 96.5%
counts as met. Cells called "hard" are outside what any interval of this kind can do, and are printed so that nobody is
surprised: rare outcomes in few sessions, and heavy tails.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.proportions import proportion
from thirdchair.measures.resampling import bootstrap_mean, bootstrap_statistic
from thirdchair.measures.units import mean_over_units, share_over_units
from thirdchair.measures.variance import variance_shares

RUNS: Final = 2000
SIZES: Final = (10, 20, 50, 100)
SEED: Final = 20261130
PER_UNIT: Final = 10
MET: Final = (0.935, 0.965)
FIGURES: Final = Path(__file__).parent / "data" / "intervals.json"

Floats = NDArray[np.float64]
Rng = np.random.Generator
Interval = Callable[[Rng, int, Provenance], Estimate | Unscored]


@dataclass(frozen=True, slots=True)
class Cell:
    """An estimator on one kind of data; `hard` where it is not expected to hold its 95%."""

    estimator: str
    data: str
    truth: float
    interval: Interval
    hard: bool = False
    runs: int = RUNS
    sizes: tuple[int, ...] = SIZES


@dataclass(frozen=True, slots=True)
class Covered:
    """How often the truth was held, and on which side it was missed."""

    estimator: str
    data: str
    units: int
    runs: int
    unscored: int
    held: float
    truth_below: float
    truth_above: float
    hard: bool

    @property
    def is_met(self) -> bool:
        """Whether it lies within the target, give or take what the number of runs leaves open."""
        give = 2.5 * math.sqrt(0.95 * 0.05 / self.runs) if self.runs < RUNS else 0.0
        return MET[0] - give <= self.held <= MET[1] + give


def cells() -> Iterator[Cell]:
    """Every estimator, on the data it is meant for and on harder ones."""
    for data, (draw, truth, bounds, hard) in _VALUES.items():
        yield Cell("mean_over_units", data, truth, _mean(draw, bounds), hard)
    for data in ("normal", "skewed (exponential)"):
        draw, truth, _, _ = _VALUES[data]
        yield Cell("percentile bootstrap (bootstrap_mean)", data, truth, _old(draw), True)
    for share, icc, hard in ((0.5, 0.2, False), (0.8, 0.2, False), (0.9, 0.1, False), (0.95, 0.3, True)):
        data = f"clustered binary, {share:g}, ICC {icc:g}"
        yield Cell("share_over_units", data, share, _share(share, icc), hard)
        yield Cell("mean_over_units, observations", data, share, _pooled(share, icc), share >= 0.9)
    for share in (0.5, 0.8, 0.95):
        yield Cell("proportion (Wilson)", f"independent binary, {share:g}", share, _alone(share), share > 0.9)
    yield Cell("bootstrap_statistic", "ratio of sums, unequal units, 0.8", 0.8, _ratio, sizes=(20, 50, 100))
    yield Cell("bootstrap_statistic", "correlation 0.6", 0.6, _correlation, sizes=(20, 50, 100))
    for part, truth in (("item", 0.5), ("repeat", 0.2), ("reliability_of_mean", 0.5 / 0.57)):
        yield Cell("variance_shares", f"{part}, 5 prompts, 4 repeats", truth, _variance(part))


def cover(cell: Cell, units: int, *, runs: int, seed: int) -> Covered:
    """One cell at one size."""
    generator = np.random.default_rng(seed)
    held = below = above = unscored = 0
    for run in range(runs):
        found = cell.interval(generator, units, _where(seed + run))
        if isinstance(found, Unscored):
            unscored += 1
            continue
        below += found.low > cell.truth + 1e-9
        above += found.high < cell.truth - 1e-9
        held += found.low - 1e-9 <= cell.truth <= found.high + 1e-9
    scored = max(1, runs - unscored)
    return Covered(
        cell.estimator, cell.data, units, runs, unscored, held / scored, below / scored, above / scored, cell.hard
    )


def as_table(found: list[Covered]) -> str:
    """Rows of Markdown; a cell outside the target is marked."""
    lines = ["| estimator | data | 10 units | 20 | 50 | 100 |", "|---|---|---|---|---|---|"]
    rows: dict[tuple[str, str, bool], dict[int, Covered]] = {}
    for one in found:
        rows.setdefault((one.estimator, one.data, one.hard), {})[one.units] = one
    for (estimator, data, hard), by_size in rows.items():
        shown = [_shown(by_size.get(size)) for size in SIZES]
        lines.append(f"| `{estimator}` | {data}{' (hard)' if hard else ''} | {' | '.join(shown)} |")
    return "\n".join(lines)


def _shown(one: Covered | None) -> str:
    if one is None:
        return "–"
    return f"{one.held:.1%}{'' if one.is_met else ' (out)'}"


def _where(seed: int) -> Provenance:
    return Provenance("simulated", "none", "2026-11-30", seed, "simulation")


def _mean(draw: Callable[[Rng, int], Floats], bounds: tuple[float, float] | None) -> Interval:
    return lambda rng, units, where: mean_over_units(
        draw(rng, units).tolist(), range(units), provenance=where, unit="points", bounds=bounds
    )


def _old(draw: Callable[[Rng, int], Floats]) -> Interval:
    return lambda rng, units, where: bootstrap_mean(
        draw(rng, units).tolist(), range(units), provenance=where, unit="points"
    )


def _binary(rng: Rng, units: int, share: float, icc: float) -> tuple[NDArray[np.bool_], list[int]]:
    scale = (1 - icc) / icc
    chances = rng.beta(share * scale, (1 - share) * scale, units)
    right = rng.random((units, PER_UNIT)) < chances[:, None]
    return right.ravel(), [unit for unit in range(units) for _ in range(PER_UNIT)]


def _share(share: float, icc: float) -> Interval:
    def interval(rng: Rng, units: int, where: Provenance) -> Estimate | Unscored:
        right, owners = _binary(rng, units, share, icc)
        return share_over_units(right.tolist(), owners, provenance=where)

    return interval


def _pooled(share: float, icc: float) -> Interval:
    def interval(rng: Rng, units: int, where: Provenance) -> Estimate | Unscored:
        right, owners = _binary(rng, units, share, icc)
        return mean_over_units(
            right.astype(float).tolist(),
            owners,
            provenance=where,
            unit="share",
            weigh="observations",
            bounds=(0, 1),
        )

    return interval


def _alone(share: float) -> Interval:
    return lambda rng, units, where: proportion(int(rng.binomial(units, share)), units, provenance=where)


def _ratio(rng: Rng, units: int, where: Provenance) -> Estimate | Unscored:
    sizes = rng.integers(2, 20, units)
    sums = rng.binomial(sizes, rng.beta(4, 1, units))
    return bootstrap_statistic(
        lambda rows: float(sums[rows].sum() / sizes[rows].sum()),
        range(units),
        provenance=where,
        unit="share",
        resamples=600,
    )


def _correlation(rng: Rng, units: int, where: Provenance) -> Estimate | Unscored:
    one = rng.normal(0, 1, units)
    other = 0.6 * one + 0.8 * rng.normal(0, 1, units)

    def correlation(rows: NDArray[np.int64]) -> float:
        x, y = one[rows] - one[rows].mean(), other[rows] - other[rows].mean()
        return float((x * y).sum() / math.sqrt((x * x).sum() * (y * y).sum()))

    return bootstrap_statistic(correlation, range(units), provenance=where, unit="r", resamples=600)


def _variance(part: str) -> Interval:
    """Variances of 0.5 (items), 0.1 (prompts), 0.2 (interaction) and 0.2 (repeats)."""

    def interval(rng: Rng, units: int, where: Provenance) -> Estimate | Unscored:
        table = (
            rng.normal(0, math.sqrt(0.5), (units, 1, 1))
            + rng.normal(0, math.sqrt(0.1), (1, 5, 1))
            + rng.normal(0, math.sqrt(0.2), (units, 5, 1))
            + rng.normal(0, math.sqrt(0.2), (units, 5, 4))
        )
        found: Estimate | Unscored = getattr(variance_shares(table, provenance=where), part)
        return found

    return interval


_VALUES: Final[dict[str, tuple[Callable[[Rng, int], Floats], float, tuple[float, float] | None, bool]]] = {
    "normal": (lambda rng, n: rng.normal(0, 1, n), 0.0, None, False),
    "skewed (exponential)": (lambda rng, n: rng.exponential(1, n), 1.0, None, False),
    "bounded (beta 8, 2)": (lambda rng, n: rng.beta(8, 2, n), 0.8, (0, 1), False),
    "bounded, many near 1 (beta 2, 0.5)": (lambda rng, n: rng.beta(2, 0.5, n), 0.8, (0, 1), False),
    "heavy tail (lognormal)": (lambda rng, n: rng.lognormal(0, 1, n), math.exp(0.5), None, True),
}


def main() -> int:
    """Prints the table and keeps its figures; fails where a cell that is not hard misses the target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--only", default="", help="estimators whose name begins so")
    parser.add_argument("--write", action="store_true", help="keep the figures for the documentation")
    wanted = parser.parse_args()
    found = [
        cover(cell, units, runs=wanted.runs, seed=SEED + 1000 * place)
        for place, cell in enumerate(cells())
        if cell.estimator.startswith(wanted.only)
        for units in cell.sizes
    ]
    print(as_table(found))
    if wanted.write:
        FIGURES.write_text(json.dumps([asdict(one) for one in found], indent=1, ensure_ascii=False) + "\n")
    return 1 if any(not one.is_met and not one.hard for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
