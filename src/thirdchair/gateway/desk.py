"""What the gateway needs of the place it serves: transactions, with the facts of policy, the trail and alerts."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from thirdchair.policy import Moment
from thirdchair.records import Draft
from thirdchair.trail.event import Event


@dataclass(frozen=True, slots=True)
class Alert:
    """A crisis signal in a session.

    Args:
        level: the highest rung of suicide risk, 0 to 6.
        dangers: those beside suicide.
        utterances: where they were said.
    """

    level: int
    dangers: tuple[str, ...]
    utterances: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft as kept: its id and the commitment the trail holds to it."""

    id: str
    commitment: str


class Desk(Protocol):
    """One transaction at the place the gateway serves: what is true now, and the trail it is written into."""

    def moment(self) -> Moment:
        """Everything the decision rests on, as it stands inside this transaction."""
        ...

    def record(self, event: Event) -> None:
        """Appends to the trail, or raises and so undoes the transaction."""
        ...

    def raise_alert(self, alert: Alert) -> None:
        """Makes the alert durable, once per session however often it is called."""
        ...

    def save_draft(self, draft: Draft) -> SavedDraft:
        """Keeps the draft for review, once per run."""
        ...


class Clinic(Protocol):
    """Where the gateway runs: opens transactions."""

    def transaction(self) -> AbstractContextManager[Desk]:
        """A transaction; what was done inside it is undone if the block raises."""
        ...
