"""Signs that somebody leans on a program: they prompt a talk with a person, and never a lecture by the machine.

What is read is when a person wrote and two kinds of wording that `safeguards.conduct.leaning` finds; nothing of what they
wrote about. The thresholds are the service's. What this does *not* tell: whether somebody is dependent. It is a reason to ask.

Source: requirement R3; Chinese draft rules (reminders, signs of dependence), Washington and Oregon (2026) on distress at
leaving, VERA-MH item 32.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from thirdchair.policy.conversing import minutes_of

LOOKS_BACK: Final = timedelta(days=7)
NIGHT: Final = (0, 5)
"""From midnight to five, by the clock of the place."""


class Sign(StrEnum):
    """A sign, and nothing more than one."""

    LONG_DAYS = "long_days"
    NIGHTS = "nights"
    ONLY_YOU = "only_you"
    HARD_TO_LEAVE = "hard_to_leave"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how much a sign counts, within seven days.

    Args:
        long_day_minutes: minutes of writing that make a day a long one.
        long_days, nights: days and nights.
        only_you, hard_to_leave: times such words were written.
    """

    long_day_minutes: int = 60
    long_days: int = 3
    nights: int = 3
    only_you: int = 2
    hard_to_leave: int = 2


@dataclass(frozen=True, slots=True)
class Written:
    """That somebody wrote, when by the clock of the place, and which leaning words were in it."""

    at: datetime
    leaning: frozenset[Sign] = frozenset()


def signs(
    written: Sequence[Written], *, at: datetime, thresholds: Thresholds | None = None
) -> frozenset[Sign]:
    """The signs that the last seven days show.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> signs([Written(noon, frozenset({Sign.ONLY_YOU}))] * 2, at=noon)
    frozenset({<Sign.ONLY_YOU: 'only_you'>})
    """
    known = thresholds or Thresholds()
    recent = [one for one in written if at - LOOKS_BACK < one.at <= at]
    days = {one.at.date() for one in recent}
    nights = {one.at.date() for one in recent if NIGHT[0] <= one.at.hour < NIGHT[1]}
    long_days = [day for day in days if _minutes(recent, day) >= known.long_day_minutes]
    found = {
        Sign.LONG_DAYS: len(long_days) >= known.long_days,
        Sign.NIGHTS: len(nights) >= known.nights,
        Sign.ONLY_YOU: _times(recent, Sign.ONLY_YOU) >= known.only_you,
        Sign.HARD_TO_LEAVE: _times(recent, Sign.HARD_TO_LEAVE) >= known.hard_to_leave,
    }
    return frozenset(sign for sign, shown in found.items() if shown)


def _minutes(recent: Sequence[Written], day: date) -> int:
    return minutes_of([one.at for one in recent if one.at.date() == day])


def _times(recent: Sequence[Written], sign: Sign) -> int:
    return sum(sign in one.leaning for one in recent)
