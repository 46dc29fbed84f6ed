"""The plan as whoever answers an alert sees it: the staff who may open it on its own page may read it there."""

from __future__ import annotations

from django.utils.translation import gettext as _

from thirdchair_web.accounts.models import User
from thirdchair_web.crisis.duty import ANSWERING
from thirdchair_web.crisis.on_file import OnFile
from thirdchair_web.encounters.models import Patient
from thirdchair_web.safety_plan.actions import current_plan
from thirdchair_web.safety_plan.parts import PARTS


def plan_on_file(patient: Patient, reader: User) -> OnFile | None:
    """The newest plan, heading by heading; None where there is none."""
    plan = current_plan(patient) if reader.role in ANSWERING else None
    if plan is None:
        return None
    held = plan.read().parts
    parts = tuple(
        (str(part.heading), tuple(line for line in held[part.name].splitlines() if line.strip()))
        for part in PARTS
        if held.get(part.name)
    )
    return OnFile(_("Safety plan"), parts) if parts else None
