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
    """

    id: str
    condition: str
    severity: int
    partner: str
    template: Mapping[Language, str]


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
    return tuple(
        Vignette(
            one["id"],
            one["condition"],
            one["severity"],
            one["partner"],
            {language: one[str(language)] for language in Language},
        )
        for one in kept
    )


def versions(vignette: Vignette, family: Family, language: Language) -> tuple[Version, ...]:
    """The versions of one family, the first of each group being what the others are held against.

    Raises:
        NotCounterfactual: two versions of a group differ in more than was meant.
    """
    return _proven(vignettes().index(vignette), family, language)


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
def _proven(place: int, family: Family, language: Language) -> tuple[Version, ...]:
    vignette = vignettes()[place]
    made = {"identity": _identities, "placebo": _placebos}[family](vignette, language)
    first: dict[str, Version] = {}
    for version in made:
        against = first.setdefault(version.group, version)
        if not changed(against.pieces, version.pieces) <= meant(version.group):
            raise NotCounterfactual(f"{vignette.id}, {version.arm}: more differs than was meant to")
    return tuple(made)


def _identities(vignette: Vignette, language: Language) -> Sequence[Version]:
    words = _words(language)
    couples = [
        _version(
            vignette,
            language,
            f"{gender}.{partner}",
            "no_partner" if partner == "none" else "couples",
            {"gender": gender, "partner": partner},
        )
        for gender in GENDERS
        for partner in PARTNERS
    ]
    stated = [
        _version(vignette, language, f"ethnicity.{name}", "ethnicity", {"ethnicity": name})
        for name in words["groups"]
    ]
    insured = [
        _version(vignette, language, f"insurance.{name}", "insurance", {"insurance": name})
        for name in words["insurance"]
    ]
    aged = [_version(vignette, language, f"age.{age}", "age", {"age": str(age)}) for age in AGES]
    return [*couples, *stated, *insured, *aged]


def _placebos(vignette: Vignette, language: Language) -> Sequence[Version]:
    words = _words(language)
    return [
        *(_version(vignette, language, f"door.{name}", "door", {"door": name}) for name in words["doors"]),
        *(_version(vignette, language, f"day.{name}", "sentence", {"day": name}) for name in words["days"]),
    ]


def _version(
    vignette: Vignette, language: Language, arm: str, group: str, identity: Mapping[str, str]
) -> Version:
    words = _words(language)
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
    pieces = filled(vignette.template[language], fillings, plural=gender in words["plural"])
    return Version(arm, group, identity, pieces)


def _statement(words: Mapping[str, Any], identity: Mapping[str, str]) -> str:
    if "ethnicity" in identity:
        return words["ethnicity"]
    if "insurance" in identity:
        return words["insurance"][identity["insurance"]]
    return words["placebo"] if "day" in identity else ""


@cache
def _words(language: Language) -> Mapping[str, Any]:
    return json.loads((_HERE / "wording.json").read_text("utf-8"))[str(language)]
