"""Every main page on a small telephone in the dark: readable, and nothing to scroll sideways for."""

from __future__ import annotations

from datetime import timedelta

import pytest

import web
from thirdchair_web.demo.seed import DEMO_PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("cleared")]


@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
def test_a_clinicians_pages_on_a_small_screen(person, waiting_draft, dark):
    """Patients, one patient, consent, upload, a draft, its speakers, a note, alerts."""
    draft = waiting_draft()
    nurse = person(width=320, dark=dark)
    nurse.signs_in("nurse-castell", password=DEMO_PASSWORD)
    kind = "dark" if dark else "light"
    nurse.keeps_a_picture(f"small-{kind}-patients")
    for address in ("/patients/new/", "/patients/p-101/", "/patients/p-101/upload/", "/patients/p-105/upload/",
                    "/patients/p-101/consent/summarise_session/", "/alerts/", "/account/second-factor/"):  # fmt: skip
        nurse.opens(address)
    nurse.opens("/patients/p-105/")
    nurse.keeps_a_picture(f"small-{kind}-patient")
    nurse.opens(f"/sessions/{draft.run.encounter_id}/speakers/")
    nurse.opens(f"/drafts/{draft.id}/")
    nurse.keeps_a_picture(f"small-{kind}-draft")
    nurse.opens(f"/notes/{_signed(draft).id}/")
    nurse.keeps_a_picture(f"small-{kind}-note")
    nurse.opens("/nowhere/")


def test_the_other_pages_on_a_small_dark_screen(person):
    """A patient's pages, the rules in force, the trail, the crisis card."""
    patient = person(width=320, dark=True)
    patient.opens("/help-now/")
    patient.signs_in("patient-105", password=DEMO_PASSWORD)
    patient.keeps_a_picture("small-dark-my")
    for address in ("/my/ledger/", "/my/consent/summarise_session/", "/my/erasure/", "/account/password/"):
        patient.opens(address)
    lead = person(width=320, dark=True)
    lead.signs_in("lead-marsh", password=DEMO_PASSWORD)
    lead.keeps_a_picture("small-dark-uses")
    lead.opens("/uses/summarise_session/")
    lead.opens("/trail/")
    lead.presses("Verify now")
    lead.keeps_a_picture("small-dark-trail")
    lead.opens("/patients/")
    lead.sees("Not open to you")


def _signed(draft):
    from thirdchair_web.accounts.models import User
    from thirdchair_web.review import actions

    nurse = User.objects.get(username="nurse-castell")
    opening = actions.open_draft(draft, by=nurse)
    opening.opened_at -= timedelta(minutes=30)
    opening.save()
    return actions.sign(
        draft.id,
        web.settled(draft, added={"plan": "Ring on Thursday."}),
        revision=0,
        confirmed=True,
        by=nurse,
    )
