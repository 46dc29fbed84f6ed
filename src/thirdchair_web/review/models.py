"""From the request for a draft to the signed note; and a clinician's judgements, with what a model commented."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from thirdchair.records import Case, NoteFormat, SignedNote
from thirdchair.records import Draft as DraftRecord
from thirdchair_web.encounters.models import Encounter, Patient


class SummaryRun(models.Model):
    """A piece of work: one draft asked for. `attempt` fences off a worker that was given up for dead."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DRAFTED = "drafted"
        STOPPED = "stopped"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="runs")
    use = models.CharField(max_length=60)
    method = models.CharField(max_length=60)
    note_format = models.CharField(max_length=12, choices=[(f.value, f.value) for f in NoteFormat])
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED, db_index=True)
    rule = models.CharField(max_length=40, blank=True)
    found = models.JSONField(default=dict)
    stage = models.CharField(max_length=20, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=1)
    task_id = models.CharField(max_length=64, blank=True)
    leased_until = models.DateTimeField(null=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    on_erasure = dict.fromkeys(
        [
            "id", "encounter", "use", "method", "note_format", "state", "rule", "found", "stage", "done",
            "total", "attempt", "task_id", "leased_until", "requested_by", "requested_at", "finished_at",
        ],
        "kept",
    )  # fmt: skip

    class Meta:
        ordering = ["-requested_at"]

    def __str__(self) -> str:
        return f"run {self.id} {self.state}"


class Draft(models.Model):
    """Machine text awaiting a person. One per run, so a repeated run cannot double it."""

    class State(models.TextChoices):
        IN_REVIEW = "in_review"
        SIGNED = "signed"
        DISCARDED = "discarded"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.OneToOneField(SummaryRun, on_delete=models.PROTECT, related_name="draft")
    made = models.BinaryField()
    edits = models.BinaryField(null=True)
    revision = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.IN_REVIEW, db_index=True)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    patient_path = "run__encounter__patient"
    on_erasure = dict.fromkeys(["id", "run", "revision", "state", "made_at", "settled_at"], "kept") | {
        "made": "sealed",
        "edits": "sealed",
    }

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"draft {self.id} {self.state}"

    @property
    def patient(self):
        return self.run.encounter.patient

    def read(self) -> DraftRecord:
        """The draft as the machine made it."""
        return DraftRecord.from_json(self.patient.unseal(self.made, kind="draft", item=str(self.id))["draft"])


class DraftOpening(models.Model):
    """That a person opened a draft beside its evidence, and when first."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="openings")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    on_erasure = dict.fromkeys(["id", "draft", "reviewer", "opened_at"], "kept")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "reviewer"], name="first_opening_counts")]

    def __str__(self) -> str:
        return f"opening {self.draft_id}"


class Note(models.Model):
    """A signed note. One per draft, never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="note")
    signed = models.BinaryField()
    commitment = models.CharField(max_length=64)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    patient_path = "draft__run__encounter__patient"
    on_erasure = dict.fromkeys(["id", "draft", "commitment", "signed_by", "signed_at"], "kept") | {
        "signed": "sealed"
    }

    class Meta:
        ordering = ["-signed_at"]

    def __str__(self) -> str:
        return f"note {self.id}"

    @property
    def patient(self):
        return self.draft.patient

    def read(self) -> SignedNote:
        """The note exactly as it was signed."""
        return SignedNote.from_json(self.patient.unseal(self.signed, kind="note", item=str(self.id))["note"])


class JudgedCase(models.Model):
    """A text that a clinician judged, and on which a model may comment afterwards. Its id comes from the form."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="judged_cases")
    use = models.CharField(max_length=60)
    author = models.CharField(max_length=8)
    language = models.CharField(max_length=10)
    told = models.BinaryField()
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()

    on_erasure = dict.fromkeys(
        ["id", "patient", "use", "author", "language", "brought_by", "brought_at"], "kept"
    ) | {"told": "sealed"}

    class Meta:
        ordering = ["-brought_at"]

    def __str__(self) -> str:
        return f"case {self.id}"

    def read(self) -> Case:
        """The case as it is put before a model."""
        told = self.patient.unseal(self.told, kind="case", item=str(self.id))
        return Case(
            told["text"], history=told["history"], author=self.author, horizon_days=told["horizon_days"]
        )


class Judgement(models.Model):
    """What a clinician judged of a case. Never edited: a later one has the next number, and the earlier stays.

    `after_comment`: whether this clinician had been shown the comment. `difference`: the comment's step less this one's, where
    both are steps of one scale; kept, and never averaged away.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(JudgedCase, on_delete=models.PROTECT, related_name="judgements")
    number = models.PositiveSmallIntegerField()
    given = models.BinaryField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    after_comment = models.BooleanField()
    difference = models.SmallIntegerField(null=True)

    patient_path = "case__patient"
    on_erasure = dict.fromkeys(["id", "case", "number", "given_by", "given_at", "after_comment"], "kept") | {
        "given": "sealed",
        "difference": "scrubbed",
    }

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="one_judgement_a_number")]

    def __str__(self) -> str:
        return f"judgement {self.id}"

    def read(self) -> dict:
        """The judgement as it was given: its steps by name, and the words."""
        return self.case.patient.unseal(self.given, kind="judgement", item=str(self.id))["judgement"]


class ModelComment(models.Model):
    """What a model made of a judged case: a comment beside the judgement, never the judgement of record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(JudgedCase, on_delete=models.PROTECT, related_name="comments")
    method = models.CharField(max_length=60)
    method_digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=10)
    said = models.BinaryField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    patient_path = "case__patient"
    on_erasure = dict.fromkeys(
        ["id", "case", "method", "method_digest", "outcome", "asked_by", "made_at"], "kept"
    ) | {"said": "sealed"}

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(outcome="read"), name="one_reading_a_case"
            )
        ]

    def __str__(self) -> str:
        return f"comment {self.id} {self.outcome}"

    def read(self) -> dict:
        """The comment: its reading, outcome and filters."""
        return self.case.patient.unseal(self.said, kind="comment", item=str(self.id))["comment"]


class CommentOpening(models.Model):
    """That a person was shown a comment, and when first."""

    comment = models.ForeignKey(ModelComment, on_delete=models.CASCADE, related_name="openings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    on_erasure = dict.fromkeys(["id", "comment", "reader", "opened_at"], "kept")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "reader"], name="first_sight_counts")]

    def __str__(self) -> str:
        return f"sight of {self.comment_id}"
