"""A clinician asks; a patient fills in a questionnaire and keeps a diary, in both languages, with and without scripts."""

from __future__ import annotations

import pytest

from questionnaires import PHQ_9, as_file
from thirdchair_web.demo.seed import DEMO_PASSWORD

pytestmark = pytest.mark.browser


def ask_for(name: str, *, every_weeks: int = 2):
    """A nurse of the demo clinic asks its patient."""
    from thirdchair_web.accounts.models import User
    from thirdchair_web.encounters.models import Patient
    from thirdchair_web.questionnaires.actions import assign

    patient, nurse = Patient.objects.get(pk="p-101"), User.objects.get(username="nurse-liu")
    return assign(patient, name=name, every_weeks=every_weeks, shows_result=True, by=nurse)


def test_a_nurse_asks_and_the_patient_answers_and_both_see_the_score(person) -> None:
    nurse = person()
    nurse.signs_in("nurse-liu", password=DEMO_PASSWORD)
    nurse.opens("/patients/p-101/questionnaires/")
    nurse.page.get_by_label("Questionnaire").select_option("mood-check")
    nurse.page.get_by_label("How often").select_option("2")
    nurse.presses("Ask")
    nurse.sees("The patient finds it under")
    patient = person(width=320, dark=True)
    patient.signs_in("patient-101", password=DEMO_PASSWORD)
    patient.opens("/my/questionnaires/")
    patient.keeps_a_picture("questionnaires-320-dark")
    patient.follows("Fill it in")
    patient.sees("Nobody has tested how well they measure")
    patient.page.get_by_role("group", name="I felt low").get_by_label("On 3 or 4 days").check()
    patient.keeps_a_picture("mood-check-320-dark")
    patient.presses("Save and go on later")
    patient.sees("Saved.")
    patient.follows("Go on")
    for question in ("Worry was hard", "Something felt good", "I slept well", "I could do"):
        patient.page.get_by_role("group", name=question).get_by_label("On 1 or 2 days").check()
    patient.presses("Finish")
    patient.sees("Your score is 12.")
    patient.keeps_a_picture("result-320-dark")
    nurse.opens("/patients/p-101/questionnaires/")
    nurse.page.locator("figcaption", has_text="The latest score").wait_for()
    nurse.keeps_a_picture("scores-light")


@pytest.mark.parametrize("java_script", [True, False])
def test_a_diary_is_written_and_shared_in_chinese(person, java_script: bool) -> None:
    patient = person(locale="zh-CN", width=320, java_script=java_script)
    patient.signs_in("patient-108", password=DEMO_PASSWORD)
    patient.opens("/my/diary/")
    patient.sees_in("zh-hans")
    patient.sees("在您分享之前，只有您能看到日记。")
    patient.page.locator("select[name=mood]").select_option("4")
    patient.page.locator("input[name=sleep_hours]").fill("6.5")
    patient.page.locator("textarea[name=note]").fill("今天下雨。")
    patient.clicks("button[value=write]")
    patient.sees("已记下")
    patient.keeps_a_picture(f"diary-zh-320-{java_script}")
    patient.opens("/my/diary/sharing/")
    patient.clicks("button[value=share]")
    patient.sees("照护团队现在可以看到这些日子")
    patient.keeps_a_picture(f"sharing-zh-320-{java_script}")
    patient.clicks("button[value=stop]")
    patient.sees("没有。只有您能看到日记。")


def test_a_dangerous_answer_shows_the_card_at_once_without_scripts(person) -> None:
    from thirdchair_web.questionnaires.files import add_file

    add_file(as_file(PHQ_9), scoring="phq-9", licence="a test", actor="lead:1")
    ask_for("phq-9")
    patient = person(java_script=False)
    patient.signs_in("patient-101", password=DEMO_PASSWORD)
    patient.opens("/my/questionnaires/phq-9/?page=9")
    patient.sees("Question 9 of 9")
    patient.page.get_by_label("Option 1").check()
    patient.presses("Save and go on later")
    patient.sees("has been told what you wrote")
    patient.keeps_a_picture("card-after-an-answer")
    patient.follows("Go on")
    patient.sees("Begun")


def test_a_dangerous_note_shows_the_card_and_axe_finds_nothing_on_it(person) -> None:
    patient = person(dark=True)
    patient.signs_in("patient-101", password=DEMO_PASSWORD)
    patient.opens("/my/diary/")
    patient.page.locator("select[name=mood]").select_option("1")
    patient.page.locator("textarea[name=note]").fill("I have decided to kill myself tonight")
    patient.presses("Write it down")
    patient.sees("has been told what you wrote")
    patient.keeps_a_picture("card-after-a-note-dark")
