"""Where an alert stands: its row as a `Crisis` of the core, and back. Nothing else changes these fields."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final

from thirdchair.crisis.clocks import Clocks, Urgency
from thirdchair.crisis.protocol import Crisis, Event, Refused, Stage, step
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.crisis.models import CrisisAlert

STAGES: Final = {
    CrisisAlert.State.OPEN: Stage.ALERTED,
    CrisisAlert.State.ACKNOWLEDGED: Stage.ACCEPTED,
    CrisisAlert.State.TAKEN_OVER: Stage.TAKEN_OVER,
    CrisisAlert.State.OUTCOME_WRITTEN: Stage.OUTCOME_WRITTEN,
    CrisisAlert.State.FOLLOWED_UP: Stage.FOLLOWED_UP,
    CrisisAlert.State.CLOSED: Stage.CLOSED,
}
"""A row is an alert that is durable, so the stages before it have no state here."""
_STATES: Final = {stage: state for state, stage in STAGES.items()}


def standing_of(alert: CrisisAlert) -> Crisis:
    """The alert as the core knows it."""
    clocks = Clocks(**alert.clocks)
    return Crisis(
        urgency=Urgency(alert.urgency),
        heard_at=alert.raised_at,
        clocks=clocks,
        latest_at=alert.latest_at or alert.raised_at,
        outcome_by=alert.outcome_due_at or alert.raised_at + clocks.outcome_within,
        stage=STAGES[CrisisAlert.State(alert.state)],
        card_shown_at=alert.card_shown_at,
        answer_by=alert.answer_due_at,
        half=timedelta(seconds=alert.half_s),
        next_call_at=alert.next_call_at,
        person=alert.acknowledged_by.identifier if alert.acknowledged_by else None,
        not_again=alert.not_again or None,
        accepted_at=alert.acknowledged_at,
        take_over_by=alert.take_over_due_at,
        taken_over_at=alert.taken_over_at,
        outcome=alert.outcome_kind or None,
        outcome_at=alert.outcome_at,
        follow_up_by=alert.follow_up_due_at,
        followed_up_at=alert.followed_up_at,
        said_safe_at=alert.said_safe_at,
        ended_by_patient=alert.ended_by_patient,
    )


def put(alert: CrisisAlert, state: Crisis, *, person: User | None) -> None:
    """Puts a state of the core into the row, which the caller saves. `person` is whoever has it."""
    alert.urgency, alert.clocks = str(state.urgency), asdict(state.clocks)
    alert.state = _STATES[state.stage]
    alert.latest_at, alert.outcome_due_at = state.latest_at, state.outcome_by
    alert.card_shown_at, alert.answer_due_at = state.card_shown_at, state.answer_by
    alert.half_s, alert.next_call_at = round(state.half.total_seconds()), state.next_call_at
    alert.not_again = state.not_again or ""
    alert.acknowledged_by = person if state.person else None
    alert.acknowledged_at, alert.take_over_due_at = state.accepted_at, state.take_over_by
    alert.taken_over_at = state.taken_over_at
    alert.outcome_kind, alert.outcome_at = state.outcome or "", state.outcome_at
    alert.follow_up_due_at, alert.followed_up_at = state.follow_up_by, state.followed_up_at
    alert.said_safe_at, alert.ended_by_patient = state.said_safe_at, state.ended_by_patient


def happen(
    alert: CrisisAlert, event: Event, *, person: User | None = None, at: datetime | None = None
) -> Crisis | Refused:
    """Lets an event happen to a locked row, unsaved; now, if not said. `person` becomes whoever has it, where the event says so."""
    after = step(standing_of(alert), event, at or now())
    if not isinstance(after, Refused):
        put(alert, after, person=person or alert.acknowledged_by)
    return after


def locked(alert_id: object) -> CrisisAlert:
    """The row of an alert, locked in the caller's transaction.

    Raises:
        CrisisAlert.DoesNotExist: there is none.
    """
    return (
        CrisisAlert.objects.select_for_update(of=("self",)).select_related("acknowledged_by").get(pk=alert_id)
    )
