"""Talk between sessions, as a patient and a clinician meet it."""

from __future__ import annotations

import json
import uuid
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

import door
import web
from lab.planted import served
from people import make_person, sign_in
from thirdchair.policy import Cleared
from thirdchair.records import Ask, Reply
from thirdchair_web.crisis import duty
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.talk import actions, clinic
from thirdchair_web.talk.models import Conversation, Exchange, TalkChoice, TalkEligibility
from thirdchair_web.team.models import TeamTask
from thirdchair_web.trail.models import TrailEntry

pytestmark = pytest.mark.django_db(transaction=True)

HARMLESS = "I slept badly and the day is a mess."
DANGER = "I have decided to end my life this weekend."
SOUND = "That sounds like a long night. Who could you tell about it?"
GUILT = "Please don't leave me now."
FORM = {
    "against": [],
    "fits": "yes",
    "reason": "She asked for it.",
    "days": 30,
    "sitting": 30,
    "day": 60,
    "pause_after": 20,
}


class Says:
    """A model that says what a test wants, and keeps what it was asked."""

    is_instant = True
    runs_where = "this_host"
    name, digest = door.MODEL, "d" * 64

    def __init__(self) -> None:
        self.says = SOUND
        self.asked: list[Ask] = []

    def answer(self, ask: Ask) -> Reply:
        self.asked.append(ask)
        return Reply(self.says)


class Ward:
    """One patient, their nurse, and a model that counts as cleared."""

    def __init__(self, model: Says) -> None:
        self.model = model
        self.nurse = web.make_clinician(username="nurse-a")
        self.lead = make_person("service_lead", username="lead-a")
        self.patient = web.make_patient("p-1", by=self.nurse)
        self.client, self.nurse_client = Client(), Client()
        sign_in(self.client, self.patient.account)
        sign_in(self.nurse_client, self.nurse)

    def comes_back(self) -> None:
        """The patient signs in anew, where their session has ended by time."""
        self.client = Client()
        sign_in(self.client, self.patient.account)

    def open(self, **changes) -> None:
        """Everything that is asked for, but what a test leaves out."""
        from thirdchair_web.governance.actions import switch_use

        if changes.pop("switch", True):
            switch_use("converse", on=True, by=self.lead)
        if changes.pop("consent", True):
            web.agree(self.patient, by=self.nurse, use="converse")
        self.decide(**changes)

    def decide(self, **changes) -> None:
        """What the nurse says of the patient."""
        answer = self.nurse_client.post("/patients/p-1/talk/", FORM | changes)
        assert answer.status_code == 302, answer.context["form"].errors

    def say(self, words: str, **form: str):
        return self.client.post(
            "/my/talk/say/", {"submission": str(uuid.uuid4()), "said": words} | form, follow=True
        )

    def page(self) -> str:
        return self.client.get("/my/talk/").content.decode()

    @property
    def last(self) -> dict:
        row = Exchange.objects.latest("at")
        return {"kind": row.kind, **row.read()}


@pytest.fixture
def model():
    said = Says()
    with served(said) as address:
        door.register(address)
        yield said


@pytest.fixture
def ward(model: Says, monkeypatch: pytest.MonkeyPatch) -> Ward:
    """A service in which only what a test leaves out is missing."""
    cleared = {("converse", door.MODEL, language): Cleared("0" * 64) for language in ("en", "zh-hans")}
    quoted = {
        ("summarise_session", "extractive", language): Cleared("0" * 64) for language in ("en", "zh-hans")
    }
    for place in ("thirdchair_web.review.clinic.clearances", "thirdchair_web.talk.clinic.clearances"):
        monkeypatch.setattr(place, lambda: cleared | quoted)
    monkeypatch.setattr(
        duty, "gate", lambda at: duty.Open(("Rivas",), timedelta(minutes=5), at + timedelta(hours=8))
    )
    return Ward(model)


@contextmanager
def later(monkeypatch: pytest.MonkeyPatch, **ahead: float):
    """The clock is ahead."""
    with monkeypatch.context() as patched:
        patched.setattr("thirdchair_web.clock.timezone.now", lambda: datetime.now(UTC) + timedelta(**ahead))
        yield


