"""Drafts and signed notes as Markdown and as Word files, each with its origin at head and foot."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Final

import docx
from docx.document import Document

from thirdchair.records import Draft, NoteFormat, SignedNote, Transcript
from thirdchair.uses.summarise_session.page import Line, Page, Part, compose_page

_MARKUP: Final = re.compile(r"[\\`*_\[\]<>#|~&$^@]|:(?=//)|\.(?<=www\.)", re.IGNORECASE)
_STARTS_A_BLOCK: Final = re.compile(r"([-+=:]|[0-9]{1,9}(?=[.)]))")
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_markdown(written: Draft | SignedNote, transcript: Transcript, note_format: NoteFormat) -> str:
    """A draft or signed note as CommonMark with one pipe table; nothing in its text acts as markup or HTML.

    Raises:
        KeyError: an utterance is cited that the transcript does not hold.
    """
    return "\n".join(_markdown(compose_page(written, transcript, note_format))) + "\n"


def to_docx(written: Draft | SignedNote, transcript: Transcript, note_format: NoteFormat) -> bytes:
    """A draft or signed note as a Word file; its origin is the first line and the footer of every page.

    Raises:
        KeyError: an utterance is cited that the transcript does not hold.
    """
    page = compose_page(written, transcript, note_format)
    document = docx.Document()
    document.core_properties.author = "Thirdchair"
    document.core_properties.title = page.title
    document.core_properties.comments = _plain(page.origin)
    _fill(document, page)
    written_out = io.BytesIO()
    document.save(written_out)
    return written_out.getvalue()


def escape_markdown(text: str) -> str:
    r"""The text on one line, so written that Markdown shows it as it is.

    >>> escape_markdown("1. *not* <b>me</b>")
    '1\\. \\*not\\* \\<b\\>me\\</b\\>'
    """
    escaped = _MARKUP.sub(lambda match: "\\" + match[0], " ".join(text.split()))
    start = _STARTS_A_BLOCK.match(escaped)
    if start is None:
        return escaped
    if start[0].isdigit():
        return f"{start[0]}\\{escaped[start.end() :]}"
    return f"\\{escaped}"


def _markdown(page: Page) -> Iterator[str]:
    yield from (escape_markdown(page.origin), "", f"# {escape_markdown(page.title)}", "")
    yield from (escape_markdown(page.legend), "")
    if page.speakers:
        yield from (escape_markdown(page.speakers), "")
    for heading, parts in page.sections:
        yield from (f"## {escape_markdown(heading)}", "")
        if not parts:
            yield from (escape_markdown(page.left_to_clinician), "")
        for part in parts:
            yield from _markdown_part(part, page)
    if page.cited:
        yield from (f"## {escape_markdown(page.cited_title)}", "")
        yield from (f"- [{n}] {escape_markdown(f'{speaker}: {text}')}" for n, speaker, text in page.cited)
        yield ""
    yield from ("---", "", escape_markdown(page.origin))


def _markdown_part(part: Part, page: Page) -> Iterator[str]:
    if part.title:
        yield from (f"### {escape_markdown(part.title)}", "")
    if part.risk:
        header, *rows = (f"| {' | '.join(escape_markdown(cell) for cell in row)} |" for row in part.risk)
        yield from (header, "|" + " --- |" * len(part.risk[0]), *rows, "")
    yield from (f"- {escape_markdown(line.text)}{_after(line, escape=True)}" for line in part.lines)
    if part.lines:
        yield ""
    elif not part.risk:
        yield from (escape_markdown(page.nothing), "")


def _after(line: Line, *, escape: bool) -> str:
    """What follows a sentence: the numbers of its utterances, and its mark in words."""
    numbers = f" [{', '.join(str(n) for n in line.evidence)}]" if line.evidence else ""
    mark = f" ({escape_markdown(line.mark) if escape else line.mark})" if line.mark else ""
    # The mark first: "[3](" would open a link.
    return f"{mark}{numbers}"


def _fill(document: Document, page: Page) -> None:
    document.add_paragraph(_plain(page.origin))
    document.sections[0].footer.paragraphs[0].text = _plain(page.origin)
    document.add_heading(_plain(page.title), level=1)
    for text in filter(None, (page.legend, page.speakers)):
        document.add_paragraph(_plain(text))
    for heading, parts in page.sections:
        document.add_heading(_plain(heading), level=2)
        if not parts:
            document.add_paragraph(_plain(page.left_to_clinician))
        for part in parts:
            _fill_part(document, part, page)
    if page.cited:
        document.add_heading(_plain(page.cited_title), level=2)
    for number, speaker, text in page.cited:
        document.add_paragraph(_plain(f"[{number}] {speaker}: {text}"))


def _fill_part(document: Document, part: Part, page: Page) -> None:
    if part.title:
        document.add_heading(_plain(part.title), level=3)
    if part.risk:
        _fill_table(document, part.risk)
    for line in part.lines:
        paragraph = document.add_paragraph(_plain(line.text), style="List Bullet")
        paragraph.add_run(f" {_plain(_after(line, escape=False))}").bold = bool(line.mark)
    if not part.lines and not part.risk:
        document.add_paragraph(_plain(page.nothing))


def _fill_table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _plain(text)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True


def _plain(text: str) -> str:
    """The text on one line without characters that XML does not allow."""
    return " ".join(_NOT_IN_XML.sub("", text).split())
