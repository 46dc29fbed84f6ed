"""Raising an alert, taking it, and writing how it ended."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from thirdchair.gateway import Alert
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.trail.actions import record


@transaction.atomic
def raise_alert(alert: Alert, *, patient_ref: str, encounter_id: UUID, actor: str) -> CrisisAlert:
    """Keeps one alert for a session; raising it again finds the one that stands."""
    kept, is_new = CrisisAlert.objects.get_or_create(
        encounter_id=encounter_id,
        defaults={
            "patient_ref": patient_ref,
            "level": alert.level,
            "dangers": list(alert.dangers),
            "utterances": list(alert.utterances),
            "raised_at": now(),
        },
    )
    if is_new:
        record(
            kind="alert_raised",
            actor=actor,
            subject=patient_ref,
            facts={"alert": str(kept.id), "level": str(alert.level), "source": "session", "shown": None},
        )
    return kept


@transaction.atomic
def acknowledge(alert_id: UUID, *, by: User) -> CrisisAlert:
    """Takes the alert: from now on this person answers for it. Taking it twice changes nothing."""
    alert = CrisisAlert.objects.select_for_update().get(pk=alert_id)
    if alert.state == CrisisAlert.State.OPEN:
        alert.state = CrisisAlert.State.ACKNOWLEDGED
        alert.acknowledged_at, alert.acknowledged_by = now(), by
        alert.save()
        record(
            kind="alert_acknowledged",
            actor=by.identifier,
            subject=alert.patient_ref,
            facts={"alert": str(alert.id)},
        )
    return alert


@transaction.atomic
def close(alert_id: UUID, *, sealed_outcome: bytes | None, outcome_kind: str, by: User) -> CrisisAlert:
    """Ends an alert that a person took, with its outcome; one in any other state stays as it is.

    Args:
        sealed_outcome: the written words under the patient's key; None once that key is destroyed.
    """
    alert = CrisisAlert.objects.select_for_update().get(pk=alert_id)
    if alert.state == CrisisAlert.State.ACKNOWLEDGED:
        alert.state = CrisisAlert.State.CLOSED
        alert.outcome = sealed_outcome
        alert.closed_at, alert.closed_by = now(), by
        alert.save()
        record(
            kind="alert_closed",
            actor=by.identifier,
            subject=alert.patient_ref,
            facts={"alert": str(alert.id), "outcome": outcome_kind},
        )
    return alert
