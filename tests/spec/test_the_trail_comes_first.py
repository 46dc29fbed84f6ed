"""The trail comes first: what cannot be recorded does not happen, and what is recorded did."""

from __future__ import annotations

import json

import pytest

from clinic import MODEL, MemoryClinic, model_says, session
from conduct import Drafted, SpecTest
from thirdchair.clients import ScriptedClient
from thirdchair.gateway import EXTRACTIVE, SummaryRequest, method_digest, summarise
from thirdchair.records import Language
from thirdchair.trail import EventKind, Verified
from thirdchair.uses import USES

title = "The trail comes first"

SESSION = """
clinician | What would you like to talk about today?
patient | I have slept about four hours a night since my mother moved in with us.
"""
CRISIS = """
clinician | How have the evenings been?
patient | I'm going to kill myself tonight.
"""


def test_every_step_is_recorded_in_order(spec_test: SpecTest) -> None:
    """Asked for, begun, told to a model, drafted."""
    model = ScriptedClient([model_says()], name=MODEL)
    done = spec_test(SESSION, client=model, expected=Drafted())
    assert done.recorded == ["use_requested", "work_started", "model_called", "draft_made"]
    assert isinstance(done.clinic.trail.verified(), Verified)


def test_the_entries_say_on_whose_word_and_on_what_evidence(spec_test: SpecTest) -> None:
    """Consent, evidence, use, method and model are all named by identifier or digest."""
    model = ScriptedClient([model_says()], name=MODEL)
    trail = spec_test(SESSION, client=model, expected=Drafted()).clinic.trail
    (requested,), (called,), (made,) = (
        trail.facts(kind) for kind in (EventKind.USE_REQUESTED, EventKind.MODEL_CALLED, EventKind.DRAFT_MADE)
    )
    use = USES["summarise_session"]
    assert (requested["decision"], requested["consent"], requested["evidence"]) == (
        "allowed",
        "consent:1",
        "e" * 64,
    )
    assert requested["policy_digest"] == called["prompt_digest"] == use.digest
    assert (called["model"], called["model_digest"]) == (MODEL, model.digest)
    assert (made["method"], made["method_digest"]) == (MODEL, method_digest(model))
    assert {facts["run"] for facts in (requested, called, made)} == {"run:1"}
    assert {entry.event.subject for entry in trail.entries()} == {"patient:1"}


@pytest.mark.parametrize("language", list(Language))
def test_nothing_that_was_said_is_in_the_trail(spec_test: SpecTest, language: Language) -> None:
    """It can be shown to anyone who audits, in full."""
    model = ScriptedClient([model_says(("plan", "The patient named the harbour.", ["u2"]))], name=MODEL)
    done = spec_test(SESSION, client=model, language=language, expected=Drafted())
    written = json.dumps([entry.event.as_json() for entry in done.clinic.trail.entries()])
    assert all(word not in written for word in ("mother", "hours", "harbour"))


def attempt(said: str, clinic: MemoryClinic, client: ScriptedClient | None = None) -> None:
    """A request at a clinic whose disk is full for some entries."""
    method = client.name if client else EXTRACTIVE
    request = SummaryRequest("run:1", "summarise_session", method, "nurse:1", "patient:1")
    with pytest.raises(OSError, match="the disk is full"):
        summarise(request, session(said), clinic=clinic, client=client)


@pytest.mark.parametrize("kind", [EventKind.USE_REQUESTED, EventKind.WORK_STARTED])
def test_a_request_that_cannot_be_recorded_is_not_worked_on(kind: EventKind) -> None:
    """No entry, no work, no question to a model; half an entry is none."""
    clinic, model = MemoryClinic(failing_at=frozenset({kind})), ScriptedClient([model_says()], name=MODEL)
    attempt(SESSION, clinic, model)
    assert (model.asked, clinic.drafts, clinic.trail.kinds) == ((), [], [])


def test_a_refusal_that_cannot_be_recorded_is_an_error_and_no_permission() -> None:
    """Nor does it become one by being tried again."""
    clinic = MemoryClinic(asked=False, failing_at=frozenset({EventKind.USE_REQUESTED}))
    attempt(SESSION, clinic)
    attempt(SESSION, clinic)
    assert (clinic.drafts, clinic.trail.kinds) == ([], [])


def test_a_call_that_cannot_be_recorded_is_not_made() -> None:
    """The entry is written before the words leave."""
    clinic = MemoryClinic(failing_at=frozenset({EventKind.MODEL_CALLED}))
    model = ScriptedClient([model_says()], name=MODEL)
    attempt(SESSION, clinic, model)
    assert (model.asked, clinic.drafts, clinic.trail.kinds) == ((), [], ["use_requested", "work_started"])


@pytest.mark.parametrize("with_model", [False, True], ids=["extractive", "model"])
def test_a_draft_that_cannot_be_recorded_is_not_kept(with_model: bool) -> None:
    """The draft was saved first, in the same transaction, and goes with it."""
    clinic = MemoryClinic(failing_at=frozenset({EventKind.DRAFT_MADE}))
    attempt(SESSION, clinic, ScriptedClient([model_says()], name=MODEL) if with_model else None)
    assert clinic.drafts == []
    assert "draft_made" not in clinic.trail.kinds


def test_a_draft_that_cannot_be_kept_is_not_recorded() -> None:
    """The trail never names a draft that is not there."""
    clinic = MemoryClinic()
    clinic.on_save = full_disk
    attempt(SESSION, clinic)
    assert clinic.trail.kinds == ["use_requested", "work_started"]


def test_an_alert_outlives_a_trail_that_fails_after_it() -> None:
    """The request comes to nothing; somebody is told all the same."""
    clinic = MemoryClinic(failing_at=frozenset({EventKind.USE_REQUESTED}))
    attempt(CRISIS, clinic)
    assert len(clinic.alerts) == 1
    assert (clinic.drafts, clinic.trail.kinds) == ([], ["alert_raised"])


def test_an_alert_that_cannot_be_recorded_stops_the_work() -> None:
    """Nobody works on quietly while an alert is lost: the error is seen, and the work is tried again."""
    clinic = MemoryClinic(failing_at=frozenset({EventKind.ALERT_RAISED}))
    attempt(CRISIS, clinic)
    assert (clinic.alerts, clinic.drafts, clinic.trail.kinds) == ([], [], [])


def test_trying_again_raises_no_second_alert(spec_test: SpecTest) -> None:
    """The person on call is told once of one session."""
    clinic = MemoryClinic(failing_at=frozenset({EventKind.DRAFT_MADE}))
    attempt(CRISIS, clinic)
    clinic.trail.failing_at = frozenset()
    done = spec_test(CRISIS, clinic=clinic, expected=Drafted())
    assert len(clinic.alerts) == 1
    assert done.recorded.count("alert_raised") == 1


def full_disk() -> None:
    raise OSError("the disk is full")
