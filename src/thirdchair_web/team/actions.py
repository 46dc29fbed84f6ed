"""Asking the care team for something, taking it, and saying how it ended."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.encounters.models import Patient
from thirdchair_web.team.models import TeamTask
from thirdchair_web.trail.actions import record


@transaction.atomic
def ask_team(
    patient: Patient, *, kind: TeamTask.Kind | str, actor: str, hours: float = 24, note: str = ""
) -> TeamTask:
    """One task for the care team. While one of this kind is not done it stands, and is only made more urgent.

    It locks the patient's row, and so comes before whatever else the caller's transaction writes to the trail.

    Args:
        actor: the identifier of whoever asks, or "system".
        hours: by when somebody should have acted.
        note: the patient's own words, if any; kept under their key.
    """
    at = now()
    due = at + timedelta(hours=hours)
    Patient.objects.select_for_update().get(pk=patient.pk)  # two asks at once make one task
    task = TeamTask.objects.filter(patient=patient, kind=kind).exclude(state=TeamTask.State.DONE).first()
    is_new = task is None
    if task is None:
        task = TeamTask(patient=patient, kind=kind, asked_at=at, due_at=due)
    task.due_at = min(task.due_at, due)
    if note:
        told = task.read("note")
        said = note if not told or note in told.splitlines() else f"{told}\n{note}"
        task.note = patient.seal(said, kind="task-note", item=str(task.id))
    task.save(force_insert=is_new)
    if is_new:
        record(
            kind="team_asked",
            actor=actor,
            subject=patient.ref,
            facts={"task": str(task.id), "asked": str(task.kind)},
        )
    return task


@transaction.atomic
def take(task_id: UUID, *, by: User) -> TeamTask:
    """This person does it. Taking what somebody took already changes nothing."""
    task = TeamTask.objects.select_for_update().get(pk=task_id)
    if task.state == TeamTask.State.OPEN:
        task.state, task.taken_by, task.taken_at = TeamTask.State.TAKEN, by, now()
        task.save()
        record(
            kind="team_took",
            actor=by.identifier,
            subject=task.patient_id,
            facts={"task": str(task.id), "asked": str(task.kind)},
        )
    return task


@transaction.atomic
def finish(task_id: UUID, *, outcome: str, by: User) -> bool:
    """Says how it ended. Returns whether this ended it: a task that somebody else took, or that is done, stays as it is."""
    task = TeamTask.objects.select_for_update(of=("self",)).select_related("patient").get(pk=task_id)
    if task.state != TeamTask.State.TAKEN or task.taken_by_id != by.pk:
        return False
    task.state, task.done_at = TeamTask.State.DONE, now()
    if task.patient.erased_at is None:
        task.outcome = task.patient.seal(outcome, kind="task-outcome", item=str(task.id))
    task.save()
    record(
        kind="team_did",
        actor=by.identifier,
        subject=task.patient_id,
        facts={"task": str(task.id), "asked": str(task.kind)},
    )
    return True


def waiting_for(patient: Patient) -> list[TeamTask]:
    """What this patient is waiting for, as the patient may see it."""
    return list(
        TeamTask.objects.filter(patient=patient).exclude(state=TeamTask.State.DONE).select_related("taken_by")
    )
