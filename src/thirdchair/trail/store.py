"""Where the trail is kept: what every store promises, and the one in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from threading import Lock
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from thirdchair.trail.chain import Entry, link
from thirdchair.trail.event import Event
from thirdchair.trail.heads import HeadSigner, SignedHead


class TrailStore(Protocol):
    """The trail as the rest of the core sees it: it can be added to and read, and nothing else."""

    def append(self, event: Event) -> Entry:
        """The entry written for an event, inside the caller's transaction.

        What is recorded and its record are saved together or not at all. One writer at a time: an
        implementation locks the end of the trail until the transaction ends.

        Raises:
            TrailBroken: the entry could not be written; what it records must then not happen.
        """
        ...

    def entries(self) -> Iterator[Entry]:
        """All entries in order, as they are stored.

        Raises:
            TrailBroken: while iterating, at an entry that cannot be read.
        """
        ...

    def heads(self) -> Iterator[SignedHead]:
        """Every checkpoint and the current head, by entry, a checkpoint before the current head."""
        ...


class MemoryTrail:
    """A trail that lasts as long as the process: for the command line, and for tests.

    Args:
        signer: signs the heads; by default with a key made for this trail.
        clock: the time now, with its time zone.
    """

    def __init__(
        self, signer: HeadSigner | None = None, *, clock: Callable[[], datetime] | None = None
    ) -> None:
        self.signer = signer or HeadSigner(Ed25519PrivateKey.generate())
        self._clock = clock or (lambda: datetime.now(UTC))
        self._entries: list[Entry] = []
        self._checkpoints: list[SignedHead] = []
        self._current: tuple[SignedHead, ...] = ()
        self._writing = Lock()

    def append(self, event: Event) -> Entry:
        """The entry written for an event."""
        with self._writing:
            previous = self._entries[-1] if self._entries else None
            entry = link(previous, event, at=self._clock())
            *checkpoints, current = self.signer.heads_due(entry)
            self._entries.append(entry)
            self._checkpoints += checkpoints
            self._current = (current,)
        return entry

    def entries(self) -> Iterator[Entry]:
        """All entries in order."""
        return iter(tuple(self._entries))

    def heads(self) -> Iterator[SignedHead]:
        """Every checkpoint and the current head."""
        return iter((*self._checkpoints, *self._current))
