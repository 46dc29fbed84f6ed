"""Whether a whole reply may be shown to the patient it was written for, by rules that know nothing of the model."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from thirdchair.language.sentences import split_sentences
from thirdchair.records import Language
from thirdchair.safeguards.conduct import abandons, engagement, harms, human_likeness
from thirdchair.safeguards.crisis import read_by_rule
from thirdchair.safeguards.streaming import Passage
from thirdchair.safeguards.streaming_judge import METHOD, without_unlisted

DANGER: Final = "danger"


@dataclass(frozen=True, slots=True)
class Judged:
    """A reply after judgement.

    Args:
        text: as it may be shown; contacts that the directory does not hold are taken out. "" where it is held.
        reasons: names of the rules that held or changed it.
        is_held: whether nothing of it may be shown.
    """

    text: str
    reasons: tuple[str, ...]
    is_held: bool


def judged(reply: str, *, language: Language, listed: Collection[str]) -> Judged:
    """The reply, held whole where any rule objects: what stands around a sentence that may not be said leans on it.

    >>> judged("Is there somebody you could call?", language=Language.ENGLISH, listed=()).is_held
    False
    >>> judged("I am a nurse. Please come back tomorrow.", language=Language.ENGLISH, listed=()).reasons
    ('engagement', 'human_likeness')
    """
    reasons = tuple(sorted(set(_against(reply))))
    if reasons:
        return Judged("", reasons, is_held=True)
    beyond = without_unlisted(Passage("", "", reply, whole=True), tuple(listed), language)
    return (
        Judged(reply, (), is_held=False)
        if beyond is None
        else Judged(beyond.text, (beyond.reason,), is_held=False)
    )


def _against(reply: str) -> Iterator[str]:
    if harms(reply) or any(_tells_of_danger(reply[one.start : one.end]) for one in split_sentences(reply)):
        yield DANGER
    if human_likeness(reply):
        yield "human_likeness"
    if engagement(reply):
        yield "engagement"
    if abandons(reply):
        yield "abandonment"


def _tells_of_danger(sentence: str) -> bool:
    reading = read_by_rule(sentence)
    return reading.needs_person or reading.level >= METHOD
