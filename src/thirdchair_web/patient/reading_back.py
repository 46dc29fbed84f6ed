"""Reading an exported file back: what was exported is what comes back, part for part."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from thirdchair.records import Draft, SignedNote, Transcript


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session as it was exported."""

    held_on: str
    transcript: Transcript
    notes: tuple[SignedNote, ...]
    drafts: tuple[tuple[str, Draft], ...]


@dataclass(frozen=True, slots=True)
class OwnData:
    """A patient's own data as a program reads it: sessions as records, the other parts as the plain values they are."""

    sessions: tuple[OwnSession, ...]
    rest: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The file again."""
        return self.rest | {
            "sessions": [
                {
                    "held_on": one.held_on,
                    "transcript": one.transcript.as_json(),
                    "notes": [note.as_json() for note in one.notes],
                    "unsigned_drafts_made_by_a_machine": [
                        {"made_at": made_at} | draft.as_json() for made_at, draft in one.drafts
                    ],
                }
                for one in self.sessions
            ]
        }


def read_back(text: str) -> OwnData:
    """The records in an exported file.

    Raises:
        ValueError, KeyError, TypeError: it is not one.
    """
    held: dict[str, Any] = json.loads(text)
    return OwnData(
        sessions=tuple(_session(one) for one in held["sessions"]),
        rest={key: value for key, value in held.items() if key != "sessions"},
    )


def _session(value: dict[str, Any]) -> OwnSession:
    return OwnSession(
        held_on=value["held_on"],
        transcript=Transcript.from_json(value["transcript"]),
        notes=tuple(SignedNote.from_json(note) for note in value["notes"]),
        drafts=tuple(
            (draft["made_at"], Draft.from_json(draft)) for draft in value["unsigned_drafts_made_by_a_machine"]
        ),
    )
