"""The same path for people who work and live in Chinese: every page, the note and the ledger."""

from __future__ import annotations

from datetime import timedelta

import pytest

from thirdchair_web.demo.seed import DEMO_PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("cleared")]


def test_a_chinese_session_becomes_a_signed_chinese_note(person, clock, transcript_file):
    """A nurse whose browser asks for Chinese, and a patient whose account does."""
    nurse = person(locale="zh-CN")
    nurse.signs_in("nurse-liu", password=DEMO_PASSWORD)
    nurse.sees_in("zh-hans")
    nurse.clicks("a[href='/patients/p-108/']")
    nurse.sees("患者尚未同意")
    nurse.keeps_a_picture("zh-01-patient-no-ai-allowed")

    nurse.clicks("main a[href$='/consent/summarise_session/']")
    nurse.sees_in("zh-hans")
    nurse.page.locator("input[name=answer][value=agree]").check()
    nurse.page.locator("input[name=how][value=on_paper]").check()
    nurse.keeps_a_picture("zh-02-consent")
    nurse.clicks("main form button[value=answer]")

    nurse.clicks("main a[href$='/upload/']")
    nurse.page.locator("input[type=file]").set_input_files(transcript_file("p-108"))
    nurse.page.locator("input[name=held_on]").fill("2026-10-05")
    nurse.keeps_a_picture("zh-03-upload")
    nurse.clicks("main form button")
    nurse.waits_for("/drafts/")

    nurse.sees_in("zh-hans")
    first = nurse.page.locator(".sentence textarea").first
    assert first.get_attribute("lang") == "zh-hans"
    nurse.page.locator(".sentence a.cites").first.click()
    assert nurse.page.locator(".utterance.cited").count() >= 1
    nurse.keeps_a_picture("zh-04-review")

    clock(timedelta(minutes=10))
    first.fill("本人说每晚只睡四小时左右。")
    for choice in nurse.page.locator("select[name^=risk-]").all():
        if choice.input_value() == "unclear":
            choice.select_option("denied")
    for box in nurse.page.locator(".sentence.unsupported input[name^=drop-]").all():
        box.check()
    nurse.page.locator("#confirmed").check()
    nurse.clicks("button[value=sign]")
    nurse.waits_for("/notes/")
    nurse.sees_in("zh-hans")
    nurse.sees("本人说每晚只睡四小时左右。")
    nurse.keeps_a_picture("zh-05-signed-note")

    patient = person(locale="en-GB")
    patient.signs_in("patient-108", password=DEMO_PASSWORD)
    patient.sees_in("zh-hans")
    patient.clicks("main a[href='/my/ledger/']")
    patient.sees_in("zh-hans")
    patient.sees("Liu Wenjun")
    patient.keeps_a_picture("zh-06-ledger")
    patient.opens("/my/consent/summarise_session/")
    patient.clicks("button[value=withdraw]")

    nurse.opens("/patients/p-108/upload/")
    nurse.sees("患者已于")
    nurse.keeps_a_picture("zh-07-withdrawn-refusal")


def test_anyone_can_change_the_language_of_the_page_and_it_stays(person):
    """On the sign-in page already, and afterwards on every page and device."""
    visitor = person()
    visitor.opens("/account/sign-in/")
    visitor.sees_in("en")
    visitor.clicks("button[name=language][value=zh-hans]")
    visitor.sees_in("zh-hans")
    visitor.opens("/help-now/")
    visitor.sees_in("zh-hans")
    visitor.keeps_a_picture("zh-08-help-now")
