"""Agreement is what textbooks and other software make of the same ratings."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from thirdchair.measures.agreement import alpha, icc, kappa, limits_of_agreement, percent_agreement
from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.totals import from_totals
from thirdchair.measures.unread import mean, mean_between, not_ruled_out, share

HERE = Provenance("simulated", "by hand", "2026-11-30", 0, "as the test says")

KRIPPENDORFF = [  # four observers, twelve units, gaps: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, C
    [1, 1, None, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [None, 5, 5, 5],
    [None, None, 1, 1],
    [None, None, 3, None],
]

SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def scored(found: Estimate | Unscored) -> Estimate:
    assert isinstance(found, Estimate), found
    return found


@pytest.mark.parametrize(
    ("scale", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_alpha_of_the_published_example(scale: str, published: float) -> None:
    found = scored(alpha(KRIPPENDORFF, range(12), scale=scale, provenance=HERE))
    assert found.value == pytest.approx(published, abs=0.0006)
    assert found.low < published < found.high
    assert found.clusters == 11  # the twelfth was rated once


def test_icc_of_the_published_example() -> None:
    """McGraw & Wong and Shrout & Fleiss print .29 and .62; the interval of .29 is .02 to .76."""
    single = scored(icc(SHROUT_FLEISS, range(6), provenance=HERE))
    together = scored(icc(SHROUT_FLEISS, range(6), provenance=HERE, of="mean of raters"))
    assert (round(single.value, 2), round(single.low, 2), round(single.high, 2)) == (0.29, 0.02, 0.76)
    assert (round(together.value, 2), round(together.low, 2), round(together.high, 2)) == (0.62, 0.07, 0.93)


def test_icc_sees_a_rater_who_is_always_higher_though_a_correlation_would_not() -> None:
    subjects = np.random.default_rng(0).normal(size=(40, 1))
    ratings = subjects + np.array([0, 2])
    found = scored(icc(ratings.tolist(), range(40), provenance=HERE))
    assert found.value < 0.6
    assert np.corrcoef(ratings.T)[0, 1] == pytest.approx(1)


def test_icc_of_raters_who_never_differ_has_no_spread_to_speak_of() -> None:
    assert isinstance(icc([[3, 3]] * 9, range(9), provenance=HERE), Unscored)
    alike = icc([[n, n] for n in range(9)], range(9), provenance=HERE)
    assert isinstance(alike, Unscored)
    with pytest.raises(ValueError, match="two raters"):
        icc([[1], [2]], range(2), provenance=HERE)


LABELS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=8, max_size=40)


@settings(max_examples=40, deadline=None)
@given(LABELS, st.sampled_from([("equal", None), ("linear", "linear"), ("quadratic", "quadratic")]))
def test_kappa_is_that_of_other_software(
    pairs: list[tuple[int, int]], weights: tuple[str, str | None]
) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    ours = kappa(first, second, range(len(pairs)), levels=range(4), weights=weights[0], provenance=HERE)
    if len({*first, *second}) == 1:
        assert isinstance(ours, Unscored)
        return
    theirs = cohen_kappa_score(first, second, labels=[0, 1, 2, 3], weights=weights[1])
    if isinstance(ours, Estimate):
        assert ours.value == pytest.approx(float(theirs), abs=1e-9)


def test_kappa_of_perfect_agreement_is_never_certain() -> None:
    found = scored(kappa([0, 1] * 20, [0, 1] * 20, range(40), levels=[0, 1], provenance=HERE))
    assert found.value == 1
    assert found.low < 0.9
    more = scored(kappa([0, 1] * 200, [0, 1] * 200, range(400), levels=[0, 1], provenance=HERE))
    assert found.low < more.low < 1


def test_a_unit_is_not_its_rows() -> None:
    """The same 80 labels are worth less where they come from eight sessions."""
    random = np.random.default_rng(2)
    tendency = random.random(8).repeat(10)
    first = (random.random(80) < tendency).astype(int).tolist()
    second = (random.random(80) < tendency).astype(int).tolist()
    apart = scored(kappa(first, second, range(80), levels=[0, 1], provenance=HERE))
    together = scored(kappa(first, second, np.arange(8).repeat(10).tolist(), levels=[0, 1], provenance=HERE))
    assert apart.value == together.value
    assert together.clusters == 8
    assert together.high - together.low > apart.high - apart.low


def test_labels_that_are_not_levels_are_refused() -> None:
    with pytest.raises(ValueError, match="not among"):
        kappa([1], [9], range(1), levels=[1, 2], provenance=HERE)


def test_limits_of_agreement_are_those_of_their_formula() -> None:
    random = np.random.default_rng(3)
    first = random.normal(50, 10, size=60)
    second = first + random.normal(2, 3, size=60)
    found = limits_of_agreement(first.tolist(), second.tolist(), range(60), provenance=HERE, unit="points")
    apart = second - first
    assert scored(found.bias).value == pytest.approx(apart.mean())
    assert scored(found.upper).value == pytest.approx(apart.mean() + 1.959964 * apart.std(ddof=1))
    assert scored(found.lower).value == pytest.approx(apart.mean() - 1.959964 * apart.std(ddof=1))
    assert scored(found.lower).high < scored(found.bias).low


def test_agreement_of_unanswered_rows_is_not_known() -> None:
    found = scored(percent_agreement(["a", "b", None, "b"], ["a", "b", "b", "a"], range(4), provenance=HERE))
    assert found.value == pytest.approx(2 / 3)
    assert found.low < 0.25
    assert found.high > 0.9


def test_alpha_without_pairs_or_without_spread_is_unscored() -> None:
    assert alpha([[1, None], [2, None]], range(2), provenance=HERE) == Unscored("no subject was rated twice")
    assert alpha([[1, 1], [1, 1]], range(2), provenance=HERE) == Unscored("every value is the same")
    perfect = scored(alpha([[n % 2, n % 2] for n in range(50)], range(50), scale="interval", provenance=HERE))
    assert perfect.low < perfect.value == 1


def test_the_same_seed_gives_the_same_digits_and_order_of_rows_does_not_matter_to_the_value() -> None:
    values = np.random.default_rng(4).normal(size=30).tolist()
    once = mean(values, range(30), bounds=(-9, 9), provenance=HERE, unit="points")
    again = mean(values, range(30), bounds=(-9, 9), provenance=HERE, unit="points")
    assert once == again


def test_too_few_units_say_nothing() -> None:
    assert mean([1, 2, 3], ["a", "a", "b"], bounds=(0, 3), provenance=HERE, unit="x") == Unscored(
        "2 of at least 5 independent units"
    )
    assert share([True, False] * 4, ["a", "b"] * 4, provenance=HERE) == Unscored(
        "2 of at least 5 independent units"
    )
    assert share([], [], provenance=HERE) == Unscored("nothing to count")
    assert mean([], [], bounds=(0, 1), provenance=HERE, unit="x") == Unscored("nothing to count")
    unknown = mean_between([0.0] * 6, [1.0] * 6, range(6), bounds=(0, 1), provenance=HERE, unit="x")
    assert unknown == Unscored("no value is known")
    with pytest.raises(ValueError, match="one unit"):
        share([True], [], provenance=HERE)


def test_a_statistic_undefined_in_many_resamples_has_no_interval() -> None:
    rows = np.array([[1.0, 0]] * 9 + [[1.0, 1]])
    found = from_totals(lambda t: t[:, 0] / t[:, 1], rows, range(10), provenance=HERE, unit="x")
    assert found == Unscored("too few units to resample: many resamples leave the figure undefined")


def test_none_in_300_shows_at_most_one_in_a_hundred_or_so() -> None:
    found = scored(share([False] * 300, range(300), provenance=HERE))
    assert (found.value, round(found.high, 3)) == (0, round(not_ruled_out(300), 3))
    in_sessions = scored(share([False] * 300, np.arange(30).repeat(10).tolist(), provenance=HERE))
    assert in_sessions.high > 0.1


def test_10000_rows_take_a_moment() -> None:
    random = np.random.default_rng(5)
    first, second = random.integers(0, 4, size=(2, 10_000)).tolist()
    started = time.process_time()
    kappa(first, second, range(10_000), levels=range(4), weights="quadratic", provenance=HERE)
    assert time.process_time() - started < 4
