"""Verifying and exporting this service's own trail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.db import connection, transaction

from thirdchair.errors import TrailBroken
from thirdchair.trail.anchors import read_anchors
from thirdchair.trail.export import write_export
from thirdchair.trail.verification import Broken, Verified, verify
from thirdchair_web.trail import store


def verify_now() -> Verified | Broken:
    """Whether the trail in the database is whole, and no older than its anchors."""
    path = store.anchor_file()
    try:
        with _snapshot():
            return verify(
                store.entries(),
                heads=store.heads(),
                public_key=store.signer().public_key,
                anchors=read_anchors(path) if path.exists() else (),
            )
    except (TrailBroken, ValueError, OSError) as error:
        return Broken(None, str(error))


def export_to(target: Path | BinaryIO) -> int:
    """Writes the whole trail as a file; returns how many entries."""
    with _snapshot():
        return write_export(target, store.entries(), store.heads(), public_key=store.signer().public_key)


def trusted_key_id() -> str:
    """The name of the key this service signs with: tell it to the auditor by another way."""
    return store.signer().key_id


@contextmanager
def _snapshot() -> Iterator[None]:
    """Entries and heads as of one moment. On SQLite every transaction is one."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
