"""Trains the vote on "are you human?" in either language: `python -m benchmarks.train_asking [--write]`.

It learns from our own sets only: the lines written to learn from ("taught"), the sentences the frames were tuned on, and
everyday ones from the sets of the crisis screen, the library, the injection forms, the risk exchanges and the demo. It never reads the halves kept for
judging ("sealed", "unseen", "b"). A message that asks counts by its likeliest sentence, any other by all its sentences.
Prints what five-fold cross-validation says of the vote, and of vote and frames; with --write, keeps the weights.
The frames are only to be believed on "taught": they were tuned on the rest.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression

from thirdchair.records import Language
from thirdchair.safeguards.conduct import asking_chinese, asking_english, asks_if_human
from thirdchair.safeguards.conduct.asking_vote import ASKS_FROM, FRAMED_COUNTS, counted, pieces
from thirdchair.safeguards.conduct.folding import fold

SETS: Final = Path(__file__).parent / "data" / "safeguards"
WEIGHTS: Final = Path(__file__).parents[1] / "src" / "thirdchair" / "safeguards" / "conduct" / "weights"
_SESSIONS: Final = Path(__file__).parents[1] / "src" / "thirdchair_web" / "demo" / "sessions"
_SHORT_NAME: Final = {Language.ENGLISH: "en", Language.CHINESE: "zh"}
_LEARNED_FROM: Final = ("development", "wider", "fresh", "new", "taught")
_EVERYDAY: Final = "everyday"
_EVERYDAY_SETS: Final = ("crisis_benign", "crisis_indirect", "crisis_ladder", "library_questions")
_LEAST_TEXTS: Final = 4
_LEAST_OWN_TEXTS: Final = 3
_STRENGTH: Final = 1.0
_ROUNDS: Final = 2
_FOLDS: Final = 5
_SEED: Final = 1

Indices = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Message:
    """One message to learn from.

    Args:
        source: the set it stands in.
        whole: where all of it stands among the texts.
        pieces: where its pieces stand among the texts.
    """

    source: str
    asks: bool
    framed: bool
    whole: int
    pieces: tuple[int, ...]


@dataclass(frozen=True)
class Material:
    """All messages of a language, and what stands in each of their texts, by kind.

    Args:
        counts: for each kind, a matrix (texts, things counted).
        names: for each kind, the things counted, in the order of the columns.
    """

    messages: tuple[Message, ...]
    counts: tuple[csr_matrix, ...]
    names: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Learned:
    """A weight for each thing counted (its rarity included), the bias, and the log-odds of every text."""

    weights: Mapping[str, float]
    bias: float
    odds: Floats


def learned(material: Material, among: Sequence[int]) -> Learned:
    """The model that learns from some of the messages."""
    messages = [material.messages[at] for at in among]
    asking = [message for message in messages if message.asks]
    others = [piece for m in messages if not m.asks for piece in m.pieces]
    own = [piece for m in messages if not m.asks and m.source != _EVERYDAY for piece in m.pieces]
    likeliest = [message.whole for message in asking]
    scaled, names, rarity = _scaled(material, np.array(likeliest + others), np.array(likeliest + own))
    model = LogisticRegression(C=_STRENGTH, max_iter=300, tol=1e-3)
    truth = np.arange(len(likeliest) + len(others)) < len(likeliest)
    odds = np.empty(0)
    for _ in range(_ROUNDS):
        model.fit(scaled[np.array(likeliest + others)], truth)
        odds = np.asarray(model.decision_function(scaled), dtype=np.float64)
        likeliest = [max(message.pieces, key=lambda piece: odds[piece]) for message in asking]
    weights = np.asarray(model.coef_).ravel() * rarity
    bias = float(np.asarray(model.intercept_).ravel()[0])
    return Learned(dict(zip(names, weights.tolist(), strict=True)), bias, odds)


def held_out(material: Material) -> Floats:
    """Log-odds of each message by a model that did not learn from its fold, (n,)."""
    n = len(material.messages)
    fold_of = np.random.default_rng(_SEED).permutation(n) % _FOLDS
    found = np.zeros(n)
    for part in range(_FOLDS):
        model = learned(material, np.flatnonzero(fold_of != part).tolist())
        for at in np.flatnonzero(fold_of == part):
            found[at] = max(model.odds[piece] for piece in material.messages[at].pieces)
    return found


def read_material(language: Language) -> Material:
    """What may be learned from in a language."""
    here = asking_english if language is Language.ENGLISH else asking_chinese
    fits = (
        asking_english.framed_or_listed_in_english
        if language is Language.ENGLISH
        else asking_chinese.framed_or_listed_in_chinese
    )
    places: dict[str, int] = {}
    messages: list[Message] = []
    for source, text, asks in [*_own(language), *_everyday(language)]:
        said = here.about_here(fold(text).text)
        parts = tuple(places.setdefault(piece, len(places)) for piece in pieces(said, language) or [""])
        whole = places.setdefault(said, len(places))
        messages.append(Message(source, asks, fits(said), whole, parts))
    tables = [_table(texts) for texts in zip(*(counted(text, language) for text in places), strict=True)]
    return Material(tuple(messages), tuple(t for t, _ in tables), tuple(names for _, names in tables))


def main() -> None:
    """Prints the cross-validation and, where asked, keeps the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep the weights")
    wanted = parser.parse_args()
    for language in Language:
        material = read_material(language)
        _print_cross_validation(material, language)
        model = learned(material, range(len(material.messages)))
        if wanted.write:
            np.savez_compressed(
                WEIGHTS / f"asking_{_SHORT_NAME[language]}.npz",
                runs=np.array("\n".join(model.weights)),
                weights=np.array(list(model.weights.values()), dtype=np.float16),
                bias=np.float32(model.bias),
            )
    unmet = posts_and_sessions(Language.CHINESE)
    print(
        f"zh-hans, posts and sessions it never met: taken for it {sum(map(asks_if_human, unmet))} of {len(unmet)}"
    )


