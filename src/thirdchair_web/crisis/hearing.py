"""A free text, read for danger before anything else is done with it: a patient's, or that of a carer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from thirdchair.gateway import Alert
from thirdchair.gateway.alerting import ALERT_FROM, dangers_of
from thirdchair.gateway.guarding import guarded
from thirdchair.safeguards.crisis import CrisisReading, Whose, screen
from thirdchair.uses.answer_question.answering import OFFER_A_PERSON_FROM
from thirdchair_web.crisis.actions import raise_chat_alert
from thirdchair_web.encounters.models import Patient

KeepAlert = Callable[[Alert, str], object]
"""Makes an alert durable, with the words that led to it."""

_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Heard:
    """What follows from some words.

    Args:
        shows_card: the crisis card is shown at once.
        alerted: whether the team was told; None where there was nothing to tell.
        could_hear: whether the screen ran. Where it did not, the card is shown and free text is not taken.
        of_another: whether they speak of danger to somebody else.
    """

    shows_card: bool
    alerted: bool | None
    could_hear: bool = True
    of_another: bool = False


NOTHING_SAID: Final = Heard(shows_card=False, alerted=None)


def hear(words: str, *, patient: Patient) -> Heard:
    """A patient's own words, screened; an alert is durable before it returns. It never raises.

    Call it before the words are kept or used, outside a transaction of your own: an alert outlives what else fails.
    """
    return hear_for(words, lambda alert, said: raise_chat_alert(alert, said, patient=patient))


def hear_for(words: str, keep_alert: KeepAlert) -> Heard:
    """The words of whoever `keep_alert` keeps a signal for; otherwise as `hear`."""
    try:
        reading = guarded(lambda: screen(words))
    except Exception as error:  # noqa: BLE001 - whatever broke, a person is shown the card, and no words are told on
        _log.error("the crisis screen could not run: %s", type(error).__name__)
        return Heard(shows_card=True, alerted=None, could_hear=False)
    tells = reading.needs_person or reading.level >= ALERT_FROM
    alert = Alert(reading.level, dangers_of(reading), ())
    return Heard(
        shows_card=tells or reading.level >= OFFER_A_PERSON_FROM,
        alerted=_kept(alert, words, keep_alert) if tells else None,
        of_another=of_another(reading),
    )


def screen_runs() -> bool:
    """Whether the crisis screen can read a text now. Where it cannot, no free text is taken."""
    try:
        guarded(lambda: screen("Hello."))
    except Exception:  # noqa: BLE001 - whatever it is, the answer is no
        return False
    return True


def of_another(reading: CrisisReading) -> bool:
    """Whether the words speak of danger to somebody else than the writer."""
    return any(span.whose is Whose.THIRD_PARTY and not span.negated for span in reading.spans)


def _kept(alert: Alert, words: str, keep_alert: KeepAlert) -> bool:
    try:
        keep_alert(alert, words)
    except Exception as error:  # noqa: BLE001 - the person is shown the card all the same, and told the truth
        _log.error("an alert could not be kept: %s", type(error).__name__)
        return False
    return True
