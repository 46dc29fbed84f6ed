"""Reaching a person: who is on duty, and by when somebody answers, each only as far as it is known."""

from __future__ import annotations

from typing import Final

from django.conf import settings

from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.crisis.duty import Duty, on_duty
from thirdchair_web.encounters.models import Patient
from thirdchair_web.team.actions import ask_team
from thirdchair_web.team.models import TeamTask

DUE_H: Final = 24
"""By when the team sees the task as late, in hours, where the service promised no time; the patient is told of no time then."""


def who_is_on_duty() -> Duty:
    """The duty of this moment, as the rota has it."""
    return on_duty(now())


def ask_for_person(person: Patient, *, note: str, by: User) -> TeamTask:
    """Asks the care team to get in touch; asking again while that waits adds the words to it."""
    hours = settings.THIRDCHAIR.answers_within_hours or DUE_H
    return ask_team(person, kind=TeamTask.Kind.WANTS_A_PERSON, actor=by.identifier, hours=hours, note=note)
