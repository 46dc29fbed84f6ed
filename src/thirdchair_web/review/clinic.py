"""The gateway's view of this service: one database transaction with policy facts, trail, alerts and drafts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from thirdchair.errors import ThirdchairError
from thirdchair.gateway import Alert, SavedDraft
from thirdchair.policy import Actor, Moment, Role
from thirdchair.policy.deciding import Deciding
from thirdchair.records import Author
from thirdchair.records import Draft as DraftRecord
from thirdchair.trail.commitment import commit
from thirdchair.trail.event import Event
from thirdchair.uses import USES
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.consent.actions import consents_of, versions_now
from thirdchair_web.crisis.actions import raise_alert
from thirdchair_web.encounters.deciding import deciding_of
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.actions import switches
from thirdchair_web.governance.methods import clearances, data_seen
from thirdchair_web.review.models import Draft, SummaryRun
from thirdchair_web.trail.store import append


class Superseded(ThirdchairError):
    """Another worker took this run over, or it was stopped; what this one made is dropped."""


def actor_of(user: User) -> Actor:
    """The account as policy sees it; one that may no longer sign in has no licence either."""
    return Actor(
        id=user.identifier,
        role=Role(user.role),
        licensed_until=user.licence_expires if user.licence_number and user.is_active else None,
    )


def moment_of(patient: Patient | None, *, actor: User, words_of: Author = "unknown") -> Moment:
    """Everything policy rests on, read now.

    Args:
        patient: None where the call is about nobody in care and holds no patient's words.
        words_of: whose words the call is about.
    """
    at = now()
    return Moment(
        at=at,
        actor=actor_of(actor),
        switches=switches(),
        consents=consents_of(patient.ref) if patient else (),
        text_versions=versions_now(list(USES)),
        clearances=clearances(),
        content_erased=patient is not None and patient.erased_at is not None,
        data_seen=data_seen(),
        places=settings.THIRDCHAIR.law_places,
        words_of=words_of,
        deciding=deciding_of(patient, at) if patient else Deciding(),
        about_a_patient=patient is not None,
    )


class RunDesk:
    """One transaction of one attempt at a run."""

    def __init__(self, run: SummaryRun) -> None:
        self.run = run

    def moment(self) -> Moment:
        patient = Patient.objects.get(pk=self.run.encounter.patient_id)
        return moment_of(patient, actor=User.objects.get(pk=self.run.requested_by_id))

    def record(self, event: Event) -> None:
        append(event)

    def raise_alert(self, alert: Alert) -> None:
        raise_alert(
            alert,
            patient_ref=self.run.encounter.patient_id,
            encounter_id=self.run.encounter_id,
            actor="system",
        )

    def save_draft(self, draft: DraftRecord) -> SavedDraft:
        row = Draft(run=self.run, made_at=now())
        plain = draft.as_json()
        commitment = commit(json.dumps(plain, sort_keys=True).encode())
        row.made = row.patient.seal(
            {"draft": plain, "salt": commitment.salt.hex()}, kind="draft", item=str(row.id)
        )
        row.save(force_insert=True)
        self.run.state, self.run.finished_at = SummaryRun.State.DRAFTED, now()
        self.run.save()
        return SavedDraft(id=str(row.id), commitment=commitment.digest)


class RunClinic:
    """Transactions for one attempt. Each renews the lease, and fails if the attempt was superseded."""

    def __init__(self, run_id: UUID, *, attempt: int, lease: timedelta | None = None) -> None:
        self.run_id = run_id
        self.attempt = attempt
        self.lease = lease or timedelta(seconds=settings.THIRDCHAIR.lease_s)

    @contextmanager
    def transaction(self) -> Iterator[RunDesk]:
        """A transaction that holds this run's row."""
        with transaction.atomic():
            run = (
                SummaryRun.objects.select_for_update(of=("self",))
                .select_related("encounter__patient")
                .get(pk=self.run_id)
            )
            if run.attempt != self.attempt or run.state != SummaryRun.State.RUNNING:
                raise Superseded("This piece of work was stopped or taken over.")
            run.leased_until = now() + self.lease
            run.save(update_fields=["leased_until"])
            yield RunDesk(run)
