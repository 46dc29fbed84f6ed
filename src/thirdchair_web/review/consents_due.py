"""What is about to end by itself: somebody of the team is asked once, in good time, and the patient reads a line on their page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.db import transaction

from thirdchair.policy.deciding import OF_AGE
from thirdchair_web.clock import now
from thirdchair_web.consent.models import ConsentRecord
from thirdchair_web.encounters.models import CapacityRecord, Patient, Representative
from thirdchair_web.team.actions import ask_team
from thirdchair_web.trail.actions import record

IN_GOOD_TIME: Final = timedelta(days=14)
"""How long before the end of a consent, an authority or a capacity record the team is asked; and the patient sees a line."""


def look_over_consents() -> int:
    """Asks the team, once each, about what ends soon or has ended; notes consents that ended. Returns how many were new."""
    soon = now() + IN_GOOD_TIME
    due: list[tuple[Any, str]] = []
    due += [(row, row.patient_ref) for row in _ending(soon)]
    due += [
        (row, row.patient_id)
        for row in Representative.objects.filter(
            ended_at=None, reminded_at=None, until__lte=soon.date(), patient__erased_at=None
        )
    ]
    due += [(row, row.patient_id) for row in _reviews(soon)]
    for row, ref in due:
        _ask_once(row, ref)
    ended = ConsentRecord.objects.filter(
        declined=False, withdrawn_at=None, expiry_noted_at=None, expires_at__lte=now()
    )
    for answer in ended:
        _note_expiry(answer)
    return len(due)


def ends_soon(answer: Any) -> bool:
    """Whether a consent ends within two weeks, so that its pages may say so."""
    return now() < answer.expires_at <= now() + IN_GOOD_TIME


def _ending(soon: datetime) -> Iterator[ConsentRecord]:
    """Answers that stand and end soon: by their time, or because the young person comes of age."""
    standing = ConsentRecord.objects.filter(
        declined=False, withdrawn_at=None, reminded_at=None, expires_at__gt=now()
    )
    yield from standing.filter(expires_at__lte=soon)
    for answer in standing.filter(given_by="guardian", expires_at__gt=soon):
        person = Patient.objects.filter(pk=answer.patient_ref, erased_at=None).first()
        if person is not None and (person.age_on(soon.date()) or 0) >= OF_AGE:
            yield answer


def _reviews(soon: datetime) -> Iterator[CapacityRecord]:
    """The latest record of each patient, where somebody must look again soon."""
    for row in CapacityRecord.objects.filter(
        reminded_at=None, review_on__lte=soon.date(), patient__erased_at=None
    ):
        if row == row.patient.capacity_records.first():
            yield row


@transaction.atomic
def _ask_once(row: Any, ref: str) -> None:
    if not type(row).objects.filter(pk=row.pk, reminded_at=None).update(reminded_at=now()):
        return
    person = Patient.objects.get(pk=ref)
    if person.erased_at is None:
        ask_team(person, kind="consent_review", actor="system", hours=_hours_left(row))


def _hours_left(row: Any) -> float:
    day: date | None = getattr(row, "until", None) or getattr(row, "review_on", None)
    end = datetime.combine(day, time(), UTC) if day else row.expires_at
    return max(24.0, (end - now()).total_seconds() / 3600)


@transaction.atomic
def _note_expiry(answer: ConsentRecord) -> None:
    if ConsentRecord.objects.filter(pk=answer.pk, expiry_noted_at=None).update(expiry_noted_at=now()):
        record(
            kind="consent_expired",
            actor="system",
            subject=answer.patient_ref,
            facts={"consent": str(answer.id), "use": answer.use},
        )
