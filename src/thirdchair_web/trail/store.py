"""The one writer of the trail, and its readers.

`append` runs inside the caller's transaction: if the entry cannot be written, what it records does not happen.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from thirdchair.errors import TrailBroken
from thirdchair.sealing import load_or_make_signing_key
from thirdchair.trail.anchors import append_anchor
from thirdchair.trail.chain import Entry, link
from thirdchair.trail.event import Event
from thirdchair.trail.heads import HeadKind, HeadSigner, SignedHead, is_checkpoint
from thirdchair_web.clock import now
from thirdchair_web.trail.models import TrailEntry, TrailHead

log = logging.getLogger(__name__)


@cache
def signer() -> HeadSigner:
    """Signs the heads of this service's trail; its key is made at the first start."""
    return HeadSigner(load_or_make_signing_key(settings.KEYS_DIR / "trail.key"))


def anchor_file() -> Path:
    """Where each committed head is noted outside the database."""
    return settings.DATA_DIR / "trail.anchors"


def append(event: Event) -> Entry:
    """Adds an entry to the trail, in the transaction the caller has open.

    Raises:
        TrailBroken: there is no transaction, or the trail no longer ends where its signed head says.
    """
    return append_all([event])[-1]


def append_all(events: Sequence[Event], *, committed: Callable[[Entry], None] | None = None) -> list[Entry]:
    """Adds an entry for each of these events, in order, in the transaction the caller has open; at least one.

    Args:
        committed: told the last entry once it is committed, and sees to its anchor; None anchors it at once.

    Raises:
        TrailBroken: as for `append`.
    """
    if not connection.in_atomic_block:
        raise TrailBroken("A trail entry is written only inside the transaction of what it records.")
    with (
        connection.cursor() as cursor
    ):  # by hand: every request writes here, and compiling costs more than writing
        current, last = _newest(cursor)
        entries: list[Entry] = []
        for event in events:
            entries.append(last := link(last, event, at=now()))
        cursor.executemany(_ADD, [_row(entry) for entry in entries])
        for head in _heads_due(entries):
            values = [head.as_json()[name] for name in _HEAD_COLUMNS]
            if current and head.kind is HeadKind.CURRENT:
                # It moves on in place: a writer that waits for its lock must find it there afterwards.
                cursor.execute(_MOVE_HEAD, [*values, current])
            else:
                cursor.execute(_ADD_HEAD, values)
    told, newest = committed or anchor, entries[-1]
    transaction.on_commit(lambda: told(newest))
    return entries


def _heads_due(entries: Sequence[Entry]) -> Iterator[SignedHead]:
    """Checkpoints among entries of one transaction, and the current head of the last; nobody sees one between."""
    for entry in entries[:-1]:
        if is_checkpoint(entry.seq):
            yield from (head for head in signer().heads_due(entry) if head.kind is HeadKind.CHECKPOINT)
    yield from signer().heads_due(entries[-1])


def _newest(cursor: CursorWrapper) -> tuple[int | None, Entry | None]:
    """The row of the current head, locked, and the newest entry, which it must sign."""
    lock = connection.ops.for_update_sql() if connection.features.has_select_for_update else ""
    cursor.execute(f"{_HEAD} {lock}", [HeadKind.CURRENT])
    head = cursor.fetchone()
    cursor.execute(_LAST)
    row = cursor.fetchone()
    if (row is None) != (head is None) or (row and head and row[-1] != head[1]):
        raise TrailBroken("The trail does not end where its signed head says. Run: thirdchair trail verify")
    return (head[0], _entry(TrailEntry(*row))) if row and head else (None, None)


def _row(entry: Entry) -> list[str | int | None]:
    event = entry.event
    facts = json.dumps(event.as_json()["facts"], sort_keys=True)
    return [
        entry.seq,
        entry.at,
        str(event.kind),
        event.actor,
        event.subject,
        facts,
        entry.previous,
        entry.digest,
    ]


_ENTRIES, _HEADS = TrailEntry._meta.db_table, TrailHead._meta.db_table
_COLUMNS: Final = ", ".join(str(field.column) for field in TrailEntry._meta.concrete_fields)
_HEAD_COLUMNS: Final = ("seq", "digest", "at", "kind", "key_id", "signature")
_LAST: Final = f"SELECT {_COLUMNS} FROM {_ENTRIES} ORDER BY seq DESC LIMIT 1"  # noqa: S608 - names of ours
_ADD: Final = f"INSERT INTO {_ENTRIES} ({_COLUMNS}) VALUES ({', '.join(['%s'] * 8)})"  # noqa: S608
_HEAD: Final = f"SELECT id, digest FROM {_HEADS} WHERE kind = %s"  # noqa: S608
_ADD_HEAD: Final = f"INSERT INTO {_HEADS} ({', '.join(_HEAD_COLUMNS)}) VALUES ({', '.join(['%s'] * 6)})"  # noqa: S608
_MOVE_HEAD: Final = f"UPDATE {_HEADS} SET {', '.join(f'{name} = %s' for name in _HEAD_COLUMNS)} WHERE id = %s"  # noqa: S608


def entries() -> Iterator[Entry]:
    """Every entry, oldest first, in constant memory."""
    for row in TrailEntry.objects.order_by("seq").iterator(chunk_size=500):
        yield _entry(row)


def heads() -> Iterator[SignedHead]:
    """Checkpoints and the current head, ordered by the entry they sign."""
    for row in TrailHead.objects.order_by("seq", "kind").iterator(chunk_size=500):
        yield SignedHead(row.seq, row.digest, row.at, HeadKind(row.kind), row.key_id, row.signature)


def anchor(entry: Entry) -> None:
    """Notes a committed entry outside the database. It is committed already, so a full disk cannot undo it."""
    try:
        append_anchor(anchor_file(), entry)
    except TrailBroken as error:
        # Any later anchor vouches for this entry too.
        log.error("%s", error)


def _entry(row: TrailEntry) -> Entry:
    return Entry.from_json(
        {
            "seq": row.seq,
            "at": row.at,
            "event": {
                "kind": row.kind,
                "actor": row.actor,
                "subject": row.subject,
                "facts": json.loads(row.facts),
            },
            "previous": row.previous,
            "digest": row.digest,
        }
    )
