"""Running text into passages of a size that can be quoted, ended at sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from thirdchair.language.sentences import split_sentences
from thirdchair.records import Language, count_words

_MOST_WORDS: Final = {Language.ENGLISH: 150, Language.CHINESE: 260}
_BLANK: Final = re.compile(r"\n[ \t]*\n")
_LONGEST_PIECE: Final = 2_000
"""Characters after which a text without any sentence end is cut; a passage is to be read, not scrolled."""


def split_passages(text: str, language: Language) -> list[str]:
    """The text in passages of at most about 150 words (260 characters in Chinese), in order.

    Paragraphs stay whole where they fit; sentences are cut only where one is longer than a passage may be.

    >>> split_passages("One. Two.\\n\\nThree.", Language.ENGLISH)
    ['One. Two.\\n\\nThree.']
    """
    passages: list[str] = []
    words = 0
    for gap, piece in _pieces(text, language):
        size = count_words(piece)
        fits = passages and len(passages[-1]) + len(piece) < _LONGEST_PIECE
        if fits and words + size <= _MOST_WORDS[language]:
            passages[-1] += gap + piece
            words += size
        else:
            passages.append(piece)
            words = size
    return passages


def _pieces(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """Paragraphs that fit, or their sentences, each with what joins it to the one before."""
    between = "" if language is Language.CHINESE else " "
    for paragraph in _BLANK.split(text):
        whole = paragraph.strip()
        if not whole:
            continue
        if len(whole) <= _LONGEST_PIECE and count_words(whole) <= _MOST_WORDS[language]:
            yield "\n\n", whole
            continue
        gap = "\n\n"
        for sentence in split_sentences(whole):
            for start in range(0, len(sentence.text), _LONGEST_PIECE):
                yield gap, sentence.text[start : start + _LONGEST_PIECE].strip()
                gap = between


def language_of(text: str) -> Language:
    """Chinese where at least a fifth of the first letters are Han characters, else English."""
    letters = [char for char in text[:4_000] if char.isalpha()]
    han = sum("一" <= char <= "鿿" for char in letters)
    return Language.CHINESE if letters and han >= 0.2 * len(letters) else Language.ENGLISH
