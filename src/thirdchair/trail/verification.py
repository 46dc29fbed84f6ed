"""Whether a trail is whole: no entry edited, dropped, moved, inserted or cut off at either end.

Memory does not grow with the trail. What this does *not* catch without anchors: the whole trail put back as it
was on an earlier day, with the heads of that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from thirdchair.errors import TrailBroken
from thirdchair.trail.anchors import Anchor
from thirdchair.trail.chain import GENESIS, Entry
from thirdchair.trail.heads import HeadKind, SignedHead, is_checkpoint, key_id, verify_head


@dataclass(frozen=True, slots=True)
class Verified:
    """The trail is whole.

    Args:
        count: entries.
        head: digest of the last one.
        checkpoints: how many were found good.
        key_id: the key that signed. Compare it with the one you were given: anyone can sign with their own.
        anchors: how many agreed; 0 when none were given.
    """

    count: int
    head: str
    checkpoints: int
    key_id: str
    anchors: int = 0


@dataclass(frozen=True, slots=True)
class Broken:
    """The trail is not whole.

    Args:
        seq: the entry where it was noticed, or None before the first.
        problem: what was noticed, in plain words, without quoting the trail.
        line: 1-based line of the export, or None where there is no export.
    """

    seq: int | None
    problem: str
    line: int | None = None


class Discrepancy(TrailBroken):
    """Something in a trail that should not be; `problem` says what, `seq` at which entry."""

    def __init__(self, problem: str, *, seq: int | None = None) -> None:
        self.problem = problem
        self.seq = seq
        super().__init__(problem)


def verify(
    entries: Iterable[Entry],
    *,
    heads: Iterable[SignedHead],
    public_key: Ed25519PublicKey,
    anchors: Iterable[Anchor] = (),
) -> Verified | Broken:
    """Whether these entries and heads, read at one moment, are a whole trail.

    Args:
        entries: in order. An iterator that meets a row it cannot read raises TrailBroken or ValueError.
        heads: ordered by entry, a checkpoint before the current head.
        public_key: the service's.
        anchors: in order; opened before the entries were read, or a newer anchor looks like a cut.
    """
    seq = 0
    try:
        check = ChainCheck(public_key, anchors)
        for item in interleave(entries, heads):
            seq = item.seq
            check.take(item)
        return check.finish()
    except Discrepancy as found:
        return Broken(found.seq, found.problem)
    except TrailBroken as error:
        return Broken(seq or None, str(error))
    except ValueError:
        return Broken(seq + 1, "The next entry or head cannot be read.")


def interleave(entries: Iterable[Entry], heads: Iterable[SignedHead]) -> Iterator[Entry | SignedHead]:
    """Each head right after the entry it signs; heads past the last entry come last."""
    waiting = iter(heads)
    head = next(waiting, None)
    for entry in entries:
        yield entry
        while head is not None and head.seq <= entry.seq:
            yield head
            head = next(waiting, None)
    if head is not None:
        yield head
        yield from waiting


class ChainCheck:
    """Takes entries and heads one at a time and raises Discrepancy at the first that does not fit."""

    def __init__(self, public_key: Ed25519PublicKey, anchors: Iterable[Anchor] = ()) -> None:
        self.seq = 0
        self.heads = 0
        self._public_key = public_key
        self._digest: str = GENESIS
        self._at = ""
        self._signed: tuple[HeadKind, ...] = ()
        self._checkpoints = 0
        self._anchors = iter(anchors)
        self._anchor = next(self._anchors, None)
        self._anchors_met = 0

    def take(self, item: Entry | SignedHead) -> None:
        """Checks the next entry or head.

        Raises:
            Discrepancy: it does not fit what came before.
        """
        if isinstance(item, Entry):
            self._take_entry(item)
        else:
            self._take_head(item)

    def finish(self) -> Verified:
        """The verdict, once everything was taken.

        Raises:
            Discrepancy: something that should have followed is missing.
        """
        if self.seq == 0:
            raise Discrepancy("The trail is empty.")
        self._leave_entry()
        if HeadKind.CURRENT not in self._signed:
            raise Discrepancy("The last entry is not signed as the last.", seq=self.seq)
        if self._anchor is not None:
            raise Discrepancy("The anchors reach past the last entry: the trail was cut.", seq=self.seq)
        return Verified(
            self.seq, self._digest, self._checkpoints, key_id(self._public_key), self._anchors_met
        )

    def _take_entry(self, entry: Entry) -> None:
        self._leave_entry()
        if HeadKind.CURRENT in self._signed:
            raise Discrepancy("An entry follows the one signed as the last.", seq=entry.seq)
        if entry.seq != self.seq + 1:
            raise Discrepancy(f"Entry {self.seq + 1} should stand here.", seq=entry.seq)
        if entry.previous != self._digest:
            raise Discrepancy("It does not follow from the entry before.", seq=entry.seq)
        if entry.digest != entry.true_digest():
            raise Discrepancy("It was changed after it was written.", seq=entry.seq)
        self.seq, self._digest, self._at, self._signed = entry.seq, entry.digest, entry.at, ()
        self._compare_anchor()

    def _take_head(self, head: SignedHead) -> None:
        if head.seq != self.seq:
            raise Discrepancy(f"A head signs entry {head.seq}, which is not here.", seq=self.seq or None)
        if (head.digest, head.at) != (self._digest, self._at):
            raise Discrepancy("The signed head is of another entry.", seq=self.seq)
        if self._signed and (head.kind, self._signed) != (HeadKind.CURRENT, (HeadKind.CHECKPOINT,)):
            raise Discrepancy("A head stands twice or out of order.", seq=self.seq)
        if head.kind is HeadKind.CHECKPOINT and not is_checkpoint(head.seq):
            raise Discrepancy("A checkpoint stands where none is made.", seq=self.seq)
        if not verify_head(head, self._public_key):
            raise Discrepancy("The signature of this head does not hold.", seq=self.seq)
        self._signed = (*self._signed, head.kind)
        self.heads += 1
        self._checkpoints += head.kind is HeadKind.CHECKPOINT

    def _leave_entry(self) -> None:
        if self.seq and is_checkpoint(self.seq) and HeadKind.CHECKPOINT not in self._signed:
            raise Discrepancy("The checkpoint of this entry is missing.", seq=self.seq)

    def _compare_anchor(self) -> None:
        if self._anchor is None or self._anchor.seq != self.seq:
            return
        if self._anchor.digest != self._digest:
            raise Discrepancy("It is not the entry that was anchored.", seq=self.seq)
        self._anchors_met += 1
        self._anchor = next(self._anchors, None)
