"""What a patient, or someone beside them, says of a danger without being asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from thirdchair.language.attribution import quoted, supposed
from thirdchair.language.negation import ceased, negated
from thirdchair.language.plain_text import plain
from thirdchair.language.risk_terms import Danger, Mention, Person, find_mentions
from thirdchair.language.sentences import split_sentences
from thirdchair.language.when_said import is_over, read_time
from thirdchair.records import RiskStatus, RiskTopic, SpeakerRole, Timeframe
from thirdchair.uses.summarise_session.risk_questions import TOPIC_OF, is_interrogative

_SELDOM: Final = re.compile(
    r"\b(?:hardly|rarely|barely|seldom|scarcely|don'?t\s+(?:only|just))\b[^.!?]{0,12}$|(?:很少|不怎么|不太|不常|不经常|偶尔|难得)[^。]{0,2}$",
    re.IGNORECASE,
)
_NOT_MUCH: Final = re.compile(
    r"^\s*(?:all\s+)?(?:that\s+|very\s+|too\s+|so\s+)?(?:much|a\s+lot|often|every|heavily|regularly|to\s+excess|as\s+much|during|alone|excessively|loads|daily|more\s+than|(?:\w+\s+)?problem)\b|^(?:得)?(?:多|很多|太多|厉害|凶)",
    re.IGNORECASE,
)
_ATTEMPTED: Final = re.compile(
    r"\b(?:tried|attempted|overdosed|took|swallowed)\b|过|未遂|没死成", re.IGNORECASE
)
_JOKES: Final = re.compile(
    r"\b(?:ha\s?ha\w*|joking|kidding|lol|figure\s+of\s+speech)\b|开玩笑|说着玩", re.IGNORECASE
)
_ABLE: Final = re.compile(
    r"\b(?:could|could\s+have|could've|might)\s+(?:just\s+|honestly\s+)?$", re.IGNORECASE
)
_STARTS_SELF: Final = re.compile(
    r"^(?:(?:and|but|so|well|um+|uh+|yes|yeah|no|like|because|sometimes|honestly|actually|okay|oh)[,.\s]+){0,3}(?:i|i'm|i've|im|ive|my)\b|^我",
    re.IGNORECASE,
)
_KIN: Final = re.compile(
    r"\b(?:his|her|their|my|our)\s+(?:\w{1,10}\s+)?(?:brother|sister|mother|father|mum|mom|dad|husband|wife|partner|boyfriend|girlfriend|friends?|uncle|aunt|cousin|gran\w{0,7}|ex|mate|neighbou?r|boss)\b[^.!?]{0,40}$"
    r"|(?:他|她|我)的?(?:爸|妈|哥|姐|弟|妹|老公|老婆|丈夫|妻子|朋友|同学|爷爷|奶奶|前[夫妻任])[^。！？，]{0,12}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What one speaker says of one topic: affirmed, denied, or unclear where the words only point to it."""

    topic: RiskTopic
    status: RiskStatus
    time: Timeframe


def read_statements(text: str, role: SpeakerRole) -> tuple[Statement, ...]:
    """What an utterance says of the patient's own danger, topic by topic, in order.

    A question is no statement, nor is another's speech, a supposition, an idiom, or someone else's danger.

    >>> [(s.topic.value, s.status.value) for s in read_statements("I drink, but I'd never hurt myself.", SpeakerRole.PATIENT)]
    [('substance_use', 'affirmed'), ('self_harm', 'denied')]
    """
    statements: list[Statement] = []
    for sentence in split_sentences(plain(text)):
        question = _is_question(sentence.text, role)
        for mention in find_mentions(sentence.text):
            if mention.danger not in TOPIC_OF or not _is_about_patient(sentence.text, mention, role):
                continue
            status = _status(sentence.text, mention)
            if question and status is not None:
                status = _in_question(mention, role)
            if status is not None:
                statements.append(
                    Statement(TOPIC_OF[mention.danger], status, _time(sentence.text, mention, status))
                )
    return tuple(statements)


def _is_question(sentence: str, role: SpeakerRole) -> bool:
    """A patient's sentence is a question only by its mark ("When I was 15 I ..." is none)."""
    if role is SpeakerRole.UNKNOWN:
        return is_interrogative(sentence)
    return sentence.rstrip("\"' ").endswith(("?", "？", "吗")) and _STARTS_SELF.search(sentence) is None


def _in_question(mention: Mention, role: SpeakerRole) -> RiskStatus | None:
    own = (
        role is SpeakerRole.PATIENT
        and mention.rung > 0
        and (mention.person is Person.SELF or mention.indirect)
    )
    return RiskStatus.UNCLEAR if own else None


def _is_about_patient(sentence: str, mention: Mention, role: SpeakerRole) -> bool:
    if quoted(sentence, mention.start) and not _is_reproach(sentence, mention):
        return role is SpeakerRole.COMPANION and mention.person is Person.OTHER
    if role is SpeakerRole.COMPANION:
        return mention.person is Person.OTHER and _KIN.search(sentence[: mention.start]) is None
    if role is SpeakerRole.PATIENT:
        return mention.person in (Person.SELF, Person.UNSAID)
    return mention.person is Person.SELF


def _is_reproach(sentence: str, mention: Mention) -> bool:
    """Whether another's words tell of the patient's own habit ("my wife says I drink too much")."""
    own = mention.danger is Danger.SUBSTANCE_USE and mention.person is Person.SELF
    return own and '"' not in sentence[: mention.start]


def _status(sentence: str, mention: Mention) -> RiskStatus | None:
    start, end = mention.start, mention.end
    if supposed(sentence, start):
        return None
    if mention.danger is Danger.SUBSTANCE_USE and _uses_a_little(sentence, mention):
        return RiskStatus.AFFIRMED
    if mention.rung and ceased(sentence, start, end):
        return RiskStatus.AFFIRMED
    if negated(sentence, start, end):
        return None if mention.indirect else RiskStatus.DENIED
    if mention.rung == 0:
        return None
    if quoted(sentence, start) and _is_reproach(sentence, mention):
        return RiskStatus.UNCLEAR
    if mention.danger is Danger.HARM_TO_OTHERS and _JOKES.search(sentence):
        return RiskStatus.UNCLEAR
    if mention.indirect or (mention.danger is Danger.HARM_TO_OTHERS and _ABLE.search(sentence[:start])):
        return RiskStatus.UNCLEAR
    return RiskStatus.AFFIRMED


def _uses_a_little(sentence: str, mention: Mention) -> bool:
    before, after = (
        sentence[max(0, mention.start - 40) : mention.start],
        sentence[mention.end : mention.end + 40],
    )
    little = negated(sentence, mention.start, mention.end) and _NOT_MUCH.search(after) is not None
    return little or _SELDOM.search(before) is not None


def _time(sentence: str, mention: Mention, status: RiskStatus) -> Timeframe:
    if status is RiskStatus.DENIED:
        return read_time(sentence)
    if ceased(sentence, mention.start, mention.end) or is_over(sentence):
        return Timeframe.PAST
    time = read_time(sentence)
    words = sentence[mention.start : mention.end]
    attempted = mention.danger is Danger.SUICIDE and _ATTEMPTED.search(words) is not None
    return Timeframe.PAST if attempted and time is Timeframe.UNSTATED else time
