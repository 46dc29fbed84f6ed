"""Fits the weighing of rules and trained reader on held-out readings, and reads with it; numpy and sklearn only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.crisis_model.texts import LEVELS, Example
from thirdchair.safeguards.crisis import weighing
from thirdchair.safeguards.crisis.heard import Heard
from thirdchair.safeguards.crisis.reading import OTHER_DANGERS, PERSON_FROM_LEVEL, CrisisReading


@dataclass(frozen=True, slots=True)
class Aim:
    """What the threshold of level 4 is set for, on texts held out; one of the two.

    Args:
        source: whose agreement sets the other thresholds.
        sensitivity: share of that source's texts of level 4 or more that must reach it.
        alarms: share of our own harmless messages that may, where the source has too few texts of that level.
    """

    source: str
    sensitivity: float | None = None
    alarms: float | None = None


ENGLISH: Final = Aim("cssrs", sensitivity=0.94)
"""Asked for: .96, at which everyday talk would call a person too often (docs/decisions/0015)."""

CHINESE: Final = Aim("psyguard", alarms=0.03)

_PENALTY: Final = 1.0
_LEAST: Final = 0.05
"""No threshold lies lower: there the held-out posts are too few to tell."""

_STEPS: Final = np.round(np.arange(0.2, 0.81, 0.05), 2)
_DANGER_PRECISION: Final = 0.5


def fit(
    examples: Sequence[Example],
    ladder: NDArray[np.float64],
    dangers: NDArray[np.float64],
    read: Sequence[CrisisReading],
    *,
    aim: Aim,
) -> weighing.Weighing:
    """The weighing fitted on readings of texts that the reader had not learned from.

    Args:
        examples: the texts, with their labels.
        ladder, dangers: (n, 6) and (n, 5), the trained reader's log-odds.
        read: what the rules read.
        aim: what the thresholds are set for.
    """
    levels = np.array([example.level for example in examples])
    features = np.stack([weighing.ladder_features(h, r.level) for h, r in zip(ladder, read, strict=True)])
    weights = np.zeros((LEVELS, 4))
    for rung in range(LEVELS):
        weights[rung] = _logistic(features[:, rung], levels > rung)
    chances = np.array(
        [
            weighing.rung_chances(Heard(h, d, 0, 0), r.level, _only(weights))
            for h, d, r in zip(ladder, dangers, read, strict=True)
        ]
    )
    on = np.array([example.source == aim.source for example in examples])
    own = np.array([example.source == "own" for example in examples])
    named = np.array([weighing.names_suicide(r) for r in read])
    held = chances[:, PERSON_FROM_LEVEL - 1]
    heard = np.where(named | (held >= weighing.UNNAMED), held, 0.0)
    if aim.sensitivity is not None:
        ranked = np.sort(heard[on & (levels >= PERSON_FROM_LEVEL)])
        person = ranked[int((1 - aim.sensitivity) * len(ranked))]
    else:
        person = np.quantile(heard[own & (levels == 0)], 1 - (aim.alarms or 0.0))
    thresholds = _thresholds(chances[on], levels[on], named[on], max(_LEAST, float(person)))
    told = np.array([[r.risks[danger] for danger in OTHER_DANGERS] for r in read], dtype=float)
    labels = np.array([example.dangers for example in examples])
    others = np.zeros((len(OTHER_DANGERS), 3))
    limits = np.full(len(OTHER_DANGERS), 0.5)
    for place in range(len(OTHER_DANGERS)):
        known = ~np.isnan(labels[:, place])
        rows = np.stack([dangers[:, place], told[:, place], np.ones(len(told))], axis=1)[known]
        truth = labels[known, place] > 0
        others[place] = _logistic(rows, truth)
        limits[place] = _best_f2(1 / (1 + np.exp(-rows @ others[place])), truth)
    return weighing.Weighing(weights, thresholds, others, limits)


def read_with(
    said: Sequence[str],
    weights: weighing.Weighing,
    ladder: NDArray[np.float64],
    dangers: NDArray[np.float64],
    read: Sequence[CrisisReading],
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.bool_]]:
    """Levels (n,), probabilities of level 4 or more (n,), and other dangers (n, 5)."""
    heard = [Heard(h, d, 0, 0) for h, d in zip(ladder, dangers, strict=True)]
    chances = np.array([weighing.rung_chances(h, r.level, weights) for h, r in zip(heard, read, strict=True)])
    levels = np.array(
        [
            weighing.reached(row, weights.thresholds, named=weighing.names_suicide(r))
            for row, r in zip(chances, read, strict=True)
        ]
    )
    stated = np.array([weighing.dangers_stated(h, r, weights) for h, r in zip(heard, read, strict=True)])
    for place, (text, r) in enumerate(zip(said, read, strict=True)):
        if r.level >= PERSON_FROM_LEVEL:
            levels[place] = max(levels[place], r.level)
        if weighing.by_rule_alone(text, r):
            levels[place], stated[place] = r.level, [r.risks[danger] for danger in OTHER_DANGERS]
    return levels, chances[:, PERSON_FROM_LEVEL - 1], stated


def kappa(truth: NDArray[np.int64], said: NDArray[np.int64]) -> float:
    """Cohen's kappa with quadratic weights over levels 0 to 6 (Cohen 1968, Psychol Bull 70:213-220)."""
    counts = np.zeros((LEVELS + 1, LEVELS + 1))
    np.add.at(counts, (truth, said), 1)
    apart = np.subtract.outer(np.arange(LEVELS + 1), np.arange(LEVELS + 1)) ** 2
    by_chance = np.outer(counts.sum(1), counts.sum(0)) / counts.sum()
    return float(1 - (apart * counts).sum() / (apart * by_chance).sum())


