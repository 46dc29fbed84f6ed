"""A crisis alert and what is done about it: who was called when, the rota, the clocks, and whom a patient lets us ring."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thirdchair_web.encounters.models import Patient


def _a_person(*, null: bool = True) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=null, related_name="+")


class CrisisAlert(models.Model):
    """A signal that a person may be in danger: one for a session, or for a chat that is not yet taken.

    `words` holds what was said in a chat, under the patient's key; of a session the transcript has it. A drill has neither
    words nor a patient. How it goes from state to state is `thirdchair.crisis.protocol`; `standing` reads and writes that.
    """

    class State(models.TextChoices):
        OPEN = "open"
        ACKNOWLEDGED = "acknowledged"
        TAKEN_OVER = "taken_over"
        OUTCOME_WRITTEN = "outcome_written"
        FOLLOWED_UP = "followed_up"
        CLOSED = "closed"

    BEFORE_THE_OUTCOME = (State.OPEN, State.ACKNOWLEDGED, State.TAKEN_OVER)

    class Source(models.TextChoices):
        SESSION = "session"
        CHAT = "chat"
        CASE = "case"
        DRILL = "drill"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient_ref = models.CharField(max_length=40, db_index=True, blank=True)
    encounter_id = models.UUIDField(unique=True)
    source = models.CharField(max_length=8, choices=Source, default=Source.SESSION)
    level = models.PositiveSmallIntegerField()
    urgency = models.CharField(max_length=8, default="high")
    dangers = models.JSONField()
    utterances = models.JSONField()
    words = models.BinaryField(null=True)
    clocks = models.JSONField(default=dict)
    state = models.CharField(max_length=16, choices=State, default=State.OPEN)
    raised_at = models.DateTimeField()
    latest_at = models.DateTimeField(null=True)
    card_shown_at = models.DateTimeField(null=True)
    round = models.PositiveSmallIntegerField(default=1)
    answer_due_at = models.DateTimeField(null=True)
    half_s = models.PositiveIntegerField(default=0)
    next_call_at = models.DateTimeField(null=True)
    not_again = models.CharField(max_length=100, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = _a_person()
    take_over_due_at = models.DateTimeField(null=True)
    taken_over_at = models.DateTimeField(null=True)
    outcome_due_at = models.DateTimeField(null=True)
    outcome_at = models.DateTimeField(null=True)
    outcome_by = _a_person()
    outcome_kind = models.CharField(max_length=16, blank=True)
    outcome = models.BinaryField(null=True)
    follow_up_due_at = models.DateTimeField(null=True)
    followed_up_at = models.DateTimeField(null=True)
    followed_up_by = _a_person()
    follow_up_kind = models.CharField(max_length=16, blank=True)
    follow_up = models.BinaryField(null=True)
    said_safe_at = models.DateTimeField(null=True)
    ended_by_patient = models.BooleanField(default=False)
    overdue_told = models.CharField(max_length=16, blank=True)

    patient_path = "patient_ref"
    on_erasure = dict.fromkeys(
        [
            "id", "patient_ref", "encounter_id", "source", "level", "urgency", "clocks", "state", "raised_at",
            "latest_at", "card_shown_at", "round", "answer_due_at", "half_s", "next_call_at", "not_again",
            "acknowledged_at", "acknowledged_by", "take_over_due_at", "taken_over_at", "outcome_due_at",
            "outcome_at", "outcome_by", "outcome_kind", "follow_up_due_at", "followed_up_at", "followed_up_by",
            "follow_up_kind", "said_safe_at", "ended_by_patient", "overdue_told",
        ],
        "kept",
    ) | {
        "dangers": "scrubbed", "utterances": "scrubbed", "words": "sealed", "outcome": "sealed",
        "follow_up": "sealed",
    }  # fmt: skip

    class Meta:
        ordering = ["-raised_at"]

    def __str__(self) -> str:
        return f"alert {self.id} {self.state}"

    @property
    def is_drill(self) -> bool:
        """Whether it is an exercise, and no patient waits."""
        return self.source == self.Source.DRILL


class AlertCall(models.Model):
    """That somebody was told of an alert; without a person: everyone who may answer. A round begins with each time it waits."""

    alert = models.ForeignKey(CrisisAlert, on_delete=models.PROTECT, related_name="calls")
    round = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    person = _a_person()
    called_at = models.DateTimeField()

    on_erasure = dict.fromkeys(["id", "alert", "round", "number", "person", "called_at"], "kept")

    class Meta:
        ordering = ["called_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["alert", "round", "number"], name="one_call_of_each_number")
        ]

    def __str__(self) -> str:
        return f"call {self.round}.{self.number} of alert {self.alert_id}"


class RotaShift(models.Model):
    """One person on duty from one moment to another. Order 1 is called first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = _a_person(null=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    order = models.PositiveSmallIntegerField()
    made_by = _a_person(null=False)
    made_at = models.DateTimeField()
    removed_by = _a_person()
    removed_at = models.DateTimeField(null=True)

    on_erasure = dict.fromkeys(
        [
            "id", "person", "starts_at", "ends_at", "order", "made_by", "made_at", "removed_by", "removed_at",
        ],
        "kept",
    )  # fmt: skip

    class Meta:
        ordering = ["starts_at", "order"]

    def __str__(self) -> str:
        return f"shift {self.id}"


class ClockSetting(models.Model):
    """The clocks as the clinical safety officer set them; the latest one holds."""

    values = models.JSONField()
    set_by = _a_person(null=False)
    set_at = models.DateTimeField()

    on_erasure = dict.fromkeys(["id", "values", "set_by", "set_at"], "kept")

    class Meta:
        ordering = ["-set_at", "-id"]

    def __str__(self) -> str:
        return f"clocks {self.pk}"


class EmergencyContact(models.Model):
    """Whom a patient names for an emergency. `agreed`: they let the team call this person in one, without asking again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    details = models.BinaryField()
    agreed = models.BooleanField()
    kept_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    patient_path = "patient"
    on_erasure = dict.fromkeys(["id", "patient", "agreed", "kept_at", "removed_at"], "kept") | {
        "details": "sealed"
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(removed_at=None), name="one_emergency_contact"
            )
        ]

    def __str__(self) -> str:
        return f"contact {self.id}"


class ContactUse(models.Model):
    """That a member of staff saw the emergency contact of a patient during an alert, on what ground, and why."""

    class Basis(models.TextChoices):
        AGREED = "agreed", _("The patient agreed to it beforehand")
        LAW = "law", _("The law of this place allows it")

    alert = models.ForeignKey(CrisisAlert, on_delete=models.PROTECT, related_name="contact_uses")
    contact = models.ForeignKey(EmergencyContact, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=8, choices=Basis)
    reason = models.CharField(max_length=24)
    words = models.BinaryField(null=True)
    used_by = _a_person(null=False)
    used_at = models.DateTimeField()

    patient_path = "alert__patient_ref"
    on_erasure = dict.fromkeys(
        ["id", "alert", "contact", "basis", "reason", "used_by", "used_at"], "kept"
    ) | {"words": "sealed"}

    class Meta:
        ordering = ["used_at"]

    def __str__(self) -> str:
        return f"use {self.pk} of contact {self.contact_id}"
