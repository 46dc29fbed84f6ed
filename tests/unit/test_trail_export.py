"""The trail as a file, and the anchors outside the database."""

from __future__ import annotations

import io
import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from thirdchair.errors import TrailBroken
from thirdchair.trail import (
    Anchor,
    Broken,
    Event,
    EventKind,
    HeadSigner,
    MemoryTrail,
    Verified,
    append_anchor,
    canonical,
    key_id,
    read_anchors,
    verify,
    verify_export,
    write_export,
)
from thirdchair.trail.export import LONGEST_LINE

MORNING = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def trail_of(count: int, signer: HeadSigner | None = None) -> MemoryTrail:
    trail = MemoryTrail(signer, clock=lambda: MORNING)
    for number in range(count):
        trail.append(Event(EventKind.DRAFT_OPENED, "nurse:1", "patient:3", {"draft": f"draft:{number}"}))
    return trail


def export_of(trail: MemoryTrail) -> bytes:
    stream = io.BytesIO()
    write_export(stream, trail.entries(), trail.heads(), public_key=trail.signer.public_key)
    return stream.getvalue()


def lines_of(trail: MemoryTrail) -> list[bytes]:
    return export_of(trail).splitlines(keepends=True)


def verdict_on(*lines: bytes, **given: object) -> Verified | Broken:
    return verify_export(io.BytesIO(b"".join(lines)), **given)


class TestExports:
    @pytest.mark.parametrize("count", [1, 64, 130])
    def test_an_export_verifies_by_itself(self, tmp_path: Path, count: int):
        trail = trail_of(count)
        target = tmp_path / "trail.jsonl"
        assert (
            write_export(target, trail.entries(), trail.heads(), public_key=trail.signer.public_key) == count
        )
        assert verify_export(target) == verify(
            trail.entries(), heads=trail.heads(), public_key=trail.signer.public_key
        )
        assert [p.name for p in tmp_path.iterdir()] == ["trail.jsonl"]

    def test_it_reads_as_header_entries_heads_footer(self):
        kinds = [json.loads(line)["line"] for line in lines_of(trail_of(65))]
        assert kinds == ["header", *["entry"] * 64, "head", "entry", "head", "footer"]

    def test_the_key_can_be_demanded(self):
        trail = trail_of(1)
        other = key_id(Ed25519PrivateKey.generate().public_key())
        assert isinstance(verdict_on(export_of(trail), trusted_key_id=trail.signer.key_id), Verified)
        assert verdict_on(export_of(trail), trusted_key_id=other) == Broken(
            None, "The export is signed with another key than the one you trust.", 1
        )

    def test_a_broken_trail_is_exported_as_it_is(self):
        trail = trail_of(3)
        stream = io.BytesIO()
        entries = list(trail.entries())
        write_export(stream, [entries[0], entries[2]], trail.heads(), public_key=trail.signer.public_key)
        assert verdict_on(stream.getvalue()) == Broken(3, "Entry 2 should stand here.", 3)

    def test_heads_past_the_end_are_exported_and_noticed(self):
        trail = trail_of(3)
        stream = io.BytesIO()
        entries = list(trail.entries())[:2]
        write_export(stream, entries, trail.heads(), public_key=trail.signer.public_key)
        assert verdict_on(stream.getvalue()) == Broken(2, "A head signs entry 3, which is not here.", 4)

    def test_an_export_that_fails_leaves_the_old_one(self, tmp_path: Path):
        target = tmp_path / "trail.jsonl"
        target.write_bytes(b"the old one")
        trail = trail_of(1)

        def entries():
            yield from trail.entries()
            raise TrailBroken("the disk went away")

        with pytest.raises(TrailBroken):
            write_export(target, entries(), trail.heads(), public_key=trail.signer.public_key)
        assert target.read_bytes() == b"the old one"
        assert len(list(tmp_path.iterdir())) == 1

    def test_a_file_that_is_not_there_is_reported(self, tmp_path: Path):
        verdict = verify_export(tmp_path / "none.jsonl")
        assert isinstance(verdict, Broken)
        assert "could not be read" in verdict.problem


def nested() -> bytes:
    return b"[" * 30_000 + b"\n"


