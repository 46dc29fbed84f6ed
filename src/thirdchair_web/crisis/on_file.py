"""What other parts of the service have on file for whoever answers an alert, such as the patient's safety plan.

Those parts lie above this one, so they offer it: in their `AppConfig.ready`, `on_file.OFFERS.append(their_function)`. The
function gets the patient and the member of staff who answers. It gives nothing that the patient's consent does not allow.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from thirdchair_web.accounts.models import User
from thirdchair_web.encounters.models import Patient

log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OnFile:
    """Something on file.

    Args:
        title: what it is, in the language of the screen.
        parts: headings with their lines.
    """

    title: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]


Offer = Callable[[Patient, User], OnFile | None]
OFFERS: Final[list[Offer]] = []


def on_file(patient: Patient, *, reader: User) -> list[OnFile]:
    """What is on file for this patient. What cannot be read is left out: the words and the way to accept come first."""
    found = []
    for offer in OFFERS:
        try:
            found.append(offer(patient, reader))
        except Exception as error:  # noqa: BLE001 - an alert page opens whatever else is broken
            log.error("something on file could not be shown (%s)", type(error).__name__)
    return [one for one in found if one is not None]
