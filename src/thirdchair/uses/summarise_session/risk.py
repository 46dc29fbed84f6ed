"""What a session says about each danger: affirmed, denied, not asked, or unclear. Nothing is guessed.

A clinician's question opens its topics; the replies that follow, up to three, close them. The patient's own
statement affirms whether or not anyone asked. Affirmed wins over denied, whichever came first; a hedge after a
denial reopens it; a no that is taken back becomes a yes; a companion's report that the patient denies is unclear.

What it does not catch: answers by gesture or tone, irony, danger told only in metaphor, a reply to a question
more than three replies back.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from thirdchair.language.risk_terms import Danger, Mention, Person, find_mentions
from thirdchair.language.when_said import asks_about_now, read_time
from thirdchair.records import (
    RiskFinding,
    RiskStatus,
    RiskTopic,
    SpeakerRole,
    Transcript,
    Utterance,
)
from thirdchair.uses.summarise_session.risk_answers import Answer
from thirdchair.uses.summarise_session.risk_corrections import (
    contradicts,
    gives_in,
    speaks_of_thoughts,
    takes_back_a_denial,
    turns_to_the_patient,
    was_not_meant,
)
from thirdchair.uses.summarise_session.risk_question_forms import (
    asks_of_earlier,
    asks_of_the_rest,
    asks_when,
    is_question,
    repeats_the_question,
)
from thirdchair.uses.summarise_session.risk_questions import (
    TOPIC_OF,
    Question,
    read_question,
)
from thirdchair.uses.summarise_session.risk_readings import Reading, finding_of
from thirdchair.uses.summarise_session.risk_replies import (
    answer_to,
    answered_for_them,
    presumed_in,
    readings_of,
    stated_in,
    times_told,
    to_a_report,
    within_question,
)
from thirdchair.uses.summarise_session.risk_statements import Statement, read_statements

_REPLIES_AWAITED: Final = 3
_NEARBY: Final = 8
"""Utterances after which "and anyone else?" no longer refers back."""
_JUST_SPOKEN: Final = 3
"""Utterances within which "has that happened to you?" refers to what was spoken of."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A question, or another's account of the patient, that waits for its answer."""

    question: Question
    asked_in: Utterance
    replies_left: int = _REPLIES_AWAITED
    reported: bool = False


