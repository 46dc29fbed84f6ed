"""One page, one file: TOML between two lines of `+++`, then passages under `##` headings.

    ## What a mood diary is {#what-it-is}

    A few sentences.

    Sources: nice-ng222, nhs-guides

A heading of an imported leaflet also names the sheet it came from: `{#p2-1 sheet=2}`.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, cast

from thirdchair.library.passage import Page, Passage, Source
from thirdchair.library.unusable import LibraryUnusable
from thirdchair.records import Language, is_cjk

FENCE: Final = "+++"
_HEADING: Final = re.compile(
    r"## (?P<title>[^{}\n]{0,200}?) ?\{#(?P<key>[a-z0-9-]{1,60})(?: sheet=(?P<sheet>\d{1,5}))?\}"
)
_SOURCES: Final = "Sources:"
_TEXTS: Final = ("id", "language", "title", "group", "audience", "owner", "licence", "author", "reviewer")
_NEVER_EMPTY: Final = frozenset({"id", "language", "title", "owner", "licence"})
_SOURCE_TEXTS: Final = ("key", "title", "publisher", "url", "citation", "licence")


def page_from_text(text: str, *, where: str) -> Page:
    """The page a file holds.

    Args:
        where: the file, for errors.

    Raises:
        LibraryUnusable: it does not follow the format; says where and how.
    """
    front, body = _halves(text.removeprefix("\ufeff").replace("\r\n", "\n"), where)
    said = {name: _text_of(front, name, where) for name in _TEXTS}
    for name in _NEVER_EMPTY:
        if not said[name]:
            raise LibraryUnusable(f"“{name}” is missing.", remedy="Add it to the front matter.", where=where)
    page = said.pop("id")
    sources = tuple(_source(entry, where) for entry in _tables(front, "sources", where))
    passages = tuple(_passages(body, page, where))
    _refuse_unknown_citations(passages, sources, where)
    return Page(
        id=page,
        language=_language(said.pop("language"), where),
        passages=passages,
        also=_texts(front, "also", where),
        answers=_texts(front, "answers", where),
        written=_date(front, "written", where),
        last_verified=_date(front, "last_verified", where),
        version=_version(front, where),
        sources=sources,
        **said,
    )


def text_of_page(page: Page) -> str:
    """The file that holds a page; `page_from_text` reads it back unchanged."""
    front = [f"{name} = {_quoted(str(getattr(page, name)))}" for name in _TEXTS]
    front += [
        f"{name} = {getattr(page, name)}" for name in ("written", "last_verified") if getattr(page, name)
    ]
    front += [f"version = {page.version}"]
    front += [f"{name} = [{', '.join(map(_quoted, getattr(page, name)))}]" for name in ("also", "answers")]
    for source in page.sources:
        front += ["", "[[sources]]"]
        front += [f"{name} = {_quoted(getattr(source, name))}" for name in _SOURCE_TEXTS]
        front += [f"accessed = {source.accessed}"] if source.accessed else []
    body = "\n".join(_passage_text(passage) for passage in page.passages)
    return f"{FENCE}\n" + "\n".join(front) + f"\n{FENCE}\n\n{body}"


def _passage_text(passage: Passage) -> str:
    sheet = f" sheet={passage.sheet}" if passage.sheet is not None else ""
    title = re.sub(r"[{}\s]+", " ", passage.title).strip()[:200]
    heading = " ".join(part for part in ("##", title, f"{{#{passage.id.rpartition('#')[2]}{sheet}}}") if part)
    # A line of the text may not be taken for a heading or for the line of sources.
    text = re.sub(r"(?m)^(#+ |Sources:)", r" \1", passage.text.strip())
    cites = f"\n{_SOURCES} {', '.join(passage.cites)}\n" if passage.cites else ""
    return f"{heading}\n\n{text}\n{cites}"


def _halves(text: str, where: str) -> tuple[dict[str, Any], str]:
    parts = re.split(r"(?m)^\+\+\+[ ]*$", text, maxsplit=2)
    if len(parts) != 3 or parts[0].strip():
        raise LibraryUnusable(
            "The file does not start with front matter between two lines of +++.",
            remedy="Compare it with a page that is shipped.",
            where=where,
        )
    try:
        return tomllib.loads(parts[1]), parts[2]
    except tomllib.TOMLDecodeError as error:
        raise LibraryUnusable(
            f"The front matter is no TOML: {error}.", remedy="Correct that line.", where=where
        ) from None


def _passages(body: str, page: str, where: str) -> Sequence[Passage]:
    pieces = re.split(r"(?m)^(?=## )", body)
    if pieces[0].strip():
        raise LibraryUnusable(
            "There is text before the first ## heading.", remedy="Give it a heading of its own.", where=where
        )
    if len(pieces) == 1:
        raise LibraryUnusable("The page has no passage.", remedy="Add one under a ## heading.", where=where)
    found = [_passage(piece, page, where) for piece in pieces[1:]]
    if len({passage.id for passage in found}) != len(found):
        raise LibraryUnusable("Two passages share a key.", remedy="Give each its own {#key}.", where=where)
    return found


def _passage(piece: str, page: str, where: str) -> Passage:
    heading, _, rest = piece.partition("\n")
    match = _HEADING.fullmatch(heading.rstrip())
    if match is None:
        raise LibraryUnusable(
            f"The heading “{heading.strip()[:60]}” names no key.",
            remedy="Write it as “## Title {#key}”, the key in a-z, 0-9 and -.",
            where=where,
        )
    lines = rest.rstrip().split("\n")
    cited = lines.pop()[len(_SOURCES) :] if lines and lines[-1].startswith(_SOURCES) else ""
    return Passage(
        id=f"{page}#{match['key']}",
        page=page,
        title=match["title"].strip(),
        text=_unwrapped(lines),
        cites=tuple(key.strip() for key in cited.split(",") if key.strip()),
        sheet=int(match["sheet"]) if match["sheet"] else None,
    )


def _unwrapped(lines: Sequence[str]) -> str:
    """Lines wrapped by an editor joined again; paragraphs and list items stay apart."""
    text = ""
    for line in (line.strip() for line in lines):
        if not line:
            text = text.rstrip("\n") + "\n\n"
        elif not text or text.endswith("\n"):
            text += line
        elif line.startswith("- "):
            text += f"\n{line}"
        else:
            text += line if is_cjk(text[-1]) or text[-1] in "，。；：、！？”）" else f" {line}"
    return text.strip()


def _refuse_unknown_citations(passages: Sequence[Passage], sources: Sequence[Source], where: str) -> None:
    known = {source.key for source in sources}
    for passage in passages:
        unknown = sorted(set(passage.cites) - known)
        if unknown:
            raise LibraryUnusable(
                f"A passage cites “{unknown[0]}”, which is not among the sources.",
                remedy="Add the source, or correct the key.",
                where=f"{where}, {passage.id}",
            )


def _source(entry: Mapping[str, Any], where: str) -> Source:
    said = {name: _text_of(entry, name, where) for name in _SOURCE_TEXTS}
    if not said["key"] or not (said["url"] or said["citation"]):
        raise LibraryUnusable(
            "A source has no key, or neither a url nor a citation.",
            remedy="Add what is missing.",
            where=where,
        )
    return Source(**said, accessed=_date(entry, "accessed", where))


def _text_of(front: Mapping[str, Any], name: str, where: str) -> str:
    value = front.get(name, "")
    if not isinstance(value, str):
        raise LibraryUnusable(
            f"“{name}” is no text.", remedy="Write it between quotation marks.", where=where
        )
    return value.strip()


def _texts(front: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = front.get(name, [])
    items = cast(list[object], value) if isinstance(value, list) else None
    if items is None or not all(isinstance(item, str) for item in items):
        raise LibraryUnusable(
            f"“{name}” is no list of texts.", remedy='Write it as ["one", "two"].', where=where
        )
    return tuple(str(item).strip() for item in items)


def _tables(front: Mapping[str, Any], name: str, where: str) -> list[Mapping[str, Any]]:
    value = front.get(name, [])
    items = cast(list[object], value) if isinstance(value, list) else None
    if items is None or not all(isinstance(item, dict) for item in items):
        raise LibraryUnusable(
            f"“{name}” is no list of tables.", remedy=f"Write each as [[{name}]].", where=where
        )
    return cast(list[Mapping[str, Any]], items)


def _date(front: Mapping[str, Any], name: str, where: str) -> date | None:
    value = front.get(name)
    if value is None or (isinstance(value, date) and type(value) is date):
        return value
    raise LibraryUnusable(
        f"“{name}” is no date.", remedy="Write it as 2026-01-31, without quotes.", where=where
    )


def _version(front: Mapping[str, Any], where: str) -> int:
    value = front.get("version", 1)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise LibraryUnusable(
            "“version” is no number from 1.", remedy="Write it as version = 1.", where=where
        )
    return value


def _language(code: str, where: str) -> Language:
    try:
        return Language(code)
    except ValueError:
        raise LibraryUnusable(
            f"The language “{code[:20]}” is not one that is read here.",
            remedy=f"Use one of: {', '.join(str(language) for language in Language)}.",
            where=where,
        ) from None


def _quoted(text: str) -> str:
    # A JSON string without lone surrogates is a TOML basic string, save for the one control that JSON leaves bare.
    clean = text.encode("utf-8", errors="replace").decode("utf-8")
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007F")
