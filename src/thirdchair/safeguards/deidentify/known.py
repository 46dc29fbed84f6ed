"""Identifiers already met in a session, found again wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from thirdchair.safeguards.deidentify.identifiers import Identifier, IdentifierClass
from thirdchair.safeguards.deidentify.lexicon import is_ordinary
from thirdchair.safeguards.deidentify.people import name_parts, split_name
from thirdchair.safeguards.deidentify.spoken_words import words_of
from thirdchair.safeguards.deidentify.words import (
    given_names,
    is_opener,
    is_word_name,
    surnames,
    words_in,
)

_HAN: Final = re.compile(r"[㐀-鿿]")
_PARTICLES: Final = words_in("de del della da di du la le el al bin ibn ben van von der den ter st saint")


class KnownIdentifiers:
    """The identifiers of a session so far: names word by word in any case, everything else as written.

    A part of a name that is also an everyday word ("Joy", "Long") counts only when capitalised, so that the
    feeling and the adjective survive.
    """

    def __init__(self) -> None:
        self._words: dict[str, IdentifierClass] = {}
        self._capitalised: dict[str, IdentifierClass] = {}
        self._phrases: dict[str, IdentifierClass] = {}
        self._words_as_phrases: set[str] = set()
        self._pattern: re.Pattern[str] | None = None

    def add(self, identifier_class: IdentifierClass, original: str) -> None:
        """Remembers one identifier."""
        if identifier_class is IdentifierClass.NAME:
            self._add_name(original)
        elif _is_telling(identifier_class, original):
            self._add_phrase(identifier_class, original)

    def occurrences(self, text: str) -> Iterator[Identifier]:
        """Where known identifiers stand in a text."""
        for word in words_of(text):
            found = self._words.get(word.plain) or (word.capitalised and self._capitalised.get(word.plain))
            if found:
                yield Identifier(found, word.start, word.name_end)
            elif "-" in word.text or "'" in word.text or "’" in word.text:
                yield from self._in_compound(word.text, word.start)
        if self._phrases:
            for match in self._compiled().finditer(text):
                if match[0].casefold() not in self._words_as_phrases or match[0][:1].isupper():
                    yield Identifier(self._phrases[match[0].casefold()], *match.span())

    def _in_compound(self, text: str, start: int) -> Iterator[Identifier]:
        for part in re.finditer(r"[^\W\d_]+", text):
            if part[0].casefold() in self._words:
                yield Identifier(self._words[part[0].casefold()], start + part.start(), start + part.end())

    def _add_name(self, name: str) -> None:
        if _HAN.search(name):
            for form in (name, split_name(name)[0]):
                if len(form) > 1:
                    self._add_phrase(IdentifierClass.NAME, form)
            return
        for part in name_parts(name):
            if len(part) < 2 or part in _PARTICLES or is_opener(part):
                continue
            # "mrs. ward" in a transcript without capitals: there the word can only be known in lower case.
            a_word = is_word_name(part) or (
                is_ordinary(part) and part not in given_names() and part not in surnames()
            )
            ambiguous = a_word and name != name.casefold()
            table = self._capitalised if ambiguous else self._words
            table[part] = IdentifierClass.NAME

    def _add_phrase(self, identifier_class: IdentifierClass, original: str) -> None:
        if original.casefold() not in self._phrases and len(original.casefold()) == len(original):
            self._phrases[original.casefold()] = identifier_class
            if original[0].isupper() and all(is_ordinary(word) for word in original.split()):
                self._words_as_phrases.add(original.casefold())
            self._pattern = None

    def _compiled(self) -> re.Pattern[str]:
        if self._pattern is None:
            phrases = sorted(self._phrases, key=len, reverse=True)
            self._pattern = re.compile("|".join(_bounded(phrase) for phrase in phrases), re.IGNORECASE)
        return self._pattern


def _is_telling(identifier_class: IdentifierClass, original: str) -> bool:
    """Whether the same characters elsewhere would be the same identifier: not "May", not "93", not a token."""
    if identifier_class in {IdentifierClass.TOKEN_LIKE, IdentifierClass.AGE_OVER_89} or len(original) < 3:
        return False
    return identifier_class is not IdentifierClass.DATE or not original.strip(".").isalpha()


def _bounded(phrase: str) -> str:
    """The phrase as a pattern that does not match inside a longer word or number."""
    left = r"(?<![A-Za-z0-9])" if phrase[0].isascii() and phrase[0].isalnum() else ""
    right = r"(?![A-Za-z0-9])" if phrase[-1].isascii() and phrase[-1].isalnum() else ""
    return left + re.escape(phrase) + right
