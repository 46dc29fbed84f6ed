"""The demo sessions as the files a clinic would have: WebVTT with speakers and times."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from thirdchair.records import count_words

WORDS_A_SECOND = 2.6


def write_transcripts(sessions: tuple[dict[str, Any], ...], folder: Path) -> None:
    """One .vtt file for each session, named after its patient."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for session in sessions:
        (folder / f"{session['patient']}-{session['id']}.vtt").write_text(as_vtt(session), encoding="utf-8")


def as_vtt(session: dict[str, Any]) -> str:
    """A session as WebVTT, timed at an ordinary speed of speech."""
    cues, clock = ["WEBVTT"], 0.0
    for utterance in session["utterances"]:
        end = clock + 0.6 + count_words(utterance["text"]) / WORDS_A_SECOND
        cues.append(f"{_time(clock)} --> {_time(end)}\n<v {utterance['speaker']}>{utterance['text']}")
        clock = end + 0.4
    return "\n\n".join(cues) + "\n"


def _time(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
