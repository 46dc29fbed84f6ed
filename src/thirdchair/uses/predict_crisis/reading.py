"""A forecast of a crisis within a time: what it is, and how a reply is read.

A crisis is what Lee et al. 2024 (JMIR Ment Health 11:e58129) had foretold: that the person tells of thoughts of suicide with
a plan, or does more. Read from what the person wrote, without or with what was known before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from thirdchair.records import Case
from thirdchair.uses.second_reading import (
    NUMBER,
    TEXTS,
    Answer,
    Problem,
    Quotations,
    Quotes,
    Share,
    answered,
    object_of,
    quotes_in,
)


@dataclass(frozen=True, slots=True)
class CrisisForecast:
    """What a model foretells of one case. A comment, never the rating of record.

    Args:
        expected: whether it says that a crisis will come.
        probability: that one will, 0 to 1; it may contradict `expected`, and is kept as it was given.
        horizon_days: within how many days from the text.
        with_history: whether the history was told.
        quotes: words of the case that it gives as its reasons.
    """

    expected: bool
    probability: float
    horizon_days: int
    with_history: bool
    quotes: Quotes

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "expected": self.expected,
            "probability": self.probability,
            "horizon_days": self.horizon_days,
            "with_history": self.with_history,
            "quotes": self.quotes.as_json(),
        }


Reading = CrisisForecast


class _Answer(Answer):
    crisis: bool
    probability: Share
    quotes: Quotations


def read_reply(text: str, case: Case) -> CrisisForecast | Problem:
    """The forecast in a reply, or why there is none."""
    answer = answered(text, _Answer)
    if isinstance(answer, str):
        return answer
    return CrisisForecast(
        expected=answer.crisis,
        probability=answer.probability,
        horizon_days=case.horizon_days,
        with_history=bool(case.history.strip()),
        quotes=quotes_in(case, answer.quotes),
    )


def reply_schema() -> dict[str, Any]:
    """JSON Schema of a reply."""
    return object_of(crisis={"type": "boolean"}, probability=NUMBER, quotes=TEXTS)
