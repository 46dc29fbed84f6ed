"""Whatever is done to a trail or its export, verifying notices; and no free text enters a trail.

Exhaustive on a small trail, by chance on others. The small exports are checked without knowing the key
beforehand, which is the harder case.
"""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from thirdchair.trail import (
    FACTS,
    Broken,
    Event,
    EventKind,
    HeadSigner,
    MemoryTrail,
    SignedHead,
    Verified,
    link,
    verify,
    verify_export,
    write_export,
)
from thirdchair.trail.chain import Entry

SIGNER = HeadSigner(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
MORNING = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DIGEST = "ab" * 32


def trail_of(events: list[Event]) -> MemoryTrail:
    minutes = itertools.count()
    trail = MemoryTrail(SIGNER, clock=lambda: MORNING + timedelta(minutes=next(minutes)))
    for event in events:
        trail.append(event)
    return trail


@cache
def small_trail(count: int) -> MemoryTrail:
    return trail_of(
        [Event(EventKind.DRAFT_OPENED, "nurse:1", "patient:3", {"draft": f"d:{n}"}) for n in range(count)]
    )


def export_of(trail: MemoryTrail) -> bytes:
    stream = io.BytesIO()
    write_export(stream, trail.entries(), trail.heads(), public_key=trail.signer.public_key)
    return stream.getvalue()


def is_noticed(export: bytes) -> bool:
    return isinstance(verify_export(io.BytesIO(export)), Broken)


def is_noticed_in_store(entries: list[Entry], heads: list[SignedHead]) -> bool:
    return isinstance(verify(entries, heads=heads, public_key=SIGNER.public_key), Broken)


class TestEveryEditOfASmallExport:
    EXPORT = property(lambda self: export_of(small_trail(3)))

    def test_untouched_it_verifies(self):
        assert not is_noticed(self.EXPORT)

    def test_every_bit(self):
        export = self.EXPORT
        for place in range(8 * len(export)):
            changed = bytearray(export)
            changed[place // 8] ^= 1 << place % 8
            assert is_noticed(bytes(changed)), f"bit {place % 8} of byte {place // 8}"

    def test_every_byte_dropped_or_doubled(self):
        export = self.EXPORT
        for place in range(len(export)):
            assert is_noticed(export[:place] + export[place + 1 :]), place
            assert is_noticed(export[:place] + export[place : place + 1] + export[place:]), place

    def test_every_byte_inserted(self):
        export = self.EXPORT
        for place, extra in itertools.product(range(len(export) + 1), (b" ", b"\n", b"0", b"\x00")):
            assert is_noticed(export[:place] + extra + export[place:]), place

    def test_every_cut_at_either_end(self):
        export = self.EXPORT
        assert all(is_noticed(export[:place]) for place in range(len(export)))
        assert all(is_noticed(export[place:]) for place in range(1, len(export) + 1))


@pytest.mark.parametrize("count", [4, 65])
class TestEveryMoveOfLines:
    def lines(self, count: int) -> list[bytes]:
        return export_of(small_trail(count)).splitlines(keepends=True)

    def test_every_line_dropped(self, count: int):
        lines = self.lines(count)
        for place in range(len(lines)):
            assert is_noticed(b"".join(lines[:place] + lines[place + 1 :])), place

    def test_every_run_of_lines_dropped(self, count: int):
        lines = self.lines(count)
        for start, end in itertools.combinations(range(len(lines) + 1), 2):
            assert is_noticed(b"".join(lines[:start] + lines[end:])), (start, end)

    def test_every_pair_swapped(self, count: int):
        lines = self.lines(count)
        for first, second in itertools.combinations(range(len(lines)), 2):
            moved = list(lines)
            moved[first], moved[second] = moved[second], moved[first]
            assert is_noticed(b"".join(moved)), (first, second)

    def test_every_line_repeated_at_every_place(self, count: int):
        lines = self.lines(count)
        for line, place in itertools.product(lines, range(len(lines) + 1)):
            assert is_noticed(b"".join([*lines[:place], line, *lines[place:]])), place


class TestEveryEditOfAStoredTrail:
    """Entry by entry, by someone who may write to the database but has no key."""

    TRAIL = property(lambda self: small_trail(66))

    def test_every_entry_dropped_doubled_or_moved(self):
        entries, heads = list(self.TRAIL.entries()), list(self.TRAIL.heads())
        assert not is_noticed_in_store(entries, heads)
        for place, entry in enumerate(entries):
            rest = entries[:place] + entries[place + 1 :]
            assert is_noticed_in_store(rest, heads)
            for elsewhere in range(len(entries) + 1):
                assert is_noticed_in_store([*entries[:elsewhere], entry, *entries[elsewhere:]], heads)
                if elsewhere not in (place, len(entries)):
                    assert is_noticed_in_store([*rest[:elsewhere], entry, *rest[elsewhere:]], heads)

    def test_every_cut_with_the_heads_that_still_fit(self):
        entries, heads = list(self.TRAIL.entries()), list(self.TRAIL.heads())
        for kept in range(len(entries)):
            assert is_noticed_in_store(entries[:kept], heads)
            assert is_noticed_in_store(entries[:kept], [h for h in heads if h.seq <= kept])
            assert is_noticed_in_store(entries[kept + 1 :], heads)

    def test_every_entry_edited_with_its_own_digest_made_to_fit(self):
        entries, heads = list(self.TRAIL.entries()), list(self.TRAIL.heads())
        for place, entry in enumerate(entries):
            for edit in (
                {"event": replace(entry.event, actor="someone:else")},
                {"at": "2026-03-02T08:00:00.000000Z"},
                {"previous": DIGEST},
                {"seq": entry.seq + 1},
            ):
                edited = replace(entry, **edit)
                for fitting in (edited, replace(edited, digest=edited.true_digest())):
                    assert is_noticed_in_store([*entries[:place], fitting, *entries[place + 1 :]], heads)

    def test_every_rewriting_of_the_rest_with_fitting_digests(self):
        """The chain is made whole again after an edit; the heads are what cannot be made."""
        entries, heads = list(self.TRAIL.entries()), list(self.TRAIL.heads())
        for place in range(len(entries)):
            rewritten = entries[:place]
            for entry in entries[place:]:
                event = replace(entry.event, actor="someone:else") if entry.seq == place + 1 else entry.event
                last = rewritten[-1] if rewritten else None
                rewritten.append(link(last, event, at=datetime.fromisoformat(entry.at)))
            assert is_noticed_in_store(rewritten, heads)

    def test_every_set_of_heads_but_the_right_one(self):
        entries, heads = list(self.TRAIL.entries()), list(self.TRAIL.heads())
        for chosen in itertools.product(heads, repeat=len(heads)):
            assert is_noticed_in_store(entries, list(chosen)) == (list(chosen) != heads)
        for count in range(len(heads)):
            assert is_noticed_in_store(entries, heads[:count])


IDENTIFIERS = st.from_regex(r"[A-Za-z0-9._:-]{1,80}", fullmatch=True)
VALUES = {
    "an identifier": IDENTIFIERS,
    "at most 64 identifiers": st.lists(IDENTIFIERS, max_size=4),
    "a SHA-256 digest": st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    "the digest of a commitment": st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    "a count": st.integers(0, 2**53 - 1),
    "a UTC time with microseconds": st.just("2026-03-02T09:30:00.000000Z"),
    "True or False": st.booleans(),
}


def values_of(shape: str) -> st.SearchStrategy:
    if shape.endswith(", or None"):
        return st.none() | values_of(shape.removesuffix(", or None"))
    if shape.startswith("one of "):
        return st.sampled_from(shape.removeprefix("one of ").split(", "))
    return VALUES[shape]


ANY_KIND = st.sampled_from(EventKind)


@st.composite
def events(draw: st.DrawFn, kinds: st.SearchStrategy[EventKind] = ANY_KIND) -> Event:
    kind = draw(kinds)
    facts = {name: draw(values_of(fact.name)) for name, fact in FACTS[kind].items()}
    return Event(kind, draw(IDENTIFIERS), draw(st.none() | IDENTIFIERS), facts)


QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("kind", EventKind)
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_every_kind_of_event_goes_out_and_comes_back(kind: EventKind, data: st.DataObject):
    event = data.draw(events(st.just(kind)))
    assert Event.from_json(event.as_json()) == event
    assert not is_noticed(export_of(trail_of([event])))


@QUICK
@given(happened=st.lists(events(), min_size=1, max_size=8), repeats=st.integers(1, 20))
def test_a_trail_of_anything_verifies(happened: list[Event], repeats: int):
    trail = trail_of(happened * repeats)
    verdict = verify_export(io.BytesIO(export_of(trail)), trusted_key_id=SIGNER.key_id)
    assert isinstance(verdict, Verified)
    assert verdict.count == len(happened) * repeats


@QUICK
@given(happened=st.lists(events(), min_size=1, max_size=6), data=st.data())
def test_any_part_of_an_export_overwritten_with_anything_is_noticed(
    happened: list[Event], data: st.DataObject
):
    export = export_of(trail_of(happened))
    start = data.draw(st.integers(0, len(export)))
    end = data.draw(st.integers(start, min(len(export), start + 200)))
    changed = export[:start] + data.draw(st.binary(max_size=200)) + export[end:]
    assume(changed != export)
    assert is_noticed(changed)


@QUICK
@given(happened=st.lists(events(), min_size=2, max_size=8), data=st.data())
def test_any_other_order_of_lines_is_noticed(happened: list[Event], data: st.DataObject):
    lines = export_of(trail_of(happened)).splitlines(keepends=True)
    moved = data.draw(st.permutations(lines))
    assume(moved != lines)
    assert is_noticed(b"".join(moved))


@QUICK
@given(rubbish=st.binary(max_size=500))
def test_no_file_at_all_brings_the_verifier_down(rubbish: bytes):
    header = export_of(small_trail(1)).splitlines(keepends=True)[0]
    assert is_noticed(rubbish)
    assert is_noticed(header + rubbish)


FREE_TEXT = st.builds(
    lambda before, mark, after: before + mark + after,
    st.text(max_size=30),
    st.sampled_from([" ", "\n", "\t", "，", "'", "?"])
    | st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.text(max_size=30),
)


@pytest.mark.parametrize("kind", [kind for kind in EventKind if FACTS[kind]])
@settings(max_examples=10, deadline=None)
@given(data=st.data(), text=FREE_TEXT)
def test_free_text_enters_no_fact_of_any_event(kind: EventKind, data: st.DataObject, text: str):
    whole = data.draw(events(st.just(kind)))
    for name in whole.facts:
        for smuggled in (text, [text], (text,)):
            with pytest.raises(ValueError, match=kind) as refused:
                replace(whole, facts={**whole.facts, name: smuggled}, as_written=False)
            assert text.strip() == "" or len(text) < 3 or text not in str(refused.value)
            with pytest.raises(ValueError, match="shape"):
                Event.from_json(whole.as_json() | {"facts": {**whole.facts, name: smuggled}})
    for people in ({"actor": text}, {"subject": text}):
        with pytest.raises(ValueError, match="identifier"):
            replace(whole, **people, as_written=False)
