"""The crisis directory of a service: shipped entries, with what the service verified itself laid over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from thirdchair.crisis.entry import ANY_COUNTRY, CountryFile, Entry, EntryKind, contacts_of
from thirdchair.crisis.places import PLACES, Place, find_place
from thirdchair.crisis.shipped import SHIPPED, SHIPPED_DIGEST, read_countries
from thirdchair.crisis.verification import VERIFICATIONS_FILE, Verification, read_signed


class Problem(StrEnum):
    """What is wrong with the files of a directory."""

    CHANGED = "changed"
    """The shipped files are not those of this release: no line is shown."""

    UNSIGNED = "unsigned"
    """The service's verifications were not signed by its key as they stand: nothing counts as verified."""


@dataclass(frozen=True, slots=True)
class Lines:
    """What the directory holds for a country.

    Args:
        emergency: the entry of the emergency numbers; None where the files could not be trusted, and then
            `place.emergency` still has the numbers.
        lines: services of people who listen, in the order to try them.
    """

    place: Place
    emergency: Entry | None
    lines: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class WhichCountry:
    """Nobody knows yet which country the person is in, so the card asks: numbers differ, and none is assumed.

    Args:
        choices: the countries the directory holds.
        finders: services that find a line anywhere.
    """

    choices: tuple[Place, ...]
    finders: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """All entries, by country.

    Args:
        countries: without any entry that the service found wrong; empty where the files cannot be trusted.
        found_wrong: ids of the entries that the service found wrong.
        problems: what is wrong with the files.
    """

    countries: Mapping[str, tuple[Entry, ...]]
    found_wrong: tuple[str, ...] = ()
    problems: frozenset[Problem] = field(default_factory=frozenset[Problem])

    @property
    def is_withheld(self) -> bool:
        """Whether no line may be shown, because the files are not those of this release."""
        return Problem.CHANGED in self.problems

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, country by country."""
        return tuple(entry for entries in self.countries.values() for entry in entries)

    def entries_for(self, country: str | None) -> Lines | WhichCountry:
        """What to show in a country.

        Args:
            country: code or name, as somebody typed it; None where nobody knows.
        """
        place = find_place(country)
        if place is None:
            return WhichCountry(tuple(PLACES.values()), self.countries.get(ANY_COUNTRY, ()))
        held = self.countries.get(place.code, ())
        emergency = next((entry for entry in held if entry.kind is EntryKind.EMERGENCY), None)
        return Lines(place, emergency, tuple(entry for entry in held if entry.kind is EntryKind.LINE))

    def listed(self, country: str | None = None) -> frozenset[str]:
        """Every number and address that may go out, for `safeguards.conduct.unlisted`.

        A service's own contact is not among them: the caller adds what it holds.

        Args:
            country: narrows to one country and the finders; every country where it is None or unknown.
        """
        place = find_place(country)
        places = tuple(PLACES.values()) if place is None else (place,)
        emergency = {number for one in places for number, _ in one.emergency}
        codes = {ANY_COUNTRY, *(one.code for one in places)}
        held = tuple(entry for code, entries in self.countries.items() if code in codes for entry in entries)
        return contacts_of(held) | emergency


def load(
    data_dir: Path | None = None,
    key: Ed25519PublicKey | None = None,
    *,
    folder: Path = SHIPPED,
    digest: str = SHIPPED_DIGEST,
) -> Directory:
    """The directory as it can be trusted now. It never raises: what cannot be trusted is left out, and said.

    Args:
        data_dir: where the service keeps its signed verifications; None means that it has none.
        key: of the service; without it no verification counts.
        folder: of country files.
        digest: that the folder must have.
    """
    files = read_countries(folder, digest)
    if files is None:
        return Directory({}, problems=frozenset({Problem.CHANGED}))
    verified = _verifications(data_dir, key)
    problems = frozenset({Problem.UNSIGNED}) if verified is None else frozenset[Problem]()
    said = verified or {}
    wrong = tuple(entry.id for file in files.values() for entry in file.entries if _is_wrong(entry, said))
    return Directory(
        {code: _laid_over(file, said) for code, file in files.items()}, found_wrong=wrong, problems=problems
    )


def _verifications(data_dir: Path | None, key: Ed25519PublicKey | None) -> dict[str, Verification] | None:
    if data_dir is None:
        return {}
    path = data_dir / VERIFICATIONS_FILE
    if key is None:
        return None if path.exists() else {}
    return read_signed(path, key)


def _laid_over(file: CountryFile, said: Mapping[str, Verification]) -> tuple[Entry, ...]:
    return tuple(_with(entry, said.get(entry.id)) for entry in file.entries if not _is_wrong(entry, said))


def _with(entry: Entry, word: Verification | None) -> Entry:
    if (
        word is None
        or not word.holds
        or word.entry != entry.digest
        or word.on < (entry.last_verified or word.on)
    ):
        return entry
    return entry.model_copy(update={"owner": word.by, "method": word.method, "last_verified": word.on})


def _is_wrong(entry: Entry, said: Mapping[str, Verification]) -> bool:
    word = said.get(entry.id)
    if entry.kind is EntryKind.EMERGENCY:  # it is shown whatever the files say
        return False
    return word is not None and not word.holds and word.entry == entry.digest
