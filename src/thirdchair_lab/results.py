"""What a run found, read back from its journal: tables, headlines, and what each use would have of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.measures.outcomes import Headline
from thirdchair.uses import registered_use
from thirdchair_lab.deciding import GATE_ARM, decided
from thirdchair_lab.findings import baseline_table, difference, headlines, table
from thirdchair_lab.journal import Journal
from thirdchair_lab.planning import Plan, plan_from_json, work_of
from thirdchair_lab.runner import Work
from thirdchair_lab.study import Arm, Findings, Score, Study, Table


class NoSuchRun(Exception):
    """The journal has no run of this name; the message says what it has."""


@dataclass(frozen=True)
class StudyResult:
    """One study of a run.

    Args:
        work: what was planned.
        tables: of the model, by arm.
        baselines: of what needs no model, by name.
    """

    work: Work
    tables: Mapping[Arm, Table]
    baselines: Mapping[str, Table]

    @property
    def study(self) -> Study:
        """Which."""
        return self.work.study

    @cached_property
    def headlines(self) -> Mapping[Arm, Mapping[str, Headline]]:
        """By arm and name."""
        return {arm: headlines(self.study, of) for arm, of in self.tables.items()}

    @cached_property
    def baseline_headlines(self) -> Mapping[str, Mapping[str, Headline]]:
        """By baseline and name."""
        return {name: headlines(self.study, of) for name, of in self.baselines.items()}

    @cached_property
    def findings(self) -> Mapping[Arm, Findings]:
        """Beyond the headlines, by arm."""
        return {arm: self.study.analyse(of) for arm, of in self.tables.items()}

    def added(self, score: Score) -> Estimate | Unscored | None:
        """What the safeguards add to a score; None where only one arm was run."""
        if {"bare", "governed"} - set(self.tables):
            return None
        return difference(score, self.tables["bare"], self.tables["governed"])

    @property
    def is_complete(self) -> bool:
        """Whether everything that was planned was asked and could be read."""
        return self.work.planned > 0 and all(len(of.scored) == len(of.rows) for of in self.tables.values())


@dataclass(frozen=True)
class RunResult:
    """A run, as far as it has come."""

    plan: Plan
    studies: tuple[StudyResult, ...]

    def estimates_for(self, use: str) -> dict[str, Estimate | Unscored]:
        """What the run can put into an evidence pack of a use: governed, and with refusals at their worst."""
        found: dict[str, Estimate | Unscored] = {}
        known = registered_use(use)
        if known is not None and self.plan.decide == use:
            for result in self.studies:
                of = result.tables.get(GATE_ARM)
                if of is not None and not result.study.is_short:
                    repeats, required = result.work.repeats, known.requirements
                    deciding = decided(result.study, of, repeats, use=use, requirements=required)
                    for measure, one in deciding.estimates(of).items():
                        found[measure] = _worse(found.get(measure, one), one)
            return found
        for result in self.studies:
            for score in result.study.scores:
                if score.use == use:
                    one = _for_gate(result, score)
                    found[score.measure] = _worse(found.get(score.measure, one), one)
        return found

    @property
    def uses(self) -> tuple[str, ...]:
        """The uses that it has something to say of, in order."""
        named = [score.use for result in self.studies for score in result.study.scores if score.use]
        return tuple(dict.fromkeys(named))


def result_of(journal: Journal, run: str, find: Callable[[str], Study]) -> RunResult:
    """What a run has found so far.

    Raises:
        NoSuchRun: there is none of this name.
        PlanBroken: its studies are no longer those that were planned.
    """
    kept = journal.plan(run)
    if kept is None:
        known = ", ".join(journal.runs()) or "none yet: thirdchair lab run"
        raise NoSuchRun(f"There is no run {run!r} in {journal.path}. Runs here: {known}.")
    plan = plan_from_json(kept)
    return RunResult(plan, tuple(_result(journal, plan, work) for work in work_of(plan, find)))


def newest(journal: Journal) -> str | None:
    """The run that was started last."""
    runs: Sequence[str] = journal.runs()
    return runs[-1] if runs else None


def _for_gate(result: StudyResult, score: Score) -> Estimate | Unscored:
    if result.study.is_short:
        return Unscored("short form, which clears nothing")
    of = result.headlines.get(GATE_ARM)
    return of[score.name].for_gate if of else Unscored("no governed run")


def _worse(one: Estimate | Unscored, other: Estimate | Unscored) -> Estimate | Unscored:
    """Where two studies measure one thing, the gate sees the one that is worse, or that has no figure."""
    if isinstance(one, Unscored) or isinstance(other, Unscored):
        return one if isinstance(one, Unscored) else other
    other_is_worse = (other.worse_end < one.worse_end) == (one.direction == "higher")
    return other if other_is_worse else one


def _result(journal: Journal, plan: Plan, work: Work) -> StudyResult:
    study = work.study

    def of(arm: Arm) -> Table:
        return table(
            study,
            work.cells,
            journal.answers(plan.id, study.name, plan.model, arm),
            repeats=work.repeats,
            method=f"{plan.model} {plan.model_digest[:12]}",
            arm=arm,
            date=plan.date,
            seed=plan.seed,
        )

    return StudyResult(
        work,
        {arm: of(arm) for arm in cast("tuple[Arm, ...]", work.arms)},
        {
            name: baseline_table(study, work.cells, name, date=plan.date, seed=plan.seed)
            for name in study.baselines
        },
    )
