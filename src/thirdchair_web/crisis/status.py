"""What a patient is told after an alert: whether somebody is on duty, was told, has it, and by when they answer.

Every sentence is true when it is said. A time to answer is given only while it is still ahead and the rota has somebody on
duty until then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from django.db.models import Q

from thirdchair.crisis.clocks import Urgency
from thirdchair.crisis.protocol import PATIENT_MAY_END
from thirdchair_web.clock import now
from thirdchair_web.crisis import duty
from thirdchair_web.crisis.calling import catch_up
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.encounters.models import Patient

STILL_SHOWN: Final = timedelta(hours=24)
_MOMENT: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Told:
    """Where a patient's alert stands, as they may read it.

    Args:
        state: it waits; somebody has it; they are with the patient; a person wrote how it ended; the patient ended it.
        raised_at: when the words were heard.
        called_at: when somebody was last called; None where nobody could be called yet.
        everyone: whether everyone who may answer was called, not one person on duty.
        on_duty: whether somebody is on duty now.
        next_on_duty: when the next shift begins, where nobody is on duty; None where none is planned.
        answer_by: by when they answer; None where the rota allows no such promise.
        late: whether nobody answered in time.
        again: whether it waits anew after somebody had it.
        said_safe: whether the patient said that they are safe.
        may_end: whether saying so would end it; otherwise a person still gets in touch.
    """

    alert_id: UUID
    state: Literal["waiting", "accepted", "with_you", "ended", "ended_by_you"]
    raised_at: datetime
    called_at: datetime | None
    everyone: bool
    on_duty: bool
    next_on_duty: datetime | None
    answer_by: datetime | None
    late: bool
    again: bool
    said_safe: bool
    may_end: bool


_STATES: Final = {
    CrisisAlert.State.OPEN: "waiting",
    CrisisAlert.State.ACKNOWLEDGED: "accepted",
    CrisisAlert.State.TAKEN_OVER: "with_you",
    CrisisAlert.State.OUTCOME_WRITTEN: "ended",
    CrisisAlert.State.FOLLOWED_UP: "ended",
    CrisisAlert.State.CLOSED: "ended",
}


def told(patient: Patient) -> Told | None:
    """What this patient is told of their latest alert from what they wrote; None once it ended a day ago."""
    catch_up()
    at = now()
    recent = Q(outcome_at__gt=at - STILL_SHOWN) | Q(said_safe_at__gt=at - STILL_SHOWN, ended_by_patient=True)
    before_outcome = Q(state__in=CrisisAlert.BEFORE_THE_OUTCOME)
    alerts = CrisisAlert.objects.filter(patient_ref=patient.ref, source=CrisisAlert.Source.CHAT)
    alert = alerts.filter(before_outcome | recent).order_by("-raised_at").first()
    return None if alert is None else _told(alert, at)


def _told(alert: CrisisAlert, at: datetime) -> Told:
    waits = alert.state == CrisisAlert.State.OPEN
    last = alert.calls.filter(round=alert.round).order_by("number").last()
    now_on_duty = duty.on_duty(at)
    late = waits and alert.answer_due_at is not None and at >= alert.answer_due_at
    return Told(
        alert_id=alert.id,
        state="ended_by_you" if alert.ended_by_patient else _STATES[CrisisAlert.State(alert.state)],
        raised_at=alert.raised_at,
        called_at=last.called_at if last else None,
        everyone=last is not None and last.person_id is None,
        on_duty=bool(now_on_duty),
        next_on_duty=None if now_on_duty else now_on_duty.next_from,
        answer_by=alert.answer_due_at if waits and _can_be_promised(alert.answer_due_at, at) else None,
        late=late,
        again=waits and alert.round > 1,
        said_safe=alert.said_safe_at is not None,
        may_end=waits and Urgency(alert.urgency) in PATIENT_MAY_END,
    )


def _can_be_promised(moment: datetime | None, at: datetime) -> bool:
    if moment is None or moment <= at:
        return False
    until = duty.on_duty(at).until
    return until is not None and (moment <= until or bool(duty.on_duty(moment - _MOMENT)))
