"""Telling people of an alert: the one place that hands notices over to be delivered."""

from __future__ import annotations

from collections.abc import Iterable

from thirdchair_web.accounts.models import User
from thirdchair_web.crisis.models import CrisisAlert


def tell(alert: CrisisAlert, people: Iterable[User], *, why: str) -> None:
    """Keeps a notice for each person in the caller's transaction; workers deliver it. It names the alert and no patient."""
    try:
        from thirdchair_web.notifying.actions import notify
        from thirdchair_web.notifying.models import Why
    except ImportError:  # until notices exist, the alert waits on its page, as it always did
        return
    for person in people:
        notify(about=alert.id, person=person, why=Why(why), level=alert.level)


def settle(alert: CrisisAlert) -> None:
    """Ends the notices of an alert: a person has it."""
    try:
        from thirdchair_web.notifying.actions import settle as settle_notices
    except ImportError:
        return
    settle_notices(about=alert.id)
