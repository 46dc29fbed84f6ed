"""What `thirdchair directory list|check|verify` does, without the command line around it."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError

from thirdchair.crisis.checking import Finding
from thirdchair.crisis.directory import Directory, load
from thirdchair.crisis.entry import Entry, EntryKind, Way
from thirdchair.crisis.places import find_place
from thirdchair.crisis.shipped import SHIPPED, SHIPPED_DIGEST
from thirdchair.crisis.unusable import DirectoryUnusable
from thirdchair.crisis.verification import VERIFICATIONS_FILE, Verification, record
from thirdchair.records import Language

_NOT_METHODS: Final = ("from knowledge", "not opened", "not called", "assumed")


def listed_lines(directory: Directory, *, today: date, country: str | None = None) -> list[str]:
    """One line for each entry, tab-separated: id, name, ways, standing, day, owner, method, source."""
    place = find_place(country)
    if country is not None and place is None:
        raise DirectoryUnusable(
            f"The directory holds no country called {country!r}. Leave it out to see all."
        )
    held = directory.entries if place is None else directory.countries.get(place.code, ())
    return ["\t".join(_shown(entry, today)) for entry in held]


def checked_lines(findings: tuple[Finding, ...]) -> list[str]:
    """One line for each finding, then a count; `checking.check` makes the findings."""
    lines = [f"{'BLOCKS' if one.blocks else 'warns'}\t{one.where}\t{one.problem}" for one in findings]
    blocking = sum(one.blocks for one in findings)
    return [*lines, f"{blocking} of {len(findings)} findings stand in the way of a release."]


def verify(
    entry_id: str,
    *,
    by: str,
    method: str,
    on: date,
    today: date,
    data_dir: Path,
    key: Ed25519PrivateKey,
    holds: bool = True,
    folder: Path = SHIPPED,
    digest: str = SHIPPED_DIGEST,
) -> Entry | None:
    """Writes down that a person checked an entry, and signs; the entry as the directory now holds it.

    Args:
        by: who checked it, and answers for it from now on.
        method: how, such as "called" or "opened the page".
        on: the day it was checked.
        data_dir: of the service.
        key: of the service, which signs its trail.
        holds: False where the entry turned out wrong: it is hidden until a release changes it, and None comes back.

    Raises:
        DirectoryUnusable: no such entry, no name, no method, a day to come, or files that cannot be trusted.
        OSError: the file cannot be written.
    """
    entry = _known(entry_id, folder, digest)
    if on > today:
        raise DirectoryUnusable(f"{on} is still to come. Give the day on which the entry was checked.")
    if any(words in method.casefold() for words in _NOT_METHODS):
        raise DirectoryUnusable(
            "That is no verification. Call the line or open its page, and say which you did."
        )
    if not holds and entry.kind is EntryKind.EMERGENCY:
        raise DirectoryUnusable(
            "An emergency number is always shown. Report the error so that a release mends it."
        )
    try:
        word = Verification(entry=entry.digest, by=by, method=method, on=on, holds=holds)
    except ValidationError:
        raise DirectoryUnusable(
            "Say who checked it and how, in 2 to 120 characters each, on one line."
        ) from None
    record(data_dir / VERIFICATIONS_FILE, key, entry_id, word)
    held = load(data_dir, key.public_key(), folder=folder, digest=digest)
    return next((one for one in held.entries if one.id == entry_id), None)


def _known(entry_id: str, folder: Path, digest: str) -> Entry:
    shipped = load(folder=folder, digest=digest)
    if shipped.is_withheld:
        raise DirectoryUnusable("The files of the directory are not those of this release. Install it again.")
    entries = {entry.id: entry for entry in shipped.entries}
    if entry_id not in entries:
        near = get_close_matches(entry_id, entries, n=3, cutoff=0.4)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        raise DirectoryUnusable(f"There is no entry {entry_id!r}.{hint} `directory list` shows all of them.")
    return entries[entry_id]


def _shown(entry: Entry, today: date) -> tuple[str, ...]:
    return (
        entry.id,
        entry.name[Language.ENGLISH],
        "; ".join(_way(way) for way in entry.ways),
        str(entry.standing(today)),
        str(entry.last_verified or "-"),
        entry.owner,
        entry.method,
        entry.source,
    )


def _way(way: Way) -> str:
    return f"{way.by} {way.to}" + (f" ({way.say})" if way.say else "")