class TestClosed:
    def test_on_a_fresh_machine_it_is_shut_and_says_so_kindly(self):
        patient = web.make_patient("p-1")
        client = Client()
        sign_in(client, patient.account)
        page = client.get("/my/talk/").content.decode()
        assert "Talk is closed for you now" in page
        assert "Talk is switched off" in page
        assert "Help now" in page
        assert "clearance" not in page

    def test_without_a_cleared_model_it_says_that_none_is_safe_enough(self, model: Says):
        ward = Ward(model)
        ward.open()
        page = ward.page()
        assert "shown to be safe enough" in page
        assert "pack" not in page
        assert ward.say(HARMLESS).status_code == 403
        assert not model.asked

    @pytest.mark.parametrize(
        ("missing", "told"),
        [
            ({"switch": False}, "switched"),
            ({"consent": False}, "agree"),
            ({"fits": "no"}, "a person can help you better"),
            ({"against": ["mania"]}, "a person can help you better"),
        ],
    )
    def test_each_missing_part_closes_it_with_a_reason(self, ward: Ward, missing, told: str):
        ward.open(**missing)
        page = ward.page()
        assert "Talk is closed for you now" in page
        assert told in page
        assert ward.say(HARMLESS).status_code == 403
        assert not ward.model.asked

    def test_nobody_on_duty_closes_it_and_tells_when_someone_is(self, ward: Ward, monkeypatch):
        ward.open()
        monkeypatch.setattr(
            duty, "gate", lambda at: duty.Closed("nobody_on_duty", datetime(2031, 5, 6, 9, tzinfo=UTC))
        )
        page = ward.page()
        assert "nobody is on duty" in page
        assert "2031" in page

    def test_a_minor_and_a_person_of_unknown_age_are_shut_out(self, ward: Ward, monkeypatch):
        ward.open()
        standing_of = clinic.standing_of
        for age in (17, None):
            monkeypatch.setattr(
                clinic, "standing_of", lambda patient, age=age: replace(standing_of(patient), age=age)
            )
            assert "Talk is for adults here" in ward.page()

    def test_who_wants_more_time_with_people_is_led_to_people(self, ward: Ward, monkeypatch):
        ward.open()
        monkeypatch.setattr(clinic, "wants_people", lambda patient_ref: True)
        assert "more time with people" in ward.page()

    def test_it_ends_with_its_time(self, ward: Ward, monkeypatch):
        ward.open(days=10)
        assert "Before you start" in ward.page()
        with later(monkeypatch, days=11):
            ward.comes_back()
            assert "It is opened for a time" in ward.page()

    def test_words_that_were_not_sent_come_back_and_are_not_kept(self, ward: Ward):
        ward.open(consent=False)
        answer = ward.say(HARMLESS)
        assert HARMLESS in answer.content.decode()
        assert not Exchange.objects.exists()

    def test_danger_is_answered_whatever_is_closed(self, ward: Ward):
        answer = ward.say(DANGER)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert 'id="danger"' in page
        assert "has been told" in page
        assert CrisisAlert.objects.get().patient_ref == "p-1"
        assert not ward.model.asked

    def test_a_wish_to_be_dead_shows_the_card_whatever_is_closed(self, ward: Ward):
        page = ward.say("I sometimes wish I was dead.").content.decode()
        assert 'id="danger"' in page
        assert "about death" in page


