"""Times as transcripts write them, in seconds."""

from __future__ import annotations

import re
from typing import Final

CLOCK: Final = r"(?:[0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2}(?:[.,][0-9]{1,6})?"

_CLOCK: Final = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,2}):([0-9]{2})(?:[.,]([0-9]{1,6}))?")
_SECONDS: Final = re.compile(r"[0-9]{1,7}(?:[.,][0-9]{1,9})?")


def seconds_of(written: str) -> float | None:
    """Seconds from the start of the session, or None where it is no time.

    >>> seconds_of("01:02:03.5"), seconds_of("62:03"), seconds_of("12.25"), seconds_of("00:61")
    (3723.5, 3723.0, 12.25, None)
    """
    written = written.strip()
    if _SECONDS.fullmatch(written):
        return float(written.replace(",", "."))
    match = _CLOCK.fullmatch(written)
    if match is None:
        return None
    hours, minutes, seconds = int(match[1] or 0), int(match[2]), int(match[3])
    # Minutes past 59 are written where there is no hour ("75:10"); with an hour they are a slip.
    if seconds > 59 or (match[1] is not None and minutes > 59):
        return None
    return hours * 3600 + minutes * 60 + seconds + float(f"0.{match[4] or 0}")
