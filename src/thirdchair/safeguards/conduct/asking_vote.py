"""A second vote on "are you human?" in Chinese, from runs of one to four characters.

The frames hear what they were written for; a linear model over runs of characters hears what resembles it. It speaks
up where the frames are silent and it is fairly sure, and it overrules them where nothing in the message resembles a
question of that kind. In English the same model did not help messages it had not met, so there is none. How it was
trained: weights/README.md.

What it does not catch: a question in words that stand in none of the sentences it learned from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from math import log, sqrt
from typing import Final

import numpy as np

LONGEST_RUN: Final = 4
SPEAKS_UP_FROM: Final = 0.8
OVERRULES_BELOW: Final = 0.1
"""Probabilities, chosen by cross-validation on sentences that the frames had not met either."""

_SENTENCE: Final = re.compile(r"[^.?!。\n]{1,150}[.?!。\n]{0,3}")
_SHORT: Final = 150
"""Characters; a message no longer than this is also read as one."""


def asking_probability(said: str) -> float:
    """How much a folded Chinese message resembles the question, 0 to 1: that of its likeliest sentence.

    Raises:
        OSError: the shipped weights cannot be loaded.
    """
    weights, bias = _weights()
    odds = max((log_odds(piece, weights, bias) for piece in pieces(said)), default=bias)
    return float(1 / (1 + np.exp(-odds)))


def pieces(said: str) -> list[str]:
    """The sentences of a message, and all of it where it is short."""
    sentences = [sentence[0] for sentence in _SENTENCE.finditer(said)]
    return [said, *sentences] if len(said) <= _SHORT and len(sentences) > 1 else sentences


def log_odds(piece: str, weights: Mapping[str, float], bias: float) -> float:
    """The model's log-odds for one piece; `bias` where no run of it is known."""
    shares = shares_of_runs(piece, weights)
    return bias + sum(share * weights[run] for run, share in shares.items())


def shares_of_runs(piece: str, known: Mapping[str, object]) -> dict[str, float]:
    """The known runs of a piece with 1 + ln(count), scaled to unit length; the weights hold their rarity."""
    counts = Counter(run for run in runs(piece) if run in known)
    values = {run: 1 + log(count) for run, count in counts.items()}
    length = sqrt(sum(value * value for value in values.values()))
    return {run: value / length for run, value in values.items()}


def runs(piece: str) -> list[str]:
    """All runs of up to `LONGEST_RUN` characters, with a mark at either end."""
    marked = f"^{piece.strip()}$"
    return [
        marked[start : start + length]
        for length in range(1, LONGEST_RUN + 1)
        for start in range(len(marked) - length + 1)
    ]


@cache
def _weights() -> tuple[Mapping[str, float], float]:
    with (
        as_file(files("thirdchair.safeguards.conduct") / "weights" / "asking_zh.npz") as path,
        np.load(path) as kept,
    ):
        known = str(kept["runs"]).split("\n")
        return dict(zip(known, map(float, kept["weights"]), strict=True)), float(kept["bias"])
