"""A governed turn of a conversation with a patient, without Django: one message in, what is shown for it out.

In order: crisis screen in, its alert durable before anything is said; in danger no model is asked, and words of our own stay
with the person -> policy at the moment of the call, with the eligibility that a clinician set, age, a person on duty and the
patient's wish, in the transaction of the trail entry -> "are you a person?" is answered by rule -> the agreed time, softly,
never in danger -> the conversation is de-identified, recorded and sent -> the whole reply is judged before any of it is shown
-> policy once more -> what is shown is committed to in the trail. Notices are the server's: no message and no reply has a say.

To hold a turn at a service, hand `hold_turn` a `TalkRequest` and a `TalkHouse`, whose clinic opens transactions. To hold
conversations outside any service, with everything in memory, see `gateway.rehearsing`:

    rehearsal = Rehearsal(client, language=Language.ENGLISH)
    turn = rehearsal.say("I cannot sleep.")
    turn.text         # all that the person would be shown
    turn.kind         # what it was answered with
    rehearsal.alerts  # what the team would have been told

What it does not catch: what its safeguards do not (each says so). Nothing here judges whether a reply is kind or wise, or
whether it affirms a false belief in words that no rule knows.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from thirdchair.clients.protocol import Client
from thirdchair.errors import ClientFailed, ModelFailed, SafeguardUnavailable
from thirdchair.gateway import recording
from thirdchair.gateway.alerting import alert_kept, calls_for_alert, dangers_of
from thirdchair.gateway.chat import TOLD
from thirdchair.gateway.concealing import concealed_in
from thirdchair.gateway.desk import Alert
from thirdchair.gateway.guarding import guarded
from thirdchair.gateway.judging import DANGER, judged
from thirdchair.gateway.presence import presence, unchecked
from thirdchair.policy import Allowed, Moment, Refused, decide
from thirdchair.policy.conversing import Caps, Pace, Standing, pace, talk_refusal
from thirdchair.policy.decision import UseRefused
from thirdchair.policy.notices import NoticeReason, Told, due, interval, notice_text
from thirdchair.policy.people_only import Forms, form_refusal
from thirdchair.records import Ask, Language, Message, Reply
from thirdchair.safeguards.conduct import asks_if_human, disclosure, unfence
from thirdchair.safeguards.crisis import CrisisReading, read_by_rule, screen
from thirdchair.safeguards.deidentify import DatePolicy, Deidentifier
from thirdchair.trail.event import Event
from thirdchair.uses import USES
from thirdchair.uses.answer_question.answering import OFFER_A_PERSON_FROM
from thirdchair.uses.converse.generative import ask_for_reply, read_reply

CONVERSE: Final = "converse"
LONGEST_BARE_QUESTION: Final = 12
"""Characters; in so few there is no room for a question and a danger."""

_log: Final = logging.getLogger(__name__)


class TalkDesk(Protocol):
    """One transaction at the place a conversation is held."""

    def moment(self) -> Moment:
        """Everything the decision rests on, as it stands inside this transaction."""
        ...

    def standing(self) -> Standing:
        """What holds for this patient's conversations, as it stands inside this transaction."""
        ...

    def record(self, event: Event) -> None:
        """Appends to the trail, or raises and so undoes the transaction."""
        ...

    def raise_alert(self, alert: Alert, said: str) -> None:
        """Makes the alert durable, with the words that led to it under the patient's key."""
        ...


class TalkClinic(Protocol):
    """Where conversations are held: opens transactions."""

    def transaction(self) -> AbstractContextManager[TalkDesk]:
        """A transaction; what was done inside it is undone if the block raises."""
        ...


@dataclass(frozen=True, slots=True)
class TalkHouse:
    """What a turn works with.

    Args:
        clinic: transactions.
        client: the model, or None, and then policy refuses.
        card: the crisis card for (country, language).
        status: what is true now of who was told, given whether the alert is durable; None for the plain words.
        listed: numbers and addresses that may be shown.
        names: known names of the patient, concealed wherever they stand.
        places: ISO 3166 codes of the service, which decide how often notices come; none is the strictest.
        forms: the wording of questionnaires, which only people may ask.
    """

    clinic: TalkClinic
    client: Client | None
    card: Callable[[str | None, Language], str]
    status: Callable[[bool, Language], str] | None = None
    listed: Collection[str] = ()
    names: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    forms: Forms = field(default_factory=dict[str, frozenset[str]])


