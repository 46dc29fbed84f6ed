"""Content at rest: sealed with a key of its patient, so that destroying the key erases the content.

AES-256-GCM throughout. The master key wraps one content key for each patient; a content key seals what is
kept about that patient, bound to the row it belongs to. What this does *not* protect: content while it is
open in memory, its length, and copies of wrapped keys in backups, which an erasure must reach too.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from thirdchair.errors import ContentErased, ThirdchairError

KEY_BYTES: Final = 32

_NONCE_BYTES: Final = 12
_SEALED: Final = b"TCS1"
_WRAPPED: Final = b"TCK1"
_IDENTIFIER: Final = r"[A-Za-z0-9._:-]{1,80}"
_CONTEXT: Final = re.compile(f"{_IDENTIFIER}/{_IDENTIFIER}/{_IDENTIFIER}")


class ContentUnreadable(ThirdchairError):
    """Sealed content or a wrapped key that does not open: changed, moved, or sealed with another key."""


class KeyFileUnusable(ThirdchairError):
    """A key file that is missing its key, open to others, or cannot be made; says the remedy."""


def new_content_key() -> bytes:
    """A fresh key for one patient's content: 32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def wrap_key(master: bytes, key: bytes, *, patient: str) -> bytes:
    """A content key sealed under the master key, for this patient only."""
    return _encrypt(master, _checked_key(key), prefix=_WRAPPED, bound_to=patient)


def unwrap_key(master: bytes, wrapped: bytes | None, *, patient: str) -> bytes:
    """The content key that `wrap_key` sealed.

    Args:
        wrapped: None once the key was destroyed.

    Raises:
        ContentErased: the key was destroyed.
        ContentUnreadable: it was changed, is another patient's, or the master key is another.
    """
    if wrapped is None:
        raise ContentErased("The key of this content was destroyed, so the content is gone.")
    return _checked_key(_decrypt(master, wrapped, prefix=_WRAPPED, bound_to=patient))


def seal(key: bytes | None, plaintext: bytes, *, context: str) -> bytes:
    """Content sealed under a patient's key.

    Args:
        key: 32 bytes, or None once it was destroyed: nothing new is kept about that patient.
        context: "patient/kind/id" of the row; the content opens nowhere else.

    Raises:
        ContentErased: the key was destroyed.
        ValueError: the context does not have three identifiers.
    """
    return _encrypt(_present(key), plaintext, prefix=_SEALED, bound_to=_checked_context(context))


def unseal(key: bytes | None, sealed: bytes, *, context: str) -> bytes:
    """The content that `seal` sealed.

    Raises:
        ContentErased: the key was destroyed.
        ContentUnreadable: it was changed, moved to another row, or sealed with another key.
        ValueError: the context does not have three identifiers.
    """
    return _decrypt(_present(key), sealed, prefix=_SEALED, bound_to=_checked_context(context))


def load_or_make_master_key(path: Path) -> bytes:
    """The service's master key, made at first start. Losing the file loses all content: keep a copy apart.

    Raises:
        KeyFileUnusable: the file is open to others, is no key, or cannot be made.
    """
    return _load_or_make(path, new_content_key)


def load_or_make_signing_key(path: Path) -> Ed25519PrivateKey:
    """The key that signs the trail, made at first start.

    Raises:
        KeyFileUnusable: the file is open to others, is no key, or cannot be made.
    """
    return Ed25519PrivateKey.from_private_bytes(
        _load_or_make(path, lambda: Ed25519PrivateKey.generate().private_bytes_raw())
    )


def _encrypt(key: bytes, plaintext: bytes, *, prefix: bytes, bound_to: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return prefix + nonce + AESGCM(_checked_key(key)).encrypt(nonce, plaintext, prefix + bound_to.encode())


def _decrypt(key: bytes, sealed: bytes, *, prefix: bytes, bound_to: str) -> bytes:
    version, rest = sealed[: len(prefix)], sealed[len(prefix) :]
    if version != prefix or len(rest) < _NONCE_BYTES:
        raise ContentUnreadable("This is not sealed in a form that this version opens.")
    try:
        return AESGCM(_checked_key(key)).decrypt(
            rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], prefix + bound_to.encode()
        )
    except InvalidTag:
        raise ContentUnreadable(
            "Sealed content does not open: it was changed or moved, or the key is another."
        ) from None


def _present(key: bytes | None) -> bytes:
    if key is None:
        raise ContentErased("The key of this content was destroyed, so the content is gone.")
    return key


def _checked_key(key: bytes) -> bytes:
    if len(key) != KEY_BYTES:  # AES-GCM would take 16 bytes too, and quietly be AES-128
        raise ValueError(f"a key has {KEY_BYTES} bytes")
    return key


def _checked_context(context: str) -> str:
    if _CONTEXT.fullmatch(context) is None:
        raise ValueError("a context is patient/kind/id, each an identifier")
    return context


def _load_or_make(path: Path, make: Callable[[], bytes]) -> bytes:
    try:
        if not path.exists():
            _make(path, make())
        return _load(path)
    except OSError as error:
        raise KeyFileUnusable(
            f"The key file {path} could not be read or made ({error.strerror}). "
            "Give the service its own folder that it can write to."
        ) from None


def _make(path: Path, key: bytes) -> None:
    """Puts a whole key file in place, or leaves the one that another process put there first.

    Linking a finished file is what makes it safe: creating the file in place and then writing would let a
    second start read it empty, and a crash between the two would leave it empty for good.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(key)
            stream.flush()
            os.fsync(stream.fileno())
        os.link(unfinished, path)
        _sync_folder(path.parent)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink(missing_ok=True)


def _load(path: Path) -> bytes:
    with path.open("rb") as stream:
        status = os.fstat(stream.fileno())
        if stat.S_IMODE(status.st_mode) & 0o077:
            raise KeyFileUnusable(f"Others can open the key file {path}. Close it: chmod 600 {path}")
        key = stream.read(KEY_BYTES + 1)
    if len(key) != KEY_BYTES:
        raise KeyFileUnusable(
            f"The key file {path} holds no key of {KEY_BYTES} bytes. Put back the copy you kept: "
            "what was sealed with it opens with no other."
        )
    return key


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
