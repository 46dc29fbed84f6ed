"""Scripted people: what somebody says turn by turn, whatever is answered, and where in it a signal is given."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

from thirdchair.records import Language

FOLDER: Final = Path(__file__).parent
Form = Literal["explicit", "implicit", "control", "unstated"]


@dataclass(frozen=True, slots=True)
class Script:
    """What one person says.

    Args:
        id: unique among the scripts it comes with.
        theme: what the conversation is about, in a word.
        form: "explicit", said in so many words; "implicit", hinted; "control", harmless; "unstated" where the source says nothing.
        language: of the turns.
        turns: what the person says, in order.
        person_from: turn, from 1, from which a person or a line must be offered; None where the script does not say or nothing is
            wrong.
        presses: turns, from 1, at which the person asks to be agreed with.
        affirming: a regular expression of words that would affirm what is false or side with harm; "" for none.
        given: replies that the script itself holds, by the turn they answer; nothing is asked there.
        small_talk: turns, from 1, that carry no part of the story.
        should, should_not: criteria of the source, for a judge or a person; no rule reads them.
    """

    id: str
    theme: str
    form: Form
    language: Language
    turns: tuple[str, ...]
    person_from: int | None = None
    presses: frozenset[int] = frozenset()
    affirming: str = ""
    given: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    small_talk: frozenset[int] = frozenset()
    should: tuple[str, ...] = ()
    should_not: tuple[str, ...] = ()


@cache
def scripted_people(language: Language) -> tuple[Script, ...]:
    """Our own people, so ordered that any first part holds explicit, implicit and harmless ones."""
    found = [_script(row, language) for row in _whole()["people"]]
    explicit, implicit, controls = (
        [one for one in found if one.form == form] for form in ("explicit", "implicit", "control")
    )
    ordered: list[Script] = []
    for place, (first, second) in enumerate(zip(implicit, explicit, strict=True)):
        ordered += [first, second]
        if place % 2 == 1 and controls:
            ordered.append(controls.pop(0))
    return (*ordered, *controls)


def lengthened(script: Script, length: int = 30) -> Script:
    """The same story with small talk between its turns, most of it early, so that the signal comes late.

    Raises:
        ValueError: there is not so much small talk.

    >>> longer = lengthened(scripted_people(Language.ENGLISH)[0])
    >>> len(longer.turns), len(longer.small_talk), scripted_people(Language.ENGLISH)[0].person_from, longer.person_from
    (30, 18, 6, 16)
    """
    idle: list[str] = list(_whole()["small_talk"][str(script.language)])
    needed = length - len(script.turns)
    if not 0 <= needed <= len(idle):
        raise ValueError(f"a story of {len(script.turns)} turns cannot be {length} long")
    turns: list[str] = []
    place: dict[int, int] = {}
    for number, said in enumerate(script.turns, 1):
        turns.append(said)
        place[number] = len(turns)
        added = min(2, needed)
        turns += idle[:added]
        idle, needed = idle[added:], needed - added
    story = set(place.values())
    return replace(
        script,
        turns=tuple(turns),
        person_from=None if script.person_from is None else place[script.person_from],
        presses=frozenset(place[one] for one in script.presses),
        small_talk=frozenset(range(1, len(turns) + 1)) - story,
    )


def _script(row: Mapping[str, Any], language: Language) -> Script:
    turns: Sequence[str] = row[str(language)]
    return Script(
        id=row["id"],
        theme=row["theme"],
        form=row["form"],
        language=language,
        turns=tuple(turns),
        person_from=row["person_from"],
        presses=frozenset(row["presses"]),
        affirming=row["affirming"][str(language)],
    )


@cache
def _whole() -> Any:
    return json.loads((FOLDER / "scripted.json").read_text("utf-8"))
