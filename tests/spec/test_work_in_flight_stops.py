"""Work in flight stops: a withdrawal or a kill switch is heard at the next step, and no draft comes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from clinic import MODEL, InterruptedClient, MemoryClinic, model_says
from conduct import Drafted, RefusedBy, SpecTest
from thirdchair.policy import Actor, Role

title = "Work in flight stops"

SESSION = """
clinician | What would you like to talk about today?
patient | I have slept about four hours a night since my mother moved in with us.
"""

Happening = Callable[[MemoryClinic], None]


def time_runs_out(clinic: MemoryClinic) -> None:
    clinic.at += timedelta(days=365)


def role_changes(clinic: MemoryClinic) -> None:
    clinic.actor = Actor("nurse:1", Role.EVALUATOR)


def content_is_erased(clinic: MemoryClinic) -> None:
    clinic.content_erased = True


def evidence_is_taken_back(clinic: MemoryClinic) -> None:
    clinic.clearances = {}


def every_method_is_stopped(clinic: MemoryClinic) -> None:
    clinic.stop_method("extractive")
    clinic.switches = type(clinic.switches)(
        clinic.switches.uses_on, stopped_methods=frozenset({"extractive", MODEL})
    )


HAPPENINGS: list[tuple[Happening, str]] = [
    (MemoryClinic.withdraw, "consent.withdrawn"),
    (MemoryClinic.decline, "consent.declined"),
    (time_runs_out, "consent.expired"),
    (MemoryClinic.change_text, "consent.other_text"),
    (MemoryClinic.stop_everything, "switch.everything"),
    (every_method_is_stopped, "switch.method_stopped"),
    (MemoryClinic.switch_off, "switch.off"),
    (role_changes, "role.request"),
    (content_is_erased, "content.erased"),
    (evidence_is_taken_back, "clearance.missing"),
]
ANYTHING = pytest.mark.parametrize(("happens", "rule"), HAPPENINGS, ids=[rule for _, rule in HAPPENINGS])


@ANYTHING
def test_it_stops_between_the_steps_of_the_extractive_method(
    spec_test: SpecTest, happens: Happening, rule: str
) -> None:
    """After the first step the world changes; the second step does not run."""
    clinic = MemoryClinic()
    done = spec_test(SESSION, clinic=clinic, meanwhile=lambda: happens(clinic), expected=RefusedBy(rule))
    assert len(done.stages) == 1
    assert done.recorded == ["use_requested", "work_started"]


@ANYTHING
def test_it_stops_before_a_model_is_asked(spec_test: SpecTest, happens: Happening, rule: str) -> None:
    """Nothing leaves after a no, and no call is recorded that was not made."""
    clinic = MemoryClinic()
    model = InterruptedClient([model_says()], meanwhile=lambda: None)
    done = spec_test(
        SESSION, clinic=clinic, client=model, meanwhile=lambda: happens(clinic), expected=RefusedBy(rule)
    )
    assert model.asked == ()
    assert done.recorded == ["use_requested", "work_started"]


@ANYTHING
def test_it_stops_while_a_model_is_thinking(spec_test: SpecTest, happens: Happening, rule: str) -> None:
    """What was already asked cannot be unasked; what comes back is dropped."""
    clinic = MemoryClinic()
    model = InterruptedClient([model_says()], meanwhile=lambda: happens(clinic))
    done = spec_test(SESSION, clinic=clinic, client=model, expected=RefusedBy(rule))
    assert len(model.asked) == 1
    assert done.recorded == ["use_requested", "work_started", "model_called"]


def test_a_reply_that_could_not_be_read_is_not_asked_for_again_after_a_no(spec_test: SpecTest) -> None:
    """The second question is a new call and needs its own yes."""
    clinic = MemoryClinic()
    model = InterruptedClient(["what?", model_says()], meanwhile=clinic.withdraw)
    spec_test(SESSION, clinic=clinic, client=model, expected=RefusedBy("consent.withdrawn"))
    assert len(model.asked) == 1


@pytest.mark.parametrize("place", range(7))
def test_at_the_very_last_moment_it_still_stops(spec_test: SpecTest, place: int) -> None:
    """Before whichever transaction the patient takes it back, no draft is kept: 1 decides, 2 to 5 work, 6 saves."""
    clinic = MemoryClinic()
    opened = iter(range(100))

    def withdraw_at_place() -> None:
        if next(opened) == place:
            clinic.withdraw()

    clinic.between = withdraw_at_place
    spec_test(SESSION, clinic=clinic, expected=RefusedBy("consent.withdrawn") if place < 6 else Drafted())


def test_a_long_session_is_asked_about_in_parts_and_each_part_needs_its_own_yes(spec_test: SpecTest) -> None:
    """The patient withdraws while the second part is read; the third is never sent."""
    turn = (
        "patient | I walked by the river and thought about the week, and then I cooked and slept a little. "
    )
    clinic = MemoryClinic()
    answers = iter([lambda: None, clinic.withdraw])
    model = InterruptedClient([model_says()] * 5, meanwhile=lambda: next(answers)())
    spec_test("\n".join([turn] * 200), clinic=clinic, client=model, expected=RefusedBy("consent.withdrawn"))
    assert len(model.asked) == 2


def test_the_person_who_waits_is_told_how_far_it_got(spec_test: SpecTest) -> None:
    """Progress is told step by step and ends at the end."""
    done = spec_test(SESSION, expected=Drafted())
    assert [progress.stage for progress in done.stages] == ["reading", "scoring", "choosing", "writing"]
    assert [progress.done for progress in done.stages] == [1, 2, 3, 4]
