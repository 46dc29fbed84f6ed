"""What a library holds: pages of passages, each with who wrote it, from what, and when it was last checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from thirdchair.records import Language

CHECKED_WITHIN: Final = timedelta(days=365)
"""A page whose facts were last checked longer ago than this is shown as due for checking."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from.

    Args:
        key: short name by which passages cite it.
        url: or "" where `citation` names it instead.
        licence: what it may be used for.
        accessed: the day it was opened, or None where it was cited without being opened.
    """

    key: str
    title: str
    publisher: str
    url: str
    citation: str
    licence: str
    accessed: date | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A few sentences that answer one question.

    Args:
        id: the page's id, "#", and the passage's own key ("mood-diary#what-it-is").
        page: id of the page.
        title: its heading, or "" where it has none.
        text: plain paragraphs; a line that starts with "- " belongs to a list.
        cites: keys of the page's sources.
        sheet: page of the original leaflet, from 1, or None where there is none.
    """

    id: str
    page: str
    title: str
    text: str
    cites: tuple[str, ...] = ()
    sheet: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One topic of ours, or one leaflet or page of a service.

    Args:
        id: the same in every language.
        title: what people call it.
        also: other names they type.
        group: the shelf it stands on.
        audience: "patients", "carers" or "everyone".
        owner: who answers for it.
        licence: of the text itself; "" where it is not known.
        author: who wrote it.
        reviewer: the clinician who reviewed it, or "" where none has yet.
        written: the day of this version, or None where it is not known.
        last_verified: the day its facts were last checked, or None where they never were.
        version: from 1.
        answers: questions that it answers, as people ask them.
        sources: what its facts come from.
    """

    id: str
    language: Language
    title: str
    passages: tuple[Passage, ...]
    also: tuple[str, ...] = ()
    group: str = ""
    audience: str = "everyone"
    owner: str = ""
    licence: str = ""
    author: str = ""
    reviewer: str = ""
    written: date | None = None
    last_verified: date | None = None
    version: int = 1
    answers: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def is_reviewed(self) -> bool:
        """Whether a clinician has put their name to it."""
        return self.reviewer != ""

    def is_due(self, today: date) -> bool:
        """Whether its facts must be checked again, or never were."""
        return self.last_verified is None or today - self.last_verified > CHECKED_WITHIN


@dataclass(frozen=True, slots=True)
class Library:
    """Pages in one order, each language's page under its own id.

    Raises:
        ValueError: two pages of one language share an id, or two passages of one.
    """

    pages: tuple[Page, ...]
    _by_passage: Mapping[tuple[Language, str], tuple[Page, Passage]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        seen = {(page.language, page.id) for page in self.pages}
        if len(seen) != len(self.pages):
            raise ValueError("two pages of one language share an id")
        held = {
            (page.language, passage.id): (page, passage) for page in self.pages for passage in page.passages
        }
        if len(held) != sum(len(page.passages) for page in self.pages):
            raise ValueError("two passages of one language share an id")
        object.__setattr__(self, "_by_passage", MappingProxyType(held))

    def in_language(self, language: Language) -> tuple[Page, ...]:
        """Its pages in this language."""
        return tuple(page for page in self.pages if page.language is language)

    def passage(self, passage_id: str, language: Language) -> tuple[Page, Passage] | None:
        """The passage of this id and its page, or None."""
        return self._by_passage.get((language, passage_id))

    @property
    def digest(self) -> str:
        """SHA-256 of all pages: one changed character is another library."""
        plain = json.dumps(
            [asdict(page) for page in self.pages], default=str, ensure_ascii=True, sort_keys=True
        )
        return hashlib.sha256(plain.encode()).hexdigest()
