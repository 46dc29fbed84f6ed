"""A crisis signal reaches a person: kept before any draft, once, and open until someone wrote how it ended."""

from __future__ import annotations

import pytest
from django.test import Client

import web
from people import make_person, sign_in
from thirdchair.errors import SafeguardUnavailable
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.review.models import Draft

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]

OUTCOME = {"act": "close", "kind": "seen_safe", "words": "Rang them; they are with their sister tonight."}


@pytest.fixture
def nurse():
    return web.make_clinician()


@pytest.fixture
def patient(nurse):
    web.switch_on()
    person = web.make_patient()
    web.agree(person, by=nurse)
    return person


@pytest.fixture
def alert(patient, nurse) -> CrisisAlert:
    web.drafted(patient, by=nurse, data=web.DISCLOSURE)
    return CrisisAlert.objects.get()


def on_call(client: Client):
    person = make_person("on_call")
    sign_in(client, person)
    return person


def test_an_ordinary_session_raises_none(patient, nurse):
    web.drafted(patient, by=nurse)
    assert not CrisisAlert.objects.exists()


def test_a_disclosure_drawn_out_by_plain_questions_raises_one(patient, nurse):
    """“Are you thinking about killing yourself?” “Yeah.” — as the demo clinic's own disclosure session goes."""
    from thirdchair_web.demo import load_sessions
    from thirdchair_web.demo.transcripts import as_vtt

    [session] = [s for s in load_sessions() if s["id"] == "s-disclosure"]
    draft = web.drafted(patient, by=nurse, data=as_vtt(session).encode())
    assert str(draft.read().risk[0].status) == "affirmed"
    assert CrisisAlert.objects.exists()


def test_the_alert_is_kept_before_the_work_begins(alert):
    kinds = web.kinds()
    assert kinds.index("alert_raised") < kinds.index("work_started") < kinds.index("draft_made")
    assert alert.state == "open"
    assert "u4" in alert.utterances
    assert web.trail_is_whole()


def test_the_alert_stands_where_the_draft_fails(patient, nurse, monkeypatch):
    def unavailable(*_: object) -> None:
        raise SafeguardUnavailable("grounding")

    monkeypatch.setattr("thirdchair.gateway.summarising.ground_draft", unavailable)
    run = web.upload(patient, by=nurse, data=web.DISCLOSURE)
    web.work()
    run.refresh_from_db()
    assert run.state == "failed"
    assert not Draft.objects.exists()
    assert CrisisAlert.objects.get().state == "open"


def test_the_alert_stands_where_a_rule_refuses_the_draft(patient, nurse):
    from thirdchair_web.governance.actions import pull_kill_switch

    run = web.upload(patient, by=nurse, data=web.DISCLOSURE)
    pull_kill_switch("everything", stopped=True, by=make_person("safety_officer"))
    web.work()
    run.refresh_from_db()
    assert (run.state, run.rule) == ("stopped", "switch.everything")
    assert CrisisAlert.objects.get().state == "open"


def test_a_session_drafted_again_has_one_alert(client: Client, alert, nurse):
    from thirdchair_web.review import actions

    actions.discard(Draft.objects.get().id, by=nurse)
    sign_in(client, nurse)
    client.post(f"/sessions/{alert.encounter_id}/draft-again/")
    web.work()
    assert Draft.objects.count() == 2
    assert CrisisAlert.objects.count() == 1
    assert web.kinds().count("alert_raised") == 1


def test_the_on_call_person_sees_it_takes_it_and_writes_how_it_ended(client: Client, alert):
    person = on_call(client)
    assert "Waits for a person" in client.get("/alerts/").content.decode()
    page = client.get(f"/alerts/{alert.id}/").content.decode()
    assert "this weekend" in page
    client.post(f"/alerts/{alert.id}/", {"act": "acknowledge"})
    alert.refresh_from_db()
    assert (alert.state, alert.acknowledged_by) == ("acknowledged", person)
    assert client.post(f"/alerts/{alert.id}/", OUTCOME).status_code == 302
    alert.refresh_from_db()
    assert (alert.state, alert.outcome_by) == ("outcome_written", person)
    assert b"sister" not in bytes(alert.outcome)
    assert "with their sister tonight" in client.get(f"/alerts/{alert.id}/").content.decode()
    assert [k for k in web.kinds() if k.startswith("alert_")] == [
        "alert_raised",
        "alert_called",
        "alert_acknowledged",
        "alert_closed",
    ]


def test_only_one_person_takes_an_alert_and_the_other_is_told(alert):
    first, second = Client(), Client()
    taker, other = on_call(first), web.make_clinician("psychiatrist")
    sign_in(second, other)
    first.post(f"/alerts/{alert.id}/", {"act": "acknowledge"})
    page = second.post(f"/alerts/{alert.id}/", {"act": "acknowledge"}, follow=True).content.decode()
    assert "Someone else has taken this alert already." in page
    assert "You have taken this alert" not in page
    alert.refresh_from_db()
    assert alert.acknowledged_by == taker
    assert web.kinds().count("alert_acknowledged") == 1


def test_an_alert_nobody_took_cannot_be_closed(client: Client, alert):
    on_call(client)
    answer = client.post(f"/alerts/{alert.id}/", OUTCOME)
    assert answer.status_code == 422
    assert "nobody has taken it" in answer.content.decode()
    alert.refresh_from_db()
    assert alert.state == "open"


def test_a_second_outcome_is_not_taken_and_not_lost_unseen(client: Client, alert):
    on_call(client)
    client.post(f"/alerts/{alert.id}/", {"act": "acknowledge"})
    client.post(f"/alerts/{alert.id}/", OUTCOME)
    answer = client.post(f"/alerts/{alert.id}/", OUTCOME | {"words": "Other words of a colleague."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Other words of a colleague." in page
    assert "with their sister tonight" in page
    assert web.kinds().count("alert_closed") == 1


def test_an_outcome_without_words_or_kind_is_not_taken(client: Client, alert):
    on_call(client)
    client.post(f"/alerts/{alert.id}/", {"act": "acknowledge"})
    for lacking in ({"words": ""}, {"kind": ""}, {"kind": "forgotten"}):
        assert client.post(f"/alerts/{alert.id}/", OUTCOME | lacking).status_code == 422
    alert.refresh_from_db()
    assert alert.state == "acknowledged"


def test_the_clinician_sees_the_alert_beside_the_draft_and_on_the_list(client: Client, alert, nurse):
    sign_in(client, nurse)
    assert "Crisis wording was found" in client.get(f"/drafts/{Draft.objects.get().id}/").content.decode()
    assert "Crisis alert open" in client.get("/patients/").content.decode()


def test_an_alert_of_an_erased_patient_can_still_be_ended(client: Client, alert, patient):
    from thirdchair_web.review.erasure import erase

    erase(patient, by=patient.account)
    on_call(client)
    page = client.get(f"/alerts/{alert.id}/").content.decode()
    assert "this weekend" not in page
    client.post(f"/alerts/{alert.id}/", {"act": "acknowledge"})
    assert client.get(f"/alerts/{alert.id}/").status_code == 200
    assert client.post(f"/alerts/{alert.id}/", {"act": "close", "kind": "seen_safe"}).status_code == 302
    alert.refresh_from_db()
    assert (alert.state, alert.outcome) == ("outcome_written", None)
    assert client.get(f"/alerts/{alert.id}/").status_code == 200
    assert web.trail_is_whole()
