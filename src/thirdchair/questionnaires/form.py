"""What a questionnaire is: items in order, what may be answered, and when an item is asked.

The parts are those of a FHIR R4 Questionnaire that this package supports; `reading` refuses every other part by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from thirdchair.records import Language

Words = Mapping[Language, str]
"""One text in one language or more."""

Answer = str | int | bool
"""A choice's code or a text, a whole number, or yes and no."""

Answers = Mapping[str, Answer]
"""Answers by link id. What is not there was not answered."""


class ItemKind(StrEnum):
    """What an item asks for; groups and displays ask for nothing."""

    CHOICE = "choice"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    TEXT = "text"
    DISPLAY = "display"
    GROUP = "group"


ASKING: Final = frozenset({ItemKind.CHOICE, ItemKind.INTEGER, ItemKind.BOOLEAN, ItemKind.TEXT})


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that may be chosen.

    Args:
        code: unique within its item. system: whose code it is, or "".
        ordinal: what the file says it is worth, or None.
    """

    code: str
    system: str
    words: Words
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """When an item is asked: the answer to an earlier question stands in this relation to a value.

    Args:
        operator: "exists", "=", "!=", "<", "<=", ">" or ">=".
        value: True or False for "exists".
    """

    question: str
    operator: str
    value: Answer


@dataclass(frozen=True, slots=True)
class Item:
    """One item.

    Args:
        link_id: unique within the questionnaire.
        prefix: what is printed before it, such as "1.", or "".
        codes: codes that name it elsewhere, such as LOINC's.
        options: of a choice, in order.
        lowest, highest: of a whole number.
        longest: characters of a text.
        conditions: none where it is always asked. any_of: whether one of them is enough.
        items: inside it.
    """

    link_id: str
    kind: ItemKind
    words: Words
    prefix: str = ""
    required: bool = False
    codes: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    lowest: int = 0
    highest: int = 0
    longest: int = 0
    conditions: tuple[Condition, ...] = ()
    any_of: bool = False
    items: tuple[Item, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it takes an answer."""
        return self.kind in ASKING

    def option(self, code: Answer) -> Option | None:
        """The option with this code."""
        return next((one for one in self.options if one.code == code), None)


@dataclass(frozen=True)
class Questionnaire:
    """A questionnaire, as its file has it.

    Args:
        name: the file's `id`: lower-case letters, digits and hyphens; names it in addresses and in the trail.
        url, version: of the FHIR resource.
        about: what a person reads before the first item; may be empty.
        copyright: as the file states it; may be empty.
        digest: SHA-256 of the file's bytes. Answers are bound to it.
    """

    name: str
    url: str
    version: str
    title: Words
    about: Words
    copyright: Words
    items: tuple[Item, ...]
    digest: str

    def walk(self) -> Iterator[Item]:
        """Every item in reading order, groups before what they hold."""
        yield from _walk(self.items)

    @cached_property
    def questions(self) -> Mapping[str, Item]:
        """The items that take an answer, by link id, in reading order."""
        return {item.link_id: item for item in self.walk() if item.asks}

    @property
    def branches(self) -> bool:
        """Whether what is asked depends on what was answered."""
        return any(item.conditions for item in self.walk())


def in_language(words: Words, language: Language) -> tuple[str, Language]:
    """A text and the language it is in: the one wanted, else the first that the file has; ("", wanted) where it has none.

    >>> in_language({Language.ENGLISH: "Sleep"}, Language.CHINESE)
    ('Sleep', <Language.ENGLISH: 'en'>)
    """
    if language in words or not words:
        return words.get(language, ""), language
    first = next(iter(words))
    return words[first], first


def _walk(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _walk(item.items)
