"""Adding patients, keeping sessions, correcting who spoke, erasing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from thirdchair import sealing
from thirdchair.records import SpeakerRole, Transcript
from thirdchair.trail.commitment import commit
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.encounters.content import empty_everything
from thirdchair_web.encounters.models import Encounter, Patient, master_key
from thirdchair_web.trail.actions import record


@transaction.atomic
def add_patient(*, ref: str, details: Mapping[str, object], account: User | None, by: User | None) -> Patient:
    """A patient with a new content key. `details` has the name, year or day of birth and pronoun."""
    key = sealing.wrap_key(master_key(), sealing.new_content_key(), patient=ref)
    patient = Patient(ref=ref, account=account, wrapped_key=key, added_at=now())
    patient.details = patient.seal(dict(details), kind="details", item=ref)
    patient.save(force_insert=True)
    record(kind="patient_added", actor=by.identifier if by else "system", subject=ref)
    return patient


@transaction.atomic
def store_session(
    patient: Patient, transcript: Transcript, *, encounter_id: UUID, held_on: date, file_format: str, by: User
) -> Encounter:
    """Keeps a session under the patient's key. Sending the same form twice keeps one."""
    commitment = commit(transcript.fingerprint().encode())
    sealed = patient.seal(
        {"transcript": transcript.as_json(), "salt": commitment.salt.hex()},
        kind="transcript",
        item=str(encounter_id),
    )
    encounter, is_new = Encounter.objects.get_or_create(
        id=encounter_id,
        defaults={
            "patient": patient,
            "held_on": held_on,
            "uploaded_by": by,
            "uploaded_at": now(),
            "transcript": sealed,
            "language": str(transcript.language),
            "utterances": len(transcript.utterances),
        },
    )
    if is_new:
        record(
            kind="session_uploaded",
            actor=by.identifier,
            subject=patient.ref,
            facts={
                "session": str(encounter.id),
                "format": file_format,
                "utterances": len(transcript.utterances),
                "commitment": commitment.digest,
            },
        )
    return encounter


@transaction.atomic
def correct_roles(encounter: Encounter, roles: Mapping[int, SpeakerRole], *, by: User) -> None:
    """Says who each speaker is; speakers are named by their place of first speech, never by label."""
    encounter.roles = {str(place): str(role) for place, role in roles.items()}
    encounter.save(update_fields=["roles"])
    record(
        kind="roles_corrected",
        actor=by.identifier,
        subject=encounter.patient_id,
        facts={"session": str(encounter.id), "speakers": len(roles)},
    )


@transaction.atomic
def open_record(patient: Patient, *, by: User, part: str = "patient", id: object = None) -> None:
    """Notes that a member of staff looked at a patient's record, or at one note in it."""
    record(
        kind="record_opened",
        actor=by.identifier,
        subject=patient.ref,
        facts={"record": part, "id": str(id or patient.ref)},
    )


def destroy_content(patient: Patient, *, by: User) -> None:
    """Erases a patient's content: every field that holds any is emptied, and the key to it is destroyed.

    The trail stays whole; the words are gone. Runs inside the transaction of `review.erasure.erase`, which first stops the work
    in flight.
    """
    patient = Patient.objects.get(pk=patient.pk)
    if patient.erased_at is None:
        emptied = empty_everything(patient.ref)
        Patient.objects.filter(pk=patient.pk).update(erased_at=now())
        record(
            kind="content_erased",
            actor=by.identifier,
            subject=patient.ref,
            facts={"reason": "patient_asked", "records": emptied},
        )
    # Also when it was erased before: that process may have died before the old pages were gone.
    transaction.on_commit(forget_old_pages)


def forget_old_pages() -> None:
    """Folds SQLite's write-ahead log back, so that no copy of a destroyed key is left in it or under it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
