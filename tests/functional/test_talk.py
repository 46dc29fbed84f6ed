"""Talk between sessions in a browser: closed with a kind reason, and open with a model that counts as cleared."""

from __future__ import annotations

from datetime import timedelta

import pytest

import door
from lab.planted import served
from thirdchair.policy import Cleared
from thirdchair.records import Ask, Reply
from thirdchair_web.crisis import duty
from thirdchair_web.demo.seed import DEMO_PASSWORD

pytestmark = [pytest.mark.browser]

SOUND = "That sounds like a long night. Who could you tell about it?"


class Says:
    """A model that always says the same."""

    is_instant = True
    runs_where = "this_host"
    name, digest = door.MODEL, "d" * 64

    def answer(self, ask: Ask) -> Reply:
        return Reply(SOUND)


@pytest.fixture
def open_talk(clinic: str, monkeypatch: pytest.MonkeyPatch):
    """A model counts as cleared for talk, the use is switched on, and somebody is on duty."""
    from thirdchair_web.accounts.models import User
    from thirdchair_web.governance.actions import switch_use

    with served(Says()) as address:
        door.register(address)
        cleared = {("converse", door.MODEL, language): Cleared("0" * 64) for language in ("en", "zh-hans")}
        for place in ("thirdchair_web.review.clinic.clearances", "thirdchair_web.talk.clinic.clearances"):
            monkeypatch.setattr(place, lambda: cleared)
        monkeypatch.setattr(
            duty, "gate", lambda at: duty.Open(("Rivas",), timedelta(minutes=5), at + timedelta(hours=8))
        )
        switch_use("converse", on=True, by=User.objects.get(username="lead-marsh"))
        yield


@pytest.mark.parametrize("java_script", [True, False])
def test_closed_it_says_why_and_what_is_there_instead(person, java_script: bool):
    patient = person(java_script=java_script)
    patient.signs_in("patient-101", password=DEMO_PASSWORD)
    patient.opens("/my/talk/")
    patient.sees("Talk is closed for you now")
    patient.sees("What is there for you instead")
    patient.keeps_a_picture("30-talk-closed")


@pytest.mark.usefixtures("open_talk")
def test_from_a_clinicians_word_to_a_conversation_and_out_again(person):
    nurse = person()
    nurse.signs_in("nurse-liu", password=DEMO_PASSWORD)
    nurse.opens("/patients/p-101/talk/")
    nurse.chooses("Open it for this patient")
    nurse.page.get_by_label("Why", exact=True).fill("She asked for it, and nothing speaks against it.")
    nurse.presses("Keep this decision")
    nurse.sees("It is open for this patient.")
    nurse.keeps_a_picture("31-talk-opened")

    patient = person()
    patient.signs_in("patient-101", password=DEMO_PASSWORD)
    patient.opens("/my/consent/converse/")
    patient.chooses("Yes, I agree")
    patient.clicks("main form button[value=answer]")
    patient.opens("/my/talk/")
    patient.sees("On duty now: Rivas.")
    patient.page.get_by_label("What you want to write").fill("I slept badly and the day is a mess.")
    patient.presses("Send")
    patient.sees(SOUND)
    patient.sees("Before you begin.")
    patient.keeps_a_picture("32-talk-open")
    patient.page.get_by_label("What you want to write").fill("I have decided to end my life this weekend.")
    patient.presses("Send")
    patient.sees("has been told what you wrote")
    patient.sees("Nothing you write closes this page.")
    patient.keeps_a_picture("33-talk-in-danger")
    patient.presses("Leave")
    patient.sees("You have left the conversation. Goodbye.")


def test_closed_in_chinese_on_a_small_screen(person):
    patient = person(locale="zh-CN", width=320)
    patient.signs_in("patient-108", password=DEMO_PASSWORD)
    patient.opens("/my/talk/")
    patient.sees_in("zh-hans")
    patient.sees("“对话”目前不对您开放")
    patient.keeps_a_picture("zh-30-talk-closed")
    patient.opens("/my/talk/choices/")
    patient.sees("您对“对话”的选择")
