"""How hard a text is to read: a school grade in English, sentence length and rare characters in Chinese.

Both count what can be counted. They say nothing about whether the order of ideas is clear; a reader does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from thirdchair.language.sentences import split_sentences
from thirdchair.records import Language, is_cjk

HIGHEST_GRADE: Final = 8.0
"""Reading grade of a passage at most (US school years)."""

LONGEST_CHINESE_SENTENCE: Final = 30.0
"""Characters in a Chinese sentence, on average, at most."""

MOST_RARE_CHARACTERS: Final = 0.06
"""Share of Chinese characters beyond the common ones at most; the names of some medicines alone come to five in a hundred."""

_WORD: Final = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_VOWELS: Final = re.compile(r"[aeiouy]+")
_CLAUSE_ENDS: Final = re.compile(r"[。！？；\n]+|：\n")


@dataclass(frozen=True, slots=True)
class ReadingGrade:
    """How hard a text is.

    Args:
        grade: US school years in English; characters in a sentence, on average, in Chinese.
        rare: share of Chinese characters beyond the common ones, 0 to 1; 0 in English.
        language: which of the two it is.
    """

    grade: float
    rare: float
    language: Language

    @property
    def is_plain(self) -> bool:
        """Whether it stays within what a passage may ask of its reader."""
        if self.language is Language.ENGLISH:
            return self.grade <= HIGHEST_GRADE
        return self.grade <= LONGEST_CHINESE_SENTENCE and self.rare <= MOST_RARE_CHARACTERS


def reading_grade(text: str, language: Language) -> ReadingGrade:
    """How hard a text is to read; lower is easier, and an empty text is 0.

    Source:
        English: Kincaid et al. 1975, Research Branch Report 8-75, 0.39 words a sentence + 11.8 syllables a word - 15.59.
        Chinese: common characters are the first level of GB 2312-80 (3,755 of them).

    >>> round(reading_grade("Sleep helps. Talk with a friend.", Language.ENGLISH).grade, 1)
    -2.6
    """
    if language is Language.CHINESE:
        return _chinese(text)
    words = _WORD.findall(text)
    sentences = [span for span in split_sentences(text) if _WORD.search(span.text)]
    if not words or not sentences:
        return ReadingGrade(0.0, 0.0, language)
    syllables = sum(syllables_in(word) for word in words)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    return ReadingGrade(grade, 0.0, language)


def syllables_in(word: str) -> int:
    """Syllables of an English word by its vowel groups; right for about nine words in ten.

    >>> [syllables_in(word) for word in ("mood", "medicine", "tired", "table", "anxiety", "walked")]
    [1, 3, 1, 2, 4, 1]
    """
    plain = re.sub(r"[^a-z]", "", word.lower())
    groups = len(_VOWELS.findall(plain))
    if re.search(r"[^aeiouytdl]ed$|[aeiouyl]led$|[^aeiouyl]e$|[aeiouy]le$|[^aeiouyscxzg]es$", plain):
        groups -= 1
    groups += len(re.findall(r"(?<![cstgx])i(?:a|o|u)(?!u)|iet|[^q]uo[^u]|eous?$|sm$", plain))
    return max(1, groups)


def _chinese(text: str) -> ReadingGrade:
    sentences = [piece for piece in _CLAUSE_ENDS.split(text) if any(is_cjk(char) for char in piece)]
    characters = [char for char in text if is_cjk(char)]
    if not sentences:
        return ReadingGrade(0.0, 0.0, Language.CHINESE)
    rare = sum(not _is_common(char) for char in characters) / len(characters)
    return ReadingGrade(len(characters) / len(sentences), rare, Language.CHINESE)


def _is_common(char: str) -> bool:
    try:
        return 0xB0 <= char.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False
