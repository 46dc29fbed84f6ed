"""`thirdchair evidence`: whose signature counts under evidence from outside, and bringing such evidence in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from thirdchair_web.project.starting import start_django, stop, told_as_they_are

commands = typer.Typer(
    no_args_is_help=True, help="Evidence from outside: bring it in, list it, say whose signature counts."
)
keys = typer.Typer(no_args_is_help=True, help="Keys whose signature counts under evidence packs.")
commands.add_typer(keys, name="keys")

_By = Annotated[str, typer.Option(help="User name of the account in whose name this is done.")]


@commands.command("import")
def import_evidence(
    pack: Annotated[Path, typer.Argument(help="A signed pack, as the lab wrote it.")], by: _By
) -> None:
    """Bring in a signed evidence pack. Refused unless its signature holds and its key is registered here."""
    start_django()
    from thirdchair.policy import Cleared
    from thirdchair_web.governance.evidence import import_pack
    from thirdchair_web.governance.methods import brought_in, judged_alone

    with _refusals_told():
        row = import_pack(_content(pack), by=_account(by))
    made = next(one.outcome.pack for one in brought_in() if one.row.pk == row.pk)
    alone = judged_alone(made)
    typer.echo(f"Brought in {made.digest[:16]}…: {made.use}, {made.method}, {made.language}, {made.made_on}.")
    if isinstance(alone, Cleared):
        typer.echo("It clears the method. The use still has to be switched on, and each patient asked.")
    else:
        typer.echo(f"It clears nothing now ({alone.refusal.rule}). {' '.join(_words(alone.refusal))}")


@commands.command("list")
def list_evidence() -> None:
    """List the packs that were brought in: for what, who signed, when, and why each does or does not clear."""
    start_django()
    from thirdchair.policy import Cleared, Refused
    from thirdchair_web.governance.methods import brought_in, judged_alone

    for one in brought_in():
        row = one.row
        typer.echo(
            f"{row.pack[:16]}  signed by {row.key.holder} ({row.key_id[:16]}), brought in {row.imported_at:%Y-%m-%d} "
            f"by {row.imported_by.username}"
        )
        if isinstance(one.outcome, Refused):
            typer.echo(f"    does not count ({one.outcome.rule}): {_words(one.outcome)[0]}")
            continue
        pack, alone = one.outcome.pack, judged_alone(one.outcome.pack)
        typer.echo(f"    {pack.use}  {pack.method}  {pack.language}  made {pack.made_on}")
        typer.echo(
            "    clears the method by itself"
            if isinstance(alone, Cleared)
            else f"    clears nothing ({alone.refusal.rule}): {_words(alone.refusal)[0]}"
        )


@commands.command("check")
def check() -> None:
    """Compare the keys and packs that are kept with what the trail says of them. Exit code 1 where they differ."""
    start_django()
    from thirdchair_web.governance.evidence_trail import strays

    found = strays()
    for stray in found:
        typer.echo(stray.words)
    if found:
        stop("What has no entry opens nothing. Keep the database as it is, and tell the safety officer.")
    typer.echo(
        "Every key and pack has its entry in the trail, and none is gone. The trail itself: `thirdchair trail verify`."
    )


@commands.command("digests")
def digests(
    use: Annotated[str, typer.Argument(help="Id of a use.")],
    method: Annotated[str, typer.Argument(help="“extractive”, or the name of a registered model.")],
) -> None:
    """Print what a pack has to be bound to now: the digests of method, prompt and policy, as JSON."""
    start_django()
    from thirdchair.gateway import EXTRACTIVE, method_digest
    from thirdchair.uses import USES
    from thirdchair_web.governance.methods import clients

    known, client = USES.get(use), clients().get(method)
    if known is None:
        stop(f"No such use. Choose from: {', '.join(sorted(USES))}.")
    if client is None and method != EXTRACTIVE:
        stop("There is no such model here. `thirdchair models list` names them.")
    bound = {
        "use": use,
        "method": method,
        "method_digest": method_digest(client, use),
        "prompt_digest": known.prompt_digest,
        "policy_digest": known.digest,
    }
    typer.echo(json.dumps(bound, indent=2))


@commands.command("sign")
def sign(
    pack: Annotated[Path, typer.Argument(help="A pack that is not signed yet: JSON.")],
    key: Annotated[Path, typer.Option(help="File with the private key; made if there is none.")],
    out: Annotated[Path, typer.Option(help="The signed pack is written here.")],
) -> None:
    """Sign a pack with a key of your own, on the machine where it was measured. Prints the public key."""
    from thirdchair.policy.signed_pack import sign_pack
    from thirdchair.sealing import load_or_make_signing_key

    try:
        value = json.loads(_content(pack))
    except ValueError:
        value = None
    with told_as_they_are():
        private = load_or_make_signing_key(key)
        try:
            signed = sign_pack(value if isinstance(value, dict) else {}, private)
        except (ValueError, TypeError):
            signed = ""
        if not signed:
            stop(f"{pack} is no evidence pack. What must stand in it: docs/how-to/bring-in-evidence.md")
        out.write_text(signed, encoding="utf-8")
    typer.echo(private.public_key().public_bytes_raw().hex())


@keys.command("add")
def add_key(
    file: Annotated[Path, typer.Argument(help="File with the public key: 64 hex digits, or PEM.")],
    holder: Annotated[str, typer.Option(help="Who signs with it, as the pages show them.")],
    by: _By,
) -> None:
    """Let a key sign evidence. Make sure whose it is by another way than the one the file came."""
    start_django()
    from thirdchair_web.governance.evidence import register_key

    if not 2 <= len(holder.strip()) <= 120:
        stop("Name who signs with it, in 2 to 120 characters: --holder")
    with _refusals_told():
        row = register_key(_content(file), holder=holder.strip(), by=_account(by))
    typer.echo(f"From now on evidence signed by {row.holder} counts here. Key {row.key_id}")


@keys.command("list")
def list_keys() -> None:
    """List the keys with their holders, who registered them, and those that were retired."""
    start_django()
    from thirdchair_web.governance.models import EvidenceKey

    for row in EvidenceKey.objects.select_related("added_by", "retired_by"):
        ended = (
            f"retired {row.retired_at:%Y-%m-%d} by {row.retired_by.username}" if row.retired_at else "stands"
        )
        typer.echo(
            f"{row.key_id[:16]}  {row.holder}  registered {row.added_at:%Y-%m-%d} by {row.added_by.username}  {ended}"
        )


@keys.command("remove")
def remove_key(
    key: Annotated[str, typer.Argument(help="The key, or its beginning, as `keys list` shows it.")], by: _By
) -> None:
    """Retire a key for good. Uses that rest on what it signed close at once."""
    start_django()
    from thirdchair_web.governance.evidence import retire_key

    with _refusals_told():
        row = retire_key(key.lower(), by=_account(by))
    typer.echo(f"Nothing that {row.holder} signed with {row.key_id[:16]}… counts any more.")


@contextmanager
def _refusals_told() -> Iterator[None]:
    """Stops with the rule, the reason and the remedy, in the service's language."""
    from thirdchair.policy.decision import UseRefused

    refused = None
    try:
        yield
    except UseRefused as error:
        refused = error.refusal
    if refused is not None:
        reason, remedy = _words(refused)
        stop(f"{reason}\n{remedy}\nRule: {refused.rule}")


def _words(refused: Any) -> tuple[str, str]:
    from django.conf import settings

    from thirdchair.records import Language
    from thirdchair_web.governance.words import refusal_in

    words = refusal_in(refused, Language(settings.THIRDCHAIR.language))
    return words["reason"], words["remedy"]


def _account(name: str) -> Any:
    from thirdchair_web.accounts.models import User

    found = User.objects.filter(username=name.lower()).first()
    if found is None:
        stop(f"There is no account named {name!r}. Make one with: thirdchair add-account")
    return found


def _content(path: Path) -> bytes:
    with told_as_they_are():
        return path.read_bytes()
    raise AssertionError  # told_as_they_are has stopped
