"""What a carer writes, heard for danger to themselves and to whom they write about."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from thirdchair_web.accounts.models import User
from thirdchair_web.carers.actions import raise_help
from thirdchair_web.crisis.hearing import Heard, hear_for

TOLD_OF_CARER: Final = {
    True: _(
        "The team here has been told that you may need help. They do not see what you wrote. We do not know when someone answers. "
        "If you need someone now, use the numbers below."
    ),
    False: _("We could not tell the team just now. Please use the numbers below."),
}
"""Stands before the card, and says truthfully whether anyone knows."""


def hear_carer(words: str, carer: User) -> Heard:
    """A carer's words, screened; a call for help to themselves is durable before it returns.

    Danger to somebody else shows the card too, and raises nothing: no record is opened here by a name that somebody wrote.
    """
    heard = hear_for(words, lambda alert, _said: raise_help(alert.level, carer=carer))
    return Heard(heard.shows_card or heard.of_another, heard.alerted, heard.could_hear, heard.of_another)
