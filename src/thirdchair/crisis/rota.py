"""Who answers when: shifts with an order, and whom to call next.

Moments are compared as instants, so a shift over the night the clocks change is as long as it is. Times on a wall
are turned into moments generously: where a wall time comes twice or not at all, a shift starts at the earlier and ends
at the later, so that two shifts that meet may overlap and never leave a gap.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

LONGEST_SHIFT: Final = timedelta(hours=25)
"""A day of a shift, and the hour that a clock may be set back in it."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One person on duty.

    Args:
        person: who, by identifier.
        starts: the first moment; with a time zone.
        ends: the first moment after it, at most 25 hours later.
        order: 1 is called first, 2 next, and so on.

    Raises:
        ValueError: it ends before it starts, is too long, has no time zone, or no place in the order.
    """

    person: str
    starts: datetime
    ends: datetime
    order: int

    def __post_init__(self) -> None:
        if self.starts.tzinfo is None or self.ends.tzinfo is None:
            raise ValueError("a shift has a time zone")
        if not timedelta(0) < _between(self.starts, self.ends) <= LONGEST_SHIFT:
            raise ValueError("a shift ends after it starts, and within a day")
        if self.order < 1:
            raise ValueError("the order of a shift begins at 1")

    def holds(self, at: datetime) -> bool:
        """Whether the person is on duty at this moment."""
        moment = at.astimezone(UTC)
        return self.starts.astimezone(UTC) <= moment < self.ends.astimezone(UTC)


def on_duty(shifts: Iterable[Shift], at: datetime) -> tuple[Shift, ...]:
    """The shifts that hold, in the order to call; of a person with two, the one called first, until the last ends."""
    held = sorted(
        (shift for shift in shifts if shift.holds(at)),
        key=lambda shift: (shift.order, shift.starts.astimezone(UTC), shift.person),
    )
    first = {shift.person: shift for shift in reversed(held)}
    return tuple(shift for shift in held if first[shift.person] is shift)


def covered_until(shifts: Iterable[Shift], at: datetime) -> datetime | None:
    """Until when somebody is on duty without a gap from now on; None where nobody is now."""
    end: datetime | None = None
    for shift in sorted(shifts, key=lambda shift: shift.starts.astimezone(UTC)):
        reached = end or at
        if shift.starts.astimezone(UTC) <= reached.astimezone(UTC) < shift.ends.astimezone(UTC):
            end = shift.ends
    return end


def next_start(shifts: Iterable[Shift], at: datetime) -> datetime | None:
    """When the next shift begins after this moment; None where none is planned."""
    later = [shift.starts for shift in shifts if shift.starts.astimezone(UTC) > at.astimezone(UTC)]
    return min(later, key=lambda start: start.astimezone(UTC), default=None)


def next_to_call(shifts: Iterable[Shift], at: datetime, *, called: Collection[str]) -> str | None:
    """The first on duty who was not called yet; None means that everyone who may answer is called."""
    return next((shift.person for shift in on_duty(shifts, at) if shift.person not in called), None)


def from_the_wall(
    day: date, starts: time, ends: time, zone: tzinfo, *, weeks: int = 1
) -> tuple[tuple[datetime, datetime], ...]:
    """The moments of a shift given in wall times, the same day of so many weeks; one that ends no later ends next day.

    >>> from zoneinfo import ZoneInfo
    >>> night = from_the_wall(date(2026, 10, 24), time(22), time(2, 30), ZoneInfo("Europe/Berlin"))
    >>> [(end - start).total_seconds() / 3600 for start, end in night]  # 2:30 comes twice that night
    [5.5]
    """
    days = [day + timedelta(weeks=week) for week in range(weeks)]
    over_midnight = timedelta(days=1 if ends <= starts else 0)
    return tuple(
        (min(_moments(one, starts, zone)), max(_moments(one + over_midnight, ends, zone))) for one in days
    )


def _moments(day: date, clock: time, zone: tzinfo) -> tuple[datetime, datetime]:
    """The two readings of a wall time: the same one on all days but those on which a clock is changed."""
    first, second = (datetime.combine(day, clock.replace(fold=fold), tzinfo=zone) for fold in (0, 1))
    return first.astimezone(UTC), second.astimezone(UTC)


def _between(first: datetime, second: datetime) -> timedelta:
    return second.astimezone(UTC) - first.astimezone(UTC)
