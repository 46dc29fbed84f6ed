"""A run that stops as soon as what a use requires is answered, one way or the other.

Units come in an order drawn beforehand. Each adds one value to each requirement: the mean of its answers, the worst there is
where one was refused or could not be read. The bounds hold however often one looks (`evidence.sequential`), so a model that
is plainly good or plainly bad is done with after a part of the plan.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from thirdchair.evidence.requirement import Required
from thirdchair.evidence.sequential import SequentialDecision
from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.measures.outcomes import Outcome
from thirdchair_lab.findings import provenance
from thirdchair_lab.study import Answer, Arm, Cell, Score, Study, Table

GATE_ARM: Arm = "governed"
"""In the clinic a model never answers without its safeguards, so evidence for a use is from there."""


def in_drawn_order(cells: Sequence[Cell], seed: int) -> list[Cell]:
    """The cells with their units in an order drawn from the seed; within a unit as they were."""
    units = list(dict.fromkeys(cell.unit for cell in cells))
    random.Random(seed).shuffle(units)  # noqa: S311  an order, not a secret
    place = {unit: at for at, unit in enumerate(units)}
    return sorted(cells, key=lambda cell: place[cell.unit])


@dataclass
class _Question:
    """One requirement, and the units it has yet to take, in order."""

    score: Score
    decision: SequentialDecision
    waiting: list[str]
    open: dict[str, int]
    values: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def hear(self, cell: Cell, answer: Answer) -> None:
        if answer.outcome in (Outcome.FAILED, Outcome.MISSING) or not _concerns(self.score, cell):
            return
        value = _share_of_best(self.score, answer)
        if value is not None:
            self.values[cell.unit].append(value)
        self.open[cell.unit] -= 1
        while self.waiting and self.open[self.waiting[0]] == 0 and self.decision.verdict == "go_on":
            known = self.values[self.waiting.pop(0)]
            if known:
                self.decision.add(sum(known) / len(known))


class Deciding:
    """The requirements of a use on one study, as answers come in.

    Args:
        study: which.
        cells: in drawn order.
        repeats: of each cell.
        requirements: of the use; those that this study has no score for are not its business.
    """

    def __init__(
        self, study: Study, cells: Sequence[Cell], repeats: int, *, use: str, requirements: Iterable[Required]
    ) -> None:
        asked = {one.measure: one for one in requirements}
        self._questions = [
            _question(score, asked[score.measure], cells, repeats)
            for score in study.scores
            if score.use == use and score.measure in asked and score.bounds is not None
        ]

    @property
    def is_open(self) -> bool:
        """Whether anything is still to be answered."""
        return any(one.decision.verdict == "go_on" and one.waiting for one in self._questions)

    @property
    def verdicts(self) -> Mapping[str, str]:
        """What is known of each requirement."""
        return {one.score.measure: one.decision.verdict for one in self._questions}

    def hear(self, arm: Arm, cell: Cell, answer: Answer) -> None:
        """Takes one answer; only those of the arm that evidence is from count."""
        if arm == GATE_ARM:
            for one in self._questions:
                one.hear(cell, answer)

    def estimates(self, of: Table) -> dict[str, Estimate | Unscored]:
        """What a pack would hold: bounds that are good although one looked after every unit.

        Args:
            of: the table that provenance is taken from.
        """
        return {
            one.score.measure: one.decision.estimate(
                provenance=provenance(of, one.score.source), unit=one.score.unit
            )
            for one in self._questions
        }


def decided(study: Study, of: Table, repeats: int, *, use: str, requirements: Iterable[Required]) -> Deciding:
    """What a table says, taken in the order it was planned in."""
    cells = list({row.cell.id: row.cell for row in of.rows}.values())
    deciding = Deciding(study, cells, repeats, use=use, requirements=requirements)
    for row in of.rows:
        deciding.hear(of.arm, row.cell, row.answer)
    return deciding


def _question(score: Score, requirement: Required, cells: Sequence[Cell], repeats: int) -> _Question:
    units: dict[str, int] = {}
    for cell in cells:
        if _concerns(score, cell):
            units[cell.unit] = units.get(cell.unit, 0) + repeats
    return _Question(score, SequentialDecision(requirement, most=max(len(units), 1)), list(units), units)


def _concerns(score: Score, cell: Cell) -> bool:
    return not cell.is_simulated and all(
        cell.factors.get(name) == value for name, value in score.where.items()
    )


def _share_of_best(score: Score, answer: Answer) -> float | None:
    """The answer's value between the bounds, 0 to 1; the worse bound where it could not be read; None where not asked for."""
    low, high = score.bounds or (0.0, 1.0)
    if answer.outcome is not Outcome.SCORED:
        return 0.0 if score.direction == "higher" else 1.0
    value = answer.values.get(score.value)
    if not isinstance(value, (int, float)):
        return None
    return (float(value) - low) / (high - low)
