"""A patient asks, reads where the answer stands, reaches a person and says what went wrong; a carer finds help of their own."""

from __future__ import annotations

import pytest

from thirdchair_web.accounts.models import User
from thirdchair_web.consent.actions import record_answer
from thirdchair_web.consent.texts import consent_text
from thirdchair_web.demo.seed import DEMO_PASSWORD
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.actions import switch_use

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("cleared")]


def opens_questions_to(ref: str, *, language: str) -> None:
    """The service lead has switched questions on, and the patient has agreed."""
    lead = User.objects.get(username="lead-marsh")
    switch_use("answer_question", on=True, by=lead)
    record_answer(
        patient_ref=Patient.objects.get(pk=ref).ref,
        use="answer_question",
        agreed=True,
        text_version=consent_text("answer_question", language=language).version,
        language=language,
        how="on_paper",
        by=lead,
    )


@pytest.mark.parametrize("java_script", [True, False], ids=["with scripts", "without scripts"])
def test_a_patients_visit_in_english(person, java_script):
    """On a small telephone: ask, open the source, send a question on, meet the card, report, delete."""
    patient = person(java_script=java_script, width=320)
    patient.signs_in("patient-101", password=DEMO_PASSWORD)
    patient.sees("Reach a person")
    patient.keeps_a_picture(f"patient-home-{java_script}")
    patient.clicks("main a[href='/my/ask/']")
    patient.sees("This service has AI answers turned off.")
    patient.keeps_a_picture(f"patient-ask-closed-{java_script}")
    opens_questions_to("p-101", language="en")

    patient.opens("/my/ask/")
    patient.page.locator("#id_question").fill("What is depression?")
    patient.keeps_a_picture(f"patient-ask-{java_script}")
    patient.presses("Ask")
    patient.sees("a computer program, not a person")
    patient.keeps_a_picture(f"patient-answer-{java_script}")
    patient.clicks(".from-library footer a")
    assert patient.page.locator(".passage:target").count() == 1, "the passage that was quoted is marked"
    patient.keeps_a_picture(f"patient-library-page-{java_script}")

    patient.opens("/my/ask/")
    patient.page.locator("#id_question").fill("Should I stop taking my sertraline?")
    patient.presses("Ask")
    patient.sees("AI does not answer this. A person can.")
    patient.keeps_a_picture(f"patient-no-source-{java_script}")
    patient.presses("Send this question to my team")
    patient.sees("Nobody has taken this on yet.")
    patient.keeps_a_picture(f"patient-reach-{java_script}")

    patient.opens("/my/ask/")
    patient.page.locator("#id_question").fill("I am going to kill myself tonight")
    patient.presses("Ask")
    patient.sees("If you or someone near you is in danger")
    patient.sees("The team of this service has been told what you wrote")
    patient.keeps_a_picture(f"patient-card-{java_script}")

    patient.opens("/my/")
    patient.clicks("footer a[href='/harm/report/']")
    patient.presses("Send")
    patient.sees("Choose how bad it was.")
    patient.chooses("It put someone in danger, or someone was hurt")
    patient.page.locator("#id_use").select_option("answer_question")
    patient.keeps_a_picture(f"patient-report-{java_script}")
    patient.presses("Send")
    patient.sees("We have stopped this use of AI for all")
    patient.opens("/my/ask/")
    patient.sees("This service has AI answers turned off.")

    patient.opens("/my/questions/")
    patient.keeps_a_picture(f"patient-questions-{java_script}")
    patient.clicks("main form button")
    patient.sees("The question and its answer are deleted.")
    for address in ("/what-ai-gets-wrong/", "/duty-of-care/", "/library/", "/my/choices/"):
        patient.opens(address)
        patient.keeps_a_picture(f"patient{address.replace('/', '-')}{java_script}")

    officer = person(java_script=java_script)
    officer.signs_in("safety-brandt", password=DEMO_PASSWORD)
    officer.opens("/harm/")
    officer.sees("Use stopped")
    officer.keeps_a_picture(f"officer-reports-{java_script}")
    officer.clicks("main tbody a")
    officer.chooses("AI did something wrong")
    officer.page.locator("#id_outcome").fill("We looked at it.")
    officer.presses("Write the review")
    officer.sees("The review is written.")


@pytest.mark.parametrize("java_script", [True, False], ids=["with scripts", "without scripts"])
def test_a_patients_visit_in_chinese_in_the_dark(person, java_script):
    """The same rooms in Chinese."""
    opens = java_script
    patient = person(java_script=java_script, width=320, dark=True)
    patient.signs_in("patient-108", password=DEMO_PASSWORD)
    patient.sees_in("zh-hans")
    patient.keeps_a_picture(f"zh-patient-home-{opens}")
    opens_questions_to("p-108", language="zh-hans")
    patient.clicks("main a[href='/my/ask/']")
    patient.page.locator("#id_question").fill("抑郁症是什么？")
    patient.clicks("main form button")
    patient.sees("是电脑程序，不是人")
    patient.keeps_a_picture(f"zh-patient-answer-{opens}")
    patient.clicks(".from-library footer a")
    patient.sees_in("zh-hans")
    patient.opens("/my/ask/")
    patient.page.locator("#id_question").fill("我今晚就要自杀")
    patient.clicks("main form button")
    patient.sees("已经告知本机构的团队")
    patient.keeps_a_picture(f"zh-patient-card-{opens}")
    for address in (
        "/my/reach/",
        "/my/questions/",
        "/what-ai-gets-wrong/",
        "/duty-of-care/",
        "/library/",
        "/harm/report/",
        "/my/choices/",
    ):
        patient.opens(address)
        patient.sees_in("zh-hans")
        patient.keeps_a_picture(f"zh-patient{address.replace('/', '-')}{opens}")


@pytest.mark.parametrize("java_script", [True, False], ids=["with scripts", "without scripts"])
def test_a_carers_visit(person, java_script):
    """General answers, what to do for somebody else, and help for the carer."""
    switch_use("answer_question", on=True, by=User.objects.get(username="lead-marsh"))
    carer = person(java_script=java_script, width=320)
    carer.signs_in("carer-quarmbeck", password=DEMO_PASSWORD)
    carer.sees("If you fear for someone")
    carer.keeps_a_picture(f"carer-home-{java_script}")
    carer.clicks("main a[href='/carers/ask/']")
    carer.page.locator("#id_question").fill("What is schizophrenia?")
    carer.presses("Ask")
    carer.sees("a computer program, not a person")
    carer.keeps_a_picture(f"carer-answer-{java_script}")
    carer.opens("/carers/ask/")
    carer.page.locator("#id_question").fill("My son says he wants to kill himself tonight.")
    carer.presses("Ask")
    carer.sees("Nobody’s record was opened")
    carer.keeps_a_picture(f"carer-card-{java_script}")
    carer.presses("Please get in touch with me")
    carer.sees("You have asked")
    carer.opens("/my/")
    carer.sees("Not open to you")
    nurse = person(java_script=java_script)
    nurse.signs_in("nurse-liu", password=DEMO_PASSWORD)
    nurse.opens("/carers/calls/")
    nurse.sees("Wendell Quarmbeck")
    nurse.presses("I have spoken with them")
    nurse.sees("Nobody waits.")
