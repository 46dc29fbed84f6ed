"""The models that can be measured: those registered at the clinic on this machine, any server by its address, or a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final, cast

from thirdchair.clients.fingerprint import fingerprint
from thirdchair.clients.protocol import Client
from thirdchair.clients.registration import RegisteredModel, client_of
from thirdchair.clients.weights import served_weights

MODELS: Final = "thirdchair.models"
"""Entry point group; each is a function from a name to (registered model, key), or None where it knows no such name."""

Found = tuple[RegisteredModel, str | None]
_UNKNOWN: Final = "0" * 64


class NoSuchModel(Exception):
    """There is no model to measure; the message says what would help."""


@dataclass(frozen=True, slots=True)
class Measurable:
    """A model as it is measured: what it is, and what reaches it."""

    model: RegisteredModel
    client: Client


def measurable(
    name: str,
    *,
    base_url: str = "",
    served_as: str = "",
    api_key: str | None = None,
    file: Path | None = None,
    timeout_s: float = 600.0,
) -> Measurable:
    """The model of a name.

    Args:
        name: as the clinic registered it; or a new name, with an address or a file.
        base_url: of an OpenAI-compatible server, up to the version. It may be anywhere: the lab's questions hold no patient's
            words, but a file of your own may.
        served_as: what that server calls the model.
        file: a GGUF file for the embedded engine.

    Raises:
        NoSuchModel: nothing is registered under this name, or the parts do not go together.
        ClientFailed: the server does not answer, or the engine is not installed.
    """
    if file is not None:
        return _in_a_file(name, file, timeout_s)
    if base_url:
        return _at_an_address(name, base_url, served_as or name, api_key, timeout_s)
    for source in entry_points(group=MODELS):
        found = cast("Callable[[str], Found | None]", source.load())(name)
        if found is not None:
            model, key = found
            return Measurable(model, client_of(model, key, timeout_s=timeout_s))
    raise NoSuchModel(
        f"No model is registered here as {name!r}. Register it (thirdchair models add), or name a server "
        "(--base-url URL --served-as NAME) or a GGUF file (--file PATH)."
    )


def second_model(named: str) -> Measurable:
    """A model beside the one that is measured, from one word of the command line.

    Args:
        named: a registered model's name; an address up to the version, and after "#" what the server calls the model; or
            a GGUF file's path.

    Raises:
        NoSuchModel, ClientFailed: as for `measurable`.
    """
    if named.startswith(("http://", "https://")):
        address, _, served_as = named.partition("#")
        if not served_as:
            raise NoSuchModel(f"Which model of {address}? Write {address}#NAME.")
        return measurable(served_as, base_url=address, served_as=served_as)
    if named.endswith(".gguf"):
        return measurable(Path(named).stem, file=Path(named))
    return measurable(named)


def _at_an_address(name: str, base_url: str, served_as: str, key: str | None, timeout_s: float) -> Measurable:
    def registered(digest: str, kind: str) -> RegisteredModel:
        return RegisteredModel(
            name=name,
            engine="openai",
            served_as=served_as,
            base_url=base_url,
            path=None,
            digest=digest,
            digest_kind=kind,  # type: ignore[arg-type]
            runs_where="this_host",
            data_classes=frozenset(),
        )

    try:
        unknown = registered(_UNKNOWN, "operator")
    except ValueError as error:
        raise NoSuchModel(
            f"{error} A server beyond this host is registered at the clinic first: thirdchair models add --outside"
        ) from None
    weights = served_weights(base_url, served_as=served_as, api_key=key)
    digest = weights or fingerprint(client_of(unknown, key, timeout_s=timeout_s), served_as=served_as)
    model = registered(digest, "weights" if weights else "fingerprint")
    return Measurable(model, client_of(model, key, timeout_s=timeout_s))


def _in_a_file(name: str, file: Path, timeout_s: float) -> Measurable:
    from thirdchair.clients.embedded.model_file import read_model_file

    read = read_model_file(file.absolute())
    model = RegisteredModel(
        name=name,
        engine="embedded",
        served_as=file.stem,
        base_url=None,
        path=file.absolute(),
        digest=read.sha256,
        digest_kind="weights",
        runs_where="this_host",
        data_classes=frozenset(),
    )
    return Measurable(model, client_of(model, timeout_s=timeout_s))
