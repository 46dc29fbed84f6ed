"""`thirdchair questionnaires`: which questionnaires this service may use. The wording of others is brought by the service."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from thirdchair_web.project.starting import start_django, stop, told_as_they_are

commands = typer.Typer(
    no_args_is_help=True,
    help="Questionnaires that patients may be asked: add a file of your own, list them, retire one.",
)

_By = Annotated[str, typer.Option(help="User name of the service lead or safety officer who does this.")]


@commands.command("add")
def add(
    file: Annotated[Path, typer.Argument(help="FHIR R4 Questionnaire, as JSON.")],
    scoring: Annotated[
        str,
        typer.Option(help="phq-9, gad-7, c-ssrs-screener, none, or the file of a scoring key of your own."),
    ],
    licence: Annotated[str, typer.Option(help="By what right this service uses the wording.")],
    by: _By,
) -> None:
    """Take a questionnaire in. What it is scored by is printed: read it before anyone is asked."""
    start_django()
    from thirdchair_web.questionnaires.files import add_file
    from thirdchair_web.questionnaires.listing import scored_lines

    actor = _actor(by)
    with told_as_they_are():
        own = Path(scoring)
        kept = add_file(
            file.read_bytes(),
            scoring=own.read_bytes() if own.suffix == ".json" else scoring,
            licence=licence,
            actor=actor,
        )
    typer.echo("\n".join(scored_lines(kept)))


@commands.command("list")
def list_all() -> None:
    """Print every questionnaire: name, version, title, key, whether it is restricted, digest, standing."""
    start_django()
    from thirdchair_web.questionnaires.listing import listed_lines

    typer.echo("\n".join(listed_lines()))


@commands.command("retire")
def retire(
    name: Annotated[str, typer.Argument(help="Its name, as `thirdchair questionnaires list` prints it.")],
    by: _By,
) -> None:
    """Nobody new is asked to fill it in; who is asked already may go on, and answers stay."""
    start_django()
    from thirdchair_web.questionnaires.files import retire_file

    if retire_file(name, actor=_actor(by)) is None:
        stop(f"No questionnaire called {name!r} stands here. `thirdchair questionnaires list` names them.")
    typer.echo(f"{name}: retired.")


def _actor(username: str) -> str:
    from thirdchair_web.accounts.models import Role, User

    found = User.objects.filter(
        username=username, is_active=True, role__in=(Role.SERVICE_LEAD, Role.SAFETY_OFFICER)
    ).first()
    if found is None:
        stop(f"No service lead or safety officer is called {username!r}.")
    return found.identifier
