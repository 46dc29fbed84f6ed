"""What every leaflet becomes first: blocks of text in reading order, each with its sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from thirdchair.library.unusable import LibraryUnusable

LARGEST_LEAFLET: Final = 20 * 2**20
"""Bytes of a leaflet at most."""
LARGEST_TEXT: Final = 2 * 2**20
"""Characters of text in a leaflet at most; a longer one is a book."""
MOST_SHEETS: Final = 300


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item or heading.

    Args:
        sheet: page it is printed on, from 1; None where the file has no pages.
    """

    text: str
    is_heading: bool
    sheet: int | None


def refuse_if_too_long(characters: int) -> None:
    """Raises `LibraryUnusable` where a leaflet has more text than a leaflet can have."""
    if characters > LARGEST_TEXT:
        raise LibraryUnusable(
            f"The leaflet holds more than {LARGEST_TEXT:,} characters.", remedy="Split it into several."
        )
