"""An instrument that its user owns: read only with a licence note and checksums beside it.

Beside the instrument's own files lie `licence.txt`, in which the user says by what right they hold it, and `sha256.txt`, as
`sha256sum` writes it. Nothing of it is copied into a run: a plan keeps its digest, a journal keeps answers.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from thirdchair.errors import ThirdchairError

LICENCE: Final = "licence.txt"
CHECKSUMS: Final = "sha256.txt"

_LINE: Final = re.compile(r"(?P<digest>[0-9a-f]{64}) [ *](?P<name>.+)")


class OwnFileUnusable(ThirdchairError):
    """A file of the user's own cannot be used; the message says what is wrong and what would mend it."""


def read_owned(path: Path) -> Mapping[str, bytes]:
    """The files of an instrument, by name, each as its checksum says.

    Args:
        path: a folder, of which every file is read, or one file of a folder.

    Raises:
        OwnFileUnusable: something is missing, or not what its checksum says.
    """
    folder = path if path.is_dir() else path.parent
    if not path.exists():
        raise OwnFileUnusable(f"{path} is not there.")
    if not _text(folder / LICENCE).strip():
        raise OwnFileUnusable(
            f"{folder / LICENCE} is empty. Write down by what right you use this instrument."
        )
    digests = _digests(folder / CHECKSUMS)
    names = [path.name] if path.is_file() else sorted(one.name for one in folder.iterdir() if one.is_file())
    return {name: _checked(folder / name, digests) for name in names if name not in (LICENCE, CHECKSUMS)}


def _digests(path: Path) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip():
            continue
        if (read := _LINE.fullmatch(line.strip())) is None:
            raise OwnFileUnusable(f"{path}, line {number}: not a line that sha256sum writes.")
        found[read["name"]] = read["digest"]
    return found


def _checked(path: Path, digests: Mapping[str, str]) -> bytes:
    wanted, content = digests.get(path.name), path.read_bytes()
    if wanted is None:
        raise OwnFileUnusable(f"{path} has no checksum in {CHECKSUMS}. Run: sha256sum FILES > {CHECKSUMS}")
    if hashlib.sha256(content).hexdigest() != wanted:
        raise OwnFileUnusable(f"{path} is not what its checksum says. Get it again, or check which is right.")
    return content


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise OwnFileUnusable(
            f"{path} is missing or no plain text. An instrument needs {LICENCE}, which says by what right it is used, "
            f"and {CHECKSUMS}, as sha256sum writes it, beside it."
        ) from None
