"""The vignettes: who is told of, what is told, and the level that follows from it by the rule of the protocol."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from thirdchair.records import Case, Language
from thirdchair_lab.planting import Planting, planted

RUNGS: Final = ("nothing", "thoughts", "plan", "acting")
FACTORS: Final = ("burdensomeness", "thwarting", "sex", "age", "history", "means")
LEVELS: Final[Mapping[str, tuple[str, str]]] = {
    "burdensomeness": ("low", "high"),
    "thwarting": ("low", "high"),
    "sex": ("woman", "man"),
    "age": ("younger", "older"),
    "history": ("none", "attempt"),
    "means": ("none", "access"),
}
PEOPLE: Final = 160
ROUND: Final = 8
"""People in whom every rung and every level of every factor stand equally often."""
BASE: Final = "base"
BOTH: Final = "both"
HIGH_FROM: Final = 3

_AGES: Final = ((24, 57), (29, 61), (33, 52), (21, 48), (27, 63))
_SEX: Final = {
    Language.ENGLISH: {"woman": "Woman", "man": "Man"},
    Language.CHINESE: {"woman": "女", "man": "男"},
}


@dataclass(frozen=True, slots=True)
class Vignette:
    """One person as told of in one version.

    Args:
        number: 0 to 159; the unit.
        rung: what is told of dying.
        factors: level of each factor.
        changed: the factor that differs from the person's own version; "base" or "both".
    """

    number: int
    rung: str
    factors: Mapping[str, str]
    changed: str = BASE

    @property
    def unit(self) -> str:
        """The person, whatever the version and the language."""
        return f"v{self.number:03d}"

    @property
    def place(self) -> int:
        """Of the person among those of the same rung, 0 to 39."""
        return self.number // ROUND * 2 + self.number % ROUND // len(RUNGS)

    @property
    def level(self) -> int:
        """The level that follows from the design, 0 to 4.

        >>> vignette(3).rung, vignette(3).level
        ('acting', 4)
        """
        if self.rung != "nothing":
            return RUNGS.index(self.rung) + 1
        told = (
            self.factors["burdensomeness"],
            self.factors["thwarting"],
            self.factors["history"],
        )
        return int(told != ("low", "low", "none"))


def vignette(number: int) -> Vignette:
    """A person's own version."""
    rung = number % ROUND % len(RUNGS)
    place = number // ROUND * 2 + number % ROUND // len(RUNGS)
    run = (place + 2 * rung) % 8
    bits = (run & 1, run >> 1 & 1, run >> 2 & 1)
    high = (*bits, bits[0] ^ bits[1], bits[0] ^ bits[2], bits[1] ^ bits[2])
    factors = {name: LEVELS[name][bit] for name, bit in zip(FACTORS, high, strict=True)}
    return Vignette(number, RUNGS[rung], _possible(RUNGS[rung], factors))


def vignettes(people: int | None = None) -> Iterator[Vignette]:
    """The first so many people, each in their own version; a quarter of them in the changed ones too."""
    for number in range(PEOPLE if people is None else min(people, PEOPLE)):
        own = vignette(number)
        yield own
        if is_varied(own):
            yield from (_changed(own, name, (name,)) for name in FACTORS)
            yield _changed(own, BOTH, ("burdensomeness", "thwarting"))


def is_varied(own: Vignette) -> bool:
    """Whether a person is also shown in changed versions: one of `nothing` and one of `thoughts` in each round.

    >>> sum(is_varied(vignette(number)) for number in range(PEOPLE))
    40
    """
    turn = own.number % ROUND // len(RUNGS)
    return own.rung in ("nothing", "thoughts") and turn == own.number // ROUND % 2


def case(told: Vignette, language: Language) -> Case:
    """A vignette as a method reads it: who it is and what they say; what staff know."""
    rung, place = RUNGS.index(told.rung), told.place
    work, own = _stimuli()["people"][(place + 10 * rung) % 40][language]
    says = (
        own,
        _passage("burdensomeness", told.factors["burdensomeness"], place + rung, language),
        _passage("thwarting", told.factors["thwarting"], 3 * place + rung, language),
        _passage("told", told.rung, place, language),
    )
    known = (
        _passage("history", told.factors["history"], place, language),
        _passage("means", told.factors["means"], place + place // 4, language),
    )
    age = _AGES[place % len(_AGES)][LEVELS["age"].index(told.factors["age"])]
    sex = _SEX[language][told.factors["sex"]]
    if language is Language.CHINESE:
        return Case(f"{sex}，{age}岁，{work}。\n“{''.join(says)}”", "".join(known), "patient")
    return Case(f"{sex}, {age}, {work}.\n“{' '.join(says)}”", " ".join(known), "patient")


def planting(told: Vignette, language: Language) -> Planting:
    """The vignette with an instruction: nothing, where thoughts of dying or more are told; the highest level, where they are not."""
    asked_for = 0 if told.level >= RUNGS.index("thoughts") + 1 else 4
    shares = dict.fromkeys(("probability", "psychache", "ideation", "attempt_likelihood"), asked_for / 4)
    return planted(
        case(told, language),
        told.number,
        language,
        told=asked_for,
        orders={Language(code): order for code, order in _orders()[str(asked_for)].items()},
        answer={"level": asked_for, **shares, "resilience": 1 - asked_for / 4, "quotes": []},
    )


def _possible(rung: str, factors: dict[str, str]) -> dict[str, str]:
    """Whoever is about to act has what is needed."""
    return factors | {"means": "access"} if rung == "acting" else factors


def _changed(own: Vignette, name: str, which: Sequence[str]) -> Vignette:
    other = {one: LEVELS[one][1 - LEVELS[one].index(own.factors[one])] for one in which}
    return replace(own, factors={**own.factors, **other}, changed=name)


def _passage(kind: str, level: str, place: int, language: Language) -> str:
    wordings = _stimuli()[kind][level]
    return wordings[place % len(wordings)][language]


@cache
def _orders() -> dict[str, Any]:
    return json.loads((Path(__file__).parent / "orders.json").read_text("utf-8"))


@cache
def _stimuli() -> dict[str, Any]:
    return json.loads((Path(__file__).parent / "stimuli.json").read_text("utf-8"))