class TestOpen:
    def test_before_the_start_it_says_who_is_on_duty_and_what_happens_in_danger(self, ward: Ward):
        ward.open()
        page = ward.page()
        assert "On duty now: Rivas" in page
        assert "within 5 minutes" in page
        assert "checked for danger" in page
        assert "30 minutes at a time and 60 minutes a day" in page

    def test_a_message_is_answered_and_marked_as_the_programs(self, ward: Ward):
        ward.open()
        page = ward.say(HARMLESS).content.decode()
        assert SOUND in page
        assert "Written by AI" in page
        assert "Before you begin." in page
        assert page.count("Leave") >= 1
        assert ward.last["by_model"]

    def test_a_planted_reply_never_shows(self, ward: Ward):
        ward.open()
        ward.model.says = f"{SOUND} {GUILT}"
        page = ward.say(HARMLESS).content.decode()
        assert GUILT not in page.replace("&#x27;", "'")
        assert "its answer is not shown" in page

    def test_the_name_of_the_patient_never_leaves(self, ward: Ward):
        ward.open()
        ward.say("I am Ines Calloway and I slept badly.")
        assert not any("Calloway" in message.content for ask in ward.model.asked for message in ask.messages)

    def test_the_conversation_so_far_is_sent_and_a_new_one_begins_empty(self, ward: Ward):
        ward.open()
        ward.say("The neighbour has a new dog.")
        ward.say(HARMLESS)
        assert "new dog" in ward.model.asked[-1].messages[1].content
        ward.client.post("/my/talk/leave/")
        ward.say(HARMLESS)
        assert len(ward.model.asked[-1].messages) == 2

    def test_memory_needs_its_own_yes(self, ward: Ward):
        ward.open()
        ward.client.post("/my/talk/choices/", {"memory": "on"})
        ward.say("The neighbour has a new dog.")
        ward.client.post("/my/talk/leave/")
        ward.say(HARMLESS)
        assert "new dog" in ward.model.asked[-1].messages[1].content
        assert TalkChoice.objects.filter(agreed=True).count() == 1

    def test_leaving_takes_one_tap_and_one_neutral_sentence(self, ward: Ward):
        ward.open()
        ward.say(HARMLESS)
        answer = ward.client.post("/my/talk/leave/", follow=True)
        assert "You have left the conversation. Goodbye." in answer.content.decode()
        assert Conversation.objects.get().ended_because == "left"

    def test_the_same_form_sent_twice_keeps_one(self, ward: Ward):
        ward.open()
        form = {"submission": str(uuid.uuid4())}
        ward.say(HARMLESS, **form)
        ward.say(HARMLESS, **form)
        assert Exchange.objects.count() == 1
        assert len(ward.model.asked) == 1

    def test_in_danger_the_program_is_silent_until_a_person_ended_it(self, ward: Ward):
        ward.open()
        ward.say(DANGER)
        page = ward.say("never mind").content.decode()
        assert not ward.model.asked
        assert 'id="danger"' in page
        CrisisAlert.objects.update(state="closed")
        ward.say(HARMLESS)
        assert len(ward.model.asked) == 1

    def test_a_message_too_long_to_send_is_still_heard(self, ward: Ward):
        ward.open()
        answer = ward.say(DANGER + " word" * 1000)
        assert answer.status_code == 422
        assert 'id="danger"' in answer.content.decode()
        assert CrisisAlert.objects.exists()

    def test_the_agreed_time_ends_softly_and_never_in_danger(self, ward: Ward, monkeypatch):
        ward.open(sitting=5, day=5, pause_after=5)
        ward.say(HARMLESS)
        with later(monkeypatch, minutes=5):
            ward.say(HARMLESS)
            assert ward.last["kind"] == "rest"
            ward.say(DANGER)
            assert ward.last["kind"] == "presence"
            assert ward.last["pause"] == ""

    def test_after_a_week_and_after_a_pause_the_notice_comes_again(self, ward: Ward, monkeypatch):
        ward.open()
        ward.say(HARMLESS)
        ward.say(HARMLESS)
        with later(monkeypatch, minutes=40):
            ward.comes_back()
            ward.say(HARMLESS)
        with later(monkeypatch, days=8):
            ward.comes_back()
            ward.say(HARMLESS)
        noticed = list(Exchange.objects.order_by("at").values_list("notice", flat=True))
        assert noticed == ["first_use", "", "start", "after_a_week"]

    def test_withdrawal_and_switch_off_close_it_with_an_honest_notice(self, ward: Ward):
        from thirdchair_web.governance.actions import switch_use

        ward.open()
        ward.say(HARMLESS)
        switch_use("converse", on=False, by=ward.lead)
        page = ward.page()
        assert "not because of anything you wrote" in page
        assert "/my/data/" in page
        assert Conversation.objects.get().ended_because == "closed"
        assert "not because of anything you wrote" not in ward.page()


class TestLeaning:
    def test_signs_lead_to_a_person_only_with_the_patients_yes(self, ward: Ward):
        ward.open()
        for _ in range(3):
            ward.say("You are the only one who understands me.")
        assert not TeamTask.objects.exists()
        ward.client.post("/my/talk/choices/", {"leaning": "on"})
        ward.say("Only you understand me.")
        assert TeamTask.objects.get().kind == TeamTask.Kind.DEPENDENCE_SIGNS
        ward.say("Only you understand me.")
        assert TeamTask.objects.count() == 1

    def test_nothing_of_it_is_said_to_the_patient(self, ward: Ward):
        ward.open()
        ward.client.post("/my/talk/choices/", {"leaning": "on"})
        for _ in range(3):
            page = ward.say("You are the only one who understands me.").content.decode()
        assert "depend" not in page


