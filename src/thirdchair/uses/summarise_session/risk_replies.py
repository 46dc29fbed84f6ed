"""What one reply says about one open question, as readings."""

from __future__ import annotations

import re
from typing import Final

from thirdchair.language.when_said import asks_about_now, read_time
from thirdchair.records import RiskStatus, RiskTopic, SpeakerRole, Timeframe, Utterance
from thirdchair.uses.summarise_session.risk_answers import Answer, is_silence, read_answer
from thirdchair.uses.summarise_session.risk_corrections import disputes, hushes, owns_up
from thirdchair.uses.summarise_session.risk_in_context import read_in_context
from thirdchair.uses.summarise_session.risk_questions import Question
from thirdchair.uses.summarise_session.risk_readings import Reading
from thirdchair.uses.summarise_session.risk_scope import affirmed_topics
from thirdchair.uses.summarise_session.risk_statements import Statement

_SAFE: Final = re.compile(
    r"^(?:(?:i\s+feel|it's|i'm|completely|very|perfectly|totally)\s+){0,3}safe\b|^(?:很|挺|还|比较|都)?安全",
    re.IGNORECASE,
)
_TELLS: Final = 5
"""Words from which a reply about a habit that was taken as known bears the habit out."""


def answer_to(question: Question, utterance: Utterance) -> Answer:
    """How a reply answers a question, turned round where a plain yes to it is reassuring."""
    answer = read_answer(utterance.text, negative_question=question.negative, told=question.told)
    if question.still_free:
        return {Answer.YES: Answer.YES_BUT_OVER, Answer.NO: Answer.YES}.get(answer, answer)
    if question.presumed and question.open_ended and answer is Answer.NO:
        return Answer.NONE
    if question.open_ended and answer is Answer.NO and RiskTopic.SUBSTANCE_USE not in question.topics:
        return Answer.HEDGED  # "what is the plaster for?" "Nothing."
    if not question.reversed:
        return answer
    if answer is Answer.NONE and _SAFE.search(utterance.text):
        return Answer.NO
    return {Answer.YES: Answer.NO, Answer.NO: Answer.HEDGED}.get(answer, answer)


def stated_in(
    statement: Statement, utterance: Utterance, question: Question | None, asked_in: str
) -> Reading:
    """A statement as a reading; it rests on the question too where it answers one."""
    answers = question is not None and statement.topic in question.topics
    now = statement.time is Timeframe.CURRENT or (question is not None and answers and question.about_now)
    time = statement.time
    if question is not None and answers and question.about_past and not asks_about_now(utterance.text):
        time = Timeframe.PAST
    return Reading(
        statement.topic,
        statement.status,
        (asked_in, utterance.id) if answers else (utterance.id,),
        time=time,
        only_now=statement.status is RiskStatus.DENIED and now,
        by=utterance.role,
        weak=statement.weak,
    )


def within_question(
    stated: tuple[Statement, ...], question: Question, utterance: Utterance
) -> tuple[Statement, ...]:
    """The statements with what the reply names only by pronoun, by place, or by words that need the question."""
    named = {statement.topic for statement in stated}
    extra = dict(affirmed_topics(utterance.text, question.topics))
    left = tuple(topic for topic in question.topics if topic not in named)
    if not extra and left and _needs_its_question(question, utterance):
        extra = dict(read_in_context(utterance.text, left))
    time = read_time(utterance.text)
    return (
        *stated,
        *(Statement(topic, status, time) for topic, status in extra.items() if topic not in named),
    )


def _needs_its_question(question: Question, utterance: Utterance) -> bool:
    if question.reversed or question.negative or utterance.role is SpeakerRole.COMPANION:
        return False
    return read_answer(utterance.text) is Answer.NONE


def presumed_in(question: Question, utterance: Utterance, answer: Answer, asked_in: str) -> list[Reading]:
    """A habit that the question took as known, borne out by a reply that lets it stand."""
    lets_stand = len(utterance.text.split()) >= _TELLS or not utterance.text.isascii()
    asked = RiskTopic.SUBSTANCE_USE in question.topics
    if (
        asked
        and answer not in (Answer.YES, Answer.YES_BUT_OVER)
        and (answer is not Answer.NONE or not lets_stand)
    ):
        return []
    if is_silence(utterance.text) or answer is Answer.HEDGED:
        return []
    time = read_time(utterance.text)
    return [
        Reading(topic, RiskStatus.AFFIRMED, (asked_in, utterance.id), time=time, by=utterance.role)
        for topic in question.presumed
    ]


def readings_of(
    answer: Answer, topics: tuple[RiskTopic, ...], question: Question, utterance: Utterance, asked_in: str
) -> list[Reading]:
    """What a plain answer says of each topic that the reply did not speak of by name."""
    status = {Answer.NO: RiskStatus.DENIED, Answer.HEDGED: RiskStatus.UNCLEAR}.get(
        answer, RiskStatus.AFFIRMED
    )
    if status is RiskStatus.AFFIRMED and len(question.topics) > 1:
        status = RiskStatus.UNCLEAR  # "yes" to two questions at once names neither
    return [
        Reading(
            topic,
            status,
            (asked_in, utterance.id),
            time=_answer_time(answer, question, utterance.text),
            only_now=status is RiskStatus.DENIED and question.about_now,
            by=utterance.role,
        )
        for topic in topics
    ]


def times_told(question: Question, utterance: Utterance, asked_in: str) -> list[Reading]:
    """The time that a reply gives for what was already affirmed; nothing where it gives none."""
    time = read_time(utterance.text)
    if time is Timeframe.UNSTATED:
        return []
    ids = (asked_in, utterance.id)
    return [
        Reading(topic, RiskStatus.AFFIRMED, ids, time=time, by=utterance.role) for topic in question.topics
    ]


def to_a_report(answer: Answer, utterance: Utterance) -> Answer:
    """How the patient takes another's account of them."""
    if answer in (Answer.YES, Answer.YES_BUT_OVER, Answer.NO):
        return answer
    if owns_up(utterance.text):
        return Answer.YES
    if disputes(utterance.text):
        return Answer.NO
    return Answer.HEDGED if hushes(utterance.text) else answer


def answered_for_them(question: Question, utterance: Utterance, answer: Answer) -> bool:
    """Whether a companion says no in the patient's place."""
    return question.to_patient and utterance.role is SpeakerRole.COMPANION and answer is Answer.NO


def _answer_time(answer: Answer, question: Question, text: str) -> Timeframe:
    if answer is Answer.YES_BUT_OVER:
        return Timeframe.PAST
    said = read_time(text)
    if said is not Timeframe.UNSTATED:
        return said
    if question.about_now:
        return Timeframe.CURRENT
    return Timeframe.PAST if question.about_past else Timeframe.UNSTATED
