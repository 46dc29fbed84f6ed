"""Trains the readers of the extractive summary: `python -m benchmarks.train_summariser --data DATA`.

Labels come from people's notes. For each session and component, passages are chosen greedily while they raise
ROUGE-1 + ROUGE-2 F1 against that part of the note; for our own sessions, whose summaries paraphrase more, the
passages nearest in meaning to each sentence of the summary count too. Each reader is then a logistic regression pulled
towards the weights that clinical judgement set. Trained on ACI-Bench valid and MTS-Dialog validation (CC BY 4.0) and our own sessions;
the test parts are never read here.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rouge_score import rouge_scorer
from scipy.optimize import minimize
from sklearn.decomposition import PCA
from sklearn.metrics import average_precision_score

from benchmarks.encoder import encode
from benchmarks.printing import as_words
from benchmarks.sessions import MeasuredSession, aci_bench, mts_dialog, our_sessions
from thirdchair.language.likeness import Likeness
from thirdchair.language.sentences import split_sentences
from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.resampling import bootstrap_mean
from thirdchair.records import Component, Language
from thirdchair.uses.summarise_session.choosing import choose, word_budget
from thirdchair.uses.summarise_session.passages import read_passages
from thirdchair.uses.summarise_session.scoring import (
    READERS,
    Reader,
    feature_matrix,
    judged_weights,
    score,
    side_of,
    weights_as_json,
)

WEIGHTS: Final = Path(__file__).parent.parent / "src/thirdchair/uses/summarise_session/weights/readers.json"
PULL: Final = 5.0
"""How strongly training is pulled to the judged weights: the precision of a Gaussian prior around them."""

PULL_OF_DISCOVERY: Final = 25.0
"""The same for patient discovery, whose labels show what was talked about better than what was realised: with the common
pull the reader forgets "I realised" and "it would be my fault", and drafts quote fragments of the story instead."""

FOLDS: Final = 5
EXTRA: Final = 24
"""Principal components kept of the sentence vectors, where they are tried."""

_WEIGHT: Final = {"ours": 3.0, "aci": 1.0, "mts": 0.5}
_SMALLEST_GAIN: Final = 0.003
_UNTRAINED: Final = Component.REFLECTING
"""Our summaries tell what was reflected upon mostly in the patient's words, so labels drawn from them teach a
reader of clinicians to pick questions. Its judged weights stay; `make quality` checks them on AutoMISC's labels."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One session ready for training: features (n, f), vectors (n, 384), and labels by component.

    `labels_by_words` leaves out what the sentence vectors chose, so that vectors can be judged by labels they did
    not make.
    """

    id: str
    source: str
    sides: tuple[str, ...]
    features: NDArray[np.float64]
    vectors: NDArray[np.float32]
    labels: Mapping[Component, NDArray[np.float64]]
    labels_by_words: Mapping[Component, NDArray[np.float64]]


def label(session: MeasuredSession, source: str) -> Labelled:
    """The session's passages with what a note made of them."""
    passages = read_passages(session.transcript)
    language = session.transcript.language
    texts = [passage.read_with for passage in passages]
    english = language is Language.ENGLISH
    vectors = encode(texts) if english else np.zeros((len(texts), 384), dtype=np.float32)
    labels: dict[Component, NDArray[np.float64]] = {}
    by_words: dict[Component, NDArray[np.float64]] = {}
    for component, reference in session.sections.items():
        if component is Component.RISK or not reference.strip():
            continue
        allowed = [any(r == (component, side_of(p)) for r in READERS) for p in passages]
        chosen = greedy_oracle(texts, reference, allowed, language)
        by_words[component] = _as_labels(chosen, len(passages))
        if source == "ours" and english:
            chosen = chosen | nearest_in_meaning(vectors, reference, allowed)
        labels[component] = _as_labels(chosen, len(passages))
    features = feature_matrix(passages, Likeness(texts, language), language)
    return Labelled(session.id, source, tuple(map(side_of, passages)), features, vectors, labels, by_words)


def _as_labels(chosen: set[int], n: int) -> NDArray[np.float64]:
    return np.array([float(place in chosen) for place in range(n)])


def greedy_oracle(
    texts: Sequence[str], reference: str, allowed: Sequence[bool], language: Language
) -> set[int]:
    """Places chosen one by one while each raises ROUGE-1 + ROUGE-2 F1 against the reference."""
    wanted = _grams(reference, language)
    held = [_grams(text, language) for text in texts]
    chosen: set[int] = set()
    total: Counter[tuple[str, ...]] = Counter()
    best = 0.0
    while True:
        gains = {
            place: _f1(total + grams, wanted)
            for place, grams in enumerate(held)
            if allowed[place] and place not in chosen and grams
        }
        place = max(gains, key=gains.__getitem__, default=None)
        if place is None or gains[place] - best < _SMALLEST_GAIN:
            return chosen
        best = gains[place]
        total += held[place]
        chosen.add(place)


