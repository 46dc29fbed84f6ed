"""Raising an alert, taking it, and writing how it ended."""

from __future__ import annotations

from uuid import UUID, uuid4, uuid5

from django.db import transaction

from thirdchair.gateway import Alert
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.encounters.models import Patient
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
def raise_chat_alert(alert: Alert, said: str, *, patient: Patient) -> CrisisAlert:
    """Keeps an alert for what a patient wrote in a chat, with the words under the patient's key.

    While one waits to be taken, new words are added to it and its level only rises; afterwards a new one is raised.
    """
    waiting = CrisisAlert.objects.select_for_update().filter(
        patient_ref=patient.ref, state=CrisisAlert.State.OPEN, words__isnull=False
    )
    kept = waiting.order_by("-raised_at").first()
    is_new = kept is None
    if kept is None:
        kept = CrisisAlert(
            patient_ref=patient.ref,
            encounter_id=uuid4(),
            level=alert.level,
            dangers=list(alert.dangers),
            utterances=[],
            raised_at=now(),
        )
    told = [] if kept.words is None else patient.unseal(kept.words, kind="alert", item=str(kept.id))
    told = told if said in told else [*told, said]  # a client that asks again says the same again
    kept.words = patient.seal(told, kind="alert", item=str(kept.id))
    rose = is_new or alert.level > kept.level
    kept.level = max(kept.level, alert.level)
    kept.dangers = sorted({*kept.dangers, *alert.dangers})
    kept.save(force_insert=is_new)
    if rose:
        record(
            kind="alert_raised",
            actor="system",
            subject=patient.ref,
            facts={"alert": str(kept.id), "level": str(kept.level), "source": "chat", "shown": None},
        )
    return kept


@transaction.atomic
def raise_case_alert(alert: Alert, said: str, *, patient: Patient, case_id: UUID, actor: str) -> CrisisAlert:
    """Keeps one alert for a text that a clinician judges, with the words under the patient's key.

    Raising it again finds the one that stands. Its number is made of the case's and the patient's, so that a form sent with
    another's number hides nobody's alert.
    """
    alert_id = uuid4()
    kept, is_new = CrisisAlert.objects.get_or_create(
        encounter_id=_alert_place(case_id, patient.ref),
        defaults={
            "id": alert_id,
            "patient_ref": patient.ref,
            "level": alert.level,
            "dangers": list(alert.dangers),
            "utterances": [],
            "words": patient.seal([said], kind="alert", item=str(alert_id)),
            "raised_at": now(),
        },
    )
    if is_new:
        record(
            kind="alert_raised",
            actor=actor,
            subject=patient.ref,
            facts={"alert": str(kept.id), "level": str(alert.level), "source": "case", "shown": None},
        )
    return kept


def alert_of_case(case_id: UUID, patient_ref: str) -> CrisisAlert | None:
    """The alert that the words of a judged text raised, or None."""
    return CrisisAlert.objects.filter(encounter_id=_alert_place(case_id, patient_ref)).first()


def _alert_place(case_id: UUID, patient_ref: str) -> UUID:
    return uuid5(case_id, patient_ref)


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


def raise_item_alert(told: str, *, level: int, dangers: tuple[str, ...], patient: Patient) -> CrisisAlert:
    """Keeps an alert for an answer to an item of a questionnaire, as one for words of a chat.

    Args:
        told: the item's own text and the answer that was chosen.
        level: rung of the item, 1 to 6.
    """
    return raise_chat_alert(Alert(level, dangers, ()), told, patient=patient)
