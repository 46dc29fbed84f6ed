"""Consent: asked without a nudge, given by an explicit act to one exact text, and taken back at any moment."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

import web
from people import make_person, sign_in
from thirdchair.policy.decision import UseRefused
from thirdchair_web.consent.actions import TextMoved, record_answer
from thirdchair_web.consent.models import ConsentRecord
from thirdchair_web.consent.texts import consent_text
from thirdchair_web.review.models import Draft, SummaryRun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]
USE = "summarise_session"
OWN_PAGE = f"/my/consent/{USE}/"
STAFF_PAGE = f"/patients/p-1/consent/{USE}/"


@pytest.fixture
def patient():
    web.switch_on()
    return web.make_patient()


@pytest.fixture
def nurse():
    return web.make_clinician()


def version(language: str = "en") -> str:
    return consent_text(USE, language=language).version


def rule_against_upload(patient, *, by) -> str:
    with pytest.raises(UseRefused) as refused:
        web.upload(patient, by=by)
    return refused.value.refusal.rule


def changed_settings(**changes: Any):
    return settings.THIRDCHAIR.model_copy(update=changes)


# --- being asked -------------------------------------------------------------------------------------------


def test_nothing_is_chosen_beforehand(client: Client, patient, nurse):
    sign_in(client, patient.account)
    own = client.get(OWN_PAGE).content.decode()
    client.logout()
    sign_in(client, nurse)
    staff = client.get(STAFF_PAGE).content.decode()
    for page in (own, staff):
        assert page.count('type="radio"') >= 2
        assert not re.search(r"<input[^>]*\bchecked\b", page)
        assert "selected" not in page


def test_looking_at_the_page_is_no_answer(client: Client, patient):
    sign_in(client, patient.account)
    client.get(OWN_PAGE, {"answer": "agree", "text_version": version(), "act": "answer"})
    assert not ConsentRecord.objects.exists()


@pytest.mark.parametrize("missing", ["answer", "text_version"])
def test_a_form_that_is_not_filled_in_is_no_answer(client: Client, patient, missing):
    sign_in(client, patient.account)
    posted = {"answer": "agree", "text_version": version(), "act": "answer"}
    del posted[missing]
    answer = client.post(OWN_PAGE, posted)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert not ConsentRecord.objects.exists()


def test_staff_say_how_the_patient_gave_it(client: Client, patient, nurse):
    sign_in(client, nurse)
    posted = {"answer": "agree", "text_version": version(), "act": "answer"}
    assert client.post(STAFF_PAGE, posted).status_code == 422
    assert client.post(STAFF_PAGE, posted | {"how": "own_account"}).status_code == 422
    assert client.post(STAFF_PAGE, posted | {"how": "on_paper"}).status_code == 302
    assert ConsentRecord.objects.get().how == "on_paper"


def test_every_slot_of_the_text_is_filled(client: Client, patient):
    sign_in(client, patient.account)
    page = client.get(OWN_PAGE).content.decode()
    assert "Test clinic" in page
    assert not re.search(r"\{\w+\}", page)


# --- answering ---------------------------------------------------------------------------------------------


def test_an_answer_is_kept_with_the_exact_text_it_answers(client: Client, patient):
    sign_in(client, patient.account)
    shown = client.get(OWN_PAGE).context["text"]
    client.post(OWN_PAGE, {"answer": "agree", "text_version": version(), "act": "answer"})
    record = ConsentRecord.objects.get()
    assert record.text.text == shown
    assert record.how == "own_account"
    assert "consent_recorded" in web.kinds()


def test_an_answer_to_a_text_that_has_moved_is_no_answer(client: Client, patient):
    sign_in(client, patient.account)
    old = version()
    with_other_name = changed_settings(clinic_name="Another clinic")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "THIRDCHAIR", with_other_name)
        answer = client.post(OWN_PAGE, {"answer": "agree", "text_version": old, "act": "answer"})
    assert answer.status_code == 409
    assert "Please read it again" in answer.content.decode()
    assert not ConsentRecord.objects.exists()


def test_a_version_of_another_language_or_of_nothing_is_refused(patient, nurse):
    for wrong in (version("zh-hans"), "0" * 64, ""):
        with pytest.raises(TextMoved):
            record_answer(
                patient_ref="p-1",
                use=USE,
                agreed=True,
                text_version=wrong,
                language="en",
                how="on_paper",
                by=nurse,
            )


def test_a_chinese_reader_agrees_to_the_chinese_text(client: Client, patient, nurse):
    patient.account.language = "zh-hans"
    patient.account.save()
    sign_in(client, patient.account)
    page = client.get(OWN_PAGE)
    assert '<html lang="zh-hans"' in page.content.decode()
    client.post(OWN_PAGE, {"answer": "agree", "text_version": version("zh-hans"), "act": "answer"})
    assert ConsentRecord.objects.get().text.language == "zh-hans"
    web.upload(patient, by=nurse)


def test_without_an_answer_and_after_a_no_nothing_is_taken(patient, nurse):
    assert rule_against_upload(patient, by=nurse) == "consent.missing"
    record_answer(
        patient_ref="p-1",
        use=USE,
        agreed=False,
        text_version=version(),
        language="en",
        how="on_paper",
        by=nurse,
    )
    assert rule_against_upload(patient, by=nurse) == "consent.declined"
    assert "consent_declined" in web.kinds()


def test_one_patients_consent_is_not_anothers(patient, nurse):
    web.agree(patient, by=nurse)
    assert rule_against_upload(web.make_patient("p-2"), by=nurse) == "consent.missing"


def test_consent_ends_by_itself(patient, nurse, monkeypatch):
    web.agree(patient, by=nurse)
    monkeypatch.setattr("thirdchair_web.clock.timezone.now", web.later(366 * 24 * 60))
    nurse.licence_expires += timedelta(days=1000)
    assert rule_against_upload(patient, by=nurse) == "consent.expired"


def test_a_time_to_think_is_kept(patient, nurse, monkeypatch):
    monkeypatch.setattr(settings, "THIRDCHAIR", changed_settings(consent_waiting_hours=24))
    web.agree(patient, by=nurse)
    assert rule_against_upload(patient, by=nurse) == "consent.not_yet"
    monkeypatch.setattr("thirdchair_web.clock.timezone.now", web.later(25 * 60))
    web.upload(patient, by=nurse)


# --- what the patient agreed to has changed ----------------------------------------------------------------


def test_a_new_name_of_the_clinic_makes_an_old_consent_stale(patient, nurse, monkeypatch):
    web.agree(patient, by=nurse)
    monkeypatch.setattr(settings, "THIRDCHAIR", changed_settings(clinic_name="Another clinic"))
    assert rule_against_upload(patient, by=nurse) == "consent.other_text"


def test_a_new_method_makes_an_old_consent_stale(patient, nurse, monkeypatch):
    web.agree(patient, by=nurse)
    for module in ("thirdchair_web.consent.texts", "thirdchair_web.consent.actions"):
        monkeypatch.setattr(f"{module}.methods", lambda: ("extractive", "a-model"))
    assert rule_against_upload(patient, by=nurse) == "consent.other_text"


# --- taking it back ----------------------------------------------------------------------------------------


def withdraw(client: Client, page: str = OWN_PAGE):
    return client.post(page, {"act": "withdraw"})


def test_withdrawing_stops_work_drops_drafts_and_refuses_the_next_upload(client: Client, patient, nurse):
    web.agree(patient, by=nurse)
    draft = web.drafted(patient, by=nurse)
    queued = web.upload(patient, by=nurse)
    running = web.upload(patient, by=nurse)
    SummaryRun.objects.filter(pk=running.pk).update(state="running")
    sign_in(client, patient.account)
    assert withdraw(client).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, bytes(draft.made), draft.edits) == ("discarded", b"", None)
    for run in (queued, running):
        run.refresh_from_db()
        assert (run.state, run.rule) == ("stopped", "consent.withdrawn")
    web.work()
    assert Draft.objects.count() == 1
    assert rule_against_upload(patient, by=nurse) == "consent.withdrawn"
    assert web.kinds().count("work_stopped") == 2
    assert web.trail_is_whole()


def test_the_page_of_stopped_work_says_why(client: Client, patient, nurse):
    web.agree(patient, by=nurse)
    run = web.upload(patient, by=nurse)
    sign_in(client, nurse)
    withdraw(client, STAFF_PAGE)
    page = client.get(f"/drafting/{run.id}/").content.decode()
    assert "The patient withdrew consent" in page
    assert "consent.withdrawn" in page


def test_withdrawal_in_the_middle_of_a_draft_leaves_none(patient, nurse, monkeypatch):
    from thirdchair_web.review import runs
    from thirdchair_web.review.erasure import withdraw_consent

    web.agree(patient, by=nurse)
    run = web.upload(patient, by=nurse)
    seen = []

    def withdraw_at_the_second_step(run_id, attempt, progress) -> None:
        seen.append(progress)
        if len(seen) == 2:
            withdraw_consent(patient, use=USE, by=patient.account)

    monkeypatch.setattr(runs, "_show", withdraw_at_the_second_step)
    web.work()
    run.refresh_from_db()
    assert len(seen) == 2
    assert run.state == "stopped"
    assert not Draft.objects.exists()


def test_a_no_given_on_a_page_opened_before_the_yes_was_recorded_wins(client: Client, patient, nurse):
    """The patient's page was open while a nurse recorded a yes; then the patient says no."""
    web.agree(patient, by=nurse)
    draft = web.drafted(patient, by=nurse)
    sign_in(client, patient.account)
    client.post(OWN_PAGE, {"answer": "decline", "text_version": version(), "act": "answer"})
    draft.refresh_from_db()
    assert draft.state == "discarded"
    assert rule_against_upload(patient, by=nurse) == "consent.declined"


def test_withdrawing_twice_is_one_withdrawal_and_agreeing_again_counts(client: Client, patient, nurse):
    web.agree(patient, by=nurse)
    sign_in(client, patient.account)
    withdraw(client)
    withdraw(client)
    assert web.kinds().count("consent_withdrawn") == 1
    client.post(OWN_PAGE, {"answer": "agree", "text_version": version(), "act": "answer"})
    web.upload(patient, by=nurse)


def test_a_signed_note_stays_after_a_withdrawal(client: Client, patient, nurse):
    web.agree(patient, by=nurse)
    note = web.signed_note(patient, by=nurse)
    sign_in(client, patient.account)
    withdraw(client)
    note.refresh_from_db()
    assert note.read().spans


def test_only_a_patient_or_their_clinician_answers(client: Client, patient):
    for role in ("service_lead", "safety_officer", "on_call", "evaluator"):
        sign_in(client, make_person(role))
        assert client.post(STAFF_PAGE, {"act": "withdraw"}).status_code == 403
        client.logout()
