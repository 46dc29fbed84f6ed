"""An entry of the crisis directory: whom to reach, how, and who checked it when."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from thirdchair.records import Language
from thirdchair.trail.canonical import canonical

ANY_COUNTRY: Final = "any"
"""The country of entries that help anywhere, such as a finder of lines."""

WARNS_AFTER_DAYS: Final = 30
BLOCKS_AFTER_DAYS: Final = 90

PROVENANCE: Final = frozenset({"owner", "method", "last_verified"})
"""Fields that say who checked an entry, and not what a person dials."""


def _in_every_language(words: dict[Language, str]) -> dict[Language, str]:
    if set(words) != set(Language) or not all(text.strip() for text in words.values()):
        raise ValueError("words are given in every language of the product")
    return words


Words = Annotated[dict[Language, str], AfterValidator(_in_every_language)]
"""One text in each language of the product."""

_Line = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^\S(?:[^\n]*\S)?$")]


class EntryKind(StrEnum):
    """What an entry is: the emergency number, a line of people who listen, or a finder of lines."""

    EMERGENCY = "emergency"
    LINE = "line"
    FINDER = "finder"


class Standing(StrEnum):
    """How long ago a person checked an entry: within 30 days, within 90, longer ago, or never."""

    VERIFIED = "verified"
    DUE = "due"
    OVERDUE = "overdue"
    NEVER = "never"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Way(_Strict):
    """One way to reach people.

    Args:
        by: how.
        to: a number as it is dialled within the country, or the address of a chat.
        say: the word to send, where a text needs one.
        note: what to know before dialling, such as which key to press.
    """

    by: Literal["phone", "text", "whatsapp", "chat"]
    to: _Line
    say: str = ""
    note: Words | None = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        is_address = self.to.startswith(("https://", "http://"))
        is_number = re.fullmatch(r"\+?\d[\d \-]*\d", self.to) is not None
        if not (is_address if self.by == "chat" else is_number):
            raise ValueError("a chat has an address, every other way a number")
        if self.by == "whatsapp" and not self.to.startswith("+"):
            raise ValueError("WhatsApp needs the number with + and its country code")
        return self

    @property
    def link(self) -> str:
        """What a page links to: tel:, sms:, or the address of the chat or message."""
        digits = re.sub(r"[ \-]", "", self.to)
        return {
            "phone": f"tel:{digits}",
            "text": f"sms:{digits}",
            "whatsapp": f"https://wa.me/{digits.removeprefix('+')}",
            "chat": self.to,
        }[self.by]


class Entry(_Strict):
    """One service of the directory.

    Args:
        id: country and name, such as "gb/samaritans".
        hours: "always", words for the hours, or None where we do not know them.
        languages: spoken there (BCP 47); empty where we do not know.
        for_whom: "everyone", or words.
        owner: who answers for the entry.
        source: the page where a person can read whether it still holds.
        method: how the entry was last checked, such as "called", or that it was not.
        last_verified: the day a person checked it; None means never.
    """

    id: Annotated[str, StringConstraints(pattern=r"^(?:[a-z]{2}|any)/[a-z0-9-]{1,60}$")]
    kind: EntryKind
    name: Words
    ways: Annotated[tuple[Way, ...], Field(min_length=1)]
    hours: Literal["always"] | Words | None
    languages: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")], ...]
    for_whom: Literal["everyone"] | Words
    owner: _Line
    source: Annotated[_Line, StringConstraints(pattern=r"^https?://")]
    method: _Line
    last_verified: date | None

    @property
    def digest(self) -> str:
        """SHA-256 of what a person would verify: everything but who checked it, how and when."""
        content = self.model_dump(mode="json", exclude=set(PROVENANCE))
        return hashlib.sha256(canonical(content)).hexdigest()

    def standing(self, today: date) -> Standing:
        """How long ago it was checked; a day that is still to come counts as never."""
        if self.last_verified is None or self.last_verified > today:
            return Standing.NEVER
        days = (today - self.last_verified).days
        if days > BLOCKS_AFTER_DAYS:
            return Standing.OVERDUE
        return Standing.DUE if days > WARNS_AFTER_DAYS else Standing.VERIFIED


class CountryFile(_Strict):
    """The entries of one country, as a file of the directory holds them.

    Args:
        country: ISO 3166-1 alpha-2, or "any".
    """

    country: Annotated[str, StringConstraints(pattern=r"^(?:[A-Z]{2}|any)$")]
    entries: tuple[Entry, ...]

    @model_validator(mode="after")
    def _belong_here(self) -> Self:
        ids = [entry.id for entry in self.entries]
        if len(set(ids)) != len(ids):
            raise ValueError("an id is given twice")
        if any(not name.startswith(f"{self.country.lower()}/") for name in ids):
            raise ValueError("an id begins with the country of its file")
        return self


def contacts_of(entries: Collection[Entry]) -> frozenset[str]:
    """Every number and address of these entries: ways, links and the page of the source."""
    ways = frozenset(part for entry in entries for way in entry.ways for part in _parts(way))
    return ways | {entry.source for entry in entries}


def _parts(way: Way) -> tuple[str, ...]:
    return (way.to, way.link) if way.by == "whatsapp" else (way.to,)
