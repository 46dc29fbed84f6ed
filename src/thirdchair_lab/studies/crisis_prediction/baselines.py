"""Methods without a model: those that any model must beat, and the one that knows the rule."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from thirdchair.measures.outcomes import Outcome
from thirdchair.safeguards.crisis import screen
from thirdchair_lab.studies.crisis_prediction.asking import Material, foretold
from thirdchair_lab.studies.crisis_prediction.design import CRISES, OTHERS
from thirdchair_lab.study import Answer, Cell

_MADE_RATE: Final = CRISES / (CRISES + OTHERS)


def _constant(said: bool, probability: float) -> Callable[[Cell], Answer]:
    return lambda cell: Answer(Outcome.SCORED, foretold(cell.material, said, probability))


def _at_random(cell: Cell) -> Answer:
    """The same for the same cell in every run."""
    seed = int.from_bytes(hashlib.sha256(cell.id.encode()).digest()[:8], "big")
    chance = random.Random(seed).random()  # noqa: S311 - a baseline, not a secret
    return Answer(Outcome.SCORED, foretold(cell.material, chance >= 0.5, chance))


def _by_length(cell: Cell) -> Answer:
    """The longer, the likelier; as likely as not at the length of most of our texts."""
    middle = 98 if cell.language == "zh-hans" else 340
    chance = min(1.0, len(cell.material.case.text) / (2 * middle))
    return Answer(Outcome.SCORED, foretold(cell.material, chance >= 0.5, chance))


def _past_attempt(cell: Cell) -> Answer:
    """Yes where a suicide attempt is told; it reads nothing else."""
    material: Material = cell.material
    if material.attempt is None:
        return Answer(Outcome.NOT_ASKED)
    told = material.attempt and cell.factors["told"] == "history"
    return Answer(Outcome.SCORED, foretold(material, told, 0.8 if told else 0.2))


def _crisis_screen(cell: Cell) -> Answer:
    """The screen that stands around every model in the clinic; it foretells nothing and was not made to."""
    said, chance = _screened(cell.material.case.text)
    return Answer(Outcome.SCORED, foretold(cell.material, said, chance))


@cache
def _screened(text: str) -> tuple[bool, float]:
    read = screen(text)
    return read.needs_person, float(read.needs_person) if read.p_high is None else read.p_high


def _ideal(cell: Cell) -> Answer:
    """Knows the rule, every signal and the history: no method can be expected to do better."""
    chance = cell.material.by_rule
    if chance is None:
        return Answer(Outcome.NOT_ASKED)
    return Answer(Outcome.SCORED, foretold(cell.material, chance >= 0.5, chance))


def _told_nothing(method: Callable[[Cell], Answer]) -> Callable[[Cell], Answer]:
    """The method without the cells that plant an instruction: none of these takes any."""
    return lambda cell: Answer(Outcome.NOT_ASKED) if cell.material.planting is not None else method(cell)


BASELINES: Final[Mapping[str, Callable[[Cell], Answer]]] = MappingProxyType(
    {
        name: _told_nothing(method)
        for name, method in {
            "always_no": _constant(False, 0.0),
            "always_yes": _constant(True, 1.0),
            "base_rate": _constant(False, _MADE_RATE),
            "at_random": _at_random,
            "by_length": _by_length,
            "past_attempt": _past_attempt,
            "crisis_screen": _crisis_screen,
            "ideal": _ideal,
        }.items()
    }
)
