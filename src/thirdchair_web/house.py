"""What a chat is answered with at this service: transactions, the method, the library, the crisis card, the directory."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cache
from threading import Lock, RLock
from typing import Final

from django.conf import settings

from thirdchair.clients.protocol import Client
from thirdchair.crisis import card_text
from thirdchair.gateway import EXTRACTIVE, Alert
from thirdchair.gateway.chat import House
from thirdchair.library.loading import shipped_library
from thirdchair.policy import Moment, UseTerms, refusals
from thirdchair.records import Language
from thirdchair.trail.chain import Entry
from thirdchair.trail.event import Event, EventKind
from thirdchair.uses import registered_use
from thirdchair.uses.answer_question.answering import Answerer
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.crisis import card
from thirdchair_web.crisis.actions import raise_chat_alert
from thirdchair_web.crisis.hearing import KeepAlert
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.methods import clients
from thirdchair_web.prepared import Prepared
from thirdchair_web.questionnaires.wording import wording_of_forms
from thirdchair_web.review.clinic import moment_of
from thirdchair_web.trail.durable import synced_together
from thirdchair_web.trail.store import anchor, append_all

_PATIENT: Final = Prepared(lambda ref: Patient.objects.filter(pk=ref), str)
_ACCOUNT: Final = Prepared(lambda number: User.objects.filter(pk=number), int)
_log: Final = logging.getLogger(__name__)
_TURNSTILE: Final = RLock()
_OPENING: Final = Lock()
_OF_MODELS: Final = ("clearance.", "model.", "switch.method_stopped")
"""Rules that close one method, where another may be open."""
_ANCHORING: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="anchor")


class ChatDesk:
    """One transaction of one turn: about a patient, or about nobody in care.

    Args:
        keep_alert: makes an alert durable, with the words that led to it, in this transaction.
        written: called before anything is written.
    """

    def __init__(
        self,
        patient: Patient | None,
        actor: User,
        *,
        keep_alert: KeepAlert,
        written: Callable[[], None],
    ) -> None:
        self._patient = patient
        self._actor = actor
        self._keep_alert = keep_alert
        self._written = written
        self.events: list[Event] = []

    def moment(self) -> Moment:
        """Everything policy rests on, read now."""
        (actor,) = _ACCOUNT(self._actor.pk)
        if self._patient is None:
            return moment_of(None, actor=actor)
        (patient,) = _PATIENT(self._patient.pk)
        return moment_of(patient, actor=actor)

    def record(self, event: Event) -> None:
        """Appends to the trail, with what else this transaction records, before it ends."""
        self._written()
        self.events.append(event)

    def raise_alert(self, alert: Alert, said: str) -> None:
        """Keeps the alert."""
        self._written()
        self._keep_alert(alert, said)


class ChatClinic:
    """Transactions for one account, about one patient or nobody in care."""

    def __init__(self, patient: Patient | None, actor: User, *, keep_alert: KeepAlert) -> None:
        self._patient = patient
        self._actor = actor
        self._keep_alert = keep_alert

    @contextmanager
    def transaction(self) -> Iterator[ChatDesk]:
        """A transaction; those of one process wait for each other here, in order, not in the database's sleep.

        They wait for the disk together: the next begins as soon as this one is committed. Its entries are on the disk when
        it ends. Their anchor is too, but for a question to a model: that one is written while the model is asked, and the
        reply's anchor, which is waited for, vouches for it as well.
        """
        committed = list[Entry]()
        with ExitStack() as turn:
            turn.enter_context(_TURNSTILE)
            with synced_together(on_commit=turn.close) as written:
                desk = ChatDesk(self._patient, self._actor, keep_alert=self._keep_alert, written=written)
                yield desk
                if desk.events:
                    append_all(desk.events, committed=committed.append)
        for entry in committed:
            if entry.event.kind is EventKind.MODEL_CALLED:
                _ANCHORING.submit(anchor, entry)
            else:
                anchor(entry)


def house_for(patient: Patient, actor: User, client: Client | None) -> House:
    """What a turn for this patient works with."""
    clinic = ChatClinic(
        patient, actor, keep_alert=lambda alert, said: raise_chat_alert(alert, said, patient=patient)
    )
    return _house(clinic, client, names=(patient.name,) if patient.erased_at is None else ())


def house_about_nobody(actor: User, client: Client | None, *, keep_alert: KeepAlert) -> House:
    """What a turn about general matters works with: no patient, so no record and no words under a patient's key.

    Args:
        keep_alert: makes a signal about the account itself durable.
    """
    return _house(ChatClinic(None, actor, keep_alert=keep_alert), client)


def _house(clinic: ChatClinic, client: Client | None, names: tuple[str, ...] = ()) -> House:
    return House(
        clinic=clinic,
        client=client,
        answerer=_answerer_if_it_opens(),
        card=crisis_card,
        listed=card.listed(),
        names=names,
        by=settings.THIRDCHAIR.chat_release,
        forms=wording_of_forms(),
    )


def answerer() -> Answerer:
    """Answers from the library that is shipped; opened once, and whoever comes meanwhile waits."""
    with _OPENING:
        return _opened()


def _answerer_if_it_opens() -> Answerer | None:
    """None where the library cannot be read: then the gateway answers nothing, and shows the card."""
    try:
        return answerer()
    except Exception as error:  # noqa: BLE001 - a person in crisis is not turned away for a broken file
        _log.error("the library cannot be opened: %s", type(error).__name__)
        return None


@cache
def _opened() -> Answerer:
    return Answerer(shipped_library(), today=now().date())


def crisis_card(country: str | None, language: Language) -> str:
    """The card as a reply in a chat."""
    return card_text(card.crisis_card(country, language), most=6)


def best_method(use: str, language: Language, moment: Moment) -> str:
    """The first model that every rule opens, else the extractive method.

    Where the use has none, a model that is cleared: then the reason told is the one that is left, such as consent.
    """
    registered = registered_use(use)
    if registered is None or not clients():
        return EXTRACTIVE
    closed_by = {name: _rules(registered.terms, name, language, moment) for name in clients()}
    open_ones = [name for name, rules in closed_by.items() if not rules]
    cleared = [
        name for name, rules in closed_by.items() if not any(rule.startswith(_OF_MODELS) for rule in rules)
    ]
    return next(iter(open_ones or (cleared if registered.model_only else [])), EXTRACTIVE)


def _rules(terms: UseTerms, method: str, language: Language, moment: Moment) -> list[str]:
    return [one.rule for one in refusals(terms, method=method, language=str(language), moment=moment)]
