"""What every page of the staff shows of the notices that wait, with or without a script."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from django.db import DatabaseError

from thirdchair.errors import TrailBroken
from thirdchair_web.notifying.delivering import mark_shown
from thirdchair_web.notifying.waiting import Shown, waiting_for

MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Banner:
    """The most urgent notices, and how many there are in all."""

    first: tuple[Shown, ...]
    count: int

    @property
    def more(self) -> bool:
        """Whether there are more than are shown."""
        return self.count > len(self.first)


def banner_for(user: Any) -> Banner | None:
    """The banner of a person of the staff, None for others. What it shows counts as shown."""
    if user is None or not user.is_authenticated or user.is_patient:
        return None
    waiting = sorted(waiting_for(user), key=lambda one: (not one.urgent, -one.level, one.number))
    first = tuple(waiting[:MOST])
    if new := [one.number for one in first if one.sent_at is None]:
        with suppress(DatabaseError, TrailBroken):  # the page comes first
            mark_shown(new)
    return Banner(first, len(waiting))
