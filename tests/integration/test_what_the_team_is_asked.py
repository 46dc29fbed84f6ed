"""The care team is asked for something: once, on time, and until somebody said how it ended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

import web
from people import sign_in
from thirdchair_web.clock import now
from thirdchair_web.review.erasure import erase
from thirdchair_web.team.actions import ask_team, finish, take, waiting_for
from thirdchair_web.team.models import TeamTask
from thirdchair_web.trail.models import TrailEntry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]


@pytest.fixture
def patient():
    return web.make_patient()


@pytest.fixture
def nurse():
    return web.make_clinician()


def wants_a_person(patient, **more) -> TeamTask:
    return ask_team(patient, kind=TeamTask.Kind.WANTS_A_PERSON, actor="system", **more)


def test_asking_twice_makes_one_task_that_is_only_more_urgent(patient):
    first = wants_a_person(patient, hours=48, note="Please ring me.")
    again = wants_a_person(patient, hours=2, note="In the morning, if you can.")
    assert again.id == first.id
    assert again.due_at < now() + timedelta(hours=3)
    assert again.read("note").splitlines() == ["Please ring me.", "In the morning, if you can."]
    assert wants_a_person(patient, hours=48).due_at == again.due_at
    assert TrailEntry.objects.filter(kind="team_asked").count() == 1


def test_after_it_is_done_asking_makes_a_new_one(patient, nurse):
    first = wants_a_person(patient)
    take(first.id, by=nurse)
    assert finish(first.id, outcome="Spoke for ten minutes.", by=nurse)
    assert not waiting_for(patient)
    assert wants_a_person(patient).id != first.id


def test_only_who_took_it_says_how_it_ended(patient, nurse):
    task = wants_a_person(patient)
    assert not finish(task.id, outcome="Nobody took it.", by=nurse)
    take(task.id, by=nurse)
    other = web.make_clinician(username="nurse-b")
    assert take(task.id, by=other).taken_by == nurse
    assert not finish(task.id, outcome="By another.", by=other)


def test_a_nurse_takes_it_and_writes_what_was_done(client: Client, patient, nurse):
    task = wants_a_person(patient, note="Please ring me.")
    sign_in(client, nurse)
    assert "Wants to speak with a person" in client.get("/team/").content.decode()
    assert "Please ring me." in client.get(f"/team/{task.id}/").content.decode()
    client.post(f"/team/{task.id}/", {"act": "take"})
    assert client.post(f"/team/{task.id}/", {"act": "finish", "outcome": ""}).status_code == 422
    client.post(f"/team/{task.id}/", {"act": "finish", "outcome": "Spoke for ten minutes."})
    assert "Nothing waits" in client.get("/team/").content.decode()
    assert "Spoke for ten minutes." in client.get(f"/team/{task.id}/").content.decode()
    assert [e.kind for e in TrailEntry.objects.filter(kind__startswith="team_")] == [
        "team_asked", "team_took", "team_did",
    ]  # fmt: skip


def test_erasing_leaves_the_task_without_its_words(client: Client, patient, nurse):
    task = wants_a_person(patient, note="Please ring me.")
    erase(patient, by=nurse)
    task.refresh_from_db()
    assert task.read("note") == ""
    take(task.id, by=nurse)
    assert finish(task.id, outcome="Nothing left to do.", by=nurse)
    sign_in(client, nurse)
    assert "Please ring me." not in client.get(f"/team/{task.id}/").content.decode()


def test_a_task_read_by_sending_a_form_is_in_the_trail_too(client: Client):
    nurse, patient = web.make_clinician(), web.make_patient()
    sign_in(client, nurse)
    asked = ask_team(patient, kind="wants_a_person", actor="system", note="Please ring me.")
    page = client.post(f"/team/{asked.id}/", {"act": "finish"})
    assert "Please ring me." in page.content.decode()
    assert TrailEntry.objects.filter(kind="record_opened", subject=patient.ref).exists()


def test_who_decides_and_answers_half_way_are_not_read_unseen(client: Client):
    from thirdchair_web.questionnaires.actions import assign

    nurse, patient = web.make_clinician(), web.make_patient()
    sign_in(client, nurse)
    assign(patient, name="mood-check", every_weeks=0, shows_result=False, by=nurse)
    seen = TrailEntry.objects.filter(kind="record_opened", subject=patient.ref)
    client.get(f"/patients/{patient.ref}/who-decides/")
    assert seen.count() == 1
    client.get(f"/patients/{patient.ref}/questionnaires/mood-check/fill/")
    assert seen.count() == 2
    assert (
        client.post(
            f"/patients/{patient.ref}/who-decides/", {"act": "end", "representative": "nobody"}
        ).status_code
        == 404
    )
