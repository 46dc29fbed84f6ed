"""The one writer of the trail, and its readers.

`append` runs inside the caller's transaction: if the entry cannot be written, what it records does not happen.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from thirdchair.errors import TrailBroken
from thirdchair.sealing import load_or_make_signing_key
from thirdchair.trail.anchors import append_anchor
from thirdchair.trail.chain import Entry, link
from thirdchair.trail.event import Event
from thirdchair.trail.heads import HeadKind, HeadSigner, SignedHead
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
    if not connection.in_atomic_block:
        raise TrailBroken("A trail entry is written only inside the transaction of what it records.")
    current = TrailHead.objects.select_for_update().filter(kind=HeadKind.CURRENT).first()
    last = TrailEntry.objects.order_by("-seq").first()
    if (last is None) != (current is None) or (last and current and last.digest != current.digest):
        raise TrailBroken("The trail does not end where its signed head says. Run: thirdchair trail verify")
    entry = link(_entry(last) if last else None, event, at=now())
    TrailEntry.objects.create(
        seq=entry.seq,
        at=entry.at,
        kind=str(event.kind),
        actor=event.actor,
        subject=event.subject,
        facts=json.dumps(event.as_json()["facts"], sort_keys=True),
        previous=entry.previous,
        digest=entry.digest,
    )
    for head in signer().heads_due(entry):
        # The current head moves on in place: a writer that waits for its lock must find it there afterwards.
        if current and head.kind is HeadKind.CURRENT:
            TrailHead.objects.filter(pk=current.pk).update(**head.as_json())
        else:
            TrailHead.objects.create(**head.as_json())
    transaction.on_commit(lambda: _anchor(entry))
    return entry


def entries() -> Iterator[Entry]:
    """Every entry, oldest first, in constant memory."""
    for row in TrailEntry.objects.order_by("seq").iterator(chunk_size=500):
        yield _entry(row)


def heads() -> Iterator[SignedHead]:
    """Checkpoints and the current head, ordered by the entry they sign."""
    for row in TrailHead.objects.order_by("seq", "kind").iterator(chunk_size=500):
        yield SignedHead(row.seq, row.digest, row.at, HeadKind(row.kind), row.key_id, row.signature)


def _anchor(entry: Entry) -> None:
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
