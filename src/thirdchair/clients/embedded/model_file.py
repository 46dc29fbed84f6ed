"""A file of weights on this host: where it is, what it holds, and why one cannot be used."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from thirdchair.errors import ThirdchairError
from thirdchair.records import Progress

Told = Callable[[Progress], None]
"""Hears how far the work is: a stage's key, and steps or bytes done of all."""

GGUF_MAGIC: Final = b"GGUF"
PIECE_BYTES: Final = 4 * 1024 * 1024


class ModelUnusable(ThirdchairError):
    """Weights that could not be fetched, or a file that is not what it should be.

    Args:
        problem: what was found, in plain words.
        remedy: what would help.
    """

    def __init__(self, problem: str, *, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem} {remedy}")


@dataclass(frozen=True, slots=True)
class ModelFile:
    """Weights that are there and were read to the end.

    Args:
        path: the GGUF file.
        sha256: of the whole file, in hex.
        size_bytes: its length.
    """

    path: Path
    sha256: str
    size_bytes: int


def untold(_: Progress) -> None:
    """Hears nothing."""


def read_model_file(path: Path, *, told: Told = untold) -> ModelFile:
    """The file with its digest, read once from start to end. Tells `Progress("check", bytes, bytes)`.

    Raises:
        ModelUnusable: it is not there, cannot be read, or is no GGUF file.
    """
    try:
        return _read(path, told)
    except OSError as error:
        why = error.strerror or "it cannot be read"
    raise ModelUnusable(f"{path}: {why}.", remedy="Check the path and the permissions.")


def _read(path: Path, told: Told) -> ModelFile:
    digest = hashlib.sha256()
    done = 0
    with path.open("rb") as stream:
        total = path.stat().st_size
        if stream.read(len(GGUF_MAGIC)) != GGUF_MAGIC:
            raise ModelUnusable(
                f"{path}: this is no GGUF file.",
                remedy="llama.cpp reads GGUF only; other weights are converted with its convert_hf_to_gguf.py.",
            )
        stream.seek(0)
        while piece := stream.read(PIECE_BYTES):
            digest.update(piece)
            done += len(piece)
            told(Progress("check", done, total))
    return ModelFile(path, digest.hexdigest(), done)
