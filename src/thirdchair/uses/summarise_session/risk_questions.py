"""What a clinician asks about danger: which topics, in what form, about what time.

A sentence that only teaches ("Alcohol can worsen sleep", "if you ever feel suicidal, call us") asks nothing.
"""

from __future__ import annotations

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
    EVER_BEFORE,
    FRAGMENT_CHARACTERS,
    FRAGMENT_VERB,
    FRAGMENT_WORDS,
    HAN_QUESTION,
    INTERROGATIVE,
    NOT_ABOUT_YOU,
    POINTS_BACK,
    PROBE,
    REPEATED,
    REVERSED,
    SHORT,
    TEACHES,
    WHEN,
    WHETHER,
)

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
    """

    topics: tuple[RiskTopic, ...]
    about_now: bool = False
    about_past: bool = False
    negative: bool = False
    reversed: bool = False
    about_when: bool = False


def read_question(text: str, *, previous: tuple[RiskTopic, ...] = (), of_companion: bool = False) -> Question:
    """What an utterance asks about danger.

    Args:
        text: the utterance.
        previous: topics asked shortly before, for "and anyone else?".
        of_companion: a companion is present, so "has he ever hurt himself?" may mean the patient.

    >>> [t.value for t in read_question("Any thoughts of harming yourself or anyone else?").topics]
    ['self_harm', 'harm_to_others']
    >>> read_question("Alcohol can make sleep worse.").topics
    ()
    """
    topics: list[RiskTopic] = []
    taught: list[RiskTopic] = []
    asked: list[str] = []
    negative = turned = False
    for sentence in split_sentences(plain(text)):
        found = _asked_mentions(sentence.text, of_companion=of_companion)
        new = [TOPIC_OF[mention.danger] for mention in found]
        if not new and _asks_of_others(sentence.text, (*previous, *topics)):
            new = [RiskTopic.HARM_TO_OTHERS]
        if not new and not topics and POINTS_BACK.search(sentence.text) and _is_interrogative(sentence.text):
            new = list(taught)
        taught += [TOPIC_OF[m.danger] for m in find_mentions(sentence.text) if m.danger in TOPIC_OF]
        if new:
            topics += [topic for topic in dict.fromkeys(new) if topic not in topics]
            asked.append(sentence.text)
            negative = any(_is_negative(sentence.text, mention) for mention in found)
            turned = any(REVERSED.search(sentence.text[m.start : m.end]) is not None for m in found)
    words = " ".join(asked)
    return Question(
        topics=tuple(topics),
        about_now=bool(asked) and asks_about_now(words),
        about_past=bool(asked) and asks_about_past(words),
        negative=negative,
        reversed=turned,
    )


def is_question(text: str) -> bool:
    """Whether any sentence is put as a question."""
    return any(_is_interrogative(sentence.text) for sentence in split_sentences(plain(text)))


def is_interrogative(sentence: str) -> bool:
    """Whether one sentence is put as a question, with or without its mark."""
    return _is_interrogative(plain(sentence))


def repeats_the_question(text: str) -> bool:
    """Whether a question only asks again, so that the one before it stays open."""
    return REPEATED.search(plain(text)) is not None


def asks_of_earlier(text: str) -> bool:
    """Whether a question asks if what was just spoken of ever happened before."""
    return len(text) <= SHORT and EVER_BEFORE.search(plain(text)) is not None


def asks_when(text: str) -> bool:
    """Whether a question asks for the time of what was just said."""
    return is_question(text) and WHEN.search(plain(text)) is not None


def _asked_mentions(sentence: str, *, of_companion: bool) -> list[Mention]:
    found = [m for m in find_mentions(sentence) if m.danger in TOPIC_OF and not m.indirect]
    return [m for m in found if _about_the_patient(m, of_companion=of_companion) and _asks(sentence, m)]


def _about_the_patient(mention: Mention, *, of_companion: bool) -> bool:
    return mention.person is not Person.OTHER or of_companion


def _asks(sentence: str, mention: Mention) -> bool:
    before = sentence[: mention.start]
    condition = CONDITION.search(before)
    if condition and not WHETHER.search(before):
        return False
    if TEACHES.search(sentence):
        return False
    if _is_interrogative(sentence) or PROBE.search(sentence):
        return True
    return _states_about_you(sentence, mention) or _is_fragment(sentence)


def _is_interrogative(sentence: str) -> bool:
    return (
        sentence.rstrip("\"' ").endswith(("?", "？"))
        or INTERROGATIVE.search(sentence) is not None
        or HAN_QUESTION.search(sentence) is not None
    )


def _states_about_you(sentence: str, mention: Mention) -> bool:
    before = sentence[: mention.start]
    addressed = mention.person is Person.ADDRESSED or ABOUT_YOU.search(before) is not None
    return addressed and NOT_ABOUT_YOU.search(before) is None


def _is_fragment(sentence: str) -> bool:
    short = len(sentence.split()) <= FRAGMENT_WORDS and len(sentence) <= 80
    if not sentence.isascii():
        short = len(sentence) <= FRAGMENT_CHARACTERS
    return short and FRAGMENT_VERB.search(sentence) is None


def _asks_of_others(sentence: str, before: tuple[RiskTopic, ...]) -> bool:
    near = {RiskTopic.SUICIDE, RiskTopic.SELF_HARM}.intersection(before)
    return bool(near) and len(sentence) <= 70 and ANYONE_ELSE.search(sentence) is not None


def _is_negative(sentence: str, mention: Mention) -> bool:
    opens = sentence.lower().startswith(("have", "do", "are", "did", "has", "don't", "haven't", "aren't"))
    return not opens and negated(sentence, mention.start, mention.end)
