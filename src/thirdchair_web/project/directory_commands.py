"""`thirdchair directory`: the crisis numbers of this service, what is due, and writing down that a person checked one."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from thirdchair_web.project.starting import start_django, stop

commands = typer.Typer(
    no_args_is_help=True,
    help="Crisis numbers: list them, see what is due, write down that a person checked one.",
)

_Country = Annotated[str | None, typer.Option(help="Two letters or a name; every country if not given.")]


@commands.command("list")
def list_entries(country: _Country = None) -> None:
    """Print every entry with its numbers, its standing, who answers for it, and its source."""
    from thirdchair.crisis import DirectoryUnusable
    from thirdchair.crisis.commands import listed_lines

    directory, today = _opened()
    try:
        lines = listed_lines(directory, today=today, country=country)
    except DirectoryUnusable as wrong:
        stop(str(wrong))
    typer.echo("\n".join(lines))


@commands.command("check")
def check_entries(country: _Country = None) -> None:
    """Say what is due or stands in the way of a release: over 30 days warns, over 90 or never blocks."""
    from thirdchair.crisis import check
    from thirdchair.crisis.commands import checked_lines

    directory, today = _opened()
    findings = check(directory, today=today, country=country)
    typer.echo("\n".join(checked_lines(findings)))
    if any(finding.blocks for finding in findings):
        raise typer.Exit(1)


@commands.command("verify")
def verify_entry(
    entry: Annotated[str, typer.Argument(help="Id of the entry, as `thirdchair directory list` prints it.")],
    by: Annotated[str, typer.Option(help="Who checked it, and answers for it from now on.")],
    method: Annotated[str, typer.Option(help="How: such as “called” or “opened the page”.")],
    on: Annotated[str, typer.Option(help="The day, YYYY-MM-DD; today if not given.")] = "",
    wrong: Annotated[
        bool, typer.Option("--wrong", help="It was found wrong: it is no longer shown.")
    ] = False,
) -> None:
    """Write down that a person checked an entry, signed with this service's key."""
    from django.conf import settings

    from thirdchair.crisis import DirectoryUnusable
    from thirdchair.crisis.commands import verify
    from thirdchair.sealing import load_or_make_signing_key

    _, today = _opened()
    try:
        day = date.fromisoformat(on) if on else today
    except ValueError:
        stop(f"{on!r} is no day. Write it as YYYY-MM-DD.")
    try:
        verify(
            entry,
            by=by,
            method=method,
            on=day,
            today=today,
            data_dir=settings.DATA_DIR,
            key=load_or_make_signing_key(settings.KEYS_DIR / "trail.key"),
            holds=not wrong,
        )
    except DirectoryUnusable as unusable:
        stop(str(unusable))
    typer.echo(
        f"{entry}: written down for {by}, {day.isoformat()}. A server that runs shows it after a restart."
    )


def _opened():
    start_django()
    from thirdchair_web.clock import now
    from thirdchair_web.crisis.card import directory

    return directory(), now().date()
