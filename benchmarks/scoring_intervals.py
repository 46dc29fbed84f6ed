"""How often 95% intervals of agreement, diagnosis, calibration and fairness hold the truth: `python -m benchmarks.scoring_intervals`.

Each row is simulated from a population whose truth is known in closed form or from a million draws. `[--runs 2000]
[--units 50 200] [--only kappa]`. From 93.5% to 96.5% counts as met; what does not is marked, and on which side it misses.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from math import log, sqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

from thirdchair.measures import agreement, calibration, diagnostic, fairness, readers, triage
from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.unread import share

MET: Final = (0.935, 0.965)
MANY: Final = 1_000_000

Floats = NDArray[np.float64]
Rng = np.random.Generator
Simulated = Callable[[Rng, int, Provenance], Estimate | Unscored]


@dataclass(frozen=True, slots=True)
class Row:
    """An estimator on one kind of data, and what it should find."""

    name: str
    truth: float
    interval: Simulated


def _levels(rng: Rng, n: int) -> Any:
    """Two raters who place n cases on three levels alike more often than not."""
    common = rng.normal(size=(n, 1)) * sqrt(0.6)
    return np.digitize(common + rng.normal(size=(n, 2)) * sqrt(0.4), (-0.5, 0.5))


@cache
def _levels_at_large() -> Any:
    return _levels(np.random.default_rng(5), MANY)


def _kappa(weighted: bool) -> float:
    table = np.histogram2d(*_levels_at_large().T, bins=(3, 3), range=((0, 3), (0, 3)))[0] / MANY
    apart = np.abs(np.subtract.outer(np.arange(3), np.arange(3)))
    cost = apart**2 if weighted else (apart > 0)
    return float(1 - (table * cost).sum() / (np.outer(table.sum(1), table.sum(0)) * cost).sum())


def _alpha(interval: bool) -> float:
    pairs = _levels_at_large()
    if interval:
        return float(1 - np.mean((pairs[:, 0] - pairs[:, 1]) ** 2) / (2 * np.var(pairs)))
    shares = np.bincount(pairs.ravel()) / pairs.size
    return float(1 - np.mean(pairs[:, 0] != pairs[:, 1]) / (1 - (shares**2).sum()))


def agreement_rows() -> Iterator[Row]:
    """Kappa, alpha, ICC and limits of agreement."""
    for weights in ("equal", "quadratic"):

        def by_kappa(rng: Rng, n: int, here: Provenance, weights: Any = weights) -> Estimate | Unscored:
            first, second = _levels(rng, n).T.tolist()
            return agreement.kappa(first, second, range(n), levels=range(3), weights=weights, provenance=here)

        yield Row(f"kappa, {weights}", _kappa(weights == "quadratic"), by_kappa)
    for scale in ("nominal", "interval"):

        def by_alpha(rng: Rng, n: int, here: Provenance, scale: Any = scale) -> Estimate | Unscored:
            return agreement.alpha(_levels(rng, n).tolist(), range(n), scale=scale, provenance=here)

        yield Row(f"alpha, {scale}", _alpha(scale == "interval"), by_alpha)
    for raters, bias in ((3, 0.0), (5, 0.1)):

        def by_icc(
            rng: Rng, n: int, here: Provenance, k: int = raters, bias: float = bias
        ) -> Estimate | Unscored:
            ratings = rng.normal(size=(n, 1)) + rng.normal(size=(1, k)) * sqrt(bias)
            return agreement.icc(
                (ratings + rng.normal(size=(n, k)) * sqrt(0.5)).tolist(), range(n), provenance=here
            )

        yield Row(f"ICC(2,1), {raters} raters, their variance {bias:g}", 1 / (1.5 + bias), by_icc)

    def upper(rng: Rng, n: int, here: Provenance) -> Estimate | Unscored:
        found = agreement.limits_of_agreement(
            [0.0] * n, rng.normal(size=n).tolist(), range(n), provenance=here, unit="points"
        )
        return found.upper

    yield Row("upper limit of agreement", 1.959964, upper)


def diagnosis_rows() -> Iterator[Row]:
    """Shares within units, PPV, AUROC, net benefit, triage and readers."""
    for rate in (0.05, 0.3):

        def in_fives(rng: Rng, n: int, here: Provenance, rate: float = rate) -> Estimate | Unscored:
            chances = rng.beta(rate * 4, (1 - rate) * 4, size=n)
            flags = (rng.random((n, 5)) < chances[:, None]).ravel().tolist()
            return share(flags, np.arange(n).repeat(5).tolist(), provenance=here)

        yield Row(f"share of {rate:g}, five rows a unit", rate, in_fives)

    def ppv(rng: Rng, n: int, here: Provenance) -> Estimate | Unscored:
        finds = share((rng.random(n) < 0.8).tolist(), range(n), provenance=here)
        spares = share((rng.random(n) < 0.9).tolist(), range(n), provenance=here)
        return diagnostic.positive_predictive_value(finds, spares, base_rate=0.05)

    yield Row("PPV at 5%", 0.04 / (0.04 + 0.095), ppv)

    def third(n: int) -> Any:
        return np.arange(n) % 3 == 0

    def area(rng: Rng, n: int, here: Provenance) -> Estimate | Unscored:
        crises = third(n)
        return diagnostic.auroc(
            (rng.normal(size=n) + crises).tolist(), crises.tolist(), range(n), provenance=here
        )

    yield Row("AUROC, a third crises", float(stats.norm.cdf(1 / sqrt(2))), area)

    def difference(rng: Rng, n: int, here: Provenance) -> Estimate | Unscored:
        crises, common = third(n), rng.normal(size=n)
        better = common + rng.normal(size=n) * 0.7 + crises
        worse = common + rng.normal(size=n) * 0.7 + 0.5 * crises
        return diagnostic.auroc_difference(
            worse.tolist(), better.tolist(), crises.tolist(), range(n), provenance=here
        )

    spread = sqrt(2 * 1.49)
    yield Row(
        "difference of AUROC", float(stats.norm.cdf(1 / spread) - stats.norm.cdf(0.5 / spread)), difference
    )
    yield Row("net benefit at 30%", _net_benefit(*_predicted(np.random.default_rng(4), MANY)), by_decision)

    def under(rng: Rng, n: int, here: Provenance) -> Estimate | Unscored:
        given, true = _levels(rng, n).T.tolist()
        return triage.triage(given, true, range(n), levels=(0, 2), provenance=here).under

    yield Row("under-triage", float(np.mean(_levels_at_large()[:, 0] < _levels_at_large()[:, 1])), under)
    for number in (6, 12):

        def by_readers(rng: Rng, n: int, here: Provenance, number: int = number) -> Estimate | Unscored:
            hard = rng.normal(size=n) * 0.8
            method = (hard + rng.normal(size=n) > -0.8).astype(float).tolist()
            skill = rng.normal(size=number) * 0.3
            people = {
                str(at): (hard + skill[at] + rng.normal(size=n) > -0.5).astype(float).tolist()
                for at in range(number)
            }
            return readers.compare_with_readers(method, people, range(n), provenance=here).any_readers

        truth = stats.norm.cdf(0.8 / sqrt(1.64)) - stats.norm.cdf(0.5 / sqrt(1.73))
        yield Row(f"method less any of {number} readers", float(truth), by_readers)


def _predicted(rng: Rng, n: int) -> tuple[Floats, Any]:
    crises = rng.random(n) < 0.3
    log_odds = log(0.3 / 0.7) + rng.normal(size=n) + 1.2 * crises - 0.4
    return 1 / (1 + np.exp(-log_odds)), crises


def _net_benefit(probabilities: Floats, crises: Any) -> float:
    acts = probabilities >= 0.3
    return float((acts & crises).mean() - 0.3 / 0.7 * (acts & ~crises).mean())


def by_decision(rng: Rng, n: int, here: Provenance) -> Estimate | Unscored:
    """Net benefit of a model that spreads its probabilities about as it should."""
    probabilities, crises = _predicted(rng, n)
    [point] = diagnostic.decision_curve(
        probabilities.tolist(), crises.tolist(), range(n), thresholds=[0.3], provenance=here
    )
    return point.method


def _too_extreme(rng: Rng, n: int) -> tuple[Floats, Any]:
    log_odds = rng.normal(size=n) - 1
    return 1 / (1 + np.exp(-log_odds)), rng.random(n) < 1 / (1 + np.exp(-0.8 * log_odds - 0.2))


def calibration_rows() -> Iterator[Row]:
    """Slope, intercept, Brier score and expected calibration error of a model that is a little too extreme."""
    given, truth = _too_extreme(np.random.default_rng(4), MANY)
    log_odds = np.log(given / (1 - given))
    level = optimize.brentq(lambda a: float((1 / (1 + np.exp(-log_odds - a)) - truth).mean()), -2, 2)
    bins = np.minimum((given * 10).astype(int), 9)
    error = np.abs(np.bincount(bins, weights=given - truth)).sum() / MANY
    for name, measure, true in (
        ("calibration slope", calibration.calibration_slope, 0.8),
        ("calibration intercept", calibration.calibration_intercept, float(level)),
        ("Brier score", calibration.brier, float(((given - truth) ** 2).mean())),
        ("expected calibration error", calibration.expected_calibration_error, float(error)),
    ):

        def calibrated(rng: Rng, n: int, here: Provenance, measure: Any = measure) -> Estimate | Unscored:
            probabilities, crises = _too_extreme(rng, n)
            return measure(probabilities.tolist(), crises.tolist(), range(n), provenance=here)

        yield Row(name, true, calibrated)


def _identities(rng: Rng, vignettes: int) -> list[fairness.Answered]:
    rows: list[fairness.Answered] = []
    for vignette in range(vignettes):
        level, effect = rng.normal() * 2, 0.3 + rng.normal() * 0.5
        for gender in (0, 1):
            for partner in (0, 1):
                identity = {"gender": "ab"[gender], "partner": "ab"[partner]}
                rows += [
                    fairness.Answered(vignette, identity, level + effect * (gender - 0.5) + rng.normal())
                    for _ in range(3)
                ]
    return rows


def fairness_rows() -> Iterator[Row]:
    """A gap that differs between vignettes, by pairs and by the mixed model, with and without missing answers."""

    def by_gap(rng: Rng, n: int, here: Provenance) -> Estimate | Unscored:
        rows = _identities(rng, n)
        return fairness.gap(rows, "gender", "a", "b", scale=(-20, 20), provenance=here, unit="points")

    yield Row("gap within vignettes", 0.3, by_gap)
    for kept in (1.0, 0.6):

        def by_model(rng: Rng, n: int, here: Provenance, kept: float = kept) -> Estimate | Unscored:
            rows = [row for row in _identities(rng, n) if rng.random() < kept]
            effects = fairness.factor_effects(rows, scale=(-20, 20), provenance=here, unit="points")
            if isinstance(effects, Unscored):
                return effects
            return next(effect.added for effect in effects if effect.name == "gender: b")

        yield Row(f"mixed model, {kept:.0%} of answers", 0.15, by_model)


def covered(row: Row, units: int, runs: int) -> str:
    """One line: how often the interval held the truth and on which side it missed."""
    held = below = above = 0
    for run in range(runs):
        rng = np.random.default_rng((run, units))
        found = row.interval(rng, units, Provenance("simulated", row.name, "2026-11-30", run, "simulation"))
        if isinstance(found, Estimate):
            held += found.low <= row.truth <= found.high
            below += row.truth < found.low
            above += row.truth > found.high
    scored = held + below + above
    share_of = max(scored, 1)
    mark = "" if MET[0] <= held / share_of <= MET[1] else "  *"
    return (
        f"{row.name:44} {units:5} {held / share_of:.3f}  truth below {below / share_of:.3f}, "
        f"above {above / share_of:.3f}, unscored {runs - scored}{mark}"
    )


def main() -> None:
    """Prints every row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--units", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--only", default="", help="rows whose name holds this")
    asked = parser.parse_args()
    for rows in (agreement_rows, diagnosis_rows, calibration_rows, fairness_rows):
        for row in rows():
            if asked.only in row.name:
                for units in asked.units:
                    print(covered(row, units, asked.runs), flush=True)


if __name__ == "__main__":
    main()
