"""That a carer may need help. It says nothing of what they wrote, and of nobody in care."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class CarerCall(models.Model):
    """Open until a person has answered it. While one of a carer's is open, no second is made and its level only rises."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    carer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    raised_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    # It concerns nobody in care, so erasing a patient leaves it.
    on_erasure = dict.fromkeys(["id", "carer", "level", "raised_at", "answered_at", "answered_by"], "kept")

    class Meta:
        ordering = ["-raised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["carer"],
                condition=models.Q(answered_at=None),
                name="one_open_call_of_a_carer",
            )
        ]

    def __str__(self) -> str:
        return f"call {self.id}"
