"""The six parts of a safety plan, in this project's own words. What they ask about is what the field agrees on
(warning signs, coping alone, distraction, people to ask, services, a safer place); the wording is copied from no form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST_PART: Final = 2_000
"""Characters; six parts of this length still print, and a plan that is found in two taps is short."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name as stored, its heading on the plan, and what helps to fill it in."""

    name: str
    heading: str | Promise
    hint: str | Promise


PARTS: Final[tuple[Part, ...]] = (
    Part(
        "signs",
        _("How I notice that it gets bad"),
        _("Thoughts, moods, things I do, or things that happen. What comes first?"),
    ),
    Part(
        "alone",
        _("What I can do by myself"),
        _("Things that helped before, even for a few minutes. Anything that does no harm counts."),
    ),
    Part(
        "distraction",
        _("People and places that take my mind off it"),
        _("I do not have to tell anybody how I feel. Being there is enough."),
    ),
    Part(
        "people",
        _("People I can ask for help"),
        _("Name and number. It helps to ask them first if they want to be on this list."),
    ),
    Part(
        "services",
        _("Professionals and services"),
        _("My care team, my doctor, a crisis line, an emergency room. Name and number."),
    ),
    Part(
        "safer",
        _("How I make the place around me safer"),
        _("What could be put away or given to somebody for a while, and who helps me with that."),
    ),
)
