"""Telling a person that they are needed: kept in the transaction of what happened, sent by workers until it is settled."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.notifying.models import ChannelName, Delivery, Notice, Reach, Why
from thirdchair_web.trail.actions import record


@transaction.atomic
def notify(*, about: UUID, person: User, why: Why, level: int) -> Notice:
    """Keeps, in the caller's transaction, that a person is needed; workers tell them.

    Doing it again changes nothing while the notice waits, unless the level rises: then the person is told anew. So they are
    when it was settled before.

    Args:
        about: the alert, or what else `why` says; the notice holds a link to it and no word of anyone.
        level: 0 to 6 as the crisis screen reads it; 0 where there is no crisis.
    """
    kept, is_new = Notice.objects.select_for_update().get_or_create(
        about=about, person=person, why=why, defaults={"level": level, "made_at": now()}
    )
    if not is_new:
        if kept.settled_at is None and level <= kept.level:
            return kept
        kept.level = level if kept.settled_at else max(level, kept.level)
        kept.round, kept.made_at, kept.settled_at = kept.round + 1, now(), None
        kept.save()
    for channel in ChannelName:
        if why.is_urgent or channel in _FOR_EVERYDAY:
            Delivery.objects.create(notice=kept, channel=channel, round=kept.round, next_at=now())
    return kept


@transaction.atomic
def settle(*, about: UUID, why: Why | None = None) -> int:
    """Ends every notice about something, because a person has taken it: nobody is told of it from now on.

    Args:
        why: only these notices; None for all.

    Returns:
        how many waited.
    """
    waiting = Notice.objects.filter(about=about, settled_at=None)
    if why is not None:
        waiting = waiting.filter(why=why)
    return waiting.update(settled_at=now())


@transaction.atomic
def set_reach(person: User, *, email: str, phone: str) -> Reach:
    """Keeps where a person wants to be told; what waits for an address is tried at once.

    The trail says what was given, not the address.
    """
    kept, _ = Reach.objects.update_or_create(
        person=person, defaults={"email": email, "phone": phone, "changed_at": now()}
    )
    waiting = Delivery.objects.filter(notice__person=person, sent_at=None, fault=Delivery.Fault.NO_ADDRESS)
    waiting.filter(next_at__isnull=False).update(next_at=now())
    record(
        kind="reach_changed",
        actor=person.identifier,
        subject=None,
        facts={"account": person.identifier, "email": bool(email), "phone": bool(phone)},
    )
    return kept


_FOR_EVERYDAY = frozenset({ChannelName.IN_APP, ChannelName.EMAIL})
"""How a person is told of what is not urgent: nothing rings for it."""
