"""Evidence from outside a release: a pack under the signature of someone whose key this service has registered.

A signed pack is a JSON file with two parts, `pack` and `signature`. The pack is bound to one exact use, method, prompt,
policy and language by their digests; the signature, Ed25519 as for the heads of the trail, is over the pack's digest and the
key's name under a domain of its own, so that no other signature of that key can stand for it. The digest is of the content:
white space and the order of names do not count, everything else does.

What a signature shows: whoever holds the key vouches for exactly these numbers. What it does *not* show: that the numbers
are true, or that the measurement was a fair one. That is why a named person registers a key, and why the page of the use
shows who signed.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from thirdchair.evidence import EvidencePack
from thirdchair.evidence.pack import pack_from_json
from thirdchair.policy.decision import Refused
from thirdchair.policy.moment import UseTerms
from thirdchair.trail.canonical import canonical
from thirdchair.trail.heads import key_id

LARGEST_PACK: Final = 1_000_000
"""Bytes of a file; a shipped pack has about 3,000."""

_DOMAIN: Final = b"thirdchair evidence pack 1\n"
_Hex64 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$")]
_Words = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
_Number = Annotated[float, Field(allow_inf_nan=False)]
_Count = Annotated[int, Field(ge=0)]


@dataclass(frozen=True, slots=True)
class RegisteredKey:
    """A key that signs packs.

    Args:
        public: 32 raw bytes.
        retired: it counts no longer, nor does anything that it signed.
    """

    public: bytes
    retired: bool = False


@dataclass(frozen=True, slots=True)
class SignedPack:
    """A pack whose signature holds; `key` is the name of the key, as `key_id` gives it."""

    pack: EvidencePack
    key: str


def sign_pack(pack: Mapping[str, Any], key: Ed25519PrivateKey) -> str:
    """The text of a signed pack.

    Args:
        pack: what `SignedPack.pack` is read from, in plain values.

    Raises:
        ValueError: it is no pack.
    """
    checked = _checked(pack)
    signed_by = key_id(key.public_key())
    signature = key.sign(_message(checked.digest, signed_by)).hex()
    whole = {"pack": dict(pack), "signature": {"key_id": signed_by, "ed25519": signature}}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def read_signed_pack(
    content: bytes, *, keys: Mapping[str, RegisteredKey], uses: Mapping[str, UseTerms], today: date
) -> SignedPack | Refused:
    """The pack in a file, or why it is not taken. Whether it clears anything is for `judge_clearance` to say.

    Args:
        keys: registered ones, by `key_id`.
        uses: registered ones, by id.
    """
    if len(content) > LARGEST_PACK:
        return Refused("evidence.malformed")
    try:
        file = _File.model_validate(_plain(content))
        pack = _checked(file.pack)
    except (ValueError, RecursionError):  # which would quote the file
        return Refused("evidence.malformed")
    key = keys.get(file.signature.key_id)
    named = {"key": file.signature.key_id[:16]}
    if key is None:
        return Refused("evidence.unknown_key", named)
    if key.retired:
        return Refused("evidence.retired_key", named)
    if not _is_signed(pack, file.signature, key):
        return Refused("evidence.signature", named)
    use = uses.get(pack.use)
    if use is None or use.closed or pack.language not in use.languages:
        return Refused("evidence.unknown_use")
    if date.fromisoformat(pack.made_on) > today:
        return Refused("evidence.future", {"date": pack.made_on})
    return SignedPack(pack, file.signature.key_id)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Signature(_Strict):
    key_id: _Hex64
    ed25519: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]


class _File(_Strict):
    pack: dict[str, Any]
    signature: _Signature


class _Measured(_Strict):
    value: _Number
    low: _Number
    high: _Number
    n: _Count
    clusters: _Count
    unit: _Words
    direction: Literal["higher", "lower"]
    dataset: _Words
    method: _Words
    date: _Words
    seed: int
    source: _Words


class _Unmeasured(_Strict):
    unscored: _Words


class _Pack(_Strict):
    use: _Name
    method: _Name
    method_digest: _Hex64
    prompt_digest: _Hex64
    policy_digest: _Hex64
    language: _Name
    made_on: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$")]
    command: _Words
    estimates: Annotated[dict[_Name, _Measured | _Unmeasured], Field(min_length=1, max_length=200)]


_PACK: Final = TypeAdapter(_Pack)


def _checked(value: Mapping[str, Any]) -> EvidencePack:
    """The pack in plain values.

    Raises:
        ValueError: it is none.
    """
    _PACK.validate_python(dict(value))
    return pack_from_json(value)


def _plain(content: bytes) -> Any:
    """The JSON in a file, where each name stands once and each number is one.

    Raises:
        ValueError: it is no such JSON.
    """
    return json.loads(
        content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse, parse_float=_finite
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refuse(_: str) -> Any:
    raise ValueError("no number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("no number")
    return number


def _is_signed(pack: EvidencePack, signature: _Signature, key: RegisteredKey) -> bool:
    try:
        public = Ed25519PublicKey.from_public_bytes(key.public)
        public.verify(bytes.fromhex(signature.ed25519), _message(pack.digest, signature.key_id))
    except (ValueError, InvalidSignature):  # no key, or no signature of it
        return False
    return key_id(public) == signature.key_id


def _message(digest: str, signed_by: str) -> bytes:
    return _DOMAIN + canonical({"pack": digest, "key_id": signed_by})
