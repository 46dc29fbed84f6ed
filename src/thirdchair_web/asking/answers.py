"""One question, put to the governed chat and brought back in pieces that a page can show, each with where it stands."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal
from uuid import uuid4

from django.urls import reverse

from thirdchair.errors import ThirdchairError
from thirdchair.gateway.chat import ChatKind, ChatRequest, House, Turn, open_chat
from thirdchair.language.telling import language_of
from thirdchair.library.loading import shipped_library
from thirdchair.policy import Refused, refusals
from thirdchair.policy.decision import UseRefused
from thirdchair.records import Finish, Language, Message
from thirdchair.uses import USES
from thirdchair.uses.answer_question.wording import INSTEAD
from thirdchair_web.accounts.models import User
from thirdchair_web.crisis.hearing import Heard, KeepAlert, hear, hear_for
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.methods import clients
from thirdchair_web.governance.words import reader_language
from thirdchair_web.house import best_method, house_about_nobody, house_for
from thirdchair_web.review.clinic import moment_of

USE: Final = "answer_question"
Kind = Literal["answer", "abstained", "disclosure", "card", "closed", "broken"]
_SHOWN: Final[Mapping[ChatKind, Kind]] = {
    ChatKind.ANSWER: "answer",
    ChatKind.ABSTAINED: "abstained",
    ChatKind.DISCLOSURE: "disclosure",
    ChatKind.CARD: "card",
    ChatKind.STOPPED: "card",
}
_MARK: Final = re.compile(r"\s*\[([^\[\]\n]{1,200})\]")
_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the library: the page's and the passage's title, and an address that opens there."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Sentences and the passages they stand in, none where a rule said them."""

    text: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Replied:
    """What a question was met with.

    Args:
        to_read: further places worth reading.
        notices: to be shown with it.
        level: rung of the crisis screen, 0 to 6.
        alerted: whether the team was told; None where there was nothing to tell.
        refused: why the use is closed, where it is.
        method: by which the answer was made.
    """

    kind: Kind
    language: Language
    pieces: tuple[Piece, ...] = ()
    to_read: tuple[Place, ...] = ()
    notices: tuple[str, ...] = ()
    level: int = 0
    alerted: bool | None = None
    refused: Refused | None = None
    method: str = ""

    @property
    def has_no_source(self) -> bool:
        """Whether it is left to a person because no passage answers it, rather than by a rule of its own."""
        return self.kind == "abstained" and not {piece.text for piece in self.pieces}.isdisjoint(
            [INSTEAD[self.language]["no_support"]]
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values, as they are kept."""
        return {
            "kind": self.kind,
            "method": self.method,
            "notices": list(self.notices),
            "pieces": [
                {"text": piece.text, "places": [[one.title, one.address] for one in piece.places]}
                for piece in self.pieces
            ],
        }


def closed_by(person: Patient | None, actor: User) -> tuple[Refused, ...]:
    """Every rule that keeps questions of this account closed now, in the language of its pages."""
    language, moment = reader_language(), moment_of(person, actor=actor)
    method = best_method(USE, language, moment)
    return refusals(USES[USE].terms, method=method, language=str(language), moment=moment)


def ask(
    question: str, *, person: Patient | None, actor: User, keep_alert: KeepAlert | None = None
) -> Replied:
    """What the question is met with; never an error, for who asks may be in danger.

    Args:
        person: the patient who asks; None where the asker is in nobody's care here.
        keep_alert: for the latter, makes a signal about the account durable.
    """
    language = language_of(question) if question.strip() else reader_language()
    turn: Turn | None = None
    try:
        method = best_method(USE, language, moment_of(person, actor=actor))
        client = clients().get(method)
        house: House = (
            house_for(person, actor, client)
            if person is not None
            else house_about_nobody(actor, client, keep_alert=keep_alert or (lambda *_: None))
        )
        turn = open_chat(
            ChatRequest(
                run=str(uuid4()),
                use=USE,
                method=method,
                actor=actor.identifier,
                own_words=True,
                patient=person.ref if person is not None else None,
                messages=(Message("user", question),),
                language=language,
            ),
            house,
        )
        text = turn.said if turn.said is not None else _of_model(turn, house)
    except UseRefused as closed:
        return Replied("closed", language, level=turn.outcome.level if turn else 0, refused=closed.refusal)
    except Exception as error:  # noqa: BLE001 - a person is shown the card, and nothing of the words is told
        if not isinstance(error, ThirdchairError):
            _log.error("a question could not be answered: %s", type(error).__name__)
        # What broke before the gateway heard it is heard here: danger reaches the team whatever else does not work.
        alerted = turn.outcome.alerted if turn else _heard(question, person, keep_alert).alerted
        return Replied("broken", language, alerted=alerted)
    return _replied(turn, text, method, language)


def _heard(question: str, person: Patient | None, keep_alert: KeepAlert | None) -> Heard:
    if person is not None:
        return hear(question, patient=person)
    return hear_for(question, keep_alert or (lambda *_: None))


def _of_model(turn: Turn, house: House) -> str:
    """The model's reply, judged whole before any of it is shown."""
    client, parts, ask = house.client, list[str](), turn.ask
    if client is None:
        raise ValueError("nothing answers this turn")
    while ask is not None:
        try:
            reply = client.answer(ask)
            parts.append(turn.release(reply.text))
            parts.append(turn.finish(cut_off=reply.finish is Finish.CUT_OFF))
        except BaseException:
            turn.abandon()
            raise
        ask = turn.next_ask()
    return "".join(parts)


def _replied(turn: Turn, text: str, method: str, language: Language) -> Replied:
    outcome = turn.outcome
    kind = _SHOWN[outcome.kind]
    if kind == "card" and outcome.kind is ChatKind.CARD and not outcome.level and outcome.alerted is None:
        kind = "broken"  # a safeguard could not run, so the gateway shows the card in place of anything else
    pieces = () if kind in ("card", "broken") else _pieces(text, turn.numbered, language)
    told = {place for piece in pieces for place in piece.places}
    found = (_place(name, language) for name in outcome.sources)
    return Replied(
        kind=kind,
        language=language,
        pieces=pieces,
        to_read=tuple(dict.fromkeys(place for place in found if place and place not in told)),
        notices=outcome.notices,
        level=outcome.level,
        alerted=outcome.alerted,
        method=method,
    )


def _pieces(text: str, numbered: Mapping[str, str], language: Language) -> tuple[Piece, ...]:
    """The text cut behind each mark that names a passage; any other brackets are words."""
    pieces, start = list[Piece](), 0
    for mark in _MARK.finditer(text):
        names = (numbered.get(one.strip().lower(), one.strip()) for one in re.split(r"[,，;；、]", mark[1]))
        places = tuple(place for name in names if (place := _place(name, language)))
        if places:
            pieces.append(Piece(text[start : mark.start()].strip(), places))
            start = mark.end()
    rest = text[start:].strip()
    return tuple(piece for piece in (*pieces, Piece(rest)) if piece.text)


def _place(name: str, language: Language) -> Place | None:
    """Where a passage stands, by its id or its name in the trail; None where the library has none of it."""
    held = shipped_library().passage(name.replace(":", "#"), language)
    if held is None:
        return None
    page, passage = held
    title = f"{page.title}: {passage.title}" if passage.title else page.title
    address = reverse("library-page", args=[page.id])
    return Place(title, f"{address}?in={language}#{passage.id.rpartition('#')[2]}")
