"""A safety plan as it was written on one day. A change makes a new version; the ones before are kept."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import models

from thirdchair_web.encounters.models import Patient
from thirdchair_web.safety_plan.parts import PARTS


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What a plan says.

    Args:
        parts: the words of each part that has any, by the part's name.
        with_whom: who made it together with the person, or "".
    """

    parts: dict[str, str]
    with_whom: str


class SafetyPlan(models.Model):
    """One version of a person's plan. Its words are sealed under the person's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="safety_plans")
    number = models.PositiveIntegerField()
    words = models.BinaryField()
    together = models.BooleanField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asks_if_now = models.BooleanField(default=False)

    patient_path = "patient"
    on_erasure = dict.fromkeys(
        ["id", "patient", "number", "together", "written_at", "written_by"], "kept"
    ) | {
        "words": "sealed",
        "asks_if_now": "scrubbed",
    }

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["patient", "number"], name="one_plan_of_a_number"),
        ]

    def __str__(self) -> str:
        return f"safety plan {self.id}"

    def read(self) -> PlanWords:
        """The words.

        Raises:
            ContentErased: the patient's key was destroyed.
        """
        held = self.patient.unseal(self.words, kind="safety-plan", item=str(self.id))
        return PlanWords(
            {p.name: held["parts"][p.name] for p in PARTS if p.name in held["parts"]}, held["with"]
        )
