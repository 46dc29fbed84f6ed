"""What a method finds, misses and adds, beside other software and by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

from thirdchair.measures.calibration import (
    brier,
    calibration_intercept,
    calibration_slope,
    expected_calibration_error,
    reliability,
)
from thirdchair.measures.diagnostic import (
    auroc,
    auroc_difference,
    decision_curve,
    positive_predictive_value,
    sensitivity,
    specificity,
)
from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.readers import compare_with_readers, information_added
from thirdchair.measures.triage import mean_absolute_error, triage
from thirdchair.measures.unread import share

HERE = Provenance("simulated", "by hand", "2026-11-30", 0, "as the test says")


def scored(found: Estimate | Unscored) -> Estimate:
    assert isinstance(found, Estimate), found
    return found


def cases(n: int = 200, seed: int = 0) -> tuple[list[float], list[bool]]:
    random = np.random.default_rng(seed)
    log_odds = random.normal(-1, 1.2, size=n)
    probabilities = 1 / (1 + np.exp(-log_odds))
    return probabilities.tolist(), (random.random(n) < probabilities).tolist()


def test_refusing_every_crisis_does_not_look_safe() -> None:
    crises = [True] * 20 + [False] * 20
    refused = [None] * 10 + [True] * 10 + [False] * 20
    found = scored(sensitivity(refused, crises, range(40), provenance=HERE))
    assert (found.value, found.n) == (1, 20)
    assert found.low < 0.5
    assert scored(specificity(refused, crises, range(40), provenance=HERE)).value == 1
    assert sensitivity([None] * 20, [True] * 20, range(20), provenance=HERE) == Unscored("nothing to count")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=15, max_size=60))
def test_auroc_is_that_of_other_software(rows: list[tuple[int, bool]]) -> None:
    scores, crises = [float(score) for score, _ in rows], [crisis for _, crisis in rows]
    found = auroc(scores, crises, range(len(rows)), provenance=HERE)
    if min(sum(crises), len(crises) - sum(crises)) < 5:
        assert isinstance(found, Unscored)
        return
    assert scored(found).value == pytest.approx(float(roc_auc_score(crises, scores)))


def test_the_error_of_an_auroc_is_that_of_leaving_out_rows_one_by_one() -> None:
    """DeLong's variance and the jackknife's are the same but for small change."""
    probabilities, crises = cases(150)
    found = scored(auroc(probabilities, crises, range(150), provenance=HERE))
    left_out = [
        roc_auc_score(crises[:at] + crises[at + 1 :], probabilities[:at] + probabilities[at + 1 :])
        for at in range(150)
    ]
    jackknife = math.sqrt(149 / 150 * float(((np.array(left_out) - np.mean(left_out)) ** 2).sum()))
    width = math.log(found.high / (1 - found.high)) - math.log(found.low / (1 - found.low))
    error = width / (2 * 1.976) * found.value * (1 - found.value)
    assert error == pytest.approx(jackknife, rel=0.03)


def test_auroc_without_overlap_is_not_certain_and_unanswered_rows_widen_it() -> None:
    apart = scored(auroc([0.1] * 20 + [0.9] * 20, [False] * 20 + [True] * 20, range(40), provenance=HERE))
    assert apart.value == 1
    assert apart.low < 0.9
    probabilities, crises = cases()
    whole = scored(auroc(probabilities, crises, range(200), provenance=HERE))
    unread = scored(auroc([None] * 20 + probabilities[20:], crises, range(200), provenance=HERE))
    assert unread.low < whole.low
    assert unread.high > whole.high - 0.02
    assert auroc([None] * 9, [True] * 9, range(9), provenance=HERE) == Unscored("no row was scored")


def test_the_same_patient_over_and_over_is_one_patient() -> None:
    probabilities, crises = cases(40)
    once = scored(auroc(probabilities, crises, range(40), provenance=HERE))
    copied = scored(auroc(probabilities * 10, crises * 10, list(range(40)) * 10, provenance=HERE))
    assert copied.value == pytest.approx(once.value)
    assert copied.clusters == 40
    assert copied.high - copied.low == pytest.approx(once.high - once.low, rel=0.05)


def test_a_pair_of_scores_is_compared_case_by_case() -> None:
    random = np.random.default_rng(1)
    probabilities, crises = cases(300)
    noisy = (np.array(probabilities) + random.normal(0, 0.6, size=300)).tolist()
    found = scored(auroc_difference(noisy, probabilities, crises, range(300), provenance=HERE))
    assert found.value == pytest.approx(roc_auc_score(crises, probabilities) - roc_auc_score(crises, noisy))
    assert found.low > 0
    same = auroc_difference(probabilities, probabilities, crises, range(300), provenance=HERE)
    assert same == Unscored("the two scores rank every row alike")
    assert isinstance(auroc_difference([1], [2], [True], [1], provenance=HERE), Unscored)


def test_a_flag_means_little_where_crises_are_rare() -> None:
    finds = share([True] * 94 + [False] * 6, range(100), provenance=HERE)
    spares = share([True] * 182 + [False] * 18, range(200), provenance=HERE)
    by_rate = [scored(positive_predictive_value(finds, spares, base_rate=rate)) for rate in (0.01, 0.1, 0.5)]
    assert [round(found.value, 3) for found in by_rate] == [0.095, 0.537, 0.913]
    assert by_rate[0].low < 0.08
    never_wrong = share([True] * 50, range(50), provenance=HERE)
    certain = scored(positive_predictive_value(finds, never_wrong, base_rate=0.01))
    assert (certain.value, certain.high) == (1, 1)
    assert certain.low < 0.2
    nothing = share([False] * 50, range(50), provenance=HERE)
    assert positive_predictive_value(nothing, never_wrong, base_rate=0.1) == Unscored("nothing was flagged")
    assert positive_predictive_value(Unscored("x"), spares, base_rate=0.1) == Unscored("x")
    with pytest.raises(ValueError, match="base rate"):
        positive_predictive_value(finds, spares, base_rate=0)


def test_net_benefit_is_that_of_its_formula_at_the_rate_where_it_is_used() -> None:
    probabilities, crises = cases()
    points = decision_curve(probabilities, crises, range(200), thresholds=[0.1, 0.5], provenance=HERE)
    acts = np.array(probabilities) >= 0.5
    truth = np.array(crises)
    assert scored(points[1].method).value == pytest.approx((acts & truth).mean() - (acts & ~truth).mean())
    assert scored(points[0].everyone).value == pytest.approx(truth.mean() - (1 - truth.mean()) / 9)
    [rare] = decision_curve(
        probabilities, crises, range(200), thresholds=[0.1], base_rate=0.01, provenance=HERE
    )
    assert scored(rare.everyone).value == pytest.approx(0.01 - 0.99 / 9)
    assert scored(rare.everyone).low == scored(rare.everyone).high
    assert scored(rare.method).value < scored(points[0].method).value
    [refused] = decision_curve([None] * 200, crises, range(200), thresholds=[0.5], provenance=HERE)
    assert isinstance(refused.method, Unscored)
    [no_crisis] = decision_curve(
        [0.2] * 9, [False] * 9, range(9), thresholds=[0.1], base_rate=0.1, provenance=HERE
    )
    assert isinstance(no_crisis.method, Unscored)


def test_a_method_that_underrates_danger_is_told_from_one_that_overrates() -> None:
    true = [0, 1, 2, 3] * 25
    meek = triage([max(level - 1, 0) for level in true], true, range(100), levels=(0, 3), provenance=HERE)
    assert scored(meek.under).value == 0.75
    assert scored(meek.under).direction == "lower"
    assert scored(meek.under).worse_end > 0.8
    assert scored(meek.over).value == 0
    assert scored(meek.error).high < 0
    silent = triage(
        [None] * 50 + [0, 1, 2, 3] * 12 + [2, 3], true, range(100), levels=(0, 3), provenance=HERE
    )
    assert scored(silent.under).high > 0.35
    error = scored(mean_absolute_error([3] * 100, true, range(100), levels=(0, 3), provenance=HERE))
    assert error.value == 1.5
    with pytest.raises(ValueError, match="outside"):
        triage([4], [0], range(1), levels=(0, 3), provenance=HERE)


def test_new_readers_are_less_certain_than_these_readers() -> None:
    random = np.random.default_rng(2)
    skill = random.normal(0.6, 0.12, size=6)
    readers = {f"reader {n}": (random.random(120) < skill[n]).astype(float).tolist() for n in range(6)}
    readers["reader 0"][:40] = [None] * 40
    method = (random.random(120) < 0.75).astype(float).tolist()
    found = compare_with_readers(method, readers, range(120), provenance=HERE)
    these, others = scored(found.these_readers), scored(found.any_readers)
    assert (
        these.value
        == others.value
        == pytest.approx(np.mean([scored(d).value for d in found.by_reader.values()]))
    )
    assert others.high - others.low > these.high - these.low
    assert scored(found.by_reader["reader 0"]).n == 80
    two = compare_with_readers(method, dict(list(readers.items())[1:3]), range(120), provenance=HERE)
    assert two.any_readers == Unscored("2 of at least 3 readers")
    few = compare_with_readers([1, 0], {"ann": [1, 0]}, range(2), provenance=HERE)
    assert isinstance(few.any_readers, Unscored)


def test_history_that_turns_into_yes_costs_specificity() -> None:
    """As in Lee et al. 2024, where a known attempt made the model say yes: both figures move, and both are shown."""
    crises = [True] * 60 + [False] * 60
    before = ([True] * 30 + [False] * 30) + ([True] * 15 + [False] * 45)
    after = ([True] * 50 + [False] * 10) + ([True] * 30 + [False] * 29 + [None])
    moved = information_added(before, after, crises, range(120), provenance=HERE)
    assert scored(moved.sensitivity).value == pytest.approx(1 / 3)
    assert scored(moved.sensitivity).low > 0.2
    assert scored(moved.specificity).value == pytest.approx(-15 / 59)
    assert scored(moved.specificity).high < -0.1


def test_calibration_is_that_of_other_software() -> None:
    probabilities, crises = cases(400)
    assert scored(brier(probabilities, crises, range(400), provenance=HERE)).value == pytest.approx(
        brier_score_loss(crises, probabilities)
    )
    log_odds = np.log(np.array(probabilities) / (1 - np.array(probabilities)))[:, None]
    theirs = LogisticRegression(C=1e12, tol=1e-10).fit(log_odds, crises)
    slope = scored(calibration_slope(probabilities, crises, range(400), provenance=HERE))
    assert slope.value == pytest.approx(float(theirs.coef_[0, 0]), abs=1e-4)
    assert slope.low < 1 < slope.high
    intercept = scored(calibration_intercept(probabilities, crises, range(400), provenance=HERE))
    held = np.clip(probabilities, 0.005, 0.995)
    moved = 1 / (1 + np.exp(-(np.log(held / (1 - held)) + intercept.value)))
    assert moved.mean() == pytest.approx(np.mean(crises))


def test_too_extreme_a_model_has_a_slope_below_one() -> None:
    probabilities, crises = cases(600)
    log_odds = np.log(np.array(probabilities) / (1 - np.array(probabilities)))
    extreme = (1 / (1 + np.exp(-2.5 * log_odds))).tolist()
    assert scored(calibration_slope(extreme, crises, range(600), provenance=HERE)).high < 0.6
    honest = scored(expected_calibration_error(probabilities, crises, range(600), provenance=HERE))
    boastful = scored(expected_calibration_error(extreme, crises, range(600), provenance=HERE))
    assert honest.high < boastful.value


def test_calibration_is_defined_when_all_predictions_are_equal() -> None:
    crises = [True] * 12 + [False] * 28
    same = [0.5] * 40
    assert scored(brier(same, crises, range(40), provenance=HERE)).value == 0.25
    assert scored(brier(same, crises, range(40), provenance=HERE)).low < 0.25
    assert scored(
        expected_calibration_error(same, crises, range(40), provenance=HERE)
    ).value == pytest.approx(0.2)
    intercept = scored(calibration_intercept(same, crises, range(40), provenance=HERE))
    assert intercept.value == pytest.approx(math.log(12 / 28))
    assert calibration_slope(same, crises, range(40), provenance=HERE) == Unscored(
        "all probabilities are equal, so they have no slope"
    )
    sure = [1.0] * 40
    assert scored(calibration_intercept(sure, crises, range(40), provenance=HERE)).value < -5
    never = expected_calibration_error([0.0] * 40, [False] * 40, range(40), provenance=HERE)
    assert 0 < scored(never).high < 0.1


def test_a_reliability_diagram_holds_every_row_once() -> None:
    probabilities, crises = cases(300)
    bins = reliability(probabilities, crises, range(300), provenance=HERE)
    held = [(one.said, scored(one.came)) for one in bins]
    assert sum(came.n for _, came in held) == 300
    assert sum(came.n * came.value for _, came in held) == pytest.approx(sum(crises))
    assert [said for said, _ in held] == sorted(said for said, _ in held)


def test_what_has_no_calibration_says_why() -> None:
    half = [0.2] * 5 + [0.8] * 5
    assert calibration_slope(half, [False] * 5 + [True] * 5, range(10), provenance=HERE) == Unscored(
        "the probabilities part crises from the rest, so the slope has no end"
    )
    assert calibration_intercept(half, [True] * 10, range(10), provenance=HERE) == Unscored(
        "everything came to be"
    )
    assert calibration_intercept(half, [False] * 10, range(10), provenance=HERE) == Unscored(
        "nothing came to be"
    )
    assert isinstance(calibration_intercept(half, [True] * 10, ["one"] * 10, provenance=HERE), Unscored)
    assert isinstance(expected_calibration_error([0.5], [True], [1], provenance=HERE), Unscored)
    with pytest.raises(ValueError, match="between 0 and 1"):
        brier([1.2], [True], range(1), provenance=HERE)
    with pytest.raises(ValueError, match="one outcome"):
        brier([0.2], [], range(1), provenance=HERE)


def test_a_probability_never_given_counts_at_its_worst() -> None:
    probabilities, crises = cases(60)
    whole = scored(brier(probabilities, crises, range(60), provenance=HERE))
    unread = scored(brier([None] * 15 + probabilities[15:], crises, range(60), provenance=HERE))
    assert unread.high > whole.high + 0.15
