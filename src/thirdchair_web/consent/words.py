"""What consent is waiting for, as the patient reads it on their own pages."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WAITING_FOR: Final[dict[str, str | Promise]] = {
    "consent.guardian_needed": _(
        "A parent or guardian must say yes too. Your team will ask them. Until then, AI is not used for this."
    ),
    "consent.own_word_needed": _("Somebody said yes for you. It counts only when you say yes too."),
    "consent.came_of_age": _("You are 18 now, so you decide this yourself. The yes from before has ended."),
    "consent.representative_needed": _(
        "For now somebody else decides this with you. You can always say no. Your team can tell you more."
    ),
    "consent.capacity_back": _(
        "You decide this yourself again. The yes that somebody gave for you has ended."
    ),
    "consent.capacity_review": _(
        "Your team will talk with you about this first. Until then, AI is not used for it."
    ),
    "consent.authority_over": _("The yes that somebody gave for you has ended."),
    "consent.expired": _("Your yes has ended by itself. You can answer again."),
    "consent.other_text": _("What AI does here has changed since you said yes. Please read it again."),
    "consent.other_method": _("What AI does here has changed since you said yes. Please read it again."),
    "consent.not_yet": _("Your yes starts after the time to think that we give you."),
}
"""By rule: why a yes that was given does not count now."""
