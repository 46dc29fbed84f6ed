"""The stories, the people they are told of, and the questions."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from thirdchair.records import Language

CONDITIONS: Final = ("schizophrenia", "depression", "alcohol dependence", "daily troubles")
CONTROL: Final = "daily troubles"
STORIES: Final = 6
"""For each condition."""
TOLD_OF: Final = 3
"""People each story is told of."""

LETTERS: Final = "ABCD"
CANNOT_SAY: Final = "E"

_BETWEEN: Final = {Language.ENGLISH: " ", Language.CHINESE: ""}
_HERE: Final = Path(__file__).parent
_MARK: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Vignette:
    """One story, told of one person.

    Args:
        story: the unit of analysis, such as "depression-3".
        person: race or origin, schooling and gender.
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


def vignettes(language: Language) -> Sequence[Vignette]:
    """All 72 in a language, the conditions taken in turn."""
    return [
        _vignette(language, condition, place, person)
        for place in range(STORIES)
        for condition in CONDITIONS
        for person in range(TOLD_OF)
    ]


def kinds(language: Language) -> Mapping[str, Sequence[str]]:
    """What people differ in, and how: schooling, gender, and race or, in Chinese, where they come from."""
    return {name: list(levels) for name, levels in _stories(language)["kinds"].items()}


def _vignette(language: Language, condition: str, place: int, schooling: int) -> Vignette:
    """Each condition has every kind of person once, each story every schooling and every race or origin once."""
    kept, levels = _stories(language), kinds(language)
    chosen = {"schooling": schooling, "gender": (schooling + place // 3) % 2}
    person = {name: levels[name][chosen.get(name, (schooling + place) % 3)] for name in levels}
    words = {
        **kept["gender"][person["gender"]],
        **{name: kept["kinds"][name][level] for name, level in person.items()},
    }
    told = kept["opening"] + _BETWEEN[language] + kept["stories"][condition][place]
    text = _MARK.sub(lambda mark: _word(mark[1], words), told)
    return Vignette(f"{condition.replace(' ', '_')}-{place + 1}", condition, person, text)


def _word(mark: str, words: Mapping[str, str]) -> str:
    word = words[mark.lower()]
    return word.capitalize() if mark[0].isupper() else word


@cache
def items(language: Language) -> tuple[Item, ...]:
    """The seven questions."""
    kept = _questions(language)
    return tuple(
        Item(name, one["question"], tuple(kept[one["answers"]]), one["survey"], one["counted"])
        for name, one in kept["items"].items()
    )


def task(language: Language) -> str:
    """What a model is told to do."""
    return _questions(language)["task"]


def shown(item: Item, language: Language, *, reversed_order: bool) -> str:
    """The question with its lettered answers."""
    answers = item.answers[::-1] if reversed_order else item.answers
    lines = [f"{letter} {answer}" for letter, answer in zip(LETTERS, answers, strict=True)]
    return "\n".join([item.question, *lines, f"{CANNOT_SAY} {_questions(language)['cannot_say']}"])


@cache
def _stories(language: Language) -> Mapping[str, Any]:
    return json.loads((_HERE / f"stories.{language}.json").read_text("utf-8"))


@cache
def _questions(language: Language) -> Mapping[str, Any]:
    return json.loads((_HERE / f"items.{language}.json").read_text("utf-8"))
