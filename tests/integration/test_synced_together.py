"""Transactions of the door wait for the disk together, and nothing that rests on one happens before its sync."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from thirdchair.trail.event import Event, EventKind
from thirdchair_web import house
from thirdchair_web.trail import durable, store
from thirdchair_web.trail.models import TrailEntry

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="other databases sync for many by themselves"),
]

WITHDRAWN = Event(
    kind=EventKind.CONSENT_WITHDRAWN,
    actor="p-1",
    subject="p-1",
    facts={"consent": "c-1", "use": "answer_question"},
)


@pytest.fixture
def order(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What happens to the disk, in order."""
    seen: list[str] = []
    sync, append_anchor = durable._sync, store.append_anchor

    def synced(path: str) -> None:
        assert Path(path).exists()
        seen.append(f"sync of {TrailEntry.objects.count()}")
        sync(path)

    def anchored(*args: Any) -> None:
        seen.append("anchor")
        append_anchor(*args)

    monkeypatch.setattr(durable, "_sync", synced)
    monkeypatch.setattr(store, "append_anchor", anchored)
    durable._log_of.cache_clear()
    yield seen
    durable._log_of.cache_clear()


def clinic() -> house.ChatClinic:
    return house.ChatClinic(None, None, keep_alert=lambda *_: None)  # type: ignore[arg-type] - nothing is read of it here


def level() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        return cursor.fetchone()[0]


def test_an_entry_is_synced_after_its_commit_and_before_its_anchor(order: list[str]) -> None:
    with clinic().transaction() as desk:
        desk.record(WITHDRAWN)
        assert order == [] and level() == 1
    assert order == ["sync of 1", "anchor"]
    assert level() == 2


def test_what_writes_nothing_waits_for_nothing(order: list[str]) -> None:
    with clinic().transaction():
        pass
    assert order == [] and level() == 2


def test_what_an_action_within_records_is_anchored_only_after_the_sync(order: list[str]) -> None:
    with clinic().transaction() as desk:
        desk._written()
        store.append(WITHDRAWN)
    assert order == ["sync of 1", "anchor"]


def test_a_sync_that_fails_is_an_error_and_leaves_no_anchor(
    order: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: str) -> None:
        raise OSError(5, "the disk is broken")

    monkeypatch.setattr(durable, "_sync", broken)
    for _ in range(2):
        with pytest.raises(OSError, match="may not be on the disk"), clinic().transaction() as desk:
            desk.record(WITHDRAWN)
    assert order == [] and level() == 2
    assert not house._TURNSTILE._is_owned()  # type: ignore[attr-defined]


def test_what_is_undone_is_not_waited_for(order: list[str]) -> None:
    with pytest.raises(ZeroDivisionError), clinic().transaction() as desk:
        desk.record(WITHDRAWN)
        raise ZeroDivisionError
    assert order == [] and level() == 2 and not TrailEntry.objects.exists()
    assert not house._TURNSTILE._is_owned()  # type: ignore[attr-defined]


def test_the_next_turn_begins_while_the_one_before_waits_for_the_disk(
    order: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    owned: list[bool] = []
    monkeypatch.setattr(durable, "_sync", lambda path: owned.append(house._TURNSTILE._is_owned()))  # type: ignore[attr-defined]
    with clinic().transaction() as desk:
        desk.record(WITHDRAWN)
    assert owned == [False]