def _print_cross_validation(material: Material, language: Language) -> None:
    vote = held_out(material)
    framed = np.array([message.framed for message in material.messages])
    with_frames = vote + FRAMED_COUNTS[language] * framed >= ASKS_FROM[language]
    for source in (*_LEARNED_FROM, _EVERYDAY):
        of = np.array([message.source == source for message in material.messages])
        asks = of & np.array([message.asks for message in material.messages])
        others = of & ~asks
        for name, heard in (("vote", vote >= ASKS_FROM[language]), ("frames", framed), ("both", with_frames)):
            print(
                f"{language} {source}, {name}: heard {heard[asks].sum()} of {asks.sum()},"
                f" taken for it {heard[others].sum()} of {others.sum()}"
            )


def _scaled(material: Material, among: Indices, own: Indices) -> tuple[csr_matrix, list[str], Floats]:
    """What is counted often enough, each kind scaled to unit length and weighed by its rarity."""
    kinds: list[csr_matrix] = []
    known: list[str] = []
    rarities: list[Floats] = []
    for counts, names in zip(material.counts, material.names, strict=True):
        seen, in_own = _texts_with(counts[among]), _texts_with(counts[own])
        kept = np.flatnonzero((seen >= _LEAST_TEXTS) & (in_own >= _LEAST_OWN_TEXTS))
        rarity = np.log(len(among) / seen[kept]) + 1
        lengths = np.sqrt(np.asarray(counts[:, kept].power(2).sum(axis=1)).ravel())
        kinds.append(diags(1 / np.where(lengths > 0, lengths, 1)) @ counts[:, kept] @ diags(rarity))
        known += [names[at] for at in kept]
        rarities.append(rarity)
    return csr_matrix(hstack(kinds)), known, np.concatenate(rarities)


def _texts_with(counts: csr_matrix) -> Floats:
    return np.asarray(counts.astype(bool).sum(axis=0), dtype=np.float64).ravel()


def _table(texts: Sequence[Mapping[str, float]]) -> tuple[csr_matrix, tuple[str, ...]]:
    columns: dict[str, int] = {}
    rows = [{columns.setdefault(name, len(columns)): count for name, count in text.items()} for text in texts]
    matrix = csr_matrix(
        (
            [count for row in rows for count in row.values()],
            ([at for at, row in enumerate(rows) for _ in row], [column for row in rows for column in row]),
        ),
        shape=(len(rows), len(columns)),
    )
    return matrix, tuple(columns)


def _own(language: Language) -> list[tuple[str, str, bool]]:
    return [
        (name, row["text"], row["expected"] == "asks_if_human")
        for name in _LEARNED_FROM
        for row in _read(f"asks_if_human_{name}")
        if row["language"] == language and row.get("part", "a") == "a"
    ]


def _everyday(language: Language) -> list[tuple[str, str, bool]]:
    """Texts in which nobody asks it.

    In Chinese without posts and sessions: learning from them, the vote heard fewer questions at the same bound, and without
    them it takes few of them for one (printed).
    """
    short = _SHORT_NAME[language]
    texts = [
        row.get("text") or row["question"] for name in _EVERYDAY_SETS for row in _read(f"{name}_{short}")
    ]
    texts += [row["text"] for row in _read("injection_benign") if row["language"] == language]
    if language is Language.ENGLISH:
        texts += posts_and_sessions(language)
    return [(_EVERYDAY, text, False) for text in dict.fromkeys(texts)]


def posts_and_sessions(language: Language) -> list[str]:
    """Posts the crisis screen learned from, and what clinicians and patients say in the demo and the risk exchanges."""
    short = _SHORT_NAME[language]
    texts: list[str] = []
    for posts in sorted((SETS.parent / "crisis").glob(f"{short}*.tsv")):
        texts += [line.split("\t")[3] for line in posts.read_text(encoding="utf-8").splitlines() if line]
    spoken = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(_SESSIONS.glob("*.json"))]
    for name in ("risk_exchanges", "risk_exchanges_more"):
        lines = (SETS.parent / f"{name}_{short}.jsonl").read_text(encoding="utf-8").splitlines()
        spoken += [json.loads(line) for line in lines]
    return texts + [
        utterance["text"]
        for session in spoken
        if session["language"] == language
        for utterance in session["utterances"]
    ]


def _read(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
