"""The service lead switches a use off and on; the safety officer stops all AI; the nurse is told why."""

from __future__ import annotations

import pytest

from thirdchair_web.demo.seed import DEMO_PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("cleared")]


def test_switches_and_stops_hold_at_once(person):
    """Each refusal names the rule and whom to ask."""
    lead, officer, nurse = person(), person(), person()
    nurse.signs_in("nurse-liu", password=DEMO_PASSWORD)
    lead.signs_in("lead-marsh", password=DEMO_PASSWORD)
    lead.sees("Switched on")
    lead.keeps_a_picture("20-uses")
    lead.presses("Switch off Session summaries")
    lead.sees("The use is switched off.")
    nurse.opens("/patients/p-105/upload/")
    nurse.sees("is not switched on in this service")
    nurse.sees("Ask the service lead to switch it on.")
    lead.presses("Switch on Session summaries")
    nurse.opens("/patients/p-105/upload/")
    nurse.sees("Upload and draft")

    officer.signs_in("safety-brandt", password=DEMO_PASSWORD)
    officer.follows("Uses of AI")
    officer.does_not_see("Switch off")
    officer.presses("Stop all AI now")
    officer.sees("All AI is stopped in this service.")
    officer.keeps_a_picture("21-all-ai-stopped")
    nurse.opens("/patients/p-105/upload/")
    nurse.sees("All AI is stopped in this service.")
    nurse.sees("Ask the safety officer why")
    officer.presses("Let AI run again")
    officer.sees("It may run again.")
    nurse.opens("/patients/p-105/upload/")
    nurse.sees("Upload and draft")

    officer.follows("Session summaries")
    officer.sees("judged on the worse end of the 95% interval")
    officer.keeps_a_picture("22-evidence")
    officer.follows("Trail")
    officer.presses("Verify now")
    officer.sees("The trail verifies")
