"""What a service verified: that a person called a line or opened its page, and when, under the service's signature.

The service signs with the key that signs its trail, made on its own host at first start. Each statement is bound to the
digest of the entry it is about, so an entry that a later release changes has to be verified again. What a signature
shows: this file was written by this service's command and not edited since. What it does *not* show: that the person
really called; nor is an older signed file noticed when it is put back, but dates only grow old. Whoever holds the key
file can sign anything.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from datetime import date
from pathlib import Path
from typing import Annotated, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from thirdchair.crisis.unusable import DirectoryUnusable
from thirdchair.trail.canonical import canonical
from thirdchair.trail.heads import key_id

VERIFICATIONS_FILE: Final = "crisis-verifications.json"

_DOMAIN: Final = b"thirdchair crisis verifications 1\n"
_Hex64 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_Said = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=2, max_length=120, pattern=r"^[^\n]*$")
]


class Verification(BaseModel):
    """One person's word about one entry.

    Args:
        entry: digest of the entry as it was checked.
        by: who checked it, and answers for it from now on.
        method: how, such as "called" or "opened the page".
        on: the day.
        holds: False where the entry turned out wrong; it is then shown to nobody.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    entry: _Hex64
    by: _Said
    method: _Said
    on: date
    holds: bool = True


class SignedVerifications(BaseModel):
    """The latest word about each entry, by its id, under one signature.

    Args:
        key_id: which key signed, as the trail names keys.
        signature: Ed25519, 128 hex digits.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    verifications: dict[str, Verification]
    key_id: _Hex64
    signature: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]


def record(path: Path, key: Ed25519PrivateKey, entry_id: str, word: Verification) -> None:
    """Adds one person's word to the file and signs it again, alone even where two people do so at once.

    Raises:
        DirectoryUnusable: the file there was not signed by this key as it stands.
        OSError: it cannot be written.
    """
    with path.with_suffix(".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        held = read_signed(path, key.public_key())
        if held is None:
            raise DirectoryUnusable(
                f"{path} was changed outside this command, or signed with another key, so nothing is added to it. "
                "Put back the copy you kept, or move the file away and verify the entries again."
            )
        _write(path, _signed({**held, entry_id: word}, key))


def read_signed(path: Path, key: Ed25519PublicKey) -> dict[str, Verification] | None:
    """The verifications in a file, or None where this key did not sign exactly this; no file is no verification."""
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError:
        return None
    try:
        held = SignedVerifications.model_validate_json(text)
        if held.key_id != key_id(key):
            return None
        key.verify(bytes.fromhex(held.signature), _message(held.verifications, held.key_id))
    except (ValidationError, InvalidSignature):
        return None
    return held.verifications


def _signed(verifications: dict[str, Verification], key: Ed25519PrivateKey) -> SignedVerifications:
    signed_by = key_id(key.public_key())
    signature = key.sign(_message(verifications, signed_by)).hex()
    return SignedVerifications(verifications=verifications, key_id=signed_by, signature=signature)


def _write(path: Path, signed: SignedVerifications) -> None:
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with unfinished.open("x", encoding="utf-8") as stream:
            stream.write(signed.model_dump_json(indent=2) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _message(verifications: dict[str, Verification], signed_by: str) -> bytes:
    said = {name: one.model_dump(mode="json") for name, one in verifications.items()}
    return _DOMAIN + canonical({"verifications": said, "key_id": signed_by})
