"""How near two English words are in meaning, by a table of word vectors shipped with the package.

The table holds the vectors that all-MiniLM-L6-v2 (Apache-2.0) gives single words, on their first principal
components, in eight bits (`benchmarks/train_grounding.py` makes it). A near word is not always a like one, so words
that decide (persons, sides, days, opposites) are never compared by it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from thirdchair.errors import SafeguardUnavailable
from thirdchair.safeguards.entailment_lexicon import CLOSED

LEAST: Final = 0.5
"""Cosine below which two words count as unrelated."""

MOST: Final = 0.75
"""What the nearest of other words counts, against 1 for the word itself."""

MOST_WORDS: Final = 20_000
"""Words of a source that are compared; more is no language."""


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, int], NDArray[np.float32]]:
    try:
        with (files("thirdchair.safeguards") / "weights" / "word_vectors.npz").open("rb") as file:
            held = np.load(file)
            words = bytes(held["words"]).decode().split("\n")
            vectors = held["vectors"].astype(np.float32)
    except (OSError, ValueError, KeyError) as problem:
        raise SafeguardUnavailable("The word vectors of grounding could not be read.") from problem
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return {word: place for place, word in enumerate(words)}, vectors


@dataclass(frozen=True, slots=True)
class Vectors:
    """Vectors of words of a source.

    Args:
        places: of the words that have one, among all.
        matrix: float array (places, dimensions), a unit vector for each.
    """

    places: tuple[int, ...]
    matrix: NDArray[np.float32]


def vectors_of(held: Sequence[str]) -> Vectors:
    """The vectors of the words of a source that may be compared."""
    table, vectors = _table()
    places = tuple(
        place for place, word in enumerate(held[:MOST_WORDS]) if word in table and word not in CLOSED
    )
    return Vectors(places, vectors[[table[held[place]] for place in places]])


def likenesses(wanted: Sequence[str], held: Vectors) -> list[dict[int, float]]:
    """For each wanted word, the places of the held words near it, with how much each counts (0 to MOST).

    >>> near = likenesses(["exhausted"], vectors_of(["tired", "bicycle"]))
    >>> list(near[0])
    [0]
    """
    table, vectors = _table()
    if not held.places:
        return [{} for _ in wanted]
    return [_near(word, table, vectors, held.matrix, held.places) for word in wanted]


def _near(
    word: str,
    table: dict[str, int],
    vectors: NDArray[np.float32],
    matrix: NDArray[np.float32],
    places: Sequence[int],
) -> dict[int, float]:
    if word not in table or word in CLOSED:
        return {}
    cosines = matrix @ vectors[table[word]]
    close = np.flatnonzero(cosines >= LEAST)
    return {
        places[int(place)]: MOST * min(1.0, float((cosines[place] - LEAST) / (0.8 - LEAST)) * 0.6 + 0.4)
        for place in close
    }


_WORD: Final = re.compile(r"[a-z]{3,20}")
MOST_READ: Final = 300
"""Words of a passage that its mean is taken over."""


def cosine_of(first: NDArray[np.float32] | None, second: NDArray[np.float32] | None) -> float:
    """Cosine of two mean vectors, -1 to 1; 0 where there is none."""
    if first is None or second is None:
        return 0.0
    return float(first @ second)


def mean_of(text: str) -> NDArray[np.float32] | None:
    """The mean vector of the known words of an English text, of unit length; None where it has none."""
    table, vectors = _table()
    words = [table[word] for word in _WORD.findall(text.casefold())[:MOST_READ] if word in table]
    if not words:
        return None
    # The commoner a word, the earlier it stands in the table and the less it says.
    weights = np.log1p(np.array(words, dtype=np.float32))[:, None]
    mean = (vectors[words] * weights).sum(axis=0)
    length = float(np.linalg.norm(mean))
    return mean / length if length else None


def place_of(word: str) -> int | None:
    """The place of a word in the table, which goes from common to rare; None where it is not in it."""
    return _table()[0].get(word)
