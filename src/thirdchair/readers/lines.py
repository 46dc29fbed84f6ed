"""Plain text: "Name: text" lines, or a line with name and time above each turn (Teams and Otter exports)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from thirdchair.errors import UnreadableTranscript
from thirdchair.readers.clock import CLOCK, seconds_of
from thirdchair.readers.labels import cut_label, find_labels, is_heading
from thirdchair.readers.speech import Turn

_NAME_AND_TIME: Final = re.compile(rf"([^\W_][^\n:：<>\[\]]{{0,58}}?)\s{{1,20}}[\[(]?({CLOCK})[\])]?")
_NOT_SPEECH: Final = re.compile(r".{1,60} (?:started|stopped) transcription", re.IGNORECASE)


def read_lines(lines: Sequence[str]) -> list[Turn]:
    """The turns of a plain text. A line without a label continues the turn above it.

    Args:
        lines: the whole text; the first line is line 1.

    Raises:
        UnreadableTranscript: no line names a speaker, or speech comes before the first name.
    """
    labels = find_labels(lines)
    headed = sum(1 for line in lines if _NAME_AND_TIME.fullmatch(line.strip()))
    labelled = sum(1 for line in lines if (cut := cut_label(line)) and cut.label.casefold() in labels)
    if headed >= 2 and headed > labelled:
        return _join(_headed(lines))
    if not labels:
        raise UnreadableTranscript(
            "No line begins with a speaker's name and a colon.",
            remedy="Write each turn as Name: text on a line of its own.",
            line=1,
        )
    return _join(_labelled(lines, labels))


def _labelled(lines: Sequence[str], labels: frozenset[str]) -> Iterator[Turn | str]:
    spoken = False
    for number, line in enumerate(lines, start=1):
        cut = cut_label(line)
        if cut is not None and cut.label.casefold() in labels:
            spoken = True
            yield Turn(cut.label, cut.text, number, cut.start_s)
        elif spoken:
            yield line
        elif line.strip() and not is_heading(line):
            raise UnreadableTranscript(
                "There is text here before the first speaker's name.",
                remedy="Begin with Name: text, or delete this line if nobody said it.",
                line=number,
            )


def _headed(lines: Sequence[str]) -> Iterator[Turn | str]:
    spoken = False
    for number, line in enumerate(lines, start=1):
        match = _NAME_AND_TIME.fullmatch(line.strip())
        if match is not None:
            spoken = True
            yield Turn(match[1], "", number, _time(match[2], line=number))
        # What stands above the first name is the title, date and length that the exporter wrote.
        elif spoken and not _NOT_SPEECH.fullmatch(line.strip()):
            yield line


def _time(written: str, *, line: int) -> float:
    seconds = seconds_of(written)
    if seconds is None:
        raise UnreadableTranscript(
            "The time here cannot be read.",
            remedy="Write times as 00:01:02 (hours, minutes, seconds).",
            line=line,
        )
    return seconds


def _join(parts: Iterator[Turn | str]) -> list[Turn]:
    turns: list[Turn] = []
    said: list[list[str]] = []
    for part in parts:
        if isinstance(part, Turn):
            turns.append(part)
            said.append([part.text])
        else:
            said[-1].append(part)
    return [
        Turn(turn.speaker, "\n".join(texts), turn.line, turn.start_s)
        for turn, texts in zip(turns, said, strict=True)
    ]
