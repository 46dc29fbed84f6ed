"""Whoever waits for the disk is told only once a sync that began after their writing has ended, however many wait."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thirdchair.trail.syncing import SharedSync


class Disk:
    """What is written, and what of it a sync has carried to the disk; it may fail from some sync on."""

    def __init__(self, takes_s: float, fails_at: int | None = None) -> None:
        self.written: set[int] = set()
        self.kept: set[int] = set()
        self.syncs = self.at_once = 0
        self._takes_s, self._fails_at = takes_s, fails_at

    def sync(self) -> None:
        self.at_once += 1
        assert self.at_once == 1
        carried = set(self.written)  # what is written during a sync may miss it
        self.syncs += 1
        time.sleep(self._takes_s)
        self.at_once -= 1
        if self.syncs == self._fails_at:
            raise OSError(5, "the disk is broken")
        self.kept |= carried


def write_and_wait(disk: Disk, sync: SharedSync, entry: int) -> str:
    disk.written.add(entry)
    try:
        sync()
    except OSError:
        return "failed"
    return "kept" if entry in disk.kept else "told too early"


@settings(max_examples=60, deadline=None)
@given(
    pauses_ms=st.lists(st.integers(0, 3), min_size=1, max_size=24),
    takes_ms=st.integers(0, 3),
    fails_at=st.none() | st.integers(1, 4),
)
def test_nobody_is_told_before_their_entry_is_on_the_disk(
    pauses_ms: list[int], takes_ms: int, fails_at: int | None
) -> None:
    disk = Disk(takes_ms / 1000, fails_at)
    sync = SharedSync(disk.sync)

    def turn(numbered: tuple[int, int]) -> str:
        entry, pause_ms = numbered
        time.sleep(pause_ms / 1000)
        return write_and_wait(disk, sync, entry)

    with ThreadPoolExecutor(len(pauses_ms)) as turns:
        told = list(turns.map(turn, enumerate(pauses_ms)))
    assert "told too early" not in told
    assert all(entry in disk.kept for entry, what in enumerate(told) if what == "kept")
    assert disk.syncs <= len(pauses_ms)
    if fails_at is None or disk.syncs < fails_at:
        assert set(told) == {"kept"}
    else:
        assert "failed" in told and write_and_wait(disk, sync, 1_000) == "failed"


def test_those_who_come_during_a_sync_share_the_next_one() -> None:
    began, go_on, syncs = threading.Event(), threading.Event(), []

    def slow() -> None:
        syncs.append(len(syncs))
        began.set()
        assert go_on.wait(10)

    sync = SharedSync(slow)
    with ThreadPoolExecutor(9) as turns:
        first = turns.submit(sync)
        assert began.wait(10)
        others = [turns.submit(sync) for _ in range(8)]
        time.sleep(0.1)
        assert not any(other.done() for other in others)
        go_on.set()
        for one in (first, *others):
            one.result(10)
    assert len(syncs) == 2


def test_a_sync_that_fails_fails_all_it_was_for_and_all_after_it() -> None:
    began, go_on, syncs = threading.Event(), threading.Event(), []

    def second_fails() -> None:
        syncs.append(len(syncs))
        began.set()
        assert go_on.wait(10)
        if len(syncs) == 2:
            raise OSError(28, "no space")

    sync = SharedSync(second_fails)
    with ThreadPoolExecutor(5) as turns:
        first = turns.submit(sync)
        assert began.wait(10)
        others = [turns.submit(sync) for _ in range(4)]
        time.sleep(0.1)
        go_on.set()
        first.result(10)
        for other in others:
            with pytest.raises(OSError, match="may not be on the disk"):
                other.result(10)
    with pytest.raises(OSError, match="may not be on the disk"):
        sync()
    assert len(syncs) == 2
