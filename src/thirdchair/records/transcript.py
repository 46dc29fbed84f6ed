"""A session as it was spoken: who said what, when."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class SpeakerRole(StrEnum):
    """Who a speaker is in the session. A couple has two speakers with the role patient."""

    CLINICIAN = "clinician"
    PATIENT = "patient"
    COMPANION = "companion"
    UNKNOWN = "unknown"


class Language(StrEnum):
    """A language the product reads and answers in (BCP 47)."""

    ENGLISH = "en"
    CHINESE = "zh-hans"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One turn of speech.

    Args:
        id: "u1", "u2", ... in order, stable for the life of the transcript.
        speaker: the label in the file ("Nurse Okafor", "Speaker 2").
        role: who that is.
        text: what was said, one line, never empty.
        start_s: seconds from the start of the session, or None where the file has no times.
        end_s: likewise.
    """

    id: str
    speaker: str
    role: SpeakerRole
    text: str
    start_s: float | None = None
    end_s: float | None = None

    @property
    def number(self) -> int:
        """The place of this utterance in the session, from 1."""
        return int(self.id[1:])


@dataclass(frozen=True, slots=True)
class Transcript:
    """A whole session, in order. Utterance ids are u1 ... un without gaps."""

    utterances: tuple[Utterance, ...]
    language: Language

    def __post_init__(self) -> None:
        for place, utterance in enumerate(self.utterances, start=1):
            if utterance.id != f"u{place}":
                raise ValueError(f"utterance {place} has the id {utterance.id!r}")

    @property
    def speakers(self) -> dict[str, SpeakerRole]:
        """Speaker labels in the order of first speech, with their roles."""
        roles: dict[str, SpeakerRole] = {}
        for utterance in self.utterances:
            roles.setdefault(utterance.speaker, utterance.role)
        return roles

    @property
    def word_count(self) -> int:
        """Words spoken; a Chinese character counts as one word."""
        return sum(count_words(utterance.text) for utterance in self.utterances)

    def utterance(self, utterance_id: str) -> Utterance:
        """The utterance with this id.

        Raises:
            KeyError: there is none.
        """
        number = utterance_id[1:]
        if utterance_id[:1] != "u" or not number.isdecimal() or not 1 <= int(number) <= len(self.utterances):
            raise KeyError(utterance_id)
        return self.utterances[int(number) - 1]

    def with_roles(self, roles: Mapping[str, SpeakerRole]) -> Transcript:
        """The same session with corrected roles; labels that are not named keep theirs."""
        return replace(
            self,
            utterances=tuple(
                replace(utterance, role=roles.get(utterance.speaker, utterance.role))
                for utterance in self.utterances
            ),
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values, in a stable order, for storing and for fingerprints."""
        return {
            "language": str(self.language),
            "utterances": [
                {
                    "id": u.id,
                    "speaker": u.speaker,
                    "role": str(u.role),
                    "text": u.text,
                    "start_s": u.start_s,
                    "end_s": u.end_s,
                }
                for u in self.utterances
            ],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Transcript:
        """The transcript that `as_json` wrote."""
        return cls(
            utterances=tuple(
                Utterance(
                    id=u["id"],
                    speaker=u["speaker"],
                    role=SpeakerRole(u["role"]),
                    text=u["text"],
                    start_s=u["start_s"],
                    end_s=u["end_s"],
                )
                for u in value["utterances"]
            ),
            language=Language(value["language"]),
        )

    def fingerprint(self) -> str:
        """SHA-256 of the whole content, in hex. Guessable for short texts: never stored in the open."""
        plain = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()


def count_words(text: str) -> int:
    """Words in a text; each CJK character counts as one.

    >>> count_words("I slept 睡得好 twice")
    6
    """
    cjk = sum(1 for char in text if is_cjk(char))
    rest = "".join(" " if is_cjk(char) else char for char in text)
    return cjk + len(rest.split())


def is_cjk(char: str) -> bool:
    """Whether a character is a Han ideograph.

    >>> is_cjk("睡"), is_cjk("s")
    (True, False)
    """
    return "㐀" <= char <= "鿿" or "𠀀" <= char <= "𲎯" or "豈" <= char <= "﫿"
