"""Learns the Chinese reader: a logistic rule for each rung and danger over runs of one to four characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.crisis_model.texts import LEVELS, Example, Outputs
from thirdchair.safeguards.crisis.ngrams import LONGEST_RUN, vector
from thirdchair.safeguards.crisis.reading import OTHER_DANGERS

_LEAST_TEXTS: Final = 2
_STRENGTH: Final = 6.0
OUTPUTS: Final = LEVELS + len(OTHER_DANGERS)


def learn_chinese(examples: Sequence[Example], folds: int) -> Outputs:
    """Log-odds of every example by a reader that did not learn from its fold, (n, 6) and (n, 5)."""
    odds = np.zeros((len(examples), OUTPUTS))
    for fold in range(folds):
        rest = [example for example in examples if example.fold != fold]
        places, weights, bias = _learned(rest)
        for at, example in enumerate(examples):
            if example.fold == fold:
                found = vector(example.text, places)
                odds[at] = bias if found is None else found[1] @ weights[found[0]] + bias
    return odds[:, :LEVELS], odds[:, LEVELS:]


def shipped_chinese(examples: Sequence[Example], path: Path) -> None:
    """Writes the reader learned from every example."""
    places, weights, bias = _learned(examples)
    np.savez_compressed(
        path,
        runs=np.array("\n".join(places)),
        weights=weights.astype(np.float16),
        bias=bias.astype(np.float32),
    )


def _learned(examples: Sequence[Example]) -> tuple[dict[str, int], NDArray[np.float64], NDArray[np.float64]]:
    seen = Counter(run for example in examples for run in set(_runs(example.text)))
    places = {run: at for at, run in enumerate(sorted(run for run, n in seen.items() if n >= _LEAST_TEXTS))}
    rarity = np.array([np.log(len(examples) / seen[run]) + 1 for run in places])
    rows = [vector(example.text, places) for example in examples]
    matrix = (
        csr_matrix(
            (
                np.concatenate([row[1] for row in rows if row]),
                (
                    np.concatenate([np.full(len(row[0]), at) for at, row in enumerate(rows) if row]),
                    np.concatenate([row[0] for row in rows if row]),
                ),
            ),
            shape=(len(examples), len(places)),
        )
        .multiply(rarity)
        .tocsr()
    )
    weights, bias = np.zeros((len(places), OUTPUTS)), np.zeros(OUTPUTS)
    levels = np.array([example.level for example in examples])
    others = np.array([example.dangers for example in examples])
    for output in range(OUTPUTS):
        known = np.ones(len(examples), dtype=bool)
        truth = levels > output
        if output >= LEVELS:
            known = ~np.isnan(others[:, output - LEVELS])
            truth = others[:, output - LEVELS] > 0
        model = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=500)
        model.fit(matrix[known], truth[known])
        weights[:, output], bias[output] = model.coef_[0] * rarity, model.intercept_[0]
    return places, weights, bias


def _runs(text: str) -> list[str]:
    folded = text.casefold()
    # A line break parts two runs in the kept file, so no run may hold one.
    return [
        run
        for length in range(1, LONGEST_RUN + 1)
        for start in range(len(folded) - length + 1)
        if "\n" not in (run := folded[start : start + length])
    ]
