"""The web's part of the `thirdchair` command: serve, manage, demo, accounts, models, keys and evidence."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from thirdchair_web.project import backup_commands
from thirdchair_web.project.directory_commands import commands as directory_commands
from thirdchair_web.project.evidence_commands import commands as evidence_commands
from thirdchair_web.project.key_commands import commands as key_commands
from thirdchair_web.project.model_commands import commands as model_commands
from thirdchair_web.project.notify_commands import commands as notify_commands
from thirdchair_web.project.questionnaire_commands import commands as questionnaire_commands
from thirdchair_web.project.starting import settings_or_exit, start_django, stop

commands = typer.Typer(no_args_is_help=True)
commands.add_typer(model_commands, name="models")
commands.add_typer(key_commands, name="keys")
commands.add_typer(directory_commands, name="directory")
commands.add_typer(evidence_commands, name="evidence")
commands.add_typer(notify_commands, name="notify")
commands.add_typer(questionnaire_commands, name="questionnaires")
backup_commands.register(commands)

OPEN_STREAMS_S: Final = 5
"""Seconds that a server which stops waits for open streams: those of notices never end by themselves."""

DEMO_MARK: Final = "demo-clinic"
DEMO_SETTINGS: Final = {
    "THIRDCHAIR_PLACES": "XX",
    "THIRDCHAIR_CLINIC_NAME": "Harrowmere Community Mental Health (fictional)",
    "THIRDCHAIR_CRISIS_CONTACT": "On-call nurse of this fictional clinic: 01632 960 123. It does not ring anywhere.",
}

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)]
Workers = Annotated[int, typer.Option(help="Web processes.", min=1)]


@commands.command()
def serve(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 1) -> None:
    """Serve the clinic, with the process that runs its jobs."""
    start_django()
    _refuse_old_database()
    _note_places()
    _build_static_files()
    _run_server(host, port, workers)


@commands.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True}, add_help_option=False
)
def manage(context: typer.Context) -> None:
    """Django's own management commands: `thirdchair manage migrate`, `thirdchair manage help`."""
    settings_or_exit()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["thirdchair manage", *context.args])


@commands.command()
def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    *,
    serve: Annotated[bool, typer.Option(help="Serve it when it is made.")] = True,
    reset: Annotated[bool, typer.Option(help="Throw the demo clinic away and make it anew.")] = False,
) -> None:
    """Make a fictional clinic to try things in, print its sign-ins, and serve it."""
    for name, value in DEMO_SETTINGS.items():
        os.environ.setdefault(name, value)
    settings = settings_or_exit()
    mark = settings.prepared_data_dir() / DEMO_MARK
    _refuse_real_clinic(settings, mark)
    if reset:
        _forget_demo(mark)
    mark.touch()
    start_django()
    _manage("migrate", verbosity=0)
    from thirdchair_web.demo.seed import seed, transcripts_folder

    _note_places()
    _print_sign_ins(seed(), f"http://{host}:{port}/", transcripts_folder())
    if serve:
        _build_static_files()
        _run_server(host, port, 1)


@commands.command("demo-code")
def demo_code(user: Annotated[str, typer.Argument(help="User name of a demo account.")]) -> None:
    """Print the code that a demo account's authenticator app would show now."""
    settings = settings_or_exit()
    if not (settings.prepared_data_dir() / DEMO_MARK).exists():
        stop("This is not a demo clinic, so there are no demo codes. Make one with: thirdchair demo")
    start_django()
    from allauth.mfa.models import Authenticator

    from thirdchair_web.accounts import totp
    from thirdchair_web.accounts.models import User

    try:
        typer.echo(totp.current_code(User.objects.get(username=user)))
    except (User.DoesNotExist, Authenticator.DoesNotExist):
        stop(f"No demo account named {user!r} has a second factor. `thirdchair demo` prints the names.")


