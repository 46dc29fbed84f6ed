"""Why a use asks for a measure, in the language of the screen; the definition of a use says it in English."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop

from thirdchair.evidence.requirement import Required
from thirdchair_web.core_sentences import translated

REASONS: Final = (
    gettext_noop("A sentence nobody can trace is a sentence nobody can check."),
    gettext_noop("A danger that was spoken of must be put before the reviewer."),
    gettext_noop("Affirmed, denied and not asked mean different care tomorrow."),
    gettext_noop("A reader who is shown the wrong pages is no better off than without them."),
    gettext_noop("A library that stays silent where it could help sends people elsewhere."),
    gettext_noop("What no page says must not be made to look as if one did."),
    gettext_noop("A dose or a diagnosis is for the person who knows the patient."),
    gettext_noop(
        "Who writes of intent, a plan or an attempt gets a person and never a leaflet; no interval ends at 1."
    ),
    gettext_noop("A letter is believed by people who never saw the patient."),
    gettext_noop("Whoever takes over care must not learn of a danger from the patient's file alone."),
    gettext_noop("What a draft leaves out must be put before the person who signs it."),
    gettext_noop("Some words have to come from a person, whoever finds it tempting to ask."),
)


def reason_in_words(requirement: Required) -> str:
    """The reason; one that nobody has listed here stays in English, and a test fails."""
    return translated(requirement.why, REASONS)
