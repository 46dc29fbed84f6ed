"""Sentences of spoken English and Chinese, with their places in the text.

Speech has few capitals and many fillers, so a full stop ends a sentence by what surrounds it: not after an
abbreviation or an initial, not inside a number, and a filler alone ("Um.") goes with what follows it.
One pass over the text; the look back from each mark is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_ABBREVIATIONS: Final = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "mx",
        "dr",
        "prof",
        "st",
        "sr",
        "jr",
        "vs",
        "etc",
        "e.g",
        "i.e",
        "eg",
        "ie",
        "approx",
        "no.",
        "dept",
        "fig",
        "inc",
        "ltd",
        "co",
        "mg",
        "ml",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "a.m",
        "p.m",
        "hr",
        "hrs",
        "min",
    ]
)
# These may also close a sentence ("at 9 p.m. She left"), so they only hold it open before a small letter.
_OFTEN_LAST: Final = frozenset(
    [
        "etc",
        "a.m",
        "p.m",
        "mg",
        "ml",
        "hr",
        "hrs",
        "min",
        "inc",
        "ltd",
        "co",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
    ]
)
_MARK: Final = re.compile(r"(?:[.!?]+|[。！？；;…]+|\n)[\"'”’」』)）]*")
_WORD_BEFORE: Final = re.compile(r"[A-Za-z.]{1,12}$")
_FILLER: Final = re.compile(
    r"(?:um+|uh+|erm*|hm+|mm+|ah+|oh|well|so|嗯+|呃+|额+|唉|哎|那个|就是)[.,…。，!?\s]*", re.IGNORECASE
)
_LONGEST_FILLER: Final = 24


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """One sentence: `text` is exactly `whole[start:end]`, without the white space around it."""

    start: int
    end: int
    text: str


def split_sentences(text: str) -> tuple[SentenceSpan, ...]:
    """The sentences of a text, in order; together they cover everything but white space.

    >>> [s.text for s in split_sentences("Um. Dr. Hall gave 2.5 mg. It helped!")]
    ['Um. Dr. Hall gave 2.5 mg.', 'It helped!']
    >>> [s.text for s in split_sentences("睡得不好。你呢？")]
    ['睡得不好。', '你呢？']
    """
    spans: list[SentenceSpan] = []
    start = 0
    for end in _boundaries(text):
        piece = text[start:end]
        if _only_filler(piece):
            continue
        if stripped := piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            spans.append(SentenceSpan(first, first + len(stripped), stripped))
        start = end
    rest = text[start:].strip()
    if rest:
        first = start + len(text[start:]) - len(text[start:].lstrip())
        spans.append(SentenceSpan(first, first + len(rest), rest))
    return tuple(spans)


def _boundaries(text: str) -> Iterator[int]:
    for mark in _MARK.finditer(text):
        if _ends_sentence(text, mark):
            yield mark.end()


def _ends_sentence(text: str, mark: re.Match[str]) -> bool:
    found = mark.group()
    following = text[mark.end() : mark.end() + 2]
    if found[0] in "。！？；;!?\n":
        return True
    if found.startswith(("..", "…")):
        return not following.strip()[:1].islower()
    if following and not following[0].isspace() and following[0].isascii():
        return False
    before = _WORD_BEFORE.search(text, max(0, mark.start() - 12), mark.start())
    word = before.group().lower() if before else ""
    if word in _OFTEN_LAST:
        return not following.strip()[:1].islower()
    is_initial = len(word) == 1 and text[mark.start() - 1].isupper() and word != "i"
    return not is_initial and word not in _ABBREVIATIONS


def _only_filler(piece: str) -> bool:
    short = piece[: _LONGEST_FILLER + 1].strip()
    return len(piece) <= _LONGEST_FILLER and _FILLER.fullmatch(short) is not None
