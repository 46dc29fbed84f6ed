"""What has been switched on, and what has been stopped."""

from __future__ import annotations

from dataclasses import dataclass

from thirdchair.policy.decision import Refused


@dataclass(frozen=True, slots=True)
class Switches:
    """The switches as they stand now.

    Args:
        uses_on: uses that the service lead switched on; every use starts off.
        everything_stopped: the global kill switch.
        stopped_uses: kill switches per use.
        stopped_methods: kill switches per method.
    """

    uses_on: frozenset[str] = frozenset()
    everything_stopped: bool = False
    stopped_uses: frozenset[str] = frozenset()
    stopped_methods: frozenset[str] = frozenset()

    def refusal(self, *, use: str, method: str) -> Refused | None:
        """The first switch that closes this use and method, or None."""
        if self.everything_stopped:
            return Refused("switch.everything")
        if use in self.stopped_uses:
            return Refused("switch.use_stopped", {"use": use})
        if method in self.stopped_methods:
            return Refused("switch.method_stopped", {"method": method})
        if use not in self.uses_on:
            return Refused("switch.off", {"use": use})
        return None
