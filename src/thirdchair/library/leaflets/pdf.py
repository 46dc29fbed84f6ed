"""Text of a PDF, page by page, by pypdf. Nothing in the file is run: no script, form, link or attachment is opened.

A scan has no text and is refused rather than guessed at. Text in columns is read in the order the file draws it.
"""

from __future__ import annotations

import io
import logging
import re
from typing import Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from thirdchair.library.leaflets.blocks import MOST_SHEETS, Block, refuse_if_too_long
from thirdchair.library.unusable import LibraryUnusable

_LARGEST_SHEET: Final = 20 * 2**20
"""Bytes of drawing instructions of one page at most, unpacked; a page of text has some ten thousand."""
_FEWEST_LETTERS: Final = 20
_SHORT: Final = 70
_ENDS: Final = re.compile(r"[.!?。！？:：;；,，]$")
_BULLET: Final = re.compile(r"^[•●▪◦‣·∙*–-]\s*")


def blocks_of_pdf(data: bytes) -> list[Block]:
    """The blocks of a PDF.

    Raises:
        LibraryUnusable: it is damaged, locked, a scan, or far too large.
    """
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        sheets = _sheets(data)
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, OSError, RecursionError):
        # A damaged file makes pypdf stumble in many ways; none of them says more than this to whoever uploads it.
        raise LibraryUnusable(
            "The PDF cannot be read.", remedy="Save it again as PDF, without a password."
        ) from None
    if sum(char.isalpha() for sheet in sheets for char in sheet) < _FEWEST_LETTERS:
        raise LibraryUnusable(
            "The PDF holds pictures of text but no text (a scan).",
            remedy="Use the original file, or run text recognition.",
        )
    return [block for number, sheet in enumerate(sheets, start=1) for block in _blocks(sheet, number)]


def _sheets(data: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise LibraryUnusable("The PDF is locked with a password.", remedy="Save it without one.")
    if len(reader.pages) > MOST_SHEETS:
        raise LibraryUnusable(f"The PDF has more than {MOST_SHEETS} pages.", remedy="Split it into several.")
    sheets: list[str] = []
    for page in reader.pages:
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > _LARGEST_SHEET:
            raise LibraryUnusable("A page of the PDF unpacks far too large.", remedy="Print it to a new PDF.")
        sheets.append(page.extract_text() or "")
        refuse_if_too_long(sum(map(len, sheets)))
    return sheets


def _blocks(sheet: str, number: int) -> list[Block]:
    """Lines joined to paragraphs; a short line without an end mark, before a longer text, is a heading."""
    blocks: list[Block] = []
    lines = [re.sub(r"[ \t\xa0]+", " ", line).strip() for line in sheet.splitlines()]
    for place, line in enumerate(lines):
        if not line or line.isdigit():
            blocks.append(Block("", is_heading=False, sheet=number))
            continue
        before = blocks[-1] if blocks else None
        after = next((other for other in lines[place + 1 :] if other), "")
        starts_anew = before is None or not before.text or before.is_heading or bool(_BULLET.match(line))
        if _looks_like_heading(line, after) and (starts_anew or _ENDS.search(before.text if before else "")):
            blocks.append(Block(line, is_heading=True, sheet=number))
        elif starts_anew or before is None:
            blocks.append(Block(_BULLET.sub("- ", line), is_heading=False, sheet=number))
        else:
            blocks[-1] = Block(_joined(before.text, line), is_heading=False, sheet=number)
    return [block for block in blocks if block.text]


def _joined(text: str, line: str) -> str:
    if text.endswith("-") and line[:1].islower():
        return text[:-1] + line
    return text + line if text[-1:] > "⺀" else f"{text} {line}"


def _looks_like_heading(line: str, after: str) -> bool:
    short = len(line) <= _SHORT and not _BULLET.match(line)
    opens = line[:1].isupper() or line[:1] > "⺀"
    # A line that runs on in small letters is the first of a paragraph.
    runs_on = not after or after[:1].islower()
    asks = line.endswith(("?", "？"))
    return short and opens and not runs_on and (asks or not _ENDS.search(line)) and len(after) > len(line) / 2
