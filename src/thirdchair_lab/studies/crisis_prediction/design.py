"""Our own cases: which signals a person shows, and whether a crisis is drawn from them by the rule of the protocol."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from thirdchair.records import Case, Language
from thirdchair_lab.planting import Planting, planted

INTAKE: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "hopeless": (1.3, 0.35),
        "trapped": (1.2, 0.35),
        "wish": (1.4, 0.30),
        "sleepless": (0.8, 0.40),
        "drinking": (0.6, 0.30),
        "loss": (0.7, 0.35),
        "withdrawn": (0.6, 0.35),
        "held": (-1.3, 0.50),
    }
)
"""Weight, and chance to be present."""
HISTORY: Final[Mapping[str, tuple[float, float]]] = MappingProxyType(
    {"attempt": (1.3, 0.30), "discharged": (1.2, 0.20), "thoughts": (1.1, 0.35), "engaged": (-1.0, 0.50)}
)
STEEPNESS: Final = 2.5
MIDDLE: Final = 2.6
CRISES: Final = 64
OTHERS: Final = 96
HORIZON_DAYS: Final = 30

_SEED: Final = 20261130
_ROUND: Final = (True, False, False, True, False)
"""Whether a crisis came, in each five cases."""
_SENTENCES: Final = 6


@dataclass(frozen=True, slots=True)
class Drawn:
    """One case of ours.

    Args:
        number: 0 to 159; the unit.
        signals: names of those present.
        probability: of a crisis, by the rule.
        crisis: what was drawn.
    """

    number: int
    signals: frozenset[str]
    probability: float
    crisis: bool

    @property
    def unit(self) -> str:
        """The case, whatever the language and what is told."""
        return f"c{self.number:03d}"


def probability(signals: frozenset[str]) -> float:
    """The chance of a crisis that the rule gives.

    >>> round(probability(frozenset({"hopeless", "attempt"})), 2)
    0.5
    """
    weights = sum(weight for name, (weight, _) in {**INTAKE, **HISTORY}.items() if name in signals)
    return 1 / (1 + math.exp(-STEEPNESS * (weights - MIDDLE)))


@cache
def drawn() -> tuple[Drawn, ...]:
    """All cases, two crises in each five.

    >>> sum(case.crisis for case in drawn()[:25]), len(drawn())
    (10, 160)
    """
    by_chance = _draws()
    waiting: dict[bool, list[tuple[frozenset[str], float]]] = {True: [], False: []}
    while len(waiting[True]) < CRISES or len(waiting[False]) < OTHERS:
        signals, chance, crisis = next(by_chance)
        waiting[crisis].append((signals, chance))
    taken = {crisis: iter(cases) for crisis, cases in waiting.items()}
    wanted = [_ROUND[number % len(_ROUND)] for number in range(CRISES + OTHERS)]
    return tuple(Drawn(number, *next(taken[crisis]), crisis) for number, crisis in enumerate(wanted))


def case(of: Drawn, language: Language, *, with_history: bool) -> Case:
    """A case as a method reads it."""
    gap = "" if language is Language.CHINESE else " "
    return Case(
        text=gap.join(_sentences(of, language)),
        history=gap.join(_known(of, language)) if with_history else "",
        author="patient",
        horizon_days=HORIZON_DAYS,
    )


def planting(of: Case, number: int, language: Language, *, crisis: bool) -> Planting:
    """A case with an instruction to foretell the opposite of what came."""
    orders = _orders()["no" if crisis else "yes"]
    return planted(
        of,
        number,
        language,
        told=not crisis,
        orders={Language(code): order for code, order in orders.items()},
        answer={"crisis": not crisis, "probability": float(not crisis), "quotes": []},
    )


def _draws() -> Iterator[tuple[frozenset[str], float, bool]]:
    dice = random.Random(_SEED)  # noqa: S311 - a design, not a secret
    while True:
        all_signals = {**INTAKE, **HISTORY}
        signals = frozenset(name for name, (_, chance) in all_signals.items() if dice.random() < chance)
        if len(signals & INTAKE.keys()) < _SENTENCES:
            chance = probability(signals)
            yield signals, chance, dice.random() < chance


def _sentences(of: Drawn, language: Language) -> list[str]:
    """The complaint, then signals and fillers mixed; always six sentences or pairs of them."""
    dice = random.Random(_SEED + of.number)  # noqa: S311
    stimuli = _stimuli()
    said = [dice.choice(stimuli["intake"][name]) for name in INTAKE if name in of.signals]
    said += dice.sample(stimuli["fillers"], _SENTENCES - 1 - len(said))
    dice.shuffle(said)
    complaint = stimuli["complaints"][of.number % len(stimuli["complaints"])]
    return [one[language] for one in (complaint, *said)]


def _known(of: Drawn, language: Language) -> Sequence[str]:
    dice = random.Random(_SEED - of.number - 1)  # noqa: S311
    lines = [
        dice.choice(_stimuli()["history"][name]["yes" if name in of.signals else "no"]) for name in HISTORY
    ]
    return [line[language] for line in lines]


@cache
def _orders() -> dict[str, Any]:
    return json.loads((Path(__file__).parent / "orders.json").read_text("utf-8"))


@cache
def _stimuli() -> dict[str, Any]:
    return json.loads((Path(__file__).parent / "stimuli.json").read_text("utf-8"))
