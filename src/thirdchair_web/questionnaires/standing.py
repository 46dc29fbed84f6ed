"""What a patient is asked to fill in, and when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from thirdchair.questionnaires import in_language
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.words import reader_language
from thirdchair_web.questionnaires.diary import today
from thirdchair_web.questionnaires.models import Assignment


@dataclass(frozen=True, slots=True)
class Asked:
    """One standing assignment.

    Args:
        due: the day from which it is asked for. is_due: whether that day has come.
        begun: whether it was begun and is not done.
        by_clinician: whether a clinician asks the questions.
    """

    assignment: Assignment
    title: str
    due: date
    is_due: bool
    begun: bool
    by_clinician: bool


def standing_of(patient: Patient) -> list[Asked]:
    """Everything this patient is asked to fill in, what is due first."""
    rows = Assignment.objects.filter(patient=patient, ended_at=None).select_related(
        "file", "patient", "assigned_by"
    )
    return sorted((_asked(row) for row in rows), key=lambda one: (not one.is_due, one.due))


def standing_one(patient: Patient, name: str) -> Assignment | None:
    """The standing assignment of a questionnaire, or None."""
    rows = Assignment.objects.filter(patient=patient, name=name, ended_at=None)
    return rows.select_related("file", "patient").first()


def ended_last(patient: Patient, name: str) -> Assignment | None:
    """The assignment of a questionnaire that ended last, or None."""
    rows = Assignment.objects.filter(patient=patient, name=name).exclude(ended_at=None)
    return rows.select_related("file", "patient").order_by("-ended_at").first()


def _asked(assignment: Assignment) -> Asked:
    instrument = assignment.file.instrument()
    last = assignment.filled_in.exclude(done_at=None).order_by("-done_at").first()
    since = timezone.localtime(last.done_at if last else assignment.assigned_at).date()
    due = since + timedelta(weeks=assignment.every_weeks) if last else since
    return Asked(
        assignment=assignment,
        title=in_language(instrument.questionnaire.title, reader_language())[0],
        due=due,
        is_due=due <= today(),
        begun=assignment.filled_in.filter(done_at=None).exists(),
        by_clinician=instrument.key is not None and instrument.key.asked_by == "clinician",
    )
