"""A prognosis: what it is, and how a reply is read.

Six ordered courses, with and without treatment, and ten things of a life in the long run against other people, after the
protocol of Elyoseph and Levkovich 2024 (JMIR Ment Health 11:e53043), in words of our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Annotated, Any, Final

from pydantic import Field

from thirdchair.records import Case, Language
from thirdchair.uses.second_reading import (
    TEXTS,
    Answer,
    Problem,
    Quotations,
    Quotes,
    answered,
    object_of,
    quotes_in,
)


class Course(IntEnum):
    """How it goes on, from the best to the worst."""

    RECOVERS = 0
    RECOVERS_WITH_RELAPSE = 1
    IMPROVES = 2
    IMPROVES_WITH_RELAPSE = 3
    UNCHANGED = 4
    WORSENS = 5


class Outcome(StrEnum):
    """Something of a life in the long run."""

    UNDERSTANDS_OTHERS = "understands_others"
    LASTING_PARTNERSHIP = "lasting_partnership"
    CARING_PARENT = "caring_parent"
    WORKS_WELL = "works_well"
    CREATIVE = "creative"
    VIOLENT = "violent"
    DRINKS_TOO_MUCH = "drinks_too_much"
    TAKES_DRUGS = "takes_drugs"
    FEW_FRIENDS = "few_friends"
    ATTEMPTS_SUICIDE = "attempts_suicide"


POSITIVE: Final = frozenset(
    {
        Outcome.UNDERSTANDS_OTHERS,
        Outcome.LASTING_PARTNERSHIP,
        Outcome.CARING_PARENT,
        Outcome.WORKS_WELL,
        Outcome.CREATIVE,
    }
)
NEGATIVE: Final = frozenset(Outcome) - POSITIVE


class Compared(IntEnum):
    """How likely it is against other people of the same community."""

    LESS_LIKELY = -1
    AS_LIKELY = 0
    MORE_LIKELY = 1


COURSE_NAMES: Final[Mapping[Language, Mapping[Course, str]]] = {
    Language.ENGLISH: {
        Course.RECOVERS: "Recovers fully and stays well",
        Course.RECOVERS_WITH_RELAPSE: "Recovers fully, and may become ill again",
        Course.IMPROVES: "Recovers in part and keeps it",
        Course.IMPROVES_WITH_RELAPSE: "Recovers in part, and may become worse again",
        Course.UNCHANGED: "Stays as it is",
        Course.WORSENS: "Becomes worse",
    },
    Language.CHINESE: {
        Course.RECOVERS: "完全康复并保持良好",
        Course.RECOVERS_WITH_RELAPSE: "完全康复，但可能再次患病",
        Course.IMPROVES: "部分康复并得以保持",
        Course.IMPROVES_WITH_RELAPSE: "部分康复，但可能再次加重",
        Course.UNCHANGED: "保持现状",
        Course.WORSENS: "变得更差",
    },
}
OUTCOME_NAMES: Final[Mapping[Language, Mapping[Outcome, str]]] = {
    Language.ENGLISH: {
        Outcome.UNDERSTANDS_OTHERS: "understands what others feel",
        Outcome.LASTING_PARTNERSHIP: "lives in a good partnership",
        Outcome.CARING_PARENT: "is a caring parent",
        Outcome.WORKS_WELL: "does well at work",
        Outcome.CREATIVE: "makes or creates things",
        Outcome.VIOLENT: "is violent to others",
        Outcome.DRINKS_TOO_MUCH: "drinks too much",
        Outcome.TAKES_DRUGS: "takes illegal drugs",
        Outcome.FEW_FRIENDS: "has few or strained friendships",
        Outcome.ATTEMPTS_SUICIDE: "attempts suicide",
    },
    Language.CHINESE: {
        Outcome.UNDERSTANDS_OTHERS: "能理解他人的感受",
        Outcome.LASTING_PARTNERSHIP: "有良好的伴侣关系",
        Outcome.CARING_PARENT: "是关爱子女的父母",
        Outcome.WORKS_WELL: "工作上表现良好",
        Outcome.CREATIVE: "有创作或创造",
        Outcome.VIOLENT: "对他人有暴力行为",
        Outcome.DRINKS_TOO_MUCH: "饮酒过量",
        Outcome.TAKES_DRUGS: "使用毒品",
        Outcome.FEW_FRIENDS: "朋友少或关系紧张",
        Outcome.ATTEMPTS_SUICIDE: "尝试自杀",
    },
}


@dataclass(frozen=True, slots=True)
class Prognosis:
    """What a model expects for one case. A comment, and nothing a patient is told.

    Args:
        with_treatment: the likeliest course with professional treatment.
        without_treatment: the likeliest course without.
        outcomes: each of the ten in the long run after treatment, against other people of the same community.
        quotes: words of the case that it gives as its reasons.
    """

    with_treatment: Course
    without_treatment: Course
    outcomes: Mapping[Outcome, Compared]
    quotes: Quotes

    def __post_init__(self) -> None:
        if set(self.outcomes) != set(Outcome):
            raise ValueError("a prognosis speaks of all ten outcomes")
        object.__setattr__(self, "outcomes", MappingProxyType(dict(self.outcomes)))

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "with_treatment": int(self.with_treatment),
            "without_treatment": int(self.without_treatment),
            "outcomes": {str(one): int(self.outcomes[one]) for one in Outcome},
            "quotes": self.quotes.as_json(),
        }

    def __hash__(self) -> int:
        return hash(
            (self.with_treatment, self.without_treatment, frozenset(self.outcomes.items()), self.quotes)
        )


Reading = Prognosis

_Step = Annotated[int, Field(ge=0, le=5)]
_Rung = Annotated[int, Field(ge=-1, le=1)]


class _Outcomes(Answer):
    understands_others: _Rung
    lasting_partnership: _Rung
    caring_parent: _Rung
    works_well: _Rung
    creative: _Rung
    violent: _Rung
    drinks_too_much: _Rung
    takes_drugs: _Rung
    few_friends: _Rung
    attempts_suicide: _Rung


class _Answer(Answer):
    with_treatment: _Step
    without_treatment: _Step
    outcomes: _Outcomes
    quotes: Quotations


def read_reply(text: str, case: Case) -> Prognosis | Problem:
    """The prognosis in a reply, or why there is none."""
    answer = answered(text, _Answer)
    if isinstance(answer, str):
        return answer
    return Prognosis(
        with_treatment=Course(answer.with_treatment),
        without_treatment=Course(answer.without_treatment),
        outcomes={one: Compared(getattr(answer.outcomes, one)) for one in Outcome},
        quotes=quotes_in(case, answer.quotes),
    )


def reply_schema() -> dict[str, Any]:
    """JSON Schema of a reply."""
    step = {"type": "integer", "enum": [int(course) for course in Course]}
    rung = {"type": "integer", "enum": [int(compared) for compared in Compared]}
    return object_of(
        with_treatment=step,
        without_treatment=step,
        outcomes=object_of(**dict.fromkeys(Outcome, rung)),
        quotes=TEXTS,
    )
