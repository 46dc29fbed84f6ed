"""A nurse's day, a patient's choice and a safety officer's check, in a real browser."""

from __future__ import annotations

from datetime import timedelta

import pytest

from thirdchair_web.demo.seed import DEMO_PASSWORD

pytestmark = pytest.mark.browser


def test_a_session_becomes_a_signed_note(person, clock, transcript_file):
    """From "no AI is allowed here" to a signed note, a ledger, a withdrawal and a trail that verifies."""
    nurse = person()
    nurse.signs_in("nurse-liu", password=DEMO_PASSWORD)
    nurse.follows("Marisol Tavenor")
    nurse.sees("Not allowed now")
    nurse.sees("The patient has not agreed to “Session summaries”.")
    nurse.keeps_a_picture("01-patient-no-ai-allowed")

    nurse.follows("Record the patient's answer")
    nurse.keeps_a_picture("02-consent")
    nurse.chooses("The patient agrees")
    nurse.chooses("In writing, on paper that is kept")
    nurse.presses("Record this answer")
    nurse.sees("Allowed")

    nurse.follows("Upload a session")
    nurse.page.get_by_label("Transcript").set_input_files(transcript_file("p-101"))
    nurse.page.get_by_label("Date of the session").fill("2026-10-05")
    nurse.keeps_a_picture("03-upload")
    nurse.presses("Upload and draft")
    nurse.waits_for("/drafts/")

    nurse.sees("This is a draft made by a machine")
    cites = nurse.page.locator(".sentence a.cites").first
    cited = cites.get_attribute("href")
    cites.click()
    assert nurse.page.locator(f"{cited}.cited").is_visible()
    nurse.keeps_a_picture("04-review")

    nurse.presses("Sign the note")
    nurse.sees("Read it against the transcript, then sign.")

    clock(timedelta(minutes=5))
    first = nurse.page.locator(".sentence textarea").first
    first.fill("Sleeps about four hours, by her own account.")
    _settle_unclear_risks(nurse)
    _leave_out_what_nothing_supports(nurse)
    nurse.presses("Save and go on later")
    nurse.sees("Your edits are saved. Nothing is signed yet.")
    nurse.sees("Edited")
    nurse.page.get_by_text("Add your own words").first.click()
    nurse.page.locator("textarea[name=added-plan]").evaluate("e => e.closest('details').open = true")
    nurse.page.locator("textarea[name=added-plan]").fill("I will ring her on Thursday.")
    nurse.page.locator("#confirmed").check()
    nurse.presses("Sign the note")
    nurse.waits_for("/notes/")
    nurse.sees("Signed. The note is in the record under your name.")
    nurse.sees("machine-written, edited by the signer")
    nurse.sees("written by the signer")
    nurse.keeps_a_picture("05-signed-note")
    with nurse.page.expect_download() as download:
        nurse.page.get_by_role("link", name="Word file").click()
    assert download.value.suggested_filename.endswith(".docx")

    patient = person()
    patient.signs_in("patient-101", password=DEMO_PASSWORD)
    patient.follows("Every use of AI on you, and who signed")
    patient.sees("The note was signed and entered your record")
    patient.sees("Liu Wenjun")
    patient.keeps_a_picture("06-ledger")
    patient.follows("Your page")
    patient.follows("AI and you")
    patient.follows("Read it again or withdraw")
    patient.presses("Withdraw consent")
    patient.sees("Consent was withdrawn.")

    nurse.opens("/patients/p-101/upload/")
    nurse.sees("The patient withdrew consent to “Session summaries”")
    nurse.sees("nothing was stored")
    nurse.keeps_a_picture("07-withdrawn-refusal")

    officer = person()
    officer.signs_in("safety-brandt", password=DEMO_PASSWORD)
    officer.presses("Verify now")
    officer.sees("The trail verifies")
    officer.keeps_a_picture("08-trail-verified")


def _settle_unclear_risks(nurse) -> None:
    for choice in nurse.page.locator("select[name^=risk-]").all():
        if choice.input_value() == "unclear":
            choice.select_option("denied")


def _leave_out_what_nothing_supports(nurse) -> None:
    for sentence in nurse.page.locator(".sentence.unsupported").all():
        sentence.get_by_label("Leave out").check()
