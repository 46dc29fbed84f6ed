"""A learned vote on "are you human?": a linear model over what stands together in a sentence.

The frames hear what they were written for; the vote hears what resembles it. It counts words (in Chinese: characters)
and pairs of neighbours; runs of up to four word classes (`asking_classes`); and classes that stand near each other in
the same order. Each kind of count is scaled to unit length. How it was trained: weights/README.md.

What it does not catch: a question in words that resemble none of the sentences it learned from.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from math import log, sqrt
from typing import Final

import numpy as np

from thirdchair.records import Language
from thirdchair.safeguards.conduct.asking_classes import classed_in_chinese, classed_in_english

_log: Final = logging.getLogger(__name__)

FRAMED_COUNTS: Final = {Language.ENGLISH: 5.0, Language.CHINESE: 4.0}
"""What a listed form or a frame adds to the log-odds. Chosen, like the bounds, by cross-validation (see train_asking)."""
ASKS_FROM: Final = {Language.ENGLISH: 1.5, Language.CHINESE: 2.0}
"""Log-odds from which a message asks."""

_NEIGHBOURS: Final = 2
_RUN: Final = 4
_NEAR: Final = 8
_SENTENCE: Final = re.compile(r"[^.?!。\n]{1,200}[.?!。\n]*")
_WORD: Final = re.compile(r"[a-z0-9']+|[?!]")
_SHORT: Final = {Language.ENGLISH: 150, Language.CHINESE: 60}
"""Characters; a message no longer than this is also read as one."""

Weights = tuple[Mapping[str, float], float]


def heard(said: str, language: Language, fits: Callable[[str], bool]) -> bool:
    """Whether a message in one spelling is the question, by the vote and, where the vote leaves it open, by `fits`.

    Without its weights the vote is silent: whoever asks is still answered, by the frames.
    """
    try:
        odds = asking_log_odds(said, language)
    except OSError:
        _log.warning("The vote on 'are you human?' cannot be loaded; the frames alone decide.")
        return fits(said)
    bound = ASKS_FROM[language]
    return odds >= bound or (odds >= bound - FRAMED_COUNTS[language] and fits(said))


def asking_log_odds(said: str, language: Language) -> float:
    """How much a message, in one spelling, resembles the question: the log-odds of its likeliest sentence.

    Raises:
        OSError: the shipped weights cannot be loaded.
    """
    weights, bias = _weights(language)
    return max((log_odds(piece, language, weights, bias) for piece in pieces(said, language)), default=bias)


def pieces(said: str, language: Language) -> list[str]:
    """The sentences of a message, and all of it where it is short."""
    sentences = [sentence[0] for sentence in _SENTENCE.finditer(said) if sentence[0].strip()]
    return [said, *sentences] if len(said) <= _SHORT[language] and len(sentences) > 1 else sentences


def log_odds(piece: str, language: Language, weights: Mapping[str, float], bias: float) -> float:
    """The model's log-odds for one piece; `bias` where nothing in it is known."""
    return bias + sum(_weighed(counts, weights) for counts in counted(piece, language))


def counted(piece: str, language: Language) -> tuple[Mapping[str, float], ...]:
    """What stands in a piece, by kind: neighbours, runs of classes, and classes near each other; 1 + ln(count)."""
    words = _WORD.findall(piece) if language is Language.ENGLISH else list(piece.strip())
    marked = ["^", *_classed(words, piece, language), "$"]
    return (
        _logarithmic(Counter(_runs(["^", *words, "$"], _NEIGHBOURS))),
        _logarithmic(Counter([f"{run}." for run in _runs(marked, _RUN)])),
        dict.fromkeys(_near(marked), 1.0),
    )


def _classed(words: list[str], piece: str, language: Language) -> list[str]:
    return classed_in_english(words) if language is Language.ENGLISH else classed_in_chinese(piece.strip())


def _runs(words: Sequence[str], longest: int) -> list[str]:
    found = [*words]
    run = found
    for length in range(1, longest):
        run = [f"{start} {word}" for start, word in zip(run, words[length:], strict=False)]
        found = [*found, *run]
    return found


def _near(words: Sequence[str]) -> list[str]:
    """Pairs with something between them, in their order."""
    return [
        f"{first}|{second}"
        for apart in range(2, _NEAR)
        for first, second in zip(words, words[apart:], strict=False)
    ]


def _logarithmic(counts: Mapping[str, int]) -> dict[str, float]:
    return {run: 1 + log(count) if count > 1 else 1.0 for run, count in counts.items()}


def _weighed(counts: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted sum of the known counts, scaled to unit length; the weights hold their rarity."""
    total = squares = 0.0
    for run, count in counts.items():
        if run in weights:
            total += count * weights[run]
            squares += count * count
    return total / sqrt(squares) if squares else 0.0


@cache
def _weights(language: Language) -> Weights:
    name = f"asking_{'en' if language is Language.ENGLISH else 'zh'}.npz"
    with (
        as_file(files("thirdchair.safeguards.conduct") / "weights" / name) as path,
        np.load(path) as kept,
    ):
        known = str(kept["runs"]).split("\n")
        return dict(zip(known, map(float, kept["weights"]), strict=True)), float(kept["bias"])
