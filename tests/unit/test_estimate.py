"""Numbers carry their interval and their source, and too little data is never a number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thirdchair.measures.estimate import Estimate, Provenance, Unscored, estimate_from_json
from thirdchair.measures.proportions import accuracy, proportion
from thirdchair.measures.resampling import bootstrap_mean

HERE = Provenance("example", "by hand", "2025-01-01", 7, "a textbook")


@given(n=st.integers(1, 500), data=st.data())
def test_a_proportion_lies_within_its_interval_and_the_interval_within_0_and_1(
    n: int, data: st.DataObject
) -> None:
    successes = data.draw(st.integers(0, n))
    found = proportion(successes, n, provenance=HERE)
    assert isinstance(found, Estimate)
    assert -1e-9 <= found.low <= found.value <= found.high <= 1 + 1e-9


def test_all_of_a_few_is_not_certainty() -> None:
    found = proportion(5, 5, provenance=HERE)
    assert isinstance(found, Estimate)
    assert found.low < 0.6


def test_the_wilson_interval_is_the_published_one() -> None:
    """Newcombe 1998, Stat Med 17:857-872, table I: 81 of 263."""
    found = proportion(81, 263, provenance=HERE)
    assert isinstance(found, Estimate)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)


def test_nothing_counted_is_unscored_not_zero() -> None:
    assert proportion(0, 0, provenance=HERE) == Unscored("nothing to count")
    assert accuracy([], [], provenance=HERE) == Unscored("nothing to count")


def test_an_impossible_proportion_is_refused() -> None:
    with pytest.raises(ValueError, match="no proportion"):
        proportion(3, 2, provenance=HERE)


def test_four_sessions_are_too_few_for_a_bootstrap() -> None:
    assert isinstance(bootstrap_mean([1.0] * 8, list("aabbccdd"), provenance=HERE, unit="words"), Unscored)


def test_the_bootstrap_resamples_sessions_not_sentences() -> None:
    """Ten copies of each value say no more than one of each."""
    values, ids = [0.1, 0.5, 0.2, 0.9, 0.4, 0.6], list("abcdef")
    once = bootstrap_mean(values, ids, provenance=HERE, unit="share")
    tenfold = bootstrap_mean(values * 10, ids * 10, provenance=HERE, unit="share")
    assert isinstance(once, Estimate)
    assert isinstance(tenfold, Estimate)
    assert tenfold.low == pytest.approx(once.low)
    assert (tenfold.n, tenfold.clusters) == (60, 6)


def test_the_same_seed_gives_the_same_interval() -> None:
    values, ids = [1.0, 2.0, 5.0, 3.0, 8.0], list("abcde")
    one, other = (bootstrap_mean(values, ids, provenance=HERE, unit="words") for _ in range(2))
    assert one == other


def test_the_worse_end_depends_on_which_way_is_better() -> None:
    higher = proportion(7, 10, provenance=HERE)
    lower = proportion(7, 10, provenance=HERE, direction="lower")
    assert isinstance(higher, Estimate)
    assert isinstance(lower, Estimate)
    assert higher.worse_end == higher.low
    assert lower.worse_end == lower.high


def test_an_estimate_outside_its_interval_cannot_exist() -> None:
    with pytest.raises(ValueError, match="within its interval"):
        Estimate(0.9, 0.1, 0.5, 10, 10, "share", "higher", "d", "m", "2025-01-01", 0, "s")


def test_estimates_survive_being_stored() -> None:
    found = proportion(7, 10, provenance=HERE)
    assert estimate_from_json(found.as_json()) == found
    assert estimate_from_json(Unscored("no session raised it").as_json()) == Unscored("no session raised it")