def _grams(text: str, language: Language) -> Counter[tuple[str, ...]]:
    words = re.findall(r"[㐀-鿿]|[a-z0-9']+", text.lower())
    pairs = list(pairwise(words))
    return Counter([(word,) for word in words] + pairs)


def _f1(found: Counter[tuple[str, ...]], wanted: Counter[tuple[str, ...]]) -> float:
    shared = sum((found & wanted).values())
    return 2 * shared / (sum(found.values()) + sum(wanted.values()))


def nearest_in_meaning(vectors: NDArray[np.float32], reference: str, allowed: Sequence[bool]) -> set[int]:
    """For each sentence or clause of the reference, the two allowed passages whose vectors are nearest to it."""
    clauses = [
        c for s in split_sentences(reference) for c in re.split(r"[;,]\s", s.text) if len(c.split()) > 3
    ]
    if not clauses or not any(allowed):
        return set()
    alike = vectors @ encode(clauses).T
    alike[~np.array(allowed)] = -1
    nearest = np.argsort(-alike, axis=0)[:2]
    return {
        int(place)
        for column in range(len(clauses))
        for place in nearest[:, column]
        if alike[place, column] > 0.35
    }


def train(
    sessions: Sequence[Labelled], *, pull: float = PULL, pca: PCA | None = None
) -> dict[Reader, NDArray[np.float64]]:
    """Weights of every reader, each pulled to the judged ones; vectors join the features where `pca` is given."""
    return {
        reader: _train_reader(reader, judged, sessions, pull, pca)
        for reader, judged in judged_weights().items()
    }


