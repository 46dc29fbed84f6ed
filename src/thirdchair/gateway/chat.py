"""A governed turn of a chat, without input or output of its own: a door asks, sends and receives for it.

In order: crisis screen in, its alert durable before anything is said -> policy at the moment of the call, in the
transaction of its trail entry -> what can be answered by rule or from the library is -> what a model is asked is
de-identified, checked for leaks and recorded before it leaves -> its reply is re-identified, grounded in the passages
it cites and screened, sentence by sentence, before any of it is released -> the reply is committed to in the trail.

A step that cannot run refuses. A person in crisis is never refused: the card is the answer whatever else is closed or
broken, and it says truthfully whether the team was told.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Protocol

from thirdchair.clients.protocol import Client
from thirdchair.errors import SafeguardUnavailable
from thirdchair.gateway import recording
from thirdchair.gateway.alerting import ALERT_FROM as ALERT_FROM
from thirdchair.gateway.alerting import alert_kept, calls_for_alert, dangers_of
from thirdchair.gateway.chat_method import Asked, Said, asked_of_model, said_by_rule
from thirdchair.gateway.desk import Alert
from thirdchair.gateway.guarding import guarded
from thirdchair.policy import Allowed, Moment, Refused, decide
from thirdchair.policy.decision import UseRefused
from thirdchair.policy.people_only import Forms, form_refusal
from thirdchair.records import Ask, Language, Message, Needs
from thirdchair.safeguards.crisis import CrisisReading, screen
from thirdchair.safeguards.deidentify import Concealed, DatePolicy, Deidentifier
from thirdchair.safeguards.streaming import Judge, Passage, Release, Verdict
from thirdchair.safeguards.streaming_judge import judge_reply
from thirdchair.trail.event import Event
from thirdchair.uses import registered_use
from thirdchair.uses.answer_question.answering import OFFER_A_PERSON_FROM, Answerer, Retrieved
from thirdchair.uses.use import Use

TOLD: Final = {
    True: {
        Language.ENGLISH: "The team of this service has been told what you wrote. When somebody will answer is not known "
        "here. If you need someone now, use the numbers below.",
        Language.CHINESE: "您写的内容已经告知本机构的团队。这里不知道何时会有人回应。如果现在就需要有人，请使用下面的号码。",
    },
    False: {
        Language.ENGLISH: "The team of this service could not be told just now. Please use the numbers below.",
        Language.CHINESE: "目前无法通知本机构的团队。请使用下面的号码。",
    },
}
"""Stands before the card, and says truthfully whether anyone knows."""

UNSUPPORTED: Final = {
    Language.ENGLISH: " [nothing in our library supports this]",
    Language.CHINESE: "【本机构资料库中没有支持此句的内容】",
}
"""Follows a sentence whose beginning had gone out, word by word, before it could be judged whole."""

_log: Final = logging.getLogger(__name__)
_BESIDE: Final = ThreadPoolExecutor(max_workers=4, thread_name_prefix="beside")


class ChatDesk(Protocol):
    """One transaction at the place a chat is held."""

    def moment(self) -> Moment:
        """Everything the decision rests on, as it stands inside this transaction."""
        ...

    def record(self, event: Event) -> None:
        """Appends to the trail, or raises and so undoes the transaction."""
        ...

    def raise_alert(self, alert: Alert, said: str) -> None:
        """Makes the alert durable, with the words that led to it under the patient's key."""
        ...


class ChatClinic(Protocol):
    """Where chats are held: opens transactions."""

    def transaction(self) -> AbstractContextManager[ChatDesk]:
        """A transaction; what was done inside it is undone if the block raises."""
        ...


