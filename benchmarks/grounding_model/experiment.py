"""Does a small encoder that reads a claim beside its source find what the rules miss? (decision 0024)

`python -m benchmarks.grounding_model.experiment --data DATA [--layers 3] [--made 0] [--sealed]` prints, by three folds in
which no scene stands twice: the rules refitted, a reader, as a control the same reader with the source hidden, and either beside
the rules. Where the control finds as much, a reader has only learned how we word an error; in `short` with `turned` most
claims are true of one source and false of another, so the control cannot. `--sealed` also teaches a reader
everything and reads the pairs never learned from, once.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.grounding_model.pairs import made_pairs
from benchmarks.grounding_model.reader import SEED, Reader, Shown, odds, shown, taught, without_source
from benchmarks.train_grounding import FALSE_FLAGS, LEFT_OUT, Pair, features, fit, read_pairs
from thirdchair.safeguards.entailment_model import model

OLDER: Final = ("planted", "more", "wide")
TURNED: Final = ("short", "turned")
"""Sets of the same claims over two sources each, of which nearly always one bears the claim out."""

WAYS: Final = ("rules", "reader", "source hidden", "rules and reader", "rules and source hidden")
FOLDS: Final = 3
EPOCHS: Final = 5
RATE: Final = 1.5e-4
_DRAWS: Final = 500
_STRENGTH: Final = 0.01

Scores = NDArray[np.float64]


def own_pairs() -> tuple[list[Pair], list[str]]:
    """Our English development pairs, with the name of each one's set; never the left out and the sealed."""
    held = [(pair, name) for name in (*OLDER, *TURNED) for pair in read_pairs(f"grounding_{name}_en.jsonl")]
    held = [(pair, name) for pair, name in held if not pair.source_id.startswith(LEFT_OUT)]
    return [pair for pair, _ in held], [name for _, name in held]


def scene(pair: Pair) -> str:
    """What may not stand in two folds: a source with the one it was turned into."""
    return pair.source_id.replace("st-en-", "s-en-")


def begun(data: Path, layers: int, made: int) -> Reader:
    """The pretrained layers, taught some of the pairs that a program made, or none."""
    torch.manual_seed(SEED)
    reader = Reader(layers)
    return taught(reader, shown(made_pairs(data)[:made]), epochs=1, rate=1e-4) if made else reader


def cross_validated(
    begin: Reader, pairs: Sequence[Pair], epochs: int
) -> tuple[dict[str, Scores], list[Shown]]:
    """Scores of support of each way to judge, every pair by one that did not learn from its scene."""
    seen, values = shown(pairs), features(pairs)
    hidden = [without_source(held) for held in seen]
    labels, groups = np.array([pair.supported for pair in pairs]), [scene(pair) for pair in pairs]
    folds = list(GroupKFold(FOLDS, shuffle=True, random_state=1).split(values, labels, groups))
    held = {name: np.zeros(len(pairs)) for name in WAYS}
    start = {name: value.clone() for name, value in begin.state_dict().items()}
    for learned, left in folds:
        held["rules"][left] = fit(values[learned], labels[learned], np.ones(len(learned))).probabilities(
            values[left]
        )
        for name, lesson in (("reader", seen), ("source hidden", hidden)):
            begin.load_state_dict(start)
            taught(begin, [lesson[place] for place in learned], epochs=epochs, rate=RATE)
            held[name][left] = odds(begin, [lesson[place] for place in left])
        print("  a fold is read", flush=True)
    begin.load_state_dict(start)
    for name in ("reader", "source hidden"):
        beside = np.column_stack([values, held[name]])
        for learned, left in folds:
            weighed = _weighed(beside[learned], labels[learned])
            held[f"rules and {name}"][left] = weighed.decision_function(beside[left])
    return held, seen


def _weighed(values: Scores, labels: NDArray[np.bool_]) -> Any:
    return make_pipeline(StandardScaler(), LogisticRegression(C=_STRENGTH, max_iter=1000)).fit(values, labels)


def show(name: str, pairs: Sequence[Pair], scores: Scores) -> None:
    """Area under the curve, and errors found where one true claim in twenty is flagged, with intervals over sources."""
    labels, groups = np.array([pair.supported for pair in pairs]), np.array([scene(pair) for pair in pairs])
    places = {group: np.flatnonzero(groups == group) for group in dict.fromkeys(groups)}
    chance, names = np.random.default_rng(SEED), list(places)
    drawn = [
        _figures(labels[some], scores[some])
        for some in (
            np.concatenate([places[names[n]] for n in chance.integers(len(names), size=len(names))])
            for _ in range(_DRAWS)
        )
    ]
    low, high = np.quantile(drawn, (0.025, 0.975), axis=0)
    area, found = _figures(labels, scores)
    print(
        f"  {name:24} n={len(pairs):4} area {area:.3f} ({low[0]:.3f} to {high[0]:.3f}), "
        f"found at {FALSE_FLAGS:.2f} flagged {found:.3f} ({low[1]:.3f} to {high[1]:.3f})",
        flush=True,
    )


def _figures(labels: NDArray[np.bool_], scores: Scores) -> tuple[float, float]:
    found = float((scores[~labels] < np.quantile(scores[labels], FALSE_FLAGS)).mean())
    return float(roc_auc_score(labels, scores)), found


def read_sealed(
    begin: Reader, pairs: Sequence[Pair], seen: Sequence[Shown], held: Scores, epochs: int
) -> None:
    """The pairs never learned from: the shipped rules, and both, weighed on the cross-validated readings."""
    taught(begin, seen, epochs=epochs, rate=RATE)
    labels = np.array([pair.supported for pair in pairs])
    weighed = _weighed(np.column_stack([features(pairs), held]), labels)
    own = weighed.decision_function(np.column_stack([features(pairs), held]))
    limit = np.quantile(own[labels], FALSE_FLAGS)
    left = [pair for pair in read_pairs("grounding_wide_en.jsonl") if pair.source_id.startswith(LEFT_OUT)]
    for name, unseen in (("left out", left), ("sealed", read_pairs("grounding_sealed_en.jsonl"))):
        values, reading = features(unseen), odds(begin, shown(unseen))
        shipped = np.array([model().probability(row) for row in values])
        both = weighed.decision_function(np.column_stack([values, reading]))
        for way, scores, threshold in (("rules shipped", shipped, model().threshold), ("both", both, limit)):
            true = np.array([pair.supported for pair in unseen])
            show(f"{way}, {name}", unseen, scores)
            print(
                f"    at its threshold: found {(scores[~true] < threshold).mean():.3f}, flagged {(scores[true] < threshold).mean():.3f}"
            )
        show(f"reader, {name}", unseen, reading)


def run(data: Path, *, layers: int, made: int, epochs: int, sealed: bool) -> None:
    """Prints every figure."""
    torch.set_num_threads(1)
    pairs, sets = own_pairs()
    begin = begun(data, layers, made)
    held, seen = cross_validated(begin, pairs, epochs)
    for title, names in (("older", OLDER), ("turned", TURNED)):
        places = [place for place, name in enumerate(sets) if name in names]
        print(title)
        for way, scores in held.items():
            show(way, [pairs[place] for place in places], scores[places])
    if sealed:
        read_sealed(begin, pairs, seen, held["reader"], epochs)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the open data sets")
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--made", type=int, default=0, help="pairs made by a program that are read first")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--sealed", action="store_true", help="read the pairs never learned from, once")
    asked = parser.parse_args()
    run(asked.data, layers=asked.layers, made=asked.made, epochs=asked.epochs, sealed=asked.sealed)
