"""Where passages lie for search: in memory by default, or behind the same few questions in PostgreSQL.

A store answers four questions about one library in one language. Scores are the same in every store: BM25 weights
are worked out once, when the store is filled, and a search adds them up.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from thirdchair.library.passage import Library, Passage
from thirdchair.library.search_words import together
from thirdchair.library.token_vectors import TokenVectors, token_vectors
from thirdchair.records import Language

SATURATION: Final = 1.2
LENGTH_SHARE: Final = 0.5
"""BM25's k1 and b (Robertson & Zaragoza 2009)."""

_TITLE, _ALSO, _HEADING, _ANSWERS = 3.0, 2.0, 2.0, 0.5
"""How often a word of the page's title, its other names, the passage's heading and the page's questions counts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as a store keeps it.

    Args:
        passage: the passage.
        page_title: of its page.
        names: title and other names of its page.
        questions: what its page answers.
    """

    passage: Passage
    page_title: str
    names: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    Args:
        place: of the passage among the store's entries.
        score: higher is closer.
    """

    place: int
    score: float


class PassageStore(Protocol):
    """What search asks of a store. Places run from 0 in the order of the library's pages and passages."""

    @property
    def language(self) -> Language:
        """The language of its passages."""
        ...

    @property
    def size(self) -> int:
        """How many passages it holds."""
        ...

    def by_words(self, words: Sequence[str], *, limit: int) -> list[Hit]:
        """Passages that hold any of these topic words, by BM25, best first."""
        ...

    def by_vector(self, vector: NDArray[np.float32], *, limit: int) -> list[Hit]:
        """Passages by the cosine of their vector with this unit vector, best first."""
        ...

    def held_by(self, words: Sequence[str]) -> Mapping[str, int]:
        """How many passages hold each of these words; a word that none holds is left out."""
        ...

    def entries(self, places: Sequence[int]) -> list[Entry]:
        """The entries at these places, in the order asked for."""
        ...


def entries_of(library: Library, language: Language) -> list[Entry]:
    """The library's passages in one language, in order."""
    return [
        Entry(passage, page.title, (page.title, *page.also), page.answers)
        for page in library.in_language(language)
        for passage in page.passages
    ]


def word_weights(entries: Sequence[Entry], language: Language) -> list[dict[str, float]]:
    """For each entry, what each of its words adds to its BM25 score."""
    counts = [_weighed_words(entry, language) for entry in entries]
    held = Counter(word for count in counts for word in count)
    lengths = [sum(count.values()) for count in counts]
    usual = sum(lengths) / len(lengths) if lengths else 1.0
    rarity = {word: word_rarity(n, size=len(entries)) for word, n in held.items()}
    return [
        {word: rarity[word] * _saturated(times, length / usual) for word, times in count.items()}
        for count, length in zip(counts, lengths, strict=True)
    ]


def word_rarity(held_by: int, *, size: int) -> float:
    """How much a word that so many of `size` passages hold tells them apart (BM25's inverse document frequency)."""
    return math.log(1 + (size - held_by + 0.5) / (held_by + 0.5))


def entry_vectors(entries: Sequence[Entry], vectors: TokenVectors | None = None) -> NDArray[np.float32]:
    """Unit vectors, float32 (entries, dimensions), of heading, page title and text together."""
    table = token_vectors() if vectors is None else vectors
    return table.of_texts([told_of(entry) for entry in entries])


def told_of(entry: Entry) -> str:
    """All that a passage's vector is made from: the page's title, its own, and its text."""
    return f"{entry.page_title}. {entry.passage.title}. {entry.passage.text}"


def _weighed_words(entry: Entry, language: Language) -> dict[str, float]:
    parts = [(entry.passage.text, 1.0), (entry.passage.title, _HEADING), (entry.names[0], _TITLE)]
    parts += [(name, _ALSO) for name in entry.names[1:]]
    parts += [(question, _ANSWERS) for question in entry.questions]
    return together(parts, language)


def _saturated(times: float, length: float) -> float:
    norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length)
    return times * (SATURATION + 1) / (times + norm)


class MemoryStore:
    """A library in memory: arrays of words and weights, and a matrix of vectors.

    About 4 KB a passage of 100 words, vector included, beside 6 MB for the token table. It is built anew in each
    process, in a fifth of a second a thousand passages: less than reading a cache is worth, and none can go stale.
    """

    def __init__(self, library: Library, language: Language) -> None:
        self._language = language
        self._entries = entries_of(library, language)
        self._rows = _postings(word_weights(self._entries, language))
        # The table knows no Chinese, so Chinese is searched by words alone.
        embedded = language is Language.ENGLISH
        self._vectors = entry_vectors(self._entries) if embedded else None

    @property
    def language(self) -> Language:
        return self._language

    @property
    def size(self) -> int:
        return len(self._entries)

    def by_words(self, words: Sequence[str], *, limit: int) -> list[Hit]:
        scores = np.zeros(self.size, dtype=np.float32)
        for word in set(words):
            row = self._rows.get(word)
            if row is not None:
                scores[row[0]] += row[1]
        return _best(scores, limit)

    def by_vector(self, vector: NDArray[np.float32], *, limit: int) -> list[Hit]:
        if self._vectors is None or not vector.any():
            return []
        return _best(self._vectors @ vector, limit)

    def held_by(self, words: Sequence[str]) -> Mapping[str, int]:
        return {word: len(self._rows[word][0]) for word in set(words) if word in self._rows}

    def entries(self, places: Sequence[int]) -> list[Entry]:
        return [self._entries[place] for place in places]


def _postings(
    weights: Sequence[Mapping[str, float]],
) -> dict[str, tuple[NDArray[np.int32], NDArray[np.float32]]]:
    """For each word, the places that hold it and what it adds there."""
    gathered: dict[str, tuple[list[int], list[float]]] = {}
    for place, row in enumerate(weights):
        for word, weight in row.items():
            places, adds = gathered.setdefault(word, ([], []))
            places.append(place)
            adds.append(weight)
    return {
        word: (np.asarray(places, dtype=np.int32), np.asarray(adds, dtype=np.float32))
        for word, (places, adds) in gathered.items()
    }


def _best(scores: NDArray[np.float32], limit: int) -> list[Hit]:
    """The highest scores above 0; of equals, the earlier first."""
    order = np.argsort(-scores, kind="stable")[:limit]
    return [Hit(int(place), float(scores[place])) for place in order if scores[place] > 0]


def pages_of(entries: Sequence[Entry]) -> list[str]:
    """Ids of the pages these passages belong to, each once, in order."""
    return list(dict.fromkeys(entry.passage.page for entry in entries))
