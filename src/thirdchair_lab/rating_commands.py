"""`thirdchair lab rate` and `thirdchair lab ratings`: a blind form of a run's summaries, and what people ticked on it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated, cast

import typer

from thirdchair.records import Language
from thirdchair_lab.journal import Journal
from thirdchair_lab.study import Arm

Told = Callable[[], AbstractContextManager[None]]
Opened = Callable[[Path | None], AbstractContextManager[Journal]]


def join(lab: typer.Typer, *, told: Told, opened: Opened) -> None:
    """Adds the two commands.

    Args:
        told: stops with the message of our own errors; opened: the journal in a file, or in the data folder.
    """

    @lab.command("rate")
    def rate(
        name: Annotated[
            str, typer.Argument(metavar="[RUN]", help="As `lab runs` shows it; the newest if not given.")
        ] = "",
        out: Annotated[
            Path, typer.Option(help="The form; a blank table and the key are written beside it.")
        ] = Path("form.html"),
        language: Annotated[str, typer.Option(help="en or zh-hans: of the questions.")] = "en",
        arm: Annotated[str, typer.Option(help="bare or governed: whose summaries.")] = "governed",
        seed: Annotated[int, typer.Option(help="Of the order of the methods.")] = 0,
        sessions: Annotated[
            int | None, typer.Option(min=1, help="How many sessions; all of the run if not given.")
        ] = None,
        journal: Annotated[
            Path | None, typer.Option(help="Where replies are kept; in the data folder if not given.")
        ] = None,
    ) -> None:
        """Make a blind form on which people rate a run's session summaries: the model's, the extractive method's and our own."""
        from thirdchair_lab.rating_forms import form_of
        from thirdchair_lab.studies.session_summary.rating_page import page

        with told(), opened(journal) as kept:
            form = form_of(kept, name, arm=cast("Arm", arm), seed=seed, at_most=sessions)
            for target, text in (
                (out, page(form, Language(language))),
                (out.with_suffix(".csv"), form.blank),
                (out.with_suffix(".key.json"), form.key),
            ):
                target.write_text(text, encoding="utf-8")
                typer.echo(str(target))
            typer.echo("Give raters the form or the table, never the key.")

    @lab.command("ratings")
    def ratings(
        files: Annotated[list[Path], typer.Argument(help="Filled forms (CSV), or tables of printed means.")],
        key: Annotated[
            Path | None, typer.Option(help="The key made with the form; needed for filled forms.")
        ] = None,
    ) -> None:
        """Say what people ticked: means, what they found made up, and how far they agree, each with its interval."""
        from thirdchair_lab.rating_forms import told_of

        with told():
            for line in told_of({str(file): file.read_text("utf-8") for file in files}, key):
                typer.echo(line)
