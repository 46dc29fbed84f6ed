"""How often one key may ask: a window of a minute that moves, in each process by itself."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from typing import Final

WINDOW_S: Final = 60.0
MOST_KEYS: Final = 10_000
"""Keys remembered at once; those that have been silent for a window are forgotten first."""


class Pace:
    """The calls of each key within the last minute.

    >>> pace = Pace(clock=iter([0.0, 1.0, 2.0, 61.5]).__next__)
    >>> [pace.wait_s("k", most=2) for _ in range(4)]
    [0, 0, 58, 0]
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}

    def wait_s(self, key: str, *, most: int) -> int:
        """Counts a call and returns 0, or the whole seconds to wait; a call that has to wait is not counted."""
        now = self._clock()
        calls = self._calls.setdefault(key, deque())
        while calls and calls[0] <= now - WINDOW_S:
            calls.popleft()
        if len(calls) >= most:
            return max(1, math.ceil(calls[0] + WINDOW_S - now))
        calls.append(now)
        if len(self._calls) > MOST_KEYS:
            self._forget(now)
        return 0

    def _forget(self, now: float) -> None:
        silent = [key for key, calls in self._calls.items() if not calls or calls[-1] <= now - WINDOW_S]
        for key in silent:
            del self._calls[key]
