"""A long session in parts that fit any model's context, as numbered lines.

Names of speakers are not in the lines: a role says all that the summary needs.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

from thirdchair.records import Transcript, Utterance
from thirdchair.records.transcript import count_words

PART_WORDS: Final = 1200
"""Words of one part. With prompt and reply it stays under 6,000 tokens, so a small local model can read it."""
CONTEXT_LINES: Final = 4
"""Lines of the part before that are shown again, so that an answer is read with its question."""

_LONGEST_LINE: Final = 1000
_FORGED_ID: Final = re.compile(r"\[\s*([uU]\d+)\s*\]")


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance, or a stretch of a very long one, as a model reads it."""

    utterance_id: str
    text: str

    @property
    def words(self) -> int:
        """Words in it; a Chinese character counts as one."""
        return count_words(self.text)


@dataclass(frozen=True, slots=True)
class Part:
    """Lines to summarise, and lines before them that the part before summarises.

    Args:
        context: shown for understanding only.
        lines: what this part is about.
    """

    context: tuple[Line, ...]
    lines: tuple[Line, ...]

    @property
    def known_ids(self) -> frozenset[str]:
        """Ids of utterances shown in it; a reply may cite no other."""
        return frozenset(line.utterance_id for line in (*self.context, *self.lines))

    @property
    def own_ids(self) -> frozenset[str]:
        """Ids of the utterances it is about."""
        return frozenset(line.utterance_id for line in self.lines)

    @property
    def text(self) -> str:
        """The lines as a model reads them, one utterance each."""
        return "\n".join(line.text for line in (*self.context, *self.lines))

    def halves(self) -> tuple[Part, Part] | None:
        """The same lines in two parts, or None where there is only one line."""
        if len(self.lines) < 2:
            return None
        middle = len(self.lines) // 2
        first, second = self.lines[:middle], self.lines[middle:]
        return Part(self.context, first), Part(first[-CONTEXT_LINES:], second)


def parts_of(transcript: Transcript, *, words: int = PART_WORDS) -> tuple[Part, ...]:
    """The session in parts of at most this many words (one line more at the most), in order."""
    groups: list[list[Line]] = [[]]
    room = words
    for line in _lines(transcript):
        if groups[-1] and line.words > room:
            groups.append([])
            room = words
        groups[-1].append(line)
        room -= line.words
    return tuple(
        Part(tuple(groups[place - 1][-CONTEXT_LINES:]) if place else (), tuple(group))
        for place, group in enumerate(groups)
        if group
    )


def _lines(transcript: Transcript) -> Iterator[Line]:
    labels = _labels(transcript)
    for utterance in transcript.utterances:
        for stretch in textwrap.wrap(_harmless(utterance), _LONGEST_LINE, break_on_hyphens=False):
            yield Line(utterance.id, f"[{utterance.id}] {labels[utterance.speaker]}: {stretch}")


def _harmless(utterance: Utterance) -> str:
    """What was said on one line, where nothing said can pass for the number of another line."""
    return _FORGED_ID.sub(r"(\1)", " ".join(utterance.text.split()))


def _labels(transcript: Transcript) -> dict[str, str]:
    """Speaker -> role, with a letter where several share it, as a couple does."""
    speakers = transcript.speakers
    labels: dict[str, str] = {}
    for speaker, role in speakers.items():
        sharing = [other for other, others_role in speakers.items() if others_role is role]
        letter = f" {_letter(sharing.index(speaker))}" if len(sharing) > 1 else ""
        labels[speaker] = f"{role}{letter}"
    return labels


def _letter(place: int) -> str:
    return ascii_uppercase[place] if place < len(ascii_uppercase) else str(place + 1)
