"""What a governed turn of a conversation works with at this service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from thirdchair.clients.protocol import Client
from thirdchair.crisis import card_text
from thirdchair.gateway import EXTRACTIVE, Alert
from thirdchair.gateway.conversing import CONVERSE, TalkHouse
from thirdchair.policy import Cleared, Moment, Refused, decide
from thirdchair.policy.conversing import Standing, talk_refusal
from thirdchair.records import Language
from thirdchair.trail.event import Event
from thirdchair.uses import USES
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.consent.preferences import wants_people
from thirdchair_web.crisis import card, duty
from thirdchair_web.crisis.actions import raise_chat_alert
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.methods import clearances, clients
from thirdchair_web.questionnaires.wording import wording_of_forms
from thirdchair_web.review.clinic import moment_of
from thirdchair_web.talk.models import TalkEligibility
from thirdchair_web.trail.store import append


class TalkDesk:
    """One transaction of one turn."""

    def __init__(self, patient: Patient, actor: User) -> None:
        self._patient = patient
        self._actor = actor

    def moment(self) -> Moment:
        """Everything policy rests on, read now."""
        return moment_of(
            Patient.objects.get(pk=self._patient.pk),
            actor=User.objects.get(pk=self._actor.pk),
            words_of="patient",
        )

    def standing(self) -> Standing:
        """What holds for this patient's conversations, read now."""
        return standing_of(Patient.objects.get(pk=self._patient.pk))

    def record(self, event: Event) -> None:
        """Appends to the trail."""
        append(event)

    def raise_alert(self, alert: Alert, said: str) -> None:
        """Keeps the alert with the patient's words."""
        raise_chat_alert(alert, said, patient=self._patient)


class TalkClinic:
    """Transactions for one patient and their account."""

    def __init__(self, patient: Patient, actor: User) -> None:
        self._patient = patient
        self._actor = actor

    @contextmanager
    def transaction(self) -> Iterator[TalkDesk]:
        """A transaction; what was done inside it is undone if the block raises."""
        with transaction.atomic():
            yield TalkDesk(self._patient, self._actor)


def house_for(patient: Patient, actor: User, client: Client | None) -> TalkHouse:
    """What a turn for this patient works with."""
    return TalkHouse(
        clinic=TalkClinic(patient, actor),
        client=client,
        card=crisis_card,
        listed=card.listed(),
        names=(patient.name,) if patient.erased_at is None else (),
        places=settings.THIRDCHAIR.law_places,
        forms=wording_of_forms(),
    )


def standing_of(patient: Patient) -> Standing:
    """What a clinician said of this patient, their age, who is on duty, and what they wish for; read now."""
    latest = TalkEligibility.objects.filter(patient=patient).first()
    at = now()
    return Standing(
        eligibility=latest.value if latest else None,
        age=patient.age_on(localtime(at).date()),
        on_duty=isinstance(duty.gate(at), duty.Open),
        wants_people=wants_people(patient.ref),
    )


def closed_by(patient: Patient, actor: User, language: Language) -> Refused | None:
    """The first rule that closes talk for this patient now, or None. It is asked again with every message."""
    moment = moment_of(patient, actor=actor, words_of="patient")
    decision = decide(
        USES[CONVERSE].terms, method=method_for(language), language=str(language), moment=moment
    )
    if isinstance(decision, Refused):
        return decision
    return talk_refusal(standing_of(patient), at=moment.at, places=moment.places)


def method_for(language: Language) -> str:
    """The first model that is cleared in this language, else any, else none: policy then says what is missing."""
    known = clearances()
    for name in clients():
        if isinstance(known.get((CONVERSE, name, str(language))), Cleared):
            return name
    return next(iter(clients()), EXTRACTIVE)


def crisis_card(country: str | None, language: Language) -> str:
    """The card in words."""
    return card_text(card.crisis_card(country, language), most=6)