class TestMalformedExports:
    @pytest.mark.parametrize(
        "line",
        [
            b"\n",
            b"{}\n",
            b"[]\n",
            b"null\n",
            b"not json\n",
            b"\xff\xfe\x00\n",
            b"NaN\n",
            b'{"line":"entry"}\n',
            b'{"line":"head"}\n',
            b'{"line":["entry"]}\n',
            b'{"line":"entry","event":7,"seq":1,"at":"","previous":"","digest":""}\n',
            b'{"line":"remark"}\n',
            b'{"line":' + b"9" * 5000 + b"}\n",
            nested(),
            b'"' + b"x" * LONGEST_LINE + b'"\n',
        ],
        ids=range(15),
    )
    def test_a_malformed_line_is_named_wherever_it_stands(self, line: bytes):
        header, *rest = lines_of(trail_of(1))
        first, second = verdict_on(line, *rest), verdict_on(header, line, *rest)
        assert isinstance(first, Broken)
        assert isinstance(second, Broken)
        assert (first.line, second.line) == (1, 2)

    @pytest.mark.parametrize(
        "rewrite",
        [
            lambda line: line.replace(b'"seq":1', b'"seq":1,"seq":1'),
            lambda line: line.replace(b'"seq":1', b'"seq":9,"seq":1'),
            lambda line: line.replace(b'"seq":1', b'"seq":1.0'),
            lambda line: line.replace(b'"seq":1', b'"seq":true'),
            lambda line: line.replace(b'"seq":1', b'"seq": 1'),
            lambda line: line.replace(b'"seq":1', b'"seq":1,"and":2'),
            lambda line: line.replace(b'"nurse:1"', b'"\\u006eurse:1"'),
            lambda line: line.replace(b'"draft:0"', b'"what the patient said"'),
            lambda line: line.replace(b"draft_opened", b"unheard_of"),
            lambda line: line.replace(b"\n", b"\r\n"),
            lambda line: line.replace(b"\n", b" \n"),
            lambda line: json.dumps(json.loads(line)).encode() + b"\n",
            lambda line: b"\xef\xbb\xbf" + line,
        ],
        ids=range(13),
    )
    def test_a_line_has_one_way_to_be_written(self, rewrite):
        header, entry, *rest = lines_of(trail_of(1))
        assert rewrite(entry) != entry
        verdict = verdict_on(header, rewrite(entry), *rest)
        assert isinstance(verdict, Broken)
        assert verdict.line == 2
        assert "patient said" not in verdict.problem
        assert "unheard" not in verdict.problem

    def test_a_huge_line_is_not_read_to_its_end(self):
        stream = io.BytesIO(b"{" * 10 * LONGEST_LINE)
        assert verify_export(stream) == Broken(None, "This line is longer than any the trail writes.", 1)
        assert stream.tell() == LONGEST_LINE + 1

    def test_the_last_line_end_belongs_to_the_footer(self):
        assert isinstance(verdict_on(export_of(trail_of(1))[:-1]), Broken)

    @pytest.mark.parametrize("extra", [b"\n", b" ", b"x\n", b"\x00"])
    def test_nothing_follows_the_footer(self, extra: bytes):
        assert verdict_on(export_of(trail_of(1)), extra) == Broken(1, "Something follows the footer.", 5)

    def test_a_footer_with_other_counts_is_noticed(self):
        *lines, _ = lines_of(trail_of(2))
        footer = canonical({"line": "footer", "entries": 2, "heads": 2}) + b"\n"
        verdict = verdict_on(*lines, footer)
        assert verdict == Broken(2, "The footer does not agree with what the export holds.", 5)

    def test_an_empty_trail_or_file_is_not_whole(self):
        assert verdict_on(export_of(trail_of(0))) == Broken(None, "The trail is empty.", 2)
        assert isinstance(verdict_on(b""), Broken)

    def test_another_version_is_not_checked_as_this_one(self):
        header, *rest = lines_of(trail_of(1))
        verdict = verdict_on(header.replace(b'"version":1', b'"version":2'), *rest)
        assert verdict == Broken(
            None, "This is not the header of a trail export that this version can check.", 1
        )


