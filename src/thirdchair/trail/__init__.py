"""The trail: a tamper-evident log of everything AI did and everything people decided about it."""

from thirdchair.trail.anchors import Anchor, append_anchor, read_anchors
from thirdchair.trail.canonical import canonical
from thirdchair.trail.chain import GENESIS, Entry, link
from thirdchair.trail.commitment import Commitment, commit, matches
from thirdchair.trail.event import FACTS, Event, EventKind
from thirdchair.trail.export import verify_export, write_export
from thirdchair.trail.facts import FactType, FactValue, is_identifier, stamp
from thirdchair.trail.heads import (
    CHECKPOINT_EVERY,
    HeadKind,
    HeadSigner,
    SignedHead,
    is_checkpoint,
    key_id,
    verify_head,
)
from thirdchair.trail.store import MemoryTrail, TrailStore
from thirdchair.trail.verification import Broken, Verified, verify

__all__ = [
    "CHECKPOINT_EVERY",
    "FACTS",
    "GENESIS",
    "Anchor",
    "Broken",
    "Commitment",
    "Entry",
    "Event",
    "EventKind",
    "FactType",
    "FactValue",
    "HeadKind",
    "HeadSigner",
    "MemoryTrail",
    "SignedHead",
    "TrailStore",
    "Verified",
    "append_anchor",
    "canonical",
    "commit",
    "is_checkpoint",
    "is_identifier",
    "key_id",
    "link",
    "matches",
    "read_anchors",
    "stamp",
    "verify",
    "verify_export",
    "verify_head",
    "write_export",
]
