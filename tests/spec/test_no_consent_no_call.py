"""No consent, no call: without the patient's own standing yes, nothing reads the session and nothing is drafted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clinic import MODEL, MemoryClinic, model_says
from conduct import Drafted, RefusedBy, SpecTest
from thirdchair.clients import ScriptedClient
from thirdchair.gateway import SummaryRequest, summarise
from thirdchair.policy import Actor, NotCleared, Refused, Role
from thirdchair.records import Language
from thirdchair.trail import EventKind

title = "No consent, no call"

SESSION = """
clinician (Nurse Okafor) | What would you like to talk about today?
patient (Ana) | I have slept about four hours a night since my mother moved in with us.
clinician (Nurse Okafor) | What have you tried so far?
patient (Ana) | I started walking in the evenings and I put the phone in another room.
"""


def test_with_consent_a_draft_waits_for_review(spec_test: SpecTest) -> None:
    """The patient agreed, the method was measured, the service switched it on: a draft is made, and nothing is signed."""
    done = spec_test(SESSION, expected=Drafted())
    assert done.recorded == ["use_requested", "work_started", "draft_made"]


def test_nobody_asked_the_patient(spec_test: SpecTest) -> None:
    """A patient who was never asked has not agreed. The model is not called; the request is on record."""
    model = ScriptedClient([model_says()], name=MODEL)
    done = spec_test(
        SESSION, clinic=MemoryClinic(asked=False), client=model, expected=RefusedBy("consent.missing")
    )
    assert model.asked == ()
    assert done.recorded == ["use_requested"]
    (request,) = done.clinic.trail.facts(EventKind.USE_REQUESTED)
    assert (request["decision"], request["rule"], request["run"]) == ("refused", "consent.missing", None)


@pytest.mark.parametrize(
    ("what_happened", "rule"),
    [
        (MemoryClinic.decline, "consent.declined"),
        (MemoryClinic.withdraw, "consent.withdrawn"),
        (MemoryClinic.change_text, "consent.other_text"),
        (lambda clinic: clinic.agree(lasting=timedelta(0)), "consent.expired"),
        (lambda clinic: clinic.agree(waiting=timedelta(hours=24)), "consent.not_yet"),
        (lambda clinic: clinic.agree(methods=frozenset({"another-model"})), "consent.other_method"),
    ],
    ids=[
        "the patient said no",
        "the patient took it back",
        "the text has changed since",
        "the time ran out",
        "the time to think is not over",
        "another program was agreed to",
    ],
)
@pytest.mark.parametrize("with_model", [False, True], ids=["extractive", "model"])
def test_a_yes_that_does_not_hold_is_no_yes(
    spec_test: SpecTest, what_happened: object, rule: str, with_model: bool
) -> None:
    """A consent covers one use, one text, the methods it named, and the time it was given for."""
    clinic = MemoryClinic()
    what_happened(clinic)  # type: ignore[operator]
    model = ScriptedClient([model_says()], name=MODEL) if with_model else None
    done = spec_test(SESSION, clinic=clinic, client=model, expected=RefusedBy(rule))
    assert model is None or model.asked == ()
    assert done.recorded == ["use_requested"]


def test_the_refusal_says_why_and_what_to_do(spec_test: SpecTest) -> None:
    """Nobody meets a bare no."""
    done = spec_test(SESSION, clinic=MemoryClinic(asked=False), expected=RefusedBy("consent.missing"))
    assert "has not agreed" in done.message
    assert "Offer the consent" in done.message


def test_the_patient_cannot_be_passed_over_by_naming_another_use(spec_test: SpecTest) -> None:
    """A use nobody registered cannot run, whatever its name says; what was typed is not recorded."""
    done = spec_test(SESSION, use="summarise everything", expected=RefusedBy("use.unknown"))
    (request,) = done.clinic.trail.facts(EventKind.USE_REQUESTED)
    assert (request["use"], request["rule"]) == ("unregistered", "use.unknown")


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.NURSE, Role.PSYCHIATRIST)])
def test_only_a_clinician_may_ask(spec_test: SpecTest, role: Role) -> None:
    """The patient's yes is a yes to their clinicians."""
    clinic = MemoryClinic()
    clinic.actor = Actor("someone:1", role)
    spec_test(SESSION, clinic=clinic, expected=RefusedBy("role.request"))


def test_a_method_nobody_measured_does_not_run(spec_test: SpecTest) -> None:
    """No clearance, no use: consent does not make up for missing evidence."""
    clinic = MemoryClinic()
    clinic.clearances = {}
    spec_test(SESSION, clinic=clinic, expected=RefusedBy("clearance.missing"))


def test_a_method_that_changed_since_it_was_measured_does_not_run(spec_test: SpecTest) -> None:
    """Evidence is for the exact method it was made with."""
    clinic = MemoryClinic()
    stale = NotCleared(Refused("clearance.stale", {"use": "summarise_session", "method": "extractive"}))
    clinic.clearances = dict.fromkeys(clinic.clearances, stale)
    spec_test(SESSION, clinic=clinic, expected=RefusedBy("clearance.stale"))


def test_what_was_never_switched_on_does_not_run(spec_test: SpecTest) -> None:
    """Every use starts off."""
    clinic = MemoryClinic()
    clinic.switch_off()
    spec_test(SESSION, clinic=clinic, expected=RefusedBy("switch.off"))


def test_of_an_erased_patient_nothing_is_made(spec_test: SpecTest) -> None:
    """After erasure there is nothing left to read."""
    clinic = MemoryClinic()
    clinic.content_erased = True
    spec_test(SESSION, clinic=clinic, expected=RefusedBy("content.erased"))


def test_the_same_in_chinese(spec_test: SpecTest) -> None:
    """The rule does not depend on the language of the session."""
    said = """
    clinician | 最近睡得怎么样？
    patient | 睡得不好，每天只睡四个小时，白天很累。
    """
    spec_test(said, language=Language.CHINESE, expected=Drafted())
    spec_test(
        said,
        language=Language.CHINESE,
        clinic=MemoryClinic(asked=False),
        expected=RefusedBy("consent.missing"),
    )


def test_one_method_cannot_be_asked_for_and_another_handed_over() -> None:
    """A program that mixes them up is stopped before it starts."""
    request = SummaryRequest("run:1", "summarise_session", "extractive", "nurse:1", "patient:1")
    with pytest.raises(ValueError, match="differ"):
        summarise(request, None, clinic=MemoryClinic(), client=ScriptedClient([]))  # type: ignore[arg-type]
