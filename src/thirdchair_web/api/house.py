"""What a chat is answered with at this service: transactions, the library, the crisis card, the directory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import RLock
from typing import Final

from django.conf import settings
from django.db import transaction

from thirdchair.clients.protocol import Client
from thirdchair.crisis import card_text
from thirdchair.gateway import Alert
from thirdchair.gateway.chat import House
from thirdchair.library.loading import shipped_library
from thirdchair.policy import Moment
from thirdchair.records import Language
from thirdchair.trail.event import Event
from thirdchair.uses.answer_question.answering import Answerer
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.crisis import card
from thirdchair_web.crisis.actions import raise_chat_alert
from thirdchair_web.encounters.models import Patient
from thirdchair_web.review.clinic import moment_of
from thirdchair_web.trail.store import append

_TURNSTILE: Final = RLock()


class ChatDesk:
    """One transaction of one turn."""

    def __init__(self, patient: Patient, actor: User) -> None:
        self._patient = patient
        self._actor = actor

    def moment(self) -> Moment:
        """Everything policy rests on, read now."""
        return moment_of(Patient.objects.get(pk=self._patient.pk), actor=User.objects.get(pk=self._actor.pk))

    def record(self, event: Event) -> None:
        """Appends to the trail."""
        append(event)

    def raise_alert(self, alert: Alert, said: str) -> None:
        """Keeps the alert with the patient's words."""
        raise_chat_alert(alert, said, patient=self._patient)


class ChatClinic:
    """Transactions for one patient and one account."""

    def __init__(self, patient: Patient, actor: User) -> None:
        self._patient = patient
        self._actor = actor

    @contextmanager
    def transaction(self) -> Iterator[ChatDesk]:
        """A transaction; those of one process wait for each other here, in order, not in the database's sleep."""
        with _TURNSTILE, transaction.atomic():
            yield ChatDesk(self._patient, self._actor)


def house_for(patient: Patient, actor: User, client: Client | None) -> House:
    """What a turn for this patient works with."""
    return House(
        clinic=ChatClinic(patient, actor),
        client=client,
        answerer=answerer(),
        card=crisis_card,
        listed=card.listed(),
        names=(patient.name,) if patient.erased_at is None else (),
        by=settings.THIRDCHAIR.chat_release,
    )


@cache
def answerer() -> Answerer:
    """Answers from the library that is shipped; opened once."""
    return Answerer(shipped_library(), today=now().date())


def crisis_card(country: str | None, language: Language) -> str:
    """The card as a reply in a chat."""
    return card_text(card.crisis_card(country, language), most=6)