@commands.command("add-account")
def add_account(
    user: Annotated[str, typer.Argument(help="User name: a-z, 0-9, dot, dash, underscore.")],
    role: Annotated[
        str,
        typer.Option(
            help="patient, nurse, psychiatrist, service_lead, safety_officer, on_call, evaluator or carer."
        ),
    ],
    name: Annotated[str, typer.Option(help="Name as printed on screen and under a signature.")],
    licence: Annotated[str, typer.Option(help="Licence number; a clinician without one cannot sign.")] = "",
    licensed_until: Annotated[str, typer.Option(help="Last day of the licence, YYYY-MM-DD.")] = "",
    patient: Annotated[str, typer.Option(help="Reference of the patient this account belongs to.")] = "",
    password: Annotated[
        str,
        typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for if not given."),
    ] = "",
) -> None:
    """Make an account. Staff set up their second factor when they first sign in."""
    start_django()
    from django.core.exceptions import ValidationError

    from thirdchair_web.encounters.accounts import make_account

    try:
        made = make_account(
            user,
            role=role,
            name=name,
            password=password,
            licence=licence,
            licensed_until=licensed_until,
            patient=patient,
        )
    except ValidationError as wrong:
        stop("\n".join(wrong.messages))
    typer.echo(f"Made the account {made.username}.")


@commands.command("reset-second-factor")
def reset_second_factor(user: Annotated[str, typer.Argument(help="User name.")]) -> None:
    """Remove a lost second factor; the person sets up a new one at their next sign-in."""
    start_django()
    from thirdchair_web.accounts.actions import forget_second_factor
    from thirdchair_web.accounts.models import User

    found = User.objects.filter(username=user).first()
    if found is None:
        stop(f"There is no account named {user!r}.")
    forget_second_factor(found)
    typer.echo(f"{user} sets up a new second factor at the next sign-in.")


def _manage(name: str, **options: Any) -> None:
    from django.core.management import call_command

    call_command(name, **options)


def _refuse_old_database() -> None:
    """Stop when the database is not at this release; changing it is the operator's decision."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        stop(
            "The database is not at this release. Back it up, then run: thirdchair manage migrate\n"
            "To try things out without it, run: thirdchair demo"
        )


def _build_static_files() -> None:
    _manage("collectstatic", interactive=False, verbosity=0)


def _note_places() -> None:
    from thirdchair_web.governance.law import note_places

    note_places()


def _run_server(host: str, port: int, workers: int) -> None:
    import uvicorn

    from thirdchair_web.project.http import BoundedHead
    from thirdchair_web.project.job_worker import supervised

    def say(code: int) -> None:
        typer.echo(f"The job worker ended (exit status {code}) and is started again.", err=True)

    try:
        with supervised(on_restart=say):
            uvicorn.run(
                "thirdchair_web.project.asgi:application",
                host=host,
                port=port,
                workers=workers,
                loop="uvloop",
                http=BoundedHead,
                access_log=False,  # addresses with their queries stay out of the log
                server_header=False,
                log_config=None,
                lifespan="off",
                timeout_graceful_shutdown=OPEN_STREAMS_S,
            )
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)


def _refuse_real_clinic(settings: Any, mark: Path) -> None:
    """Keep the demo out of a data folder or a database that is in use for anything else."""
    if settings.database_url.get_secret_value():
        stop("A demo clinic uses its own SQLite file. Unset THIRDCHAIR_DATABASE_URL and run this again.")
    if not mark.exists() and any(mark.parent.glob("*.sqlite3")):
        stop(
            f"{mark.parent} holds a clinic that is not a demo. Name another folder: "
            "THIRDCHAIR_DATA_DIR=demo thirdchair demo"
        )


def _forget_demo(mark: Path) -> None:
    for file in mark.parent.glob("thirdchair.sqlite3*"):
        file.unlink()


def _print_sign_ins(sign_ins: Any, address: str, transcripts: Path) -> None:
    """Args: sign_ins: one (user name, password, who) for each account."""
    here = Path.cwd()
    command = Path(sys.argv[0]).absolute()
    shown = [path.relative_to(here) if path.is_relative_to(here) else path for path in (command, transcripts)]
    typer.echo(f"\nA fictional clinic is at {address}\n")
    for username, password, who in sign_ins:
        typer.echo(f"  {username:<18}{password:<18}{who}")
    typer.echo(f"\nStaff also need a six-digit code. To see it: {shown[0]} demo-code nurse-liu")
    typer.echo(f"Session files to upload are in: {shown[1]}\n")
