"""The process that runs jobs, and the supervisor that keeps it running beside the web server.

The worker holds one end of a pipe and leaves when the other end closes. So however the server ends, killed
outright included, no worker is left behind.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

WORKER: Final = (sys.executable, "-m", "thirdchair_web.project.job_worker")
LONGEST_PAUSE_S: Final = 30.0
TIME_TO_FINISH_S: Final = 10.0


@contextmanager
def supervised(
    command: Sequence[str] = WORKER,
    *,
    environment: Mapping[str, str] | None = None,
    on_restart: Callable[[int], None] = lambda code: None,
    first_pause_s: float = 1.0,
) -> Iterator[Supervisor]:
    """Keeps a process running for as long as the block lasts, then ends it.

    Args:
        command: what to run.
        environment: its environment; None is this process's own.
        on_restart: told the exit status whenever it ended by itself.
        first_pause_s: seconds before a restart; doubles each time, up to 30.
    """
    supervisor = Supervisor(command, environment, on_restart, first_pause_s)
    supervisor.start()
    try:
        yield supervisor
    finally:
        supervisor.stop()


class Supervisor(threading.Thread):
    """Starts a process, starts it again when it ends, and ends it when told to stop."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str] | None,
        on_restart: Callable[[int], None],
        first_pause_s: float,
    ) -> None:
        super().__init__(name="job-worker supervisor", daemon=True)
        self._command = list(command)
        self._environment = environment
        self._on_restart = on_restart
        self._pause_s = first_pause_s
        self._stopping = threading.Event()
        self._guard = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Run the process until told to stop."""
        while (process := self._launched()) is not None:
            code = process.wait()
            process.stdin.close()
            if self._stopping.is_set():
                return
            self._on_restart(code)
            self._stopping.wait(self._pause_s)
            self._pause_s = min(self._pause_s * 2, LONGEST_PAUSE_S)

    def stop(self) -> None:
        """End the process: first by asking, after ten seconds by force. A job it leaves is taken up again."""
        with self._guard:
            self._stopping.set()
            process = self.process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(TIME_TO_FINISH_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self.join()

    def _launched(self) -> subprocess.Popen[bytes] | None:
        with self._guard:
            if self._stopping.is_set():
                return None
            self.process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                env=self._environment,
                # In a session of its own, so Ctrl-C reaches the server alone, which then stops the worker.
                start_new_session=True,
            )
            return self.process


def work() -> None:
    """Take jobs from the queue and tell people who are needed, until told to end, or until the server is gone."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thirdchair_web.project.settings")
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: stop.set())
    threading.Thread(target=_stop_when_the_server_is_gone, args=[stop], daemon=True).start()
    django.setup()
    from thirdchair_web.notifying.worker import start_telling
    from thirdchair_web.review.worker import work_until

    start_telling(stop)
    work_until(stop)


def _stop_when_the_server_is_gone(stop: threading.Event) -> None:
    # Unbuffered: a buffered reader that still waits when the interpreter ends is a fatal error.
    os.read(sys.stdin.fileno(), 1)
    stop.set()


if __name__ == "__main__":
    work()
