"""A library from a folder of pages; the one that is shipped, or a service's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from thirdchair.library.page_files import page_from_text
from thirdchair.library.passage import Library, Page
from thirdchair.library.unusable import LibraryUnusable

SHIPPED: Final = Path(__file__).parent / "content"
LARGEST_PAGE: Final = 2 * 2**20
"""Bytes of one page file at most."""


def read_page(file: Path) -> Page:
    """The page in a file.

    Raises:
        LibraryUnusable: it is too large, no UTF-8, or does not follow the format.
    """
    if file.stat().st_size > LARGEST_PAGE:
        raise LibraryUnusable(
            f"The file is larger than {LARGEST_PAGE // 2**20} MiB.", remedy="Split it.", where=file.name
        )
    try:
        return page_from_text(file.read_text(encoding="utf-8"), where=f"{file.parent.name}/{file.name}")
    except UnicodeDecodeError:
        raise LibraryUnusable("The file is not UTF-8.", remedy="Save it as UTF-8.", where=file.name) from None


def library_from_folder(folder: Path) -> Library:
    """Every page (`*.md`) in a folder and the folders in it, in the order of their names.

    Raises:
        LibraryUnusable: there is none, one cannot be read, or two share an id in one language.
    """
    pages = [read_page(file) for file in page_files(folder)]
    if not pages:
        raise LibraryUnusable(
            "There is no page (*.md) in the folder.",
            remedy="Import a leaflet into it first.",
            where=str(folder),
        )
    return library_of(pages)


def page_files(folder: Path) -> list[Path]:
    """Page files of a folder, in the order of their names; a README is none."""
    return sorted(file for file in folder.rglob("*.md") if file.is_file() and file.name != "README.md")


def library_of(pages: list[Page]) -> Library:
    """The pages as one library.

    Raises:
        LibraryUnusable: two of them share an id in one language.
    """
    try:
        return Library(tuple(pages))
    except ValueError as error:
        raise LibraryUnusable(f"In this library {error}.", remedy="Give each its own id.") from None


@cache
def shipped_library() -> Library:
    """Our own topics, read once."""
    return library_from_folder(SHIPPED)
