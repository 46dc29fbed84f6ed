"""Sessions in JSON and JSONL: one upload, or a batch with one session to a line."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from thirdchair.errors import UnreadableTranscript
from thirdchair.readers.clock import seconds_of
from thirdchair.readers.decoding import split_lines
from thirdchair.readers.speech import MAX_BYTES, Turn, transcript_of
from thirdchair.records import Transcript


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of a batch that is no session: its 1-based number, and problem with remedy in words."""

    number: int
    problem: str


def looks_like_json(text: str) -> bool:
    """Whether a text begins as a JSON object, or as a list of them."""
    start = text.lstrip()
    return start.startswith("{") or (start.startswith("[") and start[1:].lstrip()[:1] in {"{", "]"})


def read_json(text: str) -> list[Turn]:
    """The turns of one session: a list of {"speaker", "text"}, one such object per line, or {"utterances": [...]}.

    Raises:
        UnreadableTranscript: it is no JSON, another shape, or several sessions.
    """
    try:
        whole = _loads(text)
    except ValueError as error:
        numbered = [(number, line) for number, line in enumerate(split_lines(text), start=1) if line.strip()]
        if len(numbered) > 1 and _parses(numbered[0][1]):
            return _read_json_lines(numbered)
        raise _not_json(getattr(error, "lineno", None)) from None
    if isinstance(whole, dict) and "utterances" not in whole:
        return [_turn(cast("dict[str, Any]", whole), place=1, line=1)]
    return list(_session_turns(cast("Any", whole)))


def read_jsonl_sessions(lines: Iterable[str]) -> Iterator[tuple[str, Transcript] | BadLine]:
    """Each line's session with its id, in order; a line that is none comes back as `BadLine` and the rest goes on.

    A line is {"id": ..., "utterances": [{"speaker", "text"}, ...]}. Utterance u3 is the third of the line,
    so nothing is joined or dropped; an utterance without words reads "…". Blank lines are passed over.
    """
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            session_id, transcript = _read_session_line(line)
        except UnreadableTranscript as error:
            yield BadLine(number, f"{error.problem} {error.remedy}")
            continue
        if session_id in seen:
            yield BadLine(
                number, f"This line has the id of line {seen[session_id]}. Give each session its own id."
            )
            continue
        seen[session_id] = number
        yield session_id, transcript


def _read_session_line(line: str) -> tuple[str, Transcript]:
    if len(line) > MAX_BYTES:
        raise UnreadableTranscript(
            "The line is too long.", remedy=f"At most {MAX_BYTES} characters are read."
        )
    try:
        session = _loads(line)
    except ValueError:
        raise UnreadableTranscript(
            "The line is not JSON.", remedy='Write {"id": ..., "utterances": [...]} on one line.'
        ) from None
    session_id = cast("dict[str, Any]", session).get("id") if isinstance(session, dict) else None
    if isinstance(session_id, bool) or not isinstance(session_id, str | int) or session_id == "":
        raise UnreadableTranscript("The line has no id.", remedy='Give the session an "id" (text or number).')
    return str(session_id), transcript_of(_session_turns(session), keep_places=True)


def _read_json_lines(numbered: list[tuple[int, str]]) -> list[Turn]:
    turns: list[Turn] = []
    for place, (number, line) in enumerate(numbered, start=1):
        try:
            value = _loads(line)
        except ValueError:
            raise _not_json(number) from None
        if isinstance(value, dict) and "utterances" in value:
            raise UnreadableTranscript(
                "The file holds several sessions.",
                remedy="Upload one session, or run thirdchair summarise --jsonl on the whole file.",
                line=number,
            )
        turns.append(_turn(value, place=place, line=number))
    return turns


def _session_turns(session: Any) -> Iterator[Turn]:
    if isinstance(session, dict):
        session = cast("dict[str, Any]", session).get("utterances")
    if not isinstance(session, list):
        raise UnreadableTranscript(
            "There is no list of utterances.",
            remedy='Write "utterances": [{"speaker": ..., "text": ...}, ...].',
        )
    for place, item in enumerate(cast("list[Any]", session), start=1):
        yield _turn(item, place=place)


def _turn(item: Any, *, place: int, line: int | None = None) -> Turn:
    fields = cast("dict[str, Any]", item) if isinstance(item, dict) else {}
    speaker, text = fields.get("speaker"), fields.get("text")
    if not isinstance(speaker, str) or not isinstance(text, str) or not speaker.strip():
        raise UnreadableTranscript(
            f"Utterance {place} has no speaker or no text.",
            remedy='Write each utterance as {"speaker": ..., "text": ...}.',
            line=line,
        )
    start, end = (
        _time(fields.get(key, fields.get(f"{key}_s")), place=place, line=line) for key in ("start", "end")
    )
    return Turn(speaker, text, line, start, end)


def _time(value: Any, *, place: int, line: int | None) -> float | None:
    if value is None:
        return None
    if isinstance(value, str):
        seconds = seconds_of(value)
    elif isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e7:
        seconds = float(value)
    else:
        seconds = None
    if seconds is None or not math.isfinite(seconds):
        raise UnreadableTranscript(
            f"The time of utterance {place} cannot be read.",
            remedy="Write times in seconds (62.5) or as 00:01:02.500.",
            line=line,
        )
    return seconds


def _loads(text: str) -> Any:
    """The value, or ValueError also where nesting is too deep to read."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _parses(text: str) -> bool:
    try:
        return isinstance(_loads(text), dict)
    except ValueError:
        return False


def _not_json(line: int | None) -> UnreadableTranscript:
    return UnreadableTranscript(
        "The file begins as JSON but cannot be read as JSON here.",
        remedy='Write a list of {"speaker": ..., "text": ...}, or one such object per line.',
        line=line,
    )
