"""A report that something went wrong with AI: open until a person has looked at it and said what was found."""

from __future__ import annotations

import json
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from thirdchair import sealing
from thirdchair_web.encounters.models import Patient, master_key


class HarmReport(models.Model):
    """One report. Its words are under the patient's key; where the reporter is no patient, under that of the service."""

    class Severity(models.TextChoices):
        NONE = "none", _("It was wrong, but nobody was hurt")
        MODERATE = "moderate", _("It upset someone, or made things harder")
        MAJOR = "major", _("It put someone in danger, or someone was hurt")

    class Finding(models.TextChoices):
        NO_FAULT = "no_fault", _("AI did what it should")
        WRONG_USE = "wrong_use", _("It was used for what it is not for")
        AI_FAULT = "ai_fault", _("AI did something wrong")
        SERVICE_FAULT = "service_fault", _("The service did something wrong")

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    reported_at = models.DateTimeField()
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, related_name="harm_reports")
    use = models.CharField(max_length=60, blank=True)
    severity = models.CharField(max_length=10, choices=Severity)
    words = models.BinaryField(null=True)
    stopped = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    finding = models.CharField(max_length=15, choices=Finding, blank=True)
    outcome = models.BinaryField(null=True)

    patient_path = "patient"
    on_erasure = dict.fromkeys(
        [
            "number", "id", "reported_at", "reporter", "patient", "use", "severity", "stopped", "due_at", "reviewed_at",
            "reviewed_by", "finding",
        ],
        "kept",
    ) | {"words": "sealed", "outcome": "sealed"}  # fmt: skip

    class Meta:
        ordering = ["-reported_at"]

    def __str__(self) -> str:
        return f"report {self.number}"

    def put(self, field: str, text: str) -> None:
        """Seals a text into `words` or `outcome`; an empty one leaves nothing."""
        setattr(self, field, self._sealed(field, text) if text else None)

    def read(self, field: str) -> str:
        """The text of `words` or `outcome`; empty where there is none, or where the patient was erased."""
        sealed = getattr(self, field)
        if not sealed:
            return ""
        if self.patient is None:
            return json.loads(sealing.unseal(master_key(), bytes(sealed), context=self._context(field)))
        if self.patient.erased_at is not None:
            return ""
        return self.patient.unseal(sealed, kind=f"harm-{field}", item=str(self.id))

    def _sealed(self, field: str, text: str) -> bytes | None:
        if self.patient is None:
            plain = json.dumps(text, ensure_ascii=False).encode()
            return sealing.seal(master_key(), plain, context=self._context(field))
        if self.patient.erased_at is not None:
            return None  # there is no key left to keep it under
        return self.patient.seal(text, kind=f"harm-{field}", item=str(self.id))

    def _context(self, field: str) -> str:
        return f"service/harm-{field}/{self.id}"
