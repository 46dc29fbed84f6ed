"""Calling people to an alert: the first on the rota at once, the next at half the time, and in the end everyone.

`catch_up` does whatever is due by now. The job worker asks for it in every turn of its loop, and so does every page that
shows an alert, a rota or a patient's standing: a dead worker delays nobody who looks. It does nothing twice.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from thirdchair.crisis.clocks import Urgency, answer_by, urgency_of
from thirdchair.crisis.protocol import Alerted, Called, NeverTakenOver, Refused, heard, step
from thirdchair_web.clock import now
from thirdchair_web.crisis import duty
from thirdchair_web.crisis.models import AlertCall, CrisisAlert
from thirdchair_web.crisis.standing import happen, locked, put
from thirdchair_web.crisis.telling import tell
from thirdchair_web.encounters.models import Patient
from thirdchair_web.notifying.models import Why
from thirdchair_web.team.actions import ask_team
from thirdchair_web.trail.actions import record

log: Final = logging.getLogger(__name__)

SOONEST_CALL_BACK_H: Final = 0.25
_HAS_A_PERSON: Final = (CrisisAlert.State.ACKNOWLEDGED, CrisisAlert.State.TAKEN_OVER)


def begin(alert: CrisisAlert) -> None:
    """A new alert, not yet saved: how urgent it is, its clocks, and that somebody is to be called at once."""
    urgency = urgency_of(alert.level, alert.dangers)
    state = step(
        heard(urgency, alert.raised_at, duty.clocks()), Alerted(due(urgency, alert.raised_at)), now()
    )
    assert not isinstance(state, Refused)  # what was just heard can always be alerted  # noqa: S101
    put(alert, state, person=None)


def due(urgency: Urgency, at: datetime) -> datetime:
    """By when a person must answer who is called at this moment."""
    return answer_by(
        urgency,
        at,
        duty.clocks(),
        shift_ends=duty.on_duty(at).until,
        zone=settings.THIRDCHAIR.zone,
    )


def call_now(alert: CrisisAlert) -> None:
    """Calls the first person in the caller's transaction. If that fails the alert stands, and the worker calls."""
    try:
        with transaction.atomic():
            advance(alert)
    except Exception as error:  # noqa: BLE001 - the alert is durable whatever becomes of the call
        log.error("an alert could not be called out yet (%s)", type(error).__name__)
        alert.refresh_from_db()


def catch_up() -> int:
    """Does what is due by now, each alert in its own transaction. Returns for how many alerts."""
    at = now()
    waiting = Q(state=CrisisAlert.State.OPEN) & (Q(next_call_at__lte=at) | Q(next_call_at=None))
    never_taken = Q(state=CrisisAlert.State.ACKNOWLEDGED, take_over_due_at__lte=at)
    no_outcome = Q(state__in=_HAS_A_PERSON, outcome_due_at__lte=at, overdue_told="")
    no_contact = Q(state=CrisisAlert.State.OUTCOME_WRITTEN, follow_up_due_at__lte=at) & ~Q(
        overdue_told="follow_up"
    )
    due_now = CrisisAlert.objects.filter(waiting | never_taken | no_outcome | no_contact)
    ids = list(due_now.order_by("raised_at").values_list("id", flat=True))
    return sum(_advanced(alert_id) for alert_id in ids)


def _advanced(alert_id: object) -> bool:
    try:
        with transaction.atomic():
            advance(locked(alert_id))
    except Exception as error:  # noqa: BLE001 - one alert that cannot be advanced holds up no other
        log.error("an alert could not be advanced (%s)", type(error).__name__)
        return False
    return True


def advance(alert: CrisisAlert) -> None:
    """Does what the clocks ask of one locked alert by now, and saves it."""
    at = now()
    if alert.state == CrisisAlert.State.OPEN and alert.next_call_at is None:
        alert.next_call_at = at  # from before there was a rota
        alert.answer_due_at = alert.answer_due_at or due(Urgency(alert.urgency), at)
        alert.half_s = alert.half_s or round((alert.answer_due_at - at).total_seconds() / 2)
    if alert.state == CrisisAlert.State.ACKNOWLEDGED and _is_past(alert.take_over_due_at, at):
        again(alert, NeverTakenOver(due(Urgency(alert.urgency), at)), why="not_taken_over", actor="system")
    while alert.state == CrisisAlert.State.OPEN and _is_past(alert.next_call_at, at):
        _call(alert, at)
    if alert.state in _HAS_A_PERSON and _is_past(alert.outcome_due_at, at) and not alert.overdue_told:
        _tell_overdue(alert, "outcome", at)
    owes_contact = alert.state == CrisisAlert.State.OUTCOME_WRITTEN and alert.overdue_told != "follow_up"
    if owes_contact and _is_past(alert.follow_up_due_at, at):
        _tell_overdue(alert, "follow_up", at)
    alert.save()


def again(alert: CrisisAlert, event, *, why: str, actor: str) -> Refused | None:
    """The alert waits once more, a new round of calls begins, and the team owes a call back. Unsaved."""
    after = happen(alert, event)
    if isinstance(after, Refused):
        return after
    alert.round += 1
    person = Patient.objects.filter(pk=alert.patient_ref).first()
    if person is not None:
        hours = (after.answer_by - after.latest_at).total_seconds() / 3600
        ask_team(person, kind="call_back", actor=actor, hours=max(hours, SOONEST_CALL_BACK_H))
    record(
        kind="alert_dropped",
        actor=actor,
        subject=alert.patient_ref or None,
        facts={"alert": str(alert.id), "why": why},
    )
    return None


def _call(alert: CrisisAlert, at: datetime) -> None:
    calls = AlertCall.objects.filter(alert=alert, round=alert.round).select_related("person")
    called = {call.person.identifier for call in calls if call.person} | {alert.not_again}
    person = duty.next_to_call(at, called=called)
    happen(alert, Called(person.identifier if person else None), at=at)
    number = len(calls) + 1
    AlertCall.objects.create(alert=alert, round=alert.round, number=number, person=person, called_at=at)
    record(
        kind="alert_called",
        actor="system",
        subject=alert.patient_ref or None,
        facts={
            "alert": str(alert.id),
            "called": person.identifier if person else None,
            "round": alert.round,
            "number": number,
        },
    )
    why = _why(alert, person, number, at)
    tell(alert, [person] if person else duty.everyone_who_answers(), why=why)
    if why is Why.NOBODY_ON_DUTY:
        tell(alert, duty.leads(), why=why)


def _why(alert: CrisisAlert, person: object, number: int, at: datetime) -> Why:
    if alert.is_drill:
        return Why.DRILL
    if person is None and not duty.on_duty(at):
        return Why.NOBODY_ON_DUTY
    if number > 1:
        return Why.ESCALATED
    return Why.ALERT if alert.round == 1 else Why.CALL_BACK


def _tell_overdue(alert: CrisisAlert, what: str, at: datetime) -> None:
    alert.overdue_told = what
    record(
        kind="alert_overdue",
        actor="system",
        subject=alert.patient_ref or None,
        facts={"alert": str(alert.id), "what": what},
    )
    people = {one.person for one in duty.on_duty(at).people} or set(duty.everyone_who_answers())
    if alert.acknowledged_by is not None:
        people.add(alert.acknowledged_by)
    tell(alert, people, why=Why.FOLLOW_UP)


def _is_past(moment: datetime | None, at: datetime) -> bool:
    return moment is not None and moment <= at
