"""The directory that comes with a release: one file for each country, under a digest that is code.

Nobody holds a release key, and a key whose private half is on no one's desk proves no more than a digest does. So the
shipped files are trusted as the code is, by review, like shipped evidence (decision 0005): `SHIPPED_DIGEST` pins them.
A file that differs by one digit closes the whole directory, and the card falls back to numbers that are in code.
What this does *not* catch: someone who changes files and code alike. What a service verified itself is signed with its
own key; see `verification`.

To change an entry: edit its file, run `tests/unit/crisis`, and put the digest that it names here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from thirdchair.crisis.entry import CountryFile

SHIPPED: Final = Path(__file__).parent / "countries"
SHIPPED_DIGEST: Final = "2a16060f53455d9be7507803b62281e3f3960f48f2c244b745939ad521f3b0ad"


def digest_of(folder: Path) -> str:
    """SHA-256 over the names and contents of a folder's country files.

    Raises:
        OSError: a file cannot be read.
    """
    lines = "".join(f"{file.name} {hashlib.sha256(_content(file)).hexdigest()}\n" for file in _files(folder))
    return hashlib.sha256(lines.encode()).hexdigest()


def read_countries(folder: Path = SHIPPED, digest: str = SHIPPED_DIGEST) -> Mapping[str, CountryFile] | None:
    """The files by country, or None where they are not exactly those the digest names.

    Read once in a process, since a card may not wait for a disk. A failure is not remembered.
    """
    try:
        return _read(folder, digest)
    except (OSError, ValueError):
        return None


@cache
def _read(folder: Path, digest: str) -> Mapping[str, CountryFile]:
    contents = [_content(file) for file in _files(folder)]
    if digest_of(folder) != digest:
        raise ValueError("these are not the files that the digest names")
    read = [CountryFile.model_validate_json(content) for content in contents]
    return {file.country: file for file in read}


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


def _content(file: Path) -> bytes:
    return file.read_bytes().replace(b"\r\n", b"\n")  # a checkout may have turned the line ends
