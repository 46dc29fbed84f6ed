"""From the request for a draft to the signed note."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from thirdchair.records import Draft as DraftRecord
from thirdchair.records import NoteFormat, SignedNote
from thirdchair_web.encounters.models import Encounter


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
