"""Whom to reach in a crisis: the directory of emergency numbers and lines, and the card made from it.

The key story, in three sentences. The shipped files are trusted as the code is, pinned by a digest in code (`shipped`).
What a service verified is signed with the service's own key (`verification`). Whatever cannot be trusted is left out and
said; the emergency number, which is in code, and the service's own contact are always shown.

What it does *not* do: call a number. That an entry is right, only a person who calls it knows.
"""

from thirdchair.crisis.card import Card, CardContact, CardWay, card, card_text
from thirdchair.crisis.checking import Finding, check, may_be_released
from thirdchair.crisis.directory import Directory, Lines, Problem, WhichCountry, load
from thirdchair.crisis.entry import Entry, EntryKind, Standing, Way
from thirdchair.crisis.places import PLACES, Place, find_place
from thirdchair.crisis.unusable import DirectoryUnusable

__all__ = [
    "PLACES",
    "Card",
    "CardContact",
    "CardWay",
    "Directory",
    "DirectoryUnusable",
    "Entry",
    "EntryKind",
    "Finding",
    "Lines",
    "Place",
    "Problem",
    "Standing",
    "Way",
    "WhichCountry",
    "card",
    "card_text",
    "check",
    "find_place",
    "load",
    "may_be_released",
]
