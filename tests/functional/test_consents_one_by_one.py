"""A patient chooses, one thing at a time: reads, is asked three questions, says yes, says no, keeps the receipt, takes it back."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from thirdchair_web.demo.seed import DEMO_PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("cleared")]


@pytest.mark.parametrize("java_script", [True, False], ids=["with scripts", "without scripts"])
def test_a_patient_decides_on_each_use_by_itself(person, java_script):
    patient = person(width=320, java_script=java_script)
    patient.signs_in("patient-101", password=DEMO_PASSWORD)

    patient.opens("/my/consent/answer_question/")
    patient.sees("How often it was wrong when it was tested")
    patient.sees("Not verified: only its makers have tested this.")
    patient.keeps_a_picture("consent-01-text-and-limits")
    patient.chooses("Yes, I agree")
    patient.presses("Record this answer")
    patient.sees("This is no test of you.")
    patient.chooses("A nurse who is on duty")
    patient.chooses("I open “Help now”, or call or tell a person")
    patient.chooses("It stays the same")
    patient.keeps_a_picture("consent-02-three-questions")
    patient.presses("See the answers")
    patient.sees("It is different:")
    patient.keeps_a_picture("consent-03-explained")
    patient.follows("Try the questions again")
    patient.chooses("A computer program that looks for pages")
    patient.chooses("I open “Help now”, or call or tell a person")
    patient.chooses("It stays the same")
    patient.presses("See the answers")
    patient.does_not_see("It is different:")
    patient.follows("Go on to your answer")
    patient.chooses("Yes, I agree")
    patient.presses("Record this answer")

    patient.sees("Receipt of your answer")
    patient.keeps_a_picture("consent-04-receipt")
    with patient.page.expect_download() as arriving:
        patient.page.get_by_role("link", name="Download as PDF").click()
    printed = PdfReader(io.BytesIO(arriving.value.path().read_bytes()))
    assert "Receipt of your answer" in printed.pages[0].extract_text()

    patient.opens("/my/consent/summarise_session/")
    patient.chooses("No, I do not agree")
    patient.presses("Record this answer")
    patient.sees("Receipt of your answer")

    patient.opens("/my/preferences/")
    patient.keeps_a_picture("consent-05-preferences")
    patient.chooses("Somebody to talk with")
    patient.chooses("More than now")
    patient.presses("Keep my answers")
    patient.sees("Thank you. You can change this at any time.")

    patient.opens("/my/consent/answer_question/")
    patient.presses("Withdraw consent")
    patient.sees("Consent was withdrawn.")
    patient.opens("/my/room/")
    patient.opens("/my/no-ai/")
    patient.presses("Use no AI for me")
    patient.sees("Your care goes on with people.")
    patient.opens("/my/ledger/")
    patient.sees("You withdrew your consent to")


def test_the_same_in_chinese_in_the_dark(person):
    patient = person(locale="zh-CN", width=320, dark=True)
    patient.signs_in("patient-108", password=DEMO_PASSWORD)
    patient.opens("/my/consent/answer_question/")
    patient.sees_in("zh-hans")
    patient.sees("测试时它有多常出错")
    patient.follows("回答三个问题")
    for name, key in (("question-0", "program"), ("question-1", "person"), ("question-2", "same")):
        patient.page.locator(f"input[name={name}][value={key}]").check()
    patient.clicks("main form button")
    patient.follows("继续答复")
    patient.page.locator("input[name=answer][value=agree]").check()
    patient.clicks("main form button[value=answer]")
    patient.sees("您的答复回执")
    patient.keeps_a_picture("consent-06-receipt-zh")
    for address in ("/my/preferences/", "/my/room/", "/my/no-ai/", "/my/data/files/"):
        patient.opens(address)


def test_a_clinician_records_who_decides_for_somebody(person):
    nurse = person(width=320)
    nurse.signs_in("nurse-liu", password=DEMO_PASSWORD)
    nurse.opens("/patients/p-103/")
    nurse.follows("Who decides for this patient")
    nurse.sees("The patient decides for themselves.")
    nurse.chooses("No, not at this time")
    nurse.presses("Record what you found")
    nurse.sees("Give the day on which somebody looks again.")
    nurse.page.get_by_label("Somebody looks again on").fill("2100-01-01")
    nurse.presses("Record what you found")
    nurse.sees("A representative decides, and never against the patient.")
    nurse.page.get_by_label("Name of who decides").fill("Imara Feyzi")
    nurse.page.get_by_label("Relation to the patient").fill("sister")
    nurse.page.get_by_label("Document that you saw").fill("Court order, paper file")
    nurse.chooses("Appointed by a court")
    nurse.presses("Record this person")
    nurse.keeps_a_picture("consent-07-who-decides")
    nurse.opens("/patients/p-103/consent/summarise_session/")
    nurse.chooses("They agree")
    nurse.chooses("Imara Feyzi, sister")
    nurse.chooses("The patient was told and does not object")
    nurse.chooses("In writing, on paper that is kept")
    nurse.presses("Record this answer")
    nurse.sees("by a representative")
