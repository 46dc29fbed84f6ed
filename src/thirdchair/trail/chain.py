"""Entries, each holding the digest of the one before, so that none can change without all later ones."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from thirdchair.trail.canonical import canonical
from thirdchair.trail.event import Event
from thirdchair.trail.facts import is_count, is_digest, is_time, stamp

GENESIS: Final = "0" * 64

_DOMAIN: Final = b"thirdchair trail entry 1\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in its place.

    Args:
        seq: its number, from 1, without gaps.
        at: when it was written, UTC with microseconds. Clocks are set back at times, so order is by seq.
        event: what happened.
        previous: digest of the entry before; 64 zeros for the first.
        digest: SHA-256 over the four parts above, in hex.

    Raises:
        ValueError: a part has the wrong shape. Whether the digest is right is for `verify` to say.
    """

    seq: int
    at: str
    event: Event
    previous: str
    digest: str

    def __post_init__(self) -> None:
        if not is_count(self.seq) or self.seq == 0:
            raise ValueError("an entry is numbered from 1")
        if not is_time(self.at):
            raise ValueError("an entry has a UTC time with microseconds")
        if not (is_digest(self.previous) and is_digest(self.digest)):
            raise ValueError("an entry has two SHA-256 digests")

    def as_json(self) -> dict[str, Any]:
        """Plain values, as they are exported."""
        return _hashed(self.seq, self.at, self.event, self.previous) | {"digest": self.digest}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Entry:
        """The entry that `as_json` wrote.

        Raises:
            ValueError: a part is missing or has the wrong shape.
        """
        try:
            return cls(
                seq=value["seq"],
                at=value["at"],
                event=Event.from_json(value["event"]),
                previous=value["previous"],
                digest=value["digest"],
            )
        except (KeyError, TypeError, AttributeError):
            raise ValueError("an entry lacks a part") from None

    def true_digest(self) -> str:
        """The digest its parts have now; differs from `digest` when any was changed."""
        return _digest(self.seq, self.at, self.event, self.previous)


def link(previous: Entry | None, event: Event, *, at: datetime) -> Entry:
    """The entry for an event, after `previous`, or the first.

    Raises:
        ValueError: `at` does not say its time zone.
    """
    seq = previous.seq + 1 if previous else 1
    before = previous.digest if previous else GENESIS
    written = stamp(at)
    return Entry(seq, written, event, before, _digest(seq, written, event, before))


def _digest(seq: int, at: str, event: Event, previous: str) -> str:
    return hashlib.sha256(_DOMAIN + canonical(_hashed(seq, at, event, previous))).hexdigest()


def _hashed(seq: int, at: str, event: Event, previous: str) -> dict[str, Any]:
    return {"seq": seq, "at": at, "event": event.as_json(), "previous": previous}
