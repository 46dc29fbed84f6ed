"""Whose words a letter is: what only people write, and what AI drafted goes out as what it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thirdchair.policy import Allowed, Refused
from thirdchair.policy.letters import (
    LEAST_OWN_SHARE,
    PEOPLE_ONLY,
    LetterFacts,
    LetterKind,
    draft_refusal,
    may_send,
)

WRITTEN = LetterFacts(
    LetterKind.REPLY, has_words=True, still_unsent=True, unchanged_since_seen=True, confirmed=True
)
DRAFTED = replace(
    WRITTEN, drafted_by_ai=True, own_share=0.1, disclosed=True, opened_seconds_ago=600, draft_words=100
)


def rule(facts: LetterFacts) -> str:
    decision = may_send(facts)
    return decision.rule if isinstance(decision, Refused) else ""


@pytest.mark.parametrize("kind", sorted(PEOPLE_ONLY))
def test_ai_drafts_none_of_what_only_people_write(kind):
    assert draft_refusal(kind, wants_people=False) == Refused(f"document.{kind}")
    assert rule(replace(DRAFTED, kind=kind)) == f"document.{kind}"
    assert may_send(replace(WRITTEN, kind=kind)) == Allowed()


def test_who_wants_more_contact_with_people_gets_no_drafted_letter():
    assert draft_refusal(LetterKind.REPLY, wants_people=False) is None
    refused = draft_refusal(LetterKind.REPLY, wants_people=True)
    assert refused is not None and refused.rule == "letter.wants_people"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"has_words": False}, "letter.empty"),
        ({"still_unsent": False}, "letter.sent_already"),
        ({"unchanged_since_seen": False}, "letter.changed"),
        ({"confirmed": False}, "letter.not_confirmed"),
    ],
)
def test_a_letter_goes_out_only_as_it_was_seen_and_answered_for(change, why):
    assert rule(replace(WRITTEN, **change)) == why
    assert rule(replace(DRAFTED, **change)) == why


def test_a_drafted_letter_is_read_before_it_goes():
    assert rule(replace(DRAFTED, opened_seconds_ago=None)) == "letter.too_soon"
    assert rule(replace(DRAFTED, opened_seconds_ago=9, draft_words=100)) == "letter.too_soon"
    assert rule(replace(DRAFTED, opened_seconds_ago=10, draft_words=100)) == ""


def test_a_sentence_without_a_source_does_not_go_out_as_the_model_wrote_it():
    assert rule(replace(DRAFTED, unsupported_unedited=1)) == "letter.unsupported"


@given(own=st.floats(0, 1), disclosed=st.booleans())
def test_words_a_machine_wrote_go_out_as_the_senders_own_only_past_the_set_share(own, disclosed):
    sent = may_send(replace(DRAFTED, own_share=own, disclosed=disclosed)) == Allowed()
    assert sent == (disclosed or own >= LEAST_OWN_SHARE)
