"""`thirdchair notify`: whether a person can be told that they are needed."""

from __future__ import annotations

from typing import Annotated

import typer

from thirdchair_web.project.starting import start_django, stop

commands = typer.Typer(no_args_is_help=True, help="Try the ways in which staff are told.")


@commands.command("test")
def test(person: Annotated[str, typer.Argument(help="User name of an account of the staff.")]) -> None:
    """Send a test by every channel that is set up, and say what came of each."""
    start_django()
    from thirdchair.clients.webhook import Sent
    from thirdchair_web.accounts.models import User
    from thirdchair_web.notifying.channels import address_for, channels, sample_for
    from thirdchair_web.notifying.models import ChannelName, Delivery

    told = User.objects.filter(username=person.lower(), is_active=True).first()
    if told is None or told.is_patient:
        stop(f"There is no account of the staff named {person!r}. Make one with: thirdchair add-account")
    held, failed = channels(), False
    typer.echo("in_app    shown on every page while this person is signed in")
    for name in ChannelName:
        if name is ChannelName.IN_APP:
            continue
        if name not in held:
            typer.echo(f"{name.value:<10}not set up: see docs/reference/settings.md")
            continue
        outcome = held[name].send(sample_for(told), address_for(name, told))
        failed |= not isinstance(outcome, Sent)
        what = "sent" if isinstance(outcome, Sent) else str(Delivery.Fault(outcome.fault).label)
        typer.echo(f"{name.value:<10}{what}")
    if failed:
        raise typer.Exit(1)
