"""One measured figure of a safeguard: what it is called, its value, and what it was meant to reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from thirdchair.measures.estimate import Estimate, Unscored, estimate_from_json

MEASURED: Final = Path(__file__).parent / "measured.json"
"""The figures of the last `make quality`."""

Part = Literal["crisis", "deidentification", "grounding", "disclosure", "library"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as `make quality` prints it and `docs/reference/safeguards.md` lists it.

    Args:
        part: the safeguard measured.
        name: what the number is, in a few words with its data set ("sensitivity at level 4 or more, cssrs").
        value: the estimate with its interval, or why there is none.
        target: least (or, where lower is better, most) that was asked for; None for a figure that only informs.
        remark: what a reader must know to read it rightly, or "".
    """

    part: Part
    name: str
    value: Estimate | Unscored
    target: float | None = None
    remark: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the value itself (not its interval's worse end) reaches the target; None without one."""
        if self.target is None or isinstance(self.value, Unscored):
            return None
        if self.value.direction == "higher":
            return self.value.value >= self.target
        return self.value.value <= self.target

    @property
    def verdict(self) -> str:
        """The target and whether it is met, in a few words; "" without one."""
        if self.target is None:
            return ""
        sign = "<=" if isinstance(self.value, Estimate) and self.value.direction == "lower" else ">="
        told = {True: "met", False: "NOT met", None: "not measured"}[self.met]
        return f"  target {sign} {self.target:g}: {told}"

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "part": self.part,
            "name": self.name,
            "value": self.value.as_json(),
            "target": self.target,
            "remark": self.remark,
        }


def figure_from_json(value: Mapping[str, Any]) -> Figure:
    """What `as_json` wrote."""
    return Figure(**{**value, "value": estimate_from_json(value["value"])})
