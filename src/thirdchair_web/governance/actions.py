"""Switching uses on and off, and stopping AI. Each act is its own trail entry."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from thirdchair.policy import Switches
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.governance.models import KillSwitch, UseSwitch
from thirdchair_web.prepared import Prepared
from thirdchair_web.trail.actions import record


@transaction.atomic
def switch_use(use: str, *, on: bool, by: User) -> None:
    """Switches a use on or off for the whole service."""
    UseSwitch.objects.update_or_create(use=use, defaults={"on": on, "changed_at": now(), "changed_by": by})
    record(kind="use_switched", actor=by.identifier, facts={"use": use, "on": on})


@transaction.atomic
def pull_kill_switch(scope: str, *, target: str = "", stopped: bool, by: User) -> None:
    """Stops everything, a use or a method, or lets it run again. Work in flight stops at its next step."""
    KillSwitch.objects.update_or_create(
        scope=KillSwitch.Scope(scope),
        target=target,
        defaults={"stopped": stopped, "changed_at": now(), "changed_by": by},
    )
    record(
        kind="kill_switch",
        actor=by.identifier,
        facts={
            "scope": "all" if scope == KillSwitch.Scope.EVERYTHING else scope,
            "target": target or None,
            "on": stopped,
        },
    )


_STOPS: Final = Prepared(lambda: KillSwitch.objects.filter(stopped=True).values_list("scope", "target"))
_USES_ON: Final = Prepared(lambda: UseSwitch.objects.filter(on=True).values_list("use", flat=True))


def switches() -> Switches:
    """The switches as they stand in this transaction."""
    stops = _STOPS()
    return Switches(
        uses_on=frozenset(_USES_ON()),
        everything_stopped=any(scope == KillSwitch.Scope.EVERYTHING for scope, _ in stops),
        stopped_uses=frozenset(target for scope, target in stops if scope == KillSwitch.Scope.USE),
        stopped_methods=frozenset(target for scope, target in stops if scope == KillSwitch.Scope.METHOD),
    )
