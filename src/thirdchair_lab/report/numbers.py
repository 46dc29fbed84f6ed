"""Numbers as they are read: never one without its interval."""

from __future__ import annotations

from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.records import Language
from thirdchair_lab.report.wording import UNITS, WORDS


def number(value: float) -> str:
    """Three significant digits, and no more places than help.

    >>> number(0.98765), number(12.3456), number(1234.5), number(0.0)
    ('0.988', '12.3', '1234', '0')
    """
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def estimate_in_words(found: Estimate | Unscored, language: Language) -> str:
    """An estimate with its interval and unit, or why there is none."""
    if isinstance(found, Unscored):
        return WORDS[language]["unscored"].format(reason=found.reason)
    interval = f"{number(found.low)}–{number(found.high)}"
    unit = UNITS.get(found.unit, found.unit) if language is Language.CHINESE else found.unit
    return WORDS[language]["estimated"].format(value=number(found.value), interval=interval, unit=unit)
