"""A draft as durable work: asked for, made by a worker, taken over when a worker dies.

A run is enqueued in the transaction that creates it, so it is never lost. A worker holds it by a lease it renews
at every step; when the lease runs out another attempt is enqueued, and the attempt number fences the first one
off: whatever it still does is dropped, so nothing is made twice.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, OperationalError, transaction
from django.db.models import Q, QuerySet
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from thirdchair import gateway
from thirdchair.errors import TrailBroken
from thirdchair.policy.decision import UseRefused
from thirdchair.records import Progress
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.encounters.models import Encounter
from thirdchair_web.governance.methods import clients
from thirdchair_web.review.clinic import RunClinic, Superseded
from thirdchair_web.review.models import Draft, SummaryRun
from thirdchair_web.trail.actions import record

MOST_ATTEMPTS: Final = 5
WAITING: Final = (SummaryRun.State.QUEUED, SummaryRun.State.RUNNING)

log = logging.getLogger(__name__)


@transaction.atomic
def request_draft(encounter: Encounter, *, use: str, method: str, note_format: str, by: User) -> SummaryRun:
    """Queues a draft in the caller's transaction. Policy decides when the worker begins, and at every step."""
    run = SummaryRun.objects.create(
        encounter=encounter,
        use=use,
        method=method,
        note_format=note_format,
        requested_by=by,
        requested_at=now(),
    )
    _enqueue(run)
    return run


@transaction.atomic
def draft_anew(encounter_id: UUID, *, method: str, by: User) -> SummaryRun:
    """Another draft of a session; where work or an unsettled draft stands already, that one, however often asked."""
    encounter = Encounter.objects.select_for_update().get(pk=encounter_id)
    last = encounter.runs.latest("requested_at")
    unsettled = Draft.objects.filter(run=last).exclude(state=Draft.State.DISCARDED).exists()
    if last.state in WAITING or unsettled:
        return last
    return request_draft(encounter, use=last.use, method=method, note_format=last.note_format, by=by)


@task(queue_name="default")
def make_draft(run_id: str, attempt: int) -> None:
    """The worker's task. It never raises: an exception could carry text into the queue's table."""
    failure = ""
    try:
        _make_draft(UUID(run_id), attempt)
    except Superseded:
        log.info("run %s attempt %d was superseded", run_id, attempt)
    except OperationalError:
        # A locked, full or absent database is no verdict on the session: the lease runs out, and it is tried again.
        log.warning("run %s attempt %d was cut off by the database", run_id, attempt)
    except Exception as error:  # noqa: BLE001 - the last line before the queue's own traceback column
        failure = type(error).__name__
    if failure:
        # Outside the block: what is raised from here must not carry that error, and its message, as its context.
        log.error("run %s attempt %d failed: %s", run_id, attempt, failure)
        _fail(UUID(run_id), attempt, failure)


def recover_runs() -> int:
    """Takes over runs whose worker died. Returns how many were enqueued again."""
    taken = 0
    stale = Q(state=SummaryRun.State.RUNNING, leased_until__lt=now()) | Q(state=SummaryRun.State.QUEUED)
    for run_id in list(SummaryRun.objects.filter(stale).values_list("id", flat=True)):
        try:
            taken += _take_over(run_id)
        except TrailBroken:
            # One run that cannot be ended must not keep the worker from the others.
            log.error("run %s could not be taken over: the trail cannot be written", run_id)
    return taken


def stop_runs(patient_ref: str, *, use: str | None, why: str) -> None:
    """Stops this patient's work in flight, of one use or of all, in the caller's transaction."""
    runs = SummaryRun.objects.filter(encounter__patient_id=patient_ref)
    _stop(runs if use is None else runs.filter(use=use), why=why)


def stop_runs_of_session(encounter: Encounter, *, why: str) -> None:
    """Stops the work in flight on one session, in the caller's transaction."""
    _stop(SummaryRun.objects.filter(encounter=encounter), why=why)


def _stop(runs: QuerySet[SummaryRun], *, why: str) -> None:
    for run in runs.filter(state__in=WAITING).select_for_update(of=("self",)).select_related("encounter"):
        run.state, run.rule, run.finished_at = SummaryRun.State.STOPPED, why, now()
        run.save()
        record(
            kind="work_stopped",
            actor="system",
            subject=run.encounter.patient_id,
            facts={"run": str(run.id), "why": why},
        )


