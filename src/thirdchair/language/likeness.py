"""How alike pieces of one text are, by the rarer words they share."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from thirdchair.records.transcript import Language, is_cjk

_WORD: Final = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_COMMON_WORDS: Final = """
    a an and are as at be been but by can could did do does don't for from get go going gonna got had has have he her
    him his how i i'd i'll i'm i've if in into is it it's its just kind know like me mean my n't no not of oh okay on or
    our out really right so some than that that's the their them then there they they're think this to too uh um up us
    very was we well were what when which who why will with would yeah yes you you're you've your
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())


def terms(text: str, language: Language) -> list[str]:
    """The words that carry content; in Chinese, each pair of neighbouring characters.

    >>> terms("I was tired at work", Language.ENGLISH)
    ['tired', 'work']
    >>> terms("睡不好", Language.CHINESE)
    ['睡不', '不好']
    """
    words = [word for word in _WORD.findall(text.lower().replace("’", "'")) if word not in _COMMON]
    if language is Language.ENGLISH:
        return words
    return words + [one + two for one, two in pairwise(text) if is_cjk(one) and is_cjk(two)]


class Likeness:
    """Cosine likeness of TF-IDF vectors among the pieces of one text.

    Work grows with the words of the text, not with the square of its pieces.
    """

    def __init__(self, pieces: Sequence[str], language: Language) -> None:
        counts = [Counter(terms(piece, language)) for piece in pieces]
        held_by = Counter(term for count in counts for term in count)
        self._rarity = {term: math.log((1 + len(pieces)) / n) for term, n in held_by.items()}
        self._vectors = [
            _unit({term: n * self._rarity[term] for term, n in count.items()}) for count in counts
        ]
        self._where: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, vector in enumerate(self._vectors):
            for term, weight in vector.items():
                self._where[term].append((place, weight))

    def to(self, place: int) -> list[float]:
        """Likeness of every piece to the one at this place, 0 to 1."""
        return self._against(self._vectors[place])

    def to_the_whole(self) -> list[float]:
        """Likeness of every piece to all of them together, 0 to 1: how central it is."""
        whole: defaultdict[str, float] = defaultdict(float)
        for vector in self._vectors:
            for term, weight in vector.items():
                whole[term] += weight
        return self._against(_unit(whole))

    def rarity(self) -> list[float]:
        """Mean rarity of each piece's words, 0 (said everywhere) to 1 (said once)."""
        most = max(self._rarity.values(), default=1.0) or 1.0
        return [_mean(self._rarity[term] / most for term in vector) for vector in self._vectors]

    def _against(self, vector: dict[str, float]) -> list[float]:
        likeness = [0.0] * len(self._vectors)
        for term, weight in vector.items():
            for place, other in self._where[term]:
                likeness[place] += weight * other
        return likeness


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else {}


def _mean(values: Iterable[float]) -> float:
    held = list(values)
    return sum(held) / len(held) if held else 0.0
