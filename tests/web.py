"""A small service for integration tests: a patient, a session, a draft, made through the real actions."""

from __future__ import annotations

import subprocess
import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from people import make_person

SESSION = b"""WEBVTT

00:00:01.000 --> 00:00:04.000
<v Nurse Abara>How have you been sleeping since we last met?

00:00:05.000 --> 00:00:11.000
<v Ines>I wake at four most mornings and I cannot get back to sleep, it has been three weeks now.

00:00:12.000 --> 00:00:16.000
<v Nurse Abara>Have you had any thoughts of ending your life?

00:00:17.000 --> 00:00:20.000
<v Ines>No, never. I have my daughter to think of.

00:00:21.000 --> 00:00:26.000
<v Nurse Abara>It sounds like the mornings are the hardest part for you.

00:00:27.000 --> 00:00:33.000
<v Ines>They are. I feel useless until about noon and then it lifts a little.

00:00:34.000 --> 00:00:40.000
<v Nurse Abara>Before next time, could you keep the sleep diary and go for a walk after lunch each day?

00:00:41.000 --> 00:00:44.000
<v Ines>I can try that, yes.
"""

DISCLOSURE = SESSION.replace(
    b"No, never. I have my daughter to think of.",
    b"Yes. I have been thinking of ending my life, and I have decided to do it this weekend.",
)


def raw(path: Path) -> bytes:
    """The bytes of a file of the database, read by another process.

    Reading it here and closing it would drop the locks this process holds on it, and the next process to open the
    database would take itself for the only one.
    """
    return subprocess.run(["cat", str(path)], capture_output=True, check=True).stdout


def make_clinician(role: str = "nurse", **fields: Any):
    """A clinician with a licence that is valid."""
    from thirdchair_web.clock import now

    fields.setdefault("licence_number", "L-1")
    fields.setdefault("licence_expires", now().date() + timedelta(days=90))
    return make_person(role, **fields)


def make_patient(ref: str = "p-1", *, by=None):
    """A patient with an account."""
    from thirdchair_web.encounters.actions import add_patient

    account = make_person("patient", username=f"account-{ref}")
    return add_patient(
        ref=ref, details={"name": "Ines Calloway", "born": 1984, "pronoun": "she"}, account=account, by=by
    )


def switch_on(by=None) -> None:
    """The service lead has switched session summaries on."""
    from thirdchair_web.governance.actions import switch_use

    switch_use("summarise_session", on=True, by=by or make_person("service_lead"))


def agree(patient, *, by, use: str = "summarise_session"):
    """The patient agrees to the current text."""
    from thirdchair_web.consent.actions import record_answer
    from thirdchair_web.consent.texts import consent_text

    return record_answer(
        patient_ref=patient.ref,
        use=use,
        agreed=True,
        text_version=consent_text(use, language="en").version,
        language="en",
        how="on_paper",
        by=by,
    )


def upload(
    patient, *, by, data: bytes = SESSION, submission: uuid.UUID | None = None, method: str = "extractive"
):
    """A session goes in; its run is queued."""
    from thirdchair_web.review.uploads import receive_session

    return receive_session(
        patient,
        data,
        filename="session.vtt",
        submission=submission or uuid.uuid4(),
        held_on=date(2026, 10, 5),
        use="summarise_session",
        method=method,
        note_format="soap",
        by=by,
    )


def work() -> None:
    """What the job worker would do now."""
    from django_tasks_db.models import DBTaskResult

    from thirdchair_web.review.runs import make_draft

    for queued in DBTaskResult.objects.filter(status="READY"):
        queued.claim("test-worker")
        make_draft.func(*queued.args_kwargs["args"])
        queued.set_successful(None)


def drafted(patient, *, by, data: bytes = SESSION):
    """A draft that waits for review."""
    from thirdchair_web.review.models import Draft

    run = upload(patient, by=by, data=data)
    work()
    return Draft.objects.get(run=run)


def later(minutes: float = 5):
    """A reader of the clock that is ahead: `monkeypatch.setattr("thirdchair_web.clock.timezone.now", later())`."""
    from datetime import UTC, datetime

    return lambda: datetime.now(UTC) + timedelta(minutes=minutes)


def settled(draft, **more: Any):
    """Edits with which a draft can be signed: what nothing supports is left out, what is unclear is settled."""
    from thirdchair.records import RiskStatus
    from thirdchair_web.review.actions import Edits

    made = draft.read()
    risk = {str(f.topic): ("denied", "unstated") for f in made.risk if f.status is RiskStatus.UNCLEAR}
    return Edits(**{"dropped": tuple(s.id for s in made.unsupported), "risk": risk} | more)


def signed_note(patient, *, by, data: bytes = SESSION, **edits: Any):
    """A note that was drafted, opened some minutes before, and signed."""
    from thirdchair_web.review import actions
    from thirdchair_web.review.models import DraftOpening

    draft = drafted(patient, by=by, data=data)
    actions.open_draft(draft, by=by)
    opening = DraftOpening.objects.get(draft=draft, reviewer=by)
    DraftOpening.objects.filter(pk=opening.pk).update(opened_at=opening.opened_at - timedelta(minutes=10))
    return actions.sign(draft.id, settled(draft, **edits), revision=draft.revision, confirmed=True, by=by)


def kinds() -> list[str]:
    """What the trail holds, in order."""
    from thirdchair_web.trail.models import TrailEntry

    return list(TrailEntry.objects.values_list("kind", flat=True))


def trail_is_whole() -> bool:
    """Whether the trail verifies now."""
    from thirdchair.trail import Verified
    from thirdchair_web.trail.verify import verify_now

    return isinstance(verify_now(), Verified)


def put_on_duty(person, *, order: int = 1, hours: float = 12) -> None:
    """A shift of this person, from an hour ago."""
    from thirdchair_web.clock import now
    from thirdchair_web.crisis.models import RotaShift

    RotaShift.objects.create(
        person=person,
        starts_at=now() - timedelta(hours=1),
        ends_at=now() + timedelta(hours=hours),
        order=order,
        made_by=person,
        made_at=now(),
    )