@dataclass(frozen=True, slots=True)
class TalkState:
    """A conversation before the message.

    Args:
        messages: said and shown so far, oldest first; empty where it begins, or from before with consent to memory alone.
        told: when a notice was last shown, and words last written.
        sitting, day, since_pause: minutes written in this sitting, today, and since a break was offered.
        in_danger: whether danger was said and no person has ended it yet: no model is asked till then.
        team_told: whether the alert for it was durable; None where there was none.
        presences: replies that stayed in a program's place so far.
    """

    messages: tuple[Message, ...] = ()
    told: Told = field(default_factory=Told)
    sitting: int = 0
    day: int = 0
    since_pause: int = 0
    in_danger: bool = False
    team_told: bool | None = None
    presences: int = 0


@dataclass(frozen=True, slots=True)
class TalkRequest:
    """One message of a patient.

    Args:
        run: id of this piece of work.
        method: name of the model.
        actor: the patient's account.
        patient: pseudonym the trail knows the patient by.
        said: the message.
        at: when it came.
        country: where the person is, or None where nobody knows.
    """

    run: str
    method: str
    actor: str
    patient: str
    said: str
    at: datetime
    language: Language
    state: TalkState = field(default_factory=TalkState)
    country: str | None = None

    @property
    def use(self) -> str:
        """The id of the use."""
        return CONVERSE


