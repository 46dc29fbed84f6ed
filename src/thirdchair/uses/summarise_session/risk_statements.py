"""What a patient, or someone beside them, says of a danger without being asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from thirdchair.language.attribution import quoted, supposed
from thirdchair.language.negation import ceased, negated
from thirdchair.language.plain_text import plain
from thirdchair.language.risk_terms import Danger, Mention, Person, find_mentions
from thirdchair.language.sentences import split_sentences
from thirdchair.language.when_said import is_over, read_time
from thirdchair.records import RiskStatus, RiskTopic, SpeakerRole, Timeframe
from thirdchair.uses.summarise_session.risk_corrections import supposes
from thirdchair.uses.summarise_session.risk_question_forms import is_interrogative
from thirdchair.uses.summarise_session.risk_questions import TOPIC_OF

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
    r"\bmy\s+(?:\w{1,10}\s+)?(?:brother|sister|friends?|uncle|aunt|cousin|ex|mate|neighbou?r|boss)\b[^.!?]{0,40}$|\b(?:his|her|their)\s+(?:\w{1,10}\s+)?(?:brother|sister|mother|father|mum|mom|dad|husband|wife|partner|boyfriend|girlfriend|friends?|uncle|aunt|cousin|gran\w{0,7}|ex|mate|neighbou?r|boss)\b[^.!?]{0,40}$"
    r"|(?:他|她)的?(?:爸|妈|哥|姐|弟|妹|老公|老婆|丈夫|妻子|朋友|同学|爷爷|奶奶|前[夫妻任])[^。！？，]{0,12}$",
    re.IGNORECASE,
)

_NEVER_SO: Final = re.compile(
    r"\b(?:i|i've|i'd|i'm)\s+(?:\w{1,9}\s+){0,2}?(?:never|not|n't|don't|haven't)\s+(?:\w{1,9}\s+){0,2}?(?:felt|thought|had|been|done|gone|feel|think|have|do|experienced|known|wanted|considered)\s+(?:\w{1,9}\s+){0,2}?(?:like\s+that|that|those|anything\s+like|that\s+way|it|such)\b|我(?:自己)?(?:从来|从)?(?:没有?|没)(?:过|有过|想过|这样|遇到过)",
    re.IGNORECASE,
)
_WISHES: Final = re.compile(
    r"\b(?:could|want\w{0,3}|going\s+to|gonna|'ll|will|like\s+to)\b|想|恨不得|要", re.IGNORECASE
)
_PARTNER: Final = re.compile(
    r"\b(?:him|her|you|my\s+(?:husband|wife|partner|girlfriend|boyfriend))\b|[他她你]|老公|老婆|丈夫|妻子",
    re.IGNORECASE,
)
_OF_ONESELF: Final = frozenset({Danger.SUICIDE, Danger.SELF_HARM, Danger.SUBSTANCE_USE})
_ENDS_IN_PRONOUN: Final = re.compile(r"\b(?:him|her|them)\W*$|[他她]们?\W*$", re.IGNORECASE)
_COULD_STRANGLE: Final = re.compile(
    r"\bcould(?:'ve|\s+have)?\s+(?:\w{1,9}\s+)?(?:strangl|throttl|murder|wring|swing)", re.IGNORECASE
)
_ASKS_WHAT_IT_IS: Final = re.compile(
    r"\b(?:define|what\s+(?:do\s+you\s+(?:mean|call)(?:\s+by)?|counts\s+as|is)|mean\s+by)\s+$|什么(?:叫|算|是)$",
    re.IGNORECASE,
)
_BETWEEN_TWO: Final = {
    RiskTopic.HARM_TO_OTHERS: RiskTopic.ABUSE,
    RiskTopic.ABUSE: RiskTopic.HARM_TO_OTHERS,
}


@dataclass(frozen=True, slots=True)
class Statement:
    """What one speaker says of one topic: affirmed, denied, or unclear where the words only point to it.

    Args:
        weak: a wish or a turn of phrase, whose meaning the speaker may take back when asked.
    """

    topic: RiskTopic
    status: RiskStatus
    time: Timeframe
    weak: bool = False


def read_statements(
    text: str, role: SpeakerRole, *, spoken: tuple[RiskTopic, ...] = (), of_partner: bool = False
) -> tuple[Statement, ...]:
    """What an utterance says of the patient's own danger, topic by topic, in order.

    A question is no statement, nor is another's speech, a supposition, an idiom, or someone else's danger.

    Args:
        text: the utterance.
        role: of who speaks.
        spoken: topics just spoken of, for "I've never felt like that".
        of_partner: the one whom the speaker hurt, or was hurt by, is a patient too.

    >>> [(s.topic.value, s.status.value) for s in read_statements("I drink, but I'd never hurt myself.", SpeakerRole.PATIENT)]
    [('substance_use', 'affirmed'), ('self_harm', 'denied')]
    """
    statements: list[Statement] = []
    for sentence in split_sentences(plain(text)):
        question = _is_question(sentence.text, role)
        for mention in find_mentions(sentence.text):
            statement = _statement(sentence.text, mention, role, question=question)
            if statement is not None:
                statements.append(statement)
                if (
                    of_partner
                    and statement.status is RiskStatus.AFFIRMED
                    and _is_of_partner(sentence.text, mention)
                ):
                    statements.append(replace(statement, topic=_BETWEEN_TWO[statement.topic]))
    if not statements and role is SpeakerRole.PATIENT and _NEVER_SO.search(plain(text)):
        statements = [Statement(topic, RiskStatus.DENIED, Timeframe.UNSTATED) for topic in spoken]
    return tuple(statements)


def _statement(sentence: str, mention: Mention, role: SpeakerRole, *, question: bool) -> Statement | None:
    topic = _topic(mention, role)
    if topic is None or not _is_about_patient(sentence, mention, role):
        return None
    status = _status(sentence, mention)
    if question and status is not None:
        status = _in_question(mention, role)
    if (
        status is RiskStatus.AFFIRMED
        and role is SpeakerRole.COMPANION
        and supposes(sentence[: mention.start])
    ):
        status = RiskStatus.UNCLEAR
    if status is None:
        return None
    return Statement(topic, status, _time(sentence, mention, status), weak=_is_weak(sentence, mention))


def _topic(mention: Mention, role: SpeakerRole) -> RiskTopic | None:
    if role is SpeakerRole.COMPANION and mention.danger is Danger.ABUSE and mention.person is Person.SELF:
        return RiskTopic.HARM_TO_OTHERS  # "she threw a plate at me": what the patient does to the companion
    return TOPIC_OF.get(mention.danger)


def _is_weak(sentence: str, mention: Mention) -> bool:
    if mention.danger is Danger.HARM_TO_OTHERS:
        return _WISHES.search(sentence[: mention.end]) is not None
    return mention.danger is Danger.SUICIDE and (mention.indirect or mention.rung <= 1)


def _is_of_partner(sentence: str, mention: Mention) -> bool:
    words = sentence[mention.start : mention.end]
    if mention.danger is Danger.HARM_TO_OTHERS:
        return _PARTNER.search(words) is not None
    return mention.danger is Danger.ABUSE and mention.person is Person.SELF


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
    if mention.indirect and role is SpeakerRole.PATIENT and mention.danger not in _OF_ONESELF:
        return True
    if role is SpeakerRole.COMPANION:
        if mention.danger is Danger.HARM_TO_OTHERS and _ENDS_IN_PRONOUN.search(sentence[: mention.end]):
            return False
        if mention.danger is Danger.ABUSE and mention.person is Person.SELF:
            return True
        of_them = mention.danger is Danger.ABUSE or _KIN.search(sentence[: mention.start]) is None
        return mention.person is Person.OTHER and of_them
    if role is SpeakerRole.PATIENT:
        return mention.person in (Person.SELF, Person.UNSAID)
    return mention.person is Person.SELF


def _is_reproach(sentence: str, mention: Mention) -> bool:
    """Whether another's words tell of the patient's own habit ("my wife says I drink too much")."""
    own = mention.danger is Danger.SUBSTANCE_USE and mention.person is Person.SELF
    return own and '"' not in sentence[: mention.start]


def _status(sentence: str, mention: Mention) -> RiskStatus | None:
    start, end = mention.start, mention.end
    if mention.indirect and mention.danger not in _OF_ONESELF:
        return RiskStatus.UNCLEAR
    if (
        supposed(sentence, start)
        or _is_figure(sentence, mention)
        or _ASKS_WHAT_IT_IS.search(sentence[:start])
    ):
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


def _is_figure(sentence: str, mention: Mention) -> bool:
    """Whether a wish to harm is only a way of speaking ("I could strangle my teenager, honestly")."""
    said = sentence[max(0, mention.start - 30) : mention.end]
    return mention.danger is Danger.HARM_TO_OTHERS and _COULD_STRANGLE.search(said) is not None


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
