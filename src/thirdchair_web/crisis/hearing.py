"""What a patient writes anywhere is heard for danger first: the team is told before anything else happens to the words."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from thirdchair.gateway import Alert
from thirdchair.gateway.alerting import ALERT_FROM, dangers_of
from thirdchair.safeguards.crisis import screen
from thirdchair.uses.answer_question.answering import OFFER_A_PERSON_FROM
from thirdchair_web.crisis.actions import raise_chat_alert
from thirdchair_web.encounters.models import Patient

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Heard:
    """What follows from some words.

    Args:
        shows_card: the crisis card is shown at once.
        alerted: whether the team was told; None where there was nothing to tell.
        could_hear: whether the screen ran. Where it did not, the card is shown and free text is not taken.
    """

    shows_card: bool
    alerted: bool | None
    could_hear: bool = True


def hear(words: str, *, patient: Patient) -> Heard:
    """Screens a patient's own words, and makes the alert durable before it returns. It never raises.

    Call it before the words are kept or used, outside a transaction of your own: an alert outlives what else fails.
    """
    try:
        reading = screen(words)
    except Exception as error:  # noqa: BLE001 - whatever broke, a person is shown the card, and no words are told on
        log.error("the crisis screen could not run (%s)", type(error).__name__)
        return Heard(shows_card=True, alerted=None, could_hear=False)
    calls = reading.needs_person or reading.level >= ALERT_FROM
    shows = calls or reading.level >= OFFER_A_PERSON_FROM
    return Heard(shows_card=shows, alerted=_told(reading, words, patient) if calls else None)


def _told(reading, words: str, patient: Patient) -> bool:
    try:
        raise_chat_alert(Alert(reading.level, dangers_of(reading), ()), words, patient=patient)
    except Exception as error:  # noqa: BLE001 - the person is told truthfully that nobody was told
        log.error("an alert could not be kept (%s)", type(error).__name__)
        return False
    return True
