"""What the workers do: send what is due by one channel, and see that of no alert nobody was told.

A delivery is claimed before it is sent: its next attempt is written first. So whoever dies in between leaves it to be tried
again, and a person may be told twice, never not at all.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from thirdchair.clients.webhook import Failed, Sent
from thirdchair_web.accounts.models import Role, User
from thirdchair_web.clock import now
from thirdchair_web.notifying.actions import notify
from thirdchair_web.notifying.channels import Channel, address_for, message_of
from thirdchair_web.notifying.models import ChannelName, Delivery, Notice, Why, current
from thirdchair_web.trail.actions import record

FIRST_PAUSE_S: Final = 15
LONGEST_PAUSE_S: Final = 15 * 60
MOST_ATTEMPTS: Final = 10
"""Of what is not urgent, which is some two hours; what is urgent is never given up."""
UNREACHED_AFTER_S: Final = 60
_AT_ONCE: Final = 20
_ABOUT_ALERTS: Final = [why for why in Why if why.is_urgent and why is not Why.NOBODY_REACHED]

log = logging.getLogger(__name__)


def pause_s(attempts: int) -> int:
    """Seconds until the next attempt after so many, from 1: doubling, up to a quarter of an hour.

    >>> [pause_s(n) for n in (1, 2, 3, 7, 8, 1000)]
    [15, 30, 60, 900, 900, 900]
    """
    return min(FIRST_PAUSE_S * 2 ** min(attempts - 1, 20), LONGEST_PAUSE_S)


def deliver_due(name: ChannelName, channel: Channel) -> int:
    """Tries what is due by one channel, the highest level first. Returns how many were sent.

    Once the other side cannot be reached, the rest waits for the next time.
    """
    sent = 0
    for delivery in due(name)[:_AT_ONCE]:
        if not _claimed(delivery):
            continue
        outcome = _attempt(name, channel, delivery)
        _note(delivery, outcome)
        sent += isinstance(outcome, Sent)
        if isinstance(outcome, Failed) and outcome.fault == "unreachable":
            break
    return sent


def due(name: ChannelName) -> QuerySet[Delivery]:
    """What has to be sent now by a channel."""
    return waiting_by(name).filter(sent_at=None, next_at__lte=now()).order_by("-notice__level", "next_at")


def waiting_by(name: ChannelName) -> QuerySet[Delivery]:
    """The deliveries by a channel of every notice that waits, in its present round."""
    return Delivery.objects.filter(current(), channel=name, notice__settled_at=None).select_related(
        "notice__person"
    )


def untold() -> frozenset[UUID]:
    """The alerts of which nobody was told by any channel, a minute after the first who should have been."""
    told = Delivery.objects.filter(notice=OuterRef("pk"), round=OuterRef("round"), sent_at__isnull=False)
    waiting = list(
        Notice.objects.filter(settled_at=None, why__in=_ABOUT_ALERTS)
        .annotate(told=Exists(told))
        .values_list("about", "told", "made_at")
    )
    since = now() - timedelta(seconds=UNREACHED_AFTER_S)
    late = {about for about, _, made_at in waiting if made_at <= since}
    return frozenset(late - {about for about, was_told, _ in waiting if was_told})


def tell_the_lead_of_what_nobody_was_told() -> int:
    """Tells every service lead of each alert of which nobody has been told. Returns of how many."""
    found = untold()
    leads = list(User.objects.filter(role=Role.SERVICE_LEAD, is_active=True)) if found else []
    for about in found:
        level = max(
            Notice.objects.filter(about=about, settled_at=None).values_list("level", flat=True), default=0
        )
        for lead in leads:
            notify(about=about, person=lead, why=Why.NOBODY_REACHED, level=level)
    return len(found)


def mark_shown(deliveries: Sequence[int]) -> None:
    """Notes that notices were on the person's screen."""
    for start in range(0, len(deliveries), _AT_ONCE):  # no transaction so long that a disclosure waits for it
        with transaction.atomic():
            fresh = Delivery.objects.select_for_update(of=("self",)).select_related("notice__person")
            for delivery in fresh.filter(pk__in=deliveries[start : start + _AT_ONCE], sent_at=None):
                delivery.sent_at, delivery.next_at, delivery.attempts = now(), None, delivery.attempts + 1
                delivery.save()
                _record(delivery)


def _claimed(delivery: Delivery) -> bool:
    """Whether this worker tries it now; until its next time no other does."""
    attempts = delivery.attempts + 1
    held = Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts, sent_at=None)
    claimed = held.update(attempts=attempts, next_at=now() + timedelta(seconds=pause_s(attempts)))
    delivery.attempts = attempts
    return bool(claimed)


def _attempt(name: ChannelName, channel: Channel, delivery: Delivery) -> Sent | Failed:
    try:
        return channel.send(message_of(delivery), address_for(name, delivery.notice.person))
    except Exception as error:  # noqa: BLE001 - a fault of one channel ends neither its worker nor the notice
        log.error("notice %d by %s failed: %s", delivery.notice_id, name, type(error).__name__)
        return Failed(passing=True, fault="broken")


def _note(delivery: Delivery, outcome: Sent | Failed) -> None:
    if isinstance(outcome, Sent):
        with transaction.atomic():
            Delivery.objects.filter(pk=delivery.pk).update(sent_at=now(), next_at=None, fault="")
            _record(delivery)
        return
    urgent = Why(delivery.notice.why).is_urgent
    over = not urgent and (not outcome.passing or delivery.attempts >= MOST_ATTEMPTS)
    changes = {"fault": outcome.fault} | ({"next_at": None} if over else {})
    Delivery.objects.filter(pk=delivery.pk).update(**changes)
    if outcome.fault != "no_address":
        log.warning("notice %d by %s: %s", delivery.notice_id, delivery.channel, outcome.fault)


def _record(delivery: Delivery) -> None:
    notice = delivery.notice
    record(
        kind="person_told",
        actor="system",
        subject=None,
        facts={
            "account": notice.person.identifier,
            "about": str(notice.about),
            "why": str(notice.why),
            "channel": str(delivery.channel),
            "attempts": delivery.attempts,
        },
    )
