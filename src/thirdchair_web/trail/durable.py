"""Transactions that wait for the disk together: each is committed in turn, and one sync then serves all that wait.

SQLite syncs its log at every commit, one after another. Here a commit leaves that out, and nothing that rests on it, no
reply, no anchor and no question to a model, happens before a sync that began after it. A power cut before that sync
loses a transaction of which nobody was told. PostgreSQL does the like by itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final, cast

from django.db import connection, transaction

from thirdchair.trail.syncing import SharedSync

_LATE: Final = "PRAGMA synchronous=NORMAL"
_AT_ONCE: Final = "PRAGMA synchronous=FULL"


@contextmanager
def synced_together(on_commit: Callable[[], None]) -> Iterator[Callable[[], None]]:
    """A transaction; when the block ends, what it did is on the disk, or it raises.

    Yields what the block calls once it has written something; where it wrote nothing, nothing is waited for.

    Args:
        on_commit: called once the transaction is committed, before the disk is waited for.

    Raises:
        OSError: it is committed, but may not be on the disk; no anchor was written.
    """
    wrote = False

    def written() -> None:
        nonlocal wrote
        wrote = True

    together = connection.vendor == "sqlite" and not connection.in_atomic_block and not _in_memory()

    def committed() -> None:
        on_commit()
        if wrote and together:
            _log_of(str(connection.settings_dict["NAME"]))()

    if together:
        connection.ensure_connection()
        connection.connection.execute(_LATE)
    try:
        with transaction.atomic():
            transaction.on_commit(committed)  # the first, so that no anchor is written before the sync
            yield written
    finally:
        if together and connection.connection is not None:
            connection.connection.execute(_AT_ONCE)


def _in_memory() -> bool:
    return cast("Any", connection).is_in_memory_db()


@cache
def _log_of(database: str) -> SharedSync:
    """The sync of the write-ahead log of one database file."""
    return SharedSync(lambda: _sync(f"{database}-wal"))


def _sync(path: str) -> None:
    # Opened anew each time: the log is another file after its database was closed by all. It holds no lock of SQLite's.
    log = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(log)
    finally:
        os.close(log)