@dataclass(slots=True)
class _Listener:
    """Follows a session turn by turn and keeps what it says of each topic."""

    with_companion: bool
    patients: int
    readings: list[Reading] = field(default_factory=list[Reading])
    open: _Open | None = None
    left: tuple[RiskTopic, ...] = ()
    thread: tuple[RiskTopic, ...] = ()
    thread_from: int = 0
    spoken: tuple[RiskTopic, ...] = ()
    spoken_at: int = 0

    def hear(self, utterance: Utterance) -> None:
        """Takes in the next turn."""
        asked = self._hear_question(utterance) if _may_ask(utterance) else False
        if not asked and utterance.role is not SpeakerRole.CLINICIAN:
            self._hear_reply(utterance)
        mentions = find_mentions(utterance.text)
        told = [m for m in mentions if m.rung or utterance.role is not SpeakerRole.CLINICIAN]
        named = tuple(dict.fromkeys(_as_if_of_patient(m) for m in told if m.danger in TOPIC_OF))
        if named:
            self.spoken, self.spoken_at = named, utterance.number

    def _hear_question(self, utterance: Utterance) -> bool:
        near = self.thread if utterance.number - self.thread_from <= _NEARBY else ()
        spoken = self.spoken if utterance.number - self.spoken_at <= _JUST_SPOKEN else ()
        question = read_question(
            utterance.text, previous=near, spoken=spoken, of_companion=self.with_companion
        )
        if question.topics and not _states_own(utterance):
            self._open(question, utterance)
            return True
        if utterance.role is SpeakerRole.UNKNOWN and not is_question(utterance.text):
            return False
        if is_question(utterance.text) or (self.with_companion and turns_to_the_patient(utterance.text)):
            self._follow_up(utterance, near)
        return utterance.role is SpeakerRole.CLINICIAN

    def _open(self, question: Question, utterance: Utterance) -> None:
        self.open = _Open(question, utterance)
        self.left = question.topics
        self.thread, self.thread_from = question.topics, utterance.number
        self.readings += [
            Reading(topic, RiskStatus.UNCLEAR, (utterance.id,), answered=False) for topic in question.topics
        ]

    def _follow_up(self, utterance: Utterance, near: tuple[RiskTopic, ...]) -> None:
        theirs = tuple(topic for topic in near if self._last_by(topic) is SpeakerRole.COMPANION)
        if theirs and turns_to_the_patient(utterance.text):
            self._turn_to_the_patient(utterance, theirs)
            return
        if near and self.left and asks_of_the_rest(utterance.text):
            self.open = _Open(Question(self.left), utterance)
            return
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

    def _turn_to_the_patient(self, utterance: Utterance, near: tuple[RiskTopic, ...]) -> None:
        """Asks again what a companion answered: until the patient speaks, a companion's no settles nothing."""
        self.open = _Open(Question(near, to_patient=True), utterance, reported=True)
        self.readings += [Reading(topic, RiskStatus.UNCLEAR, (utterance.id,)) for topic in near]

    def _last_status(self, topic: RiskTopic) -> RiskStatus | None:
        of_topic = [reading for reading in self.readings if reading.topic is topic]
        return of_topic[-1].status if of_topic else None

    def _last_by(self, topic: RiskTopic) -> SpeakerRole | None:
        of_topic = [reading for reading in self.readings if reading.topic is topic]
        return of_topic[-1].by if of_topic else None

    def _patient_denied(self, topic: RiskTopic) -> bool:
        by_patient = self._last_by(topic) is SpeakerRole.PATIENT
        return by_patient and self._last_status(topic) is RiskStatus.DENIED

    def _hear_reply(self, utterance: Utterance) -> None:
        opened = self.open if self.open and self.open.asked_in.speaker != utterance.speaker else None
        stated = read_statements(
            utterance.text,
            utterance.role,
            spoken=self._spoken_before(utterance),
            of_partner=self.patients > 1,
        )
        if opened:
            stated = within_question(stated, opened.question, utterance)
        question = opened.question if opened else None
        asked_in = opened.asked_in.id if opened else ""
        self._take_back(utterance, stated)
        self.readings += [stated_in(statement, utterance, question, asked_in) for statement in stated]
        self.left = tuple(topic for topic in self.left if topic not in {s.topic for s in stated})
        if stated:
            self.thread, self.thread_from = tuple(dict.fromkeys(s.topic for s in stated)), utterance.number
        if opened:
            self._close(opened, utterance, {statement.topic for statement in stated})
        if utterance.role is SpeakerRole.COMPANION:
            self._hear_companion(utterance, stated)

    def _spoken_before(self, utterance: Utterance) -> tuple[RiskTopic, ...]:
        return self.spoken if utterance.number - self.spoken_at <= 1 else ()

    def _hear_companion(self, utterance: Utterance, stated: tuple[Statement, ...]) -> None:
        topics = tuple(dict.fromkeys(statement.topic for statement in stated))
        if not topics and contradicts(utterance.text):
            lately = utterance.number - self.thread_from <= _JUST_SPOKEN
            denied = (topic for topic in self.thread if self._patient_denied(topic))
            topics = tuple(denied) if lately else ()
            self.readings += [
                Reading(topic, RiskStatus.AFFIRMED, (utterance.id,), by=SpeakerRole.COMPANION)
                for topic in topics
            ]
        if topics:
            self.open = _Open(Question(topics), utterance, reported=True)

    def _take_back(self, utterance: Utterance, stated: tuple[Statement, ...]) -> None:
        """Turns an earlier no into a yes, or drops what was only a figure of speech, where the speaker says so."""
        denied = [topic for topic in RiskTopic if self._last_status(topic) is RiskStatus.DENIED]
        affirmed = any(statement.status is RiskStatus.AFFIRMED for statement in stated)
        gave_in = utterance.number - self.thread_from <= _REPLIES_AWAITED and gives_in(utterance.text)
        if denied and not affirmed and (gave_in or takes_back_a_denial(utterance.text)):
            last = max((r for r in self.readings if r.topic in denied), key=lambda r: int(r.evidence[-1][1:]))
            topics = [topic for topic in denied if topic in self.thread] or [last.topic]
            named = [statement.topic for statement in stated if statement.topic in denied]
            topics = named or topics
            if not named and RiskTopic.SUICIDE in denied and speaks_of_thoughts(utterance.text):
                topics = [RiskTopic.SUICIDE]
            ids = (utterance.id,)
            time = read_time(utterance.text)
            self.readings += [Reading(topic, RiskStatus.AFFIRMED, ids, time=time) for topic in topics]
        if was_not_meant(utterance.text):
            self.readings = [
                replace(reading, status=RiskStatus.DENIED)
                if self._is_taken_back(reading, utterance)
                else reading
                for reading in self.readings
            ]

    def _is_taken_back(self, reading: Reading, utterance: Utterance) -> bool:
        lately = utterance.number - int(reading.evidence[-1][1:]) <= _REPLIES_AWAITED
        return reading.weak and lately and reading.status is not RiskStatus.DENIED

    def _close(self, opened: _Open, utterance: Utterance, stated: set[RiskTopic]) -> None:
        question, asked_in = opened.question, opened.asked_in.id
        if question.about_when:
            self.open = None
            self.readings += times_told(question, utterance, asked_in)
            return
        answer = answer_to(question, utterance)
        if opened.reported and utterance.role is not SpeakerRole.COMPANION:
            answer = to_a_report(answer, utterance)
        left = tuple(topic for topic in question.topics if topic not in stated)
        found = readings_of(answer, left, question, utterance, asked_in) if answer is not Answer.NONE else []
        if question.presumed and not stated.intersection(question.presumed):
            found += presumed_in(question, utterance, answer, asked_in)
        for_them = answered_for_them(question, utterance, answer)
        if for_them:
            found = [replace(reading, status=RiskStatus.UNCLEAR, answered=False) for reading in found]
        self.readings += [replace(reading, replies=opened.reported) for reading in found]
        settled = answer in (Answer.NO, Answer.YES, Answer.YES_BUT_OVER) or (bool(stated) and not left)
        if settled:
            self.left = ()
        if for_them or (settled and self.patients > 1):
            question, settled = replace(question, negative=for_them), False
        replies_left = opened.replies_left - 1
        keep = not settled and replies_left > 0
        self.open = replace(opened, question=question, replies_left=replies_left) if keep else None


