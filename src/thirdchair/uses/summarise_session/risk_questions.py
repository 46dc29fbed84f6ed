"""What a clinician asks about danger: which topics, in what form, about what time.

A sentence that only teaches ("Alcohol can worsen sleep", "if you ever feel suicidal, call us") asks nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from thirdchair.language.negation import negated
from thirdchair.language.plain_text import plain
from thirdchair.language.risk_terms import Danger, Mention, Person, find_mentions
from thirdchair.language.sentences import split_sentences
from thirdchair.language.when_said import asks_about_now, asks_about_past
from thirdchair.records import RiskTopic
from thirdchair.uses.summarise_session.risk_question_forms import (
    ABOUT_YOU,
    ANYONE_ELSE,
    CONDITION,
    EITHER_WAY,
    FRAGMENT_CHARACTERS,
    FRAGMENT_VERB,
    FRAGMENT_WORDS,
    NO_PREMISE,
    NOT_ABOUT_YOU,
    OPENS_WITH_WH,
    PRESUPPOSED,
    PROBE,
    REVERSED,
    SAME,
    SETTING,
    STILL_FREE,
    TEACHES,
    WH,
    WHETHER,
    is_interrogative,
)

_LISTED: Final = 3
_LONGEST_SAME: Final = 110
_OF_THE_PATIENT: Final = re.compile(
    r"\b(?:has|does|did|is|was|had)\s+(?:he|she|they)\b|(?<!其)[他她]", re.IGNORECASE
)
"""Asks a companion about the patient."""

TOPIC_OF: Final = {Danger(topic.value): topic for topic in RiskTopic}


@dataclass(frozen=True, slots=True)
class Question:
    """What one utterance asks.

    Args:
        topics: in the order asked; empty where it asks something else.
        about_now: the words confine it to the present.
        about_past: the words confine it to earlier times.
        negative: put as a statement that it is not so ("so no thoughts of ...").
        reversed: a plain yes is reassuring ("do you feel safe at home?").
        about_when: only the time of what was already affirmed is asked.
        presumed: topics taken as known ("your smoking") or named as the setting ("when you've been drinking").
        open_ended: put so that a bare no denies nothing ("what comes to mind when you smoke?").
        still_free: asks whether abstinence still holds, which says that there was use.
        to_patient: the words do not ask a companion about the patient ("has he ..."), so that nobody else can answer.
        told: put without a question mark.
    """

    topics: tuple[RiskTopic, ...]
    about_now: bool = False
    about_past: bool = False
    negative: bool = False
    reversed: bool = False
    about_when: bool = False
    presumed: tuple[RiskTopic, ...] = ()
    open_ended: bool = False
    still_free: bool = False
    to_patient: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """One sentence that asks about danger."""

    sentence: str
    topics: tuple[RiskTopic, ...]
    mentions: tuple[Mention, ...] = ()
    setting: bool = False


def read_question(
    text: str,
    *,
    previous: tuple[RiskTopic, ...] = (),
    spoken: tuple[RiskTopic, ...] = (),
    of_companion: bool = False,
) -> Question:
    """What an utterance asks about danger.

    Args:
        text: the utterance.
        previous: topics asked shortly before, for "and anyone else?".
        spoken: topics that anyone just spoke of, of whomever, for "has that ever happened to you?".
        of_companion: a companion is present, so "has he ever hurt himself?" may mean the patient.

    >>> [t.value for t in read_question("Any thoughts of harming yourself or anyone else?").topics]
    ['self_harm', 'harm_to_others']
    >>> read_question("Alcohol can make sleep worse.").topics
    ()
    """
    asked: list[_Asked] = []
    named = list(spoken)
    for sentence in split_sentences(plain(text)):
        before = (*previous, *(topic for one in asked for topic in one.topics))
        one = _read_sentence(
            sentence.text, before, tuple(named) if not asked else (), of_companion=of_companion
        )
        named += [TOPIC_OF[m.danger] for m in find_mentions(sentence.text) if m.danger in TOPIC_OF]
        if one.topics:
            asked.append(one)
    return _question(asked)


def _read_sentence(
    sentence: str, before: tuple[RiskTopic, ...], named: tuple[RiskTopic, ...], *, of_companion: bool
) -> _Asked:
    found = _asked_mentions(sentence, of_companion=of_companion)
    asked = [mention for mention in found if not _is_setting(sentence, mention)]
    setting = bool(asked) and len(asked) < len(found)
    mentions = asked if setting else found
    topics = [TOPIC_OF[mention.danger] for mention in mentions]
    if not topics and _asks_of_others(sentence, before):
        topics = [RiskTopic.HARM_TO_OTHERS]
    if not topics and named and _asks_the_same(sentence):
        topics = list(named)
    if RiskTopic.ABUSE in topics and EITHER_WAY.search(sentence):
        topics.append(RiskTopic.HARM_TO_OTHERS)
    return _Asked(sentence, tuple(dict.fromkeys(topics)), tuple(mentions), setting)


def _question(asked: list[_Asked]) -> Question:
    words = " ".join(one.sentence for one in asked)
    topics = tuple(dict.fromkeys(topic for one in asked for topic in one.topics))
    last = asked[-1] if asked else _Asked("", ())
    use = RiskTopic.SUBSTANCE_USE
    presumed = any(one.setting for one in asked) or (use in topics and PRESUPPOSED.search(words) is not None)
    return Question(
        topics=topics,
        about_now=bool(asked) and asks_about_now(words),
        about_past=bool(asked) and asks_about_past(words),
        negative=any(_is_negative(last.sentence, mention) for mention in last.mentions),
        reversed=any(REVERSED.search(last.sentence[m.start : m.end]) is not None for m in last.mentions),
        presumed=(use,) if presumed else (),
        open_ended=bool(asked) and WH.search(last.sentence) is not None,
        still_free=use in topics and STILL_FREE.search(words) is not None,
        told=bool(asked) and not last.sentence.rstrip("\"' ").endswith(("?", "？")),
        to_patient=bool(asked) and _OF_THE_PATIENT.search(words) is None,
    )


def _asked_mentions(sentence: str, *, of_companion: bool) -> list[Mention]:
    found = [m for m in find_mentions(sentence) if m.danger in TOPIC_OF and not m.indirect]
    if _is_list(sentence):
        return found
    found = [m for m in found if not _is_of_others(m, found)]
    return [m for m in found if _about_the_patient(m, of_companion=of_companion) and _asks(sentence, m)]


def _is_of_others(mention: Mention, found: list[Mention]) -> bool:
    """Whether what reads as abuse of someone else is the harm that the patient may do ("hurting them")."""
    return (
        mention.danger is Danger.ABUSE
        and mention.person is Person.OTHER
        and any(
            m.danger is Danger.HARM_TO_OTHERS and m.start < mention.end and mention.start < m.end
            for m in found
        )
    )


def _about_the_patient(mention: Mention, *, of_companion: bool) -> bool:
    return mention.person is not Person.OTHER or of_companion


def _asks(sentence: str, mention: Mention) -> bool:
    before = sentence[: mention.start]
    condition = CONDITION.search(before)
    main = sentence[condition.end() : mention.end] if condition else ""
    if condition and not WHETHER.search(before) and not NO_PREMISE.search(main):
        return False
    if TEACHES.search(sentence):
        return False
    if is_interrogative(sentence) or PROBE.search(sentence) or _is_list(sentence):
        return True
    return _states_about_you(sentence, mention) or _is_fragment(sentence)


def _states_about_you(sentence: str, mention: Mention) -> bool:
    before = sentence[: mention.start]
    addressed = mention.person is Person.ADDRESSED or ABOUT_YOU.search(before) is not None
    return addressed and NOT_ABOUT_YOU.search(before) is None


def _is_fragment(sentence: str) -> bool:
    short = len(sentence.split()) <= FRAGMENT_WORDS and len(sentence) <= 80
    if not sentence.isascii():
        short = len(sentence) <= FRAGMENT_CHARACTERS
    return short and FRAGMENT_VERB.search(sentence) is None


def _is_list(sentence: str) -> bool:
    """Whether a sentence only lists dangers ("Suicide, hurting yourself, drink or drugs"), which asks of each."""
    return len({m.danger for m in find_mentions(sentence) if m.danger in TOPIC_OF}) >= _LISTED


def _is_setting(sentence: str, mention: Mention) -> bool:
    found = SETTING.search(sentence)
    return (
        mention.danger is Danger.SUBSTANCE_USE
        and found is not None
        and found.start() <= mention.start < found.end()
    )


def _asks_the_same(sentence: str) -> bool:
    """Whether a sentence asks of the patient what was just spoken of."""
    if not is_interrogative(sentence) or len(sentence) > _LONGEST_SAME:
        return False
    return SAME.search(sentence) is not None and (OPENS_WITH_WH.search(sentence) is None)


def _asks_of_others(sentence: str, before: tuple[RiskTopic, ...]) -> bool:
    near = {RiskTopic.SUICIDE, RiskTopic.SELF_HARM}.intersection(before)
    return bool(near) and len(sentence) <= 70 and ANYONE_ELSE.search(sentence) is not None


def _is_negative(sentence: str, mention: Mention) -> bool:
    opens = sentence.lower().startswith(("have", "do", "are", "did", "has", "don't", "haven't", "aren't"))
    return not opens and negated(sentence, mention.start, mention.end)
