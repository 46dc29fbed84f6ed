"""`thirdchair trail verify`: whether an audit trail is whole, offline, without seeing what a patient said."""

from __future__ import annotations

import tempfile
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated, Final

import typer

from thirdchair.cli.telling import refuse, told_plainly
from thirdchair.trail.export import verify_export
from thirdchair.trail.verification import Broken, Verified

TRAIL_SOURCE: Final = "thirdchair.trail_source"
"""Entry point group; one callable that is given a path and writes this installation's trail there."""

commands = typer.Typer(help="Checks audit trails.", no_args_is_help=True)


@commands.callback()
def about() -> None:
    """Checks audit trails."""


@commands.command()
def verify(
    export: Annotated[
        Path | None,
        typer.Argument(
            metavar="[EXPORT]",
            exists=True,
            dir_okay=False,
            help="An exported trail. Without it, this installation's own is checked.",
        ),
    ] = None,
    key_id: Annotated[
        str | None,
        typer.Option(help="The key you were told to expect; a trail signed with another is broken."),
    ] = None,
    anchors: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="A file of anchors kept apart from the trail."),
    ] = None,
) -> None:
    """Checks that no entry of a trail was edited, dropped, moved, inserted or cut off.

    Exit code 0: the trail is whole. 1: it is broken. 2: it could not be checked.
    """
    with told_plainly():
        if export is not None:
            _tell(verify_export(export, trusted_key_id=key_id, anchors=anchors), key_given=key_id is not None)
            return
        with tempfile.TemporaryDirectory() as folder:
            own = Path(folder) / "trail.jsonl"
            _export_own(own)
            _tell(verify_export(own, trusted_key_id=key_id, anchors=anchors), key_given=key_id is not None)


def _export_own(target: Path) -> None:
    sources = list(entry_points(group=TRAIL_SOURCE))
    if len(sources) != 1:
        refuse(
            f"There is no one trail to check here: {len(sources)} installed parts keep one.",
            "Name an exported trail: thirdchair trail verify EXPORT",
        )
    sources[0].load()(target)


def _tell(found: Verified | Broken, *, key_given: bool) -> None:
    if isinstance(found, Broken):
        where = [f"entry {found.seq}"] if found.seq is not None else []
        where += [f"line {found.line} of the export"] if found.line is not None else []
        typer.echo("The trail is BROKEN." + (f" Noticed at {', '.join(where)}." if where else ""))
        typer.echo(
            f"{found.problem}\nKeep this file and the database as they are, and tell the safety officer."
        )
        raise typer.Exit(1)
    typer.echo("The trail is whole.")
    typer.echo(f"  entries      {found.count}")
    typer.echo(f"  head         {found.head}")
    typer.echo(f"  checkpoints  {found.checkpoints}")
    typer.echo(f"  anchors      {found.anchors or 'none given'}")
    typer.echo(f"  key          {found.key_id}")
    if not key_given:
        typer.echo("Compare the key with the one you were told to expect, or name that one with --key-id.")
