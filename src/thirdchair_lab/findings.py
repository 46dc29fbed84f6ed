"""From the journal to tables, and from tables to the headlines that every study has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from thirdchair.measures.estimate import Direction, Estimate, Provenance, Unscored, estimated
from thirdchair.measures.outcomes import Headline, Outcome, Scored, headline
from thirdchair.measures.proportions import proportion
from thirdchair.measures.units import mean_over_units
from thirdchair.measures.variance import VarianceShares, variance_shares
from thirdchair_lab.study import Answer, Arm, Cell, Row, Score, Study, Table

MISSING = Answer(Outcome.MISSING)


def table(
    study: Study,
    cells: Sequence[Cell],
    answers: Mapping[tuple[str, int], Answer],
    *,
    repeats: int,
    method: str,
    arm: Arm,
    date: str,
    seed: int,
) -> Table:
    """All that was planned of a study, with what came of it; what has not been asked is a row too."""
    rows = tuple(
        Row(cell, repeat, answers.get((cell.id, repeat), MISSING))
        for cell in cells
        for repeat in range(repeats)
    )
    return Table(rows, method, arm, f"thirdchair_lab {study.name} {study.digest[:12]}", date, seed)


def baseline_table(study: Study, cells: Sequence[Cell], name: str, *, date: str, seed: int) -> Table:
    """What a method without a model makes of the same cells."""
    answers = {(cell.id, 0): study.baselines[name](cell) for cell in cells}
    return table(study, cells, answers, repeats=1, method=name, arm="bare", date=date, seed=seed)


def provenance(of: Table, source: str) -> Provenance:
    """Where a number from this table comes from."""
    return Provenance(of.dataset, f"{of.method} ({of.arm})", of.date, of.seed, source)


def headlines(study: Study, of: Table) -> dict[str, Headline]:
    """The study's headlines, by name."""
    return {score.name: _headline(score, of) for score in study.scores}


def difference(score: Score, one: Table, other: Table) -> Estimate | Unscored:
    """How much higher the second is than the first, cell by cell where both were scored; the interval is over units."""
    first = {(row.cell.id, row.repeat): row for row in one.where(**score.where).scored}
    pairs = [
        (second - there, row.cell.unit)
        for row in other.where(**score.where).scored
        if (before := first.get((row.cell.id, row.repeat)))
        and (second := row.number(score.value)) is not None
        and (there := before.number(score.value)) is not None
    ]
    if not pairs:
        return Unscored("no cell was scored in both")
    values, units = zip(*pairs, strict=True)
    where = provenance(other, score.source)
    width = None if score.bounds is None else score.bounds[1] - score.bounds[0]
    if width is not None and not any(values):
        return _no_difference(len(values), len(set(units)), width, score, where)
    return mean_over_units(
        values,
        units,
        provenance=where,
        unit=score.unit,
        direction=score.direction,
        weigh="observations",
        bounds=None if width is None else (-width, width),
    )


def variance(score: Score, of: Table) -> VarianceShares:
    """Where the variance of a score comes from: the unit, the wording of the prompt, both together, or repetition.

    Several cells of one unit under one prompt are averaged. `Unscored` parts say what is missing: more than one prompt,
    more than one repeat, or an answer.
    """
    where = {name: value for name, value in score.where.items() if name != "prompt"}
    rows = of.where(**where).rows
    units = list(dict.fromkeys(row.cell.unit for row in rows))
    prompts = list(dict.fromkeys(row.cell.factors.get("prompt", "") for row in rows))
    repeats = 1 + max((row.repeat for row in rows), default=0)
    sums = np.zeros((len(units), len(prompts), repeats))
    counts = np.zeros_like(sums)
    at = {unit: place for place, unit in enumerate(units)}
    for row in rows:
        value = row.number(score.value) if row.answer.outcome is Outcome.SCORED else None
        place = at[row.cell.unit], prompts.index(row.cell.factors.get("prompt", "")), row.repeat
        sums[place] += np.nan if value is None else value
        counts[place] += 1
    with np.errstate(invalid="ignore", divide="ignore"):
        return variance_shares(sums / counts, provenance=provenance(of, "Burdick, Borror & Montgomery 2005"))


def _no_difference(n: int, units: int, width: float, score: Score, where: Provenance) -> Estimate | Unscored:
    """Where nothing differs, the mean differs by no more than the units that could still do so, by the whole width each."""
    differing = proportion(0, units, provenance=where)
    if isinstance(differing, Unscored):
        return differing
    most = differing.high * width
    return estimated(
        0.0, (-most, most), n=n, clusters=units, unit=score.unit, direction=score.direction, provenance=where
    )


def mean_of(
    of: Table,
    value: str,
    *,
    unit: str,
    source: str,
    direction: Direction = "higher",
    bounds: tuple[float, float] | None = None,
) -> Estimate | Unscored:
    """The mean of a value over units, each counted once; rows that were not read, or are without it, are left out."""
    found = [(number, row.cell.unit) for row in of.scored if (number := row.number(value)) is not None]
    return mean_over_units(
        [number for number, _ in found],
        [one for _, one in found],
        provenance=provenance(of, source),
        unit=unit,
        direction=direction,
        bounds=bounds,
    )


def gap(
    one: Table, other: Table, value: str, *, unit: str, source: str, direction: Direction = "higher"
) -> Estimate | Unscored:
    """How much higher a value is in the second part of a table than in the first, over units that are in both."""
    first, second = _by_unit(one, value), _by_unit(other, value)
    both = [name for name in first if name in second]
    return mean_over_units(
        [second[name] - first[name] for name in both],
        both,
        provenance=provenance(other, source),
        unit=unit,
        direction=direction,
    )


def _by_unit(of: Table, value: str) -> dict[str, float]:
    """The mean of a value in each unit that has one."""
    found: dict[str, list[float]] = {}
    for row in of.scored:
        if (number := row.number(value)) is not None:
            found.setdefault(row.cell.unit, []).append(number)
    return {name: sum(numbers) / len(numbers) for name, numbers in found.items()}


def _headline(score: Score, of: Table) -> Headline:
    return headline(
        [_scored(row, score) for row in of.where(**score.where).rows],
        unit=score.unit,
        direction=score.direction,
        bounds=score.bounds,
        provenance=provenance(of, score.source),
    )


def _scored(row: Row, score: Score) -> Scored:
    """A row that was read but has no such value was not asked for it; one that was not read counts as it came out."""
    outcome = row.answer.outcome
    if outcome is not Outcome.SCORED:
        return Scored(row.cell.unit, outcome)
    value = row.number(score.value)
    return (
        Scored(row.cell.unit, Outcome.NOT_ASKED) if value is None else Scored(row.cell.unit, outcome, value)
    )
