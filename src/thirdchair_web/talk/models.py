"""Conversations of a patient with a program, and what a clinician and the patient have agreed about them."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models

from thirdchair.policy.conversing import Caps, Contraindication, Eligibility
from thirdchair_web.encounters.models import Patient


class TalkEligibility(models.Model):
    """What a clinician has said of one patient. The newest counts; none is edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    fits = models.BooleanField()
    against = models.JSONField(default=list)
    guardian_agreed = models.BooleanField(default=False)
    reason = models.BinaryField()
    sitting_minutes = models.PositiveSmallIntegerField()
    day_minutes = models.PositiveSmallIntegerField()
    pause_minutes = models.PositiveSmallIntegerField()

    on_erasure = dict.fromkeys(
        [
            "id", "patient", "set_by", "set_at", "expires_at", "fits", "guardian_agreed", "sitting_minutes",
            "day_minutes", "pause_minutes",
        ],
        "kept",
    ) | {"against": "scrubbed", "reason": "sealed"}  # fmt: skip

    class Meta:
        ordering = ["-set_at"]

    def __str__(self) -> str:
        return f"eligibility {self.id}"

    @property
    def value(self) -> Eligibility:
        """As policy reads it."""
        return Eligibility(
            fits=self.fits,
            against=frozenset(Contraindication(one) for one in self.against),
            set_at=self.set_at,
            expires_at=self.expires_at,
            caps=Caps(self.sitting_minutes, self.day_minutes, self.pause_minutes),
            guardian_agreed=self.guardian_agreed,
        )

    def read_reason(self) -> str:
        """The clinician's words; "" once erased."""
        return self.patient.unseal(self.reason, kind="talk-reason", item=str(self.id)) if self.reason else ""


class TalkChoice(models.Model):
    """A yes or no of the patient's own to one thing beside the conversation itself. The newest of a kind counts."""

    class About(models.TextChoices):
        MEMORY = "memory"
        SUMMARY = "summary"
        LEANING = "leaning"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=10, choices=About)
    agreed = models.BooleanField()
    chosen_at = models.DateTimeField()

    on_erasure = dict.fromkeys(["id", "patient", "about", "agreed", "chosen_at"], "kept")

    class Meta:
        ordering = ["-chosen_at"]

    def __str__(self) -> str:
        return f"{self.about}: {self.agreed}"


class Conversation(models.Model):
    """One conversation; while it is open its words are sent with the next ones."""

    class Ended(models.TextChoices):
        LEFT = "left"
        CLOSED = "closed"
        ERASED = "erased"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="conversations")
    language = models.CharField(max_length=10)
    method = models.CharField(max_length=100)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=10, choices=Ended, blank=True)
    summarised_as = models.UUIDField(null=True)

    on_erasure = dict.fromkeys(
        ["id", "patient", "language", "method", "started_at", "ended_at", "ended_because", "summarised_as"],
        "kept",
    )

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=models.Q(ended_at=None), name="one_open_conversation"
            )
        ]

    def __str__(self) -> str:
        return f"conversation {self.id}"


class Exchange(models.Model):
    """One message and what was shown for it. Its id comes from the form, so sending twice keeps one."""

    id = models.UUIDField(primary_key=True, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="exchanges")
    at = models.DateTimeField()
    kind = models.CharField(max_length=12)
    words = models.BinaryField()
    notice = models.CharField(max_length=14, blank=True)
    pause_offered = models.BooleanField(default=False)
    alerted = models.BooleanField(null=True)
    leaning = models.JSONField(default=list)

    patient_path = "conversation__patient"
    on_erasure = dict.fromkeys(
        ["id", "conversation", "at", "kind", "notice", "pause_offered", "alerted"], "kept"
    ) | {"words": "sealed", "leaning": "scrubbed"}

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"exchange {self.id}"

    def read(self) -> dict[str, Any]:
        """What was said and each part of what was shown: said, reply, by_model, notice, reach, pause, card."""
        patient = self.conversation.patient
        return patient.unseal(self.words, kind="exchange", item=str(self.id)) if self.words else {}
