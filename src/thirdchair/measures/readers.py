"""A method beside people who read the same cases, and what more information changes for it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.totals import Floats, bias_corrected, from_resampled, resample
from thirdchair.measures.unread import mean, mean_between


@dataclass(frozen=True, slots=True)
class ReaderComparison:
    """A method beside people who read the same cases.

    Args:
        by_reader: the method minus each reader, on the cases which that reader read.
        these_readers: the mean of those differences; speaks of new cases and these very readers.
        any_readers: the same mean; speaks of new cases and new readers of this kind.
    """

    by_reader: Mapping[str, Estimate | Unscored]
    these_readers: Estimate | Unscored
    any_readers: Estimate | Unscored


def compare_with_readers(
    method: Sequence[float],
    readers: Mapping[str, Sequence[float | None]],
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
    unit: str = "difference of shares",
) -> ReaderComparison:
    """How much better a method does than people on the same cases.

    Args:
        method: its score on each case, 0 to 1: 1 where right. Give crises alone to compare sensitivity.
        readers: the same for each reader by name; None where a reader did not read the case.
        units: the unit of each case.

    Returns:
        ReaderComparison: above 0 where the method does better. With readers drawn anew, cases and readers are
        resampled independently, which is on the wide side; `Unscored` with fewer than three readers.

    Source:
        Owen 2007, Ann Appl Stat 1:386-411 (resampling two crossed kinds).

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Owen 2007")
    >>> readers = {"ann": [1, 0, 0, 1, 0, 1], "ben": [0, 0, 1, 1, 1, 1], "cem": [1, 1, 0, 0, 0, 1]}
    >>> compared = compare_with_readers([1, 1, 0, 1, 1, 1], readers, range(6), provenance=here)
    >>> round(compared.these_readers.value, 3), round(compared.by_reader["ben"].value, 3)
    (0.278, 0.167)
    """
    own = np.asarray(method, dtype=float)
    by_reader: dict[str, Estimate | Unscored] = {}
    columns: list[Floats] = []
    read: list[Floats] = []
    for name, scores in readers.items():
        seen = np.array([score is not None for score in scores])
        apart = own - np.array([0.0 if score is None else score for score in scores])
        by_reader[name] = mean(
            apart[seen],
            [unit for unit, was in zip(units, seen.tolist(), strict=True) if was],
            bounds=(-1, 1),
            provenance=provenance,
            unit=unit,
        )
        columns.append(np.where(seen, apart, 0))
        read.append(seen.astype(float))
    rows = np.column_stack([*columns, *read])
    number = len(columns)

    def by_person(totals: Floats) -> Floats:
        return totals[:, :number] / totals[:, number:]

    drawn = resample(rows, units, seed=provenance.seed)
    if isinstance(drawn, Unscored):
        return ReaderComparison(by_reader, drawn, drawn)
    these = from_resampled(
        lambda totals: by_person(totals).mean(axis=1), drawn, provenance=provenance, unit=unit
    )
    if isinstance(these, Unscored):
        return ReaderComparison(by_reader, these, these)
    if number < 3:
        return ReaderComparison(by_reader, these, Unscored(f"{number} of at least 3 readers"))
    random = np.random.default_rng(provenance.seed + 1)
    chosen = random.integers(0, number, size=(len(drawn.resamples), number))
    with np.errstate(divide="ignore", invalid="ignore"):
        resampled = np.take_along_axis(by_person(drawn.resamples), chosen, axis=1).mean(axis=1)
    ends = bias_corrected(these.value, resampled, np.full(2, these.value), drawn.count)
    if isinstance(ends, Unscored):
        return ReaderComparison(by_reader, these, ends)
    wider = (min(ends[0], these.low), max(ends[1], these.high))
    return ReaderComparison(by_reader, these, replace(these, low=wider[0], high=wider[1]))


@dataclass(frozen=True, slots=True)
class Added:
    """What more information changed, second reading minus first: sensitivity up may be specificity down."""

    sensitivity: Estimate | Unscored
    specificity: Estimate | Unscored


def information_added(
    before: Sequence[bool | None],
    after: Sequence[bool | None],
    crises: Sequence[bool],
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
) -> Added:
    """How sensitivity and specificity move when a method is told more about the same cases.

    Args:
        before, after: what it said of each row; None where it gave no readable answer, which widens the interval.
        crises: what was so.
        units: the unit of each row.

    Returns:
        Added: differences from -1 to 1, paired by case, intervals from resampling units.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Efron & Tibshirani 1993")
    >>> said = [True, False, False, False, False, False, True, False, True, False]
    >>> told_more = [True, True, True, False, True, True, True, False, True, True]
    >>> moved = information_added(said, told_more, [True] * 5 + [False] * 5, range(10), provenance=here)
    >>> round(moved.sensitivity.value, 2), round(moved.specificity.value, 2)
    (0.6, -0.4)
    """
    rows = list(zip(before, after, crises, units, strict=True))

    def moved(crisis: bool) -> Estimate | Unscored:
        kept = [(first, second, unit) for first, second, is_so, unit in rows if is_so == crisis]
        lows = [(second is True) - (first is not False) for first, second, _ in kept]
        highs = [(second is not False) - (first is True) for first, second, _ in kept]
        if not crisis:
            lows, highs = [-high for high in highs], [-low for low in lows]
        return mean_between(
            lows,
            highs,
            [unit for _, _, unit in kept],
            bounds=(-1, 1),
            provenance=provenance,
            unit=f"difference of {'sensitivity' if crisis else 'specificity'}",
        )

    return Added(moved(True), moved(False))
