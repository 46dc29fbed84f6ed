"""Content at rest, and the key files it stands on."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from thirdchair import sealing
from thirdchair.errors import ContentErased
from thirdchair.sealing import (
    ContentUnreadable,
    KeyFileUnusable,
    load_or_make_master_key,
    load_or_make_signing_key,
    new_content_key,
    seal,
    unseal,
    unwrap_key,
    wrap_key,
)
from thirdchair.trail import Commitment, Event, EventKind, MemoryTrail, Verified, commit, matches, verify

ROW = "patient-3/transcript/41"
KEY = new_content_key()
MASTER = new_content_key()


class TestContent:
    @pytest.mark.parametrize("content", [b"", b"fictional", "睡得好".encode(), bytes(100_000)])
    def test_what_was_sealed_opens(self, content: bytes):
        assert unseal(KEY, seal(KEY, content, context=ROW), context=ROW) == content

    def test_the_content_cannot_be_seen(self):
        assert b"fictional" not in seal(KEY, b"fictional", context=ROW)

    def test_the_same_content_never_looks_the_same(self):
        assert seal(KEY, b"same", context=ROW) != seal(KEY, b"same", context=ROW)

    @pytest.mark.parametrize(
        "elsewhere", ["patient-4/transcript/41", "patient-3/draft/41", "patient-3/transcript/42"]
    )
    def test_it_opens_in_its_own_row_only(self, elsewhere: str):
        sealed = seal(KEY, b"fictional", context=ROW)
        with pytest.raises(ContentUnreadable):
            unseal(KEY, sealed, context=elsewhere)

    def test_every_changed_bit_is_noticed(self):
        sealed = seal(KEY, b"fictional", context=ROW)
        for place in range(8 * len(sealed)):
            changed = bytearray(sealed)
            changed[place // 8] ^= 1 << place % 8
            with pytest.raises(ContentUnreadable):
                unseal(KEY, bytes(changed), context=ROW)

    def test_every_cut_is_noticed(self):
        sealed = seal(KEY, b"fictional", context=ROW)
        for length in range(len(sealed)):
            with pytest.raises(ContentUnreadable):
                unseal(KEY, sealed[:length], context=ROW)

    def test_another_key_does_not_open_it(self):
        with pytest.raises(ContentUnreadable):
            unseal(new_content_key(), seal(KEY, b"fictional", context=ROW), context=ROW)

    def test_without_its_key_content_is_gone_and_none_is_added(self):
        with pytest.raises(ContentErased):
            unseal(None, seal(KEY, b"fictional", context=ROW), context=ROW)
        with pytest.raises(ContentErased):
            seal(None, b"fictional", context=ROW)

    @pytest.mark.parametrize(
        "context", ["", "patient-3", "a/b", "a/b/c/d", "a//c", "a/b/two words", "a/b/c\n"]
    )
    def test_a_context_names_patient_kind_and_id(self, context: str):
        with pytest.raises(ValueError, match="patient/kind/id"):
            seal(KEY, b"fictional", context=context)
        with pytest.raises(ValueError, match="patient/kind/id"):
            unseal(KEY, seal(KEY, b"fictional", context=ROW), context=context)

    def test_a_shorter_key_is_not_taken_for_a_weaker_cipher(self):
        with pytest.raises(ValueError, match="32 bytes"):
            seal(KEY[:16], b"fictional", context=ROW)


def test_after_erasure_the_trail_still_verifies_and_says_nothing_of_the_content():
    trail, content = MemoryTrail(), b"fictional"
    commitment = commit(content)
    sealed = seal(KEY, commitment.salt + content, context=ROW)
    trail.append(
        Event(
            EventKind.DRAFT_EDITED,
            "nurse:1",
            "patient-3",
            {"draft": "41", "revision": 1, "commitment": commitment.digest},
        )
    )
    kept = unseal(KEY, sealed, context=ROW)
    assert matches(kept[32:], Commitment(kept[:32], commitment.digest))

    trail.append(Event(EventKind.CONTENT_ERASED, "patient-3", "patient-3", {"reason": "asked", "records": 1}))
    with pytest.raises(ContentErased):
        unseal(None, sealed, context=ROW)
    assert isinstance(
        verify(trail.entries(), heads=trail.heads(), public_key=trail.signer.public_key), Verified
    )
    assert not matches(content, Commitment(bytes(32), commitment.digest))


class TestContentKeys:
    def test_a_wrapped_key_unwraps_for_its_patient_only(self):
        wrapped = wrap_key(MASTER, KEY, patient="patient-3")
        assert KEY not in wrapped
        assert unwrap_key(MASTER, wrapped, patient="patient-3") == KEY
        with pytest.raises(ContentUnreadable):
            unwrap_key(MASTER, wrapped, patient="patient-4")
        with pytest.raises(ContentUnreadable):
            unwrap_key(new_content_key(), wrapped, patient="patient-3")

    def test_a_destroyed_key_is_erased_content(self):
        with pytest.raises(ContentErased):
            unwrap_key(MASTER, None, patient="patient-3")

    def test_a_wrapped_key_and_sealed_content_are_never_taken_for_each_other(self):
        with pytest.raises(ContentUnreadable):
            unwrap_key(MASTER, seal(MASTER, KEY, context=ROW), patient=ROW)
        with pytest.raises(ContentUnreadable):
            unseal(MASTER, wrap_key(MASTER, KEY, patient=ROW), context=ROW)

    def test_keys_are_not_repeated(self):
        assert len({new_content_key() for _ in range(100)}) == 100

    def test_only_a_whole_key_is_wrapped(self):
        with pytest.raises(ValueError, match="32 bytes"):
            wrap_key(MASTER, b"short", patient="patient-3")


@pytest.mark.parametrize("load", [load_or_make_master_key, load_or_make_signing_key])
class TestKeyFiles:
    def test_it_is_made_once_and_for_the_owner_only(self, tmp_path: Path, load):
        path = tmp_path / "keys" / "the.key"
        assert raw(load(path)) == raw(load(path)) == path.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600
        assert list(path.parent.iterdir()) == [path]

    def test_many_starts_at_once_agree_on_one_key(self, tmp_path: Path, load):
        path = tmp_path / "the.key"
        with ThreadPoolExecutor(8) as starts:
            keys = set(starts.map(lambda _: raw(load(path)), range(16)))
        assert keys == {path.read_bytes()}
        assert list(tmp_path.iterdir()) == [path]

    def test_a_start_that_loses_the_race_takes_the_winners_key(self, tmp_path: Path, load, monkeypatch):
        path, winners = tmp_path / "the.key", bytes(range(32))
        link = os.link

        def another_start_comes_first(*places):
            path.write_bytes(winners)
            path.chmod(0o600)
            link(*places)

        monkeypatch.setattr(sealing.os, "link", another_start_comes_first)
        assert raw(load(path)) == winners
        assert list(tmp_path.iterdir()) == [path]

    def test_a_crash_before_the_key_is_in_place_leaves_no_half_key(self, tmp_path: Path, load, monkeypatch):
        def power_fails(_):
            raise KeyboardInterrupt

        monkeypatch.setattr(sealing.os, "fsync", power_fails)
        with pytest.raises(KeyboardInterrupt):
            load(tmp_path / "the.key")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601, 0o777])
    def test_a_file_open_to_others_is_refused_with_the_remedy(self, tmp_path: Path, load, mode: int):
        path = tmp_path / "the.key"
        load(path)
        path.chmod(mode)
        with pytest.raises(KeyFileUnusable, match="chmod 600"):
            load(path)

    @pytest.mark.parametrize("content", [b"", b"short", bytes(33)])
    def test_a_file_without_a_whole_key_is_never_replaced(self, tmp_path: Path, load, content: bytes):
        path = tmp_path / "the.key"
        path.write_bytes(content)
        path.chmod(0o600)
        with pytest.raises(KeyFileUnusable, match="Put back the copy"):
            load(path)
        assert path.read_bytes() == content

    def test_a_place_that_takes_no_file_is_refused(self, tmp_path: Path, load):
        (tmp_path / "file").write_text("in the way")
        with pytest.raises(KeyFileUnusable, match="its own folder"):
            load(tmp_path / "file" / "the.key")


def raw(key) -> bytes:
    return key if isinstance(key, bytes) else key.private_bytes_raw()