@dataclass(frozen=True, slots=True)
class House:
    """What a turn works with.

    Args:
        clinic: transactions.
        client: the model, or None for the extractive method.
        answerer: of the library; None where it cannot be opened.
        card: the crisis card for (country, language).
        listed: numbers and addresses that may go out.
        names: known names of the patient, concealed wherever they stand.
        by: how much of a model's reply is held back until it is judged.
        forms: the wording of questionnaires, which only people may ask. form: the one a request names, or "".
    """

    clinic: ChatClinic
    client: Client | None
    answerer: Answerer | None
    card: Callable[[str | None, Language], str]
    listed: Collection[str] = ()
    names: tuple[str, ...] = ()
    by: str = "sentence"
    forms: Forms = field(default_factory=dict[str, frozenset[str]])
    form: str = ""

    def form_refusal(self, messages: Sequence[Message]) -> Refused | None:
        """A refusal where a request hands a questionnaire to a model."""
        return form_refusal((one.content for one in messages), named=self.form, forms=self.forms)


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One request.

    Args:
        run: id of this piece of work.
        use: id of the use, as asked for; may be unknown.
        method: "extractive", or the name of the client.
        actor: account that asks.
        own_words: whether the messages are the actor's own words, as a patient's and a carer's are; they are shown the card.
        patient: pseudonym the trail knows the patient by; None where it is about nobody in care.
        messages: of the person and of the assistant, oldest first; the last is the person's.
        language: it is answered in.
        country: where the person is, or None where nobody knows.
    """

    run: str
    use: str
    method: str
    actor: str
    own_words: bool
    patient: str | None
    messages: tuple[Message, ...]
    language: Language
    country: str | None = None


class ChatKind(StrEnum):
    """What a turn was answered with."""

    ANSWER = "answer"
    ABSTAINED = "abstained"
    CARD = "card"
    DISCLOSURE = "disclosure"
    DOCUMENT = "document"
    STOPPED = "stopped"


@dataclass(slots=True)
class Outcome:
    """What the door tells beside the words.

    Args:
        kind: what it is.
        level: the rung of the screen in, 0 to 6.
        alerted: whether the team was told; None where there was nothing to tell.
        sources: passages or lines it rests on.
        filters: safeguards that changed it.
        notices: to show with it.
        document: a drafted document in plain values, where one was asked for.
    """

    kind: ChatKind = ChatKind.ANSWER
    level: int = 0
    alerted: bool | None = None
    sources: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    document: Mapping[str, Any] | None = None


def open_chat(request: ChatRequest, house: House) -> Turn:
    """Begins a turn: afterwards it has the final words (`said`), or a question for its client (`ask`).

    Raises:
        UseRefused: a rule closed the use; never to a patient in crisis.
        SafeguardUnavailable: a check could not run; a patient is shown the card instead.
    """
    turn = Turn(request, house)
    try:
        turn.open()
    except SafeguardUnavailable:
        if not request.own_words:
            raise
        _log.warning("run %s: a safeguard could not run, so the card is shown", request.run)
        turn.show_card()
    return turn


@dataclass(slots=True)
class Turn:
    """One governed turn. `said` holds the final words, or `ask` a question; then `release` and `finish`."""

    request: ChatRequest
    house: House
    outcome: Outcome = field(default_factory=Outcome)
    said: str | None = None
    ask: Ask | None = None
    _asked: Asked | None = None
    _release: Release | None = None
    _sent: list[str] = field(default_factory=list[str])
    _concealed: int = 0

    def open(self) -> None:
        """Screens, alerts, decides and records."""
        words = "\n".join(newest_words(self.request.messages))
        # Most of the screen is the encoder's, which holds no lock of Python's: what a model may be asked is made ready
        # beside it. Nothing of that is used, told or sent before the screen has spoken.
        readied = _BESIDE.submit(self._readied, words)
        reading = guarded(lambda: screen(words))
        self.outcome.level = reading.level
        if calls_for_alert(reading):
            self.outcome.alerted = self._alerted(reading, words)
        if self.request.own_words and (reading.needs_person or reading.level >= OFFER_A_PERSON_FROM):
            self.show_card()
            self._recorded_if_possible()
            return
        use = registered_use(self.request.use)
        ruled, concealed, deidentifier = readied.result()
        said = ruled if isinstance(ruled, Said) else None
        asked = (
            self._for_model(use, ruled, concealed, deidentifier)
            if use and isinstance(ruled, Retrieved)
            else None
        )
        with self.house.clinic.transaction() as desk:
            decision = self._decide(desk)
            desk.record(self._requested(decision))
            if isinstance(decision, Allowed) and asked and self.ask:
                desk.record(self._model_called(asked, self.ask))
            if isinstance(decision, Allowed) and said:
                self._say(said)
                desk.record(self._reply_sent(said.text))
        if isinstance(decision, Refused):
            self.said, self.ask = None, None
            raise UseRefused(decision)

    def show_card(self) -> None:
        """Makes the crisis card the whole answer."""
        self.outcome.kind, self.ask = ChatKind.CARD, None
        told = (
            "" if self.outcome.alerted is None else TOLD[self.outcome.alerted][self.request.language] + "\n\n"
        )
        self.said = told + self.house.card(self.request.country, self.request.language)

    def release(self, piece: str) -> str:
        """What may be sent now that the model has said this piece."""
        if self._release is None or self._asked is None:
            raise ValueError("no model was asked in this turn")
        opening = "" if self._sent else self._asked.opening
        return self._kept(opening + self._release.feed(piece))

    def released(self, piece: str) -> Iterator[str]:
        """The same, sentence by sentence, each as soon as it is judged. Read it to its end, or abandon the turn."""
        if self._release is None or self._asked is None:
            raise ValueError("no model was asked in this turn")
        if not self._sent and self._asked.opening:
            yield self._kept(self._asked.opening)
        for words in self._release.feed_by_sentence(piece):
            yield self._kept(words)

    @property
    def numbered(self) -> Mapping[str, str]:
        """What each number that a model's sentence may cite stands for, as the trail names it; nothing without a model."""
        return self._asked.names if self._asked is not None else {}

    @property
    def is_stopped(self) -> bool:
        """Whether nothing more of the model's reply will be released, so that it need not go on."""
        return self._release is not None and self._release.stopped is not None

    def still_allowed(self) -> None:
        """Asks policy again, while a model is at work.

        Raises:
            UseRefused: a rule has closed the use since.
        """
        with self.house.clinic.transaction() as desk:
            decision = self._decide(desk)
        if isinstance(decision, Refused):
            raise UseRefused(decision)

    def finish(self, *, cut_off: bool = False) -> str:
        """The rest of the reply; commits to the whole of it in the trail, if policy still allows.

        Args:
            cut_off: whether the model reached its longest reply, so that something may be missing at the end.

        Raises:
            UseRefused: a rule has closed the use since; what was released is recorded as stopped.
        """
        if self._release is None or self._asked is None:
            return ""
        rest = self._kept(self._release.close())
        ended = self._ended(self._release.stopped)
        rest += ended
        if cut_off:
            self._asked.reasons.append("cut_off")
        self.outcome.sources = tuple(dict.fromkeys(self._asked.cited))
        self.outcome.filters = tuple(dict.fromkeys(self._asked.reasons))
        self.outcome.notices = self._asked.notices()
        with self.house.clinic.transaction() as desk:
            decision = self._decide(desk)
            if isinstance(decision, Refused):
                self.outcome.kind = ChatKind.STOPPED
                self._sent.pop()  # the rest, which is not sent now
            desk.record(
                self._reply_sent("".join(self._sent) + ("" if isinstance(decision, Refused) else ended))
            )
        if isinstance(decision, Refused):
            raise UseRefused(decision)
        return rest

    def next_ask(self) -> Ask | None:
        """Another question before the reply is whole: an answer needs one alone."""
        return None

    def abandon(self) -> None:
        """Writes down what was sent of a reply that ended before its time; its reader left, or its model failed."""
        if self._asked is None or not any(self._sent):
            return
        self.outcome.kind = ChatKind.STOPPED
        self.outcome.sources = tuple(dict.fromkeys(self._asked.cited))
        with self.house.clinic.transaction() as desk:
            desk.record(self._reply_sent("".join(self._sent)))

    def _ended(self, stopped: Verdict | None) -> str:
        """Words that end a reply which was stopped, or of which nothing was left."""
        if stopped is not None:
            self.outcome.kind = ChatKind.STOPPED
            return "\n\n" + self.house.card(self.request.country, self.request.language)
        if self._asked is not None and not self._asked.cited:
            self.outcome.kind = ChatKind.ABSTAINED
            return self._asked.instead
        return ""

    def _kept(self, released: str) -> str:
        self._sent.append(released)
        return released

    def _alerted(self, reading: CrisisReading, words: str) -> bool:
        """Makes the alert durable before anything is said, in a transaction that nothing later undoes."""
        alert = Alert(reading.level, dangers_of(reading), ())
        kept = alert_kept(self.house.clinic, alert, words, run=self.request.run)
        if not kept and not self.request.own_words:
            raise SafeguardUnavailable("The alert could not be kept; nothing was made.")
        return kept

    def _recorded_if_possible(self) -> None:
        """The trail entry of a card, which is shown even where no entry can be written."""
        try:
            with self.house.clinic.transaction() as desk:
                desk.record(self._reply_sent(self.said or ""))
        except Exception as error:  # noqa: BLE001 - as above
            _log.error("run %s: the card could not be recorded (%s)", self.request.run, type(error).__name__)

    def _readied(self, words: str) -> tuple[Said | Retrieved | None, Concealed, Deidentifier]:
        """What answers by rule, or what a model may answer from; the words concealed, and by what. Changes nothing here.

        Raises:
            SafeguardUnavailable: a check could not run, or a known identifier still stands in the words.
        """
        use = registered_use(self.request.use)
        deidentifier = Deidentifier(
            self.request.language,
            self.house.names,
            date_policy=DatePolicy.for_needs(use.needs if use else Needs()),
        )
        concealed = guarded(lambda: _concealed(words, deidentifier))
        ruled = guarded(
            lambda: said_by_rule(
                self.request.use, self.request.language, words, self.house, concealed=concealed.text
            )
        )
        return ruled, concealed, deidentifier

    def _say(self, said: Said) -> None:
        self.said = said.text
        self.outcome.kind = ChatKind(said.kind)
        self.outcome.sources, self.outcome.notices = said.sources, said.notices

    def _for_model(
        self, use: Use, found: Retrieved, concealed: Concealed, deidentifier: Deidentifier
    ) -> Asked | None:
        """Prepares the question to the model and what judges its reply."""
        if self.house.client is None:
            return None  # policy refuses it below, with the reason
        self._concealed = len(concealed.found)
        asked = guarded(lambda: asked_of_model(use, self.request.language, found, concealed.text))
        self.ask, self._asked = asked.ask, asked
        conduct = judge_reply(language=self.request.language, directory=self.house.listed)
        self._release = Release(
            reveal=deidentifier.reveal,
            judge=lambda passage: _judged(passage, asked, conduct, UNSUPPORTED[self.request.language]),
            by="word" if self.house.by == "word" else "sentence",
        )
        return asked

    def _decide(self, desk: ChatDesk) -> Allowed | Refused:
        if barred := self.house.form_refusal(self.request.messages):
            return barred
        use = registered_use(self.request.use)
        if use and use.review == "watched_conversation":
            return Refused("talk.own_page", {"use": use.id})  # its notices, limits and gate are not here
        return decide(
            use.terms if use else None,
            method=self.request.method,
            language=str(self.request.language),
            moment=desk.moment(),
        )

    def _requested(self, decision: Allowed | Refused) -> Event:
        return recording.requested(self.request, decision)

    def _model_called(self, asked: Asked, ask: Ask) -> Event:
        return recording.model_called(
            self.request,
            self.house.client,
            ask,
            concealed=self._concealed,
            sources=list(asked.names.values()),
        )

    def _reply_sent(self, words: str) -> Event:
        return recording.reply_sent(
            self.request,
            self.house.client,
            words,
            kind=str(self.outcome.kind),
            level=self.outcome.level,
            filters=self.outcome.filters,
            sources=self.outcome.sources,
        )