class TestAnchors:
    @pytest.fixture
    def anchors(self, tmp_path: Path) -> Path:
        return tmp_path / "anchors.txt"

    def test_one_line_for_each_entry(self, anchors: Path):
        trail = trail_of(3)
        for entry in trail.entries():
            append_anchor(anchors, entry)
        assert list(read_anchors(anchors)) == [Anchor(e.seq, e.digest) for e in trail.entries()]
        assert anchors.read_text().splitlines()[0] == f"1 {next(trail.entries()).digest}"
        assert anchors.stat().st_mode & 0o077 == 0

    def test_a_whole_trail_agrees_with_its_anchors(self, anchors: Path):
        trail = trail_of(5)
        for entry in list(trail.entries())[1:4]:
            append_anchor(anchors, entry)
        verdict = verdict_on(export_of(trail), anchors=anchors)
        assert isinstance(verdict, Verified)
        assert verdict.anchors == 3

    @pytest.mark.parametrize("kept", [1, 64, 65])
    def test_a_database_put_back_with_its_heads_is_noticed(self, anchors: Path, kept: int):
        """Everything inside the database agrees; only the anchors know better."""
        signer = HeadSigner(Ed25519PrivateKey.generate())
        earlier, later = trail_of(kept, signer), trail_of(70, signer)
        for entry in later.entries():
            append_anchor(anchors, entry)
        assert isinstance(verdict_on(export_of(earlier)), Verified)
        assert verdict_on(export_of(earlier), anchors=anchors) == Broken(
            kept, "The anchors reach past the last entry: the trail was cut.", len(lines_of(earlier))
        )

    def test_a_trail_rewritten_with_its_own_key_is_noticed(self, anchors: Path):
        signer = HeadSigner(Ed25519PrivateKey.generate())
        first = MemoryTrail(signer, clock=lambda: MORNING)
        append_anchor(
            anchors, first.append(Event(EventKind.CONTENT_ERASED, "a", "p", {"reason": "r", "records": 1}))
        )
        assert verdict_on(export_of(trail_of(1, signer)), anchors=anchors) == Broken(
            1, "It is not the entry that was anchored.", 2
        )

    def test_a_later_anchor_vouches_for_earlier_entries(self, anchors: Path):
        first, second = trail_of(2).entries()
        append_anchor(anchors, second)
        append_anchor(anchors, first)
        assert list(read_anchors(anchors)) == [Anchor(2, second.digest)]

    def test_many_writers_at_once_keep_the_order(self, anchors: Path):
        entries = list(trail_of(40).entries())
        with ThreadPoolExecutor(8) as writers:
            list(writers.map(lambda entry: append_anchor(anchors, entry), entries))
        kept = [anchor.seq for anchor in read_anchors(anchors)]
        assert kept == sorted(set(kept))
        assert kept[-1] == 40

    @pytest.mark.parametrize("torn", ["2", "2 ", "2 ab", "2 " + "a" * 63])
    def test_a_line_the_power_failed_in_is_passed_over(self, anchors: Path, torn: str):
        first, _, third = trail_of(3).entries()
        append_anchor(anchors, first)
        with anchors.open("a") as stream:
            stream.write(torn)
        append_anchor(anchors, third)
        assert [anchor.seq for anchor in read_anchors(anchors)] == [1, 3]

    @pytest.mark.parametrize(
        "line", ["words", "", "0 " + "a" * 64, "1 " + "A" * 64, "1  " + "a" * 64, "1 " + "a" * 200, "-1 x"]
    )
    def test_a_line_that_is_no_anchor_is_named(self, anchors: Path, line: str):
        trail = trail_of(1)
        anchors.write_text(f"{line}\n")
        for verdict in (
            verdict_on(export_of(trail), anchors=anchors),
            verify(
                trail.entries(),
                heads=trail.heads(),
                public_key=trail.signer.public_key,
                anchors=read_anchors(anchors),
            ),
        ):
            assert verdict == Broken(
                None, "Line 1 of the anchors is not an anchor that follows the one before."
            )

    def test_anchors_that_go_back_are_noticed(self, anchors: Path):
        first, second = trail_of(2).entries()
        anchors.write_text(f"2 {second.digest}\n1 {first.digest}\n")
        with pytest.raises(TrailBroken, match="Line 2"):
            list(read_anchors(anchors))

    def test_anchors_written_while_reading_are_left_out(self, anchors: Path):
        first, second = trail_of(2).entries()
        append_anchor(anchors, first)
        reading = read_anchors(anchors)
        append_anchor(anchors, second)
        assert [anchor.seq for anchor in reading] == [1]

    def test_a_missing_anchor_file_is_no_agreement(self, anchors: Path):
        verdict = verdict_on(export_of(trail_of(1)), anchors=anchors)
        assert isinstance(verdict, Broken)

    def test_an_anchor_that_cannot_be_written_is_an_error(self, tmp_path: Path):
        with pytest.raises(TrailBroken, match="anchor of entry 1"):
            append_anchor(tmp_path / "nowhere" / "anchors.txt", next(trail_of(1).entries()))

    def test_an_anchor_cut_short_by_a_full_disk_is_an_error_and_harms_no_later_one(
        self, anchors, monkeypatch
    ):
        first, second = trail_of(2).entries()
        whole_write = os.write
        with monkeypatch.context() as full:
            full.setattr("thirdchair.trail.anchors.os.write", lambda fd, line: whole_write(fd, line[:20]))
            with pytest.raises(TrailBroken, match="No space left"):
                append_anchor(anchors, first)
        append_anchor(anchors, second)
        assert list(read_anchors(anchors)) == [Anchor(2, second.digest)]
