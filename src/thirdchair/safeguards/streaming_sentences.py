"""Where a sentence ends in text that is still arriving: decided once, when nothing to come can change it.

The rule is that of `language.sentences`, held to be safe for release: a semicolon or an ellipsis parts clauses and ends
nothing; a mark within a link or a number ends nothing, even where the number is written with full stops and spaces;
the number of a list item stays with its item. A line break always ends.
"""

from __future__ import annotations

import re
from typing import Final

from thirdchair.language.sentences import split_sentences

MARK: Final = re.compile(r"[.!?。！？]+[\"'”’」』)）\]*_]*|\n")
NUMBER_WORDS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "oh", "nought",
    "double", "triple", "treble",
)  # fmt: skip
MOST_AFTER: Final = 16
"""With so many characters after it every mark is decided."""

_GOES_ON: Final = re.compile(r"[A-Za-z0-9/=&#%~@\\-]")
_DOTS: Final = re.compile(r"[.!?。！？]+")
_LIST_ITEM: Final = re.compile(r"\s*[(*#>\-]{0,4}\s{0,3}[0-9]{1,3}")
_LAST_WORD: Final = re.compile(r"[A-Za-z]{1,8}$")
_NEXT_WORD: Final = re.compile(r"[A-Za-z]{0,8}")
_BETWEEN_DIGITS: Final = " ,.-()/·"
_MOST_BETWEEN: Final = 3
_LOOK_BACK: Final = 64


def ends_sentence(before: str, mark: str, after: str, *, closed: bool) -> bool | None:
    """Whether a mark ends its sentence, or None where what follows has yet to say.

    What is decided stays decided however the text goes on.

    Args:
        before: the sentence up to the mark; its last 64 characters are enough.
        mark: a match of `MARK`.
        after: what has arrived behind it; `MOST_AFTER` characters are enough.
        closed: whether nothing more will come.

    >>> ends_sentence("Ask Dr", ".", " Le", closed=False), ends_sentence("It is 1", ".", "5", closed=False)
    (False, False)
    >>> ends_sentence("It helps", ".", " ", closed=False), ends_sentence("It helps", ".", " A", closed=False)
    (None, True)
    """
    if mark == "\n" or (closed and not after):
        return True
    if not after:
        return None
    if _GOES_ON.match(after):
        return False
    dots = _DOTS.match(mark)
    if dots is None or set(dots.group()) != {"."}:
        return True
    return False if len(dots.group()) > 1 else _full_stop_ends(before, after, closed=closed)


def _full_stop_ends(before: str, after: str, *, closed: bool) -> bool | None:
    if len(after) < 2 and not closed:
        return None
    if _LIST_ITEM.fullmatch(before) or not _ends_by_what_surrounds_it(before[-_LOOK_BACK:], after[:2]):
        return False
    return not goes_on if (goes_on := _number_goes_on(before, after, closed=closed)) is not None else None


def _ends_by_what_surrounds_it(before: str, after: str) -> bool:
    place = len(before) + 1
    # The last letter stands for the text to come, so that its end is not taken for a sentence's.
    return any(span.end == place for span in split_sentences(f"{before}.{after}x"))


def _number_goes_on(before: str, after: str, *, closed: bool) -> bool | None:
    """Whether a number before the full stop is continued behind it, as in "555. 0199" and "nine. eight. eight"."""
    word = _LAST_WORD.search(before)
    if not (before[-1:].isnumeric() or (word and word.group().lower() in NUMBER_WORDS)):
        return False
    rest = after.lstrip(_BETWEEN_DIGITS)
    if len(after) - len(rest) > _MOST_BETWEEN:
        return False
    if not rest:
        return False if closed else None
    if rest[0].isnumeric():
        return True
    follows = _NEXT_WORD.match(rest)
    said = follows.group().lower() if follows else ""
    if said and said == rest.lower() and not closed and any(n.startswith(said) for n in NUMBER_WORDS):
        return None
    return said in NUMBER_WORDS
