"""What every reader hands on: turns of speech, cleaned, checked as a whole, and made a transcript."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from thirdchair.errors import UnreadableTranscript
from thirdchair.readers.roles import infer_roles
from thirdchair.records import Language, SpeakerRole, Transcript, Utterance
from thirdchair.records.transcript import count_words, is_cjk

MAX_BYTES: Final = 10 * 2**20
MAX_LINES: Final = 100_000
MAX_UTTERANCES: Final = 5_000
MAX_UTTERANCE_CHARACTERS: Final = 20_000
# About eight hours of talk; a session is rarely past 10,000.
MAX_WORDS: Final = 80_000
MAX_LABEL_CHARACTERS: Final = 60

UNNAMED: Final = "?"
"""The label of speech that the file gives to nobody."""

# People talk over each other, so a cue may begin a moment before the one above it.
_OVERLAP_S: Final = 1.0

_NAME_SPEAKERS: Final = "Export it with speaker names, or write each turn as Name: text."


@dataclass(frozen=True, slots=True)
class Turn:
    """Speech as a reader found it.

    Args:
        speaker: the label in the file, or None where it names nobody.
        text: as written, tags removed.
        line: 1-based line of the file, for errors.
        start_s: seconds from the start, or None.
        end_s: likewise.
    """

    speaker: str | None
    text: str
    line: int | None = None
    start_s: float | None = None
    end_s: float | None = None


def clean(text: str) -> str:
    """The text in NFC on one line, without control, invisible, bidirectional or unassigned characters.

    Invisible characters can make a reviewer read something other than what a model is given.

    >>> clean("I\\u202e  slept\\tbadly\\x00")
    'I slept badly'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    return " ".join(unicodedata.normalize("NFC", kept).split())


def clean_label(label: str | None) -> str:
    """A speaker label without its colon; UNNAMED where nothing is left."""
    return clean(label or "").rstrip(":：").strip()[:MAX_LABEL_CHARACTERS].strip() or UNNAMED


def transcript_of(turns: Iterable[Turn], *, keep_places: bool = False) -> Transcript:
    """A transcript of these turns, with roles and language inferred.

    Args:
        turns: in the order of the file.
        keep_places: give a turn without words the text "…", so that u3 stays the third of the file.

    Raises:
        UnreadableTranscript: no speech, one speaker, too much, or times that run backwards.
    """
    cleaned = [_cleaned(turn) for turn in turns]
    kept = [replace(t, text=t.text or "…") for t in cleaned if t.text or keep_places]
    _refuse_too_much(kept)
    _refuse_no_speech(kept)
    _refuse_backward_times(kept)
    _refuse_one_speaker(kept)
    utterances = _utterances(kept)
    transcript = Transcript(utterances=utterances, language=infer_language(utterances))
    return transcript.with_roles(infer_roles(utterances))


def infer_language(utterances: Iterable[Utterance]) -> Language:
    """Chinese where at least half the words are Han characters (each counts as one), else English."""
    words = han = 0
    for utterance in utterances:
        words += count_words(utterance.text)
        han += sum(1 for char in utterance.text if is_cjk(char))
    return Language.CHINESE if han and 2 * han >= words else Language.ENGLISH


def _cleaned(turn: Turn) -> Turn:
    return replace(turn, speaker=clean_label(turn.speaker), text=clean(turn.text))


def _utterances(turns: Sequence[Turn]) -> tuple[Utterance, ...]:
    spelling: dict[str, str] = {}
    return tuple(
        Utterance(
            id=f"u{place}",
            speaker=spelling.setdefault((turn.speaker or UNNAMED).casefold(), turn.speaker or UNNAMED),
            role=SpeakerRole.UNKNOWN,
            text=turn.text,
            start_s=turn.start_s,
            end_s=turn.end_s,
        )
        for place, turn in enumerate(turns, start=1)
    )


_WITHOUT_WORDS: Final = re.compile(r"[\[(（【<*♪][^\[\](（)）【】<>*♪]*[\])）】>*♪]")


def _refuse_no_speech(turns: Sequence[Turn]) -> None:
    for turn in turns:
        if any(char.isalnum() for char in _WITHOUT_WORDS.sub("", turn.text)):
            return
    raise UnreadableTranscript(
        "The file holds no speech.", remedy="Check that the recording was transcribed, and export it again."
    )


def _refuse_too_much(turns: Sequence[Turn]) -> None:
    one_session = "Upload one session at a time."
    if len(turns) > MAX_UTTERANCES:
        raise UnreadableTranscript(
            f"The file has {len(turns)} turns of speech; at most {MAX_UTTERANCES} are read.",
            remedy=one_session,
            line=turns[MAX_UTTERANCES].line,
        )
    for turn in turns:
        if len(turn.text) > MAX_UTTERANCE_CHARACTERS:
            raise UnreadableTranscript(
                f"One turn has {len(turn.text)} characters; at most {MAX_UTTERANCE_CHARACTERS} are read.",
                remedy="Check that each turn begins with its speaker's name on a new line.",
                line=turn.line,
            )
    words = sum(count_words(turn.text) for turn in turns)
    if words > MAX_WORDS:
        raise UnreadableTranscript(
            f"The file has {words} words; at most {MAX_WORDS} are read.", remedy=one_session
        )


def _refuse_backward_times(turns: Sequence[Turn]) -> None:
    latest = 0.0
    for turn in turns:
        if turn.start_s is not None:
            if turn.start_s < latest - _OVERLAP_S:
                raise UnreadableTranscript(
                    "The time here is earlier than the time before it.",
                    remedy="Put the turns in order of time, or export the transcript again.",
                    line=turn.line,
                )
            latest = max(latest, turn.start_s)
        if turn.start_s is not None and turn.end_s is not None and turn.end_s < turn.start_s:
            raise UnreadableTranscript(
                "The speech here ends before it begins.",
                remedy="Correct the two times, or export the transcript again.",
                line=turn.line,
            )


def _refuse_one_speaker(turns: Sequence[Turn]) -> None:
    speakers = {(turn.speaker or UNNAMED).casefold() for turn in turns}
    if speakers == {UNNAMED}:
        raise UnreadableTranscript("The file names no speaker.", remedy=_NAME_SPEAKERS)
    if len(speakers) == 1:
        raise UnreadableTranscript(
            "The file has one speaker only; a session has at least two.", remedy=_NAME_SPEAKERS
        )
