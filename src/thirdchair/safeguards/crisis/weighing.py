"""How the two halves of the crisis screen are weighed together: a logistic rule for each rung, fitted on text held out.

For the rung k: log-odds = a * (the trained reader's log-odds for k or more) + b * [the rules read k or more]
+ c * [the rules read 1 or more] + d. A rung is reached where its probability is at least its threshold; the
threshold of level 4 was set for sensitivity, the others for agreement (see weights/README.md). For another
danger: a * log-odds + b * [the rules found it] + d.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from thirdchair.language.risk_terms import Danger
from thirdchair.safeguards.crisis.heard import Heard
from thirdchair.safeguards.crisis.reading import OTHER_DANGERS, PERSON_FROM_LEVEL, CrisisReading

LEVELS: Final = 6
FEW_WORDS: Final = 12
_HAN: Final = re.compile(r"[㐀-鿿]")
UNNAMED: Final = 0.25
"""Least probability of level 4 or more where the rules found no word for suicide."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """Fitted weights for one language.

    Args:
        ladder: (6, 4), for each rung a, b, c, d.
        thresholds: (6,), probability from which a rung is reached.
        dangers: (5, 3), for each other danger a, b, d.
        danger_thresholds: (5,).
    """

    ladder: NDArray[np.float64]
    thresholds: NDArray[np.float64]
    dangers: NDArray[np.float64]
    danger_thresholds: NDArray[np.float64]


def ladder_features(heard: NDArray[np.float64], level: int) -> NDArray[np.float64]:
    """(6, 4): what each rung's probability is read from."""
    rungs = np.arange(1, LEVELS + 1)
    return np.stack([heard, level >= rungs, np.full(LEVELS, level >= 1), np.ones(LEVELS)], axis=1).astype(
        np.float64
    )


def rung_chances(heard: Heard, level: int, weighing: Weighing) -> NDArray[np.float64]:
    """(6,): the probability of each rung or more, never rising with the rung."""
    odds = (ladder_features(heard.ladder, level) * weighing.ladder).sum(axis=1)
    return np.minimum.accumulate(_chance(odds))


def reached(chances: NDArray[np.float64], thresholds: NDArray[np.float64], *, named: bool = True) -> int:
    """The highest rung whose threshold is met, 0 to 6.

    Args:
        chances: (6,), never rising.
        thresholds: (6,).
        named: whether the rules found any word for suicide at all, whoever's it is. Where they found none, a person is
            called only from `UNNAMED` upwards, or everyday talk would call one far too often.

    >>> reached(np.array([.9, .8, .3, .2, .1, .1]), np.full(6, .5))
    2
    """
    if not named:
        thresholds = np.where(
            np.arange(LEVELS) >= PERSON_FROM_LEVEL - 1, np.maximum(thresholds, UNNAMED), thresholds
        )
    met = np.flatnonzero(chances >= thresholds)
    return int(met[-1]) + 1 if len(met) else 0


def names_suicide(read: CrisisReading) -> bool:
    """Whether the rules found any word for suicide, whoever's it is, denied or not."""
    return any(span.label == Danger.SUICIDE for span in read.spans)


def by_rule_alone(text: str, read: CrisisReading) -> bool:
    """Whether a text is too short for a reader that learned from longer ones: the rules then decide.

    English: at most `FEW_WORDS` words. Chinese: at most as many characters, where the rules know a word in them.
    """
    if _HAN.search(text):
        return names_suicide(read) and len(text) <= FEW_WORDS
    return len(text.split()) <= FEW_WORDS


def danger_chances(heard: Heard, read: CrisisReading, weighing: Weighing) -> NDArray[np.float64]:
    """(5,): the probability of each of `OTHER_DANGERS`."""
    told = np.array([read.risks[danger] for danger in OTHER_DANGERS], dtype=np.float64)
    features = np.stack([heard.dangers, told, np.ones(len(told))], axis=1)
    return _chance((features * weighing.dangers).sum(axis=1))


def dangers_stated(heard: Heard, read: CrisisReading, weighing: Weighing) -> NDArray[np.bool_]:
    """(5,): which of `OTHER_DANGERS` the writer states; what the rules found stands, the reader may add to it."""
    told = np.array([read.risks[danger] for danger in OTHER_DANGERS])
    return told | (danger_chances(heard, read, weighing) >= weighing.danger_thresholds)


@cache
def shipped(language: str) -> Weighing:
    """The shipped weights for "en" or "zh-hans"."""
    text = (files("thirdchair.safeguards.crisis") / "weights" / "weighing.json").read_text(encoding="utf-8")
    kept: dict[str, Sequence[Any]] = json.loads(text)[language]
    return Weighing(**{name: np.array(values, dtype=np.float64) for name, values in kept.items()})


def _chance(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1.0 / (1.0 + np.exp(-np.clip(odds, -30, 30)))
