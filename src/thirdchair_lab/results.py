"""What a run found, read back from its journal: tables, headlines, and what each use would have of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import cast

from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.measures.outcomes import Headline
from thirdchair.records import Language
from thirdchair.uses import registered_use
from thirdchair_lab.deciding import GATE_ARM, decided
from thirdchair_lab.findings import baseline_table, difference, headlines, table
from thirdchair_lab.journal import Journal
from thirdchair_lab.judges import Validation, judge_named, validation_from_json
from thirdchair_lab.judges.inside import found_beside
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
        baseline: makes the table of one that needs no model, by its name; only a report asks for them.
        judge_records: what was measured of the model that judges, by language.
    """

    work: Work
    tables: Mapping[Arm, Table]
    baseline: Callable[[str], Table]
    judge_records: Mapping[Language, Validation] = field(default_factory=dict[Language, Validation])

    @property
    def study(self) -> Study:
        """Which."""
        return self.work.study

    @cached_property
    def headlines(self) -> Mapping[Arm, Mapping[str, Headline]]:
        """By arm and name."""
        return {arm: headlines(self.study, of) for arm, of in self.tables.items()}

    @cached_property
    def baselines(self) -> Mapping[str, Table]:
        """Of what needs no model, by name. The extractive ones take seconds."""
        return {name: self.baseline(name) for name in self.study.baselines}

    @cached_property
    def baseline_headlines(self) -> Mapping[str, Mapping[str, Headline]]:
        """By baseline and name."""
        return {name: headlines(self.study, of) for name, of in self.baselines.items()}

    @cached_property
    def findings(self) -> Mapping[Arm, Findings]:
        """Beyond the headlines, by arm; with what a model says that judged."""
        return {arm: self._found(of) for arm, of in self.tables.items()}

    def _found(self, of: Table) -> Findings:
        found, judged = self.study.analyse(of), [row for row in of.rows if row.cell.judged]
        if not judged:
            return found
        languages = [row.cell.language for row in judged]
        beside = found_beside(judge_named(self.study.judges), of, self.judge_records, languages)
        return replace(found, estimates={**found.estimates, **beside})

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
    """A run, as far as it has come.

    Args:
        failures: cells that failed, by study and kind of failure; they are asked again when the run goes on.
    """

    plan: Plan
    studies: tuple[StudyResult, ...]
    failures: Mapping[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])

    def estimates_for(self, use: str) -> dict[str, Estimate | Unscored]:
        """What the run can put into an evidence pack of a use: governed, and with refusals at their worst."""
        found: dict[str, Estimate | Unscored] = {}
        known = registered_use(use)
        if known is not None and self.plan.decide == use:
            for result in self.studies:
                of = result.tables.get(GATE_ARM)
                if of is not None and not result.study.is_short:
                    repeats, required = result.work.repeats, known.requirements
                    deciding = decided(
                        result.study, of.without_simulated, repeats, use=use, requirements=required
                    )
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
    studies = tuple(_result(journal, plan, work) for work in work_of(plan, find))
    return RunResult(plan, studies, journal.failures(run))


def newest(journal: Journal) -> str | None:
    """The run that was started last."""
    runs: Sequence[str] = journal.runs()
    return runs[-1] if runs else None


def _for_gate(result: StudyResult, score: Score) -> Estimate | Unscored:
    if result.study.is_short:
        return Unscored("short form, which clears nothing")
    of = result.tables.get(GATE_ARM)
    if of is None:
        return Unscored("no governed run")
    return headlines(result.study, of.without_simulated)[score.name].for_gate


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
        lambda name: baseline_table(study, work.cells, name, date=plan.date, seed=plan.seed),
        _judge_records(journal, plan, study),
    )


def _judge_records(journal: Journal, plan: Plan, study: Study) -> dict[Language, Validation]:
    """What `lab judge` kept of exactly this judge with this model."""
    if plan.judge is None or not study.judges:
        return {}
    digest = judge_named(study.judges).digest(plan.judge.digest)
    kept = {Language(code): journal.validation(digest, code) for code in plan.languages}
    return {language: validation_from_json(record) for language, record in kept.items() if record}
