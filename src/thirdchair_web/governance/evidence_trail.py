"""Evidence against the trail: every key and pack that is kept came in by an act that is written there, and none is gone.

Rows that someone wrote into the database by another way have no entry, so they count for nothing (`evidence`), and the
page of the trail names them. What this does *not* catch: someone who can also write the trail and sign its heads.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thirdchair.trail.heads import key_id
from thirdchair_web.governance.models import EvidenceKey, SignedEvidence
from thirdchair_web.trail.models import TrailEntry

_KEY_ADDED: Final = "evidence_key_added"
_KEY_RETIRED: Final = "evidence_key_retired"
_IMPORTED: Final = "evidence_imported"
_WORDS: Final = {
    "key_without_entry": _("The key %(id)s is kept here, and the trail has no entry of its registration."),
    "key_gone": _("The key %(id)s was registered, as the trail says, and is not here any more."),
    "key_changed": _("What is kept as the key %(id)s is another key."),
    "key_revived": _("The key %(id)s was retired, as the trail says, and is kept as one that stands."),
    "key_retired_without_entry": _("The key %(id)s is kept as retired, and the trail has no entry of that."),
    "pack_without_entry": _("The pack %(id)s is kept here, and the trail has no entry of its import."),
    "pack_gone": _("The pack %(id)s was brought in, as the trail says, and is not here any more."),
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the trail says of evidence.

    Args:
        added, retired: ids of keys.
        imported: digest of the pack and id of the key that signed it.
    """

    added: frozenset[str]
    retired: frozenset[str]
    imported: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Stray:
    """Something that is kept and not recorded, or the other way round; `id` is the key's or the pack's digest."""

    what: str
    id: str

    @property
    def words(self) -> str:
        """In the language of the screen."""
        return gettext(str(_WORDS[self.what])) % {"id": f"{self.id[:16]}…"}


def recorded() -> Recorded:
    """What the trail says of evidence now. An entry that cannot be read records nothing."""
    facts: dict[str, list[dict[str, Any]]] = {_KEY_ADDED: [], _KEY_RETIRED: [], _IMPORTED: []}
    for kind, written in TrailEntry.objects.filter(kind__in=facts).values_list("kind", "facts"):
        facts[kind].append(_read(written))
    return Recorded(
        frozenset(str(one.get("key")) for one in facts[_KEY_ADDED]),
        frozenset(str(one.get("key")) for one in facts[_KEY_RETIRED]),
        frozenset((str(one.get("pack")), str(one.get("key"))) for one in facts[_IMPORTED]),
    )


def strays() -> tuple[Stray, ...]:
    """Where the keys and packs that are kept differ from what the trail says of them."""
    written = recorded()
    return (*_stray_keys(written), *_stray_packs(written))


def is_itself(row: EvidenceKey) -> bool:
    """Whether the key that is kept is the one it is named for."""
    try:
        return key_id(Ed25519PublicKey.from_public_bytes(bytes.fromhex(row.public))) == row.key_id
    except ValueError:
        return False


def _stray_keys(written: Recorded) -> Iterator[Stray]:
    kept = {row.key_id: row for row in EvidenceKey.objects.all()}
    yield from (Stray("key_gone", name) for name in sorted(written.added - kept.keys()))
    for name, row in kept.items():
        if name not in written.added:
            yield Stray("key_without_entry", name)
        if not is_itself(row):
            yield Stray("key_changed", name)
        if row.retired_at is None and name in written.retired:
            yield Stray("key_revived", name)
        if row.retired_at is not None and name not in written.retired:
            yield Stray("key_retired_without_entry", name)


def _stray_packs(written: Recorded) -> Iterator[Stray]:
    kept = set(SignedEvidence.objects.values_list("pack", "key_id"))
    yield from (Stray("pack_without_entry", pack) for pack, _key in sorted(kept - written.imported))
    yield from (Stray("pack_gone", pack) for pack, _key in sorted(written.imported - kept))


def _read(written: str) -> dict[str, Any]:
    try:
        found = json.loads(written)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
