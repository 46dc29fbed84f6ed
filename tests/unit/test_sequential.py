"""Deciding as soon as a requirement is answered, and not one unit sooner."""

from __future__ import annotations

import math

import numpy as np
import pytest
from benchmarks.sequential import planned_units, planted, run_both

from thirdchair.evidence.pack import EvidencePack
from thirdchair.evidence.requirement import Ceiling, Required, Requirement, shortfalls
from thirdchair.evidence.sequential import SequentialDecision, confidence_sequence
from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.wilson import wilson

HERE = Provenance("example", "by hand", "2025-01-01", 7, "a textbook")
NINE_TENTHS = Requirement("found", 0.9, "why")
ONE_IN_TWENTY = Ceiling("unsupported", 0.05, "why")


def decided(required: Required, values: list[float], most: int = 300) -> SequentialDecision:
    decision = SequentialDecision(required, most=most)
    for value in values:
        decision.add(value)
    return decision


def test_before_any_unit_nothing_is_known() -> None:
    decision = SequentialDecision(NINE_TENTHS, most=10)
    assert decision.verdict == "go_on"
    assert decision.interval() == pytest.approx((0, 1), abs=1e-9)
    assert decision.estimate(provenance=HERE) == Unscored("no unit was asked")


def test_a_clear_answer_is_given_early_and_kept() -> None:
    good = decided(NINE_TENTHS, [1.0] * 300)
    bad = decided(NINE_TENTHS, [0.0] * 300)
    assert (good.verdict, bad.verdict) == ("cleared", "short")
    assert bad.units < 5 < good.units < 80
    units = good.units
    assert good.add(0.0) == "cleared" and good.units == units


def test_a_ceiling_is_judged_on_the_other_side() -> None:
    assert decided(ONE_IN_TWENTY, [0.0] * 300).verdict == "cleared"
    assert decided(ONE_IN_TWENTY, [1.0] * 300).verdict == "short"


def test_a_perfect_record_needs_more_units_than_could_ever_be_fewest() -> None:
    """No honest rule clears with fewer units than would let a method at the threshold pass by luck."""
    for required in (NINE_TENTHS, Requirement("found", 0.8, "why")):
        units = decided(required, [1.0] * 300).units
        assert required.threshold**units < 0.025


def test_what_is_undecided_at_the_end_of_the_plan_falls_short() -> None:
    even = decided(Requirement("found", 0.5, "why"), [1.0, 0.0] * 20, most=40)
    assert (even.verdict, even.units) == ("short", 40)


def test_the_last_look_clears_what_the_fixed_design_would_nearly_clear() -> None:
    """275 of 290: above the threshold by the fixed design, not by so much that early stopping would see it."""
    values = ([1.0] * 18 + [0.0]) * 15 + [1.0] * 5
    assert wilson(int(sum(values)), len(values))[0] > 0.91
    decision = decided(NINE_TENTHS, values, most=len(values))
    assert decision.verdict == "cleared"
    low, _ = decision.interval()
    assert low >= 0.9


NINETEEN_IN_TWENTY = Requirement("found", 0.95, "why")


@pytest.mark.parametrize("most", [73, 78, 80, 84])
def test_a_plan_too_small_to_clear_early_is_a_fixed_design(most: int) -> None:
    """What 73 clean units show by Wilson's interval they show here too, looked at once, at the end; what fails is seen early."""
    clean = decided(NINETEEN_IN_TWENTY, [1.0] * (most - 1), most=most)
    assert (clean.verdict, clean.interval()[0]) == ("go_on", 0.0)
    assert clean.add(1.0) == "cleared"
    assert clean.interval()[0] == pytest.approx(wilson(most, most)[0])
    assert 0.95**most < 0.025  # how often a method at the threshold would pass
    assert decided(NINETEEN_IN_TWENTY, [0.0] + [1.0] * (most - 1), most=most).verdict == "short"
    bad = decided(NINETEEN_IN_TWENTY, [0.0] * most, most=most)
    assert (bad.verdict, bad.units) == ("short", 2)
    ceiling = decided(ONE_IN_TWENTY, [0.0] * most, most=most)
    assert (ceiling.verdict, ceiling.units) == ("cleared", most)


def test_a_plan_smaller_than_any_that_shows_it_never_clears() -> None:
    assert decided(NINETEEN_IN_TWENTY, [1.0] * 72, most=72).verdict == "short"


