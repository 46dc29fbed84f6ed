"""Scoring keys: how an instrument is scored, as data. A key holds no item's wording.

A key names its items by the link ids or codes a questionnaire may call them by. `instrument.bind` puts the two together
and refuses where they do not fit. Figures carry their source, and `verified` says whether somebody read them there.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Annotated, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from thirdchair.language.risk_terms import Danger
from thirdchair.questionnaires.reading import problems_of, read_json
from thirdchair.questionnaires.unusable import QuestionnaireUnusable
from thirdchair.records import Language

NO_SCORE: Final = "none"
"""The name of the key of a questionnaire that is not scored."""


def _in_every_language(words: dict[Language, str]) -> dict[Language, str]:
    if set(words) != set(Language) or not all(text.strip() for text in words.values()):
        raise ValueError("words are given in every language of the product")
    return words


_Words = Annotated[dict[Language, str], AfterValidator(_in_every_language)]
_Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
_Source = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class KeyItem(_Strict):
    """One scored item.

    Args:
        called: link ids or codes by which a questionnaire may name it.
        points: what each option is worth, in the order of the options; of yes and no: (0, 1). Not of a whole number,
            which is worth itself.
        lowest, highest: of a whole number.
        reversed: whether more points mean the opposite of what its scale says. Danger is judged before reversing.
        asked_if: the yes-or-no item of the key that must be answered yes before this one is asked.
    """

    called: tuple[str, ...] = Field(min_length=1)
    points: tuple[int, ...] | None = None
    lowest: int = 0
    highest: int = 0
    yes_or_no: bool = False
    reversed: bool = False
    asked_if: _Name | None = None

    @property
    def range(self) -> tuple[int, int]:
        """The lowest and highest points."""
        if self.yes_or_no:
            return (0, 1)
        return (min(self.points), max(self.points)) if self.points else (self.lowest, self.highest)

    @model_validator(mode="after")
    def _has_one_kind(self) -> Self:
        if (self.points is not None) + self.yes_or_no + (self.lowest < self.highest) != 1:
            raise ValueError("an item has points, or is yes_or_no, or has lowest below highest")
        return self


class Band(_Strict):
    """A range of a scale that has a name, from `lowest` up to the next band."""

    lowest: int
    words: _Words


class Change(_Strict):
    """How large a difference between two scores must be before it is more than chance or matters, as published."""

    points: float = Field(gt=0)
    source: _Source
    verified: bool


class Scale(_Strict):
    """A sum or a mean of items.

    Args:
        most_missing: how many items may lack an answer; the rest then stand for them by their mean. Beyond that there is
            no score.
        higher_is: what more points mean. "neither" where nobody has shown it.
        bands: in rising order; the first begins at the lowest score. bands_source and bands_verified go with them.
    """

    name: _Name
    title: _Words
    items: tuple[_Name, ...] = Field(min_length=1)
    how: Literal["sum", "mean"] = "sum"
    most_missing: int = Field(0, ge=0)
    missing_source: _Source | None = None
    higher_is: Literal["worse", "better", "neither"]
    bands: tuple[Band, ...] = ()
    bands_source: _Source | None = None
    bands_verified: bool = False
    change: Change | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if len(set(self.items)) != len(self.items) or self.most_missing >= len(self.items):
            raise ValueError("a scale names each item once, and at least one must be answered")
        if bool(self.bands) != bool(self.bands_source):
            raise ValueError("bands have a source")
        if list(self.bands) != sorted(self.bands, key=lambda band: band.lowest):
            raise ValueError("bands are in rising order")
        return self


class ItemDanger(_Strict):
    """An answer that a person has to see.

    Args:
        item: of the key. at_least: points, before reversing, from which it counts.
        level: rung of the crisis protocol, 1 to 6 (wish to be dead, thoughts, method, intent, plan, behaviour).
        dangers: beside suicide.
    """

    item: _Name
    at_least: int
    level: int = Field(ge=1, le=6)
    dangers: tuple[Danger, ...] = ()


class Rule(_Strict):
    """A level, and the yes-or-no items of which one yes is enough. The first rule that holds decides."""

    level: _Name
    words: _Words
    any_of: tuple[_Name, ...]


class ScoringKey(_Strict):
    """How an instrument is scored.

    Args:
        key: its name. instrument: as people call it.
        asked_by: whether the person fills it in, or a clinician asks and fills it in with them.
        source, verified: of the scoring as a whole.
        validated: False for an instrument that nobody has studied; every page says so.
        unscored: link ids or codes of questions that may be asked beside the scored ones. Any other question that is not
            scored means that this is not the key's instrument.
        scales, rules: what a response is scored by; `otherwise` is the level where no rule holds.
    """

    key: _Name
    version: str
    instrument: str
    asked_by: Literal["person", "clinician"] = "person"
    source: _Source
    verified: bool
    validated: bool
    items: dict[_Name, KeyItem]
    unscored: tuple[str, ...] = ()
    scales: tuple[Scale, ...] = ()
    dangers: tuple[ItemDanger, ...] = ()
    rules: tuple[Rule, ...] = ()
    otherwise: Rule | None = None
    asks_for_a_person: _Name | None = None

    @model_validator(mode="after")
    def _names_what_it_has(self) -> Self:
        named = {name for scale in self.scales for name in scale.items} | {one.item for one in self.dangers}
        named |= {name for rule in self.rules for name in rule.any_of}
        named |= {item.asked_if for item in self.items.values() if item.asked_if}
        named |= {self.asks_for_a_person} if self.asks_for_a_person else set()
        if not named <= self.items.keys():
            raise ValueError("the key names an item that it does not have")
        if any(not self.items[name].yes_or_no for rule in self.rules for name in rule.any_of):
            raise ValueError("a rule is about yes-or-no items")
        if bool(self.rules) != (self.otherwise is not None):
            raise ValueError("rules end with what holds otherwise")
        for scale in self.scales:
            if len({self.items[name].range for name in scale.items}) != 1:
                raise ValueError("the items of a scale have the same lowest and highest points")
        return self

    def range_of(self, scale: Scale) -> tuple[float, float]:
        """The lowest and highest score of a scale."""
        low, high = self.items[scale.items[0]].range
        n = len(scale.items) if scale.how == "sum" else 1
        return low * n, high * n


def read_key(data: bytes) -> ScoringKey:
    """The key of a JSON file.

    Raises:
        QuestionnaireUnusable: it is none; each problem is named with its place.
    """
    try:
        return ScoringKey.model_validate(read_json(data))
    except ValidationError as error:
        problems = problems_of(error)
    raise QuestionnaireUnusable(*problems)


@cache
def shipped_keys() -> Mapping[str, ScoringKey]:
    """The keys this package ships, by name."""
    folder = resources.files("thirdchair.questionnaires") / "keys"
    keys = [read_key(one.read_bytes()) for one in folder.iterdir() if one.name.endswith(".json")]
    return {key.key: key for key in sorted(keys, key=lambda key: key.key)}
