"""Misspelt text by rule: the same text gives the same errors."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from thirdchair.records import Language

EVERY: Final = 5
"""One word of so many is misspelt."""

_WORD: Final = re.compile(r"[A-Za-z]{4,}")

MIXED_UP: Final = {
    "在": "再",
    "再": "在",
    "的": "得",
    "得": "的",
    "做": "作",
    "那": "哪",
    "已": "以",
    "像": "象",
    "候": "侯",
    "觉": "决",
    "晚": "碗",
    "声": "生",
    "知": "只",
    "怕": "帕",
    "直": "值",
}
"""Characters that are mistaken for each other by hand or by an input method; none changes who is meant."""


def misspelt(text: str, language: Language) -> str:
    """The text with errors in about every fifth longer word, or every second character of a list.

    >>> misspelt("I cannot sleep during the daytime because of terrible noise", Language.ENGLISH)
    'I cannot sleep during the daytime becaues of terrible noise'
    """
    return _chinese(text) if language is Language.CHINESE else _english(text)


def _english(text: str) -> str:
    words = list(_WORD.finditer(text))
    start = _number(text) % EVERY
    pieces, end = [], 0
    for place, word in enumerate(words):
        pieces += [text[end : word.start()], _wrong(word[0]) if place % EVERY == start else word[0]]
        end = word.end()
    return "".join([*pieces, text[end:]])


def _wrong(word: str) -> str:
    """Two letters swapped, one left out, or one doubled; the first stays, as people read by it."""
    number = _number(word)
    place = 1 + number % (len(word) - 2)
    if number % 3 == 0 and word[place] != word[place + 1]:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if number % 3 == 1:
        return word[:place] + word[place + 1 :]
    return word[:place] + word[place] + word[place:]


def _chinese(text: str) -> str:
    written, seen = [], 0
    for character in text:
        other = MIXED_UP.get(character)
        seen += other is not None
        written.append(other if other is not None and seen % 2 == 1 else character)
    return "".join(written)


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4])
