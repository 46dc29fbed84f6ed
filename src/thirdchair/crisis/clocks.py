"""How fast a person must answer: four urgencies, their clocks, and the bounds within which a service sets them.

The clocks are data, set by the clinical safety officer; the bounds are code. A service may be faster than a bound and
never slower. Source of the bounds: our reading of crisis practice (docs/decisions/0034); no study fixes them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum
from types import MappingProxyType
from typing import Final

BOUNDS: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        "imminent_minutes": (2, 5),
        "high_minutes": (4, 30),
        "moderate_hours": (1, 12),
        "low_until_hour": (9, 18),
        "outcome_hours": (1, 24),
        "follow_up_hours": (1, 72),
    }
)
"""For each clock the least and the most it may be set to."""


class Urgency(StrEnum):
    """How soon a person must answer."""

    IMMINENT = "imminent"
    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"


URGENCIES: Final = (Urgency.IMMINENT, Urgency.HIGH, Urgency.MODERATE, Urgency.LOW)
"""The most urgent first."""


def urgency_of(level: int, dangers: Collection[str] = ()) -> Urgency:
    """How urgent a level of the ladder is (0 to 6). Another danger than suicide is never less than high.

    >>> [str(urgency_of(level)) for level in range(7)]
    ['low', 'low', 'low', 'moderate', 'high', 'imminent', 'imminent']
    >>> urgency_of(0, ["abuse"]) is Urgency.HIGH
    True
    """
    if level >= 5:
        return Urgency.IMMINENT
    if level == 4 or any(danger != "suicide" for danger in dangers):
        return Urgency.HIGH
    return Urgency.MODERATE if level == 3 else Urgency.LOW


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of a service.

    Args:
        imminent_minutes: to an answer where danger is imminent, 2 to 5.
        high_minutes: to an answer where it is high, 4 to 30.
        moderate_hours: the longest to an answer where it is moderate, 1 to 12; the end of the running shift comes first.
        low_until_hour: the hour of the next working day by which a low one is answered, 9 to 18.
        outcome_hours: from the signal to the written outcome, 1 to 24.
        follow_up_hours: from the outcome to the follow-up contact, 1 to 72.

    Raises:
        ValueError: a clock is outside its bounds, or a more urgent one is slower.
    """

    imminent_minutes: int = 5
    high_minutes: int = 30
    moderate_hours: int = 12
    low_until_hour: int = 17
    outcome_hours: int = 24
    follow_up_hours: int = 72

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            least, most = BOUNDS[name]
            if not least <= value <= most:
                raise ValueError(f"{name} is from {least} to {most}")
        if self.imminent_minutes > self.high_minutes:
            raise ValueError("imminent danger is not answered later than high danger")

    @property
    def outcome_within(self) -> timedelta:
        """From the signal to the written outcome."""
        return timedelta(hours=self.outcome_hours)

    @property
    def follow_up_within(self) -> timedelta:
        """From the outcome to the follow-up contact."""
        return timedelta(hours=self.follow_up_hours)


def answer_by(
    urgency: Urgency, at: datetime, clocks: Clocks, *, shift_ends: datetime | None, zone: tzinfo
) -> datetime:
    """By when a person must have answered.

    Args:
        at: when they are called.
        shift_ends: when the shift that is running ends; None where nobody is on duty.
        zone: of the service, for its working days (Monday to Friday; holidays are not known).
    """
    if urgency is Urgency.IMMINENT:
        return at + timedelta(minutes=clocks.imminent_minutes)
    soon = at + timedelta(minutes=clocks.high_minutes)
    if urgency is Urgency.HIGH:
        return soon
    if urgency is Urgency.LOW:
        return _next_working_day(at, clocks.low_until_hour, zone)
    longest = at + timedelta(hours=clocks.moderate_hours)
    return longest if shift_ends is None else max(soon, min(longest, shift_ends))


def _next_working_day(at: datetime, hour: int, zone: tzinfo) -> datetime:
    day = at.astimezone(zone).date() + timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)
