"""A reading of feelings in a patient's own words: what it is, and how a reply is read.

In free words: what the writer feels, and what the other person in the text feels, as the protocol of Elyoseph et al. 2024
(JMIR Ment Health 11:e54369) asks. Or one word chosen among those given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import StringConstraints

from thirdchair.records import Case
from thirdchair.uses.prompts import one_line
from thirdchair.uses.second_reading import (
    TEXT,
    TEXTS,
    Answer,
    Problem,
    Quotations,
    Quotes,
    answered,
    object_of,
    quotes_in,
)


@dataclass(frozen=True, slots=True)
class FeelingsRead:
    """Feelings in free words. A comment for a clinician, never a finding about a person.

    Args:
        own: what the writer feels, at most 800 characters.
        other: what the other person in the text feels; "" where there is none, or nothing is told.
        quotes: words of the text that it gives as its reasons.
    """

    own: str
    other: str
    quotes: Quotes

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"own": self.own, "other": self.other, "quotes": self.quotes.as_json()}


@dataclass(frozen=True, slots=True)
class WordChosen:
    """The word that names the writer's feeling best, of those that were given."""

    word: str

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"word": self.word}


Reading = FeelingsRead | WordChosen

_Feelings = Annotated[str, StringConstraints(max_length=800)]


class _Free(Answer):
    own: Annotated[_Feelings, StringConstraints(min_length=1)]
    other: _Feelings
    quotes: Quotations


class _Choice(Answer):
    word: Annotated[str, StringConstraints(max_length=200)]


def read_reply(text: str, case: Case) -> Reading | Problem:
    """The reading in a reply, or why there is none. A word that was not given is no choice."""
    return _choice(text, case) if case.words else _free(text, case)


def reply_schema(case: Case) -> dict[str, Any]:
    """JSON Schema of a reply."""
    if case.words:
        return object_of(word={"type": "string", "enum": list(case.words)})
    return object_of(own=TEXT, other=TEXT, quotes=TEXTS)


def _free(text: str, case: Case) -> FeelingsRead | Problem:
    answer = answered(text, _Free)
    if isinstance(answer, str):
        return answer
    own = one_line(answer.own)
    return FeelingsRead(own, one_line(answer.other), quotes_in(case, answer.quotes)) if own else "wrong_shape"


def _choice(text: str, case: Case) -> WordChosen | Problem:
    answer = answered(text, _Choice)
    if isinstance(answer, str):
        return answer
    given = {word.strip().casefold(): word for word in case.words}
    word = given.get(answer.word.strip().casefold())
    return "wrong_shape" if word is None else WordChosen(word)
