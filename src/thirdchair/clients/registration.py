"""What a service writes down of a model before any text may reach it, and the client that follows from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal, Self, cast, get_args

from thirdchair.clients.addresses import checked_address
from thirdchair.clients.openai_compatible import OpenAICompatible
from thirdchair.clients.protocol import Client, Whereabouts

EngineKind = Literal["openai", "embedded"]
DigestKind = Literal["weights", "fingerprint", "operator"]
"""What a digest is of: the weights themselves, answers to fixed questions, or what the operator vouches for."""

RESERVED: Final = frozenset({"extractive"})
_NAME: Final = re.compile(r"[A-Za-z0-9._:-]{1,60}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_DATA_CLASS: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")
_LONGEST_FACT: Final = 200


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """What must be known of whoever runs a model outside this host, one's own other machines included.

    Args:
        name: who runs it.
        contract: the contract that covers patients' data: its name or number, and its date.
        region: where the text is processed.
        retention: how long what is sent is kept, and for what.

    Raises:
        ValueError: one is empty or longer than a line.
    """

    name: str
    contract: str
    region: str
    retention: str

    def __post_init__(self) -> None:
        for fact, value in asdict(self).items():
            if not value.strip() or len(value) > _LONGEST_FACT or not value.isprintable():
                raise ValueError(f"The provider's {fact} is one line of 1 to {_LONGEST_FACT} characters.")


@dataclass(frozen=True, slots=True)
class RegisteredModel:
    """A model as it was registered.

    Args:
        name: what it is called here and in the trail: letters, digits, ".", "_", ":" and "-".
        engine: "openai" behind a server, or "embedded" in this process.
        served_as: what the server, or the catalogue, calls it.
        base_url: of the server, up to and including the version; None for an embedded one.
        path: of the weights; None for one behind a server.
        digest: SHA-256 in hex.
        digest_kind: what it is the digest of.
        runs_where: whether text leaves this host for it.
        data_classes: kinds of data it may see; a use that works on others cannot use it.
        provider: who runs it, where it runs outside.

    Raises:
        ValueError: something is missing or does not go together; says what would help.
    """

    name: str
    engine: EngineKind
    served_as: str
    base_url: str | None
    path: Path | None
    digest: str
    digest_kind: DigestKind
    runs_where: Whereabouts
    data_classes: frozenset[str]
    provider: ProviderFacts | None = None

    def __post_init__(self) -> None:
        _check_words(self)
        if self.engine == "embedded":
            _check_embedded(self)
        else:
            _check_served(self)

    def as_json(self) -> dict[str, Any]:
        """Plain values; `from_json` reads them."""
        return {
            **asdict(self),
            "path": str(self.path) if self.path else None,
            "data_classes": sorted(self.data_classes),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The model that `as_json` wrote.

        Raises:
            ValueError: a part is missing, unknown or cannot be used.
        """
        try:
            parts = dict(value)
            parts["path"] = Path(parts["path"]) if parts["path"] is not None else None
            parts["data_classes"] = frozenset(parts["data_classes"])
            parts["provider"] = ProviderFacts(**parts["provider"]) if parts["provider"] else None
            return cls(**parts)
        except (TypeError, KeyError):
            pass
        raise ValueError("This is no registered model: a part is missing or unknown.")


def client_of(model: RegisteredModel, api_key: str | None = None, *, timeout_s: float = 120.0) -> Client:
    """The client that reaches a model. An embedded one is loaded at its first ask.

    Raises:
        ValueError: the key cannot be sent.
        ClientFailed: the embedded engine is not installed.
    """
    if model.engine == "embedded":
        return _embedded(model, timeout_s)
    return OpenAICompatible(
        name=model.name,
        model=model.served_as,
        base_url=cast(str, model.base_url),
        digest=model.digest,
        runs_where=model.runs_where,
        api_key=api_key,
        timeout_s=timeout_s,
    )


def _embedded(model: RegisteredModel, timeout_s: float) -> Client:
    from thirdchair.clients.embedded.engine import EmbeddedModel

    return EmbeddedModel(
        name=model.name, path=cast(Path, model.path), sha256=model.digest, timeout_s=timeout_s
    )


def _check_words(model: RegisteredModel) -> None:
    if not _NAME.fullmatch(model.name) or model.name in RESERVED:
        raise ValueError(
            "A model's name is 1 to 60 letters, digits and . _ : -, and not “extractive”. Choose another."
        )
    if not _DIGEST.fullmatch(model.digest):
        raise ValueError("A digest is 64 lower-case hex digits. `sha256sum FILE` prints that of a file.")
    if model.digest_kind not in get_args(DigestKind) or model.engine not in get_args(EngineKind):
        raise ValueError("The kind of the digest, or of the engine, is not known.")
    if not all(_DATA_CLASS.fullmatch(name) for name in model.data_classes):
        raise ValueError("A data class is a name such as “session_transcript”.")


def _check_embedded(model: RegisteredModel) -> None:
    if model.base_url is not None or model.path is None or not model.path.is_absolute():
        raise ValueError("An embedded model has the absolute path of a file, and no address.")
    if model.runs_where != "this_host" or model.provider is not None or model.digest_kind != "weights":
        raise ValueError("An embedded model runs on this host and has the digest of its file.")


def _check_served(model: RegisteredModel) -> None:
    if model.base_url is None or model.path is not None:
        raise ValueError("A model behind a server has an address, and no file.")
    if not model.served_as.strip():
        raise ValueError("What does the server call the model? Give the name it knows it by.")
    checked_address(model.base_url, runs_where=model.runs_where)
    if (model.runs_where == "outside") != (model.provider is not None):
        raise ValueError(
            "A model outside this host, and no other, names its provider, contract, region and retention."
        )
