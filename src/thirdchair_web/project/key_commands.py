"""`thirdchair keys`: keys with which programs ask in the name of an account."""

from __future__ import annotations

from typing import Annotated

import typer

from thirdchair_web.project.starting import start_django, stop, told_as_they_are

commands = typer.Typer(no_args_is_help=True, help="Make, list and revoke keys for programs.")


@commands.command("new")
def new_key(
    actor: Annotated[str, typer.Option(help="User name of the account in whose name the key asks.")],
    uses: Annotated[
        str, typer.Option(help="Uses it opens, comma-separated: answer_question,draft_document.")
    ],
    days: Annotated[int, typer.Option(help="Days it lasts.", min=1)] = 90,
) -> None:
    """Make a key and print it, this once. Policy still decides on every call made with it."""
    start_django()
    from django.core.exceptions import ValidationError

    from thirdchair_web.accounts.keys import make_key
    from thirdchair_web.accounts.models import User

    account = User.objects.filter(username=actor.lower()).first()
    if account is None:
        stop(f"There is no account named {actor!r}. Make one with: thirdchair add-account")
    wanted = [name.strip() for name in uses.split(",") if name.strip()]
    with told_as_they_are(ValidationError):
        made = make_key(account, wanted, days=days, by="operator")
    typer.echo(made.secret)
    typer.echo(
        f"Keep it now: it is not shown again. It lasts {days} days; end it before with: "
        f"thirdchair keys revoke {made.prefix}",
        err=True,
    )


@commands.command("list")
def list_keys(
    everything: Annotated[bool, typer.Option("--all", help="Those that ended, too.")] = False,
) -> None:
    """List keys by the part that is no secret, with account, uses, last use and end."""
    start_django()
    from thirdchair_web.accounts.models import ApiKey
    from thirdchair_web.clock import now

    keys = ApiKey.objects.select_related("actor")
    if not everything:
        keys = keys.filter(revoked_at=None, expires_at__gt=now(), actor__is_active=True)
    for key in keys:
        used = f"last used {key.last_used_on}" if key.last_used_on else "never used"
        ended = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else f"until {key.expires_at:%Y-%m-%d}"
        typer.echo(f"{key.prefix}  {key.actor.username}  {','.join(key.uses)}  {used}  {ended}")


@commands.command("revoke")
def revoke(key: Annotated[str, typer.Argument(help="The part of it that `keys list` shows.")]) -> None:
    """End a key at once."""
    start_django()
    from django.core.exceptions import ValidationError

    from thirdchair_web.accounts.keys import revoke_key

    with told_as_they_are(ValidationError):
        revoke_key(key, by="operator")
    typer.echo(f"The key {key} opens nothing any more.")
