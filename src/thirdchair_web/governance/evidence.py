"""Evidence from outside a release: the keys that may sign it, and bringing it in. Each act is its own trail entry.

A pack is kept byte for byte and verified again whenever it is read, against the keys as they stand then and against the
trail: a row that was changed, that has no entry there, or whose key was retired, opens nothing (`evidence_trail`).
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.db import transaction
from django.db.models import Max

from thirdchair.policy import Refused
from thirdchair.policy.decision import UseRefused
from thirdchair.policy.signed_pack import RegisteredKey, SignedPack, read_signed_pack
from thirdchair.trail.heads import key_id
from thirdchair.uses import USES
from thirdchair_web.accounts.models import Role, User
from thirdchair_web.clock import now
from thirdchair_web.governance.evidence_trail import Recorded, is_itself, recorded
from thirdchair_web.governance.models import EvidenceKey, SignedEvidence
from thirdchair_web.trail.actions import record

KEEPERS: Final = frozenset({Role.SERVICE_LEAD, Role.SAFETY_OFFICER})
"""Who may say whose signature counts."""
BRINGERS: Final = KEEPERS | {Role.EVALUATOR}
"""Who may bring in a pack. An evaluator who measures does not also choose who is believed."""


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """A pack as it was brought in, and whether its signature holds now."""

    row: SignedEvidence
    outcome: SignedPack | Refused


@transaction.atomic
def register_key(content: bytes, *, holder: str, by: User) -> EvidenceKey:
    """Lets a key sign evidence from now on.

    Args:
        content: of a file with the public key, in hex or PEM.
        holder: who signs with it, as the page of a use names them.

    Raises:
        UseRefused: it is no public key, was registered before, or this account may not.
    """
    _refuse_unless(by, KEEPERS)
    public = _public_key(content)
    name = key_id(public)
    if EvidenceKey.objects.filter(pk=name).exists():
        raise UseRefused(Refused("evidence.key_known"))
    record(kind="evidence_key_added", actor=by.identifier, facts={"key": name})
    return EvidenceKey.objects.create(
        key_id=name,
        public=public.public_bytes_raw().hex(),
        holder=holder,
        added_by=by,
        added_at=now(),
        changed=_next_change(),
    )


@transaction.atomic
def retire_key(name: str, *, by: User) -> EvidenceKey:
    """Ends a key for good: nothing that it signed counts any more, so uses that rested on it close at once.

    Args:
        name: the key's, or the beginning of it.

    Raises:
        UseRefused: no single key that stands begins so, or this account may not.
    """
    _refuse_unless(by, KEEPERS)
    found = list(EvidenceKey.objects.select_for_update().filter(key_id__startswith=name, retired_at=None)[:2])
    if len(found) != 1 or not name:
        raise UseRefused(Refused("evidence.no_key"))
    (row,) = found
    record(kind="evidence_key_retired", actor=by.identifier, facts={"key": row.key_id})
    row.retired_at, row.retired_by = now(), by
    row.changed, row.stamp = _next_change(), uuid.uuid4()
    row.save()
    return row


def import_pack(content: bytes, *, by: User) -> SignedEvidence:
    """Keeps a signed pack. Whether it opens anything is judged at every call; one for another digest is kept as stale.

    Raises:
        UseRefused: the signature does not hold, the key does not count, it is malformed or here already, or this account
            may not. The refusal is in the trail.
    """
    from thirdchair.policy import Cleared
    from thirdchair_web.governance.methods import judged_alone  # which reads what is kept here

    _refuse_unless(by, BRINGERS)
    found = read(content)
    if isinstance(found, SignedPack) and _is_here(found):
        found = Refused("evidence.known")
    if isinstance(found, Refused):
        _note_refusal(content, found, by)
        raise UseRefused(found)
    pack = found.pack
    with transaction.atomic():
        record(
            kind="evidence_imported",
            actor=by.identifier,
            facts={
                "pack": pack.digest,
                "key": found.key,
                "use": pack.use,
                "method": pack.method,
                "language": pack.language,
                "method_digest": pack.method_digest,
                "prompt_digest": pack.prompt_digest,
                "policy_digest": pack.policy_digest,
                "opens": isinstance(judged_alone(pack), Cleared),
            },
        )
        return SignedEvidence.objects.create(
            pack=pack.digest, key_id=found.key, content=content, imported_by=by, imported_at=now()
        )


def read(content: bytes) -> SignedPack | Refused:
    """The pack in a file under the keys as they stand, or why it is not taken."""
    return read_signed_pack(content, keys=_keys(recorded()), uses=_terms(), today=now().date())


def read_brought_in() -> tuple[BroughtIn, ...]:
    """Every pack that was brought in, verified now."""
    written, uses, today = recorded(), _terms(), now().date()
    keys = _keys(written)
    rows = SignedEvidence.objects.select_related("key", "key__added_by", "imported_by")
    read_now = (
        (row, read_signed_pack(bytes(row.content), keys=keys, uses=uses, today=today)) for row in rows
    )
    return tuple(BroughtIn(row, _as_brought_in(row, found, written)) for row, found in read_now)


def _as_brought_in(
    row: SignedEvidence, found: SignedPack | Refused, written: Recorded
) -> SignedPack | Refused:
    """What was read, unless it is another pack than the one the row and the trail name."""
    if isinstance(found, SignedPack) and (row.pack, row.key_id) not in written.imported:
        return Refused("evidence.not_in_trail")
    if isinstance(found, SignedPack) and (found.pack.digest, found.key) != (row.pack, row.key_id):
        return Refused("evidence.signature", {"key": row.key_id[:16]})
    return found


def _keys(written: Recorded) -> dict[str, RegisteredKey]:
    """The keys that count: those whose registration is in the trail. A row that was spoiled closes what it signed."""
    return {
        row.key_id: RegisteredKey(
            bytes.fromhex(row.public) if is_itself(row) else b"",
            retired=row.retired_at is not None or row.key_id in written.retired,
        )
        for row in EvidenceKey.objects.all()
        if row.key_id in written.added
    }


def _terms():
    return {use.id: use.terms for use in USES.values()}


def _is_here(found: SignedPack) -> bool:
    return SignedEvidence.objects.filter(pack=found.pack.digest, key_id=found.key).exists()


@transaction.atomic
def _note_refusal(content: bytes, refused: Refused, by: User) -> None:
    record(
        kind="evidence_refused",
        actor=by.identifier,
        facts={"file": hashlib.sha256(content).hexdigest(), "rule": refused.rule},
    )


def _refuse_unless(by: User, roles: frozenset[str]) -> None:
    if by.role not in roles or not by.is_active:
        raise UseRefused(Refused("evidence.who"))


def _public_key(content: bytes) -> Ed25519PublicKey:
    try:
        if b"BEGIN PUBLIC KEY" in content:
            found = load_pem_public_key(content)
        else:
            found = Ed25519PublicKey.from_public_bytes(bytes.fromhex(content.decode("ascii").strip()))
    except ValueError:
        found = None
    if not isinstance(found, Ed25519PublicKey):
        raise UseRefused(Refused("evidence.not_a_key"))
    return found


def _next_change() -> int:
    return (EvidenceKey.objects.aggregate(last=Max("changed"))["last"] or 0) + 1
