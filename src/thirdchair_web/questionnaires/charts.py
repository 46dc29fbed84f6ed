"""Charts as plain shapes, drawn by the server. Single points with what is known of their error; never a line of trend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

WIDTH: Final = 320
HEIGHT: Final = 170
LEFT, RIGHT, TOP, BOTTOM = 34, 12, 12, 26


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of one day; `low` and `high` where it would lie had nothing been left out."""

    day: date
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A point, with the ends of its whisker; all in units of the picture."""

    x: float
    y: float
    y_low: float
    y_high: float

    @property
    def has_whisker(self) -> bool:
        """Whether the value is not known exactly."""
        return self.y_low != self.y_high


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture 320 by 170 units.

    Args:
        name: unique on the page. title, about: in words, for those who do not see it.
        marks: the points. ticks: (y, label). days: (x, label) of the first and the last day.
        chance: (y, height) of the band around the first value in which a difference may be chance, or None.
    """

    name: str
    title: str
    about: str
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, date], ...]
    chance: tuple[float, float] | None = None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT

    @property
    def across(self) -> int:
        """The width of what is drawn on."""
        return self.right - self.left

    @property
    def whiskers(self) -> bool:
        """Whether any value is not known exactly."""
        return any(mark.has_whisker for mark in self.marks)


def draw(
    name: str,
    readings: Sequence[Reading],
    *,
    lowest: float,
    highest: float,
    title: str,
    about: str,
    by_chance: float | None = None,
) -> Chart | None:
    """The chart of some values on a scale from lowest to highest; None where there is no value.

    Args:
        by_chance: how far two values may differ by chance, or None where nobody has said.
    """
    if not readings:
        return None
    ordered = sorted(readings, key=lambda one: one.day)
    first, last = ordered[0].day, ordered[-1].day
    span = max(1, (last - first).days)

    def across(day: date) -> float:
        share = 0.5 if first == last else (day - first).days / span
        return round(LEFT + 8 + share * (WIDTH - LEFT - RIGHT - 16), 1)

    def up(value: float) -> float:
        share = (min(max(value, lowest), highest) - lowest) / (highest - lowest)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    parts = next(parts for parts in (4, 3, 1) if parts == 1 or (highest - lowest) % parts == 0)
    steps = [lowest + (highest - lowest) * part / parts for part in range(parts + 1)]
    chance = None
    if by_chance is not None:
        top, foot = up(ordered[0].value + by_chance), up(ordered[0].value - by_chance)
        chance = (top, round(foot - top, 1))
    ends = [first] if first == last else [first, last]
    return Chart(
        name,
        title,
        about,
        tuple(Mark(across(one.day), up(one.value), up(one.low), up(one.high)) for one in ordered),
        tuple((up(step), f"{step:g}") for step in steps),
        tuple((across(day), day) for day in ends),
        chance,
    )
