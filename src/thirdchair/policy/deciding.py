"""Who may say yes for a patient: the patient, or somebody in their place."""

from __future__ import annotations

from datetime import date
from typing import Final

OF_AGE: Final = 18
"""Years from which a person decides for themselves."""


def age_on(born: date, day: date) -> int:
    """Whole years of age on a day. Whoever was born on 29 February has a birthday on 1 March in other years.

    >>> age_on(date(2008, 5, 4), date(2026, 5, 3)), age_on(date(2008, 5, 4), date(2026, 5, 4))
    (17, 18)
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
