"""How many units a sequential decision asks for, and how often it is wrong, beside the fixed design: `make sequential`.

Planted models whose true share of good units is known, at the truth of each requirement's own scale: clearly good, clearly
bad, and on the threshold. The fixed design asks as many units as it needs to clear a model halfway between threshold and
perfect nine times in ten, and looks once at the 95% Wilson interval; the sequential one has the same plan and may stop.
Unit values are repeats' means, so that decisions are judged over units and not over calls.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from thirdchair.evidence.requirement import Ceiling, Required, Requirement
from thirdchair.evidence.sequential import SequentialDecision
from thirdchair.measures.power import least_n_of_share
from thirdchair.measures.wilson import wilson

RUNS: Final = 2000
SEED: Final = 20261130
FIGURES: Final = Path(__file__).parent / "data" / "sequential.json"

REQUIREMENTS: Final[tuple[Required, ...]] = (
    Requirement("at_least_80", 0.80, "planted"),
    Requirement("at_least_90", 0.90, "planted"),
    Ceiling("at_most_5", 0.05, "planted"),
)
"""The kinds of thresholds that uses have."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A model with a known share of units that are as they should be not (a ceiling) or should (a requirement)."""

    name: str
    required: Required
    true: float
    clear: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What both designs did with a planted model, over many runs."""

    threshold: str
    model: str
    true: float
    clear: bool
    runs: int
    planned: int
    fixed_cleared: float
    sequential_cleared: float
    units_mean: float
    units_90th: float
    bounds_ever_wrong: float

    @property
    def share_of_calls(self) -> float:
        """Calls of the sequential design as a share of the fixed design's."""
        return self.units_mean / self.planned


def planted() -> Iterator[Planted]:
    """Good, bad and on the threshold, for every requirement."""
    for required in REQUIREMENTS:
        room = 1 - required.threshold if isinstance(required, Requirement) else required.threshold
        sign = 1 if isinstance(required, Requirement) else -1
        for name, distance, clear in (
            ("good", 0.9, True),
            ("fair", 0.5, False),
            ("on the threshold", 0.0, False),
            ("poor", -1.0, False),
            ("bad", -2.0, True),
        ):
            yield Planted(name, required, required.threshold + sign * distance * room, clear)


def planned_units(required: Required) -> int:
    """Units of the fixed design: 90% power for a model halfway between threshold and perfect."""
    at_least = required.threshold if isinstance(required, Requirement) else 1 - required.threshold
    planned = least_n_of_share((1 + at_least) / 2, at_least=at_least, power=0.9)
    assert planned is not None
    return planned


def run_both(one: Planted, *, runs: int, seed: int) -> Found:
    """Both designs on the same units, over and over."""
    planned, generator = planned_units(one.required), np.random.default_rng(seed)
    fixed = cleared = wrong = 0
    taken: list[int] = []
    for _ in range(runs):
        values = (generator.random(planned) < one.true).astype(np.float64)
        fixed += _fixed_clears(one.required, values)
        decision = SequentialDecision(one.required, most=planned)
        for value in values:
            if decision.add(float(value)) != "go_on":
                break
        taken.append(decision.units)
        cleared += decision.verdict == "cleared"
        low, high = decision.interval()
        wrong += not low <= one.true <= high
    sign = "≥" if isinstance(one.required, Requirement) else "≤"
    return Found(
        threshold=f"{sign} {one.required.threshold:g}",
        model=one.name,
        true=round(one.true, 4),
        clear=one.clear,
        runs=runs,
        planned=planned,
        fixed_cleared=fixed / runs,
        sequential_cleared=cleared / runs,
        units_mean=float(np.mean(taken)),
        units_90th=float(np.quantile(taken, 0.9)),
        bounds_ever_wrong=wrong / runs,
    )


def _fixed_clears(required: Required, values: NDArray[np.float64]) -> bool:
    low, high = wilson(int(values.sum()), len(values))
    return required.is_met(low if isinstance(required, Requirement) else high)


def as_table(found: list[Found]) -> str:
    """Rows of Markdown."""
    lines = [
        "| asked | planted model | true share | fixed: units | cleared | sequential: mean units (90th) | cleared | calls |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        lines.append(
            f"| {one.threshold} | {one.model}{' (clear)' if one.clear else ''} | {one.true:g} | {one.planned} "
            f"| {one.fixed_cleared:.1%} | {one.units_mean:.0f} ({one.units_90th:.0f}) | {one.sequential_cleared:.1%} "
            f"| {one.share_of_calls:.2f} |"
        )
    return "\n".join(lines)


def main() -> int:
    """Prints the table and keeps its figures; fails where a clear case needs more than a third of the calls."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--write", action="store_true", help="keep the figures for the documentation")
    wanted = parser.parse_args()
    found = [run_both(one, runs=wanted.runs, seed=SEED + place) for place, one in enumerate(planted())]
    print(as_table(found))
    if wanted.write:
        FIGURES.write_text(json.dumps([asdict(one) for one in found], indent=1, ensure_ascii=False) + "\n")
    return 1 if any(one.clear and one.share_of_calls > 1 / 3 for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
