"""A text as words with their places, and runs of capitalised words: what the name rules read."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from thirdchair.safeguards.deidentify.words import is_opener, words_in

_WORD: Final = re.compile(r"[^\W\d_㐀-鿿]+(?:['’-][^\W\d_㐀-鿿]+){0,4}")
_PARTICLES: Final = words_in(
    "de del della da di du la le el al bin ibn ben van von der den ter st saint mac o"
)
_NUMERAL: Final = re.compile(r"II|III|IV|VI{1,3}|IX")
_GAP: Final = re.compile(r"\.?[ \t]{1,2}|\.")


class Word(NamedTuple):
    """A word of a text.

    Args:
        text: as it stands.
        start: of it in the text; end: one past its last character.
        plain: lower case, without a possessive ending.
        capitalised: whether it starts with a capital letter.
        starts_sentence: whether it follows a full stop, a line break, a quote or a speaker's label.
    """

    text: str
    start: int
    end: int
    plain: str
    capitalised: bool
    starts_sentence: bool

    @property
    def name_end(self) -> int:
        """Where the name in it ends: before a possessive ending."""
        return self.end - 2 if self.text[-2:] in {"'s", "’s"} else self.end


def words_of(text: str) -> list[Word]:
    """The words of a text written in letters other than Han."""
    words: list[Word] = []
    for match in _WORD.finditer(text):
        found, (start, end) = match[0], match.span()
        capitalised = found[0].isupper()
        plain = found.casefold().replace("’", "'").removesuffix("'s")
        words.append(
            Word(found, start, end, plain, capitalised, capitalised and _starts_sentence(text, start))
        )
    return words


def capital_run(text: str, words: list[Word], first: int, *, longest: int = 4) -> int:
    """How many words from `first` on read as one proper name: capitalised, a space or an initial's dot apart.

    Particles ("van", "de la") count only between capitalised words. A possessive ends the run.
    """
    length = 0
    for place in range(first, min(first + longest, len(words))):
        word = words[place]
        if place > first and not _GAP.fullmatch(text, words[place - 1].end, word.start):
            break
        if (
            place > first
            and "." in text[words[place - 1].end : word.start]
            and len(words[place - 1].text) > 2
        ):
            break
        if _NUMERAL.fullmatch(word.text):
            break
        if word.capitalised and (
            _is_initial(text, word) if len(word.text) == 1 else not is_opener(word.plain)
        ):
            length = place - first + 1
        elif not (length and word.plain in _PARTICLES):
            break
        if word.name_end != word.end:
            break
    return length


def _is_initial(text: str, word: Word) -> bool:
    """Whether a single capital is an initial and neither "I" nor "a": it has a dot, or is some other letter."""
    return text[word.end : word.end + 1] == "." or word.text not in "IA"


def run_end(text: str, words: list[Word], first: int, length: int) -> int:
    """Where a run ends in the text, with the dot of a closing initial, without a possessive."""
    last = words[first + length - 1]
    dotted = len(last.text) == 1 and last.capitalised and text[last.end : last.end + 1] == "." and length > 1
    return last.end + 1 if dotted else last.name_end


def _starts_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 6) : start].rstrip(" \t")
    return not before or before[-1] in ".?!:;\n\"“”'‘([{*—-…。？！："
