"""What a patient asked, with what came back, under the patient's own key."""

from __future__ import annotations

import uuid

from django.db import models

from thirdchair_web.encounters.models import Patient


class AskedQuestion(models.Model):
    """A question and its answer. The patient may delete it; nobody else reads it, unless the patient sends it on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="asked_questions")
    asked_at = models.DateTimeField()
    language = models.CharField(max_length=10)
    words = models.BinaryField()

    patient_path = "patient"
    on_erasure = {
        "id": "kept",
        "patient": "kept",
        "asked_at": "kept",
        "language": "kept",
        "words": "sealed",
    }

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"question {self.id}"

    def read(self) -> dict:
        """The question, and the answer as `Replied.as_json` gives it."""
        return self.patient.unseal(self.words, kind="question", item=str(self.id))
