"""One sync of a disk for all who wait for one: what is written at the same time need not be waited for one by one."""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition


class SharedSync:
    """Calls that come while a sync is under way share the next one.

    A sync that fails has perhaps lost what it was for, and a system may call the next one good all the same. So every
    call it was for fails, and every later one, until the process is started anew and reads what is there.

    Args:
        sync: returns once everything written before it was called is on the disk, or raises.
    """

    def __init__(self, sync: Callable[[], None]) -> None:
        self._sync = sync
        self._change = Condition()
        self._begun = self._ended = 0
        self._running = self._failed = False

    def __call__(self) -> None:
        """Returns once what was written before this call is on the disk.

        Raises:
            OSError: it may not be.
        """
        with self._change:
            mine = self._begun + 1  # one under way began too early to be relied on
            while self._ended < mine and not self._failed:
                if self._running:
                    self._change.wait()
                else:
                    self._run()
            if self._failed:
                raise OSError(
                    "What was written may not be on the disk. Look at the disk, and start the service anew."
                )

    def _run(self) -> None:
        """Syncs for all who have come by now; others may come and wait meanwhile."""
        self._begun += 1
        self._running, failed = True, True
        self._change.release()
        try:
            self._sync()
            failed = False
        except OSError:
            pass  # told to each of those who wait
        finally:
            self._change.acquire()
            self._running, self._failed = False, self._failed or failed
            self._ended = self._begun
            self._change.notify_all()
