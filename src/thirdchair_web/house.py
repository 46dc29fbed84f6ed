"""What a chat is answered with at this service: transactions, the library, the crisis card, the directory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cache
from threading import Lock, RLock
from typing import Final

from django.conf import settings

from thirdchair.clients.protocol import Client
from thirdchair.crisis import card_text
from thirdchair.gateway import Alert
from thirdchair.gateway.chat import House
from thirdchair.library.loading import shipped_library
from thirdchair.policy import Moment
from thirdchair.records import Language
from thirdchair.trail.chain import Entry
from thirdchair.trail.event import Event, EventKind
from thirdchair.uses.answer_question.answering import Answerer
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.crisis import card
from thirdchair_web.crisis.actions import raise_chat_alert
from thirdchair_web.encounters.models import Patient
from thirdchair_web.prepared import Prepared
from thirdchair_web.review.clinic import moment_of
from thirdchair_web.trail.durable import synced_together
from thirdchair_web.trail.store import anchor, append_all

_PATIENT: Final = Prepared(lambda ref: Patient.objects.filter(pk=ref), str)
_ACCOUNT: Final = Prepared(lambda number: User.objects.filter(pk=number), int)
_TURNSTILE: Final = RLock()
_OPENING: Final = Lock()
_ANCHORING: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="anchor")


class ChatDesk:
    """One transaction of one turn."""

    def __init__(self, patient: Patient, actor: User, *, written: Callable[[], None]) -> None:
        self._patient = patient
        self._actor = actor
        self._written = written
        self.events: list[Event] = []

    def moment(self) -> Moment:
        """Everything policy rests on, read now."""
        (patient,), (actor,) = _PATIENT(self._patient.pk), _ACCOUNT(self._actor.pk)
        return moment_of(patient, actor=actor)

    def record(self, event: Event) -> None:
        """Appends to the trail, with what else this transaction records, before it ends."""
        self._written()
        self.events.append(event)

    def raise_alert(self, alert: Alert, said: str) -> None:
        """Keeps the alert with the patient's words."""
        self._written()
        raise_chat_alert(alert, said, patient=self._patient)


class ChatClinic:
    """Transactions for one patient and one account."""

    def __init__(self, patient: Patient, actor: User) -> None:
        self._patient = patient
        self._actor = actor

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
                desk = ChatDesk(self._patient, self._actor, written=written)
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
    return House(
        clinic=ChatClinic(patient, actor),
        client=client,
        answerer=answerer(),
        card=crisis_card,
        listed=card.listed(),
        names=(patient.name,) if patient.erased_at is None else (),
        by=settings.THIRDCHAIR.chat_release,
    )


def answerer() -> Answerer:
    """Answers from the library that is shipped; opened once, and whoever comes meanwhile waits."""
    with _OPENING:
        return _opened()


@cache
def _opened() -> Answerer:
    return Answerer(shipped_library(), today=now().date())


def crisis_card(country: str | None, language: Language) -> str:
    """The card as a reply in a chat."""
    return card_text(card.crisis_card(country, language), most=6)
