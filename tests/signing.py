"""Evidence packs made by tests, and keys that sign them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from thirdchair.policy.signed_pack import sign_pack


def made_key() -> Ed25519PrivateKey:
    """A fresh key."""
    return Ed25519PrivateKey.generate()


def public_hex(key: Ed25519PrivateKey) -> bytes:
    """The public key as a file holds it."""
    return key.public_key().public_bytes_raw().hex().encode() + b"\n"


def measured(low: float = 0.99, **changed: Any) -> dict[str, Any]:
    """An estimate in plain values."""
    return {
        "value": max(low, 0.995),
        "low": low,
        "high": 1.0,
        "n": 400,
        "clusters": 400,
        "unit": "share",
        "direction": "higher",
        "dataset": "made by a test",
        "method": "by hand",
        "date": "2026-03-01",
        "seed": 0,
        "source": "none",
    } | changed


def pack_for(
    use_id: str, *, method: str, method_digest: str, language: str = "en", low: float = 0.99, **changed: Any
) -> dict[str, Any]:
    """A pack that meets every requirement of a use as it stands, in plain values."""
    from thirdchair.uses import USES

    use = USES[use_id]
    return {
        "use": use_id,
        "method": method,
        "method_digest": method_digest,
        "prompt_digest": use.prompt_digest,
        "policy_digest": use.digest,
        "language": language,
        "made_on": "2026-03-01",
        "command": "made by a test",
        "estimates": {requirement.measure: measured(low) for requirement in use.requirements},
    } | changed


def signed(pack: dict[str, Any], key: Ed25519PrivateKey) -> bytes:
    """The file of a signed pack."""
    return sign_pack(pack, key).encode()


def written(folder: Path, name: str, content: bytes) -> str:
    """The path of a file with this content."""
    path = folder / name
    path.write_bytes(content)
    return str(path)
