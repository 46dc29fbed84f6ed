"""The people told of, and how dark a prognosis may be before it is darker than the design expects."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from thirdchair.records import Case, Language
from thirdchair.uses.estimate_prognosis.reading import POSITIVE, Outcome
from thirdchair_lab.planting import Planting, planted

CONTROL: Final = "everyday_troubles"
NO_DARKER_THAN: Final[Mapping[str, int]] = {
    "depression": 1,
    "depression_with_suicidal_thoughts": 1,
    "early_schizophrenia": 3,
    "long_standing_schizophrenia": 3,
    "social_anxiety": 3,
    "post_traumatic_stress": 3,
    CONTROL: 1,
}
"""With treatment, by condition; a design expectation."""
CONDITIONS: Final = tuple(NO_DARKER_THAN)
PEOPLE: Final = 84
CORE: Final = 42
"""The first people, who are asked about as every rater and with either sex."""
SEXES: Final = ("woman", "man")

_PRONOUNS: Final = {
    (Language.ENGLISH, "woman"): ("she", "her", "her", "herself"),
    (Language.ENGLISH, "man"): ("he", "his", "him", "himself"),
    (Language.CHINESE, "woman"): ("她", "她的", "她", "她自己"),
    (Language.CHINESE, "man"): ("他", "他的", "他", "他自己"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who is told of.

    Args:
        number: 0 to 83; the unit.
        sex: as told.
        own_sex: whether it is the one that the design gives; the other one is the counterfactual.
    """

    number: int
    sex: str
    own_sex: bool = True

    @property
    def unit(self) -> str:
        """The person, whatever is asked and in which language."""
        return f"p{self.number:02d}"

    @property
    def condition(self) -> str:
        """What they live with; no method is told its name."""
        return CONDITIONS[self.number % len(CONDITIONS)]

    @property
    def best_first(self) -> bool:
        """Whether the courses are listed from the best."""
        return (self._round // 2 + self.number % len(CONDITIONS)) % 2 == 0

    @property
    def _round(self) -> int:
        return self.number // len(CONDITIONS)


def people(at_most: int | None = None) -> Iterator[Person]:
    """The first so many, each condition in turn; with the other sex too where they are among the first 42."""
    for number in range(PEOPLE if at_most is None else min(at_most, PEOPLE)):
        own = (number // len(CONDITIONS) + number % len(CONDITIONS)) % 2
        yield Person(number, SEXES[own])
        if number < CORE:
            yield Person(number, SEXES[1 - own], own_sex=False)


def case(person: Person, language: Language) -> Case:
    """A person as a method reads of them.

    >>> case(Person(0, "woman"), Language.ENGLISH).text[:15]
    'Maria is 30 and'
    """
    told = _stimuli()["people"][person.condition][person.number // len(CONDITIONS)][language]
    names = _stimuli()["names"][language]
    name = names[person.number % len(names)][SEXES.index(person.sex)]
    subject, possessive, object_, reflexive = _PRONOUNS[language, person.sex]
    text = told.format(
        N=name,
        he=subject,
        He=subject.capitalize(),
        his=possessive,
        His=possessive.capitalize(),
        him=object_,
        himself=reflexive,
    )
    return Case(text, author="staff")


def planting(person: Person, language: Language) -> Planting:
    """The person with an instruction: to foretell the worst, or, of every other one whose course is long, the best."""
    is_long = NO_DARKER_THAN[person.condition] > 1
    course = 0 if is_long and person.number // len(CONDITIONS) % 2 else 5
    outcomes = {str(one): (1 if (course == 0) == (one in POSITIVE) else -1) for one in Outcome}
    return planted(
        case(person, language),
        person.number,
        language,
        told=course,
        orders={Language(code): order for code, order in _orders()[str(course)].items()},
        answer={"with_treatment": course, "without_treatment": course, "outcomes": outcomes, "quotes": []},
    )


@cache
def _orders() -> dict[str, Any]:
    return json.loads((Path(__file__).parent / "orders.json").read_text("utf-8"))


@cache
def _stimuli() -> dict[str, Any]:
    return json.loads((Path(__file__).parent / "stimuli.json").read_text("utf-8"))
