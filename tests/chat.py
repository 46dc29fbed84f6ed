"""A chat in memory: one patient, one model that says what a test wants, and what became of the turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from clinic import MODEL, MemoryClinic
from thirdchair.clients import ScriptedClient
from thirdchair.clients.protocol import Client
from thirdchair.gateway.chat import ChatRequest, House, Outcome, open_chat
from thirdchair.library.loading import shipped_library
from thirdchair.policy import Actor, Role
from thirdchair.records import Language, Message
from thirdchair.uses.answer_question.answering import Answerer

QUESTION = "What is cognitive behavioural therapy?"
CARD = "CARD: people who listen"
ANSWERER = Answerer(shipped_library(), today=date(2026, 3, 2))


def chat_clinic(**options: object) -> MemoryClinic:
    """A service whose patient agreed to answers, and asks by their own account."""
    clinic = MemoryClinic(use="answer_question", **options)
    clinic.actor = Actor("patient:1", Role.PATIENT)
    return clinic


@dataclass
class Held:
    """A turn that was held.

    Args:
        said: everything that was sent.
        pieces: as it was sent.
    """

    said: str
    pieces: list[str]
    outcome: Outcome
    asked: list[str] = field(default_factory=list)


def hold_chat(
    words: str | Iterable[Message],
    *,
    clinic: MemoryClinic | None = None,
    client: Client | None = None,
    pieces: Iterable[str] | None = None,
    **house_options: object,
) -> Held:
    """Holds one turn as a door does.

    Args:
        pieces: what the model says, as it comes; whole where it is None.
    """
    clinic = clinic or chat_clinic()
    own_words = clinic.actor.role is Role.PATIENT
    house = House(
        clinic=clinic,
        client=client,
        answerer=ANSWERER,
        card=lambda country, language: CARD,
        listed=["988"],
        names=("Marisol Quintero",),
    )
    request = ChatRequest(
        run="run-1",
        use="answer_question",
        method=client.name if client else "extractive",
        actor=clinic.actor.id,
        own_words=own_words,
        patient="patient:1",
        messages=(Message("user", words),) if isinstance(words, str) else tuple(words),
        language=Language.ENGLISH,
        country="GB",
    )
    request = replace(
        request, **{k: house_options.pop(k) for k in list(house_options) if hasattr(request, k)}
    )
    turn = open_chat(request, replace(house, **house_options))
    if turn.said is not None:
        return Held(turn.said, [turn.said], turn.outcome)
    assert turn.ask is not None and client is not None
    asked = [message.content for message in turn.ask.messages]
    sent = list(_driven(turn, pieces if pieces is not None else [client.answer(turn.ask).text]))
    return Held("".join(sent), sent, turn.outcome, asked)


def _driven(turn, pieces: Iterable[str]) -> Iterator[str]:
    for piece in pieces:
        yield from turn.released(piece)
        if turn.is_stopped:
            break
    yield turn.finish()


def model(*replies: str) -> ScriptedClient:
    """A registered model that says these."""
    return ScriptedClient(list(replies) or [""], name=MODEL)
