"""What a session says about each danger: affirmed, denied, not asked, or unclear. Nothing is guessed.

A clinician's question opens its topics; the replies that follow, up to three, close them. The patient's own
statement affirms whether or not anyone asked. Affirmed wins over denied, whichever came first; a hedge after a
denial reopens it; a companion's report that the patient denies is unclear.

What it does not catch: answers by gesture or tone, irony, danger told only in metaphor, a reply to a question
more than three replies back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from thirdchair.language.when_said import asks_about_now, read_time
from thirdchair.records import (
    RiskFinding,
    RiskStatus,
    RiskTopic,
    SpeakerRole,
    Timeframe,
    Transcript,
    Utterance,
)
from thirdchair.uses.summarise_session.risk_answers import Answer, read_answer
from thirdchair.uses.summarise_session.risk_questions import (
    Question,
    asks_of_earlier,
    asks_when,
    is_question,
    read_question,
    repeats_the_question,
)
from thirdchair.uses.summarise_session.risk_scope import affirmed_topics
from thirdchair.uses.summarise_session.risk_statements import Statement, read_statements

_REPLIES_AWAITED: Final = 3
_SAFE: Final = re.compile(
    r"^(?:(?:i\s+feel|it's|i'm|completely|very|perfectly|totally)\s+){0,3}safe\b|^(?:很|挺|还|比较|都)?安全",
    re.IGNORECASE,
)
_MOST_EVIDENCE: Final = 6
_NEARBY: Final = 8
"""Utterances after which "and anyone else?" no longer refers back."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One thing the session says of a topic.

    Args:
        answered: False for a question still waiting for its answer.
        only_now: a denial that speaks of the present alone.
        by: the role of who said it.
    """

    topic: RiskTopic
    status: RiskStatus
    evidence: tuple[str, ...]
    time: Timeframe = Timeframe.UNSTATED
    answered: bool = True
    only_now: bool = False
    by: SpeakerRole = SpeakerRole.PATIENT


@dataclass(frozen=True, slots=True)
class _Open:
    """A question that waits for its answer."""

    question: Question
    asked_in: Utterance
    replies_left: int = _REPLIES_AWAITED


@dataclass(slots=True)
class _Listener:
    """Follows a session turn by turn and keeps what it says of each topic."""

    with_companion: bool
    readings: list[_Reading] = field(default_factory=list[_Reading])
    open: _Open | None = None
    thread: tuple[RiskTopic, ...] = ()
    thread_from: int = 0

    def hear(self, utterance: Utterance) -> None:
        """Takes in the next turn."""
        asked = self._hear_question(utterance) if _may_ask(utterance) else False
        if not asked and utterance.role is not SpeakerRole.CLINICIAN:
            self._hear_reply(utterance)

    def _hear_question(self, utterance: Utterance) -> bool:
        near = self.thread if utterance.number - self.thread_from <= _NEARBY else ()
        question = read_question(utterance.text, previous=near, of_companion=self.with_companion)
        if question.topics and not _states_own(utterance):
            self._open(question, utterance)
            return True
        if utterance.role is SpeakerRole.UNKNOWN and not is_question(utterance.text):
            return False
        if is_question(utterance.text):
            self._follow_up(utterance, near)
        return utterance.role is SpeakerRole.CLINICIAN

    def _open(self, question: Question, utterance: Utterance) -> None:
        self.open = _Open(question, utterance)
        self.thread, self.thread_from = question.topics, utterance.number
        self.readings += [
            _Reading(topic, RiskStatus.UNCLEAR, (utterance.id,), answered=False) for topic in question.topics
        ]

    def _follow_up(self, utterance: Utterance, near: tuple[RiskTopic, ...]) -> None:
        if self.open is not None and repeats_the_question(utterance.text):
            return
        self.open = None
        if near and asks_of_earlier(utterance.text):
            self.open = _Open(Question(near, about_past=True), utterance)
            return
        affirmed = tuple(topic for topic in near if self._last_status(topic) is RiskStatus.AFFIRMED)
        if affirmed and (asks_when(utterance.text) or asks_about_now(utterance.text)):
            when = asks_when(utterance.text)
            self.open = _Open(Question(affirmed, about_now=not when, about_when=when), utterance, 1)

    def _last_status(self, topic: RiskTopic) -> RiskStatus | None:
        of_topic = [reading for reading in self.readings if reading.topic is topic]
        return of_topic[-1].status if of_topic else None

    def _hear_reply(self, utterance: Utterance) -> None:
        opened = self.open if self.open and self.open.asked_in.speaker != utterance.speaker else None
        stated = read_statements(utterance.text, utterance.role)
        if opened:
            stated = _within_question(stated, opened.question, utterance.text)
        self.readings += [_from_statement(statement, utterance, opened) for statement in stated]
        if stated:
            self.thread, self.thread_from = tuple(dict.fromkeys(s.topic for s in stated)), utterance.number
        if opened:
            self._close(opened, utterance, {statement.topic for statement in stated})
        if stated and utterance.role is SpeakerRole.COMPANION:
            self.open = _Open(Question(tuple(dict.fromkeys(s.topic for s in stated))), utterance)

    def _close(self, opened: _Open, utterance: Utterance, stated: set[RiskTopic]) -> None:
        if opened.question.about_when:
            self._hear_when(opened, utterance)
            return
        answer = _turned(
            read_answer(utterance.text, negative_question=opened.question.negative),
            opened.question,
            utterance.text,
        )
        left = tuple(topic for topic in opened.question.topics if topic not in stated)
        evidence = (opened.asked_in.id, utterance.id)
        if answer is not Answer.NONE:
            self.readings += _from_answer(answer, left, opened.question, utterance, evidence)
        settled = answer in (Answer.NO, Answer.YES, Answer.YES_BUT_OVER) or (bool(stated) and not left)
        replies_left = opened.replies_left - 1
        self.open = None if settled or not replies_left else replace(opened, replies_left=replies_left)

    def _hear_when(self, opened: _Open, utterance: Utterance) -> None:
        self.open = None
        time = read_time(utterance.text)
        if time is not Timeframe.UNSTATED:
            ids = (opened.asked_in.id, utterance.id)
            self.readings += [
                _Reading(topic, RiskStatus.AFFIRMED, ids, time=time, by=utterance.role)
                for topic in opened.question.topics
            ]


def read_risk(transcript: Transcript) -> tuple[RiskFinding, ...]:
    """One finding for every risk topic, in the order of RiskTopic, with the utterances that bear it out."""
    listener = _Listener(
        with_companion=any(u.role is SpeakerRole.COMPANION for u in transcript.utterances),
    )
    for utterance in transcript.utterances:
        listener.hear(utterance)
    return tuple(_finding(topic, [r for r in listener.readings if r.topic is topic]) for topic in RiskTopic)


def _may_ask(utterance: Utterance) -> bool:
    return utterance.role in (SpeakerRole.CLINICIAN, SpeakerRole.UNKNOWN)


def _states_own(utterance: Utterance) -> bool:
    """Whether a speaker of unknown role tells of themselves, so that the turn is no question."""
    return utterance.role is SpeakerRole.UNKNOWN and bool(read_statements(utterance.text, utterance.role))


def _from_statement(statement: Statement, utterance: Utterance, opened: _Open | None) -> _Reading:
    answers = opened is not None and statement.topic in opened.question.topics
    asked = (opened.asked_in.id,) if opened is not None and answers else ()
    now = statement.time is Timeframe.CURRENT or (
        opened is not None and answers and opened.question.about_now
    )
    time = statement.time
    if opened is not None and answers and opened.question.about_past and not asks_about_now(utterance.text):
        time = Timeframe.PAST
    return _Reading(
        statement.topic,
        statement.status,
        (*asked, utterance.id),
        time=time,
        only_now=statement.status is RiskStatus.DENIED and now,
        by=utterance.role,
    )


def _within_question(stated: tuple[Statement, ...], question: Question, text: str) -> tuple[Statement, ...]:
    """The statements with what the reply names only by pronoun ("myself, yes; nobody else")."""
    named = {statement.topic for statement in stated}
    extra = affirmed_topics(text, question.topics)
    return (
        *stated,
        *(Statement(topic, status, read_time(text)) for topic, status in extra.items() if topic not in named),
    )


def _turned(answer: Answer, question: Question, text: str) -> Answer:
    """The answer to "do you feel safe?" as one to "are you in danger?"; a no needs a person to look."""
    if not question.reversed:
        return answer
    if answer is Answer.NONE and _SAFE.search(text):
        return Answer.NO
    return {Answer.YES: Answer.NO, Answer.NO: Answer.HEDGED}.get(answer, answer)


def _from_answer(
    answer: Answer,
    topics: tuple[RiskTopic, ...],
    question: Question,
    utterance: Utterance,
    evidence: tuple[str, str],
) -> list[_Reading]:
    status = {Answer.NO: RiskStatus.DENIED, Answer.HEDGED: RiskStatus.UNCLEAR}.get(
        answer, RiskStatus.AFFIRMED
    )
    if status is RiskStatus.AFFIRMED and len(question.topics) > 1:
        status = RiskStatus.UNCLEAR  # "yes" to two questions at once names neither
    time = _answer_time(answer, question, utterance.text)
    return [
        _Reading(
            topic,
            status,
            evidence,
            time=time,
            only_now=status is RiskStatus.DENIED and question.about_now,
            by=utterance.role,
        )
        for topic in topics
    ]


def _answer_time(answer: Answer, question: Question, text: str) -> Timeframe:
    if answer is Answer.YES_BUT_OVER:
        return Timeframe.PAST
    said = read_time(text)
    if said is not Timeframe.UNSTATED:
        return said
    if question.about_now:
        return Timeframe.CURRENT
    return Timeframe.PAST if question.about_past else Timeframe.UNSTATED


def _finding(topic: RiskTopic, readings: list[_Reading]) -> RiskFinding:
    if not readings:
        return RiskFinding(topic, RiskStatus.NOT_ASKED)
    affirmed = [reading for reading in readings if reading.status is RiskStatus.AFFIRMED]
    denied = [reading for reading in readings if reading.status is RiskStatus.DENIED]
    if affirmed:
        return _affirmed(topic, affirmed, denied)
    answered = [reading for reading in readings if reading.answered]
    if answered and answered[-1].status is RiskStatus.DENIED:
        return RiskFinding(topic, RiskStatus.DENIED, _ids(denied))
    unclear = [r for r in answered or readings if r.status is RiskStatus.UNCLEAR]
    return RiskFinding(topic, RiskStatus.UNCLEAR, _ids([*denied, *unclear]))


def _affirmed(topic: RiskTopic, affirmed: list[_Reading], denied: list[_Reading]) -> RiskFinding:
    if denied and all(reading.by is SpeakerRole.COMPANION for reading in affirmed):
        return RiskFinding(topic, RiskStatus.UNCLEAR, _ids([*affirmed, *denied]))
    times = {reading.time for reading in affirmed}
    denied_now = [reading for reading in denied if reading.only_now or Timeframe.CURRENT not in times]
    if Timeframe.CURRENT in times:
        time = Timeframe.CURRENT
    elif Timeframe.PAST in times or any(reading.only_now for reading in denied):
        time = Timeframe.PAST
    else:
        time = Timeframe.UNSTATED
    borne_out_by = [*affirmed, *denied_now] if time is Timeframe.PAST else affirmed
    return RiskFinding(topic, RiskStatus.AFFIRMED, _ids(borne_out_by), time)


def _ids(readings: Iterable[_Reading]) -> tuple[str, ...]:
    """The utterances behind readings, in order; of many, the first and the last."""
    ids = sorted({i for reading in readings for i in reading.evidence}, key=lambda i: int(i[1:]))
    if len(ids) <= _MOST_EVIDENCE:
        return tuple(ids)
    half = _MOST_EVIDENCE // 2
    return (*ids[:half], *ids[-half:])
