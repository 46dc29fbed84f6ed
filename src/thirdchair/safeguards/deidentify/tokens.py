"""Tokens and what they stand for: one vault per session, held in memory, never sent."""

from __future__ import annotations

import re
from typing import Final

from thirdchair.safeguards.deidentify.identifiers import TOKEN_PREFIX, IdentifierClass

TOKEN_LIKE: Final = re.compile(
    r"[\[［【][ \t]{0,2}(?P<prefix>"
    + "|".join(sorted(set(TOKEN_PREFIX.values()), key=len, reverse=True))
    + r")"
    r"[ \t]{0,2}[-_‐‑–—－ ]?[ \t]{0,2}(?P<number>[0-9]{1,6})[ \t]{0,2}(?P<form>[a-z]{0,3})[ \t]{0,2}[\]］】]",
    re.IGNORECASE | re.ASCII,
)
"""A token as a model may hand it back: other case, other dash, added spaces, full-width brackets.

Nothing inside may be a bracket, so a match never straddles the edge of a token: what is a match after
concealing was one before (and was then concealed itself) or is a token of ours.
"""


class TokenVault:
    """Gives each identifier its token and each token its identifier back.

    One number stands for one person, place or thing; a letter tells its written forms apart, so that
    `[NAME-2]` and `[NAME-2B]` are the same person by full name and by first name, and both come back exactly.
    """

    def __init__(self) -> None:
        self._tokens: dict[tuple[str, str], str] = {}
        self._originals: dict[tuple[str, int, str], str] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._counts: dict[str, int] = {}
        self._forms: dict[tuple[str, int], int] = {}
        self._stand_ins: dict[str, str] = {}

    def token(self, identifier_class: IdentifierClass, original: str, *, key: str | None = None) -> str:
        """The token for this text; `key` says which person or thing it is, by default the text itself."""
        prefix = TOKEN_PREFIX[identifier_class]
        known = self._tokens.get((prefix, original))
        if known is not None:
            return known
        number = self._number(prefix, key if key is not None else " ".join(original.casefold().split()))
        form = _letters(self._forms.get((prefix, number), 0))
        self._forms[prefix, number] = self._forms.get((prefix, number), 0) + 1
        token = f"[{prefix}-{number}{form}]"
        self._tokens[prefix, original] = token
        self._originals[prefix, number, form] = original
        return token

    def reveal(self, text: str) -> str:
        """The text with every token of ours replaced by its original; tokens that are not ours stay."""
        revealed = TOKEN_LIKE.sub(self._original, text)
        if not self._stand_ins:
            return revealed
        return self._stand_in_pattern().sub(lambda match: self._stand_ins[match[0]], revealed)

    def stand_in(self, shown: str, original: str) -> str:
        """What is shown in place of an original that needs no token, such as a moved date; it is remembered."""
        self._stand_ins.setdefault(shown, original)
        return shown

    def without_stand_ins(self, text: str) -> str:
        """The text, of the same length, with line breaks where our stand-ins are."""
        if not self._stand_ins:
            return text
        return self._stand_in_pattern().sub(lambda match: "\n" * len(match[0]), text)

    def _stand_in_pattern(self) -> re.Pattern[str]:
        shown = sorted(self._stand_ins, key=len, reverse=True)
        return re.compile(r"(?<![A-Za-z0-9])(?:" + "|".join(map(re.escape, shown)) + r")(?![A-Za-z0-9])")

    def _number(self, prefix: str, key: str) -> int:
        if (prefix, key) not in self._numbers:
            self._counts[prefix] = self._numbers[prefix, key] = self._counts.get(prefix, 0) + 1
        return self._numbers[prefix, key]

    def _original(self, match: re.Match[str]) -> str:
        key = (match["prefix"].upper(), int(match["number"]), match["form"].upper())
        return self._originals.get(key, match[0])


def _letters(place: int) -> str:
    """The letters of the nth written form: none, B, C ... Z, then AA, AB ...

    >>> [_letters(place) for place in (0, 1, 25, 26, 27)]
    ['', 'B', 'Z', 'AA', 'AB']
    """
    if place == 0:
        return ""
    place += 1
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
