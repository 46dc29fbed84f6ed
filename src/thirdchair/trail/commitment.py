"""Commitments: the trail can prove which text was meant without holding it.

The digest goes into the trail; the salt is kept only inside the sealed content it belongs to. Erasing the
content erases the salt, and then nobody can tell by guessing which text the digest stood for.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Commitment:
    """A salted digest of some content.

    Args:
        salt: 32 random bytes; never stored in the open.
        digest: HMAC-SHA256 of the content under the salt, in hex; this is what the trail holds.
    """

    salt: bytes = field(repr=False)
    digest: str


def commit(content: bytes) -> Commitment:
    """A fresh commitment to this content; two for the same content have nothing in common."""
    salt = secrets.token_bytes(32)
    return Commitment(salt, _digest(content, salt))


def matches(content: bytes, commitment: Commitment) -> bool:
    """Whether this is the content that was committed to."""
    return hmac.compare_digest(_digest(content, commitment.salt), commitment.digest)


def _digest(content: bytes, salt: bytes) -> str:
    return hmac.new(salt, content, hashlib.sha256).hexdigest()
