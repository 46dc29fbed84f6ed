"""What becomes of dates: a token, a date moved by the session's secret number of weeks, or the year alone.

A moved date keeps every interval and every weekday of the session, and comes back when the text is revealed. A
date that cannot be moved with certainty becomes a token: a month and year, "the third of June", 03/04/2021 (which
is two different days on two continents). Generalising to the year cannot be turned back.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from thirdchair.records import Needs

_MONTHS: Final = tuple(date(2000, month, 1).strftime("%B") for month in range(1, 13))
_MONTH: Final = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR_ALONE: Final = re.compile(r"(?<!\d)(?:1[89]|20)\d{2}(?!\d)")
_WRITTEN: Final = (
    re.compile(
        rf"(?:the )?{_DAY}[ -]?(?:day )?(?:of )?{_MONTH}(?:,?[ -]?(?:of )?(?P<year>\d{{4}}))?", re.IGNORECASE
    ),
    re.compile(rf"{_MONTH}[ ]?(?:the )?{_DAY}(?:(?:,[ ]?|[ ]|,? of )(?P<year>\d{{4}}))?", re.IGNORECASE),
)
_ISO: Final = re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})")
_NUMERIC: Final = re.compile(r"(?P<one>\d{1,2})(?P<mark>[-/.])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4})")
_CHINESE: Final = re.compile(
    r"(?:(?P<year>\d{4})[ ]?年[ ]?)?(?P<month>\d{1,2})[ ]?月[ ]?(?P<day>\d{1,2})[ ]?(?P<mark>[日号])"
)
_SOME_YEAR: Final = 2001
_FEWEST_WEEKS: Final = 5
_MOST_WEEKS: Final = 52


class DateRule(StrEnum):
    """What a date becomes."""

    TOKEN = "token"  # noqa: S105 - a kind of rule, no secret
    SHIFT = "shift"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class DatePolicy:
    """The rule for one session's dates.

    Args:
        rule: token, shift or year.
        shift_days: how far dates move under SHIFT; a secret of the session, never sent and never in a log.
    """

    rule: DateRule = DateRule.TOKEN
    shift_days: int = 0

    @classmethod
    def shifted(cls) -> DatePolicy:
        """A policy that moves dates by a fresh secret: 5 to 52 whole weeks, back or forth."""
        weeks = _FEWEST_WEEKS + secrets.randbelow(_MOST_WEEKS - _FEWEST_WEEKS + 1)
        return cls(DateRule.SHIFT, shift_days=7 * weeks * secrets.choice((-1, 1)))

    @classmethod
    def for_needs(cls, needs: Needs) -> DatePolicy:
        """The policy for one session of a use, by what the use needs of dates."""
        rule = DateRule(needs.dates)
        return cls.shifted() if rule is DateRule.SHIFT else cls(rule)

    def __repr__(self) -> str:
        return f"DatePolicy({self.rule})"

    def replacement(self, original: str) -> str | None:
        """What stands for this date under the policy, or None where it needs a token.

        >>> DatePolicy(DateRule.SHIFT, shift_days=7).replacement("3rd of June 2021")
        'June 10, 2021'
        >>> DatePolicy(DateRule.YEAR).replacement("3rd of June 2021"), DatePolicy().replacement("2021-06-03")
        ('2021', None)
        """
        if self.rule is DateRule.SHIFT:
            return moved(original, self.shift_days)
        if self.rule is DateRule.YEAR:
            found = _YEAR_ALONE.search(original)
            return found[0] if found else None
        return None


def moved(original: str, days: int) -> str | None:
    """The date so many days later in the same manner of writing, or None where that is not certain.

    >>> moved("2021-06-28", 7), moved("25/12/2020", 14), moved("6月3日", 7), moved("03/04/2021", 7)
    ('2021-07-05', '08/01/2021', '6月10日', None)
    """
    try:
        return _moved(original.strip(), timedelta(days=days))
    except (ValueError, OverflowError):
        return None


def _moved(original: str, by: timedelta) -> str | None:
    for pattern in _WRITTEN:
        if (match := pattern.fullmatch(original)) and (month := _month(match["month"])):
            later = _day(match["year"], month, match["day"]) + by
            written = f"{_MONTHS[later.month - 1]} {later.day}"
            return f"{written}, {later.year}" if match["year"] else written
    if match := _ISO.fullmatch(original):
        later = _day(match["year"], int(match["month"]), match["day"]) + by
        return f"{later.year:04}{match['mark']}{later.month:02}{match['mark']}{later.day:02}"
    if match := _CHINESE.fullmatch(original):
        later = _day(match["year"], int(match["month"]), match["day"]) + by
        return f"{f'{later.year}年' if match['year'] else ''}{later.month}月{later.day}{match['mark']}"
    match = _NUMERIC.fullmatch(original)
    return _numeric(match, by) if match else None


def _numeric(match: re.Match[str], by: timedelta) -> str | None:
    one, two, mark = int(match["one"]), int(match["two"]), match["mark"]
    if one <= 12 and two <= 12 and one != two:
        return None
    day_first = one > 12
    later = _day(match["year"], two if day_first else one, str(one if day_first else two)) + by
    first, second = (later.day, later.month) if day_first else (later.month, later.day)
    return f"{first:02}{mark}{second:02}{mark}{later.year:04}"


def _day(year: str | None, month: int, day: str) -> date:
    return date(int(year) if year else _SOME_YEAR, month, int(day))


def _month(name: str) -> int:
    """The number of a month by its name or its first letters, or 0."""
    plain = name.casefold().rstrip(".")
    return next(
        (
            place
            for place, month in enumerate(_MONTHS, start=1)
            if len(plain) > 2 and month.casefold().startswith(plain[:4] if plain == "sept" else plain)
        ),
        0,
    )
