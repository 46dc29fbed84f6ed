"""Something went wrong with AI: said in two steps, acknowledged with a number, stopped where it is grave, looked at in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

import web
from people import make_person, sign_in
from thirdchair_web.carers.models import CarerCall
from thirdchair_web.crisis import hearing
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.governance.actions import switches
from thirdchair_web.harm.actions import report_harm
from thirdchair_web.harm.models import HarmReport
from thirdchair_web.review.erasure import erase

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]

WORDS = "It told me to sleep less and I felt worse."
IN_DANGER = "Since then I am going to kill myself tonight"


def signed_in(person) -> Client:
    client = Client()
    sign_in(client, person)
    return client


@pytest.fixture
def patient():
    return web.make_patient()


@pytest.fixture
def client(patient) -> Client:
    return signed_in(patient.account)


def reports(
    client: Client, severity: str = "moderate", use: str = "answer_question", words: str = WORDS
) -> str:
    return client.post("/harm/report/", {"severity": severity, "use": use, "words": words}).content.decode()


def test_a_patient_reports_in_two_steps_from_any_page_of_theirs(client):
    for address in ("/my/", "/my/ask/", "/my/reach/", "/library/"):
        assert 'href="/harm/report/"' in client.get(address).content.decode()
    page = reports(client)
    report = HarmReport.objects.get()
    assert f"Report {report.number}" in page and "Please keep this number" in page


def test_the_words_are_sealed_and_the_trail_holds_none_of_them(client, patient):
    reports(client)
    report = HarmReport.objects.select_related("patient").get()
    assert WORDS.encode() not in bytes(report.words)
    assert report.read("words") == WORDS
    assert "harm_reported" in web.kinds() and web.trail_is_whole()
    erase(patient, by=patient.account)
    assert HarmReport.objects.select_related("patient").get().read("words") == ""


def test_a_major_report_stops_the_use_at_once_and_says_so(client):
    assert "stopped this use of AI" not in reports(client, "moderate")
    assert "answer_question" not in switches().stopped_uses
    page = reports(client, "major")
    assert "We have stopped this use of AI for all: Questions about mental health" in page
    assert "answer_question" in switches().stopped_uses
    assert web.kinds().count("kill_switch") == 1


def test_a_major_report_of_no_known_use_stops_nothing_and_says_so(client):
    assert "nothing has been stopped yet" in reports(client, "major", use="")
    assert not switches().stopped_uses
    assert client.post("/harm/report/", {"severity": "major", "use": "read_minds"}).status_code == 422


def test_nothing_is_kept_if_the_use_cannot_be_stopped(patient, monkeypatch):
    monkeypatch.setattr(
        "thirdchair_web.harm.actions.pull_kill_switch", lambda *_a, **_n: (_ for _ in ()).throw(OSError())
    )
    with pytest.raises(OSError):
        report_harm(use="answer_question", severity="major", words="", patient=patient, by=patient.account)
    assert not HarmReport.objects.exists() and "harm_reported" not in web.kinds()


@pytest.mark.parametrize(("severity", "days"), [("major", 7), ("moderate", 14), ("none", 30)])
def test_the_worse_it_was_the_sooner_a_person_looks(patient, severity, days):
    report = report_harm(use="", severity=severity, words="", patient=patient, by=patient.account)
    assert abs(report.due_at - report.reported_at - timedelta(days=days)) < timedelta(seconds=5)


def test_the_officer_sees_what_waits_and_what_is_late_and_the_reporter_reads_what_was_found(client, patient):
    reports(client, "major")
    HarmReport.objects.update(due_at=web.later(-60)())
    officer = signed_in(make_person("safety_officer"))
    listed = officer.get("/harm/").content.decode()
    assert "Late" in listed and "Use stopped" in listed and WORDS not in listed
    report = HarmReport.objects.get()
    assert WORDS in officer.get(f"/harm/{report.id}/").content.decode()
    assert officer.post(f"/harm/{report.id}/", {"finding": "ai_fault"}).status_code == 422
    officer.post(f"/harm/{report.id}/", {"finding": "ai_fault", "outcome": "We took the page out."})
    officer.post(f"/harm/{report.id}/", {"finding": "no_fault", "outcome": "Nothing."})
    report.refresh_from_db()
    assert report.finding == "ai_fault"
    assert "We took the page out." in client.get("/harm/report/").content.decode()
    assert "answer_question" in switches().stopped_uses, "a review starts nothing again by itself"
    assert (
        "We took the page out."
        not in signed_in(web.make_patient("p-2").account).get("/harm/report/").content.decode()
    )
    assert web.trail_is_whole()


def test_words_of_danger_in_a_report_are_met_with_the_card_and_the_report_is_kept(client):
    page = reports(client, words=IN_DANGER)
    assert "If you or someone near you is in danger" in page and "has been told what you wrote" in page
    assert CrisisAlert.objects.count() == 1 and HarmReport.objects.count() == 1


def test_a_report_is_kept_without_its_words_where_the_screen_does_not_run(client, monkeypatch):
    monkeypatch.setattr(hearing, "screen", lambda _: (_ for _ in ()).throw(OSError()))
    page = reports(client, "major")
    assert "We could not keep what you wrote" in page and "If you or someone near you is in danger" in page
    assert HarmReport.objects.get().words is None
    assert "answer_question" in switches().stopped_uses


def test_staff_and_carers_report_too_under_the_key_of_the_service():
    nurse = signed_in(web.make_clinician())
    assert "Report" in reports(nurse, words="A patient told me it misread her. " + IN_DANGER)
    assert not CrisisAlert.objects.exists()
    carer = signed_in(make_person("carer"))
    assert "They do not see what you wrote" in reports(carer, words=IN_DANGER)
    assert CarerCall.objects.count() == 1
    for report in HarmReport.objects.all():
        assert report.patient is None and b"kill" not in bytes(report.words)
        assert IN_DANGER in report.read("words")


def test_the_page_of_who_owes_care_shows_what_the_service_said_or_that_it_did_not(client, settings):
    page = Client().get("/duty-of-care/").content.decode()
    assert "has not said yet who that is" in page
    chosen = {
        "duty_of_care": "Dr Amara Osei, 020 7946 0000",
        "complaints": "The ombudsman",
        "contact": "The desk",
    }
    settings.THIRDCHAIR = settings.THIRDCHAIR.model_copy(update=chosen)
    page = client.get("/duty-of-care/").content.decode()
    for words in chosen.values():
        assert words in page
