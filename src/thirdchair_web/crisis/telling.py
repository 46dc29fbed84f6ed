"""Telling people of an alert: the one place that hands notices over to be delivered."""

from __future__ import annotations

from collections.abc import Iterable

from thirdchair_web.accounts.models import User
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.notifying import actions
from thirdchair_web.notifying.models import Why


def tell(alert: CrisisAlert, people: Iterable[User], *, why: Why) -> None:
    """Keeps a notice for each person in the caller's transaction; workers deliver it. It names the alert and no patient."""
    for person in people:
        actions.notify(about=alert.id, person=person, why=why, level=alert.level)


def settle(alert: CrisisAlert) -> None:
    """Ends the notices of an alert: a person has it."""
    actions.settle(about=alert.id)
