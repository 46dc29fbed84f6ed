"""A service's own thresholds: signed, told to the trail, and in force in every process at the next call."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

import web
from people import make_person, sign_in
from thirdchair.policy import Cleared
from thirdchair.policy.decision import UseRefused
from thirdchair.uses import USES
from thirdchair_web.governance.adjustments import adjust_requirement, countersign, waiting_for
from thirdchair_web.governance.methods import clearances, requirements_of
from thirdchair_web.governance.models import RequirementAdjustment
from thirdchair_web.trail.models import TrailEntry

pytestmark = pytest.mark.django_db(transaction=True)
USE = "summarise_session"
ASKED = USES[USE].requirements[0]
WAY = (USE, "extractive", "en")


def stands() -> float:
    return requirements_of(USE)[0].threshold


def change(threshold: float, by: Any, measure: str = ASKED.measure) -> RequirementAdjustment:
    return adjust_requirement(USE, measure=measure, threshold=threshold, why="We see more risk here.", by=by)


@pytest.fixture
def lead() -> Any:
    return make_person("service_lead")


@pytest.fixture
def officer() -> Any:
    return make_person("safety_officer")


def test_one_person_asks_more_and_a_method_that_falls_short_closes_at_once(lead: Any) -> None:
    assert isinstance(clearances()[WAY], Cleared)
    change(1.0, lead)
    assert stands() == 1.0
    judged = clearances()[WAY]
    assert not isinstance(judged, Cleared) and judged.refusal.rule == "clearance.short"
    assert judged.refusal.found["measure"] == ASKED.measure


def test_one_person_who_asks_less_changes_nothing_until_another_signs(lead: Any, officer: Any) -> None:
    row = change(0.1, lead)
    assert stands() == ASKED.threshold
    assert waiting_for(USE) == [row]
    with pytest.raises(UseRefused, match=r"adjust\.signatures"):
        countersign(row.id, by=lead)
    assert stands() == ASKED.threshold
    countersign(row.id, by=officer)
    assert stands() == 0.1
    assert waiting_for(USE) == []
    with pytest.raises(UseRefused, match=r"adjust\.not_waiting"):
        countersign(row.id, by=make_person("service_lead", username="lead-2"))


def test_what_one_tightened_another_cannot_take_back_alone(lead: Any, officer: Any) -> None:
    change(0.99, officer)
    row = change(ASKED.threshold, lead)
    assert stands() == 0.99
    countersign(row.id, by=officer)
    assert stands() == ASKED.threshold


def test_the_trail_holds_who_signed_what_and_never_why(lead: Any, officer: Any) -> None:
    row = change(0.1, lead)
    countersign(row.id, by=officer)
    entries = list(TrailEntry.objects.filter(kind="requirement_adjusted"))
    told = [(entry.actor, json.loads(entry.facts)) for entry in entries]
    assert [(who, facts["signatures"], facts["holds"]) for who, facts in told] == [
        (lead.identifier, 1, False),
        (officer.identifier, 2, True),
    ]
    assert {facts["threshold"] for _, facts in told} == {"0.1"}
    assert not any("risk here" in entry.facts for entry in entries)


def test_where_the_trail_cannot_be_written_no_threshold_moves(
    lead: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("thirdchair_web.governance.adjustments.record", fail)
    with pytest.raises(OSError, match="full"):
        change(1.0, lead)
    assert stands() == ASKED.threshold and not RequirementAdjustment.objects.exists()


@pytest.mark.parametrize("role", ["nurse", "evaluator", "on_call"])
def test_nobody_else_moves_a_threshold(role: str) -> None:
    with pytest.raises(UseRefused, match=r"adjust\.who"):
        change(1.0, web.make_clinician(role) if role == "nurse" else make_person(role))


@pytest.mark.parametrize(("measure", "threshold", "rule"), [("kindness", 0.9, "unknown"), (ASKED.measure, 7.0, "impossible")])  # fmt: skip
def test_what_cannot_be_is_refused(lead: Any, measure: str, threshold: float, rule: str) -> None:
    with pytest.raises(UseRefused, match=rf"adjust\.{rule}"):
        change(threshold, lead, measure)
    assert not RequirementAdjustment.objects.exists()


def test_the_page_shows_what_stands_what_was_reviewed_and_what_waits(lead: Any, officer: Any) -> None:
    client = Client()
    sign_in(client, lead)
    page = client.get(f"/uses/{USE}/").content.decode()
    assert f"Fewer than {ASKED.least_n} independent cases" in page
    assert "Sign as the second person" not in page
    form = {"measure": ASKED.measure, "threshold": "0.1", "why": "We look at every draft twice."}
    answer = client.post(f"/uses/{USE}/adjust/", form, follow=True).content.decode()
    assert "waits for a second person" in answer
    assert "Waiting for a second signature" in answer and "We look at every draft twice." in answer
    assert "Sign as the second person" not in answer, "not to the one who signed first"
    sign_in(other := Client(), officer)
    assert "Sign as the second person" in other.get(f"/uses/{USE}/").content.decode()
    (row,) = waiting_for(USE)
    answer = other.post(f"/uses/adjustments/{row.id}/sign/", follow=True).content.decode()
    assert "The threshold is changed." in answer
    assert f"reviewed: {ASKED.threshold}" in answer


@pytest.mark.parametrize(
    "changed", [{"why": " "}, {"threshold": "a lot"}, {"threshold": "2"}, {"measure": "x"}]
)
def test_a_form_that_says_nothing_changes_nothing(lead: Any, changed: dict[str, str]) -> None:
    sign_in(client := Client(), lead)
    form = {"measure": ASKED.measure, "threshold": "0.99", "why": "because"} | changed
    answer = client.post(f"/uses/{USE}/adjust/", form, follow=True)
    assert "The threshold is changed." not in answer.content.decode()
    assert not RequirementAdjustment.objects.exists()
    assert client.post("/uses/read_minds/adjust/", form).status_code == 404
