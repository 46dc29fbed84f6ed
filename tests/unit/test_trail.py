"""Events, the chain, heads and commitments. Whether edits are noticed: generative/test_no_trail_edit…"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from thirdchair.trail import (
    CHECKPOINT_EVERY,
    FACTS,
    GENESIS,
    Broken,
    Entry,
    Event,
    EventKind,
    HeadKind,
    HeadSigner,
    MemoryTrail,
    SignedHead,
    Verified,
    canonical,
    commit,
    key_id,
    link,
    matches,
    stamp,
    verify,
    verify_head,
)

MORNING = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DIGEST = "ab" * 32


def signed_in(actor: str = "nurse:1") -> Event:
    return Event(EventKind.SIGNED_IN, actor, None, {"second_factor": True})


def model_called(**changes: object) -> Event:
    facts = {
        "run": "run:7",
        "model": "small-model",
        "model_digest": DIGEST,
        "prompt_digest": DIGEST,
        "request_commitment": DIGEST,
        "reply_commitment": None,
        "identifiers_concealed": 12,
        "filters": ["crisis.in", "grounding"],
        "sources": [],
    }
    return Event(EventKind.MODEL_CALLED, "system", "patient:3", facts | changes)


def trail_of(count: int) -> MemoryTrail:
    trail = MemoryTrail(clock=lambda: MORNING)
    for number in range(count):
        trail.append(signed_in(f"nurse:{number}"))
    return trail


def verdict_on(trail: MemoryTrail, **given: object) -> Verified | Broken:
    given = {"heads": trail.heads(), "public_key": trail.signer.public_key} | given
    return verify(given.pop("entries", trail.entries()), **given)


class TestEvents:
    def test_every_kind_declares_its_facts(self):
        assert set(FACTS) == set(EventKind)
        assert all(fact.name for facts in FACTS.values() for fact in facts.values())

    def test_an_event_carries_what_its_kind_declares(self):
        assert model_called().facts["filters"] == ("crisis.in", "grounding")

    @pytest.mark.parametrize(
        "changes",
        [
            {"model": "not an identifier"},
            {"model": "x" * 81},
            {"model": ""},
            {"model": "small-model\n"},
            {"model": None},
            {"model_digest": DIGEST.upper()},
            {"model_digest": DIGEST[:-1]},
            {"identifiers_concealed": -1},
            {"identifiers_concealed": True},
            {"identifiers_concealed": 2**53},
            {"identifiers_concealed": 1.0},
            {"filters": "grounding"},
            {"filters": ["two words"]},
            {"filters": ["f"] * 65},
            {"remark": "short"},
        ],
    )
    def test_a_wrong_or_undeclared_fact_is_refused(self, changes: dict[str, object]):
        with pytest.raises(ValueError, match="model_called"):
            model_called(**changes)

    def test_a_missing_fact_is_refused(self):
        with pytest.raises(ValueError, match="lacks: second_factor"):
            Event(EventKind.SIGNED_IN, "nurse:1", None, {})

    @pytest.mark.parametrize("decision", ["Allowed", "maybe", ["allowed"], None])
    def test_an_enumerated_word_is_one_of_its_words(self, decision: object):
        facts = {
            "use": "summarise_session",
            "method": "extractive",
            "decision": "allowed",
            "rule": None,
            "consent": "consent:9",
            "evidence": None,
            "policy_digest": DIGEST,
            "run": "run:7",
        }
        Event(EventKind.USE_REQUESTED, "nurse:1", "patient:3", facts)
        with pytest.raises(ValueError, match="decision must be one of allowed, refused"):
            Event(EventKind.USE_REQUESTED, "nurse:1", "patient:3", facts | {"decision": decision})

    @pytest.mark.parametrize("expires_at", ["2026-03-02", "2026-02-30T00:00:00.000000Z", "soon"])
    def test_a_time_is_a_utc_time_with_microseconds(self, expires_at: str):
        facts = {"consent": "c:1", "use": "u", "text_version": "v1", "how": "in_person"}
        Event(EventKind.CONSENT_RECORDED, "p:1", "p:1", facts | {"expires_at": stamp(MORNING)})
        with pytest.raises(ValueError, match="expires_at must be"):
            Event(EventKind.CONSENT_RECORDED, "p:1", "p:1", facts | {"expires_at": expires_at})

    @pytest.mark.parametrize(
        ("actor", "subject"), [("Nurse Okafor", None), ("nurse:1", "a name"), ("", None)]
    )
    def test_people_are_named_by_identifier(self, actor: str, subject: str | None):
        with pytest.raises(ValueError, match="is an identifier"):
            Event(EventKind.DRAFT_OPENED, actor, subject, {"draft": "d:1"})

    def test_a_refusal_never_holds_the_value(self):
        with pytest.raises(ValueError, match="model_called") as refused:
            model_called(model="words a patient said")
        with pytest.raises(ValueError, match="model_called") as undeclared:
            model_called(**{"words a patient said": 1})
        assert "patient said" not in str(refused.value) + str(undeclared.value)

    def test_facts_cannot_be_changed_afterwards(self):
        given = {"second_factor": True}
        event = Event(EventKind.SIGNED_IN, "nurse:1", None, given)
        given["second_factor"] = False
        assert event.facts == {"second_factor": True}
        with pytest.raises(TypeError):
            event.facts["second_factor"] = False  # type: ignore[index]

    def test_an_event_comes_back_from_plain_values(self):
        assert Event.from_json(model_called().as_json()) == model_called()

    def test_a_written_event_keeps_the_facts_it_was_written_with(self):
        older = {"kind": "signed_in", "actor": "nurse:1", "subject": None, "facts": {"from": "ward"}}
        assert Event.from_json(older).as_json() == older
        with pytest.raises(ValueError, match="shape"):
            Event.from_json(older | {"facts": {"from": "the ward"}})

    def test_an_unknown_kind_is_refused_without_quoting_it(self):
        with pytest.raises(ValueError, match="does not know") as refused:
            Event.from_json(signed_in().as_json() | {"kind": "a patient said"})
        assert "said" not in str(refused.value)


class TestTheChain:
    def test_the_first_entry_follows_nothing(self):
        entry = link(None, signed_in(), at=MORNING)
        assert (entry.seq, entry.previous, entry.at) == (1, GENESIS, "2026-03-02T09:30:00.000000Z")

    def test_each_entry_holds_the_digest_of_the_one_before(self):
        first = link(None, signed_in(), at=MORNING)
        second = link(first, signed_in(), at=MORNING)
        assert (second.seq, second.previous) == (2, first.digest)
        assert second.digest != first.digest

    @pytest.mark.parametrize(
        "changed",
        [
            {"seq": 2},
            {"at": stamp(MORNING + timedelta(microseconds=1))},
            {"event": signed_in("x")},
            {"previous": DIGEST},
        ],
    )
    def test_the_digest_covers_every_part(self, changed: dict[str, object]):
        entry = link(None, signed_in(), at=MORNING)
        assert entry.true_digest() == entry.digest
        assert replace(entry, **changed).true_digest() != entry.digest

    def test_a_digest_is_the_same_in_every_version(self):
        """A changed figure here means that trails already written no longer verify."""
        entry = link(None, signed_in(), at=MORNING)
        assert entry.digest == "3d7b077bad318816089a381279fee57bb5d74688eb9dd84d23169549a8bde317"

    def test_times_are_kept_in_utc(self):
        shanghai = MORNING.astimezone(timezone(timedelta(hours=8)))
        assert link(None, signed_in(), at=shanghai) == link(None, signed_in(), at=MORNING)
        with pytest.raises(ValueError, match="time zone"):
            link(None, signed_in(), at=MORNING.replace(tzinfo=None))

    def test_floats_have_no_place(self):
        with pytest.raises(TypeError, match="floats"):
            canonical({"a": [{"b": 1.5}]})

    @pytest.mark.parametrize("part", ["seq", "at", "event", "previous", "digest"])
    def test_an_entry_with_a_part_missing_or_wrong_is_no_entry(self, part: str):
        whole = link(None, signed_in(), at=MORNING).as_json()
        assert Entry.from_json(whole).as_json() == whole
        for wrong in ({k: v for k, v in whole.items() if k != part}, whole | {part: 7.5}, whole | {part: []}):
            with pytest.raises(ValueError, match="entry"):
                Entry.from_json(wrong)


class TestHeads:
    def test_the_newest_entry_is_always_signed(self):
        (head,) = trail_of(3).heads()
        assert (head.seq, head.kind) == (3, HeadKind.CURRENT)

    def test_every_64th_entry_keeps_a_checkpoint(self):
        heads = list(trail_of(2 * CHECKPOINT_EVERY).heads())
        assert [(h.seq, str(h.kind)) for h in heads] == [
            (64, "checkpoint"),
            (128, "checkpoint"),
            (128, "current"),
        ]

    @pytest.mark.parametrize(
        "changed",
        [
            {"seq": 2},
            {"digest": DIGEST},
            {"at": stamp(MORNING + timedelta(days=1))},
            {"kind": HeadKind.CHECKPOINT},
            {"key_id": DIGEST},
            {"signature": "00" * 64},
        ],
    )
    def test_the_signature_covers_every_part(self, changed: dict[str, object]):
        trail = trail_of(1)
        (head,) = trail.heads()
        assert verify_head(head, trail.signer.public_key)
        assert not verify_head(replace(head, **changed), trail.signer.public_key)

    def test_another_key_does_not_verify(self):
        (head,) = trail_of(1).heads()
        other = Ed25519PrivateKey.generate().public_key()
        assert not verify_head(head, other)
        assert not verify_head(replace(head, key_id=key_id(other)), other)

    def test_a_head_that_names_another_key_than_its_own_does_not_verify(self):
        signer = HeadSigner(Ed25519PrivateKey.generate())
        signer.key_id = DIGEST
        (head,) = signer.heads_due(link(None, signed_in(), at=MORNING))
        assert not verify_head(head, signer.public_key)

    @pytest.mark.parametrize("part", ["seq", "digest", "at", "kind", "key_id", "signature"])
    def test_a_head_with_a_part_missing_or_wrong_is_no_head(self, part: str):
        (head,) = trail_of(1).heads()
        whole = head.as_json()
        assert SignedHead.from_json(whole) == head
        for wrong in (
            {k: v for k, v in whole.items() if k != part},
            whole | {part: 7},
            whole | {part: "x y"},
        ):
            if wrong.get(part) == 7 and part == "seq":
                continue  # seven is a number an entry may have
            with pytest.raises(ValueError, match=r"head|signature") as refused:
                SignedHead.from_json(wrong)
            assert "x y" not in str(refused.value)


class TestVerifying:
    @pytest.mark.parametrize("count", [1, 2, 63, 64, 65, 130])
    def test_a_whole_trail_verifies(self, count: int):
        trail = trail_of(count)
        *_, last = trail.entries()
        expected = Verified(count, last.digest, count // 64, trail.signer.key_id)
        assert verdict_on(trail) == expected

    def test_an_empty_trail_is_not_whole(self):
        assert verdict_on(trail_of(0)) == Broken(None, "The trail is empty.")

    def test_another_services_key_is_noticed(self):
        other = Ed25519PrivateKey.generate().public_key()
        assert verdict_on(trail_of(1), public_key=other) == Broken(
            1, "The signature of this head does not hold."
        )

    def test_entries_added_without_the_key_are_noticed(self):
        trail = trail_of(2)
        *_, last = trail.entries()
        forged = [*trail.entries(), link(last, signed_in(), at=MORNING)]
        assert verdict_on(trail, entries=forged) == Broken(3, "An entry follows the one signed as the last.")

    def test_a_trail_cut_back_to_a_checkpoint_is_noticed(self):
        trail = trail_of(70)
        entries, heads = list(trail.entries())[:64], [h for h in trail.heads() if h.seq == 64]
        assert verdict_on(trail, entries=entries, heads=heads) == Broken(
            64, "The last entry is not signed as the last."
        )

    def test_a_missing_checkpoint_is_noticed(self):
        trail = trail_of(70)
        heads = [h for h in trail.heads() if h.seq == 70]
        assert verdict_on(trail, heads=heads) == Broken(64, "The checkpoint of this entry is missing.")

    def test_a_head_standing_twice_is_noticed(self):
        trail = trail_of(64)
        for heads in ([h, *trail.heads()] for h in trail.heads()):
            assert verdict_on(trail, heads=heads) == Broken(64, "A head stands twice or out of order.")

    def test_a_checkpoint_where_none_is_made_is_noticed(self):
        trail = trail_of(1)
        (head,) = trail.heads()
        moved = replace(head, kind=HeadKind.CHECKPOINT)
        assert verdict_on(trail, heads=[moved]) == Broken(1, "A checkpoint stands where none is made.")

    def test_a_head_of_another_entry_is_noticed(self):
        trail, other = trail_of(1), MemoryTrail(clock=lambda: MORNING)
        other.append(signed_in("someone:else"))
        assert verdict_on(trail, heads=other.heads()) == Broken(1, "The signed head is of another entry.")

    def test_a_row_that_cannot_be_read_is_noticed(self):
        trail = trail_of(2)

        def rows():
            yield next(trail.entries())
            raise ValueError("a broken row")

        assert verdict_on(trail, entries=rows()) == Broken(2, "The next entry or head cannot be read.")

    def test_it_reads_entries_one_at_a_time(self):
        """A trail of years fits no memory: an entry is let go before the next is asked for."""
        trail, held = trail_of(3), []

        def one_at_a_time():
            for entry in trail.entries():
                held.append(entry.seq)
                yield replace(entry, previous=DIGEST) if entry.seq == 2 else entry

        assert verdict_on(trail, entries=one_at_a_time()) == Broken(
            2, "It does not follow from the entry before."
        )
        assert held == [1, 2]


class TestCommitments:
    def test_it_matches_its_content_and_no_other(self):
        commitment = commit(b"fictional content")
        assert matches(b"fictional content", commitment)
        assert not matches(b"fictional content.", commitment)

    def test_two_for_the_same_content_have_nothing_in_common(self):
        assert commit(b"same").digest != commit(b"same").digest

    def test_without_its_salt_it_cannot_be_linked(self):
        kept = commit(b"a short guessable text")
        guess = replace(kept, salt=bytes(32))
        assert not matches(b"a short guessable text", guess)
        assert kept.salt.hex() not in repr(kept)
        assert len(kept.salt) == 32

    def test_its_digest_is_a_fact_the_trail_takes(self):
        assert model_called(reply_commitment=commit(b"x").digest)


def test_one_signer_can_sign_for_a_store_of_ones_own():
    signer = HeadSigner(Ed25519PrivateKey.generate())
    entry = link(None, signed_in(), at=MORNING)
    assert verify([entry], heads=signer.heads_due(entry), public_key=signer.public_key) == Verified(
        1, entry.digest, 0, signer.key_id
    )
