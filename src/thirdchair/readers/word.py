"""Word files (.docx): paragraphs as lines of text, or a table with speaker and text.

Only word/document.xml is read, with the standard library's expat: a document type is refused, so no entity
is ever declared or resolved; nothing else in the archive is unpacked. Text in boxes, headers, footnotes and
comments is not read, nor is text deleted with tracked changes.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final
from xml.parsers import expat

from thirdchair.errors import UnreadableTranscript
from thirdchair.readers.decoding import refuse_by_length
from thirdchair.readers.lines import read_lines
from thirdchair.readers.speech import MAX_BYTES, Turn
from thirdchair.readers.tables import columns_of, turns_of_rows

MAX_UNPACKED_BYTES: Final = 2 * MAX_BYTES
_DOCUMENT: Final = "word/document.xml"
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_WORD: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SAVE_AGAIN: Final = "Open the document in Word, save it as .docx without a password, and upload it again."


def is_zip(data: bytes) -> bool:
    """Whether the bytes are a ZIP archive, as every .docx is."""
    return data.startswith(b"PK\x03\x04")


def read_word(data: bytes) -> list[Turn]:
    """The turns of a Word document; an error's line is a paragraph of it.

    Raises:
        UnreadableTranscript: it is no Word document, unpacks too large, or holds no turns.
    """
    document = _WordText()
    document.read(_document_xml(data))
    refuse_by_length(document.lines)
    rows = [row for row in document.rows if len(row[1]) >= 2]
    if rows and 2 * len(rows) >= len([line for line in document.lines if line.strip()]):
        return list(turns_of_rows(_with_header(rows)))
    return read_lines(document.lines)


def _document_xml(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_DOCUMENT) as member:
            xml = member.read(MAX_UNPACKED_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, ValueError, RuntimeError):
        # RuntimeError (with NotImplementedError) is zipfile's word for encrypted or oddly packed members.
        raise UnreadableTranscript("The file is no readable Word document.", remedy=_SAVE_AGAIN) from None
    if len(xml) > MAX_UNPACKED_BYTES:
        raise UnreadableTranscript(
            f"The document unpacks to more than {MAX_UNPACKED_BYTES // 2**20} MiB.",
            remedy="Copy the transcript's text into a new document and upload that.",
        )
    return xml


def _with_header(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    if columns_of(rows[0][1]) is not None or len(rows[0][1]) != 2:
        return rows
    return [(rows[0][0], ["speaker", "text"]), *rows]


class _WordText:
    """Gathers paragraphs outside tables as lines, and rows of outermost tables as cells."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.rows: list[tuple[int, list[str]]] = []
        self._text: list[str] = []
        self._cells: list[str] = []
        self._depth_of_tables = 0
        self._in_text = False
        self._paragraph = 0
        self._fallbacks = 0

    def read(self, xml: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(xml, True)
        except expat.ExpatError:
            raise UnreadableTranscript("The Word document is damaged.", remedy=_SAVE_AGAIN) from None

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        if name.endswith(" Fallback"):
            self._fallbacks += 1
        match _word_name(name):
            case "t":
                self._in_text = self._fallbacks == 0
            case "tab":
                self._text.append("\t")
            case "br" | "cr":
                self._text.append("\n")
            case "tbl":
                self._depth_of_tables += 1
            case _:
                pass

    def _end(self, name: str) -> None:
        if name.endswith(" Fallback"):
            self._fallbacks -= 1
        match _word_name(name):
            case "t":
                self._in_text = False
            case "p":
                self._end_paragraph()
            case "tc":
                self._end_cell()
            case "tr":
                self._end_row()
            case "tbl":
                self._depth_of_tables -= 1
            case _:
                pass

    def _characters(self, text: str) -> None:
        if self._in_text:
            self._text.append(text)

    def _end_paragraph(self) -> None:
        self._paragraph += 1
        if self._depth_of_tables:
            self._text.append("\n")
        else:
            self.lines.extend("".join(self._text).split("\n"))
            self._text.clear()

    def _end_cell(self) -> None:
        if self._depth_of_tables == 1:
            self._cells.append("".join(self._text).strip())
            self._text.clear()

    def _end_row(self) -> None:
        if self._depth_of_tables == 1:
            if any(self._cells):
                self.rows.append((self._paragraph, self._cells))
            self._cells = []


def _word_name(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return local if space in {_WORD, _STRICT_WORD} else ""


def _refuse_doctype(*_declared: object) -> None:
    raise UnreadableTranscript(
        "The Word document declares a document type, which Word never does.", remedy=_SAVE_AGAIN
    )