class TestClinician:
    def test_a_decision_is_kept_with_its_reason_under_the_patients_key(self, ward: Ward):
        ward.decide(against=["psychosis"], reason="Voices since Monday.")
        row = TalkEligibility.objects.get()
        assert not row.fits
        assert row.read_reason() == "Voices since Monday."
        assert "Voices" not in str(TrailEntry.objects.filter(kind="talk_shut").get().facts)

    @pytest.mark.parametrize(
        "changes", [{"days": 91}, {"sitting": 61}, {"sitting": 50, "day": 40}, {"reason": ""}]
    )
    def test_nothing_beyond_the_bounds_can_be_agreed(self, ward: Ward, changes):
        answer = ward.nurse_client.post("/patients/p-1/talk/", FORM | changes)
        assert answer.status_code == 422
        assert not TalkEligibility.objects.exists()

    def test_a_conversation_becomes_a_draft_to_review_only_with_the_patients_yes(self, ward: Ward):
        from thirdchair_web.review.models import Draft

        ward.open()
        web.switch_on(by=ward.lead)
        web.agree(ward.patient, by=ward.nurse)
        for words in (HARMLESS, "I wake at four most mornings.", "Before Friday I want to call my sister."):
            ward.say(words)
        ward.client.post("/my/talk/leave/")
        nurse = ward.nurse_client
        address = f"/conversations/{Conversation.objects.get().id}/summarise/"
        assert nurse.post(address).status_code == 404
        ward.client.post("/my/talk/choices/", {"summary": "on"})
        assert nurse.post(address).status_code == 302
        assert nurse.post(address).status_code == 302
        web.work()
        draft = Draft.objects.get()
        said = " ".join(one.text for one in draft.read().sentences)
        assert SOUND not in said


class TestWhatIsTheirs:
    def test_the_export_holds_every_word_and_the_ledger_every_use(self, ward: Ward):
        ward.open()
        ward.say(HARMLESS)
        held = json.loads(ward.client.get("/my/data/").content)
        (conversation,) = held["talk"]["conversations"]
        assert conversation["exchanges"][0]["said"] == HARMLESS
        assert held["talk"]["decisions_of_clinicians"][0]["reason"] == "She asked for it."
        assert "A clinician opened talk" in ward.client.get("/my/ledger/").content.decode()

    def test_after_erasure_no_word_can_be_read(self, ward: Ward):
        from thirdchair_web.review.erasure import erase

        ward.open()
        ward.say(HARMLESS)
        sealed = bytes(Exchange.objects.get().words)
        assert HARMLESS.encode() not in sealed
        erase(ward.patient, by=ward.patient.account)
        ward.patient.refresh_from_db()
        row = Exchange.objects.select_related("conversation__patient").get()
        with pytest.raises(Exception, match="erased"):
            assert row.read() == {}
            raise RuntimeError("erased")
        assert web.trail_is_whole()

    def test_nobody_else_sees_it(self, ward: Ward):
        ward.open()
        ward.say(HARMLESS)
        other = Client()
        sign_in(other, web.make_patient("p-2").account)
        assert HARMLESS not in other.get("/my/talk/").content.decode()
        nurse = ward.nurse_client
        assert HARMLESS not in nurse.get("/patients/p-1/talk/").content.decode()

    def test_no_word_is_in_the_trail_or_the_log(self, ward: Ward, caplog):
        ward.open()
        ward.say(HARMLESS)
        ward.say(DANGER)
        kept = " ".join(str(entry.facts) for entry in TrailEntry.objects.all()) + caplog.text
        assert HARMLESS not in kept
        assert DANGER not in kept
        assert {"talk_opened", "use_requested", "model_called", "reply_sent", "alert_raised"} <= set(
            web.kinds()
        )


def test_what_cannot_be_kept_in_danger_is_shown_all_the_same(ward: Ward, monkeypatch):
    def full(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(actions, "_keep", full)
    answer = ward.say(DANGER)
    assert answer.status_code == 503
    assert 'id="danger"' in answer.content.decode()


def test_other_words_on_a_page_gone_back_to_are_heard_and_kept_as_their_own(ward: Ward):
    ward.open()
    submission = str(uuid.uuid4())
    ward.say(HARMLESS, submission=submission)
    page = ward.say(DANGER, submission=submission).content.decode()
    assert "has been told" in page
    assert CrisisAlert.objects.count() == 1
    assert [row.read()["said"] for row in Exchange.objects.all()] == [HARMLESS, DANGER]


def test_a_message_that_holds_a_questionnaire_closes_itself_and_not_the_conversation(ward: Ward, monkeypatch):
    ward.open()
    ward.say(HARMLESS)
    forms = {"ours": frozenset({"iwassohardlyabletodowhatthedayaskedofmethatiaskedforhelp"})}
    monkeypatch.setattr(clinic, "wording_of_forms", lambda: forms)
    answer = ward.say("I was so hardly able to do what the day asked of me that I asked for help.")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Only people may ask" in page
    assert "Talk is closed" not in page
    assert Conversation.objects.get().ended_at is None
