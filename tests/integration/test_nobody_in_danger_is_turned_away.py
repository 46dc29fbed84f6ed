"""Words of danger reach the team also where a form is wrong, old, sent twice, sent too late, or where something breaks."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

import web
from people import make_person, sign_in
from questionnaires import PHQ_9, as_file
from thirdchair.gateway.chat import TOLD
from thirdchair.records import Language
from thirdchair_web.carers.models import CarerCall
from thirdchair_web.crisis.models import CrisisAlert, EmergencyContact
from thirdchair_web.harm.models import HarmReport
from thirdchair_web.letters import actions as letters
from thirdchair_web.letters.models import LetterReply
from thirdchair_web.questionnaires import actions as questionnaires
from thirdchair_web.questionnaires.files import add_file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]

DANGER = "I have the pills beside me and I am going to take them tonight."
EVERYDAY = "I slept well and went for a walk."


@pytest.fixture(autouse=True)
def in_britain(settings) -> None:
    settings.THIRDCHAIR = settings.THIRDCHAIR.model_copy(update={"country": "GB"})


@pytest.fixture
def patient():
    return web.make_patient()


@pytest.fixture
def own(patient) -> Client:
    client = Client()
    sign_in(client, patient.account)
    return client


@pytest.fixture
def letter(patient):
    nurse = web.make_clinician()
    begun = letters.begin(patient, kind="information", language="en", by=nurse, letter_id=uuid4())
    begun = letters.write(begun.id, subject="Hello", body="We look forward to seeing you.", by=nurse)
    return letters.send(begun.id, seen=letters.digest_of(begun), confirmed=True, disclosed=False, by=nurse)


def shows_the_card_and_one_alert(answer) -> None:
    page = answer.content.decode()
    assert 'href="tel:999"' in page
    assert TOLD[True][Language.ENGLISH] in page
    assert CrisisAlert.objects.count() == 1


@pytest.mark.parametrize("changes", [{"words": DANGER + " x" * 3000}, {"reply": ""}])
def test_an_answer_to_a_letter_that_cannot_be_kept_is_heard(own, letter, changes):
    answer = own.post(f"/my/letters/{letter.id}/", {"reply": str(uuid4()), "words": DANGER} | changes)
    shows_the_card_and_one_alert(answer)
    assert "Your answer was not kept" in answer.content.decode()
    assert not LetterReply.objects.exists()


def test_other_words_on_a_page_gone_back_to_are_another_answer(own, letter):
    form = {"reply": str(uuid4()), "words": EVERYDAY}
    own.post(f"/my/letters/{letter.id}/", form)
    own.post(f"/my/letters/{letter.id}/", form)
    own.post(f"/my/letters/{letter.id}/", form | {"words": "And the bus was late."})
    assert [one.read() for one in letter.replies.all()] == [EVERYDAY, "And the bus was late."]


def test_the_title_of_a_letter_stays_out_of_the_history_of_a_browser(own, letter):
    page = own.get(f"/my/letters/{letter.id}/").content.decode()
    assert "Hello" not in page.partition("</title>")[0]


def test_a_report_that_does_not_say_how_bad_it_was_is_heard(own):
    answer = own.post("/harm/report/", {"words": DANGER})
    assert answer.status_code == 422
    shows_the_card_and_one_alert(answer)
    assert not HarmReport.objects.exists()


def test_words_where_the_emergency_contact_belongs_are_heard(own, patient):
    answer = own.post("/my/emergency-contact/", {"name": "Tomas", "relation": DANGER, "number": "555 0100"})
    shows_the_card_and_one_alert(answer)
    assert EmergencyContact.objects.filter(patient=patient).exists()


def test_answers_to_a_questionnaire_that_ended_meanwhile_are_heard(own, patient):
    nurse = web.make_clinician()
    add_file(as_file(PHQ_9), scoring="phq-9", licence="a test", actor="lead:1")
    asked = questionnaires.assign(patient, name="phq-9", every_weeks=0, shows_result=True, by=nurse)
    questionnaires.end(asked, why=asked.Ended.ENDED, by=nurse)
    answer = own.post("/my/questionnaires/phq-9/", {"q-9": "o3", "act": "done"})
    page = answer.content.decode()
    assert CrisisAlert.objects.count() == 1
    assert 'href="tel:999"' in page
    assert "Nothing was kept" in page
    assert "What you entered is kept" not in page
    assert own.get("/my/questionnaires/phq-9/").status_code == 404


def test_a_question_is_heard_also_where_what_is_asked_first_is_broken(own, monkeypatch):
    def broken(*_: object, **__: object):
        raise RuntimeError(DANGER)

    monkeypatch.setattr("thirdchair_web.asking.answers.best_method", broken)
    answer = own.post("/my/ask/", {"question": DANGER})
    shows_the_card_and_one_alert(answer)


def test_a_message_is_heard_also_where_what_is_read_first_is_broken(own, monkeypatch, caplog):
    def broken(*_: object, **__: object):
        raise RuntimeError(DANGER)

    monkeypatch.setattr("thirdchair_web.talk.actions.state_of", broken)
    answer = own.post("/my/talk/say/", {"submission": str(uuid4()), "said": DANGER})
    assert answer.status_code == 503
    shows_the_card_and_one_alert(answer)
    assert "pills" not in caplog.text


def test_saying_that_a_plan_is_about_now_shows_the_card_and_the_truth_where_nobody_could_be_told(
    own, monkeypatch
):
    def full(*_: object, **__: object):
        raise OSError

    monkeypatch.setattr("thirdchair_web.safety_plan.views.answer_if_now", full)
    page = own.post("/my/safety-plan/now/", {"now": "yes"}).content.decode()
    assert 'href="tel:999"' in page
    assert TOLD[False][Language.ENGLISH] in page


class TestASessionThatEnded:
    @pytest.fixture
    def late(self, own) -> Client:
        session = own.session
        session["last_active_at"] -= 24 * 3600
        session.save()
        return own

    def test_what_was_sent_late_is_heard(self, late):
        answer = late.post("/my/diary/", {"mood": "1", "note": DANGER, "act": "write"})
        assert answer.status_code == 403
        shows_the_card_and_one_alert(answer)
        assert "You were signed out" in answer.content.decode()
        assert late.get("/my/").status_code == 302  # and it did end

    def test_everyday_words_lead_to_signing_in(self, late):
        answer = late.post("/my/diary/", {"mood": "6", "note": EVERYDAY, "act": "write"})
        assert answer.status_code == 302
        assert "/account/sign-in/" in answer.url
        assert not CrisisAlert.objects.exists()

    def test_with_the_database_off_it_is_an_error_page_with_the_card(self, late, monkeypatch):
        def full(*_: object, **__: object):
            raise OSError

        monkeypatch.setattr("thirdchair_web.crisis.hearing.raise_chat_alert", full)
        page = late.post("/my/diary/", {"note": DANGER}).content.decode()
        assert TOLD[False][Language.ENGLISH] in page
        assert 'href="tel:999"' in page


class TestAFormThatExpired:
    @pytest.fixture
    def old(self, patient) -> Client:
        client = Client(enforce_csrf_checks=True)
        client.force_login(patient.account)
        session = client.session
        session.update(signed_in_clocks())
        session.save()
        return client

    def test_what_was_written_on_it_is_heard(self, old):
        answer = old.post("/my/talk/say/", {"submission": str(uuid4()), "said": DANGER})
        assert answer.status_code == 403
        shows_the_card_and_one_alert(answer)

    def test_everyday_words_are_told_that_it_expired_with_the_card_beneath(self, old):
        page = old.post("/my/talk/say/", {"submission": str(uuid4()), "said": EVERYDAY}).content.decode()
        assert "This form has expired" in page
        assert 'href="tel:999"' in page
        assert not CrisisAlert.objects.exists()

    def test_a_carers_words_call_for_help_to_the_carer(self):
        carer = make_person("carer")
        client = Client(enforce_csrf_checks=True)
        client.force_login(carer)
        session = client.session
        session.update(signed_in_clocks())
        session.save()
        assert client.post("/carers/ask/", {"question": DANGER}).status_code == 403
        assert CarerCall.objects.get().carer == carer

    def test_staff_and_strangers_raise_nothing(self):
        client = Client(enforce_csrf_checks=True)
        assert client.post("/my/talk/say/", {"said": DANGER}).status_code == 403
        assert not CrisisAlert.objects.exists()


def signed_in_clocks() -> dict[str, float]:
    """What signing in through the pages notes in a session."""
    from django.utils import timezone

    at = timezone.now().timestamp()
    return {"signed_in_at": at, "last_active_at": at}


def test_a_plan_too_long_to_be_saved_that_calls_for_a_person_is_met_with_the_card(own):
    form = {"after": "0", "signs": DANGER + " x" * 2000}
    page = own.post("/my/safety-plan/change/", form)
    assert page.status_code == 422
    assert 'href="tel:999"' in page.content.decode()
    everyday = own.post("/my/safety-plan/change/", form | {"signs": f"{EVERYDAY} " * 60})
    assert 'href="tel:999"' not in everyday.content.decode()
