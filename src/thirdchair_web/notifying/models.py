"""Who has to be told of what, and what became of it. No word and no name of a patient is kept here."""

from __future__ import annotations

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Why(models.TextChoices):
    """Why a person is needed. `about` is the identifier of an alert, except where said otherwise."""

    ALERT = "alert", _("A crisis alert waits for a person")
    ESCALATED = "escalated", _("Nobody has taken a crisis alert: you are next")
    NOT_TAKEN_OVER = "not_taken_over", _("A crisis alert was accepted, and nobody has taken it over")
    CALL_BACK = "call_back", _("A person in a crisis has to be called back")
    NOBODY_ON_DUTY = "nobody_on_duty", _("A crisis alert waits, and nobody is on duty")
    NOBODY_REACHED = "nobody_reached", _("A crisis alert waits, and no message about it has gone out")
    DRILL = "drill", _("A drill: take this alert as if it were real")
    FOLLOW_UP = "follow_up", _("A follow-up after a crisis is due")  # about the alert
    TASK = "task", _("There is a new task for the care team")  # about the task
    TEST = "test", _("This is a test of how you are told")  # about nothing: any number

    @property
    def is_urgent(self) -> bool:
        """Whether it goes by every channel, at every hour, and is never given up."""
        return self in _URGENT


_URGENT: Final = frozenset(
    {
        Why.ALERT, Why.ESCALATED, Why.NOT_TAKEN_OVER, Why.CALL_BACK, Why.NOBODY_ON_DUTY, Why.NOBODY_REACHED,
        Why.DRILL,
    }
)  # fmt: skip


class ChannelName(models.TextChoices):
    """A way to a person."""

    IN_APP = "in_app", _("On the screen")
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    WEBHOOK = "webhook", _("Webhook of the service")


class Notice(models.Model):
    """That one person is needed for one thing. It waits until the thing is settled.

    Args:
        round: how often it was sent out anew, from 1: again when the level rises, or when it is needed once more after it
            was settled.
    """

    id = models.BigAutoField(primary_key=True)
    about = models.UUIDField(db_index=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    why = models.CharField(max_length=20, choices=Why)
    level = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    on_erasure = dict.fromkeys(
        ["id", "about", "person", "why", "level", "round", "made_at", "settled_at"], "kept"
    )

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["about", "person", "why"], name="one_notice_for_each")]
        indexes = [models.Index(fields=["person"], condition=Q(settled_at=None), name="notices_that_wait")]

    def __str__(self) -> str:
        return f"notice {self.id} {self.why}"


class Delivery(models.Model):
    """One round of a notice by one channel. `next_at` is when a worker tries; None when there is nothing more to try."""

    class Fault(models.TextChoices):
        """Why an attempt failed, without the other side's words."""

        NONE = "", _("none")
        NO_ADDRESS = "no_address", _("no address is known")
        UNREACHABLE = "unreachable", _("the other side could not be reached")
        REFUSED = "refused", _("the other side refused")
        BROKEN = "broken", _("a fault in this software")

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=ChannelName)
    round = models.PositiveSmallIntegerField()
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True, db_index=True)
    sent_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=12, choices=Fault, default=Fault.NONE, blank=True)

    on_erasure = dict.fromkeys(
        ["id", "notice", "channel", "round", "key", "attempts", "next_at", "sent_at", "fault"], "kept"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel", "round"], name="one_delivery_a_round")
        ]

    def __str__(self) -> str:
        return f"delivery {self.id} {self.channel}"


class Reach(models.Model):
    """Where a person of the staff wants to be told, beside the screen."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reach")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=16, blank=True)
    changed_at = models.DateTimeField()

    on_erasure = dict.fromkeys(["id", "person", "email", "phone", "changed_at"], "kept")

    def __str__(self) -> str:
        return f"reach of account {self.person_id}"


def current() -> Q:
    """Deliveries that belong to their notice's present round."""
    return Q(round=F("notice__round"))
