"""EQ-Bench, version 2: how strong four feelings are said to be, against the author's reference.

Source:
    Paech 2023, arXiv 2312.06281; `lib/scoring.py` of EQ-Bench, version 2, for the curve and its constant.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Final

_REVISED: Final = re.compile(r"revised scores\W*:", re.IGNORECASE)
_NOT_RANDOM: Final = 0.7477
"""So that random answers score 0."""
_MOST: Final = 10.0


def score(said: Mapping[str, float], reference: Mapping[str, float]) -> float:
    """Points for one question: 100 for the reference itself, about 0 for random answers, below for worse.

    Raises:
        ValueError: other feelings than the reference has.

    >>> score({"sad": 5, "glad": 0}, {"sad": 5, "glad": 0}), round(score({"sad": 0, "glad": 9}, {"sad": 5, "glad": 0}), 1)
    (100.0, -4.6)
    """
    if said.keys() != reference.keys():
        raise ValueError("every feeling of the reference is given a strength, and no other")
    away = sum(_curve(abs(said[name] - strength)) for name, strength in reference.items())
    return 10 * (_MOST - away * _NOT_RANDOM)


def strengths_in(
    text: str, feelings: tuple[str, ...]
) -> tuple[dict[str, float] | None, dict[str, float] | None]:
    """The first scores of a reply and its revised ones; None where a feeling has none from 0 to 10."""
    parts = _REVISED.split(text)
    return _strengths(parts[0], feelings), _strengths(parts[-1], feelings) if len(parts) > 1 else None


def _strengths(text: str, feelings: tuple[str, ...]) -> dict[str, float] | None:
    found: dict[str, float] = {}
    for name in feelings:
        match = re.search(rf"\b{re.escape(name)}\W*:\W*(\d+(?:\.\d+)?)(?!\d)", text, re.IGNORECASE)
        if match is None or float(match[1]) > _MOST:
            return None
        found[name] = float(match[1])
    return found


def _curve(away: float) -> float:
    """Small differences count less than they are."""
    if away == 0:
        return 0.0
    return 6.5 / (1 + math.exp(-1.2 * (away - 4))) if away <= 5 else away