def _make_draft(run_id: UUID, attempt: int) -> None:
    run = _start(run_id, attempt)
    if run is None:
        return
    request = gateway.SummaryRequest(
        run=str(run.id),
        use=run.use,
        method=run.method,
        actor=run.requested_by.identifier,
        patient=run.encounter.patient_id,
    )
    client = clients().get(run.method)
    lease = timedelta(
        seconds=settings.THIRDCHAIR.lease_s + (settings.THIRDCHAIR.model_timeout_s if client else 0)
    )
    try:
        gateway.summarise(
            request,
            run.encounter.read_transcript(),
            clinic=RunClinic(run_id, attempt=attempt, lease=lease),
            client=client,
            on_progress=lambda progress: _show(run_id, attempt, progress),
        )
    except UseRefused as refused:
        _finish(
            run_id,
            attempt,
            state=SummaryRun.State.STOPPED,
            rule=refused.refusal.rule,
            found=dict(refused.refusal.found),
        )


@transaction.atomic
def _start(run_id: UUID, attempt: int) -> SummaryRun | None:
    run = (
        SummaryRun.objects.select_for_update(of=("self",)).select_related("encounter__patient").get(pk=run_id)
    )
    if run.attempt != attempt or run.state != SummaryRun.State.QUEUED:
        return None
    run.state = SummaryRun.State.RUNNING
    run.leased_until = now() + timedelta(seconds=settings.THIRDCHAIR.lease_s)
    run.save()
    return run


def _fail(run_id: UUID, attempt: int, failure: str) -> None:
    try:
        _finish(run_id, attempt, state=SummaryRun.State.FAILED, rule=f"failed.{failure}"[:40])
    except (DatabaseError, TrailBroken):
        # The failure itself could not be written, so the run stands until its lease runs out.
        log.error("run %s attempt %d could not be marked as failed", run_id, attempt)


def _show(run_id: UUID, attempt: int, progress: Progress) -> None:
    SummaryRun.objects.filter(pk=run_id, attempt=attempt).update(
        stage=progress.stage, done=progress.done, total=progress.total
    )


@transaction.atomic
def _finish(run_id: UUID, attempt: int, *, state: str, rule: str, found: dict | None = None) -> None:
    run = SummaryRun.objects.select_for_update(of=("self",)).select_related("encounter").get(pk=run_id)
    if run.attempt != attempt or run.state not in WAITING:
        return
    run.state, run.rule, run.found, run.finished_at = state, rule, found or {}, now()
    run.save()
    record(
        kind="work_stopped" if state == SummaryRun.State.STOPPED else "work_failed",
        actor="system",
        subject=run.encounter.patient_id,
        facts={"run": str(run.id), "why": rule},
    )


@transaction.atomic
def _take_over(run_id: UUID) -> int:
    run = SummaryRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    if not _was_left(run):
        return 0
    if run.attempt >= MOST_ATTEMPTS:
        _finish(run.id, run.attempt, state=SummaryRun.State.FAILED, rule="failed.worker_died")
        return 0
    run.attempt += 1
    run.state, run.leased_until = SummaryRun.State.QUEUED, None
    run.stage, run.done, run.total = "", 0, 0
    run.save()
    _enqueue(run)
    return 1


def _was_left(run: SummaryRun) -> bool:
    if run.state == SummaryRun.State.QUEUED:
        return _was_dropped(run)
    return run.state == SummaryRun.State.RUNNING and run.leased_until < now()


def _was_dropped(run: SummaryRun) -> bool:
    """Whether a worker took the task and died before it could mark the run as running."""
    queued = DBTaskResult.objects.filter(pk=run.task_id).first()
    if queued is None:
        return True
    if queued.status == TaskResultStatus.READY:
        return False
    claimed = queued.started_at or run.requested_at
    return claimed + timedelta(seconds=settings.THIRDCHAIR.lease_s) < now()


def _enqueue(run: SummaryRun) -> None:
    result = make_draft.enqueue(str(run.id), run.attempt)
    run.task_id = str(result.id)
    run.save(update_fields=["task_id"])
