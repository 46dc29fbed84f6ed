"""Whether a directory may go out to patients: every entry checked by a person, and not too long ago.

This decides about a release, never about a person: in a crisis the card shows what there is, and marks it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from thirdchair.crisis.directory import Directory, Problem
from thirdchair.crisis.entry import BLOCKS_AFTER_DAYS, WARNS_AFTER_DAYS, Entry, Standing
from thirdchair.crisis.places import find_place


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right.

    Args:
        where: id of the entry, or "directory".
        problem: what was found, against what is asked, and what would put it right.
        blocks: whether it stands in the way of a release; otherwise it warns.
    """

    where: str
    problem: str
    blocks: bool


def check(directory: Directory, *, today: date, country: str | None = None) -> tuple[Finding, ...]:
    """What stands in the way of a release, or soon will.

    Args:
        country: code or name, to look at the entries of one country alone; None for all. An unknown one blocks.
    """
    found = [*_of_files(directory)]
    place = find_place(country)
    if country is not None and place is None:
        found.append(Finding("directory", f"It holds no country called {country!r}.", blocks=True))
    held = directory.entries if place is None else directory.countries.get(place.code, ())
    found += [finding for entry in held for finding in _of_entry(entry, today)]
    found += [
        Finding(
            hidden,
            "A person found it wrong, so it is hidden. Report it, so that a release mends it.",
            blocks=False,
        )
        for hidden in directory.found_wrong
        if place is None or hidden.startswith(f"{place.code.lower()}/")
    ]
    return tuple(found)


def may_be_released(directory: Directory, *, today: date, country: str | None = None) -> bool:
    """Whether nothing blocks: files as signed, and every entry checked by a person within 90 days."""
    return not any(finding.blocks for finding in check(directory, today=today, country=country))


def _of_files(directory: Directory) -> Iterator[Finding]:
    if Problem.CHANGED in directory.problems:
        yield Finding(
            "directory",
            "Its files are not those of this release, so no line is shown to anyone. Install the release again.",
            blocks=True,
        )
    if Problem.UNSIGNED in directory.problems:
        yield Finding(
            "directory",
            "The service's verifications were changed outside `directory verify`, or signed with another key, so none "
            "counts. Put back the copy you kept, or verify the entries again.",
            blocks=True,
        )


def _of_entry(entry: Entry, today: date) -> Iterator[Finding]:
    standing = entry.standing(today)
    where = f"Call it, or open {entry.source}, and then run `directory verify {entry.id}`."
    if standing is Standing.NEVER:
        yield Finding(entry.id, f"Nobody has verified it ({entry.method}). {where}", blocks=True)
    elif standing is not Standing.VERIFIED:
        blocks = standing is Standing.OVERDUE
        limit = BLOCKS_AFTER_DAYS if blocks else WARNS_AFTER_DAYS
        yield Finding(
            entry.id,
            f"Last verified on {entry.last_verified}, more than {limit} days ago. {where}",
            blocks=blocks,
        )
