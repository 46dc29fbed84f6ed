"""Consent as its own record: one answer of one patient about one use, to one exact text."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class ConsentTextVersion(models.Model):
    """A text as it was shown, kept under its SHA-256 so that every answer can be read with its question."""

    version = models.CharField(max_length=64, primary_key=True)
    use = models.CharField(max_length=60)
    language = models.CharField(max_length=10)
    text = models.TextField()
    first_shown_at = models.DateTimeField()

    on_erasure = dict.fromkeys(["version", "use", "language", "text", "first_shown_at"], "kept")

    def __str__(self) -> str:
        return f"{self.use} {self.language} {self.version[:12]}"


class ConsentRecord(models.Model):
    """One answer. Never edited: a change of mind is a withdrawal or a new answer."""

    class How(models.TextChoices):
        OWN_ACCOUNT = "own_account"
        ON_PAPER = "on_paper"
        SPOKEN_WITNESSED = "spoken_witnessed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient_ref = models.CharField(max_length=40, db_index=True)
    use = models.CharField(max_length=60)
    text = models.ForeignKey(ConsentTextVersion, on_delete=models.PROTECT)
    methods = models.JSONField()
    declined = models.BooleanField(default=False)
    how = models.CharField(max_length=20, choices=How)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    given_by = models.CharField(
        max_length=14, default="patient", choices=[(w, w) for w in ("patient", "guardian", "representative")]
    )
    authority_id = models.UUIDField(null=True)
    own_word = models.CharField(max_length=16, blank=True)
    check_of_understanding = models.ForeignKey(
        "consent.UnderstandingCheck", on_delete=models.PROTECT, null=True, related_name="answers"
    )
    limits_shown = models.JSONField(default=list)
    reminded_at = models.DateTimeField(null=True)
    expiry_noted_at = models.DateTimeField(null=True)

    # Who agreed to what is proof that the service acted lawfully; it says nothing a patient told anyone.
    on_erasure = dict.fromkeys(
        [
            "id", "patient_ref", "use", "text", "methods", "declined", "how", "recorded_by",
            "answered_at", "effective_at", "expires_at", "withdrawn_at", "withdrawn_by", "given_by",
            "authority_id", "own_word", "check_of_understanding", "limits_shown", "reminded_at",
            "expiry_noted_at",
        ],
        "kept",
    )  # fmt: skip

    class Meta:
        ordering = ["-answered_at"]
        constraints = [
            # Two answers at one instant would leave it open which one counts.
            models.UniqueConstraint(
                fields=["patient_ref", "use", "answered_at"], name="one_answer_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_ref} {self.use}"


class UnderstandingCheck(models.Model):
    """One try at the three questions on a use, to one exact text. Nobody is left out for a wrong answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient_ref = models.CharField(max_length=40, db_index=True)
    use = models.CharField(max_length=60)
    text = models.ForeignKey(ConsentTextVersion, on_delete=models.PROTECT)
    attempt = models.PositiveSmallIntegerField()
    wrong = models.PositiveSmallIntegerField(null=True)
    answered_at = models.DateTimeField()

    on_erasure = dict.fromkeys(["id", "patient_ref", "use", "text", "attempt", "answered_at"], "kept") | {
        "wrong": "scrubbed"
    }

    class Meta:
        ordering = ["-answered_at", "-attempt"]

    def __str__(self) -> str:
        return f"check {self.id}"


class PreferenceAnswer(models.Model):
    """A patient's answers to the two questions on what they wish for; both empty where they skipped them."""

    patient_ref = models.CharField(max_length=40, db_index=True)
    help_wanted = models.CharField(max_length=8, blank=True)
    human_contact = models.CharField(max_length=8, blank=True)
    answered_at = models.DateTimeField()

    on_erasure = dict.fromkeys(["id", "patient_ref", "answered_at"], "kept") | dict.fromkeys(
        ["help_wanted", "human_contact"], "scrubbed"
    )

    class Meta:
        ordering = ["-answered_at", "-id"]

    def __str__(self) -> str:
        return f"preference of {self.patient_ref}"
