"""What a patient or a carer wrote on a form that no view takes, because it expired or they were signed out meanwhile: it is heard
for danger all the same, and danger is answered with the card."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from thirdchair_web.accounts.models import User
from thirdchair_web.carers.hearing import TOLD_OF_CARER, hear_carer
from thirdchair_web.crisis.card import crisis_card
from thirdchair_web.crisis.hearing import NOTHING_SAID, Heard, hear
from thirdchair_web.crisis.shown import who_was_told
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.words import reader_language

WRITTEN_IN: Final = ("/my/", "/carers/", "/harm/report/")
"""Where people in care and those close to them write in their own words."""
_log: Final = logging.getLogger(__name__)


class HearsWhoIsTurnedAway:
    """Hears what was sent by somebody whose session ended while they wrote. It stands around what ends sessions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        writer = request.user if is_written(request) and request.user.is_authenticated else None
        answer = self.get_response(request)
        if writer is None or getattr(request, "reached_a_view", False):
            return answer
        return card_if_in_danger(request, writer) or answer

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Notes that a view takes it."""
        request.reached_a_view = True


def is_written(request: HttpRequest) -> bool:
    """Whether somebody sends a form on which people write in their own words."""
    return request.method == "POST" and request.path.startswith(WRITTEN_IN)


def card_if_in_danger(request: HttpRequest, writer: User) -> HttpResponse | None:
    """The crisis card where what was sent speaks of danger, or could not be heard; None where it does not."""
    try:
        heard = _heard(request, writer)
    except Exception as error:  # noqa: BLE001 - whatever broke, a person is shown the card, and no words are told on
        _log.error("a form that was turned away could not be heard: %s", type(error).__name__)
        heard = Heard(shows_card=True, alerted=False, could_hear=False)
    if not heard.shows_card:
        return None
    is_carer = not writer.is_patient and heard.alerted is not None
    context = {
        "card": crisis_card(None, reader_language()),
        "told": TOLD_OF_CARER[heard.alerted] if is_carer else who_was_told(heard.alerted),
    }
    return render(request, "errors/turned_away.html", context, status=403)


def _heard(request: HttpRequest, writer: User) -> Heard:
    words = _words(request)
    if not words or writer.is_staff_member:
        return NOTHING_SAID
    if not writer.is_patient:
        return hear_carer(words, writer)
    person = Patient.objects.filter(account=writer, erased_at=None).first()
    return hear(words, patient=person) if person else NOTHING_SAID


def _words(request: HttpRequest) -> str:
    """Everything that was sent but the numbers of forms."""
    sent = [
        value for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values
    ]
    return "\n".join(value for value in sent if value.strip() and not _is_number(value))


def _is_number(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return value.strip().isdecimal()
    return True
