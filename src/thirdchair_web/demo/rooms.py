"""A little of each room for two of the fictional patients, so that a first visitor finds something there."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from thirdchair_web.accounts.models import User
from thirdchair_web.crisis.contacts import keep_contact
from thirdchair_web.demo import load_rooms
from thirdchair_web.encounters.models import Patient
from thirdchair_web.letters import actions as letters
from thirdchair_web.questionnaires import diary
from thirdchair_web.questionnaires.actions import assign
from thirdchair_web.safety_plan.actions import current_plan, write_plan
from thirdchair_web.safety_plan.models import PlanWords

EVERY_WEEKS = 2


def furnish(nurse: User) -> None:
    """A safety plan, an emergency contact, two shared diary days, a mood check asked for and a letter, once for each patient."""
    for room in load_rooms():
        patient = Patient.objects.select_related("account").get(pk=room["patient"])
        if patient.erased_at is None and current_plan(patient) is None:
            _furnish(patient, room, account=patient.account, nurse=nurse)


def _furnish(patient: Patient, room: dict[str, Any], *, account: User, nurse: User) -> None:
    write_plan(patient, PlanWords(room["plan"]["parts"], room["plan"]["with"]), after=0, by=nurse)
    keep_contact(patient, room["contact"], agreed=True, by=account)
    days = []
    for entry in room["diary"]:
        days.append(diary.today() - timedelta(days=entry["days_ago"]))
        diary.write_day(
            patient, days[-1], {k: v for k, v in entry.items() if k != "days_ago"} | {"untold": False}
        )
    diary.share(patient, first=min(days), last=max(days), with_notes=True, by=account)
    assign(patient, name="mood-check", every_weeks=EVERY_WEEKS, shows_result=True, by=nurse)
    _letter(patient, room["letter"], room["language"], nurse)


def _letter(patient: Patient, letter: dict[str, str], language: str, nurse: User) -> None:
    begun = letters.begin(patient, kind=letter["kind"], language=language, by=nurse, letter_id=uuid.uuid4())
    kept = letters.write(begun.id, subject=letter["subject"], body=letter["body"], by=nurse)
    letters.send(kept.id, seen=letters.digest_of(kept), confirmed=True, disclosed=False, by=nurse)
