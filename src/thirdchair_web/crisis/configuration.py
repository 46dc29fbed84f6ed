"""The crisis protocol as it runs here, as plain values with one digest: what the published page is made from.

The digest is of the configuration and of nothing else, so it changes exactly when what is published changes.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any, Final

from django.conf import settings

from thirdchair import __version__
from thirdchair.crisis.clocks import BOUNDS
from thirdchair.crisis.protocol import OUTCOMES, PATIENT_MAY_END
from thirdchair.crisis.shipped import SHIPPED_DIGEST
from thirdchair.gateway.chat import ALERT_FROM
from thirdchair.measures.wilson import wilson
from thirdchair.records import Language
from thirdchair.safeguards.crisis import OTHER_DANGERS, PERSON_FROM_LEVEL
from thirdchair.trail.canonical import canonical
from thirdchair_web.crisis import duty

_WEIGHTS: Final = files("thirdchair.safeguards.crisis") / "weights"
HIGHEST_LEVEL: Final = 6


def configuration() -> dict[str, Any]:
    """What runs now: what is detected, how well, what happens then, and by when."""
    return {
        "software": __version__,
        "detects": {
            "levels": HIGHEST_LEVEL,
            "person_from_level": PERSON_FROM_LEVEL,
            "alert_from_level": ALERT_FROM,
            "other_dangers": [str(danger) for danger in OTHER_DANGERS],
            "languages": [str(language) for language in Language],
            "screen": _digest_of_screen(),
        },
        "figures": _figures(),
        "card": {"country": settings.THIRDCHAIR.country or None, "directory": SHIPPED_DIGEST},
        "clocks": asdict(duty.clocks()),
        "bounds": {name: list(bounds) for name, bounds in BOUNDS.items()},
        "next_is_called_after": "half",
        "last_resort": "everyone",
        "outcomes": dict(OUTCOMES),
        "patient_may_end": sorted(str(urgency) for urgency in PATIENT_MAY_END),
    }


def digest_of(held: dict[str, Any]) -> str:
    """SHA-256 of a configuration, as 64 hex digits."""
    return hashlib.sha256(canonical(held)).hexdigest()


@cache
def _digest_of_screen() -> str:
    digest = hashlib.sha256()
    for part in sorted(_WEIGHTS.iterdir(), key=lambda part: part.name):
        if part.is_file():
            digest.update(part.name.encode() + b"\n" + hashlib.sha256(part.read_bytes()).digest())
    return digest.hexdigest()


@cache
def _figures() -> list[dict[str, Any]]:
    """For each set of texts held out: how many of those that need a person at once are read so, how many raise any alert, and how
    many of the others are read so wrongly.

    In millionths, with the 95% Wilson interval, since a digest is made of whole numbers.
    """
    held_out = json.loads((_WEIGHTS / "held_out.json").read_text(encoding="utf-8"))
    return [
        {
            "language": language,
            "set": name,
            "found": _share(told["confusion"], needs=True, called_from=PERSON_FROM_LEVEL),
            "alerted": _share(told["confusion"], needs=True, called_from=ALERT_FROM),
            "false_alarms": _share(told["confusion"], needs=False, called_from=PERSON_FROM_LEVEL),
        }
        for language, sets in held_out.items()
        for name, told in sets.items()
        if "confusion" in told
    ]


def _share(confusion: list[list[int]], *, needs: bool, called_from: int) -> dict[str, int]:
    """The share read at a level or above, of the texts that need a person at once or of the others.

    Rows are what is so, columns what was read.
    """
    rows = confusion[PERSON_FROM_LEVEL:] if needs else confusion[:PERSON_FROM_LEVEL]
    called, n = sum(sum(row[called_from:]) for row in rows), sum(map(sum, rows))
    low, high = wilson(called, n)
    return {
        "of_a_million": _millionths(called / n),
        "low": _millionths(low),
        "high": _millionths(high),
        "n": n,
    }


def _millionths(share: float) -> int:
    return round(share * 1_000_000)