def read_risk(transcript: Transcript) -> tuple[RiskFinding, ...]:
    """One finding for every risk topic, in the order of RiskTopic, with the utterances that bear it out."""
    listener = _Listener(
        with_companion=any(u.role is SpeakerRole.COMPANION for u in transcript.utterances),
        patients=sum(1 for role in transcript.speakers.values() if role is SpeakerRole.PATIENT),
    )
    for utterance in transcript.utterances:
        listener.hear(utterance)
    return tuple(finding_of(topic, [r for r in listener.readings if r.topic is topic]) for topic in RiskTopic)


def _as_if_of_patient(mention: Mention) -> RiskTopic:
    """The topic that a mention would be were the patient meant: another's blows are abuse."""
    if mention.danger is Danger.HARM_TO_OTHERS and mention.person is Person.OTHER:
        return RiskTopic.ABUSE
    return TOPIC_OF[mention.danger]


def _may_ask(utterance: Utterance) -> bool:
    return utterance.role in (SpeakerRole.CLINICIAN, SpeakerRole.UNKNOWN)


def _states_own(utterance: Utterance) -> bool:
    """Whether a speaker of unknown role tells of themselves, so that the turn is no question."""
    return utterance.role is SpeakerRole.UNKNOWN and bool(read_statements(utterance.text, utterance.role))
