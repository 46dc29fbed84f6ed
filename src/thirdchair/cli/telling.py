"""How the command line tells that something cannot be done: the problem, then the remedy, and no traceback."""

from __future__ import annotations

import traceback
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NoReturn

import typer

from thirdchair.errors import ThirdchairError, UnreadableTranscript

CANNOT: Final = 2
"""Exit code: what was asked cannot be done."""


def refuse(problem: str, remedy: str) -> NoReturn:
    """Ends the command with exit code 2, having said why and what would help."""
    typer.echo(f"{problem}\n{remedy}", err=True)
    raise typer.Exit(CANNOT)


@contextmanager
def told_plainly() -> Generator[None]:
    """Turns an error inside the block into a problem and a remedy on standard error."""
    try:
        yield
    except (typer.Exit, typer.Abort, BrokenPipeError):
        raise
    except UnreadableTranscript as error:
        where = f"Line {error.line}: " if error.line is not None else ""
        refuse(f"{where}{error.problem}", error.remedy)
    except ThirdchairError as error:
        refuse(str(error), "Nothing was written.")
    except OSError as error:
        refuse(
            f"{error.filename or 'A file'}: {error.strerror}.",
            "Check the path, the permissions and the space left.",
        )
    except Exception as error:  # noqa: BLE001  its message could quote the session, so only its kind is told
        refuse(
            f"Something failed that should not have: {unexpected(error)}. Nothing was written.",
            "Please report this line; it holds nothing of the session.",
        )


def unexpected(error: Exception) -> str:
    """The kind and the place of a fault, without its message.

    >>> unexpected(KeyError("what someone said"))
    'KeyError'
    """
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
