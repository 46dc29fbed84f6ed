"""What the job process does: takes over work that a dead worker left, then works the queue until it is empty."""

from __future__ import annotations

import os
import platform
import threading
from typing import Final

from django.db import close_old_connections
from django.db.utils import OperationalError
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker

from thirdchair_web.review.runs import recover_runs

PAUSE_S: Final = 0.5


def work_until(stop: threading.Event) -> None:
    """Works until told to stop. A job in hand is finished first, or taken over by the next worker."""
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{platform.node()[:40]}-{os.getpid()}",
        excluded_queue_names=[],
    )
    while not stop.is_set():
        try:
            recover_runs()
            worker.run()
        except OperationalError:
            # A locked or briefly absent database: the work waits in it.
            close_old_connections()
        stop.wait(PAUSE_S)
