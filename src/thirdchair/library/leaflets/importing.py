"""A leaflet into a page: blocks under their headings become passages, with the sheet each starts on."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from thirdchair.library.leaflets.blocks import LARGEST_LEAFLET, Block
from thirdchair.library.leaflets.html import blocks_of_html
from thirdchair.library.leaflets.pdf import blocks_of_pdf
from thirdchair.library.leaflets.word import blocks_of_word
from thirdchair.library.page_files import text_of_page
from thirdchair.library.passage import Page, Passage, Source
from thirdchair.library.splitting import split_passages
from thirdchair.library.unusable import LibraryUnusable
from thirdchair.records import Language, count_words

_FEWEST_WORDS: Final = 5
"""A passage of fewer words is a stray line (a page number, a logo's caption) and is left out."""


@dataclass(frozen=True, slots=True)
class LeafletFacts:
    """What the service says of its leaflet; none of it is guessed.

    Args:
        title: what people call it.
        owner: who in the service answers for it.
        licence: under which the service may show it.
        source: who published it, and where.
        language: of the leaflet.
        published: its date.
        last_verified: the day somebody checked that it still holds.
        also: other names people type for its topic.
    """

    title: str
    owner: str
    licence: str
    source: str
    language: Language
    published: date
    last_verified: date
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("title", "owner", "licence", "source"):
            if not getattr(self, name).strip():
                raise LibraryUnusable(f"The leaflet's {name} is not given.", remedy=f"Say it with --{name}.")


def import_leaflet(file: Path, facts: LeafletFacts, *, into: Path) -> Path:
    """The page file written into a service's folder; an older one of the same id is replaced whole.

    Raises:
        LibraryUnusable: the leaflet cannot be read; says what would help.
    """
    if file.stat().st_size > LARGEST_LEAFLET:
        raise LibraryUnusable(
            f"The leaflet is larger than {LARGEST_LEAFLET // 2**20} MiB.", remedy="Leave out its pictures."
        )
    page = page_from_leaflet(file.read_bytes(), facts, name=file.name)
    target = into / str(facts.language) / f"{page.id}.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    unfinished.write_text(text_of_page(page), encoding="utf-8")
    unfinished.replace(target)
    return target


def page_from_leaflet(data: bytes, facts: LeafletFacts, *, name: str) -> Page:
    """The page a leaflet becomes.

    Args:
        name: the file's name; its ending is not trusted, its stem becomes the id.

    Raises:
        LibraryUnusable: it is of a kind that is not read, damaged, a scan, or far too large.
    """
    if len(data) > LARGEST_LEAFLET:
        raise LibraryUnusable(
            f"The leaflet is larger than {LARGEST_LEAFLET // 2**20} MiB.", remedy="Leave out its pictures."
        )
    page_id = _id_of(name)
    passages = tuple(_passages(_blocks(data), page_id, facts.language))
    if not passages:
        raise LibraryUnusable("The leaflet holds no text to quote.", remedy="Use the original file.")
    return Page(
        id=page_id,
        language=facts.language,
        title=facts.title,
        passages=passages,
        also=facts.also,
        group="leaflets",
        owner=facts.owner,
        licence=facts.licence,
        author=facts.source,
        written=facts.published,
        last_verified=facts.last_verified,
        sources=(
            Source(
                "leaflet", facts.title, facts.source, "", facts.source, facts.licence, facts.last_verified
            ),
        ),
    )


def _blocks(data: bytes) -> list[Block]:
    """By what the file is, not by what it is called."""
    if data[:1_024].lstrip().startswith(b"%PDF-"):
        return blocks_of_pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return blocks_of_word(data)
    if b"\x00" not in data[:4_096] and re.search(
        rb"<(?:!doctype html|html|body|p|h[1-6]|div)\b", data[:65_536], re.IGNORECASE
    ):
        return blocks_of_html(data)
    raise LibraryUnusable(
        "The leaflet is no PDF, Word document or HTML page.", remedy="Save it as one of these."
    )


def _passages(blocks: Sequence[Block], page_id: str, language: Language) -> list[Passage]:
    passages: list[Passage] = []
    for heading, held in _sections(blocks):
        start = held[0].sheet
        text = "\n".join(block.text if block.text.startswith("- ") else f"\n{block.text}\n" for block in held)
        for piece in split_passages(re.sub(r"\n{3,}", "\n\n", text), language):
            if count_words(piece) < _FEWEST_WORDS:
                continue
            key = f"p{len(passages) + 1}"
            sheet = _sheet_of(piece, held, start)
            passages.append(Passage(f"{page_id}#{key}", page_id, heading, piece, ("leaflet",), sheet))
    return passages


def _sections(blocks: Sequence[Block]) -> list[tuple[str, list[Block]]]:
    """Headings with the blocks under them; a heading with nothing under it is dropped."""
    sections: list[tuple[str, list[Block]]] = [("", [])]
    for block in blocks:
        if block.is_heading:
            sections.append((block.text[:200], []))
        else:
            sections[-1][1].append(block)
    return [(heading, held) for heading, held in sections if held]


def _sheet_of(piece: str, held: Sequence[Block], start: int | None) -> int | None:
    """The sheet a passage starts on."""
    if start is None:
        return None
    opening = piece[:40].split("\n")[0]
    return next((block.sheet for block in held if opening in block.text), start)


def _id_of(name: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", Path(name).stem.lower()).strip("-")[:50]
    # A name without Latin letters still needs an id that is its own and stays the same.
    return stem or f"leaflet-{hashlib.sha256(name.encode('utf-8', errors='replace')).hexdigest()[:8]}"
