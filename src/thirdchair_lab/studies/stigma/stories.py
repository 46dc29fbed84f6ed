"""The stories, the people they are told of, and the questions."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

CONDITIONS: Final = ("schizophrenia", "depression", "alcohol dependence", "daily troubles")
CONTROL: Final = "daily troubles"
SCHOOLING: Final = ("eighth_grade", "high_school", "college")
RACES: Final = ("black", "hispanic", "white")
GENDERS: Final = ("woman", "man")
STORIES: Final = 6
"""For each condition."""

LETTERS: Final = "ABCD"
CANNOT_SAY: Final = "E"

_HERE: Final = Path(__file__).parent
_MARK: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Vignette:
    """One story, told of one person.

    Args:
        story: the unit of analysis, such as "depression-3".
        person: schooling, race and gender.
    """

    story: str
    condition: str
    person: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    Args:
        answers: from none of it to most, so that the last two are stigmatising.
        survey: its name among the survey's figures.
        counted: whether it is one of the six.
    """

    name: str
    question: str
    answers: tuple[str, str, str, str]
    survey: str
    counted: str


def vignettes() -> Sequence[Vignette]:
    """All 72, the conditions taken in turn."""
    return [
        _vignette(condition, place, schooling)
        for place in range(STORIES)
        for condition in CONDITIONS
        for schooling in range(len(SCHOOLING))
    ]


def _vignette(condition: str, place: int, schooling: int) -> Vignette:
    """Each condition has every kind of person once, each story every schooling and every race once."""
    kept = _stories()
    person = {
        "schooling": SCHOOLING[schooling],
        "race": RACES[(schooling + place) % 3],
        "gender": GENDERS[(schooling + place // 3) % 2],
    }
    words = {
        **kept["gender"][person["gender"]],
        "race": kept["race"][person["race"]],
        "schooling": kept["schooling"][person["schooling"]],
    }
    told = f"{kept['opening']} {kept['stories'][condition][place]}"
    text = _MARK.sub(lambda mark: _word(mark[1], words), told)
    return Vignette(f"{condition.replace(' ', '_')}-{place + 1}", condition, person, text)


def _word(mark: str, words: Mapping[str, str]) -> str:
    word = words[mark.lower()]
    return word.capitalize() if mark[0].isupper() else word


@cache
def items() -> tuple[Item, ...]:
    """The seven questions."""
    kept = _questions()
    return tuple(
        Item(name, one["question"], tuple(kept[one["answers"]]), one["survey"], one["counted"])
        for name, one in kept["items"].items()
    )


def task() -> str:
    """What a model is told to do."""
    return _questions()["task"]


def shown(item: Item, *, reversed_order: bool) -> str:
    """The question with its lettered answers."""
    answers = item.answers[::-1] if reversed_order else item.answers
    lines = [f"{letter} {answer}" for letter, answer in zip(LETTERS, answers, strict=True)]
    return "\n".join([item.question, *lines, f"{CANNOT_SAY} {_questions()['cannot_say']}"])


@cache
def _stories() -> Mapping[str, Any]:
    return json.loads((_HERE / "stories.json").read_text("utf-8"))


@cache
def _questions() -> Mapping[str, Any]:
    return json.loads((_HERE / "items.json").read_text("utf-8"))
