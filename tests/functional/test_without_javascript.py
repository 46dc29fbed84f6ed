"""Nobody needs JavaScript: the page of the work refreshes itself, and every step is a link or a form."""

from __future__ import annotations

from datetime import timedelta

import pytest

from thirdchair_web.demo.seed import DEMO_PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("cleared")]


def test_the_whole_path_without_javascript(person, clock, transcript_file):
    """Consent, upload, progress, evidence, edit, signature, ledger, withdrawal and proof."""
    nurse = person(java_script=False)
    nurse.signs_in("nurse-liu", password=DEMO_PASSWORD)
    nurse.follows("Marisol Tavenor")
    nurse.follows("Record the patient's answer")
    nurse.chooses("The patient agrees")
    nurse.chooses("Spoken to me, after reading this text together")
    nurse.presses("Record this answer")
    nurse.follows("Upload a session")
    nurse.page.get_by_label("Transcript").set_input_files(transcript_file("p-101"))
    nurse.page.get_by_label("Date of the session").fill("2026-10-05")
    nurse.presses("Upload and draft")
    nurse.waits_for("/drafts/")

    cites = nurse.page.locator(".sentence a.cites").first
    cited = cites.get_attribute("href")
    cites.click()
    assert nurse.page.url.endswith(cited), "a number is a plain link to its utterance"

    clock(timedelta(minutes=10))
    nurse.page.locator(".sentence textarea").first.fill("Sleeps about four hours, by her own account.")
    for choice in nurse.page.locator("select[name^=risk-]").all():
        if choice.input_value() == "unclear":
            choice.select_option("denied")
    for box in nurse.page.locator(".sentence.unsupported input[name^=drop-]").all():
        box.check()
    nurse.page.locator("#section-plan + * ~ details summary, details:has(#added-plan) summary").last.click()
    nurse.page.locator("#added-plan").fill("I will ring her on Thursday.")
    nurse.page.locator("#confirmed").check()
    nurse.presses("Sign the note")
    nurse.sees("Signed. The note is in the record under your name.")
    nurse.sees("I will ring her on Thursday.")

    patient = person(java_script=False)
    patient.signs_in("patient-101", password=DEMO_PASSWORD)
    patient.follows("Every use of AI on you, and who signed")
    patient.sees("The note was signed and entered your record")
    patient.opens("/my/consent/summarise_session/")
    patient.presses("Withdraw consent")
    patient.sees("Consent was withdrawn.")
    nurse.opens("/patients/p-101/upload/")
    nurse.sees("nothing was stored")

    officer = person(java_script=False)
    officer.signs_in("safety-brandt", password=DEMO_PASSWORD)
    officer.presses("Verify now")
    officer.sees("The trail verifies")