def _train_reader(
    reader: Reader, judged: NDArray[np.float64], sessions: Sequence[Labelled], pull: float, pca: PCA | None
) -> NDArray[np.float64]:
    component, side = reader
    rows, labels, weights = [], [], []
    for session in sessions:
        if component not in session.labels:
            continue
        mine = np.array([one == side for one in session.sides], dtype=bool)
        rows.append(_inputs(session, pca)[mine])
        labels.append(session.labels[component][mine])
        weights.append(np.full(mine.sum(), _WEIGHT[session.source]))
    start = np.concatenate([judged[:-1], np.zeros(pca.n_components_ if pca else 0), judged[-1:]])
    if not rows or component is _UNTRAINED:
        return start
    x, y, w = np.vstack(rows), np.concatenate(labels), np.concatenate(weights)
    x = np.hstack([x, np.ones((len(x), 1))])

    if component is Component.PATIENT_DISCOVERY:
        pull = max(pull, PULL_OF_DISCOVERY)

    def loss(theta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = x @ theta
        away = (theta - start) * np.append(np.ones(len(theta) - 1), 0.1)
        value = (w * (np.logaddexp(0, z) - y * z)).sum() + pull / 2 * (away * (theta - start)).sum()
        return value, x.T @ (w * (1 / (1 + np.exp(-z)) - y)) + pull * away

    return minimize(loss, start, jac=True, method="L-BFGS-B").x


def _inputs(session: Labelled, pca: PCA | None) -> NDArray[np.float64]:
    return session.features if pca is None else np.hstack([session.features, pca.transform(session.vectors)])


def cross_validate(
    sessions: Sequence[Labelled], *, pull: float | None, vectors: bool
) -> dict[tuple[Reader, str], list[tuple[str, float, float]]]:
    """Average precision of each reader on sessions it was not trained on, with the share of positives.

    Args:
        pull: None keeps the judged weights untrained.

    Returns:
        dict: (session id, average precision, share of positives) by reader and source.
    """
    found: dict[tuple[Reader, str], list[tuple[str, float, float]]] = {}
    for fold in range(FOLDS):
        held_out = [s for place, s in enumerate(sessions) if place % FOLDS == fold]
        rest = [s for place, s in enumerate(sessions) if place % FOLDS != fold]
        pca = PCA(EXTRA, random_state=0).fit(np.vstack([s.vectors for s in rest])) if vectors else None
        weights = judged_weights() if pull is None else train(rest, pull=pull, pca=pca)
        for session in held_out:
            for reader in READERS:
                component, side = reader
                mine = np.array([one == side for one in session.sides], dtype=bool)
                truth = session.labels_by_words.get(component, np.zeros(0))
                if not len(truth) or truth[mine].sum() == 0 or truth[mine].all():
                    continue
                scores = _inputs(session, pca)[mine] @ weights[reader][:-1]
                precision = float(average_precision_score(truth[mine], scores))
                found.setdefault((reader, session.source), []).append(
                    (session.id, precision, float(truth[mine].mean()))
                )
    return found


def cross_validated_rouge(
    sessions: Sequence[Labelled], notes: Mapping[str, MeasuredSession], *, pull: float | None, vectors: bool
) -> dict[tuple[str, str], float]:
    """ROUGE-1 F1 x 100 of the whole draft (risk aside) of each held-out session, by (source, id)."""
    found: dict[tuple[str, str], float] = {}
    scorer = rouge_scorer.RougeScorer(["rouge1"], use_stemmer=True)
    for fold in range(FOLDS):
        rest = [s for place, s in enumerate(sessions) if place % FOLDS != fold]
        pca = PCA(EXTRA, random_state=0).fit(np.vstack([s.vectors for s in rest])) if vectors else None
        weights = judged_weights() if pull is None else train(rest, pull=pull, pca=pca)
        for session in (s for place, s in enumerate(sessions) if place % FOLDS == fold and s.id in notes):
            note = notes[session.id]
            draft = _drafted(note, _inputs(session, pca), weights)
            found[session.source, session.id] = 100 * scorer.score(note.note, draft)["rouge1"].fmeasure
    return found


def _drafted(
    session: MeasuredSession, inputs: NDArray[np.float64], weights: Mapping[Reader, NDArray[np.float64]]
) -> str:
    passages = read_passages(session.transcript)
    likeness = Likeness([passage.read_with for passage in passages], session.transcript.language)
    chances = score(passages, inputs, weights)
    chosen = choose(passages, chances, likeness, budget=word_budget(session.transcript.word_count))
    return " ".join(passages[choice.place].read_with for choice in chosen)


def _rouge_compared(
    sessions: Sequence[Labelled], data: Path, today: str
) -> list[tuple[str, str, Estimate | Unscored]]:
    """Cross-validated ROUGE-1 of each variant and paired differences, on English sessions with whole notes."""
    whole = [
        s for s in (*our_sessions(), *aci_bench(data, "valid")) if s.transcript.language is Language.ENGLISH
    ]
    notes = {session.id: session for session in whole}
    variants = {"judged": (None, False), "trained": (PULL, False), "with_vectors": (PULL, True)}
    found = {
        name: cross_validated_rouge(sessions, notes, pull=pull, vectors=vec)
        for name, (pull, vec) in variants.items()
    }
    rows: list[tuple[str, str, Estimate | Unscored]] = []
    for source in ("ours", "aci"):
        provenance = Provenance(
            source, f"{FOLDS}-fold by session", today, 0, "Lin 2004; rouge_score with stemming"
        )
        keys = [key for key in found["trained"] if key[0] == source]
        for name in variants:
            rows.append(
                (source, f"ROUGE-1 {name}", _mean([(found[name][k], k[1]) for k in keys], provenance))
            )
        for better, base in (("trained", "judged"), ("with_vectors", "trained")):
            pairs = [(found[better][k] - found[base][k], k[1]) for k in keys]
            rows.append((source, f"ROUGE-1 {better} - {base}", _mean(pairs, provenance)))
    return rows


def labelled_sessions(data: Path) -> list[Labelled]:
    """Everything that may be trained on, in a fixed order that mixes the sources."""
    sources = [
        ("ours", our_sessions()),
        ("aci", aci_bench(data, "valid")),
        ("mts", mts_dialog(data, "valid")),
    ]
    return [label(session, source) for source, held in sources for session in held]


def _compared(sessions: Sequence[Labelled], today: str) -> list[tuple[str, str, Estimate | Unscored]]:
    """Cross-validated average precision of each variant, and paired differences, by source."""
    variants = {"judged": (None, False), "trained": (PULL, False), "with_vectors": (PULL, True)}
    found = {name: cross_validate(sessions, pull=pull, vectors=vec) for name, (pull, vec) in variants.items()}
    rows: list[tuple[str, str, Estimate | Unscored]] = []
    for source in _WEIGHT:
        provenance = Provenance(source, f"{FOLDS}-fold by session", today, 0, "average precision")
        held = [key for key in found["trained"] if key[1] == source]
        for name in variants:
            pairs = [(one[1], one[0]) for key in held for one in found[name][key]]
            rows.append((source, name, _mean(pairs, provenance)))
        for better, base in (("trained", "judged"), ("with_vectors", "trained")):
            pairs = [
                (one[1] - other[1], one[0])
                for key in held
                for one, other in zip(found[better][key], found[base][key], strict=True)
            ]
            rows.append((source, f"{better} - {base}", _mean(pairs, provenance)))
    return rows


def _mean(pairs: Sequence[tuple[float, str]], provenance: Provenance) -> Estimate | Unscored:
    values, ids = [value for value, _ in pairs], [session for _, session in pairs]
    return bootstrap_mean(values, ids, provenance=provenance, unit=provenance.source)


def main() -> None:
    """Cross-validates, trains on everything labelled, and writes the shipped weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with aci_bench and mts_dialog")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go")
    wanted = parser.parse_args()
    sessions = labelled_sessions(wanted.data)
    today = datetime.now(UTC).date().isoformat()
    for source, name, estimate in (
        *_compared(sessions, today),
        *_rouge_compared(sessions, wanted.data, today),
    ):
        print(f"{source:5} {name:32} {as_words(estimate)}")
    text = json.dumps(weights_as_json(train(sessions)), indent=1, ensure_ascii=False)
    wanted.out.write_text(text + "\n", encoding="utf-8")
    print(
        f"{len(sessions)} sessions, {sum(len(s.sides) for s in sessions)} passages; wrote {wanted.out.name}"
    )


if __name__ == "__main__":
    main()
