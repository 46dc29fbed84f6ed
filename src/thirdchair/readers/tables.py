"""Tables of turns: CSV text with a header, and the rows of a Word table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from thirdchair.errors import UnreadableTranscript
from thirdchair.readers.clock import seconds_of
from thirdchair.readers.decoding import split_lines
from thirdchair.readers.speech import Turn

_DELIMITERS: Final = (",", ";", "\t")
_COLUMNS: Final = {
    "speaker": ("speaker", "name", "who", "role", "说话人", "发言人", "讲话人", "角色"),
    "text": ("text", "utterance", "transcript", "content", "words", "文本", "内容", "话语"),
    "start": ("start", "start_s", "start_time", "begin", "time", "timestamp", "开始", "开始时间", "时间"),
    "end": ("end", "end_s", "end_time", "stop", "结束", "结束时间"),
}


def columns_of(header: Sequence[str]) -> dict[str, int] | None:
    """Where speaker, text, start and end stand, or None without both speaker and text.

    >>> columns_of(["Text", "Speaker"])
    {'speaker': 1, 'text': 0}
    """
    names = [cell.strip().strip('"').casefold() for cell in header]
    found = {
        column: names.index(written[0])
        for column, known in _COLUMNS.items()
        if (written := [name for name in known if name in names])
    }
    return found if {"speaker", "text"} <= set(found) else None


def has_columns(lines: Sequence[str]) -> bool:
    """Whether the first line that is not blank is a header with speaker and text."""
    header = next((line for line in lines if line.strip()), "")
    return _delimiter(header) is not None


def read_table_text(text: str) -> list[Turn]:
    """The turns of a CSV text; the delimiter is a comma, a semicolon or a tab.

    Raises:
        UnreadableTranscript: no header with speaker and text, or a row that does not fit it.
    """
    header = next((line for line in split_lines(text) if line.strip()), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(header) or ",", strict=True)
    return list(turns_of_rows(_rows(reader)))


def turns_of_rows(rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Turn]:
    """The turns of numbered rows, of which the first is the header.

    Raises:
        UnreadableTranscript: the columns are missing, or a row does not fit them.
    """
    columns: dict[str, int] | None = None
    width = 0
    for line, row in rows:
        if columns is None:
            columns, width = _header(row, line=line), len(row)
        elif len(row) != width:
            raise UnreadableTranscript(
                f"This row has {len(row)} cells; the header has {width}.",
                remedy='Put text that holds the delimiter into quotes ("...").',
                line=line,
            )
        else:
            yield _turn(row, columns, line=line)


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    line = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            raise UnreadableTranscript(
                "The row that begins here cannot be read.",
                remedy="Check that every quotation mark is closed and doubled inside quoted text.",
                line=line,
            ) from None
        if row is None:
            return
        if any(cell.strip() for cell in row):
            yield line, row
        line = int(getattr(reader, "line_num", line)) + 1


def _delimiter(header: str) -> str | None:
    return next((d for d in _DELIMITERS if columns_of(header.split(d)) is not None), None)


def _header(row: Sequence[str], *, line: int) -> dict[str, int]:
    columns = columns_of(row)
    if columns is None:
        raise UnreadableTranscript(
            "The table has no header with the columns speaker and text.",
            remedy="Make the first line: speaker,text (start and end may follow).",
            line=line,
        )
    return columns


def _turn(row: Sequence[str], columns: dict[str, int], *, line: int) -> Turn:
    if not row[columns["speaker"]].strip():
        raise UnreadableTranscript(
            "This row names no speaker.", remedy="Write the speaker in every row.", line=line
        )
    start, end = (_time(row[columns[c]], line=line) if c in columns else None for c in ("start", "end"))
    return Turn(row[columns["speaker"]], row[columns["text"]], line, start, end)


def _time(cell: str, *, line: int) -> float | None:
    if not cell.strip():
        return None
    seconds = seconds_of(cell)
    if seconds is None:
        raise UnreadableTranscript(
            "The time in this row cannot be read.",
            remedy="Write times in seconds (62.5) or as 00:01:02.500.",
            line=line,
        )
    return seconds
