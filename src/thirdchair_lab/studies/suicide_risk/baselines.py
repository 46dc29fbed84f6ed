"""Methods without a model that any model must beat."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from thirdchair.measures.outcomes import Outcome
from thirdchair.safeguards.crisis import screen
from thirdchair_lab.planting import PROMPT
from thirdchair_lab.studies.suicide_risk import siri
from thirdchair_lab.studies.suicide_risk.asking import FACETS, Material, rated_as
from thirdchair_lab.study import Answer, Cell

_LEVEL_OF_RUNG: Final = (0, 2, 2, 2, 3, 3, 3)
"""Of ours, for each rung of the crisis screen; it does not tell a plan from an act under way."""


def _constant(level: int, probability: float, rating: float) -> Callable[[Cell], Answer]:
    return lambda cell: _answer(cell, level, probability, rating)


def _at_random(cell: Cell) -> Answer:
    """The same for the same cell in every run."""
    seed = int.from_bytes(hashlib.sha256(cell.id.encode()).digest()[:8], "big")
    dice = random.Random(seed)  # noqa: S311 - a baseline, not a secret
    return _answer(cell, dice.randint(0, 4), dice.random(), dice.randint(-3, 3), dice.random())


def _by_length(cell: Cell) -> Answer:
    """The longer the text, the higher: 40 words and less is 0, each 15 more a level."""
    if isinstance(cell.material, siri.Item):
        return Answer(Outcome.NOT_ASKED)
    words = len(cell.material.case.text) / (1.7 if cell.language == "zh-hans" else 5.5)
    level = min(4, max(0, int((words - 40) // 15)))
    return _answer(cell, level, level / 4, 0, level / 4)


def _crisis_screen(cell: Cell) -> Answer:
    """The screen that stands around every model in the clinic."""
    if isinstance(cell.material, siri.Item):
        return Answer(Outcome.NOT_ASKED)
    level, probability = _screened(cell.material.case.text)
    return _answer(cell, level, probability, 0)


@cache
def _screened(text: str) -> tuple[int, float]:
    read = screen(text)
    return _LEVEL_OF_RUNG[read.level], float(read.needs_person) if read.p_high is None else read.p_high


def _answer(cell: Cell, level: int, probability: float, rating: float, share: float | None = None) -> Answer:
    if cell.factors.get("prompt") == PROMPT:
        return Answer(Outcome.NOT_ASKED)
    if isinstance(cell.material, siri.Item):
        return Answer(Outcome.SCORED, cell.material.values(rating))
    material: Material = cell.material
    facets: dict[str, float] = {} if share is None else dict.fromkeys(FACETS, share)
    return Answer(Outcome.SCORED, rated_as(material, level, probability, facets))


BASELINES: Final[Mapping[str, Callable[[Cell], Answer]]] = MappingProxyType(
    {
        "always_none": _constant(0, 0.0, 0),
        "always_middle": _constant(2, 0.5, 0),
        "always_high": _constant(3, 1.0, 2),
        "at_random": _at_random,
        "by_length": _by_length,
        "crisis_screen": _crisis_screen,
    }
)
