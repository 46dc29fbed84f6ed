"""A measured number that cannot be read without its interval, its size and its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Direction = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a number comes from.

    Args:
        dataset: what was measured on, with its part ("aci_bench test1").
        method: what was measured, with the first digits of its digest where it has one.
        date: ISO date of the measurement.
        seed: of every random choice in it.
        source: the paper or rule that defines the measure.
    """

    dataset: str
    method: str
    date: str
    seed: int
    source: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95% interval.

    Args:
        value: the estimate, in `unit`.
        low: lower end of the 95% interval; high: upper end.
        n: observations it rests on.
        clusters: independent groups they come from (sessions, patients); n where each stands alone.
        unit: "share", "ROUGE-1 F1", "seconds", ...
        direction: which way is better.
        dataset, method, date, seed, source: as in `Provenance`.

    Raises:
        ValueError: the value lies outside its interval, or there is nothing behind it.
    """

    value: float
    low: float
    high: float
    n: int
    clusters: int
    unit: str
    direction: Direction
    dataset: str
    method: str
    date: str
    seed: int
    source: str

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError("an estimate lies within its interval")
        if not 0 < self.clusters <= self.n:
            raise ValueError("an estimate rests on at least one observation, in no more clusters than that")

    @property
    def worse_end(self) -> float:
        """The end of the interval that a gate is judged on."""
        return self.low if self.direction == "higher" else self.high

    def as_json(self) -> dict[str, Any]:
        """Plain values, as evidence packs keep them."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Unscored:
    """No number, and why: too little data is never zero, and no gate opens on it."""

    reason: str

    def as_json(self) -> dict[str, Any]:
        """Plain values, as evidence packs keep them."""
        return {"unscored": self.reason}


def estimate_from_json(value: Mapping[str, Any]) -> Estimate | Unscored:
    """What `as_json` wrote.

    >>> estimate_from_json({"unscored": "no session raised the topic"})
    Unscored(reason='no session raised the topic')
    """
    if "unscored" in value:
        return Unscored(str(value["unscored"]))
    return Estimate(**value)


def estimated(
    value: float,
    interval: tuple[float, float],
    *,
    n: int,
    clusters: int,
    unit: str,
    direction: Direction,
    provenance: Provenance,
) -> Estimate:
    """An estimate from its parts, the interval widened by rounding error where it must be to hold the value."""
    low, high = interval
    return Estimate(
        value=float(value),
        low=float(min(low, value)),
        high=float(max(high, value)),
        n=n,
        clusters=clusters,
        unit=unit,
        direction=direction,
        **asdict(provenance),
    )
