"""A diary as charts and in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from thirdchair_web.questionnaires.charts import Chart, Reading, draw
from thirdchair_web.questionnaires.diary import Day

SHOWN_DAYS = 60


def charts_of(days: Sequence[Day]) -> list[Chart]:
    """Mood and hours of sleep, of the newest days; a chart only where there is something to show."""
    recent = list(days)[:SHOWN_DAYS]
    moods = [Reading(one.day, one.mood, one.mood, one.mood) for one in recent]
    slept = [
        Reading(one.day, one.sleep_hours, one.sleep_hours, one.sleep_hours)
        for one in recent
        if one.sleep_hours is not None
    ]
    made = [
        draw("mood", moods, lowest=0, highest=10, title=_("Mood, 0 to 10"), about=_about(moods)),
        draw(
            "sleep",
            slept,
            lowest=0,
            highest=next(top for top in (12, 16, 20, 24) if all(one.value <= top for one in slept)),
            title=_("Sleep, in hours"),
            about=_about(slept),
        ),
    ]
    return [one for one in made if one is not None]


def _about(readings: Sequence[Reading]) -> str:
    """What the chart shows, in words, and no more than that."""
    if not readings:
        return ""
    values = [one.value for one in readings]
    newest, oldest = readings[0], readings[-1]
    return ngettext(
        "%(number)s day, %(newest)s: %(latest)s.",
        "%(number)s days, from %(oldest)s to %(newest)s. The lowest was %(low)s, the highest %(high)s, the latest %(latest)s.",
        len(values),
    ) % {
        "number": len(values),
        "oldest": date_format(oldest.day, "DATE_FORMAT"),
        "newest": date_format(newest.day, "DATE_FORMAT"),
        "low": f"{min(values):g}",
        "high": f"{max(values):g}",
        "latest": f"{newest.value:g}",
    }
