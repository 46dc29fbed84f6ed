"""A disclosure in a session reaches the on-call person, who takes it and writes how it ended."""

from __future__ import annotations

import re
import threading

import pytest

import web
from thirdchair_web.demo.seed import DEMO_PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("cleared")]


def test_an_alert_is_seen_taken_and_ended(person, waiting_draft):
    """The nurse sees who has it."""
    waiting_draft(_uploaded_disclosure())
    on_call = person()
    on_call.signs_in("oncall-rivas", password=DEMO_PASSWORD)
    on_call.sees("Waits for a person")
    on_call.keeps_a_picture("10-alerts")
    on_call.clicks("main table a[href^='/alerts/']")
    on_call.sees("Crisis alert: Esme Thackeridge")
    on_call.keeps_a_picture("11-alert")
    on_call.sees("I have decided to do it this weekend.")
    on_call.presses("I take this alert")
    on_call.sees("You have taken this alert. The team sees your name.")

    nurse = person()
    nurse.signs_in("nurse-liu", password=DEMO_PASSWORD)
    nurse.sees("Crisis alert open")
    nurse.follows("Crisis alerts")
    nurse.sees("Taken by Paloma Rivasalta")

    on_call.presses("I am with the person now")
    on_call.sees("You are with the person. The team sees it.")
    on_call.presses("Write the outcome")
    on_call.sees("There is a problem")
    on_call.page.get_by_label("How it ended").select_option("plan_made")
    on_call.page.get_by_label("What was done").fill(
        "Rang back within ten minutes; we went through their plan."
    )
    on_call.presses("Write the outcome")
    on_call.sees("The outcome is written.")
    on_call.sees(re.compile("^Follow-up is due$"))

    on_call.page.get_by_role("row", name="Esme Thackeridge").get_by_role("link").click()
    on_call.page.get_by_label("How the person is").fill("Slept, and comes in on Friday.")
    on_call.presses("Write the follow-up")
    on_call.sees("The follow-up is written.")
    on_call.sees(re.compile("^Followed up$"))

    nurse.opens("/patients/")
    row = nurse.page.get_by_role("row", name="Esme Thackeridge")
    assert "Crisis alert open" not in row.inner_text()


@pytest.mark.parametrize("java_script", [True, False], ids=["with a script", "without"])
@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_a_notice_appears_on_whatever_page_is_open(person, waiting_draft, java_script, locale):
    """By itself with a script, else when a page is loaded; and leaves when someone takes the alert."""
    waiting_draft()
    _colleague_takes_what_waits()
    words = "A crisis alert waits for a person" if locale == "en-GB" else "有一个危机警报等待处理"
    on_call = person(java_script=java_script, locale=locale)
    on_call.signs_in("oncall-rivas", password=DEMO_PASSWORD)
    on_call.clicks("header a[href='/notices/']")
    on_call.page.locator("input[name=email]").fill("rivas@clinic.example")
    on_call.clicks("button[value=reach]")
    on_call.clicks("button[value=test]")
    on_call.clicks("button[value=seen]")
    on_call.does_not_see(words)

    patient = _uploaded_disclosure()
    if java_script:
        on_call.sees(words)
        assert on_call.page.title().startswith("(1) ")
        assert on_call.page.locator("#notices button").get_attribute("aria-pressed") == "false"
        on_call.checks_the_page()
        on_call.keeps_a_picture("13-notice")
    else:
        _until_alerted(patient)
        on_call.opens("/notices/")
        on_call.sees(words)
    on_call.clicks("#notices a[href^='/alerts/']")
    on_call.clicks("button[value=acknowledge]")
    on_call.does_not_see(words)


def test_the_crisis_card_needs_no_account(person):
    """Nobody has to sign in to be told where help is."""
    anyone = person()
    anyone.opens("/account/sign-in/")
    anyone.follows("Need help now?")
    anyone.sees("Call your local emergency number")
    anyone.keeps_a_picture("12-help-now")


def _colleague_takes_what_waits() -> None:
    from thirdchair_web.accounts.models import User
    from thirdchair_web.crisis.actions import acknowledge
    from thirdchair_web.crisis.models import CrisisAlert

    for alert in CrisisAlert.objects.filter(state=CrisisAlert.State.OPEN):
        acknowledge(alert.id, by=User.objects.get(username="nurse-liu"))


def _until_alerted(patient: str) -> None:
    from thirdchair_web.crisis.models import CrisisAlert

    for _ in range(300):
        if CrisisAlert.objects.filter(patient_ref=patient).exists():
            return
        threading.Event().wait(0.1)
    pytest.fail("the worker has raised no alert")


def _uploaded_disclosure() -> str:
    from thirdchair_web.accounts.models import User
    from thirdchair_web.encounters.models import Patient

    patient, nurse = Patient.objects.get(pk="p-113"), User.objects.get(username="nurse-liu")
    web.agree(patient, by=nurse)
    web.upload(patient, by=nurse, data=web.DISCLOSURE)
    return patient.ref
