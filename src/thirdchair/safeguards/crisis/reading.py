"""What the crisis screen says of a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from thirdchair.language.risk_terms import Danger

OTHER_DANGERS: Final = (
    Danger.SELF_HARM,
    Danger.HARM_TO_OTHERS,
    Danger.ABUSE,
    Danger.EATING_DISORDER,
    Danger.PSYCHOSIS_MANIA,
)
PERSON_FROM_LEVEL: Final = 4
"""From stated intent upwards a person answers."""


class Whose(StrEnum):
    """Whose danger the words speak of; PAST is the writer's own, said to be over or long ago."""

    SPEAKER = "speaker"
    THIRD_PARTY = "third_party"
    QUOTED = "quoted"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class CrisisSpan:
    """Words that name a danger: `text[start:end]`, the danger, its rung, whose it is, whether it is denied."""

    start: int
    end: int
    label: str
    whose: Whose
    negated: bool
    level: int = 0

    @property
    def counts(self) -> bool:
        """Whether it stands as the writer's own present danger."""
        return self.whose is Whose.SPEAKER and not self.negated


@dataclass(frozen=True, slots=True)
class CrisisReading:
    """What the screen found.

    Args:
        level: 0 to 6, the highest rung of suicide risk the writer states.
        risks: for each other danger, whether the writer states it.
        spans: the words, in reading order, counted or not.
        acute: names of other dangers that cannot wait.
        p_high: probability of level 4 or more, 0 to 1, or None where no calibrated model has read the text.
    """

    level: int
    risks: Mapping[str, bool]
    spans: tuple[CrisisSpan, ...] = ()
    acute: tuple[str, ...] = ()
    p_high: float | None = None

    @property
    def needs_person(self) -> bool:
        """Whether a person has to see this now."""
        return self.level >= PERSON_FROM_LEVEL or bool(self.acute)
