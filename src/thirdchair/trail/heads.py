"""Signed heads: the service's word that the trail reached an entry, with everything before it.

Every 64th entry gets a checkpoint, which is kept. The newest entry always has a current head, which the next
append replaces. The two are signed as different statements: otherwise a trail cut back to a checkpoint, with
the later heads thrown away, would look whole.

Not caught here: someone who kept an old current head and puts back the trail of that day. Anchors kept
outside the database catch that. A holder of the signing key can write anything; keep it apart.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from thirdchair.trail.canonical import canonical
from thirdchair.trail.chain import Entry
from thirdchair.trail.facts import is_count, is_digest, is_time

CHECKPOINT_EVERY: Final = 64

_DOMAIN: Final = b"thirdchair trail head 1\n"
_SIGNATURE: Final = re.compile(r"[0-9a-f]{128}")


class HeadKind(StrEnum):
    """What a head says: the trail passed here, or the trail ends here."""

    CHECKPOINT = "checkpoint"
    CURRENT = "current"


@dataclass(frozen=True, slots=True)
class SignedHead:
    """An entry under the service's signature.

    Args:
        seq: the entry it signs.
        digest: that entry's digest.
        at: that entry's time.
        kind: checkpoint or current.
        key_id: which key signed, as `key_id` names it.
        signature: Ed25519, 128 hex digits.

    Raises:
        ValueError: a part has the wrong shape. Whether the signature holds is for `verify_head` to say.
    """

    seq: int
    digest: str
    at: str
    kind: HeadKind
    key_id: str
    signature: str

    def __post_init__(self) -> None:
        if not is_count(self.seq) or self.seq == 0 or not is_time(self.at):
            raise ValueError("a head names an entry and its time")
        if not (is_digest(self.digest) and is_digest(self.key_id)):
            raise ValueError("a head has the digests of an entry and of a key")
        if _SIGNATURE.fullmatch(self.signature) is None:
            raise ValueError("a signature is 128 hex digits")

    def as_json(self) -> dict[str, Any]:
        """Plain values, as they are exported."""
        return _signed(self.seq, self.digest, self.at, self.kind, self.key_id) | {"signature": self.signature}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> SignedHead:
        """The head that `as_json` wrote.

        Raises:
            ValueError: a part is missing or has the wrong shape.
        """
        try:
            return cls(
                seq=value["seq"],
                digest=value["digest"],
                at=value["at"],
                kind=_known_kind(value["kind"]),
                key_id=value["key_id"],
                signature=value["signature"],
            )
        except (KeyError, TypeError):
            raise ValueError("a head lacks a part") from None


class HeadSigner:
    """Signs heads with the service's private key."""

    def __init__(self, private_key: Ed25519PrivateKey) -> None:
        self._private_key = private_key
        self.public_key = private_key.public_key()
        self.key_id = key_id(self.public_key)

    def heads_due(self, entry: Entry) -> tuple[SignedHead, ...]:
        """The heads to keep once this entry is the newest: a checkpoint where due, then the current one."""
        kinds = [HeadKind.CHECKPOINT] if is_checkpoint(entry.seq) else []
        return tuple(self._sign(entry, kind) for kind in (*kinds, HeadKind.CURRENT))

    def _sign(self, entry: Entry, kind: HeadKind) -> SignedHead:
        message = _message(entry.seq, entry.digest, entry.at, kind, self.key_id)
        signature = self._private_key.sign(message).hex()
        return SignedHead(entry.seq, entry.digest, entry.at, kind, self.key_id, signature)


def verify_head(head: SignedHead, public_key: Ed25519PublicKey) -> bool:
    """Whether this key signed exactly this head."""
    if head.key_id != key_id(public_key):
        return False
    message = _message(head.seq, head.digest, head.at, head.kind, head.key_id)
    try:
        public_key.verify(bytes.fromhex(head.signature), message)
    except InvalidSignature:
        return False
    return True


def key_id(public_key: Ed25519PublicKey) -> str:
    """The name of a key: SHA-256 of its 32 raw bytes, in hex."""
    return hashlib.sha256(public_key.public_bytes_raw()).hexdigest()


def is_checkpoint(seq: int) -> bool:
    """Whether the entry with this number gets a checkpoint."""
    return seq % CHECKPOINT_EVERY == 0


def _known_kind(name: object) -> HeadKind:
    try:
        return HeadKind(name)
    except ValueError:  # which would quote the name
        raise ValueError("a head is a checkpoint or current") from None


def _message(seq: int, digest: str, at: str, kind: HeadKind, signed_by: str) -> bytes:
    return _DOMAIN + canonical(_signed(seq, digest, at, kind, signed_by))


def _signed(seq: int, digest: str, at: str, kind: HeadKind, signed_by: str) -> dict[str, Any]:
    return {"seq": seq, "digest": digest, "at": at, "kind": str(kind), "key_id": signed_by}
