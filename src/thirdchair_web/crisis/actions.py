"""Raising an alert, answering it, and writing how it ended. Each is one step of the protocol, in the trail."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from thirdchair.crisis.clocks import Urgency, urgency_of
from thirdchair.crisis.protocol import (
    Accepted,
    CardShown,
    FollowedUp,
    HandedBack,
    HeardAgain,
    LineDropped,
    OutcomeWritten,
    Refused,
    Rule,
    SaidSafe,
    TakenOver,
)
from thirdchair.gateway import Alert
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.crisis import calling
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.crisis.standing import happen, locked
from thirdchair_web.crisis.telling import settle
from thirdchair_web.encounters.models import Patient
from thirdchair_web.team import actions as team
from thirdchair_web.team.models import TeamTask
from thirdchair_web.trail.actions import record


@transaction.atomic
def raise_alert(alert: Alert, *, patient_ref: str, encounter_id: UUID, actor: str) -> CrisisAlert:
    """Keeps one alert for a session; raising it again finds the one that stands."""
    kept = CrisisAlert.objects.filter(encounter_id=encounter_id).first()
    return kept or _raised(
        CrisisAlert(
            patient_ref=patient_ref,
            encounter_id=encounter_id,
            level=alert.level,
            dangers=list(alert.dangers),
            utterances=list(alert.utterances),
        ),
        source=CrisisAlert.Source.SESSION,
        actor=actor,
    )


@transaction.atomic
def raise_chat_alert(alert: Alert, said: str, *, patient: Patient) -> CrisisAlert:
    """Keeps an alert for what a patient wrote in a chat, with the words under the patient's key.

    While one waits to be taken, new words are added to it and its level only rises; afterwards a new one is raised.
    """
    kept = (
        CrisisAlert.objects.select_for_update(of=("self",))
        .filter(patient_ref=patient.ref, state=CrisisAlert.State.OPEN, words__isnull=False)
        .order_by("-raised_at")
        .first()
    )
    if kept is None:
        new = CrisisAlert(
            id=uuid4(),
            patient_ref=patient.ref,
            encounter_id=uuid4(),
            level=alert.level,
            dangers=list(alert.dangers),
            utterances=[],
        )
        new.words = patient.seal([said], kind="alert", item=str(new.id))
        return _raised(new, source=CrisisAlert.Source.CHAT, actor="system")
    told = patient.unseal(kept.words, kind="alert", item=str(kept.id))
    told = told if said in told else [*told, said]  # a client that asks again says the same again
    kept.words = patient.seal(told, kind="alert", item=str(kept.id))
    rose = alert.level > kept.level
    kept.level = max(kept.level, alert.level)
    kept.dangers = sorted({*kept.dangers, *alert.dangers})
    urgency = urgency_of(kept.level, kept.dangers)
    happen(kept, HeardAgain(urgency, calling.due(urgency, now())))
    kept.save()
    if rose:
        _record_raised(kept, actor="system")
    calling.call_now(kept)
    return kept


@transaction.atomic
def raise_case_alert(alert: Alert, said: str, *, patient: Patient, case_id: UUID, actor: str) -> CrisisAlert:
    """Keeps one alert for a text that a clinician judges, with the words under the patient's key.

    Raising it again finds the one that stands. Its number is made of the case's and the patient's, so that a form sent with
    another's number hides nobody's alert.
    """
    kept = alert_of_case(case_id, patient.ref)
    if kept is not None:
        return kept
    new = CrisisAlert(
        id=uuid4(),
        patient_ref=patient.ref,
        encounter_id=_alert_place(case_id, patient.ref),
        level=alert.level,
        dangers=list(alert.dangers),
        utterances=[],
    )
    new.words = patient.seal([said], kind="alert", item=str(new.id))
    return _raised(new, source=CrisisAlert.Source.CASE, actor=actor)


def raise_item_alert(told: str, *, level: int, dangers: tuple[str, ...], patient: Patient) -> CrisisAlert:
    """Keeps an alert for an answer to an item of a questionnaire, as one for words of a chat.

    Args:
        told: the item's own text and the answer that was chosen.
        level: rung of the item, 1 to 6.
    """
    return raise_chat_alert(Alert(level, dangers, ()), told, patient=patient)


def alert_of_case(case_id: UUID, patient_ref: str) -> CrisisAlert | None:
    """The alert that the words of a judged text raised, or None."""
    return CrisisAlert.objects.filter(encounter_id=_alert_place(case_id, patient_ref)).first()


def _alert_place(case_id: UUID, patient_ref: str) -> UUID:
    return uuid5(case_id, patient_ref)


def _raised(alert: CrisisAlert, *, source: str, actor: str) -> CrisisAlert:
    """Keeps a new alert unless the same was kept meanwhile, and calls the first person."""
    alert.source, alert.raised_at = source, now()
    calling.begin(alert)
    fields = {f.attname: getattr(alert, f.attname) for f in CrisisAlert._meta.concrete_fields}
    kept, is_new = CrisisAlert.objects.get_or_create(encounter_id=fields.pop("encounter_id"), defaults=fields)
    if is_new:
        _record_raised(kept, actor=actor)
        calling.call_now(kept)
    return kept


def _record_raised(alert: CrisisAlert, *, actor: str) -> None:
    record(
        kind="alert_raised",
        actor=actor,
        subject=alert.patient_ref or None,
        facts={"alert": str(alert.id), "level": str(alert.level), "source": alert.source, "shown": None},
    )


@transaction.atomic
def start_drill(*, by: User) -> CrisisAlert:
    """An alert without a patient, to see how fast a person answers. It is marked as a drill wherever it is shown."""
    drill = CrisisAlert(patient_ref="", encounter_id=uuid4(), level=5, dangers=[], utterances=[])
    return _raised(drill, source=CrisisAlert.Source.DRILL, actor=by.identifier)


@transaction.atomic
def acknowledge(alert_id: UUID, *, by: User) -> CrisisAlert:
    """Takes the alert: from now on this person answers for it. Taking it twice changes nothing."""
    alert = locked(alert_id)
    was = alert.state
    if not isinstance(happen(alert, Accepted(by.identifier), person=by), Refused) and alert.state != was:
        alert.save()
        _record(alert, "alert_acknowledged", by=by)
        settle(alert)
    return alert


@transaction.atomic
def take_over(alert_id: UUID, *, by: User) -> Rule | None:
    """The person who took the alert is with the patient, or on the line. Returns why not, where it changes nothing."""
    alert = locked(alert_id)
    was = alert.state
    after = happen(alert, TakenOver(by.identifier))
    if isinstance(after, Refused):
        return after.rule
    if alert.state != was:
        alert.save()
        _record(alert, "alert_taken_over", by=by)
        _team_did(alert, TeamTask.Kind.CALL_BACK, by=by)
    return None


@transaction.atomic
def lose_line(alert_id: UUID, *, by: User) -> Rule | None:
    """The contact was lost: whoever is on duty is called again, and the team owes a call back."""
    alert = locked(alert_id)
    event = LineDropped(by.identifier, calling.due(Urgency(alert.urgency), now()))
    return _again(alert, event, why="line_dropped", by=by)


@transaction.atomic
def hand_back(alert_id: UUID, *, by: User) -> Rule | None:
    """The person who took the alert cannot go on: the next is called."""
    alert = locked(alert_id)
    event = HandedBack(by.identifier, calling.due(Urgency(alert.urgency), now()))
    return _again(alert, event, why="handed_back", by=by)


def _again(alert: CrisisAlert, event: LineDropped | HandedBack, *, why: str, by: User) -> Rule | None:
    refused = calling.again(alert, event, why=why, actor=by.identifier)
    if refused is not None:
        return refused.rule
    alert.save()
    calling.call_now(alert)
    return None


@transaction.atomic
def close(alert_id: UUID, *, sealed_outcome: bytes | None, outcome_kind: str, by: User) -> CrisisAlert:
    """Writes how an alert ended that a person took; one in any other state stays as it is.

    Where a follow-up contact is owed then, the alert waits for it.

    Args:
        sealed_outcome: the written words under the patient's key; None once that key is destroyed.
        outcome_kind: one of `thirdchair.crisis.protocol.OUTCOMES`.
    """
    alert = locked(alert_id)
    if isinstance(happen(alert, OutcomeWritten(by.identifier, outcome_kind)), Refused):
        return alert
    alert.outcome, alert.outcome_by, alert.overdue_told = sealed_outcome, by, ""
    alert.save()
    person = Patient.objects.filter(pk=alert.patient_ref).first()
    if alert.follow_up_due_at is not None and person is not None:
        hours = (alert.follow_up_due_at - now()) / timedelta(hours=1)
        team.ask_team(person, kind=TeamTask.Kind.FOLLOW_UP, actor=by.identifier, hours=hours)
    record(
        kind="alert_closed",
        actor=by.identifier,
        subject=alert.patient_ref or None,
        facts={"alert": str(alert.id), "outcome": outcome_kind},
    )
    settle(alert)
    return alert


@transaction.atomic
def write_follow_up(alert_id: UUID, *, sealed: bytes | None, how: str, by: User) -> Rule | None:
    """Writes of the contact afterwards, which ends the alert. Returns why not, where it changes nothing."""
    alert = locked(alert_id)
    after = happen(alert, FollowedUp(by.identifier))
    if isinstance(after, Refused):
        return after.rule
    alert.follow_up, alert.follow_up_kind, alert.followed_up_by = sealed, how, by
    alert.save()
    _record(alert, "alert_followed_up", by=by, how=how)
    settle(alert)
    _team_did(alert, TeamTask.Kind.FOLLOW_UP, by=by)
    return None


@transaction.atomic
def say_safe(alert_id: UUID, *, patient: Patient) -> CrisisAlert | None:
    """The patient's own word that they are safe. Where danger was high a person still answers; None if it is not theirs."""
    alert = CrisisAlert.objects.filter(pk=alert_id, patient_ref=patient.ref).first()
    if alert is None or patient.account is None:
        return None
    alert = locked(alert_id)
    said_before = alert.said_safe_at
    if isinstance(happen(alert, SaidSafe()), Refused):
        return alert
    alert.save()
    if said_before is None or alert.ended_by_patient:
        _record(alert, "patient_said_safe", by=patient.account, ended=alert.ended_by_patient)
    if alert.ended_by_patient:
        settle(alert)
    return alert


