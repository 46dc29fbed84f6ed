"""What a summary must beat: the first words, random sentences, central sentences, and everything."""

from __future__ import annotations

import random

import numpy as np

from thirdchair.language.likeness import Likeness
from thirdchair.language.sentences import split_sentences
from thirdchair.records import Transcript
from thirdchair.records.transcript import count_words

BASELINES = ("lead", "random", "textrank", "copy_all")


def baseline(name: str, transcript: Transcript, *, words: int, seed: int = 0) -> str:
    """A baseline's summary of at most about this many words, one sentence a line."""
    sentences = [s.text for u in transcript.utterances for s in split_sentences(u.text)]
    if name == "copy_all":
        return "\n".join(sentences)
    order = {"lead": _lead, "random": _random, "textrank": _textrank}[name](sentences, transcript, seed)
    taken: set[int] = set()
    spent = 0
    for place in order:
        cost = count_words(sentences[place])
        if spent + cost <= words or not taken:
            taken.add(place)
            spent += cost
    return "\n".join(sentences[place] for place in sorted(taken))


def _lead(sentences: list[str], transcript: Transcript, seed: int) -> list[int]:
    return list(range(len(sentences)))


def _random(sentences: list[str], transcript: Transcript, seed: int) -> list[int]:
    order = list(range(len(sentences)))
    random.Random(seed).shuffle(order)
    return order


def _textrank(sentences: list[str], transcript: Transcript, seed: int) -> list[int]:
    """PageRank on sentence likeness, after Mihalcea & Tarau 2004 (damping 0.85), with TF-IDF cosine edges."""
    likeness = Likeness(sentences, transcript.language)
    graph = np.array([likeness.to(place) for place in range(len(sentences))])
    np.fill_diagonal(graph, 0)
    totals = graph.sum(axis=1, keepdims=True)
    graph = np.divide(graph, totals, out=np.full_like(graph, 1 / max(1, len(sentences))), where=totals > 0)
    rank = np.full(len(sentences), 1 / max(1, len(sentences)))
    for _ in range(50):
        rank = 0.15 / len(rank) + 0.85 * graph.T @ rank
    return [int(place) for place in np.argsort(-rank, kind="stable")]
