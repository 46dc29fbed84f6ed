"""Text of a Word document, paragraph by paragraph, by python-docx.

The archive is measured before it is unpacked, so a zip bomb is refused; macros, pictures, links and embedded files are
never opened. Text in boxes, headers and footnotes is not read.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any, Final

from thirdchair.library.leaflets.blocks import LARGEST_LEAFLET, Block, refuse_if_too_long
from thirdchair.library.unusable import LibraryUnusable

LARGEST_UNPACKED: Final = 3 * LARGEST_LEAFLET
_MOST_PARTS: Final = 2_000
_SAVE_AGAIN: Final = "Open it in Word and save it as .docx, without a password."


def blocks_of_word(data: bytes) -> list[Block]:
    """The blocks of a Word document; it has no sheets, since pages are made when it is printed.

    Raises:
        LibraryUnusable: it is no Word document, declares a document type, or unpacks too large.
    """
    _refuse_bomb(data)
    from docx import Document

    try:
        document: Any = Document(io.BytesIO(data))
        paragraphs = list(_paragraphs(document))
    except (
        ValueError,
        KeyError,
        AttributeError,
        TypeError,
        OSError,
        zipfile.BadZipFile,
        zlib.error,
        SyntaxError,
    ):
        # lxml's error for broken XML is a SyntaxError.
        raise LibraryUnusable("The file is no readable Word document.", remedy=_SAVE_AGAIN) from None
    refuse_if_too_long(sum(len(text) for text, _ in paragraphs))
    return [_block(text, style) for text, style in paragraphs if text]


def _paragraphs(document: Any) -> list[tuple[str, str]]:
    """Text and style of each paragraph and of each table row, in the order of the document."""
    found: list[tuple[str, str]] = []
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            found += [
                (" ".join(dict.fromkeys(_clean(cell.text) for cell in row.cells)), "") for row in part.rows
            ]
        else:
            found.append((_clean(part.text), str(part.style.name if part.style is not None else "")))
    return found


def _block(text: str, style: str) -> Block:
    if style.startswith(("Heading", "Title", "标题")):
        return Block(text, is_heading=True, sheet=None)
    return Block(f"- {text}" if style.startswith("List") else text, is_heading=False, sheet=None)


def _refuse_bomb(data: bytes) -> None:
    """Unpacks every part once, in pieces, and stops at the limit: sizes that an archive declares can be false."""
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > _MOST_PARTS:
                raise LibraryUnusable("The Word document holds too many parts.", remedy=_SAVE_AGAIN)
            for name in archive.namelist():
                with archive.open(name) as part:
                    start = b""
                    while piece := part.read(2**16):
                        unpacked += len(piece)
                        start = start or piece[:2_000]
                        if unpacked > LARGEST_UNPACKED:
                            raise LibraryUnusable(
                                "The Word document unpacks far too large.", remedy=_SAVE_AGAIN
                            )
                    if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in start:
                        raise LibraryUnusable(
                            "The Word document declares a document type.", remedy=_SAVE_AGAIN
                        )
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError):
        raise LibraryUnusable("The file is no readable Word document.", remedy=_SAVE_AGAIN) from None


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
