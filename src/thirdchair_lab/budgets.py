"""Budgets as people write them: "30m", "2h", "500 calls"."""

from __future__ import annotations

import re
from typing import Final

_UNITS: Final = {"s": 1.0, "m": 60.0, "h": 3600.0}
_TIME: Final = re.compile(r"(\d+(?:\.\d+)?)\s*([smh])")


def seconds_in(text: str) -> float:
    """A time as seconds.

    Raises:
        ValueError: it is none.

    >>> seconds_in("30m"), seconds_in("1h 15m"), seconds_in("90s")
    (1800.0, 4500.0, 90.0)
    """
    compact = text.strip().lower()
    found = list(_TIME.finditer(compact))
    if not found or _TIME.sub("", compact).strip():
        raise ValueError(f"{text!r} is no time. Write it as 30m, 2h or 1h 15m.")
    return sum(float(match[1]) * _UNITS[match[2]] for match in found)