def specificity_at(truth: NDArray[np.bool_], chance: NDArray[np.float64], sensitivity: float = 0.96) -> float:
    """The share of the others below the highest threshold that keeps this sensitivity."""
    ranked = np.sort(chance[truth])
    return float((chance[~truth] < ranked[int((1 - sensitivity) * len(ranked))]).mean())


def area(truth: NDArray[np.bool_], chance: NDArray[np.float64]) -> float:
    """Area under the receiver operating curve: how often one of the first ranks above one of the others."""
    apart = chance[truth][:, None] - chance[~truth][None]
    return float((apart > 0).mean() + (apart == 0).mean() / 2)


def with_interval(
    measure: Callable[[NDArray[np.bool_], NDArray[np.float64]], float],
    truth: NDArray[np.bool_],
    chance: NDArray[np.float64],
) -> list[float]:
    """A measure with its 95% bootstrap interval, resampled within the two classes."""
    draw = np.random.default_rng(20250101)
    ones, zeros = np.flatnonzero(truth), np.flatnonzero(~truth)
    drawn = []
    for _ in range(1000):
        places = np.concatenate([draw.choice(ones, len(ones)), draw.choice(zeros, len(zeros))])
        drawn.append(measure(truth[places], chance[places]))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return [measure(truth, chance), float(low), float(high)]


def as_json(weights: weighing.Weighing) -> dict[str, Any]:
    """Plain numbers, to five digits."""
    return {name: np.round(values, 5).tolist() for name, values in asdict(weights).items()}


def _only(ladder: NDArray[np.float64]) -> weighing.Weighing:
    return weighing.Weighing(ladder, np.zeros(LEVELS), np.zeros((5, 3)), np.zeros(5))


def _logistic(rows: NDArray[np.float64], truth: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weights with the constant last; the column of ones is the constant and is not penalised."""
    model = LogisticRegression(C=1 / _PENALTY, max_iter=1000).fit(rows[:, :-1], truth)
    return np.append(model.coef_[0], model.intercept_[0])


def _thresholds(
    chances: NDArray[np.float64], levels: NDArray[np.int64], named: NDArray[np.bool_], person: float
) -> NDArray[np.float64]:
    """Thresholds with the best kappa; that of level 4 is `person`, that of level 1 at evens.

    Agreement on the posts would have level 1 noticed only at .8, which leaves out one in ten of our indirect wordings.
    """
    thresholds = np.full(LEVELS, 0.5)
    held = PERSON_FROM_LEVEL - 1
    thresholds[held] = person
    for _, rung in product(range(3), range(LEVELS)):
        if rung in (0, held):
            continue
        thresholds[rung] = max(
            _STEPS, key=lambda step: _kappa_at(chances, levels, named, thresholds, rung, step)
        )
    return thresholds


def _kappa_at(
    chances: NDArray[np.float64],
    levels: NDArray[np.int64],
    named: NDArray[np.bool_],
    thresholds: NDArray[np.float64],
    rung: int,
    step: float,
) -> float:
    tried = thresholds.copy()
    tried[rung] = step
    said = [
        weighing.reached(row, tried, named=bool(known)) for row, known in zip(chances, named, strict=True)
    ]
    return kappa(levels, np.array(said))


def _best_f2(chance: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    """The threshold with the best F2, which weighs recall over precision, at a precision of at least a half."""

    def f2(limit: float) -> float:
        said = chance >= limit
        hits = float((said & truth).sum())
        if hits == 0 or hits / said.sum() < _DANGER_PRECISION:
            return 0.0
        return 5 * hits / (4 * truth.sum() + said.sum())

    steps = np.round(np.arange(0.05, 0.96, 0.05), 2)
    best = max(steps, key=f2)
    return float(best) if f2(best) else 0.5
