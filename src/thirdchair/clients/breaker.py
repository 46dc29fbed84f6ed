"""A server that is down is not asked again and again: after some failures in a row it refuses at once, for a pause.

The library counts and keeps the clock, a monotonic one, so a changed wall clock neither opens nor closes anything. What
it is told are outcomes that are known: an ask that the person called off says nothing about the server. After the pause
everyone who asks tries it; one answer closes the circuit, one more failure opens it again. Each process counts for itself.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from circuitbreaker import CircuitBreaker  # pyright: ignore[reportMissingTypeStubs]

from thirdchair.clients.completion import Refusal

FAILURES: Final = 5
PAUSE_S: Final = 20


class Breaker:
    """Whether a server may be asked now.

    Args:
        failures: failed attempts in a row after which it is left alone.
        pause_s: for how long, in whole seconds.
    """

    def __init__(self, *, failures: int = FAILURES, pause_s: int = PAUSE_S) -> None:
        self._circuit = CircuitBreaker(failures, pause_s, expected_exception=_Down)

    def refusal(self) -> Refusal | None:
        """Why it may not be asked now, or None where it may."""
        if not self._circuit.opened:
            return None
        wait_s = max(1, self._circuit.open_remaining)
        return Refusal(f"The model's server is down; it is asked again in {wait_s} s.", wait_s=float(wait_s))

    def heard(self, *, down: bool) -> None:
        """Counts one outcome: the server answered, whatever it said, or it was down."""
        with suppress(_Down), self._circuit:
            if down:
                raise _Down


class _Down(Exception):
    """Tells the library of a failure; holds nothing."""
