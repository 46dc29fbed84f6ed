"""The crisis screen: what a text says of danger, the same every time, with no generator.

It runs on every text that comes in and every text that goes out. It names the highest rung of suicide risk the
writer states (0 none, 1 wish to be dead, 2 thoughts, 3 method, 4 intent, 5 plan, 6 behaviour; the order of the
Columbia scale, Posner 2011, Am J Psychiatry 168:1266-1277), five other dangers, the words that say so, and a
calibrated probability of level 4 or more. Rules read the words (`rules`); a small trained reader reads the whole
(`encoder` for English, `ngrams` for Chinese); both are weighed (`weighing`). Where no trained reader can run, the
rules alone decide and the probability is None: the screen is never silent.

What it does not catch: danger told only by image, tone or silence; text disguised on purpose; languages other than
English and Chinese; danger that only shows across several messages; whether what is said is true. It misses people
and alarms for others; how often: docs/reference/safeguards.md. It is no risk assessment.
"""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Final

from thirdchair.language.plain_text import plain
from thirdchair.language.risk_terms import Danger
from thirdchair.language.sentences import split_sentences
from thirdchair.records import Language, SpeakerRole, Transcript
from thirdchair.safeguards.crisis import weighing
from thirdchair.safeguards.crisis.encoder import hear_english
from thirdchair.safeguards.crisis.heard import Heard
from thirdchair.safeguards.crisis.ngrams import hear_chinese
from thirdchair.safeguards.crisis.reading import (
    OTHER_DANGERS,
    PERSON_FROM_LEVEL,
    CrisisReading,
    CrisisSpan,
    Whose,
)
from thirdchair.safeguards.crisis.rules import read_by_rule

__all__ = [
    "OTHER_DANGERS",
    "PERSON_FROM_LEVEL",
    "CrisisReading",
    "CrisisSpan",
    "Whose",
    "read_by_rule",
    "screen",
    "screen_session",
]

_HEARS: Final = {Language.ENGLISH: hear_english, Language.CHINESE: hear_chinese}
_LETTERS: Final = {Language.ENGLISH: re.compile(r"[A-Za-z]{2}"), Language.CHINESE: re.compile(r"[㐀-鿿]")}
_SPACES: Final = re.compile(r"\s+")
_HALF_CHARACTERS: Final = re.compile(r"[\ud800-\udfff]")
"""No tokenizer takes them, and one of them in a text must not switch the reader off."""

_log: Final = logging.getLogger(__name__)


def screen(text: str) -> CrisisReading:
    """What a text says of danger to the writer or to others; never raises, in time linear in the text.

    >>> screen("I'm going to kill myself tonight").needs_person, screen("I was dying to see it").level
    (True, 0)
    >>> screen("我不想活了").level, screen("笑死我了").level
    (1, 0)
    """
    read = read_by_rule(text)
    said = _HALF_CHARACTERS.sub("\ufffd", plain(text))
    heard = [_weighed(read, said, language) for language in _HEARS if _LETTERS[language].search(said)]
    known = [reading for reading in heard if reading is not None]
    whole = max(known, key=lambda reading: (reading.level, reading.p_high or 0.0), default=read)
    return _at_least_its_worst_sentence(whole, read, said)


def _at_least_its_worst_sentence(whole: CrisisReading, read: CrisisReading, said: str) -> CrisisReading:
    """The reading at no lower a level than that of the sentence the rules call a person for, read by itself.

    What else stands in a text, an attack among it, may add to what such a sentence says and never take from it.
    """
    worst = max(
        (span for span in read.spans if span.counts and span.label == Danger.SUICIDE),
        key=lambda span: span.level,
        default=None,
    )
    if worst is None or worst.level < PERSON_FROM_LEVEL:
        return whole
    alone = next((s for s in split_sentences(said) if s.start <= worst.start < s.end), None)
    if alone is None:
        return whole
    start = alone.start
    if _LETTERS[Language.CHINESE].match(said, worst.start):
        # Chinese sets no spaces: one before the words parts them from what was put before them.
        start = max([start, *(place.end() for place in _SPACES.finditer(said, start, worst.start))])
    if not said[:start].strip() + said[alone.end :].strip():
        return whole
    by_itself = screen(said[start : alone.end])
    return replace(whole, level=max(whole.level, by_itself.level))


def screen_session(transcript: Transcript) -> tuple[tuple[str, CrisisReading], ...]:
    """The reading of each utterance by a patient, or by someone whose role is not known, in order."""
    return tuple(
        (utterance.id, screen(utterance.text))
        for utterance in transcript.utterances
        if utterance.role in (SpeakerRole.PATIENT, SpeakerRole.UNKNOWN)
    )


def _weighed(read: CrisisReading, text: str, language: Language) -> CrisisReading | None:
    """The rules' reading weighed with the trained reader's; None where that one could not run or knew no word."""
    try:
        heard = _HEARS[language](text)
        return None if heard is None else _together(text, read, heard, weighing.shipped(str(language)))
    except Exception as error:  # noqa: BLE001 - the rules still stand; a person in crisis is never refused
        _tell_once(language, type(error).__name__)
        return None


@cache
def _tell_once(language: Language, failure: str) -> None:
    _log.error("The crisis model for %s could not run (%s); the rules decide alone.", language, failure)


def _together(text: str, read: CrisisReading, heard: Heard, weights: weighing.Weighing) -> CrisisReading:
    chances = weighing.rung_chances(heard, read.level, weights)
    p_high = float(chances[PERSON_FROM_LEVEL - 1])
    if weighing.by_rule_alone(text, read):
        return replace(read, p_high=p_high)
    level = weighing.reached(chances, weights.thresholds, named=weighing.names_suicide(read))
    if read.level >= PERSON_FROM_LEVEL:
        # Words that call a person are never outweighed by what else stands in the text, an attack among them.
        level = max(level, read.level)
    stated = weighing.dangers_stated(heard, read, weights)
    risks = {str(danger): bool(found) for danger, found in zip(OTHER_DANGERS, stated, strict=True)}
    acute = read.acute
    if risks[Danger.HARM_TO_OTHERS] and Danger.HARM_TO_OTHERS not in acute:
        acute = (str(Danger.HARM_TO_OTHERS), *acute)
    spans = read.spans
    if level > max((span.level for span in spans if span.counts and span.label == Danger.SUICIDE), default=0):
        found = CrisisSpan(
            heard.start, heard.end, str(Danger.SUICIDE), Whose.SPEAKER, negated=False, level=level
        )
        spans = tuple(sorted((*spans, found), key=lambda span: (span.start, span.end)))
    return replace(
        read,
        level=level,
        risks=MappingProxyType(risks),
        spans=spans,
        acute=acute,
        p_high=p_high,
    )
