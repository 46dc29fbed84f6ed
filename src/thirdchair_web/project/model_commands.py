"""`thirdchair models`: registering models, seeing whether they are still the same, taking them out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from thirdchair_web.project.starting import start_django, stop, told_as_they_are

if TYPE_CHECKING:
    from thirdchair.clients.embedded.model_file import Told
    from thirdchair.clients.registration import RegisteredModel

commands = typer.Typer(no_args_is_help=True, help="Register, list, check and remove language models.")

EMBEDDED: Final = "embedded"
_UNKNOWN: Final = "0" * 64
_STAGES: Final = {"download": "Fetching", "assemble": "Assembling", "check": "Checking", "copy": "Copying"}


@commands.command("add")
def add(
    name: Annotated[
        str, typer.Argument(help="What it is called here, or “embedded” for a model in this process.")
    ],
    base_url: Annotated[
        str, typer.Option(help="Of an OpenAI-compatible server, up to the version: http://127.0.0.1:8001/v1")
    ] = "",
    model: Annotated[
        str, typer.Option(help="What the server calls the model; for “embedded”, which one to fetch.")
    ] = "",
    api_key_file: Annotated[
        Path | None, typer.Option(help="File with the server's key; it is kept sealed.")
    ] = None,
    digest: Annotated[
        str,
        typer.Option(help="SHA-256 of weights and configuration, if you vouch for it; else it is found out."),
    ] = "",
    outside: Annotated[
        bool, typer.Option("--outside", help="It runs elsewhere; then the next four are needed.")
    ] = False,
    provider: Annotated[str, typer.Option(help="Who runs it.")] = "",
    contract: Annotated[
        str, typer.Option(help="The contract that covers patients' data: number and date.")
    ] = "",
    region: Annotated[str, typer.Option(help="Where the text is processed.")] = "",
    retention: Annotated[str, typer.Option(help="How long what is sent is kept there.")] = "",
    data_classes: Annotated[
        str,
        typer.Option(help="Kinds of data it may see, comma-separated; on this host all, if not given."),
    ] = "",
    file: Annotated[
        Path | None, typer.Option(help="For “embedded”: a GGUF file of your own, used where it lies.")
    ] = None,
) -> None:
    """Register a model. It stays shut for every use until evidence clears it, and patients agree to it."""
    start_django()
    from thirdchair.clients.registration import ProviderFacts, RegisteredModel
    from thirdchair_web.governance.registering import NotRegistered, check_name, register_model

    with told_as_they_are(NotRegistered, ValueError):
        check_name(name)
        seen = _data_classes(data_classes, outside=outside)
        key = _key_in(api_key_file)
        if name == EMBEDDED:
            if base_url or outside or key or digest:
                stop("An embedded model has no address, key or provider, and its digest is that of its file.")
            made = _embedded(model, file, seen)
        else:
            if not base_url or not model or file:
                stop(f"A model behind a server needs --base-url and --model; only “{EMBEDDED}” takes --file.")
            facts = ProviderFacts(provider, contract, region, retention) if outside else None
            made = _with_digest(
                RegisteredModel(
                    name=name,
                    engine="openai",
                    served_as=model,
                    base_url=base_url,
                    path=None,
                    digest=digest or _UNKNOWN,
                    digest_kind="operator",
                    runs_where="outside" if outside else "this_host",
                    data_classes=seen,
                    provider=facts,
                ),
                key,
            )
        register_model(made, api_key=key, by="operator")
    typer.echo(f"Registered {made.name}, {_digest_in_words(made)}.")
    typer.echo(
        "It is shut until evidence clears it; and patients are asked again, since the consent text names it."
    )


@commands.command("list")
def list_models() -> None:
    """List the registered models: where each runs, what identifies it, what it may see."""
    start_django()
    from thirdchair_web.governance.registering import registered_models

    for row in registered_models():
        model = row.model
        typer.echo(f"{model.name}  {model.served_as}  at {model.base_url or model.path}")
        outside = f"outside, at {model.provider.name} in {model.provider.region}" if model.provider else ""
        typer.echo(f"    runs {outside or 'on this host'}")
        typer.echo(f"    {_digest_in_words(model)}")
        typer.echo(f"    may see {', '.join(sorted(model.data_classes)) or 'nothing'}")


@commands.command("check")
def check(
    name: Annotated[str | None, typer.Argument(help="One model; all if not given.")] = None,
) -> None:
    """See whether each model is still the one that was registered. A changed one is closed for every use.

    Ends with exit code 1 where one changed, or could not be checked.
    """
    start_django()
    from thirdchair_web.governance.registering import registered_models

    rows = [row for row in registered_models() if name in (None, row.name)]
    if name and not rows:
        stop(f"There is no registered model {name!r}. `thirdchair models list` names them.")
    same = [_check(row) for row in rows]
    if not all(same):
        raise typer.Exit(1)


@commands.command("remove")
def remove(name: Annotated[str, typer.Argument(help="As `models list` shows it.")]) -> None:
    """Take a model out and destroy its key. Work in flight with it stops at its next step."""
    start_django()
    from thirdchair_web.governance.registering import NotRegistered, remove_model

    with told_as_they_are(NotRegistered):
        remove_model(name, by="operator")
    typer.echo(f"Removed {name}. What it was, and when, stays in the trail.")


def _check(row: Any) -> bool:
    """Whether a model is as it was registered; says so, and keeps what is there now."""
    from thirdchair.clients.fingerprint import observed_digest
    from thirdchair.clients.registration import client_of
    from thirdchair.errors import ThirdchairError
    from thirdchair_web.governance.registering import api_key_of, note_change

    model = row.model
    try:
        key = api_key_of(row)
        found = observed_digest(model, client_of(model, key), api_key=key)
    except ThirdchairError as error:
        typer.echo(f"{model.name}: could not be checked. {error}", err=True)
        return False
    if found is None:
        typer.echo(f"{model.name}: you vouched for its digest, so there is nothing to compare.")
        return True
    if not note_change(model.name, digest=found, by="operator"):
        typer.echo(f"{model.name}: as it was registered ({model.digest_kind}).")
        return True
    typer.echo(
        f"{model.name}: CHANGED since it was registered. Evidence is for the former one, so its uses are closed. "
        "Serve the former one and check again, or have this one measured in the lab.",
        err=True,
    )
    return False


def _with_digest(model: RegisteredModel, key: str | None) -> RegisteredModel:
    """The model with the digest that identifies it best: of its weights, else of how it answers."""
    from dataclasses import replace

    from thirdchair.clients.fingerprint import fingerprint
    from thirdchair.clients.registration import client_of
    from thirdchair.clients.weights import served_weights

    if model.digest != _UNKNOWN:
        return model
    if weights := served_weights(model.base_url or "", served_as=model.served_as, api_key=key):
        return replace(model, digest=weights, digest_kind="weights")
    typer.echo("Asking the model a few fixed questions, to know it again …", err=True)
    answers = fingerprint(client_of(model, key), served_as=model.served_as)
    return replace(model, digest=answers, digest_kind="fingerprint")


def _embedded(model: str, file: Path | None, seen: frozenset[str]) -> RegisteredModel:
    from django.conf import settings

    from thirdchair.clients.embedded.catalogue import CATALOGUE
    from thirdchair.clients.embedded.fetching import fetch
    from thirdchair.clients.embedded.loading import engine_version
    from thirdchair.clients.embedded.own_file import take_own_file
    from thirdchair.clients.registration import RegisteredModel

    engine_version()
    chosen = model or next(iter(CATALOGUE))
    if file is None and chosen not in CATALOGUE:
        stop(
            f"No model {chosen!r} can be fetched. Choose from: {', '.join(CATALOGUE)}; or bring your --file."
        )
    with _progress() as told:
        if file is not None:
            found = take_own_file(file, told=told)
        else:
            found = fetch(CATALOGUE[chosen], settings.DATA_DIR / "models", told=told)
    return RegisteredModel(
        name=EMBEDDED,
        engine="embedded",
        served_as=found.path.stem if file else chosen,
        base_url=None,
        path=found.path.absolute(),
        digest=found.sha256,
        digest_kind="weights",
        runs_where="this_host",
        data_classes=seen,
    )


@contextmanager
def _progress() -> Iterator[Told]:
    """A bar for each stage of the work, where somebody is looking."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from thirdchair.records import Progress as Step

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks: dict[str, Any] = {}

        def told(step: Step) -> None:
            if step.stage not in tasks:
                tasks[step.stage] = bars.add_task(_STAGES.get(step.stage, step.stage), total=step.total)
            bars.update(tasks[step.stage], completed=step.done, total=step.total)

        yield told


def _data_classes(given: str, *, outside: bool) -> frozenset[str]:
    from thirdchair_web.governance.methods import known_data_classes

    known = known_data_classes()
    named = frozenset(part.strip() for part in given.split(",") if part.strip())
    if unknown := named - known:
        stop(f"No such data: {', '.join(sorted(unknown))}. Choose from: {', '.join(sorted(known))}.")
    if outside and not named:
        stop(f"Which data may leave for it? Name them: --data-classes {','.join(sorted(known))}")
    return named or known


def _key_in(path: Path | None) -> str | None:
    """The key in a file; one that cannot be sent is refused without showing it."""
    from thirdchair.clients.addresses import checked_key

    return checked_key(path.read_bytes().decode("latin-1").strip()) or None if path else None


def _digest_in_words(model: RegisteredModel) -> str:
    kinds = {
        "weights": "the SHA-256 of its weights",
        "fingerprint": "the fingerprint of its answers",
        "operator": "the digest you vouch for",
    }
    return f"{kinds[model.digest_kind]} is {model.digest[:16]}…"
