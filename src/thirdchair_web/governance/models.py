"""What is switched on or stopped, which models are registered, evidence from outside, and thresholds of the service."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from thirdchair.clients.registration import RegisteredModel


class UseSwitch(models.Model):
    """Whether the service lead has switched a use on. No row means off."""

    use = models.CharField(max_length=60, primary_key=True)
    on = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.use}: {'on' if self.on else 'off'}"


class KillSwitch(models.Model):
    """A stop on everything, one use, or one method; read on every call."""

    class Scope(models.TextChoices):
        EVERYTHING = "everything"
        USE = "use"
        METHOD = "method"

    scope = models.CharField(max_length=12, choices=Scope)
    target = models.CharField(max_length=60, blank=True)
    stopped = models.BooleanField(default=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "target"], name="one_switch_each")]

    def __str__(self) -> str:
        return f"{self.scope} {self.target}: {'stopped' if self.stopped else 'running'}"


class ModelRecord(models.Model):
    """A model as it was registered. The row of one that was taken out stays, so that no model elsewhere gets its name.

    `changed` counts up over the whole table and `stamp` is new at every change, so that the newest row's stamp tells
    every process whether what it knows is still so.
    """

    name = models.CharField(max_length=60, unique=True)
    registered = models.JSONField()
    api_key = models.BinaryField(null=True)
    added_by = models.CharField(max_length=80)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    changed = models.PositiveBigIntegerField(db_index=True)
    stamp = models.UUIDField(default=uuid.uuid4, unique=True)

    def __str__(self) -> str:
        return self.name

    @property
    def model(self) -> RegisteredModel:
        """What was registered, checked anew.

        Raises:
            ValueError: the row was changed by something else.
        """
        return RegisteredModel.from_json(self.registered)


class EvidenceKey(models.Model):
    """A key whose signature counts under evidence packs. A retired one stays, so that it cannot come back.

    `changed` and `stamp` as in `ModelRecord`.
    """

    key_id = models.CharField(max_length=64, primary_key=True)
    public = models.CharField(max_length=64)
    holder = models.CharField(max_length=120)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    retired_at = models.DateTimeField(null=True)
    changed = models.PositiveBigIntegerField(db_index=True)
    stamp = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["added_at", "key_id"]

    def __str__(self) -> str:
        return self.key_id


class RequirementAdjustment(models.Model):
    """A threshold that this service wants instead of the reviewed one. Rows are never removed; a later one takes over.

    `changed` and `stamp` as in `ModelRecord`; `changed` is also the order in which they count.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    use = models.CharField(max_length=60)
    measure = models.CharField(max_length=60)
    threshold = models.FloatField()
    why = models.CharField(max_length=300)
    first_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField()
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    second_at = models.DateTimeField(null=True)
    changed = models.PositiveBigIntegerField(db_index=True)
    stamp = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["changed"]

    def __str__(self) -> str:
        return f"{self.use}: {self.measure} {self.threshold:g}"


class SignedEvidence(models.Model):
    """A signed pack as it was brought in, byte for byte; it is verified anew whenever it is read. Rows are only added."""

    pack = models.CharField(max_length=64)
    key = models.ForeignKey(EvidenceKey, on_delete=models.PROTECT, related_name="packs")
    content = models.BinaryField()
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()
    stamp = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        ordering = ["imported_at", "id"]
        constraints = [models.UniqueConstraint(fields=["pack", "key"], name="one_signature_of_each_key")]

    def __str__(self) -> str:
        return self.pack
