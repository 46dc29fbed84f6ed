"""When a patient may talk with a program at all, beside what holds for every use; and how long, as agreed with a clinician.

A clinician says that it fits this person, for a time, after going through what speaks against it. It is shut where nobody is
on duty, for a minor or a person of unknown age without a guardian's word and a law that speaks of minors, and for a person
who wants more time with people: what connects people is left to people. Times agreed are kept softly, and never while
somebody is in danger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from thirdchair.policy.decision import Refused
from thirdchair.policy.notices import speaks_of_minors

ADULT_FROM: Final = 18
LONGEST_ELIGIBILITY: Final = timedelta(days=90)
SITTING_MINUTES: Final = (5, 60)
DAY_MINUTES: Final = (5, 120)
BREAK_MINUTES: Final = (5, 60)
"""Least and most that may be agreed. No setting widens them."""
SOON: Final = 5
"""Minutes before the end of what was agreed at which it is said once."""
_AT_MOST_BETWEEN: Final = timedelta(minutes=5)


class Contraindication(StrEnum):
    """What speaks against it: then a person is there, and no program.

    Source: requirement V2, after the advice to the FDA's Digital Health Advisory Committee of 6 November 2025 and the findings
    of conversation tests on delusion and eating disorders.
    """

    PSYCHOSIS = "psychosis"
    MANIA = "mania"
    ACUTE_SUICIDALITY = "acute_suicidality"
    EATING_DISORDER = "eating_disorder"
    NO_CAPACITY = "no_capacity"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Caps:
    """Times agreed with the patient, in minutes of writing.

    Raises:
        ValueError: outside what any service may agree, or a sitting longer than the day.
    """

    sitting: int = 30
    day: int = 60
    pause_after: int = 20

    def __post_init__(self) -> None:
        within = (
            _within(self.sitting, SITTING_MINUTES)
            and _within(self.day, DAY_MINUTES)
            and _within(self.pause_after, BREAK_MINUTES)
        )
        if not within or self.sitting > self.day:
            raise ValueError("the times agreed lie outside what may be agreed")


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What a clinician has said of one patient; the newest counts.

    Args:
        fits: whether it is opened for this person.
        against: what speaks against it; with any, it is shut whatever `fits` says.
        guardian_agreed: whether a guardian has agreed, for a minor.
    """

    fits: bool
    against: frozenset[Contraindication]
    set_at: datetime
    expires_at: datetime
    caps: Caps
    guardian_agreed: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What is true of one patient and one service now, beside the `Moment` of every decision.

    Args:
        age: in whole years; None where nobody knows.
        on_duty: whether a named person is on duty now.
        wants_people: whether the patient said that they want more time with people.
    """

    eligibility: Eligibility | None
    age: int | None
    on_duty: bool
    wants_people: bool = False

    @property
    def is_minor(self) -> bool:
        """Whether the limits for minors hold; they do where the age is not known."""
        return self.age is None or self.age < ADULT_FROM


class Pace(StrEnum):
    """Where in the agreed time a person is."""

    OPEN = "open"
    PAUSE = "pause"
    SOON_OVER = "soon_over"
    OVER = "over"


def talk_refusal(standing: Standing, *, at: datetime, places: frozenset[str]) -> Refused | None:
    """The first of these rules that keeps a patient from talking with a program now, or None."""
    agreed = standing.eligibility
    if agreed is None:
        return Refused("talk.not_set")
    if agreed.against or not agreed.fits:
        return Refused("talk.not_for_you")
    if at >= agreed.expires_at:
        return Refused("talk.expired", {"date": agreed.expires_at.date().isoformat()})
    if standing.is_minor and not _minor_may(agreed, at.date(), places):
        return Refused("talk.minor")
    if standing.wants_people:
        return Refused("talk.people_first")
    return None if standing.on_duty else Refused("talk.nobody_on_duty")


def minutes_of(written_at: Sequence[datetime]) -> int:
    """Minutes that somebody spent, from when they wrote; a gap counts as five at most.

    >>> from datetime import UTC
    >>> nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> minutes_of([nine, nine + timedelta(minutes=2), nine + timedelta(hours=4)])
    7
    """
    ordered = sorted(written_at)
    gaps = (later - earlier for earlier, later in pairwise(ordered))
    return int(sum((min(gap, _AT_MOST_BETWEEN) for gap in gaps), timedelta()).total_seconds() // 60)


def pace(caps: Caps, *, sitting: int, day: int, since_pause: int) -> Pace:
    """Where a person is, given minutes of this sitting, of this day, and since a break was last offered.

    >>> pace(Caps(), sitting=3, day=3, since_pause=3), pace(Caps(), sitting=30, day=30, since_pause=4)
    (<Pace.OPEN: 'open'>, <Pace.OVER: 'over'>)
    """
    left = min(caps.sitting - sitting, caps.day - day)
    if left <= 0:
        return Pace.OVER
    if left <= SOON:
        return Pace.SOON_OVER
    return Pace.PAUSE if since_pause >= caps.pause_after else Pace.OPEN


def _minor_may(agreed: Eligibility, on: date, places: frozenset[str]) -> bool:
    return agreed.guardian_agreed and speaks_of_minors(places, on=on)


def _within(minutes: int, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= minutes <= bounds[1]