def test_a_plan_large_enough_still_clears_early() -> None:
    clean = decided(NINETEEN_IN_TWENTY, [1.0] * 160, most=160)
    assert clean.verdict == "cleared" and clean.units < 130


@pytest.mark.parametrize("required", [NINE_TENTHS, ONE_IN_TWENTY])
def test_the_pack_says_what_the_decision_said(required: Required) -> None:
    rng = np.random.default_rng(8)
    for true in (0.01, 0.04, 0.06, 0.2, 0.8, 0.88, 0.93, 0.97):
        decision = decided(required, (rng.random(200) < true).astype(float).tolist(), most=200)
        found = decision.estimate(provenance=HERE)
        assert isinstance(found, Estimate) and found.n == decision.units
        pack = EvidencePack("u", "m", "d", "en", "2026-01-01", "c", {required.measure: found}, "d")
        assert (shortfalls((required,), pack) == ()) == (decision.verdict == "cleared")


def test_the_bounds_do_not_depend_on_the_order_of_units() -> None:
    values = np.random.default_rng(1).random(60)
    forwards, backwards = confidence_sequence(values.tolist()), confidence_sequence(values[::-1].tolist())
    assert forwards == pytest.approx(backwards)


def test_the_bounds_are_as_those_of_a_plain_likelihood_ratio_where_units_are_yes_or_no() -> None:
    """After n successes in n the stake on "more than m" is the mixture of (1 + c (1/m - 1))^n over the bets."""
    n, m = 40, 0.9
    bets = np.sin(np.pi * (2 * np.arange(32) + 1) / 128) ** 2
    stake = float(((1 + bets * (1 / m - 1)) ** n).mean())
    low, _ = confidence_sequence([1.0] * n, alpha=2 / stake)
    assert low == pytest.approx(m)


@pytest.mark.parametrize(
    "draw",
    [
        lambda rng, n: (rng.random(n) < 0.9).astype(float),
        lambda rng, n: (rng.random(n) < 0.5).astype(float),
        lambda rng, n: (rng.random(n) < 0.02).astype(float),
        lambda rng, n: rng.binomial(3, rng.beta(9, 1, n)) / 3,
        lambda rng, n: rng.beta(0.5, 0.5, n),
    ],
    ids=["0.9", "0.5", "0.02", "three repeats", "continuous"],
)
def test_the_truth_is_within_the_bounds_at_all_times_in_95_of_100_runs(draw: object) -> None:
    """The truth leaves the bounds exactly when a stake against it passes 2 / alpha, so that is what is watched."""
    assert callable(draw)
    truth = float(np.mean(draw(np.random.default_rng(0), 2_000_000)))
    truth = round(truth, 2)
    rng, left, runs = np.random.default_rng(11), 0, 200
    for _ in range(runs):
        values = draw(rng, 300)
        watch = SequentialDecision(Requirement("found", truth, "why"), most=10**9, alpha=0.05 / 0.3)
        left += any(watch.add(float(value)) != "go_on" for value in values)
    assert left / runs <= 0.05


def test_clear_cases_need_at_most_a_third_of_the_calls_and_no_more_errors() -> None:
    """The short form of `make sequential`."""
    for one in planted():
        if not (one.clear or one.name == "on the threshold") or planned_units(one.required) > 300:
            continue
        found = run_both(one, runs=150, seed=5)
        if one.clear:
            assert found.share_of_calls <= 1 / 3
            assert found.sequential_cleared == found.fixed_cleared == (1.0 if one.name == "good" else 0.0)
        else:
            assert found.sequential_cleared <= 0.025 + 3 * math.sqrt(0.025 * 0.975 / 150)
        assert found.bounds_wrong_at_stop <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / 150)


@pytest.mark.parametrize("wrong", [-0.1, 1.1, math.nan, math.inf])
def test_a_unit_without_a_score_is_not_passed_over(wrong: float) -> None:
    with pytest.raises(ValueError, match="counts as the worst"):
        SequentialDecision(NINE_TENTHS, most=10).add(wrong)
    with pytest.raises(ValueError, match="counts as the worst"):
        confidence_sequence([wrong])


def test_only_a_share_can_be_decided_and_only_over_units() -> None:
    with pytest.raises(ValueError, match="share"):
        SequentialDecision(Ceiling("gap", 2.0, "why", unit="points"), most=10)
    with pytest.raises(ValueError, match="at least one unit"):
        SequentialDecision(NINE_TENTHS, most=0)
