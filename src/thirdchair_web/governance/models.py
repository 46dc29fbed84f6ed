"""What has been switched on, and what has been stopped."""

from __future__ import annotations

from django.conf import settings
from django.db import models


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
