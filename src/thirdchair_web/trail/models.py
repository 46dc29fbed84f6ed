"""The trail's two tables. Rows are only ever added, but for the current head, which moves on."""

from __future__ import annotations

from django.db import models


class TrailEntry(models.Model):
    """One entry, linked to the one before by its digest."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.CharField(max_length=40)
    kind = models.CharField(max_length=40, db_index=True)
    actor = models.CharField(max_length=80)
    subject = models.CharField(max_length=80, null=True, db_index=True)
    facts = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class TrailHead(models.Model):
    """A signed head: checkpoints stay, the current one is replaced at every append."""

    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    at = models.CharField(max_length=40)
    key_id = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ["seq", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(kind="current"), name="one_current_head"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} head {self.seq}"
