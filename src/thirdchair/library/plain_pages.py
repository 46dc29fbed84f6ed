"""Pages that come as data: JSON Lines, one page or part of a page to a line, or plain text files.

A line holds an id (or a web address), a title and a text; lines with one id are parts of one page. What the line does
not say (owner, licence, date) stays empty and is shown as unknown. Questions that such a line may hold are not read:
a page must be found by what it says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, cast

from thirdchair.library.loading import library_of, page_files, read_page
from thirdchair.library.passage import Library, Page, Passage, Source
from thirdchair.library.splitting import language_of, split_passages
from thirdchair.library.unusable import LibraryUnusable
from thirdchair.records import Language

LARGEST_FILE: Final = 512 * 2**20
"""Bytes of one file of pages at most."""
LARGEST_TEXT: Final = 4 * 2**20
_NO_NAMES: Final = frozenset({"index", "toc", "home", "facts", "default", "main", "page", "overview"})
_NO_PAGES: Final = frozenset({"readme", "license", "licence", "notice", "copying", "changelog"})


@dataclass(frozen=True, slots=True)
class Fields:
    """Which names a line may give each thing; the first that is there is read."""

    id: tuple[str, ...] = ("id", "page", "page_id", "url")
    title: tuple[str, ...] = ("title", "focus", "name", "topic")
    text: tuple[str, ...] = ("text", "answer", "body", "content")
    heading: tuple[str, ...] = ("heading",)
    url: tuple[str, ...] = ("url",)
    publisher: tuple[str, ...] = ("publisher", "source")
    owner: tuple[str, ...] = ("owner",)
    licence: tuple[str, ...] = ("licence", "license")
    date: tuple[str, ...] = ("date", "last_verified")
    language: tuple[str, ...] = ("language", "lang")


USUAL: Final = Fields()


def open_library(place: Path) -> Library:
    """The library at a place: a folder of page files, of JSON Lines, of plain texts or of all, or one such file.

    Raises:
        LibraryUnusable: nothing can be read there, or something in it cannot.
    """
    if place.is_file():
        return library_of(_pages_in(place))
    if not place.is_dir():
        raise LibraryUnusable("There is no such folder or file.", remedy="Check the path.", where=place.name)
    files = [
        file for file in sorted(place.rglob("*")) if file.suffix in {".jsonl", ".txt"} and file.is_file()
    ]
    pages = [page for file in files if file.stem.lower() not in _NO_PAGES for page in _pages_in(file)]
    pages += [read_page(file) for file in page_files(place)]
    if not pages:
        raise LibraryUnusable(
            "There is no page (*.md, *.jsonl, *.txt) in the folder.",
            remedy="Import a leaflet into it first.",
            where=place.name,
        )
    return library_of(pages)


def pages_from_lines(lines: Iterable[str], *, fields: Fields = USUAL, where: str = "") -> list[Page]:
    """The pages that lines of JSON hold, in the order of their first lines.

    Raises:
        LibraryUnusable: a line is no object, or has no id or no text; says which.
    """
    pages: dict[tuple[Language, str], Page] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            _add(pages, _object(line, f"{where}, line {number}"), fields, f"{where}, line {number}")
    return list(pages.values())


def page_from_plain_text(text: str, *, page_id: str, title: str) -> Page:
    """A page of plain text, cut into passages."""
    language = language_of(text)
    return Page(
        id=page_id,
        language=language,
        title=title,
        passages=tuple(
            Passage(f"{page_id}#{place}", page_id, "", piece)
            for place, piece in enumerate(split_passages(text, language), start=1)
        ),
    )


def _pages_in(file: Path) -> list[Page]:
    if file.stat().st_size > LARGEST_FILE:
        raise LibraryUnusable(
            f"The file is larger than {LARGEST_FILE // 2**20} MiB.", remedy="Split it.", where=file.name
        )
    if file.suffix == ".md":
        return [read_page(file)]
    if file.suffix == ".txt":
        text = file.read_text(encoding="utf-8", errors="replace")[:LARGEST_TEXT]
        return [page_from_plain_text(_spaced(text), page_id=file.stem, title=_title_of(file.stem))]
    with file.open(encoding="utf-8-sig", errors="replace") as lines:
        return pages_from_lines(lines, where=file.name)


def _add(pages: dict[tuple[Language, str], Page], row: Mapping[str, Any], fields: Fields, where: str) -> None:
    page_id, text = _said(row, fields.id), _said(row, fields.text)[:LARGEST_TEXT]
    if not page_id or not text:
        raise LibraryUnusable(
            "The line has no id (or url), or no text.",
            remedy=f"Name them {', '.join(fields.id)} and {', '.join(fields.text)}.",
            where=where,
        )
    code = _said(row, fields.language)
    language = Language(code) if code in set(Language) else language_of(text)
    page = pages.get((language, page_id)) or _first(row, page_id, language, fields)
    start = len(page.passages) + 1
    heading = _said(row, fields.heading)
    cites = tuple(source.key for source in page.sources)
    added = tuple(
        Passage(f"{page_id}#{place}", page_id, heading, piece, cites)
        for place, piece in enumerate(split_passages(text, language), start=start)
    )
    pages[language, page_id] = replace(page, passages=(*page.passages, *added))


def _first(row: Mapping[str, Any], page_id: str, language: Language, fields: Fields) -> Page:
    title = _said(row, fields.title) or _title_of_address(page_id)
    url, publisher = _said(row, fields.url), _said(row, fields.publisher)
    licence, checked = _said(row, fields.licence), _date_of(_said(row, fields.date))
    source = Source("source", title, publisher, url, "" if url else page_id, licence, None)
    return Page(
        id=page_id,
        language=language,
        title=title,
        passages=(),
        owner=_said(row, fields.owner) or publisher,
        licence=licence,
        last_verified=checked,
        sources=(source,) if url or publisher else (),
    )


def _object(line: str, where: str) -> Mapping[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise LibraryUnusable("The line is no JSON object.", remedy="Correct or remove it.", where=where)
    return cast(Mapping[str, Any], value)


def _said(row: Mapping[str, Any], names: Iterable[str]) -> str:
    for name in names:
        value = row.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def _date_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _title_of_address(address: str) -> str:
    """The last part of an address that names something; a page without a title is found by it.

    >>> _title_of_address("https://a.example/conditions/panic-disorder/index.html")
    'panic disorder'
    """
    parts = [re.sub(r"\.\w{1,5}$", "", part) for part in re.split(r"[/?#]", address) if part]
    named = [part for part in parts if re.search(r"[^\W\d]{3}", part) and part.lower() not in _NO_NAMES]
    return _title_of(named[-1]) if named else address


def _title_of(stem: str) -> str:
    return re.sub(r"[-_\s]+", " ", stem).strip()


def _spaced(text: str) -> str:
    """The text without the spaces that only laid it out on paper; lines of one paragraph joined."""
    lines = (re.sub(r"[ \t\f]+", " ", line).strip() for line in text.splitlines())
    return re.sub(r"(?<!\n)\n(?!\n)", " ", "\n".join(lines))
