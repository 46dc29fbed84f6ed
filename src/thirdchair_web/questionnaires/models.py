"""The service's questionnaires, who is asked to fill one in, what was answered, and a patient's diary."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from thirdchair.questionnaires import Instrument, Response
from thirdchair_web.encounters.models import Patient
from thirdchair_web.questionnaires.reading import instrument_of


class QuestionnaireFile(models.Model):
    """One version of a questionnaire this service may use, with the key that scores it.

    `licence` says by what right the service uses wording that is not Thirdchair's; empty for what ships.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=40, db_index=True)
    digest = models.CharField(max_length=64, unique=True)
    content = models.TextField()
    scoring = models.TextField(blank=True)
    licence = models.TextField(blank=True)
    added_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    on_erasure = dict.fromkeys(
        ["id", "name", "digest", "content", "scoring", "licence", "added_at", "retired_at"], "kept"
    )

    class Meta:
        ordering = ["name", "-added_at"]

    def __str__(self) -> str:
        return f"questionnaire {self.name} {self.digest[:8]}"

    @property
    def is_restricted(self) -> bool:
        """Whether the wording belongs to others and stays within this service."""
        return bool(self.licence)

    def instrument(self) -> Instrument:
        """The questionnaire with its key."""
        return instrument_of(self.content, self.scoring)


class Assignment(models.Model):
    """A clinician asks a patient to fill in a questionnaire: once, or every so many weeks. It stands until it is ended."""

    class Ended(models.TextChoices):
        DECLINED = "declined"
        ENDED = "ended"
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(QuestionnaireFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    every_weeks = models.PositiveSmallIntegerField(default=0)
    shows_result = models.BooleanField(default=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=8, choices=Ended, blank=True)

    patient_path = "patient"
    on_erasure = dict.fromkeys(
        [
            "id", "patient", "file", "name", "every_weeks", "shows_result", "assigned_by", "assigned_at", "ended_at",
            "ended_why",
        ],
        "kept",
    )  # fmt: skip

    class Meta:
        ordering = ["-assigned_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "name"], condition=Q(ended_at=None), name="one_standing_assignment"
            )
        ]

    def __str__(self) -> str:
        return f"assignment {self.id}"


class FilledIn(models.Model):
    """What was answered one time: `answers` under the patient's key, done or not done yet.

    `untold`: danger in these answers could not be told to the team, so that it is told at the next saving.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="filled_in")
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    filled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    untold = models.BooleanField(default=False)
    answers = models.BinaryField()

    patient_path = "assignment__patient"
    on_erasure = dict.fromkeys(
        ["id", "assignment", "started_at", "changed_at", "done_at", "filled_by", "untold"], "kept"
    ) | {"answers": "sealed"}

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(done_at=None), name="one_begun_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"filled in {self.id}"

    def keep(self, answers: dict[str, Any]) -> None:
        """Seals the answers."""
        self.answers = self.assignment.patient.seal(answers, kind="questionnaire", item=str(self.id))

    def read(self) -> dict[str, Any]:
        """The answers by link id."""
        return self.assignment.patient.unseal(self.answers, kind="questionnaire", item=str(self.id))

    def response(self) -> Response:
        """The answers as they are scored and exported."""
        return Response(self.assignment.file.digest, self.read(), self.done_at is not None, self.changed_at)


class DiaryEntry(models.Model):
    """One day of a patient's diary: mood, sleep and perhaps a note, under the patient's key. Private until it is shared."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    changed_at = models.DateTimeField()
    entry = models.BinaryField()

    patient_path = "patient"
    on_erasure = dict.fromkeys(["id", "patient", "day", "changed_at"], "kept") | {"entry": "sealed"}

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["patient", "day"], name="one_entry_a_day")]

    def __str__(self) -> str:
        return f"diary entry {self.id}"

    def keep(self, entry: dict[str, Any]) -> None:
        """Seals the entry."""
        self.entry = self.patient.seal(entry, kind="diary", item=str(self.id))

    def read(self) -> dict[str, Any]:
        """`mood` 0 to 10, `sleep_hours` or None, `sleep_quality` 0 to 4 or None, `note`, and `untold`: whether danger
        in it could not be told to the team."""
        return self.patient.unseal(self.entry, kind="diary", item=str(self.id))


class DiaryShare(models.Model):
    """That a patient shows their team the days from `first` to `last`, until they take it back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    with_notes = models.BooleanField()
    shared_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    patient_path = "patient"
    on_erasure = dict.fromkeys(
        ["id", "patient", "first", "last", "with_notes", "shared_at", "revoked_at"], "kept"
    )

    class Meta:
        ordering = ["-shared_at"]

    def __str__(self) -> str:
        return f"diary share {self.id}"
