"""How many alerts there were in each year and what came of them: counted from the trail, and without any identifier.

A count of one to nine is withheld, and so is one that differs from the count of all alerts by one to nine: either would
point at a few people. Drills are not counted.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Final

from thirdchair_web.trail.models import TrailEntry

FEWEST: Final = 10
STEPS: Final = {
    "raised": "alert_raised",
    "accepted": "alert_acknowledged",
    "taken_over": "alert_taken_over",
    "outcome": "alert_closed",
    "followed_up": "alert_followed_up",
    "said_safe": "patient_said_safe",
}
"""What is counted, and the kind of entry that shows it. An alert counts once for each, in the year it was raised."""


@dataclass(frozen=True, slots=True)
class Year:
    """The counts of a year; None where a count is withheld."""

    year: int
    counts: dict[str, int | None]


def yearly_counts() -> list[Year]:
    """The counts of every year with an alert, the latest first."""
    found = recount()
    return [
        Year(year, {step: _shown(found[year][step], of=found[year]["raised"]) for step in STEPS})
        for year in sorted(found, reverse=True)
    ]


def recount() -> dict[int, Counter[str]]:
    """The same before anything is withheld: for this module and for tests, never for a page."""
    seen: dict[str, set[str]] = defaultdict(set)
    raised_in: dict[str, int] = {}
    entries = TrailEntry.objects.filter(kind__in=STEPS.values()).order_by("seq")
    for kind, at, text in entries.values_list("kind", "at", "facts"):
        facts = json.loads(text)
        if kind == "alert_raised" and facts["source"] != "drill":
            raised_in.setdefault(facts["alert"], int(at[:4]))
        seen[kind].add(facts["alert"])
    years: dict[int, Counter[str]] = defaultdict(Counter)
    for alert, year in raised_in.items():
        years[year].update(step for step, kind in STEPS.items() if alert in seen[kind])
    return dict(years)


def _shown(count: int, *, of: int) -> int | None:
    return None if 0 < count < FEWEST or 0 < of - count < FEWEST else count
