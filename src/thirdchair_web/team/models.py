"""One thing the care team is asked to do for a patient."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thirdchair_web.encounters.models import Patient


class TeamTask(models.Model):
    """Open until somebody took it and said how it ended. Of one kind a patient has at most one that is not done."""

    class Kind(models.TextChoices):
        WANTS_A_PERSON = "wants_a_person", _("Wants to speak with a person")
        NO_AI_PLEASE = "no_ai_please", _("Wants care without AI")
        UNDERSTANDING_HELP = "understanding_help", _("Wants somebody to explain what AI does here")
        DEPENDENCE_SIGNS = "dependence_signs", _("May be leaning on the conversation with AI")
        CALL_BACK = "call_back", _("Call back: the line dropped")
        FOLLOW_UP = "follow_up", _("Follow up after a crisis")
        SHARED_SOMETHING = "shared_something", _("Has shared something to read")
        ITEM_ANSWER = "item_answer", _("Gave an answer that a person should read")
        CONSENT_REVIEW = "consent_review", _("Consent is due to be looked at again")

    class State(models.TextChoices):
        OPEN = "open"
        TAKEN = "taken"
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="team_tasks")
    kind = models.CharField(max_length=24, choices=Kind)
    note = models.BinaryField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    outcome = models.BinaryField(null=True)

    patient_path = "patient"
    on_erasure = dict.fromkeys(
        ["id", "patient", "kind", "state", "asked_at", "due_at", "taken_by", "taken_at", "done_at"], "kept"
    ) | {"note": "sealed", "outcome": "sealed"}

    class Meta:
        ordering = ["due_at", "asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "kind"],
                condition=~models.Q(state="done"),
                name="one_waiting_task_of_a_kind",
            )
        ]

    def __str__(self) -> str:
        return f"task {self.id} {self.state}"

    def read(self, field: str) -> str:
        """The note or the outcome; empty where there is none, or where the patient was erased."""
        sealed = getattr(self, field)
        if not sealed or self.patient.erased_at is not None:
            return ""
        return self.patient.unseal(sealed, kind=f"task-{field}", item=str(self.id))
