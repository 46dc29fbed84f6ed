"""The command line: `thirdchair`. Commands of other installed parts (the web) join it by entry point."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from typing import Final

import typer

from thirdchair.cli.doors import ask, deidentify, ground, screen
from thirdchair.cli.library import commands as library_commands
from thirdchair.cli.summarising import summarise
from thirdchair.cli.trail import commands as trail_commands

COMMANDS: Final = "thirdchair.commands"
"""Entry point group; each is a `typer.Typer` whose commands stand beside the ones here."""


def main() -> None:
    """Runs the command line."""
    command_line(entry_points(group=COMMANDS))()


def command_line(plugins: Iterable[EntryPoint] = ()) -> typer.Typer:
    """The commands of the core, joined by those of the plugins that can be loaded."""
    # Pretty tracebacks print local variables, and those hold what a patient said.
    app = typer.Typer(
        help="Drafts notes from session transcripts, with evidence for every sentence; screens, de-identifies and grounds "
        "texts; answers from a vetted library; checks audit trails.",
        epilog="A draft is no record: a named clinician reads it beside its evidence, edits it and signs it.",
        no_args_is_help=True,
        rich_markup_mode="markdown",
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for command in (summarise, screen, deidentify, ground, ask):
        app.command()(command)
    app.add_typer(library_commands, name="library")
    app.add_typer(trail_commands, name="trail")
    for plugin in plugins:
        _join(app, plugin)
    return app


def _join(app: typer.Typer, plugin: EntryPoint) -> None:
    try:
        commands = plugin.load()
    except Exception as error:  # noqa: BLE001  one broken part may not take the others' commands with it
        typer.echo(
            f"The commands of “{plugin.name}” could not be loaded ({type(error).__name__}). "
            "The others work. Reinstall, or ask whoever installed it.",
            err=True,
        )
        return
    app.add_typer(commands)
