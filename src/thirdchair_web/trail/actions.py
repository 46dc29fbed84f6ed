"""Writing to the trail by name."""

from __future__ import annotations

from collections.abc import Mapping

from thirdchair.trail.chain import Entry
from thirdchair.trail.event import Event, EventKind
from thirdchair_web.trail import store


def record(
    *,
    kind: EventKind | str,
    actor: str,
    subject: str | None = None,
    facts: Mapping[str, str | int | bool | list[str] | None] | None = None,
) -> Entry:
    """Appends one event inside the caller's transaction."""
    return store.append(Event(kind=EventKind(kind), actor=actor, subject=subject, facts=facts or {}))