class TalkKind(StrEnum):
    """What a message was answered with."""

    ANSWER = "answer"
    DISCLOSURE = "disclosure"
    PRESENCE = "presence"
    HELD = "held"
    UNANSWERED = "unanswered"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class TalkTurn:
    """What is shown for a message, each part in its own place.

    Args:
        reply: a model's words where `by_model`, else our own.
        notice: of the server, and why; "" and None where none is due.
        reach: how to reach a person; beside every reply of a model.
        pause: about the agreed time; "" where nothing is to be said.
        card: the crisis card; "" where it is not needed here.
        level: the rung of the screen in, 0 to 6.
        alerted: whether the team was told; None where there was nothing to tell.
        filters: safeguards that held or changed the reply.
        state: of the conversation afterwards.
    """

    kind: TalkKind
    reply: str
    state: TalkState
    by_model: bool = False
    notice: str = ""
    notice_reason: NoticeReason | None = None
    reach: str = ""
    pause: str = ""
    card: str = ""
    level: int = 0
    alerted: bool | None = None
    filters: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All that is shown, in order."""
        parts = (self.notice, self.reply, self.reach, self.pause, self.card)
        return "\n\n".join(part for part in parts if part)


def hold_turn(request: TalkRequest, house: TalkHouse) -> TalkTurn:
    """What is shown for a message of a patient.

    Raises:
        UseRefused: a rule closes the use; never to a person in danger.
    """
    try:
        reading = guarded(lambda: screen(request.said))
    except SafeguardUnavailable:
        _log.warning("run %s: the screen could not run, so no model is asked", request.run)
        return _finished(
            TalkKind.PRESENCE, unchecked(request.language), request, house, is_minor=True, with_card=True
        )
    only_asks = _only_asks_what_it_is(request.said, reading)
    if request.state.in_danger or (_needs_people(reading) and not only_asks):
        return _stay(reading, request, house)
    return _answer(reading, request, house)


def _needs_people(reading: CrisisReading) -> bool:
    """Whether no program answers this: from a wish to be dead upwards, and with any other danger that the writer states."""
    return reading.needs_person or reading.level >= OFFER_A_PERSON_FROM or any(reading.risks.values())


def _only_asks_what_it_is(said: str, reading: CrisisReading) -> bool:
    """Whether a few characters ask what answers them, and no rule reads danger in them.

    The trained Chinese reader takes "你是真人吗" for a threat to others; a person who asks is owed an answer, and no alarm.
    """
    if len(said) > LONGEST_BARE_QUESTION or reading.level > 0 or not asks_if_human(said):
        return False
    ruled = read_by_rule(said)
    return not (ruled.needs_person or ruled.level or any(ruled.risks.values()))


def _stay(reading: CrisisReading, request: TalkRequest, house: TalkHouse) -> TalkTurn:
    """Words of our own, and the card; the alert is durable before them. Policy cannot close it."""
    before, alerted = request.state, None
    if calls_for_alert(reading):
        alert = Alert(reading.level, dangers_of(reading), ())
        alerted = alert_kept(house.clinic, alert, request.said, run=request.run)
    team_told = before.team_told if alerted is None else alerted
    state = replace(
        before,
        in_danger=before.in_danger or alerted is not None,
        team_told=team_told,
        presences=before.presences + 1,
    )
    status = "" if team_told is None else _status(house, told=team_told, language=request.language)
    words = presence(
        level=reading.level,
        dangers=dangers_of(reading),
        before=0 if alerted is not None and not before.in_danger else before.presences,
        language=request.language,
        status=status,
    )
    turn = _finished(
        TalkKind.PRESENCE,
        words,
        replace(request, state=state),
        house,
        is_minor=True,  # nobody's record is read here: the strictest notices hold
        with_card=True,
        level=reading.level,
        alerted=alerted,
    )
    try:
        with house.clinic.transaction() as desk:
            desk.record(_sent(turn, request, house))
    except Exception as error:  # noqa: BLE001 - a person in danger is answered whether or not an entry can be written
        _log.error("run %s: the reply could not be recorded (%s)", request.run, type(error).__name__)
    return turn


def _answer(reading: CrisisReading, request: TalkRequest, house: TalkHouse) -> TalkTurn:
    """By rule, by the agreed time, or by the model."""
    is_asked = asks_if_human(request.said)
    deidentifier = Deidentifier(
        request.language, house.names, date_policy=DatePolicy.for_needs(USES[CONVERSE].needs)
    )
    ask, concealed = _asked(request, deidentifier)
    with house.clinic.transaction() as desk:
        standing = desk.standing()
        decision = _decide(desk, standing, request, house.forms)
        desk.record(recording.requested(request, decision))
        caps = standing.eligibility.caps if standing.eligibility else Caps()
        where = pace(
            caps, sitting=request.state.sitting, day=request.state.day, since_pause=request.state.since_pause
        )
        by_model = isinstance(decision, Allowed) and not is_asked and where is not Pace.OVER
        if by_model:
            desk.record(recording.model_called(request, house.client, ask, concealed=concealed))
    if isinstance(decision, Refused):
        raise UseRefused(decision)
    filters: tuple[str, ...] = ()
    if is_asked:
        kind, words = TalkKind.DISCLOSURE, disclosure(request.language)
    elif not by_model:
        kind, words = TalkKind.REST, _REST[request.language]
    else:
        kind, words, filters = _by_model(ask, deidentifier, request, house)
    turn = _finished(
        kind,
        words,
        request,
        house,
        is_minor=standing.is_minor,
        is_asked=is_asked,
        pace_now=where if kind is TalkKind.ANSWER else Pace.OPEN,
        with_card=DANGER in filters,
        level=reading.level,
        filters=filters,
    )
    with house.clinic.transaction() as desk:
        decision = _decide(desk, desk.standing(), request, house.forms)
        if isinstance(decision, Allowed):
            desk.record(_sent(turn, request, house))
    if isinstance(decision, Refused):
        raise UseRefused(decision)
    return turn


def _asked(request: TalkRequest, deidentifier: Deidentifier) -> tuple[Ask, int]:
    use = USES[CONVERSE]
    said = (*request.state.messages, Message("user", request.said))
    ask = guarded(lambda: ask_for_reply(said, prompt=use.prompt, language=request.language))
    return concealed_in(ask, deidentifier)


def _by_model(
    ask: Ask, deidentifier: Deidentifier, request: TalkRequest, house: TalkHouse
) -> tuple[TalkKind, str, tuple[str, ...]]:
    """The model's reply as it may be shown, or words of our own in its place."""
    language = request.language
    try:
        words = read_reply(_answered(house.client, ask))
    except (ClientFailed, ModelFailed) as error:
        _log.warning("run %s: no reply (%s)", request.run, type(error).__name__)
        return TalkKind.UNANSWERED, _UNANSWERED[language], ()
    said = guarded(lambda: unfence(deidentifier.reveal(words)))
    found = guarded(lambda: judged(said, language=language, listed=house.listed))
    if not found.is_held:
        return TalkKind.ANSWER, found.text, found.reasons
    return TalkKind.HELD, _HELD[DANGER in found.reasons][language], found.reasons


def _answered(client: Client | None, ask: Ask) -> Reply:
    if client is None:
        raise SafeguardUnavailable("A method without a model asked for one.")
    return client.answer(ask)


def _decide(desk: TalkDesk, standing: Standing, request: TalkRequest, forms: Forms) -> Allowed | Refused:
    if barred := form_refusal([request.said], named="", forms=forms):
        return barred
    moment = desk.moment()
    decision = decide(
        USES[CONVERSE].terms, method=request.method, language=str(request.language), moment=moment
    )
    if isinstance(decision, Refused):
        return decision
    return talk_refusal(standing, at=moment.at, places=moment.places) or decision


