"""Back-ups from which an erased patient is gone: copies of the database without keys, and the keys apart, newest only.

Every copy has its patients' wrapped keys taken out. They stand in one file beside the copies, which each back-up replaces. Who is
erased is not in the next one, and then opens from no copy, however old. The master key is in neither.
"""

from __future__ import annotations

import base64
import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from thirdchair_web.project.starting import start_django, stop

KEYRING: Final = "patients.keyring"
PREFIX: Final = "database-"

Folder = Annotated[Path, typer.Argument(help="Where the copies are kept; not in the data folder.")]


def register(commands: typer.Typer) -> None:
    """Adds the two commands."""
    commands.command()(backup)
    commands.command()(restore)


def backup(
    folder: Folder,
    *,
    keys_only: Annotated[
        bool, typer.Option(help="Only the keys: after an erasure, so that no copy opens for that patient.")
    ] = False,
) -> None:
    """Copy the database while the service runs, without patients' keys, and put the newest keys beside the copies."""
    start_django()
    database = _database()
    if not database.exists():
        stop(f"There is no database at {database}. Start the service once, or set THIRDCHAIR_DATA_DIR.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if keys_only:
        with closing(sqlite3.connect(database)) as source:
            keys = _keys_in(source)
    else:
        made, keys = _copy(database, folder)
        typer.echo(str(made))
    _replace(folder / KEYRING, keys)
    typer.echo(f"{folder / KEYRING}: the keys of {len(keys)} patients, in place of those before.")
    typer.echo("Keep keys/ and session.key apart from this folder; without them no copy opens.")


def restore(
    folder: Folder,
    *,
    copy: Annotated[str, typer.Option(help="Which copy; the newest if not given.")] = "",
) -> None:
    """Put a copy back where there is no database, with the newest keys. Who was erased since stays erased."""
    start_django()
    database = _database()
    beside = [database.with_name(database.name + ending) for ending in ("", "-wal", "-shm")]
    if found := [one for one in beside if one.exists()]:
        stop(f"There is {found[0]} already. Move {database.name}* aside first; nothing was changed.")
    copies = sorted(folder.glob(f"{PREFIX}*.sqlite3"))
    chosen = folder / copy if copy else (copies[-1] if copies else None)
    if chosen is None or not chosen.is_file():
        stop(f"There is no such copy in {folder}. `thirdchair backup {folder}` makes one.")
    try:
        keys = {
            ref: base64.b64decode(key)
            for ref, key in json.loads((folder / KEYRING).read_text())["keys"].items()
        }
    except (OSError, ValueError, KeyError):
        stop(
            f"{folder / KEYRING} is missing or is no keyring, and without it no copy opens. Put it back first."
        )
    unfinished = database.with_name(database.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(chosen)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
        target.executemany(
            "UPDATE encounters_patient SET wrapped_key = ? WHERE ref = ? AND erased_at IS NULL",
            [(key, ref) for ref, key in keys.items()],
        )
        target.commit()
    _sync(unfinished)
    unfinished.rename(database)  # a restore that is cut off leaves no half database behind
    erased = _erase_without_keys()
    typer.echo(
        f"{database}: {chosen.name} is back, with {len(keys)} keys; {erased} erased since stay erased."
    )
    typer.echo("Now verify the trail with the newest copy of the anchors: docs/how-to/run-a-real-service.md")


def _copy(database: Path, folder: Path) -> tuple[Path, dict[str, str]]:
    """A copy without keys, and the keys that were in it."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    made = folder / f"{PREFIX}{stamp}.sqlite3"
    unfinished = made.with_suffix(".unfinished")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
        keys = _keys_in(target)
        target.execute("PRAGMA journal_mode=DELETE")
        target.execute("PRAGMA secure_delete=ON")
        target.execute("UPDATE encounters_patient SET wrapped_key = NULL")
        target.commit()
        target.execute("VACUUM")  # what was deleted before the copy was made leaves its pages too
    _sync(unfinished)
    unfinished.rename(made)
    return made, keys


def _keys_in(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute("SELECT ref, wrapped_key FROM encounters_patient WHERE wrapped_key IS NOT NULL")
    return {ref: base64.b64encode(key).decode() for ref, key in rows}


def _replace(path: Path, keys: dict[str, str]) -> None:
    """Puts the whole keyring in place of the one before, or leaves that one."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(json.dumps({"made_at": datetime.now(UTC).isoformat(), "keys": keys}), "utf-8")
    _sync(unfinished)
    unfinished.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _database() -> Path:
    from django.db import connection

    if connection.vendor != "sqlite":
        stop(
            "This makes copies of SQLite. For PostgreSQL use pg_dump; its dump holds the wrapped keys, so an erased patient is gone "
            "from it only when the dump is gone."
        )
    return Path(str(connection.settings_dict["NAME"]))


def _erase_without_keys() -> int:
    """Erases whoever has no key: they were erased after the copy was made."""
    from thirdchair_web.encounters.models import Patient
    from thirdchair_web.review.erasure import erase

    gone = list(Patient.objects.filter(wrapped_key=None, erased_at=None))
    for patient in gone:
        erase(patient, by=_Operator())
    return len(gone)


class _Operator:
    """Whoever runs the command line, as the trail names them."""

    identifier: Final = "system"
    pk: Any = None
