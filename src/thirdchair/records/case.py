"""One case that a second reading is asked of, and why there was none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

LONGEST_HORIZON_DAYS: Final = 365

Author = Literal["patient", "staff", "unknown"]
"""Who wrote or said the words of a case."""

NoReading = Literal["refused", "unreadable", "cut_off"]


@dataclass(frozen=True, slots=True)
class Case:
    """What is put before a model, in clinic and lab alike: a vignette, an intake text, a note, a patient's own words.

    Args:
        text: what is to be read.
        history: what was known before; "" where it is not told.
        author: whose words `text` is. Emotions are read from a patient's own words alone.
        words: where a word is to be chosen, the words to choose from; empty for a reading in free words.
        horizon_days: how far ahead a crisis is to be foretold, 1 to 365.

    Raises:
        ValueError: no text, a horizon out of range, or words that leave no choice.
    """

    text: str = field(repr=False)
    history: str = field(default="", repr=False)
    author: Author = "unknown"
    words: tuple[str, ...] = ()
    horizon_days: int = 30

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a case has a text")
        if not 1 <= self.horizon_days <= LONGEST_HORIZON_DAYS:
            raise ValueError(f"a horizon is 1 to {LONGEST_HORIZON_DAYS} days")
        if self.words and (len(set(self.words)) < 2 or len(set(self.words)) < len(self.words)):
            raise ValueError("words to choose from are two or more, each once")


@dataclass(frozen=True, slots=True)
class Unread:
    """There is no reading, and why: a counted outcome, never a number in its place.

    Args:
        kind: the model refused; or what it wrote could not be read, twice; or it was cut off.
    """

    kind: NoReading