@transaction.atomic
def card_shown(patient: Patient) -> None:
    """The patient saw the crisis card while alerts of theirs are not ended."""
    unseen = CrisisAlert.objects.filter(
        patient_ref=patient.ref, card_shown_at=None, state__in=CrisisAlert.BEFORE_THE_OUTCOME
    )
    for alert_id in unseen.values_list("id", flat=True):
        alert = locked(alert_id)
        if not isinstance(happen(alert, CardShown()), Refused):
            alert.save()


def _record(alert: CrisisAlert, kind: str, *, by: User, **facts: str | bool) -> None:
    record(
        kind=kind,
        actor=by.identifier,
        subject=alert.patient_ref or None,
        facts={"alert": str(alert.id)} | facts,
    )


def _team_did(alert: CrisisAlert, kind: str, *, by: User) -> None:
    """Ends the task that this step was asked for by, unless a colleague has it, or another alert still needs it."""
    task = (
        TeamTask.objects.filter(patient_id=alert.patient_ref or None, kind=kind)
        .exclude(state=TeamTask.State.DONE)
        .first()
    )
    still_owed = CrisisAlert.objects.filter(
        patient_ref=alert.patient_ref, state=CrisisAlert.State.OUTCOME_WRITTEN
    ).exists()
    if task is None or (kind == TeamTask.Kind.FOLLOW_UP and still_owed):
        return
    if team.take(task.id, by=by).taken_by_id == by.pk:
        team.finish(task.id, outcome="", by=by)
