"""The threads that tell people: one for each channel, so that none waits for another, nor for a draft that is being made."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import Final

from django.db import DatabaseError, close_old_connections

from thirdchair.errors import TrailBroken
from thirdchair_web.notifying.channels import channels
from thirdchair_web.notifying.delivering import deliver_due, tell_the_lead_of_what_nobody_was_told

PAUSE_S: Final = 0.5
WATCH_PAUSE_S: Final = 5.0

log = logging.getLogger(__name__)


def start_telling(stop: threading.Event) -> list[threading.Thread]:
    """Starts them; each ends when told to stop."""
    works: dict[str, tuple[Callable[[], int], float]] = {
        str(name): (partial(deliver_due, name, channel), PAUSE_S) for name, channel in channels().items()
    }
    works["watch"] = (_watch, WATCH_PAUSE_S)
    threads = [
        threading.Thread(target=again_and_again, args=(work, pause_s, stop), name=f"tell {name}", daemon=True)
        for name, (work, pause_s) in works.items()
    ]
    for thread in threads:
        thread.start()
    return threads


def _watch() -> int:
    tell_the_lead_of_what_nobody_was_told()
    return 0


def again_and_again(work: Callable[[], int], pause_s: float, stop: threading.Event) -> None:
    """Works until told to stop, through every fault, and pauses when there was nothing to do.

    Args:
        work: returns how much it did.
        pause_s: seconds.
    """
    done = 0
    while not stop.is_set():
        try:
            done = work()
        except (DatabaseError, TrailBroken) as error:
            # Locked, full or away for a while: the notices wait in it.
            log.warning("telling people was held up: %s", type(error).__name__)
            close_old_connections()
        except Exception as error:  # noqa: BLE001 - whatever it was, the next notice must still go out
            log.error("telling people failed: %s", type(error).__name__)
            close_old_connections()
        stop.wait(0 if done else pause_s)
        done = 0
