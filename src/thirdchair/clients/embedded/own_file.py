"""A GGUF file of the service's own: used where it lies, copied only when asked."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from thirdchair.clients.embedded.assembling import sync_folder
from thirdchair.clients.embedded.model_file import (
    PIECE_BYTES,
    ModelFile,
    ModelUnusable,
    Told,
    read_model_file,
    untold,
)
from thirdchair.records import Progress


def take_own_file(path: Path, *, copy_to: Path | None = None, told: Told = untold) -> ModelFile:
    """The file with its digest; a copy of it where a folder is given. Tells "copy" and "check", in bytes.

    Whoever brings the file answers for its licence.

    Args:
        path: the GGUF file.
        copy_to: a folder to copy it to, or None to use it where it lies.
        told: hears how far it is.

    Raises:
        ModelUnusable: it is not there, is no GGUF file, does not fit on the disk, or would replace another file.
    """
    if copy_to is None:
        return read_model_file(path.absolute(), told=told)
    original = read_model_file(path, told=told)
    target = copy_to.absolute() / path.name
    if target.exists():
        copied = read_model_file(target, told=told)
        if copied.sha256 != original.sha256:
            raise ModelUnusable(f"{target}: another file is there.", remedy="Move it away, or rename yours.")
        return copied
    try:
        _copy(path, target, original.size_bytes, told)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        why = "the disk is full" if full else error.strerror or "it cannot be written"
    else:
        return _same(original, read_model_file(target, told=told))
    raise ModelUnusable(f"{copy_to}: {why}.", remedy="Make room, or use the file where it lies.")


def _copy(path: Path, target: Path, total: int, told: Told) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.unfinished")
    done = 0
    try:
        with path.open("rb") as source, unfinished.open("wb") as stream:
            while piece := source.read(PIECE_BYTES):
                stream.write(piece)
                done += len(piece)
                told(Progress("copy", done, total))
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(target.parent)


def _same(original: ModelFile, copied: ModelFile) -> ModelFile:
    if copied.sha256 == original.sha256:
        return copied
    copied.path.unlink()
    raise ModelUnusable(
        "The copy differs from the file.", remedy="Is the file still being written? Try again."
    )
