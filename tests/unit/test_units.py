"""Intervals over units: what they rest on, and that they hold their 95% where `make coverage` says so."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from benchmarks.intervals import Cell, cells, cover
from hypothesis import given
from hypothesis import strategies as st

from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.proportions import proportion
from thirdchair.measures.resampling import bootstrap_mean, bootstrap_statistic
from thirdchair.measures.units import mean_over_units, share_over_units

HERE = Provenance("example", "by hand", "2025-01-01", 7, "a textbook")


def mean_of(values: list[float], units: Any = None, **how: Any) -> Estimate | Unscored:
    return mean_over_units(values, units or range(len(values)), provenance=HERE, unit="points", **how)


def scored(found: Estimate | Unscored) -> Estimate:
    assert isinstance(found, Estimate)
    return found


def test_without_skew_it_is_students_t() -> None:
    """3 plus or minus t(4, 0.975) * sqrt(2.5 / 5), with t from any table: 2.776."""
    found = scored(mean_of([1, 2, 3, 4, 5]))
    assert (found.low, found.high) == pytest.approx(
        (3 - 2.7764 * math.sqrt(0.5), 3 + 2.7764 * math.sqrt(0.5)), abs=1e-3
    )


def test_a_long_tail_above_moves_the_interval_up() -> None:
    found = scored(mean_of([1, 1, 1, 2, 2, 3, 20]))
    assert found.high - found.value > found.value - found.low


def test_answers_of_one_unit_are_one_piece_of_evidence() -> None:
    once = scored(mean_of([1.0, 5.0, 2.0, 9.0, 4.0, 6.0]))
    tenfold = scored(mean_of([1.0, 5.0, 2.0, 9.0, 4.0, 6.0] * 10, list("abcdef") * 10))
    assert (tenfold.low, tenfold.high) == pytest.approx((once.low, once.high))
    assert (tenfold.n, tenfold.clusters) == (60, 6)


def test_each_unit_counts_once_or_each_observation_does() -> None:
    values, units = [1, 1, 1, 1, 5, 2, 3, 4], list("aaaabcde")
    assert scored(mean_of(values, units)).value == 3.0
    by_observation = scored(mean_of(values, units, weigh="observations"))
    old = scored(bootstrap_mean(values, units, provenance=HERE, unit="points"))
    assert by_observation.value == old.value == 2.25


def test_units_all_alike_are_no_certainty() -> None:
    assert isinstance(mean_of([0.0] * 30), Unscored)
    bounded = scored(mean_of([1.0] * 30, bounds=(0, 1)))
    assert bounded.low < 0.9 and bounded.high == 1.0
    between = scored(mean_of([0.0] * 30, bounds=(-3, 3)))
    assert between.low < -0.5 and between.high > 0.5


@pytest.mark.parametrize("wrong", [math.nan, math.inf])
def test_what_is_no_number_is_never_averaged(wrong: float) -> None:
    with pytest.raises(ValueError, match="never averaged"):
        mean_of([1.0, 2.0, 3.0, 4.0, wrong])


def test_a_value_beyond_its_bounds_and_a_unit_too_few_are_errors() -> None:
    with pytest.raises(ValueError, match="outside 0 to 1"):
        mean_of([0.0, 0.5, 1.5, 1.0, 1.0], bounds=(0, 1))
    with pytest.raises(ValueError, match="one unit"):
        mean_over_units([1.0], [], provenance=HERE, unit="points")


def test_four_units_are_too_few() -> None:
    assert isinstance(mean_of([1.0, 2.0, 3.0, 4.0]), Unscored)
    assert isinstance(share_over_units([True, False] * 4, list("aabbccdd"), provenance=HERE), Unscored)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), min_size=1, max_size=80))
def test_a_share_lies_within_its_interval_and_the_interval_within_0_and_1(
    observed: list[tuple[bool, int]],
) -> None:
    found = share_over_units(
        [right for right, _ in observed], [unit for _, unit in observed], provenance=HERE
    )
    if isinstance(found, Estimate):
        assert 0 <= found.low <= found.value <= found.high <= 1


def test_one_observation_a_unit_is_the_plain_share() -> None:
    assert share_over_units([True] * 7 + [False] * 3, range(10), provenance=HERE) == proportion(
        7, 10, provenance=HERE
    )


def test_sentences_that_hang_together_say_less_than_sentences_that_do_not() -> None:
    units = [unit for unit in range(20) for _ in range(10)]
    together = scored(share_over_units([unit % 2 == 0 for unit in units], units, provenance=HERE))
    apart = scored(share_over_units([place % 2 == 0 for place in range(200)], units, provenance=HERE))
    assert together.value == apart.value == 0.5
    assert together.high - together.low > 2 * (apart.high - apart.low)


def test_a_hundred_clean_sentences_of_ten_sessions_show_what_ten_sessions_show() -> None:
    units = [unit for unit in range(10) for _ in range(10)]
    clean = scored(share_over_units([True] * 100, units, provenance=HERE))
    assert clean.low < scored(proportion(10, 10, provenance=HERE)).low < 0.73
    one_failed = scored(share_over_units([False] + [True] * 99, units, provenance=HERE))
    assert one_failed.low <= clean.low


@given(st.lists(st.integers(1, 12), min_size=5, max_size=40), st.data())
def test_no_record_shows_more_than_a_clean_one(sizes: list[int], data: st.DataObject) -> None:
    """A gate that a clean record does not open must not open because a failure was added."""
    units = [unit for unit, size in enumerate(sizes) for _ in range(size)]
    failed = data.draw(st.sets(st.integers(0, len(units) - 1), min_size=1))
    record = scored(
        share_over_units([place not in failed for place in range(len(units))], units, provenance=HERE)
    )
    clean = scored(share_over_units([True] * len(units), units, provenance=HERE))
    assert record.low <= clean.low + 1e-12
    turned = scored(
        share_over_units([place in failed for place in range(len(units))], units, provenance=HERE)
    )
    assert turned.high >= scored(share_over_units([False] * len(units), units, provenance=HERE)).high - 1e-12


def test_one_unit_that_differs_a_little_does_not_make_the_rest_certain() -> None:
    nearly = scored(mean_of([1.0] * 29 + [0.9], bounds=(0, 1)))
    without_bounds = scored(mean_of([1.0] * 29 + [0.9]))
    assert nearly.low < 0.95 < without_bounds.low


class TestBootstrapStatistic:
    values = np.random.default_rng(1).normal(0, 1, 30)

    def of(self, statistic: Any, units: Any = range(30), **how: Any) -> Estimate | Unscored:
        return bootstrap_statistic(statistic, units, provenance=HERE, unit="points", **how)

    def test_the_same_seed_gives_the_same_digits(self) -> None:
        one, other = (self.of(lambda rows: float(np.median(self.values[rows]))) for _ in range(2))
        assert one == other

    def test_of_a_mean_it_is_near_the_interval_of_means(self) -> None:
        drawn = scored(self.of(lambda rows: float(self.values[rows].mean())))
        exact = scored(mean_of(self.values.tolist()))
        assert (drawn.low, drawn.high) == pytest.approx((exact.low, exact.high), abs=0.06)

    def test_whole_clusters_are_drawn(self) -> None:
        seen: list[Any] = []

        def note(rows: Any) -> float:
            seen.append(sorted(rows.tolist()))
            return float(self.values[rows].mean())

        self.of(note, [unit for unit in range(10) for _ in range(3)], resamples=50)
        assert all(
            rows.count(3 * unit) == rows.count(3 * unit + 1) == rows.count(3 * unit + 2)
            for rows in seen
            for unit in range(10)
        )

    def test_what_cannot_be_computed_is_unscored_with_the_reason(self) -> None:
        assert self.of(lambda _: math.nan) == Unscored("the statistic is undefined on these observations")
        assert self.of(lambda _: 1.0) == Unscored(
            "no resample differs, so nothing shows how far the statistic may be off"
        )
        assert isinstance(self.of(lambda rows: 1.0, range(4)), Unscored)

        def seldom(rows: Any) -> float:
            return float(rows.mean()) if len(set(rows.tolist())) > 25 else math.nan

        found = self.of(seldom)
        assert isinstance(found, Unscored) and "resamples" in found.reason


FAST = [
    cell for cell in cells() if not cell.hard and not cell.estimator.startswith(("bootstrap", "variance"))
]


@pytest.mark.parametrize("cell", FAST, ids=lambda cell: f"{cell.estimator} {cell.data}")
def test_intervals_hold_the_truth_in_some_95_of_100(cell: Cell) -> None:
    """The short form of `make coverage`: 400 runs each, so that a method that holds 90% fails."""
    for units in (20, 50):
        found = cover(cell, units, runs=400, seed=units)
        assert found.is_met, f"{found.held:.1%} at {units} units"
        assert found.unscored == 0


def test_the_simulation_finds_an_interval_that_is_too_short() -> None:
    """The percentile bootstrap of skewed data with 10 units, which our means replace."""
    (old,) = (c for c in cells() if c.estimator.startswith("percentile") and c.data.startswith("skewed"))
    assert not cover(old, 10, runs=400, seed=1).is_met
