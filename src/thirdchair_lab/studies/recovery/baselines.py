"""Methods without a model that any model must beat."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from thirdchair.measures.outcomes import Outcome as Came
from thirdchair.uses.estimate_prognosis.reading import NEGATIVE, Outcome
from thirdchair_lab.studies.recovery.asking import Material, expected, in_the_long_run
from thirdchair_lab.study import Answer, Cell


def _constant(with_: int, without: int, good: int) -> Callable[[Cell], Answer]:
    """Says the same of everyone: the two courses, and good outcomes so likely and bad ones the reverse."""
    said = {one: -good if one in NEGATIVE else good for one in Outcome}
    return lambda cell: _answer(cell, with_, without, said)


def _at_random(cell: Cell) -> Answer:
    """The same for the same cell in every run."""
    seed = int.from_bytes(hashlib.sha256(cell.id.encode()).digest()[:8], "big")
    dice = random.Random(seed)  # noqa: S311 - a baseline, not a secret
    said = {one: dice.randint(-1, 1) for one in Outcome}
    return _answer(cell, dice.randint(0, 5), dice.randint(0, 5), said)


def _answer(cell: Cell, with_: int, without: int, said: Mapping[Outcome, int]) -> Answer:
    material: Material = cell.material
    if material.planting is not None:
        return Answer(Came.NOT_ASKED)
    treatment = cell.factors["treatment"]
    courses = expected(
        material,
        with_=None if treatment == "without" else with_,
        without=None if treatment == "with" else without,
    )
    return Answer(Came.SCORED, courses if treatment == "without" else {**courses, **in_the_long_run(said)})


BASELINES: Final[Mapping[str, Callable[[Cell], Answer]]] = MappingProxyType(
    {
        "always_middle": _constant(3, 4, 0),
        "always_best": _constant(0, 0, 1),
        "always_worst": _constant(5, 5, -1),
        "at_random": _at_random,
    }
)
