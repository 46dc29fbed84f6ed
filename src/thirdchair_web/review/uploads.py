"""From an uploaded file to queued work, or to a refusal with nothing stored."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from uuid import UUID

from django.db import transaction

from thirdchair.errors import UnreadableTranscript
from thirdchair.policy import Refused, decide
from thirdchair.policy.decision import UseRefused
from thirdchair.readers import read_transcript
from thirdchair.uses import registered_use
from thirdchair_web.accounts.models import User
from thirdchair_web.encounters.actions import store_session
from thirdchair_web.encounters.models import Encounter, Patient
from thirdchair_web.review.clinic import moment_of
from thirdchair_web.review.models import SummaryRun
from thirdchair_web.review.runs import request_draft
from thirdchair_web.trail.actions import record


class FormUsedAgain(Exception):
    """The form's own number already names a session of another patient; nothing was stored."""


def receive_session(
    patient: Patient,
    data: bytes,
    *,
    filename: str,
    submission: UUID,
    held_on: date,
    use: str,
    method: str,
    note_format: str,
    by: User,
) -> SummaryRun:
    """Keeps a session and queues its draft in one transaction; the same submission twice gives one run.

    Raises:
        UseRefused: policy closed the use; the file was not read and nothing was stored.
        UnreadableTranscript: the file is no transcript; nothing was stored.
        FormUsedAgain: the submission is another patient's; nothing was stored.
    """
    standing = Encounter.objects.filter(pk=submission).first()
    if standing is not None:
        return _run_of(standing, patient)
    refusal = _before_reading(patient, use=use, method=method, by=by)
    if refusal is None:
        try:
            transcript = read_transcript(data, filename=filename)
        except UnreadableTranscript:
            _note_refusal(patient, "transcript.unreadable", size=len(data), by=by)
            raise
        with transaction.atomic():
            decision = _decide(patient, use=use, method=method, language=str(transcript.language), by=by)
            if not isinstance(decision, Refused):
                encounter = store_session(
                    patient,
                    transcript,
                    encounter_id=submission,
                    held_on=held_on,
                    file_format=_format_of(filename),
                    by=by,
                )
                if encounter.runs.exists():  # the same form, sent twice at once
                    return _run_of(encounter, patient)
                return request_draft(encounter, use=use, method=method, note_format=note_format, by=by)
        refusal = decision
    _note_refusal(patient, refusal.rule, size=len(data), by=by)
    raise UseRefused(refusal)


def _run_of(standing: Encounter, patient: Patient) -> SummaryRun:
    if standing.patient_id != patient.pk:
        raise FormUsedAgain
    return standing.runs.earliest("requested_at")


def _before_reading(patient: Patient, *, use: str, method: str, by: User) -> Refused | None:
    """The refusal that holds in every language: then the file is not even opened."""
    known = registered_use(use)
    languages = sorted(known.languages) if known else ["en"]
    decisions = [_decide(patient, use=use, method=method, language=language, by=by) for language in languages]
    refused = [decision for decision in decisions if isinstance(decision, Refused)]
    return refused[0] if len(refused) == len(decisions) else None


def _decide(patient: Patient, *, use: str, method: str, language: str, by: User):
    known = registered_use(use)
    fresh = Patient.objects.get(pk=patient.pk)
    return decide(
        known.terms if known else None, method=method, language=language, moment=moment_of(fresh, actor=by)
    )


@transaction.atomic
def _note_refusal(patient: Patient, rule: str, *, size: int, by: User) -> None:
    record(
        kind="upload_refused",
        actor=by.identifier,
        subject=patient.ref,
        facts={"reason": rule, "size_bytes": size},
    )


def _format_of(filename: str) -> str:
    known = {".vtt", ".srt", ".docx", ".csv", ".tsv", ".json", ".jsonl", ".txt"}
    suffix = PurePath(filename).suffix.lower()
    return suffix[1:] if suffix in known else "text"
