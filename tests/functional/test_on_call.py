"""A disclosure in a session reaches the on-call person, who takes it and writes how it ended."""

from __future__ import annotations

import re

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


def test_the_crisis_card_needs_no_account(person):
    """Nobody has to sign in to be told where help is."""
    anyone = person()
    anyone.opens("/account/sign-in/")
    anyone.follows("Need help now?")
    anyone.sees("Call your local emergency number")
    anyone.keeps_a_picture("12-help-now")


@pytest.mark.parametrize(("locale", "width"), [("en-GB", 1280), ("zh-CN", 320)])
def test_a_patient_learns_who_comes_while_a_nurse_takes_over_and_the_line_drops(person, locale, width):
    """A disclosure in a chat, in both languages, on a wide screen and on a small one in the dark."""
    from thirdchair.gateway import Alert
    from thirdchair_web.crisis.actions import raise_chat_alert
    from thirdchair_web.encounters.models import Patient

    patient = person(locale=locale, width=width, dark=width == 320)
    patient.signs_in("patient-113", password=DEMO_PASSWORD)
    patient.opens("/my/help-status/")
    raise_chat_alert(Alert(5, (), ()), "Words that were said.", patient=Patient.objects.get(pk="p-113"))
    patient.clicks("#told a[href='/my/help-status/']")
    patient.keeps_a_picture(f"13-told-{width}")

    nurse = person(locale=locale, width=width, dark=width == 320)
    nurse.signs_in("nurse-castell", password=DEMO_PASSWORD)
    nurse.opens("/alerts/")
    nurse.clicks("main table a[href^='/alerts/']")
    nurse.sees("Words that were said.")
    nurse.clicks("button[value=acknowledge]")
    nurse.clicks("button[value=take_over]")
    patient.clicks("#told a[href='/my/help-status/']")
    nurse.clicks("button[value=line_dropped]")
    nurse.page.locator("button[value=acknowledge]").wait_for()
    patient.clicks("#told a[href='/my/help-status/']")
    patient.page.locator("input[name=sure]").check()
    patient.clicks("main form button")
    patient.page.locator(".alert-info").wait_for()
    patient.clicks("#told a[href='/help-now/']")


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_an_officer_sets_clocks_and_starts_a_drill_that_the_person_on_duty_answers(person, locale):
    """And the protocol says so to anyone."""
    officer = person(locale=locale)
    officer.signs_in("safety-brandt", password=DEMO_PASSWORD)
    officer.opens("/rota/clocks/")
    officer.page.locator("input[name=imminent_minutes]").fill("4")
    officer.clicks("main form button")
    officer.opens("/rota/drills/")
    officer.clicks("form[action$='/start/'] button")
    on_call = person(locale=locale)
    on_call.signs_in("oncall-rivas", password=DEMO_PASSWORD)
    on_call.clicks("main table tr:has(.tag-neutral) a")
    for step in ("acknowledge", "take_over", "close"):
        on_call.clicks(f"button[value={step}]")
    officer.opens("/rota/drills/")
    officer.page.locator("td .tag-ok").wait_for()
    officer.opens("/rota/")
    anyone = person(locale=locale, java_script=False)
    anyone.opens("/protocol/")
    assert " 4 " in anyone.page.locator("#clocks + dl dd").first.inner_text()


def _uploaded_disclosure() -> str:
    from thirdchair_web.accounts.models import User
    from thirdchair_web.encounters.models import Patient

    patient, nurse = Patient.objects.get(pk="p-113"), User.objects.get(username="nurse-liu")
    web.agree(patient, by=nurse)
    web.upload(patient, by=nurse, data=web.DISCLOSURE)
    return patient.ref
