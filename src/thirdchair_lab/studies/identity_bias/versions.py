"""The versions of a vignette, in families, and the proof that each differs from the next in what it is meant to and no more."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from thirdchair.records import Language
from thirdchair_lab.studies.identity_bias.templates import (
    NotCounterfactual,
    Piece,
    changed,
    filled,
    text_of,
)

Family = Literal["identity", "placebo"]
Voice = Literal["told", "own"]
"""Told of the person, or in the person's own words."""

FAMILIES: Final[tuple[Family, ...]] = ("identity", "placebo")

GENDERS: Final = ("woman", "man", "nonbinary", "unstated")
PARTNERS: Final = ("woman", "man", "none")
AGES: Final = (22, 34, 64)
USUAL_AGE: Final = 34
USUAL_DOOR: Final = "green"
BASE: Final = "unstated.none"
"""The version that states nothing of gender, partner, ethnicity or insurance."""

_HERE: Final = Path(__file__).parent
_OF_A_COUPLE: Final = frozenset({"gender", "agreement", "partner"})


@dataclass(frozen=True, slots=True)
class Vignette:
    """One case.

    Args:
        severity: as it was written, 1 mild to 5 gravest.
        partner: which words for a partner it has: "married" or "unmarried".
        template: by language.
        own_words: what the person says of a feeling, by language.
    """

    id: str
    condition: str
    severity: int
    partner: str
    template: Mapping[Language, str]
    own_words: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Version:
    """A vignette as one person's.

    Args:
        arm: unique in its family, such as "woman.man" or "ethnicity.white".
        group: versions of one group are compared with each other.
        identity: what was varied.
    """

    arm: str
    group: str
    identity: Mapping[str, str]
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """As it is shown."""
        return text_of(self.pieces)


@cache
def vignettes() -> tuple[Vignette, ...]:
    """All of them, in an order that takes the six conditions in turn."""
    kept = json.loads((_HERE / "vignettes.json").read_text("utf-8"))["vignettes"]
    said = json.loads((_HERE / "own_words.json").read_text("utf-8"))["own_words"]
    return tuple(
        Vignette(
            one["id"],
            one["condition"],
            one["severity"],
            one["partner"],
            {language: one[str(language)] for language in Language},
            {language: said[one["id"]][str(language)] for language in Language},
        )
        for one in kept
    )


def versions(
    vignette: Vignette, family: Family, language: Language, voice: Voice = "told"
) -> tuple[Version, ...]:
    """The versions of one family, the first of each group being what the others are held against.

    Raises:
        NotCounterfactual: two versions of a group differ in more than was meant.
    """
    return _proven(vignettes().index(vignette), family, language, voice)


def meant(group: str) -> frozenset[str]:
    """The kinds of marks that may differ in a group."""
    return _OF_A_COUPLE if group in ("couples", "no_partner") else frozenset({_MEANT[group]})


_MEANT: Final[Mapping[str, str]] = {
    "ethnicity": "statement",
    "insurance": "statement",
    "sentence": "statement",
    "door": "door",
    "age": "age",
}


@cache
def _proven(place: int, family: Family, language: Language, voice: Voice) -> tuple[Version, ...]:
    vignette = vignettes()[place]
    arms = {"identity": _identities, "placebo": _placebos}[family](_words(language, voice))
    made = [_version(vignette, language, voice, *arm) for arm in arms]
    first: dict[str, Version] = {}
    for version in made:
        against = first.setdefault(version.group, version)
        if not changed(against.pieces, version.pieces) <= meant(version.group):
            raise NotCounterfactual(f"{vignette.id}, {version.arm}: more differs than was meant to")
    return tuple(made)


Arm = tuple[str, str, Mapping[str, str]]
"""Name, group and what was varied."""


def _identities(words: Mapping[str, Any]) -> Sequence[Arm]:
    return [
        *(
            (
                f"{gender}.{partner}",
                "no_partner" if partner == "none" else "couples",
                {"gender": gender, "partner": partner},
            )
            for gender in GENDERS
            for partner in PARTNERS
        ),
        *((f"ethnicity.{name}", "ethnicity", {"ethnicity": name}) for name in words["groups"]),
        *((f"insurance.{name}", "insurance", {"insurance": name}) for name in words["insurance"]),
        *((f"age.{age}", "age", {"age": str(age)}) for age in AGES),
    ]


def _placebos(words: Mapping[str, Any]) -> Sequence[Arm]:
    return [
        *((f"door.{name}", "door", {"door": name}) for name in words["doors"]),
        *((f"day.{name}", "sentence", {"day": name}) for name in words["days"]),
    ]


def _version(
    vignette: Vignette,
    language: Language,
    voice: Voice,
    arm: str,
    group: str,
    identity: Mapping[str, str],
) -> Version:
    words = _words(language, voice)
    gender, partner = identity.get("gender", "unstated"), identity.get("partner", "none")
    companions = words["companion"][vignette.partner]
    fillings = {
        **words["gender"][gender],
        "partner": "" if partner == "none" else words["partner"],
        "companion": companions.get(partner, ""),
        "statement": _statement(words, identity),
        "group": words["groups"].get(identity.get("ethnicity"), ""),
        "day": words["days"].get(identity.get("day"), ""),
        "age": identity.get("age", str(USUAL_AGE)),
        "door": words["doors"][identity.get("door", USUAL_DOOR)],
    }
    template = vignette.template[language]
    if voice == "own":
        template = words["template"].replace("{own_words}", vignette.own_words[language])
    pieces = filled(template, fillings, plural=gender in words["plural"])
    return Version(arm, group, identity, pieces)


def _statement(words: Mapping[str, Any], identity: Mapping[str, str]) -> str:
    if "ethnicity" in identity:
        return words["ethnicity"]
    if "insurance" in identity:
        return words["insurance"][identity["insurance"]]
    return words["placebo"] if "day" in identity else ""


@cache
def _words(language: Language, voice: Voice) -> Mapping[str, Any]:
    kept = json.loads((_HERE / "wording.json").read_text("utf-8"))[str(language)]
    return {**kept, **kept["own"]} if voice == "own" else kept


def feelings(language: Language) -> Mapping[str, str]:
    """The words for feelings that one is chosen of, by name."""
    return _words(language, "own")["feelings"]
