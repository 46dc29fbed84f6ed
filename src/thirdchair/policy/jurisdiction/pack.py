"""What the law of a place says about uses of AI: dated data with its source, read from the files beside this one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, Literal, cast, get_args

from thirdchair.records import Language

Effect = Literal["bar", "review", "live_clinician", "written_consent"]
"""Closes the use; or only what a licensed person does not sign; or only where no clinician takes part at that moment; or only
for a patient whose consent was spoken."""
Status = Literal["law", "unverified", "bill"]
"""In the statute book; not verified, and so applied as if it were; or not law, and so only shown."""
FICTIONAL: Final = "XX"
"""The made-up place of demonstrations and tests; its law closes nothing, and it is no part of the strictest."""


@dataclass(frozen=True, slots=True)
class LawRule:
    """One rule of a place about some uses.

    Args:
        effect: what it asks.
        uses: ids; also of uses that are not registered here yet.
        asked_by: whose request it is about.
        status: how sure it is that this is the law.
        citation: where it stands.
        effective_on: its first day; None where that is not known, and then it holds at once.
        says: what it says, by language, as the middle of a sentence.
    """

    effect: Effect
    uses: frozenset[str]
    asked_by: Literal["patient", "anyone"]
    status: Status
    citation: str
    effective_on: date | None
    says: Mapping[Language, str]

    def binds(self, on: date) -> bool:
        """Whether it is to be kept on this day."""
        return self.status != "bill" and (self.effective_on is None or on >= self.effective_on)


@dataclass(frozen=True, slots=True)
class ContactRule:
    """That a law lets a service tell the emergency contact of a person in danger, without the person's agreement.

    Args:
        citation: where it stands.
        effective_on: its first day.
        says: under what conditions, by language, as the middle of a sentence.
    """

    citation: str
    effective_on: date
    says: Mapping[Language, str]


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """What was found of the law of a place; each is itself and no other.

    Args:
        place: ISO 3166 code of a country or one of its parts, or "EU".
        covers: codes of the places it is about.
        name: by language.
        read_on: the day up to which sources were looked at.
        reviewed_by: the lawyer who confirmed it; None where none did.
        review_by: the day by which it must be looked at again.
        left_out: by language, what it does not say.
        emergency_contact: what lets the service tell an emergency contact; None where nothing verified does.
    """

    place: str
    covers: frozenset[str]
    name: Mapping[Language, str]
    read_on: date
    reviewed_by: str | None
    review_by: date
    left_out: Mapping[Language, str]
    rules: tuple[LawRule, ...]
    emergency_contact: ContactRule | None = None


@cache
def packs() -> tuple[Pack, ...]:
    """The packs of this release, by place.

    Raises:
        ValueError, KeyError: a file is no pack.
    """
    folder = files("thirdchair.policy.jurisdiction") / "packs"
    found = [item for item in folder.iterdir() if item.name.endswith(".json")]
    return tuple(
        read_pack(json.loads(item.read_text(encoding="utf-8")))
        for item in sorted(found, key=lambda item: item.name)
    )


def read_pack(value: Mapping[str, Any]) -> Pack:
    """A pack from its JSON.

    Raises:
        ValueError, KeyError: it lacks something, or says what no pack can.
    """
    return Pack(
        place=value["place"],
        covers=frozenset(value["covers"]),
        name=_in_each_language(value["name"]),
        read_on=date.fromisoformat(value["read_on"]),
        reviewed_by=value["reviewed_by"],
        review_by=date.fromisoformat(value["review_by"]),
        left_out=_in_each_language(value["left_out"]),
        rules=tuple(_rule(one) for one in value["rules"]),
        emergency_contact=_contact_rule(value.get("emergency_contact")),
    )


def _contact_rule(value: Mapping[str, Any] | None) -> ContactRule | None:
    """Only what was verified as law permits anything: a permission is not taken on trust."""
    if value is None:
        return None
    if not value["citation"]:
        raise ValueError("a rule of law says where it stands")
    return ContactRule(
        value["citation"], date.fromisoformat(value["effective_on"]), _in_each_language(value["says"])
    )


def _rule(value: Mapping[str, Any]) -> LawRule:
    if value["effect"] not in get_args(Effect) or value["status"] not in get_args(Status):
        raise ValueError("a rule of law has an effect and a status that are known")
    if value["asked_by"] not in ("patient", "anyone") or not value["uses"] or not value["citation"]:
        raise ValueError("a rule of law says whose requests and which uses it is about, and where it stands")
    effective = value["effective_on"]
    if effective is None and value["status"] == "law":
        raise ValueError("a rule that is law has its first day")
    return LawRule(
        effect=cast(Effect, value["effect"]),
        uses=frozenset(value["uses"]),
        asked_by=value["asked_by"],
        status=cast(Status, value["status"]),
        citation=value["citation"],
        effective_on=None if effective is None else date.fromisoformat(effective),
        says=_in_each_language(value["says"]),
    )


def _in_each_language(words: Mapping[str, str]) -> Mapping[Language, str]:
    told = {language: words[str(language)] for language in Language}
    if not all(told.values()):
        raise ValueError("what a pack says stands there in each language")
    return MappingProxyType(told)
