"""`thirdchair library`: a service's leaflets made into pages, checked, listed and searched."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from thirdchair.cli.telling import refuse, told_plainly
from thirdchair.library.checking import check_own_pages, check_service_pages
from thirdchair.library.leaflets import LeafletFacts, import_leaflet
from thirdchair.library.loading import SHIPPED
from thirdchair.library.passage import Library, Page
from thirdchair.library.plain_pages import open_library
from thirdchair.library.search import search
from thirdchair.library.splitting import language_of
from thirdchair.library.store import MemoryStore
from thirdchair.records import Language

SOME_WRONG = 3
"""Exit code: the library was read, and something in it is to be put right."""

commands = typer.Typer(
    help="The psychoeducation library: import a service's leaflets, check, list and search.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

_Place = Annotated[
    Path | None,
    typer.Option(
        "--library", help="A folder of pages, or a JSON Lines file; the library that is shipped if not given."
    ),
]


@commands.command("import")
def import_(
    leaflet: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A PDF, Word or HTML file.")],
    library: Annotated[
        Path, typer.Option("--library", help="The service's folder; made if it is not there.")
    ],
    title: Annotated[str, typer.Option("--title", help="What people call it.")],
    owner: Annotated[str, typer.Option("--owner", help="Who in the service answers for it.")],
    licence: Annotated[
        str, typer.Option("--licence", help="The licence under which the service may show it.")
    ],
    source: Annotated[str, typer.Option("--source", help="Who published it, and where.")],
    language: Annotated[Language, typer.Option("--language", help="The leaflet's language.")],
    published: Annotated[str, typer.Option("--date", help="The leaflet's date, as 2026-01-31.")],
    verified: Annotated[
        str,
        typer.Option("--verified", help="The day somebody checked that it still holds; today if not given."),
    ] = "",
    also: Annotated[
        list[str] | None, typer.Option("--also", help="Another name people type; may be repeated.")
    ] = None,
) -> None:
    """Makes a leaflet into a page of the service's library. Scans without text are refused."""
    with told_plainly():
        facts = LeafletFacts(
            title=title,
            owner=owner,
            licence=licence,
            source=source,
            language=language,
            published=_day(published, "--date"),
            last_verified=_day(verified, "--verified") if verified else _today(),
            also=tuple(also or ()),
        )
        target = import_leaflet(leaflet, facts, into=library)
    typer.echo(
        f"Written: {target}\nRead it through before patients do: columns and tables may be out of order."
    )


@commands.command()
def check(library: _Place = None) -> None:
    """Says what is wrong with a library; exits with 3 where something is."""
    with told_plainly():
        held = _opened(library)
        if library is None:
            found = check_own_pages(held.pages)
        else:
            found = check_service_pages(held.pages, today=_today())
    for finding in found:
        typer.echo(f"{finding.where}: {finding.problem}")
    typer.echo(f"{len(held.pages)} pages, {len(found)} to put right.")
    if found:
        raise typer.Exit(SOME_WRONG)


@commands.command("list")
def list_(library: _Place = None) -> None:
    """Lists pages with their language, reviewer and the day they were last verified."""
    with told_plainly():
        held = _opened(library)
    for page in held.pages:
        typer.echo("\t".join(_shown(page)))


@commands.command("search")
def search_(
    question: Annotated[str, typer.Argument(help="A question, in English or Chinese.")],
    library: _Place = None,
    most: Annotated[int, typer.Option("--most", min=1, max=50, help="Passages shown.")] = 5,
) -> None:
    """Shows the passages closest to a question."""
    with told_plainly():
        found = search(MemoryStore(_opened(library), language_of(question)), question, limit=most)
    if not found:
        typer.echo("Nothing in the library is close to this.")
    for one in found:
        typer.echo(f"{one.agreement.rank:.2f}\t{one.passage.id}\t{one.page_title}: {one.passage.title}")


def _opened(place: Path | None) -> Library:
    return open_library(SHIPPED if place is None else place)


def _shown(page: Page) -> tuple[str, ...]:
    reviewed = page.reviewer or "not reviewed by a clinician"
    if page.last_verified is None:
        verified = "never verified"
    else:
        verified = f"verified {page.last_verified}" + (", due again" if page.is_due(_today()) else "")
    return (str(page.language), page.id, page.title, f"{len(page.passages)} passages", reviewed, verified)


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(f"{option} is no date.", "Write it as 2026-01-31.")


def _today() -> date:
    return datetime.now(UTC).date()
