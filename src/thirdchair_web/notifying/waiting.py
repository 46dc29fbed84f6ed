"""What waits for a person, as a screen shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from thirdchair_web.accounts.models import User
from thirdchair_web.notifying.channels import page_of
from thirdchair_web.notifying.delivering import waiting_by
from thirdchair_web.notifying.models import ChannelName, Delivery, Why


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice on a screen.

    Args:
        number: of its delivery to the screen; it rises from round to round.
        notice: number of the notice.
        words: why the person is needed, in their language.
        level: 0 to 6.
        path: of the page it is about.
        urgent: whether it is about a crisis.
        sent_at: when it was on a screen first; None if it was not yet.
    """

    number: int
    notice: int
    words: str
    level: int
    path: str
    urgent: bool
    sent_at: datetime | None

    def as_json(self) -> dict[str, Any]:
        """What the browser is sent."""
        return {
            "notice": self.notice,
            "words": self.words,
            "path": self.path,
            "urgent": self.urgent,
        }


def waiting_for(person: User) -> tuple[Shown, ...]:
    """What waits for one person, oldest first."""
    return tuple(_shown(one) for one in waiting_by(ChannelName.IN_APP).filter(notice__person=person))


def waiting_for_all() -> Mapping[int, tuple[Shown, ...]]:
    """What waits for each person, by the number of the account."""
    held: defaultdict[int, list[Shown]] = defaultdict(list)
    for one in waiting_by(ChannelName.IN_APP):
        held[one.notice.person_id].append(_shown(one))
    return {person: tuple(shown) for person, shown in held.items()}


def _shown(delivery: Delivery) -> Shown:
    notice, why = delivery.notice, Why(delivery.notice.why)
    with translation.override(notice.person.language or translation.get_language() or "en"):
        words = str(why.label)
        if notice.level:
            words = _("%(why)s (level %(level)d of 6)") % {"why": words, "level": notice.level}
    return Shown(
        number=delivery.id,
        notice=notice.id,
        words=words,
        level=notice.level,
        path=page_of(notice),
        urgent=why.is_urgent,
        sent_at=delivery.sent_at,
    )
