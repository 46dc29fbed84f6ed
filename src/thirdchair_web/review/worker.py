"""What the job process does: takes over work that a dead worker left, then works the queue, one job at a time."""

from __future__ import annotations

import logging
import os
import platform
import threading
from time import monotonic
from typing import Final

from django.db import close_old_connections, connections
from django.db.utils import OperationalError
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from thirdchair_web.crisis.calling import catch_up
from thirdchair_web.encounters.actions import forget_old_pages
from thirdchair_web.notifying.worker import again_and_again
from thirdchair_web.review.consents_due import look_over_consents
from thirdchair_web.review.runs import recover_runs

log = logging.getLogger(__name__)

PAUSE_S: Final = 0.5
LOOK_AT_ALERTS_EVERY_S: Final = 1.0
LOOK_OVER_CONSENTS_EVERY_S: Final = 3600.0


def work_until(stop: threading.Event) -> None:
    """Works until told to stop. A job in hand is finished first, or taken over by the next worker."""
    threading.Thread(target=_call_people_until, args=[stop], name="alerts", daemon=True).start()
    first, looked_over_at = True, float("-inf")
    while not stop.is_set():
        try:
            if first:
                # A process that died in the middle of an erasure may have left the old key's pages behind.
                forget_old_pages()
                first = False
            recover_runs()
            if monotonic() - looked_over_at >= LOOK_OVER_CONSENTS_EVERY_S:
                _look_over_consents()
                looked_over_at = monotonic()
            _work_one_job()
            waiting = DBTaskResult.objects.ready().exists()
        except OperationalError:
            # A locked or briefly absent database: the work waits in it.
            close_old_connections()
            waiting = False
        if not waiting:
            stop.wait(PAUSE_S)


def _call_people_until(stop: threading.Event) -> None:
    """Does what the clocks of the alerts ask for. Beside the jobs, so that a long one delays no call, and through every fault."""
    again_and_again(lambda: min(catch_up(), 0), LOOK_AT_ALERTS_EVERY_S, stop)
    connections.close_all()


def _look_over_consents() -> None:
    try:
        look_over_consents()
    except OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 - one record that cannot be read holds up neither the alerts nor the queue
        log.error("consents could not be looked over: %s", type(error).__name__)


def _work_one_job() -> None:
    # One at a time, so that a long queue delays neither stopping nor taking over.
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=1,
        worker_id=f"{platform.node()[:40]}-{os.getpid()}",
        excluded_queue_names=[],
    ).run()
