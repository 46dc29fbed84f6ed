"""Who decides for a patient here: read from their age, from what clinicians recorded, and from who may stand in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any, Final

from django.db import transaction
from django.utils.timezone import localtime

from thirdchair.policy.deciding import Authority, AuthorityKind, Capacity, Deciding, who_decides
from thirdchair.trail.facts import stamp
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.encounters.models import CapacityRecord, Patient, Representative
from thirdchair_web.prepared import Prepared
from thirdchair_web.trail.actions import record

_CAPACITY: Final[Prepared[Any]] = Prepared(
    lambda ref: CapacityRecord.objects.filter(patient_id=ref).order_by("-recorded_at", "-id"), str
)
_STANDING_IN: Final[Prepared[Any]] = Prepared(
    lambda ref: Representative.objects.filter(patient_id=ref, ended_at=None), str
)


def deciding_of(patient: Patient, at: datetime) -> Deciding:
    """Who decides for a patient at a moment, and who may stand in."""
    if patient.erased_at is not None:
        return Deciding()  # nothing runs for them, and their age cannot be read
    capacity = next(iter(_CAPACITY(patient.pk)), None)
    found = capacity and Capacity(bool(capacity.can_decide), _day_begins(capacity.review_on))
    return Deciding(
        by=who_decides(age=patient.age_on(localtime(at).date()), capacity=found, at=at),
        authorities=tuple(_authority(row) for row in _STANDING_IN(patient.pk)),
    )


@transaction.atomic
def name_representative(
    patient: Patient,
    *,
    name: str,
    relation: str,
    document: str,
    authority: str,
    uses: Iterable[str],
    until: date | None,
    by: User,
) -> Representative:
    """Records who may decide for a patient, on what authority and for what.

    Raises:
        ContentErased: the patient's content was erased.
    """
    row = Representative(
        patient=patient,
        authority=AuthorityKind(authority),
        uses=sorted(uses),
        until=until,
        recorded_by=by,
        recorded_at=now(),
    )
    who = {"name": name, "relation": relation, "document": document}
    row.who = patient.seal({"who": who}, kind="representative", item=str(row.id))
    row.save(force_insert=True)
    record(
        kind="representative_named",
        actor=by.identifier,
        subject=patient.ref,
        facts={
            "representative": str(row.id),
            "authority": str(row.authority),
            "uses": row.uses,
            "until": _stamp(until),
        },
    )
    return row


@transaction.atomic
def end_representation(row: Representative, *, by: User) -> None:
    """Says that somebody may no longer decide for a patient: what they agreed to stops counting at once."""
    ended = Representative.objects.filter(pk=row.pk, ended_at=None).update(ended_at=now())
    if ended:
        record(
            kind="representation_ended",
            actor=by.identifier,
            subject=row.patient_id,
            facts={"representative": str(row.id)},
        )


@transaction.atomic
def record_capacity(
    patient: Patient, *, can_decide: bool, review_on: date | None, by: User
) -> CapacityRecord:
    """Records whether a patient can decide, and when somebody must look again. The trail does not say which it was."""
    row = CapacityRecord.objects.create(
        patient=patient, can_decide=can_decide, review_on=review_on, recorded_by=by, recorded_at=now()
    )
    record(
        kind="capacity_recorded",
        actor=by.identifier,
        subject=patient.ref,
        facts={"capacity": str(row.id), "review_at": _stamp(review_on)},
    )
    return row


def _authority(row: Representative) -> Authority:
    return Authority(
        id=str(row.id),
        kind=AuthorityKind(row.authority),
        uses=frozenset(row.uses),
        until=_day_begins(row.until),
    )


def _day_begins(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None


def _stamp(day: date | None) -> str | None:
    begins = _day_begins(day)
    return stamp(begins) if begins else None
