"""The crisis card as a page of a patient's, with the truth about who was told and about what became of their words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from thirdchair.gateway.chat import TOLD
from thirdchair_web.crisis.card import crisis_card
from thirdchair_web.crisis.hearing import Heard
from thirdchair_web.governance.words import reader_language


def who_was_told(alerted: bool | None) -> str:
    """Whether the team knows, in a sentence that is true when it is shown; None where there was nothing to tell."""
    if alerted is None:
        return _("Nobody has been told by this page. You can reach somebody here.")
    return TOLD[alerted][reader_language()]


def card_page(
    request: HttpRequest, heard: Heard, *, became: str, go_on: str, status: int | None = None
) -> HttpResponse:
    """The card in the place of the page that was asked for.

    Args:
        became: what became of what was written.
        go_on: address of the page to go back to.
        status: of the answer; None for 200, or 503 where the words could not be checked.
    """
    context = {
        "card": crisis_card(None, reader_language()),
        "told": who_was_told(heard.alerted),
        "alerted": heard.alerted,
        "became": became,
        "go_on": go_on,
    }
    return render(
        request, "crisis/card_page.html", context, status=status or (200 if heard.could_hear else 503)
    )
