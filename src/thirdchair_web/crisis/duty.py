"""Who is on duty, and whether a conversation may begin: only while somebody would be called if it turned to danger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from thirdchair.crisis import rota
from thirdchair.crisis.clocks import Clocks
from thirdchair_web.accounts.models import Role, User
from thirdchair_web.crisis.models import ClockSetting, CrisisAlert, RotaShift

ANSWERING: Final = (Role.ON_CALL, Role.PSYCHIATRIST, Role.NURSE)
"""Who may answer an alert, and be on the rota."""
_AHEAD: Final = timedelta(days=21)
"""How far the rota is looked at."""


@dataclass(frozen=True, slots=True)
class OnDuty:
    """One person on duty, their place in the order, and until when."""

    person: User
    order: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is on duty at a moment; empty means nobody.

    Args:
        people: in the order to call.
        until: until when somebody is on duty without a gap; None where nobody is.
        next_from: when the next shift begins; None where none is planned within three weeks.
    """

    people: tuple[OnDuty, ...]
    until: datetime | None
    next_from: datetime | None

    def __bool__(self) -> bool:
        return bool(self.people)


@dataclass(frozen=True, slots=True)
class Open:
    """Somebody is on duty.

    Args:
        who: the names, in the order to call.
        within: how soon one of them is to answer if danger is imminent.
        until: until when somebody is on duty without a gap.
    """

    who: tuple[str, ...]
    within: timedelta
    until: datetime

    @property
    def minutes(self) -> int:
        """The same time in minutes, as it is told."""
        return int(self.within.total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class Closed:
    """No conversation begins now.

    Args:
        reason: "nobody_on_duty", or "unanswered": an urgent alert waits past its time, so whoever is on duty does not answer.
        next_on_duty: when the next shift begins; None where none is planned.
    """

    reason: str
    next_on_duty: datetime | None


def on_duty(at: datetime) -> Duty:
    """Who is on duty at this moment, in the order to call."""
    shifts, people = _shifts(at)
    held = rota.on_duty(shifts, at)
    return Duty(
        tuple(OnDuty(people[shift.person], shift.order, shift.ends) for shift in held),
        rota.covered_until(shifts, at),
        rota.next_start(shifts, at),
    )


def next_to_call(at: datetime, *, called: set[str]) -> User | None:
    """The first on duty who was not called yet; None means everyone who may answer."""
    shifts, people = _shifts(at)
    person = rota.next_to_call(shifts, at, called=called)
    return None if person is None else people[person]


def everyone_who_answers() -> QuerySet[User]:
    """Every account that may answer an alert: the last resort."""
    return User.objects.filter(role__in=ANSWERING, is_active=True)


def leads() -> QuerySet[User]:
    """The service leads, who are to know that nobody is on duty."""
    return User.objects.filter(role=Role.SERVICE_LEAD, is_active=True)


def gate(at: datetime) -> Open | Closed:
    """Whether a conversation may begin, and what the patient is told of it beforehand."""
    duty = on_duty(at)
    if not duty or duty.until is None:
        return Closed("nobody_on_duty", duty.next_from)
    if _unanswered(at):
        return Closed("unanswered", duty.next_from)
    names = tuple(one.person.display_name for one in duty.people)
    return Open(names, timedelta(minutes=clocks().imminent_minutes), duty.until)


def clocks() -> Clocks:
    """The clocks that hold: those the safety officer set last, or the slowest that are allowed."""
    last = ClockSetting.objects.first()
    return Clocks(**last.values) if last else Clocks()


def _unanswered(at: datetime) -> bool:
    return (
        CrisisAlert.objects.filter(
            state=CrisisAlert.State.OPEN,
            urgency__in=("imminent", "high"),
            answer_due_at__lte=at,
            answer_due_at__gt=at - timedelta(days=1),
        )
        .exclude(source=CrisisAlert.Source.DRILL)
        .exists()
    )


def _shifts(at: datetime) -> tuple[list[rota.Shift], dict[str, User]]:
    rows = RotaShift.objects.filter(
        removed_at=None,
        person__is_active=True,
        person__role__in=ANSWERING,
        ends_at__gt=at,
        starts_at__lt=at + _AHEAD,
    ).select_related("person")
    people = {row.person.identifier: row.person for row in rows}
    return [rota.Shift(row.person.identifier, row.starts_at, row.ends_at, row.order) for row in rows], people