def _finished(
    kind: TalkKind,
    words: str,
    request: TalkRequest,
    house: TalkHouse,
    *,
    is_minor: bool,
    is_asked: bool = False,
    pace_now: Pace = Pace.OPEN,
    with_card: bool = False,
    level: int = 0,
    alerted: bool | None = None,
    filters: tuple[str, ...] = (),
) -> TalkTurn:
    """The turn with the notice that is due, what is said of the time, and the conversation as it then stands."""
    state, language = request.state, request.language
    every = interval(house.places, minor=is_minor, on=request.at.date())
    reason = due(state.told, at=request.at, every=every, asked=is_asked)
    notice = notice_text(reason, language, in_danger=kind is TalkKind.PRESENCE) if reason else ""
    said = (*state.messages, Message("user", request.said), Message("assistant", words))
    return TalkTurn(
        kind=kind,
        reply=words,
        by_model=kind is TalkKind.ANSWER,
        notice=notice,
        notice_reason=reason,
        reach="" if with_card else _REACH[kind is TalkKind.ANSWER][language],
        pause=_PAUSE[pace_now][language],
        card=house.card(request.country, language) if with_card else "",
        level=level,
        alerted=alerted,
        filters=filters,
        state=replace(
            state,
            messages=said,
            told=state.told.after(request.at, noticed=reason is not None),
            since_pause=0 if pace_now is Pace.PAUSE else state.since_pause,
        ),
    )


def _status(house: TalkHouse, *, told: bool, language: Language) -> str:
    if house.status is not None:
        try:
            return house.status(told, language)
        except Exception as error:  # noqa: BLE001 - the plain words are always there
            _log.error("what is true of the alert could not be read (%s)", type(error).__name__)
    return TOLD[told][language]


def _sent(turn: TalkTurn, request: TalkRequest, house: TalkHouse) -> Event:
    return recording.reply_sent(
        request, house.client, turn.text, kind=str(turn.kind), level=turn.level, filters=turn.filters
    )


_EN, _ZH = Language.ENGLISH, Language.CHINESE
_REACH: Final = {
    True: {
        _EN: "Written by AI; it can be wrong. To talk with a person, contact your care team or open Help now.",
        _ZH: "以上由人工智能生成，可能有误。想和人谈，请联系您的照护团队，或打开“立即求助”。",
    },
    False: {
        _EN: "To talk with a person, contact your care team or open Help now.",
        _ZH: "想和人谈，请联系您的照护团队，或打开“立即求助”。",
    },
}
_HELD: Final = {
    True: {
        _EN: "The program wrote of a danger in a way that a program may not, so its answer is not shown. You did nothing wrong, "
        "and you can go on writing about it. Please speak of it with a person too: your care team, or the people below.",
        _ZH: "程序写到危险的方式是程序不可以的，所以没有显示它的回答。您没有做错什么，可以继续写这件事。也请和人谈谈：您的照护团队，或下面的人。",
    },
    False: {
        _EN: "The program wrote something that a program may not say here, so its answer is not shown. You did nothing wrong. "
        "You can go on writing, or put it in other words.",
        _ZH: "程序写了它在这里不可以说的话，所以没有显示它的回答。您没有做错什么。您可以继续写，或换一种说法。",
    },
}
_UNANSWERED: Final = {
    _EN: "The program could not answer just now. You can write again in a little while.",
    _ZH: "程序目前无法回答。您可以稍后再写。",
}
_REST: Final = {
    _EN: "The time that you and your clinician agreed on is over for now, so the program does not answer. What you wrote was "
    "checked for danger. If something is on your mind, people are there.",
    _ZH: "您和临床人员约定的时间暂时已到，所以程序不再回答。您写的内容已检查过是否有危险。如果心里有事，可以找人谈。",
}
_PAUSE: Final = {
    Pace.OPEN: {_EN: "", _ZH: ""},
    Pace.OVER: {_EN: "", _ZH: ""},
    Pace.PAUSE: {
        _EN: "You agreed to be told when it may be time for a short break. It may be now.",
        _ZH: "您约定过，到该休息的时候提醒您。现在也许可以休息一下。",
    },
    Pace.SOON_OVER: {
        _EN: "The time you agreed on is over in about five minutes. You can stop here, too.",
        _ZH: "约定的时间大约还有五分钟。您也可以就到这里。",
    },
}
