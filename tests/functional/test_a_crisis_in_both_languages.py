"""A disclosure, a nurse, a line that drops, and a drill: in English and Chinese, wide and small, light and dark."""

from __future__ import annotations

import pytest

from thirdchair_web.demo.seed import DEMO_PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("cleared")]


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
    for address in ("/rota/", "/rota/counts/", "/protocol/"):
        officer.opens(address)
    anyone = person(locale=locale, java_script=False)
    anyone.opens("/protocol/")
    assert " 4 " in anyone.page.locator("#clocks + dl dd").first.inner_text()
