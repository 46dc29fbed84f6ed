"""Who is who: the names met in a session, and which of them are one person's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from thirdchair.safeguards.deidentify import chinese
from thirdchair.safeguards.deidentify.words import is_opener

_PART: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HAN: Final = re.compile(r"[㐀-鿿]+")


@dataclass(slots=True)
class _Person:
    key: str
    given: str
    surname: str


class People:
    """Links the forms of a name: "Joy Okafor", "Joy" and "Okafor" are one person once the full name is known.

    Where two people share a surname, the surname alone stays with the first of them.
    """

    def __init__(self) -> None:
        self._people: list[_Person] = []
        self._by_form: dict[str, _Person] = {}

    def key(self, name: str) -> str:
        """Which person this name belongs to; a new one when it fits nobody met so far."""
        form = " ".join(name.casefold().split())
        known = self._by_form.get(form)
        if known is not None:
            return known.key
        given, surname = split_name(name)
        person = self._fitting(given, surname) or self._new()
        person.given = person.given or given
        person.surname = person.surname or surname
        for part in (form, given, surname):
            if part:
                self._by_form.setdefault(part, person)
        return person.key

    def knows(self, name: str) -> bool:
        """Whether exactly this name, or part of one, has been met."""
        return " ".join(name.casefold().split()) in self._by_form

    def _fitting(self, given: str, surname: str) -> _Person | None:
        by_given = self._by_form.get(given) if given else None
        if by_given and by_given.surname in {"", surname}:
            return by_given
        by_surname = self._by_form.get(surname) if surname else None
        if by_surname and by_surname.given in {"", given, surname}:
            return by_surname
        return None

    def _new(self) -> _Person:
        person = _Person(key=f"person {len(self._people) + 1}", given="", surname="")
        self._people.append(person)
        return person


def split_name(name: str) -> tuple[str, str]:
    """The given name and the surname of a name, lower case; a single word counts as given name.

    >>> split_name("Joy Okafor"), split_name("Joy"), split_name("王建国")
    (('joy', 'okafor'), ('joy', ''), ('建国', '王'))
    """
    if _HAN.fullmatch(name):
        surname = next(
            (s for s in sorted(chinese.surnames(), key=len, reverse=True) if name.startswith(s)), ""
        )
        given = name.removeprefix(surname)
        return (given, surname) if surname and len(given) > 1 else (name, "")
    parts = [part for part in name_parts(name) if len(part) > 1]
    if len(parts) < 2:
        return (parts[0] if parts else name.casefold(), "")
    return parts[0], parts[-1]


def name_parts(name: str) -> list[str]:
    """The words of a name, lower case, without titles and roles.

    >>> name_parts("Nurse Joy van Okafor")
    ['joy', 'van', 'okafor']
    """
    return [part.casefold() for part in _PART.findall(name) if not is_opener(part)]
