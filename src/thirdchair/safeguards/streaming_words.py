"""Where a word ends in text that is still arriving, and which words have to wait for those after them.

A word ends before white space and behind a Chinese comma, so Chinese goes clause by clause. A token of
de-identification and a date by month name are one word, for only whole can they be turned back.
"""

from __future__ import annotations

import re
from typing import Final

from thirdchair.safeguards.conduct.folding import fold
from thirdchair.safeguards.deidentify.identifiers import TOKEN_PREFIX
from thirdchair.safeguards.deidentify.tokens import TOKEN_LIKE
from thirdchair.safeguards.streaming_sentences import NUMBER_WORDS

LONGEST_TOKEN: Final = 40
"""No token, and no date by month name, is longer."""

BEHIND_A_NUMBER: Final = 40
"""Characters that must stand behind a number before it may go: "hotline" may yet make it one to dial."""

_MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE: Final = rf"(?:{_MONTHS})[ ][0-9]{{1,2}}(?:,[ ][0-9]{{4}})?"
_DATE_SO_FAR: Final = re.compile(rf"(?:{_MONTHS})(?:[ ](?:[0-9]{{1,2}}(?:,(?:[ ][0-9]{{0,4}})?)?)?)?")
_MONTH: Final = re.compile(rf"(?:{_MONTHS})")
_COMMAS: Final = "，、；："
_WORD: Final = re.compile(
    rf"\s*(?:(?ai:{TOKEN_LIKE.pattern})|{_DATE}|[^\s{_COMMAS}])+[{_COMMAS}]*",
)


def _beginnings(words: set[str]) -> str:
    return "|".join(
        sorted({word[:length] for word in words for length in range(1, len(word) + 1)}, key=len, reverse=True)
    )


_TOKEN_SO_FAR: Final = re.compile(
    rf"[\[［【][ \t]{{0,2}}(?:(?:{_beginnings(set(TOKEN_PREFIX.values()))})?"
    rf"|(?:{'|'.join(sorted(set(TOKEN_PREFIX.values())))})[ \t]{{0,2}}[-_‐‑–—－ ]?[ \t]{{0,2}}"
    r"(?:[0-9]{1,6}[ \t]{0,2}[a-z]{0,3}[ \t]{0,2})?)",
    re.IGNORECASE | re.ASCII,
)
_OPENING: Final = re.compile(r"[\[［【]")

_DIGIT: Final = rf"(?:\d|[零〇○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖]|\b(?:{'|'.join(NUMBER_WORDS)})\b)"
_BETWEEN: Final = r"[\s,.\-()\[\]/·、+]"
_NUMBER: Final = re.compile(rf"\+?{_DIGIT}(?:{_BETWEEN}{{0,3}}{_DIGIT})*")
_DIGITS: Final = re.compile(_DIGIT)
_MAY_GO_ON: Final = re.compile(rf"{_BETWEEN}{{0,3}}")
_SHORTEST_NUMBER: Final = 3
_TIMES: Final = ("double", "triple", "treble")


def word_end(text: str, start: int, stop: int, *, closed: bool) -> int | None:
    """Where the word from `start` ends; None where it may go on, or where there is none.

    Args:
        stop: nothing behind it is looked at; `LONGEST_TOKEN` more than the furthest end that matters.
        closed: whether nothing more will come.

    >>> word_end("[NAME - 1] said so", 0, 60, closed=False), word_end("[NAME - 1", 0, 60, closed=False)
    (10, None)
    """
    found = _WORD.match(text, start, stop)
    if found is None:
        return None
    arrived = min(len(text), stop)
    if not closed and len(text) < stop and (found.end() == arrived or _goes_on(text, found, arrived)):
        return None
    return found.end()


def before_a_token(text: str, place: int) -> int:
    """The place itself, or the start of the token that stands across it."""
    for opening in _OPENING.finditer(text, max(0, place - LONGEST_TOKEN), place):
        token = TOKEN_LIKE.match(text, opening.start())
        if token is not None and token.end() > place:
            return opening.start()
    return place


def free_of_numbers(text: str) -> int:
    """How many characters of the text may go before what follows is known: all up to a number that may go on.

    A number with fewer than `BEHIND_A_NUMBER` characters behind it waits; one or two digits wait only while more
    may follow.

    >>> said = "Call nine eight"
    >>> said[: free_of_numbers(said)], free_of_numbers("Take 20 mg at night.")
    ('Call ', 20)
    """
    folded = fold(text)
    for number in _NUMBER.finditer(folded.text):
        behind = len(folded.text) - number.end()
        gap = _MAY_GO_ON.match(folded.text, number.end())
        is_open = gap is not None and gap.end() == len(folded.text)
        if is_open or (behind < BEHIND_A_NUMBER and _could_be_dialled(number.group())):
            return folded.written(number.start(), number.start())[0]
    return len(text)


def _goes_on(text: str, word: re.Match[str], arrived: int) -> bool:
    """Whether a token or a date that began in the word may end behind it."""
    first = max(word.start(), arrived - LONGEST_TOKEN)
    return any(
        so_far.fullmatch(text, begun.start(), arrived)
        for opening, so_far in ((_OPENING, _TOKEN_SO_FAR), (_MONTH, _DATE_SO_FAR))
        for begun in opening.finditer(text, first, word.end())
    )


def _could_be_dialled(number: str) -> bool:
    digits = _DIGITS.findall(number)
    return len(digits) >= _SHORTEST_NUMBER or any(digit in _TIMES for digit in digits)
