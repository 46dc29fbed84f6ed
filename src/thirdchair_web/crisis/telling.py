"""Telling people of an alert: the one place that hands notices over to be delivered."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from thirdchair_web.accounts.models import User
from thirdchair_web.crisis.models import CrisisAlert

_NOTICES = "thirdchair_web.notifying.actions"


def tell(alert: CrisisAlert, people: Iterable[User], *, why: str) -> None:
    """Keeps a notice for each person in the caller's transaction; workers deliver it. It names the alert and no patient."""
    if find_spec(_NOTICES) is None:  # before notices exist, the alert waits on its page
        return
    from thirdchair_web.notifying.actions import notify
    from thirdchair_web.notifying.models import Why

    for person in people:
        notify(about=alert.id, person=person, why=Why(why), level=alert.level)


def settle(alert: CrisisAlert) -> None:
    """Ends the notices of an alert: a person has it."""
    if find_spec(_NOTICES) is None:
        return
    from thirdchair_web.notifying.actions import settle as settle_notices

    settle_notices(about=alert.id)
