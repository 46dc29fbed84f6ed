"""Anchors: a plain file outside the database that remembers how far the trail reached.

One line for each anchor, "seq digest", only ever appended, written after the entry is committed. Kept where
the database's owner cannot write (another host, a file that only grows), it shows a database put back to an
earlier day together with its heads. A crash between the commit and its anchor loses nothing: every anchor
vouches for all entries before it.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from thirdchair.errors import TrailBroken
from thirdchair.trail.chain import Entry

_LINE: Final = re.compile(rb"([1-9][0-9]{0,15}) ([0-9a-f]{64})")
# A line that the power failed in: it says nothing, and the next append starts a new line after it.
_CUT_SHORT: Final = re.compile(rb"[1-9][0-9]{0,15}( [0-9a-f]{0,63})?")
_LONGEST: Final = 128


@dataclass(frozen=True, slots=True)
class Anchor:
    """How far the trail reached: an entry's number and its digest."""

    seq: int
    digest: str


def append_anchor(path: Path, entry: Entry) -> None:
    """Writes an entry's anchor and waits until it is on the disk.

    Safe from several processes at once: where a later entry is anchored already, nothing is written, for that
    anchor vouches for this entry too.

    Raises:
        TrailBroken: the file could not be written.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            _append(descriptor, entry)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise TrailBroken(
            f"The anchor of entry {entry.seq} could not be written ({error.strerror})."
        ) from None


def read_anchors(path: Path) -> Iterator[Anchor]:
    """The anchors in the file at this moment; later ones are left out even where reading takes long.

    Raises:
        OSError: the file cannot be read.
        TrailBroken: while iterating, at a line that is no anchor or goes back.
    """
    return _read(path, path.stat().st_size)


def _append(descriptor: int, entry: Entry) -> None:
    size = os.fstat(descriptor).st_size
    tail = os.pread(descriptor, 2 * _LONGEST, max(0, size - 2 * _LONGEST))
    anchored = [match for line in tail.split(b"\n") if (match := _LINE.fullmatch(line))]
    if anchored and int(anchored[-1][1]) >= entry.seq:
        return
    start = "" if not tail or tail.endswith(b"\n") else "\n"
    line = f"{start}{entry.seq} {entry.digest}\n".encode()
    if os.write(descriptor, line) != len(line):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(descriptor)


def _read(path: Path, size: int) -> Iterator[Anchor]:
    last = number = 0
    with path.open("rb") as stream:
        while stream.tell() < size and (line := stream.readline(_LONGEST)):
            number += 1
            text = line.removesuffix(b"\n")
            match = _LINE.fullmatch(text)
            if match is None and _CUT_SHORT.fullmatch(text):
                continue
            if match is None or int(match[1]) <= last:
                raise TrailBroken(
                    f"Line {number} of the anchors is not an anchor that follows the one before."
                )
            last = int(match[1])
            yield Anchor(last, match[2].decode())
