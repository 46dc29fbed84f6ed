"""A reading of a person's danger to their own life: what it is, and how a reply is read.

The levels are ours. They were written for this use, follow no published instrument and have been tried on nobody. The four
shares are what Levkovich and Elyoseph 2023 (JMIR Ment Health 10:e51232) had rated: pain, ideation, attempt, resilience.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated, Any, Final

from pydantic import Field

from thirdchair.records import Case, Language
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


class RiskLevel(IntEnum):
    """How great the danger is, on our own ordered scale."""

    NONE = 0
    SLIGHT = 1
    RAISED = 2
    HIGH = 3
    IMMEDIATE = 4


HIGH_FROM: Final = RiskLevel.HIGH
"""The level from which a person must not be left to wait."""

LEVEL_NAMES: Final[Mapping[Language, Mapping[RiskLevel, str]]] = {
    Language.ENGLISH: {
        RiskLevel.NONE: "None told",
        RiskLevel.SLIGHT: "Slight",
        RiskLevel.RAISED: "Raised",
        RiskLevel.HIGH: "High",
        RiskLevel.IMMEDIATE: "Immediate",
    },
    Language.CHINESE: {
        RiskLevel.NONE: "未见提及",
        RiskLevel.SLIGHT: "轻微",
        RiskLevel.RAISED: "升高",
        RiskLevel.HIGH: "高",
        RiskLevel.IMMEDIATE: "紧迫",
    },
}
LEVEL_MEANINGS: Final[Mapping[Language, Mapping[RiskLevel, str]]] = {
    Language.ENGLISH: {
        RiskLevel.NONE: "Nothing tells of danger to their own life.",
        RiskLevel.SLIGHT: "Burdens that weigh on them; no thought of dying is told.",
        RiskLevel.RAISED: "Thoughts of being dead or of ending their life; no wish to act and no plan is told.",
        RiskLevel.HIGH: "They mean to act, have a plan, have prepared, or tried not long ago.",
        RiskLevel.IMMEDIATE: "They are acting, or are about to and have what they need.",
    },
    Language.CHINESE: {
        RiskLevel.NONE: "没有任何内容提示其生命有危险。",
        RiskLevel.SLIGHT: "有沉重的负担，但没有说到死的念头。",
        RiskLevel.RAISED: "有死去或结束生命的念头，但没有说到要行动或有计划。",
        RiskLevel.HIGH: "有行动的打算、计划或准备，或不久前曾尝试。",
        RiskLevel.IMMEDIATE: "正在行动，或即将行动并已具备条件。",
    },
}


@dataclass(frozen=True, slots=True)
class RiskReading:
    """What a model says of one case. A comment, never the rating of record.

    Args:
        level: on our scale.
        probability: that the level is HIGH or above, 0 to 1.
        psychache: how unbearable the pain of mind is, 0 none to 1 the worst.
        ideation: how strong thoughts of suicide are, 0 none to 1 the strongest.
        attempt_likelihood: how likely an attempt is, 0 to 1.
        resilience: how much holds the person, 0 nothing to 1 very much.
        quotes: words of the case that it gives as its reasons.
    """

    level: RiskLevel
    probability: float
    psychache: float
    ideation: float
    attempt_likelihood: float
    resilience: float
    quotes: Quotes

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "level": int(self.level),
            "probability": self.probability,
            "psychache": self.psychache,
            "ideation": self.ideation,
            "attempt_likelihood": self.attempt_likelihood,
            "resilience": self.resilience,
            "quotes": self.quotes.as_json(),
        }


Reading = RiskReading


class _Answer(Answer):
    level: Annotated[int, Field(ge=0, le=4)]
    probability: Share
    psychache: Share
    ideation: Share
    attempt_likelihood: Share
    resilience: Share
    quotes: Quotations


def read_reply(text: str, case: Case) -> RiskReading | Problem:
    """The reading in a reply, or why there is none."""
    answer = answered(text, _Answer)
    if isinstance(answer, str):
        return answer
    return RiskReading(
        level=RiskLevel(answer.level),
        probability=answer.probability,
        psychache=answer.psychache,
        ideation=answer.ideation,
        attempt_likelihood=answer.attempt_likelihood,
        resilience=answer.resilience,
        quotes=quotes_in(case, answer.quotes),
    )


def reply_schema() -> dict[str, Any]:
    """JSON Schema of a reply."""
    return object_of(
        level={"type": "integer", "enum": [int(level) for level in RiskLevel]},
        probability=NUMBER,
        psychache=NUMBER,
        ideation=NUMBER,
        attempt_likelihood=NUMBER,
        resilience=NUMBER,
        quotes=TEXTS,
    )
