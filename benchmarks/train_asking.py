"""Trains the second vote on "are you human?" in Chinese: `python -m benchmarks.train_asking [--write]`.

It learns from our own sets only: the sentences the frames were tuned on, and everyday ones from the sets of the crisis
screen, the library and the injection forms. It never reads the halves kept for judging ("sealed", "unseen", "b").
Prints what five-fold cross-validation says of the vote by itself and with the frames; with --write, keeps the weights.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from thirdchair.safeguards.conduct.asking_chinese import (
    about_here,
    framed_or_listed_in_chinese,
    spelled_together,
)
from thirdchair.safeguards.conduct.asking_vote import (
    OVERRULES_BELOW,
    SPEAKS_UP_FROM,
    log_odds,
    pieces,
    runs,
    shares_of_runs,
)
from thirdchair.safeguards.conduct.folding import fold

SETS: Final = Path(__file__).parent / "data" / "safeguards"
WEIGHTS: Final = (
    Path(__file__).parents[1] / "src" / "thirdchair" / "safeguards" / "conduct" / "weights" / "asking_zh.npz"
)
_LEARNED_FROM: Final = ("development", "wider", "fresh", "new")
_EVERYDAY: Final = ("crisis_benign_zh", "crisis_indirect_zh", "crisis_ladder_zh", "library_questions_zh")
_EVERYDAY_WEIGHT: Final = 0.3
_LEAST_TEXTS: Final = 3
_LEAST_OWN_TEXTS: Final = 2
_STRENGTH: Final = 1.0
_FOLDS: Final = 5
_SEED: Final = 1

Learned = tuple[Mapping[str, float], float]


def learned(asked: Sequence[str], others: Sequence[str], everyday: Sequence[str]) -> Learned:
    """Weight of each run and the bias, from messages that ask, near misses, and everyday texts."""
    own = [*asked, *others]
    texts = [*own, *everyday]
    seen = Counter(run for text in texts for run in set(runs(text)))
    in_own = Counter(run for text in own for run in set(runs(text)))
    known = sorted(
        run
        for run, n in seen.items()
        if n >= _LEAST_TEXTS and in_own[run] >= _LEAST_OWN_TEXTS and "\n" not in run
    )
    places = {run: place for place, run in enumerate(known)}
    rarity: NDArray[np.float64] = np.array([np.log(len(texts) / seen[run]) + 1 for run in known])
    rows = [shares_of_runs(text, places) for text in texts]
    matrix = csr_matrix(
        (
            [share for row in rows for share in row.values()],
            (
                [at for at, row in enumerate(rows) for _ in row],
                [places[run] for row in rows for run in row],
            ),
        ),
        shape=(len(texts), len(known)),
    )
    truth = np.arange(len(texts)) < len(asked)
    counted = np.where(np.arange(len(texts)) < len(own), 1.0, _EVERYDAY_WEIGHT)
    model = LogisticRegression(C=_STRENGTH, max_iter=500)
    model.fit(matrix.multiply(rarity).tocsr(), truth, sample_weight=counted)
    weights: NDArray[np.float64] = np.asarray(model.coef_).ravel() * rarity
    return dict(zip(known, weights.tolist(), strict=True)), float(np.asarray(model.intercept_).ravel()[0])


def held_out(texts: Sequence[str], asks: NDArray[np.bool_], everyday: Sequence[str]) -> NDArray[np.float64]:
    """Probability of each text by a model that did not learn from its fold, (n,)."""
    fold_of = np.random.default_rng(_SEED).permutation(len(texts)) % _FOLDS
    found = np.zeros(len(texts))
    for part in range(_FOLDS):
        rest = [at for at in range(len(texts)) if fold_of[at] != part]
        weights, bias = learned(
            [texts[at] for at in rest if asks[at]], [texts[at] for at in rest if not asks[at]], everyday
        )
        for at in (at for at in range(len(texts)) if fold_of[at] == part):
            odds = max((log_odds(piece, weights, bias) for piece in pieces(texts[at])), default=bias)
            found[at] = 1 / (1 + np.exp(-odds))
    return found


def main() -> None:
    """Prints the cross-validation and, where asked, keeps the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep the weights")
    wanted = parser.parse_args()
    rows = _rows()
    texts = [about_here(spelled_together(fold(row["text"]).text)) for row in rows]
    asks = np.array([row["expected"] == "asks_if_human" for row in rows])
    everyday = _everyday()
    vote = held_out(texts, asks, everyday)
    framed = np.array([framed_or_listed_in_chinese(text) for text in texts])
    both = (vote >= SPEAKS_UP_FROM) | (framed & (vote >= OVERRULES_BELOW))
    for name, heard in (("vote alone", vote >= 0.5), ("frames alone", framed), ("both", both)):
        print(
            f"{name}: heard {heard[asks].mean():.3f} of {asks.sum()}, taken for it {heard[~asks].mean():.3f} of {(~asks).sum()}"
        )
    if wanted.write:
        weights, bias = learned(
            [t for t, a in zip(texts, asks, strict=True) if a],
            [t for t, a in zip(texts, asks, strict=True) if not a],
            everyday,
        )
        np.savez_compressed(
            WEIGHTS,
            runs=np.array("\n".join(weights)),
            weights=np.array(list(weights.values()), dtype=np.float16),
            bias=np.float32(bias),
        )


def _rows() -> list[dict[str, str]]:
    return [
        row
        for name in _LEARNED_FROM
        for row in _read(f"asks_if_human_{name}")
        if row["language"] == "zh-hans" and row.get("part", "a") == "a"
    ]


def _everyday() -> list[str]:
    found = [row.get("text") or row["question"] for name in _EVERYDAY for row in _read(name)]
    found += [row["text"] for row in _read("injection_benign") if row["language"] == "zh-hans"]
    return [about_here(spelled_together(fold(text).text)) for text in found]


def _read(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
