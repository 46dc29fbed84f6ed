"""Vignettes as templates: what may differ between two versions stands in marks, and it can be shown that nothing else does.

Marks are in braces: a name ("{noun}", "{They}"), or two forms of a verb ("{has|have}"), the second with a plural pronoun.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_MARK: Final = re.compile(r"\{([^{}]+)\}")

KINDS: Final[Mapping[str, str]] = {
    "noun": "gender",
    **dict.fromkeys(("they", "them", "their", "themself"), "gender"),
    "partner": "partner",
    "companion": "partner",
    "statement": "statement",
    "group": "statement",
    "day": "statement",
    "age": "age",
    "door": "door",
}
"""What a mark shows of a person, by its name in lower case."""

AGREEMENT: Final = "agreement"


class NotCounterfactual(Exception):
    """Two versions of a vignette differ in more than what was meant to differ."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a version.

    Args:
        text: as it reads.
        mark: in the place of which it stands; None for what every version has.
        inner: its own pieces, where the mark was filled with words that hold marks.
    """

    text: str
    mark: str | None = None
    inner: tuple[Piece, ...] = ()

    @property
    def kind(self) -> str:
        """What it shows of the person."""
        if self.mark is None:
            raise NotCounterfactual("what stands outside the marks differs")
        return AGREEMENT if "|" in self.mark else KINDS[self.mark.lower()]


def filled(template: str, words: Mapping[str, str], *, plural: bool) -> tuple[Piece, ...]:
    """A template with its marks filled in.

    Args:
        words: by mark, in lower case; they may hold marks themselves. A mark with a capital gets a capital.
        plural: whether verbs stand in the plural.

    Raises:
        KeyError: there is no word for a mark.

    >>> text_of(filled("{They} {is|are} well.", {"they": "they"}, plural=True))
    'They are well.'
    """
    pieces: list[Piece] = []
    for place, part in enumerate(_MARK.split(template)):
        if place % 2 == 0:
            pieces.append(Piece(part))
        elif "|" in part:
            pieces.append(Piece(part.split("|")[plural], part))
        else:
            pieces.append(_named(part, words, plural))
    return tuple(pieces)


def text_of(pieces: tuple[Piece, ...]) -> str:
    """A version as it reads."""
    return "".join(piece.text for piece in pieces)


def changed(one: tuple[Piece, ...], other: tuple[Piece, ...]) -> frozenset[str]:
    """What differs between two versions, in kinds of marks. Outside the marks they are the same, letter for letter.

    Raises:
        NotCounterfactual: they are not.

    >>> her, him = ({"they": word, "noun": noun} for word, noun in (("she", "woman"), ("he", "man")))
    >>> both = [filled("A {noun}. {They} {is|are} well.", words, plural=False) for words in (her, him)]
    >>> sorted(changed(*both))
    ['gender']
    >>> changed(both[0], filled("A {noun}. {They} {is|are} ill.", him, plural=False))
    Traceback (most recent call last):
    thirdchair_lab.studies.identity_bias.templates.NotCounterfactual: what stands outside the marks differs
    """
    if [piece.mark for piece in one] != [piece.mark for piece in other]:
        raise NotCounterfactual("the two are no versions of one vignette")
    kinds: set[str] = set()
    for first, second in zip(one, other, strict=True):
        if first.text != second.text:
            kinds |= _inside(first, second)
    return frozenset(kinds)


def _inside(first: Piece, second: Piece) -> frozenset[str]:
    """What differs within two fillings of a mark: their own marks where their words are the same, else the whole."""
    if first.inner and second.inner:
        try:
            return changed(first.inner, second.inner)
        except NotCounterfactual:
            pass
    return frozenset({first.kind})


def _named(mark: str, words: Mapping[str, str], plural: bool) -> Piece:
    word = words[mark.lower()]
    if "{" in word:
        inner = filled(word, words, plural=plural)
        return Piece(text_of(inner), mark, inner)
    return Piece(word[:1].upper() + word[1:] if mark[0].isupper() else word, mark)
