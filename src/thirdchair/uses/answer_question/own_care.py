"""Questions about a person's own treatment, which a library does not answer: dose, starting or stopping, diagnosis.

The asker's own, or that of someone close to them. Rules over wording, one list for each language. They do not see a
question that hides whose care it is about ("what happens at 200 of it?"), nor one put without a question's words; such
a question is then answered, if at all, with general sentences of the library.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from thirdchair.language.literals import AnyOf
from thirdchair.language.plain_text import plain
from thirdchair.library.search_words import LONGEST_QUESTION
from thirdchair.uses.answer_question.own_care_chinese import CHINESE_DIAGNOSIS, CHINESE_MEDICINE
from thirdchair.uses.answer_question.own_care_diagnosis import ENGLISH_DIAGNOSIS
from thirdchair.uses.answer_question.own_care_medicine import ENGLISH_MEDICINE


class OwnCare(StrEnum):
    """What of a person's own care a question asks for."""

    MEDICINE = "medicine"
    DIAGNOSIS = "diagnosis"


_RULES: Final = {
    OwnCare.MEDICINE: AnyOf([*ENGLISH_MEDICINE, *CHINESE_MEDICINE], re.IGNORECASE),
    OwnCare.DIAGNOSIS: AnyOf([*ENGLISH_DIAGNOSIS, *CHINESE_DIAGNOSIS], re.IGNORECASE),
}
"""In the order they are asked in."""
_OF_PEOPLE: Final = re.compile(
    r"\b(?:people|patients|anyone|adults|children|teenagers)\b|一般人|人们|大家|有些人|患者|病人|儿童",
    re.IGNORECASE,
)
_OF_A_PERSON: Final = re.compile(
    r"\b(?:i|i'm|i've|i'd|me|my|mine|we|our|us|he|she|his|her|him)\b|我|咱|他|她|妈|爸|儿子|女儿|老公|老婆",
    re.IGNORECASE,
)

_TOLD_TO_OTHERS: Final = re.compile(
    r"\b(?:tell|telling|told|explain to|say to) (?!me\b|you\b)(?:[\w']{1,12} ){1,4}(?:that |about )?(?:i have|i'm|i am|i've|my)\b"
    r"|(?:告诉|跟|向|和|对)[^，。？！我你]{1,6}(?:说|讲|坦白|解释|公开)?我(?:有|得了|是|患了?)?",
    re.IGNORECASE,
)
"""What one says to others of a diagnosis one has, which asks for none."""


def own_care_in(question: str) -> OwnCare | None:
    """What of the asker's own care, or of someone close, a question asks for; None where it asks about people at large.

    >>> own_care_in("Should I stop taking my sertraline?")
    <OwnCare.MEDICINE: 'medicine'>
    >>> own_care_in("How long does sertraline take to work?")
    """
    text = plain(question[:LONGEST_QUESTION])
    if _OF_PEOPLE.search(text) and not _OF_A_PERSON.search(text):
        return None
    unsaid = _TOLD_TO_OTHERS.sub(" ", text)
    texts = {OwnCare.MEDICINE: text, OwnCare.DIAGNOSIS: unsaid}
    return next((kind for kind, rules in _RULES.items() if rules.any(texts[kind])), None)
