"""Captions: WebVTT as Teams, Zoom and others write it, and SRT."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from thirdchair.errors import UnreadableTranscript
from thirdchair.readers.clock import CLOCK, seconds_of
from thirdchair.readers.labels import cut_label, find_labels
from thirdchair.readers.speech import Turn, clean, clean_label

_ARROW: Final = re.compile(r"\s*(\S+)\s*-->\s*(\S+)(?:\s.*)?")
_STARTS_WITH_A_TIME: Final = re.compile(r"\s*[0-9]\S*\s*-->")
_VOICE: Final = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s([^<>]*))?>", re.IGNORECASE)
_TAG: Final = re.compile(rf"</?[A-Za-z][^<>]*>|<{CLOCK}>")
_NOT_A_CUE: Final = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s.*)?")
_ENDS_A_SENTENCE: Final = re.compile(r".*[.?!。？！…][\"'”’)）]*")

# Captioners cut one turn into many cues. Joined again it must stay short enough to be cited as evidence.
_LONGEST_JOINED: Final = 400
_LONGEST_PAUSE_S: Final = 3.0


@dataclass(frozen=True, slots=True)
class _Cue:
    """One cue: its text lines, the number of the first of them, and its times in seconds."""

    lines: tuple[str, ...]
    line: int
    start_s: float
    end_s: float


def has_cues(lines: Sequence[str]) -> bool:
    """Whether a file is one of captions: it says WEBVTT, or has a time line where SRT has it."""
    if lines[0].startswith("WEBVTT"):
        return True
    first = [line for line in lines[:20] if line.strip()][:2]
    return any(_STARTS_WITH_A_TIME.match(line) for line in first)


def read_cues(lines: Sequence[str]) -> list[Turn]:
    """The turns of a caption file; cues that are one speaker's turn are joined, their times span both.

    Raises:
        UnreadableTranscript: a cue's times are missing or cannot be read.
    """
    cues = list(_cues(lines))
    if not cues:
        raise UnreadableTranscript(
            "The file holds no cues.", remedy="Check that the recording was transcribed, and export it again."
        )
    voiced = any(_VOICE.search(line) for cue in cues for line in cue.lines)
    labels = frozenset[str]() if voiced else find_labels(_plain(line) for cue in cues for line in cue.lines)
    return _joined([turn for cue in cues for turn in _turns(cue, labels)])


def _cues(lines: Sequence[str]) -> Iterator[_Cue]:
    for first, block in _blocks(lines):
        if first == 1 and block[0].startswith("WEBVTT"):
            block_after = _without_header(block)
            if block_after:
                yield _cue(block_after, first + len(block) - len(block_after))
        elif not _NOT_A_CUE.fullmatch(block[0]) or any("-->" in line for line in block[1:2]):
            yield _cue(block, first)


def _without_header(block: Sequence[str]) -> Sequence[str]:
    """What follows the WEBVTT line and its metadata; some tools leave no blank line before the first cue."""
    for place, line in enumerate(block):
        if "-->" in line:
            return block[place:]
    return ()


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    start: int | None = None
    for place, (line, following) in enumerate(pairwise([*lines, "", ""])):
        if line.strip() and start is None:
            start = place
        if start is not None and not following.strip():
            yield start + 1, lines[start : place + 1]
            start = None


def _cue(block: Sequence[str], first: int) -> _Cue:
    place = next((i for i, line in enumerate(block[:2]) if "-->" in line), None)
    if place is None:
        raise _broken_time("There is text here without the times of its cue.", first)
    match = _ARROW.fullmatch(block[place])
    start = seconds_of(match[1]) if match else None
    end = seconds_of(match[2]) if match else None
    if start is None or end is None or ":" not in block[place].split("-->")[0]:
        raise _broken_time("The times of this cue cannot be read.", first + place)
    if end < start:
        raise _broken_time("This cue ends before it begins.", first + place)
    for below, line in enumerate(block[place + 1 :], start=place + 1):
        if "-->" in line:
            raise _broken_time("Two cues run into each other here; a blank line is missing.", first + below)
    return _Cue(tuple(block[place + 1 :]), first + place, start, end)


def _broken_time(problem: str, line: int) -> UnreadableTranscript:
    return UnreadableTranscript(
        problem, remedy="Give each cue a line of its own like 00:00:01.000 --> 00:00:04.000.", line=line
    )


def _turns(cue: _Cue, labels: frozenset[str]) -> Iterator[Turn]:
    if _VOICE.search("\n".join(cue.lines)):
        pieces = _VOICE.split("\n".join(cue.lines))
        yield from _timed(cue, [(None, pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)])
        return
    said: list[tuple[str | None, str]] = []
    for line in cue.lines:
        plain = _plain(line)
        cut = cut_label(plain) if labels else None
        if cut is not None and cut.label.casefold() in labels:
            said.append((cut.label, cut.text))
        elif said:
            said[-1] = (said[-1][0], f"{said[-1][1]}\n{plain}")
        else:
            said.append((None, plain))
    yield from _timed(cue, said)


def _timed(cue: _Cue, said: Sequence[tuple[str | None, str]]) -> Iterator[Turn]:
    for speaker, text in said:
        plain = clean(_plain(text))
        if plain:
            yield Turn(html.unescape(speaker) if speaker else None, plain, cue.line, cue.start_s, cue.end_s)


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text))


def _joined(turns: Sequence[Turn]) -> list[Turn]:
    joined: list[Turn] = []
    for turn in turns:
        if joined and _continues(joined[-1], turn):
            before = joined[-1]
            end = max(before.end_s or 0.0, turn.end_s or 0.0)
            joined[-1] = replace(before, text=f"{before.text} {turn.text}", end_s=end)
        else:
            joined.append(turn)
    return joined


def _continues(before: Turn, turn: Turn) -> bool:
    """Whether a cue goes on with the turn before it.

    A cue without a name continues only an unfinished sentence: it is not given to a speaker by guess.
    """
    mid_sentence = not _ENDS_A_SENTENCE.fullmatch(before.text)
    if turn.speaker is None and before.speaker is not None:
        same = mid_sentence
    else:
        same = clean_label(before.speaker).casefold() == clean_label(turn.speaker).casefold()
    pause = (turn.start_s or 0.0) - (before.end_s or 0.0)
    short = len(before.text) + len(turn.text) <= _LONGEST_JOINED
    return same and short and pause <= _LONGEST_PAUSE_S
