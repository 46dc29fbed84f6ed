"""What a plan promises is what happens when it is carried out."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from thirdchair.measures.estimate import Estimate, Provenance
from thirdchair.measures.power import (
    effective_units,
    least_detectable,
    least_n_of_share,
    power_of_equivalence,
    power_of_mean,
    power_of_non_inferiority,
    power_of_share,
    reach_of,
    smallest_margin,
    spread_of_unit_means,
)
from thirdchair.measures.proportions import proportion
from thirdchair.measures.wilson import least_n_without_failure, upper_bound_of_none, wilson

HERE = Provenance("example", "by hand", "2025-01-01", 7, "a textbook")


def test_the_power_of_a_t_test_is_that_of_the_tables() -> None:
    """Paired, two-sided, 0.05, as every program gives it: 34 pairs for d = 0.5 at 80%, 199 for d = 0.2."""
    assert power_of_mean(0.5, 33) < 0.8 < power_of_mean(0.5, 34)
    assert power_of_mean(0.2, 198) < 0.8 < power_of_mean(0.2, 199)
    assert power_of_mean(0.0, 50) == pytest.approx(0.05, abs=1e-4)


def test_the_least_detectable_difference_has_just_the_power_asked() -> None:
    assert power_of_mean(least_detectable(40, sd=2), 40, sd=2) == pytest.approx(0.8, abs=1e-4)


@pytest.mark.parametrize("difference", [0.0, 0.2])
def test_equivalence_happens_as_often_as_promised(difference: float) -> None:
    rng, units, margin, runs = np.random.default_rng(3), 40, 0.5, 4000
    draws = rng.normal(difference, 1, (runs, units))
    reach = stats.t.ppf(0.95, units - 1) * draws.std(axis=1, ddof=1) / math.sqrt(units)
    means = draws.mean(axis=1)
    both = ((means - reach > -margin) & (means + reach < margin)).mean()
    above = (means - stats.t.ppf(0.975, units - 1) / stats.t.ppf(0.95, units - 1) * reach > -margin).mean()
    assert power_of_equivalence(margin, units, difference=difference) == pytest.approx(both, abs=0.025)
    assert power_of_non_inferiority(margin, units, difference=difference) == pytest.approx(above, abs=0.025)


def test_the_smallest_margin_has_just_the_power_asked() -> None:
    assert power_of_equivalence(smallest_margin(40, kind="equivalence"), 40) == pytest.approx(0.8, abs=1e-3)


@pytest.mark.parametrize("at_least", [0.7, 0.9, 0.95])
@pytest.mark.parametrize("n", [20, 77, 300])
def test_the_power_of_a_share_is_the_sum_over_every_count_that_passes(n: int, at_least: float) -> None:
    expected = sum(
        stats.binom.pmf(k, n, 0.96)
        for k in range(n + 1)
        if isinstance(found := proportion(k, n, provenance=HERE), Estimate) and found.low >= at_least
    )
    assert power_of_share(0.96, n, at_least=at_least) == pytest.approx(expected)


def test_the_least_n_of_a_share_reaches_the_power_and_no_smaller_one_does() -> None:
    n = least_n_of_share(0.95, at_least=0.9)
    assert n is not None
    assert power_of_share(0.95, n, at_least=0.9) >= 0.8
    assert all(power_of_share(0.95, fewer, at_least=0.9) < 0.8 for fewer in range(1, n))
    assert least_n_of_share(0.9, at_least=0.9) is None


def test_none_in_three_hundred_shows_at_most_one_percent_one_sided() -> None:
    assert upper_bound_of_none(300) < 0.01 < upper_bound_of_none(298)
    assert wilson(0, 300)[1] == pytest.approx(0.0126, abs=1e-4)


@pytest.mark.parametrize("limit", [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.001])
def test_the_fewest_without_failure_pass_and_one_fewer_do_not(limit: float) -> None:
    n = least_n_without_failure(limit)
    assert n is not None
    assert wilson(0, n)[1] <= limit
    assert n == 1 or wilson(0, n - 1)[1] > limit


def test_repeats_shrink_only_what_varies_within_units() -> None:
    rng = np.random.default_rng(4)
    units = rng.normal(0, 1, (20_000, 1)) + rng.normal(0, 2, (20_000, 8))
    assert spread_of_unit_means(between=1, within=2, repeats=8) == pytest.approx(
        units.mean(axis=1).std(), rel=0.02
    )
    assert effective_units(100, per_unit=10, icc=1) == 10
    assert effective_units(100, per_unit=10, icc=0) == 100


def test_more_units_show_more() -> None:
    few, many = reach_of(20), reach_of(100)
    assert many.upper_bound_of_none < few.upper_bound_of_none
    assert many.lower_bound_of_all > few.lower_bound_of_all
    for name in ("half_width", "least_detectable", "equivalence_margin", "non_inferiority_margin"):
        assert getattr(many, name) < getattr(few, name)
    with pytest.raises(ValueError, match="show nothing"):
        reach_of(2)
