"""What every command of the web does first, and how it stops: settings, Django, a plain word about what is wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NoReturn

import typer

from thirdchair.errors import ThirdchairError
from thirdchair.settings import SettingsInvalid, read_settings

SETTINGS_MODULE: Final = "thirdchair_web.project.settings"


def settings_or_exit() -> Any:
    """The settings; a bad one stops the command and is named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS_MODULE)
    os.umask(0o077)  # what is made from here on, the database above all, is for its owner alone
    try:
        return read_settings()
    except SettingsInvalid as invalid:
        stop(str(invalid))


def start_django() -> None:
    """Django, ready for its models to be imported."""
    settings_or_exit()
    import django

    django.setup()


def stop(message: str) -> NoReturn:
    """Ends the command with exit code 1 and a message on standard error."""
    typer.echo(message, err=True)
    raise typer.Exit(1)


@contextmanager
def told_as_they_are(*ours: type[Exception]) -> Iterator[None]:
    """Stops with the message of our own errors, which name the remedy; with the place of a file's."""
    try:
        yield
    except (ThirdchairError, *ours) as error:
        message = "\n".join(getattr(error, "messages", ())) or str(error)
    except OSError as error:
        message = f"{error.filename or 'A file'}: {error.strerror}. Check the path and the permissions."
    else:
        return
    stop(message)
