"""A crisis alert: durable before any reply or draft, and open until a person has written the outcome."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class CrisisAlert(models.Model):
    """A signal that a person may be in danger: one for a session, or for a chat that is not yet taken.

    `words` holds what was said in a chat, under the patient's key; of a session the transcript has it.
    """

    class State(models.TextChoices):
        OPEN = "open"
        ACKNOWLEDGED = "acknowledged"
        CLOSED = "closed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient_ref = models.CharField(max_length=40, db_index=True)
    encounter_id = models.UUIDField(unique=True)
    level = models.PositiveSmallIntegerField()
    dangers = models.JSONField()
    utterances = models.JSONField()
    words = models.BinaryField(null=True)
    state = models.CharField(max_length=14, choices=State, default=State.OPEN)
    raised_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    outcome = models.BinaryField(null=True)

    on_erasure = dict.fromkeys(
        [
            "id", "patient_ref", "encounter_id", "level", "state", "raised_at", "acknowledged_at",
            "acknowledged_by", "closed_at", "closed_by",
        ],
        "kept",
    ) | {"dangers": "scrubbed", "utterances": "scrubbed", "words": "sealed", "outcome": "sealed"}  # fmt: skip

    class Meta:
        ordering = ["-raised_at"]

    def __str__(self) -> str:
        return f"alert {self.id} {self.state}"
