"""Making an alert durable before anything is said of it, whatever else breaks."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager
from typing import Final, Protocol

from thirdchair.gateway.desk import Alert
from thirdchair.safeguards.crisis import CrisisReading

ALERT_FROM: Final = 2
"""The rung from which the team is told of a patient's own words: thoughts of suicide (0 to 6)."""

_log: Final = logging.getLogger(__name__)


class AlertDesk(Protocol):
    """A transaction that can keep an alert."""

    def raise_alert(self, alert: Alert, said: str) -> object:
        """Makes the alert durable, with the words that led to it under the patient's key."""
        ...


class AlertClinic(Protocol):
    """Opens transactions that can keep an alert."""

    def transaction(self) -> AbstractContextManager[AlertDesk]:
        """A transaction; what was done inside it is undone if the block raises."""
        ...


def calls_for_alert(reading: CrisisReading) -> bool:
    """Whether a patient's own words are told to the team."""
    return reading.needs_person or reading.level >= ALERT_FROM


def alert_kept(clinic: AlertClinic, alert: Alert, said: str, *, run: str) -> bool:
    """Whether the alert is durable now, in a transaction of its own that nothing later undoes."""
    try:
        with clinic.transaction() as desk:
            desk.raise_alert(alert, said)
    except Exception as error:  # noqa: BLE001 - whatever broke, its message could hold a patient's words
        _log.error("run %s: the alert could not be kept (%s)", run, type(error).__name__)
        return False
    return True


def dangers_of(reading: CrisisReading) -> tuple[str, ...]:
    """The dangers beside suicide that a text states, sorted."""
    return tuple(sorted({danger for danger, stated in reading.risks.items() if stated} | set(reading.acute)))
