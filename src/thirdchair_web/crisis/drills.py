"""Drills: how fast a person answers when nobody is in danger. A quarter without one is shown in red."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from thirdchair_web.crisis.models import CrisisAlert

EVERY: Final = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Drill:
    """One drill: how long it took until somebody was called, accepted, took over and ended it; None until then."""

    alert: CrisisAlert
    called: timedelta | None
    accepted: timedelta | None
    taken_over: timedelta | None
    ended: timedelta | None
    in_time: bool | None


def drills() -> list[Drill]:
    """Every drill, the latest first."""
    return [_drill(alert) for alert in CrisisAlert.objects.filter(source=CrisisAlert.Source.DRILL)]


def is_stale(at: datetime) -> bool:
    """Whether no drill that a person answered was held within a quarter."""
    return not CrisisAlert.objects.filter(
        source=CrisisAlert.Source.DRILL, outcome_at__isnull=False, raised_at__gt=at - EVERY
    ).exists()


def _drill(alert: CrisisAlert) -> Drill:
    first = alert.calls.order_by("called_at").first()

    def after(moment: datetime | None) -> timedelta | None:
        return (
            None if moment is None else timedelta(seconds=round((moment - alert.raised_at).total_seconds()))
        )

    accepted = after(alert.acknowledged_at)
    due = after(alert.answer_due_at)
    return Drill(
        alert,
        after(first.called_at if first else None),
        accepted,
        after(alert.taken_over_at),
        after(alert.outcome_at),
        None if accepted is None or due is None else accepted <= due,
    )
