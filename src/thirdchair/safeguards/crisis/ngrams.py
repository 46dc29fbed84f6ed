"""The learned half of the crisis screen for Chinese: weighted runs of one to four characters.

No multilingual encoder with a known licence could be had offline, so this is a linear model; how it was trained and
how well it reads: weights/README.md. A long text is read in parts, so time is in proportion to its length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from thirdchair.safeguards.crisis.heard import Heard

LONGEST_RUN: Final = 4
_PART: Final = re.compile(r"[^。！？!?\n]{1,120}[。！？!?\n]{0,3}")
_READ_TOGETHER: Final = 150
"""Characters read as one message; longer texts are read sentence group by sentence group."""

Weights = tuple[Mapping[str, int], NDArray[np.float64], NDArray[np.float64]]


def hear_chinese(text: str) -> Heard | None:
    """The reading of a Chinese text; None where nothing in it was ever seen.

    Raises:
        OSError: the shipped weights cannot be loaded.
    """
    places, weights, bias = _weights()
    parts = [
        (start, end, found)
        for start, end in _parts(text)
        if (found := vector(text[start:end], places)) is not None
    ]
    if not parts:
        return None
    scores = np.array([values @ weights[rows] + bias for _, _, (rows, values) in parts])
    gravest = int(scores[:, 1].argmax())
    return Heard(scores[:, :6].max(axis=0), scores[:, 6:].max(axis=0), parts[gravest][0], parts[gravest][1])


def vector(text: str, places: Mapping[str, int]) -> tuple[NDArray[np.int64], NDArray[np.float64]] | None:
    """Rows of the runs that stand in a text, and their values, (n,) each: 1 + ln(count), of unit length.

    The weights hold the inverse document frequency. None where no run is known.
    """
    counts = Counter(run for run in _runs(text) if run in places)
    if not counts:
        return None
    values = 1.0 + np.log(np.array(list(counts.values()), dtype=np.float64))
    return np.array([places[run] for run in counts]), values / np.linalg.norm(values)


def _runs(text: str) -> list[str]:
    folded = text.casefold()
    return [
        folded[start : start + length]
        for length in range(1, LONGEST_RUN + 1)
        for start in range(len(folded) - length + 1)
    ]


def _parts(text: str) -> list[tuple[int, int]]:
    """Stretches of whole sentences, each of at most about `_READ_TOGETHER` characters."""
    if len(text) <= _READ_TOGETHER:
        return [(0, len(text))]
    found: list[tuple[int, int]] = []
    for part in _PART.finditer(text):
        if found and part.end() - found[-1][0] <= _READ_TOGETHER:
            found[-1] = (found[-1][0], part.end())
        else:
            found.append((part.start(), part.end()))
    return found


@cache
def _weights() -> Weights:
    with (
        as_file(files("thirdchair.safeguards.crisis") / "weights" / "ngrams_zh.npz") as path,
        np.load(path) as kept,
    ):
        runs = str(kept["runs"]).split("\n")
        return (
            {run: place for place, run in enumerate(runs)},
            kept["weights"].astype(np.float64),
            kept["bias"].astype(np.float64),
        )
