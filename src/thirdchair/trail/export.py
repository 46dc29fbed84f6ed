"""The trail as a file that anyone can check, offline, without seeing what a patient said.

JSON Lines: a header with the public key; each entry, followed by the heads that sign it; a footer with the
counts. The form is strict: every line must be, byte for byte, what we would write for what it says, so that
not even a space can change unnoticed.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from thirdchair.errors import TrailBroken
from thirdchair.trail.anchors import read_anchors
from thirdchair.trail.canonical import canonical
from thirdchair.trail.chain import Entry
from thirdchair.trail.heads import CHECKPOINT_EVERY, SignedHead, key_id
from thirdchair.trail.verification import Broken, ChainCheck, Discrepancy, Verified, interleave

LONGEST_LINE: Final = 64 * 1024  # bytes; the longest entry the facts allow is far shorter


def write_export(
    target: Path | BinaryIO,
    entries: Iterable[Entry],
    heads: Iterable[SignedHead],
    *,
    public_key: Ed25519PublicKey,
) -> int:
    """How many entries were written. A broken trail is exported as it is, for it is the proof.

    Args:
        target: a stream, or a path, which is replaced only once the export is complete.
        entries: in order, read at the same moment as the heads.
        heads: as `verify` takes them.
        public_key: the key they are signed with.
    """
    if not isinstance(target, Path):
        return _write(target, entries, heads, public_key)
    descriptor, unfinished = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            written = _write(stream, entries, heads, public_key)
            stream.flush()
            os.fsync(stream.fileno())
        Path(unfinished).replace(target)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    return written


def verify_export(
    source: Path | BinaryIO, *, trusted_key_id: str | None = None, anchors: Path | None = None
) -> Verified | Broken:
    """Whether an export is a whole trail; never raises for what the file holds.

    Args:
        source: the file, or a stream of it.
        trusted_key_id: the key you were told to expect. Without it, compare `Verified.key_id` yourself: an
            export signed throughout with some other key also holds together.
        anchors: an anchor file. An export older than its newest anchor counts as cut.
    """
    lines: _Lines | None = None
    try:
        with ExitStack() as opened:
            stream = opened.enter_context(source.open("rb")) if isinstance(source, Path) else source
            lines = _Lines(stream)
            check = ChainCheck(_read_header(lines, trusted_key_id), read_anchors(anchors) if anchors else ())
            return _check_lines(lines, check)
    except Discrepancy as found:
        return Broken(found.seq, found.problem, lines.number if lines else None)
    except TrailBroken as error:
        return Broken(None, str(error))
    except OSError as error:
        return Broken(None, f"A file could not be read ({error.strerror}).")


def _write(
    stream: BinaryIO, entries: Iterable[Entry], heads: Iterable[SignedHead], public_key: Ed25519PublicKey
) -> int:
    counts = {"entry": 0, "head": 0}
    stream.write(_header(public_key))
    for item in interleave(entries, heads):
        counts["entry" if isinstance(item, Entry) else "head"] += 1
        stream.write(_line_of(item))
    stream.write(_footer(counts["entry"], counts["head"]))
    return counts["entry"]


def _check_lines(lines: _Lines, check: ChainCheck) -> Verified:
    for line in lines:
        value = _parse(line, seq=check.seq)
        if value.get("line") == "footer":
            return _check_footer(line, lines, check)
        item = _item(value, seq=check.seq)
        if _line_of(item) != line:
            raise Discrepancy("This line is not written the way the trail writes it.", seq=item.seq)
        check.take(item)
    raise Discrepancy("The export ends without its footer: it was cut.", seq=check.seq or None)


def _check_footer(line: bytes, lines: _Lines, check: ChainCheck) -> Verified:
    verified = check.finish()
    if line != _footer(verified.count, check.heads):
        raise Discrepancy("The footer does not agree with what the export holds.", seq=check.seq)
    if next(lines, None) is not None:
        raise Discrepancy("Something follows the footer.", seq=check.seq)
    return verified


def _read_header(lines: _Lines, trusted_key_id: str | None) -> Ed25519PublicKey:
    line = next(lines, b"")
    try:
        raw = bytes.fromhex(cast("str", _parse(line, seq=0)["public_key"]))
        public_key = Ed25519PublicKey.from_public_bytes(raw)
    except (KeyError, TypeError, ValueError):
        raise Discrepancy("This is not the header of a trail export.") from None
    if line != _header(public_key):
        raise Discrepancy("This is not the header of a trail export that this version can check.")
    if trusted_key_id is not None and key_id(public_key) != trusted_key_id:
        raise Discrepancy("The export is signed with another key than the one you trust.")
    return public_key


def _parse(line: bytes, *, seq: int) -> dict[str, Any]:
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError):
        raise Discrepancy("This line is not JSON.", seq=seq or None) from None
    if not isinstance(value, dict):
        raise Discrepancy("This line is not a JSON object.", seq=seq or None)
    return cast("dict[str, Any]", value)


def _item(value: dict[str, Any], *, seq: int) -> Entry | SignedHead:
    reads = {"entry": Entry.from_json, "head": SignedHead.from_json}
    kind = value.get("line")
    if not isinstance(kind, str) or kind not in reads:
        raise Discrepancy("This line is neither an entry nor a head.", seq=seq or None)
    try:
        return reads[kind](value)
    except ValueError as error:
        raise Discrepancy(f"This line cannot be read: {error}.", seq=seq or None) from None


def _header(public_key: Ed25519PublicKey) -> bytes:
    return _line(
        {
            "line": "header",
            "format": "thirdchair-trail",
            "version": 1,
            "checkpoint_every": CHECKPOINT_EVERY,
            "key_id": key_id(public_key),
            "public_key": public_key.public_bytes_raw().hex(),
        }
    )


def _footer(entries: int, heads: int) -> bytes:
    return _line({"line": "footer", "entries": entries, "heads": heads})


def _line_of(item: Entry | SignedHead) -> bytes:
    return _line({"line": "entry" if isinstance(item, Entry) else "head"} | item.as_json())


def _line(value: dict[str, Any]) -> bytes:
    return canonical(value) + b"\n"


class _Lines(Iterator[bytes]):
    """The lines of an export, with their line ends; `number` is the line last read."""

    def __init__(self, stream: BinaryIO) -> None:
        self.number = 0
        self._stream = stream

    def __next__(self) -> bytes:
        line = self._stream.readline(LONGEST_LINE + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > LONGEST_LINE:
            raise Discrepancy("This line is longer than any the trail writes.")
        return line