def needs_a_person(messages: Sequence[Message]) -> bool:
    """Whether a patient who says this is shown the card; so they are where the screen cannot run."""
    try:
        reading = guarded(lambda: screen("\n".join(newest_words(messages))))
    except SafeguardUnavailable:
        return True
    return reading.needs_person or reading.level >= OFFER_A_PERSON_FROM


def newest_words(messages: Sequence[Message]) -> list[str]:
    """What the person said since the assistant last spoke."""
    newest: list[str] = []
    for message in reversed(messages):
        if message.role == "assistant":
            break
        if message.role == "user":
            newest.append(message.content)
    return newest[::-1]


def _concealed(words: str, deidentifier: Deidentifier) -> Concealed:
    """The words with identifiers replaced.

    Raises:
        SafeguardUnavailable: a known identifier still stands in them.
    """
    concealed = deidentifier.conceal(words)
    if deidentifier.residual(concealed.text):
        raise SafeguardUnavailable("An identifier could not be concealed, so nothing was sent.")
    return concealed


def _judged(passage: Passage, asked: Asked, conduct: Judge, unsupported: str) -> Verdict:
    """Conduct first, for it may stop everything; then a whole sentence must rest on the material."""
    verdict = conduct(passage)
    if verdict.kind != "ok":
        if passage.whole:
            asked.reasons.append(verdict.reason)
        return verdict
    if passage.whole and not asked.is_grounded(passage.begun + passage.text):
        return Verdict("replace", unsupported if passage.begun else "", "unsupported")
    return verdict
