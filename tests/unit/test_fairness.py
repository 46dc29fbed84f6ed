"""Planted bias is found, none is made up, and 'no difference' has to be shown."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.fairness import (
    Answered,
    Effect,
    Permuted,
    factor_effects,
    gap,
    holm,
    paired_differences,
    permutation_test,
)
from thirdchair.measures.margins import Against, Margin, equivalence, not_inferior

HERE = Provenance("simulated", "by hand", "2026-11-30", 0, "as the test says")
SCALE = (0.0, 100.0)
NO_MATTER = Margin(3, "below what a patient would notice", "2026-11-01")


def answers(
    planted: float = 0.0, *, vignettes: int = 30, repeats: int = 3, seed: int = 0, noise: float = 4.0
) -> list[Answered]:
    """Vignettes by gender and partner; a planted effect for men; each vignette with a level of its own."""
    random = np.random.default_rng(seed)
    rows: list[Answered] = []
    for vignette in range(vignettes):
        level = random.normal(50, 15)
        for gender in ("woman", "man"):
            for partner in ("woman", "man"):
                for _ in range(repeats):
                    score = level + planted * (gender == "man") + random.normal(0, noise)
                    rows.append(Answered(vignette, {"gender": gender, "partner": partner}, float(score)))
    return rows


def effects(rows: list[Answered], **more: bool) -> dict[str, Effect]:
    found = factor_effects(rows, scale=SCALE, provenance=HERE, unit="points", **more)
    assert not isinstance(found, Unscored), found
    return {effect.name: effect for effect in found}


def test_a_bias_of_a_third_of_the_noise_is_found_in_30_vignettes() -> None:
    rows = answers(planted=-2.5)
    found = gap(rows, "gender", "woman", "man", scale=SCALE, provenance=HERE, unit="points")
    assert isinstance(found, Estimate)
    assert found.high < 0
    assert found.clusters == 30
    test = permutation_test(rows, "gender", seed=0)
    assert isinstance(test, Permuted)
    assert test.p < 0.01
    other = permutation_test(rows, "partner", seed=0)
    assert isinstance(other, Permuted)
    assert other.p > 0.05


def test_a_main_effect_is_half_the_gap_and_not_the_effect_in_one_group() -> None:
    """With dummy codes and an interaction, the coefficient would be the effect in the reference group alone."""
    rows = [
        Answered(
            row.vignette,
            row.identity,
            row.value + 6 * (row.identity["gender"] == row.identity["partner"] == "man"),
        )
        for row in answers()
    ]
    found = effects(rows)
    whole = gap(rows, "gender", "woman", "man", scale=SCALE, provenance=HERE, unit="points")
    assert isinstance(whole, Estimate)
    assert found["gender: man"].added.value == pytest.approx(whole.value / 2)
    assert found["gender: man"].added.value == pytest.approx(-found["gender: woman"].added.value)
    assert 1 < found["gender: man"].added.value < 2
    assert found["gender: man, partner: man"].p < 0.001


def test_a_complete_design_gives_the_paired_t_test() -> None:
    rows = answers(planted=2, vignettes=12)
    pairs = paired_differences(rows, "gender", "woman", "man")
    by_vignette = [np.mean([d for d, v in pairs if v == vignette]) for vignette in range(12)]
    theirs = stats.ttest_1samp(by_vignette, 0)
    ours = effects(rows)["gender: man"]
    assert ours.p == pytest.approx(float(theirs.pvalue))
    low, high = theirs.confidence_interval(0.95)
    assert (2 * ours.added.low, 2 * ours.added.high) == pytest.approx((low, high))


def test_missing_answers_do_not_bend_the_effect() -> None:
    """Half the answers of hard vignettes are missing for men: a plain mean is off by points, the mixed model is not."""
    random = np.random.default_rng(1)
    whole = answers(noise=1, vignettes=40)
    level = {v: np.mean([row.value for row in whole if row.vignette == v]) for v in range(40)}
    kept = [
        row
        for row in whole
        if not (row.identity["gender"] == "man" and level[row.vignette] < 50 and random.random() < 0.7)
    ]
    plain = np.mean([r.value for r in kept if r.identity["gender"] == "man"]) - np.mean(
        [r.value for r in kept if r.identity["gender"] == "woman"]
    )
    found = effects(kept, interactions=False)["gender: man"].added
    assert plain > 3
    assert found.low < 0 < found.high
    assert abs(2 * found.value) < 0.5


def test_three_groups_are_tested_together_and_one_by_one() -> None:
    random = np.random.default_rng(2)
    rows = [
        Answered(v, {"ethnicity": e}, 10 * v % 50 + (e == "c") * 3 + random.normal())
        for v in range(25)
        for e in ("a", "b", "c")
    ]
    test = permutation_test(rows, "ethnicity", seed=1)
    assert isinstance(test, Permuted)
    assert (test.p, test.exact) == (pytest.approx(1 / 10_001), False)
    found = effects(rows)
    assert found["ethnicity: c"].added.low > 1
    assert sum(effect.added.value for effect in found.values()) == pytest.approx(0)


def flagged(test: Callable[[list[Answered]], float], runs: int = 200) -> float:
    return float(np.mean([test(answers(vignettes=8, repeats=1, seed=seed)) < 0.05 for seed in range(runs)]))


def test_a_model_without_bias_is_flagged_no_more_often_than_it_may_be() -> None:
    """At 5% and 200 runs, 18 flags or fewer in 49 of 50 sets of runs."""

    def permuted(rows: list[Answered]) -> float:
        found = permutation_test(rows, "gender", seed=0)
        assert isinstance(found, Permuted)
        return found.p

    assert flagged(permuted) <= 0.09
    assert flagged(lambda rows: effects(rows)["gender: man"].p) <= 0.09


def test_a_model_that_answers_alike_whoever_it_is_is_shown_to() -> None:
    blind = [Answered(v, {"gender": g}, 40.0 + v) for v in range(60) for g in ("woman", "man")]
    assert {effect.p for effect in effects(blind).values()} == {1.0}
    none = gap(blind, "gender", "woman", "man", scale=SCALE, provenance=HERE, unit="points")
    assert isinstance(none, Estimate)
    assert none.low < none.value == 0 < none.high
    differences, vignettes = zip(*paired_differences(blind, "gender", "woman", "man"), strict=True)
    wide = Margin(10, "a tenth of the scale", "2026-11-01")
    found = equivalence(
        differences, vignettes, bounds=(-100, 100), margin=wide, provenance=HERE, unit="points"
    )
    assert isinstance(found, Against)
    assert found.shown
    narrow = equivalence(
        differences, vignettes, bounds=(-100, 100), margin=NO_MATTER, provenance=HERE, unit="points"
    )
    assert isinstance(narrow, Against)
    assert not narrow.shown  # sixty vignettes cannot rule out three in a hundred that differ by everything


def test_no_difference_found_is_not_no_difference_shown() -> None:
    random = np.random.default_rng(3)
    few = random.normal(0, 8, size=8).tolist()
    many = random.normal(0, 8, size=400).tolist()
    tested = [
        equivalence(d, range(len(d)), bounds=(-100, 100), margin=NO_MATTER, provenance=HERE, unit="points")
        for d in (few, many)
    ]
    assert [isinstance(found, Against) and found.shown for found in tested] == [False, True]
    biased = equivalence(
        (np.array(many) + 5).tolist(),
        range(400),
        bounds=(-100, 100),
        margin=NO_MATTER,
        provenance=HERE,
        unit="points",
    )
    assert isinstance(biased, Against)
    assert not biased.shown
    assert biased.p > 0.99


def test_two_one_sided_tests_are_those_of_other_software() -> None:
    values = np.random.default_rng(4).normal(0.5, 2, size=40)
    found = equivalence(
        values.tolist(),
        range(40),
        bounds=(-50, 50),
        margin=Margin(1, "x", "2026-11-01"),
        provenance=HERE,
        unit="points",
    )
    assert isinstance(found, Against)
    sides = [
        stats.ttest_1samp(values, -1, alternative="greater").pvalue,
        stats.ttest_1samp(values, 1, alternative="less").pvalue,
    ]
    assert found.p == pytest.approx(float(max(sides)))


def test_not_inferior_is_what_the_interval_says() -> None:
    values = np.random.default_rng(5).normal(0, 0.5, size=80).tolist()
    for size in (0.02, 0.3):
        margin = Margin(size, "agreed with clinicians", "2026-11-01")
        found = not_inferior(values, range(80), bounds=(-5, 5), margin=margin, provenance=HERE, unit="points")
        assert isinstance(found, Against)
        assert found.shown == (found.difference.low > -size)


def test_always_the_same_loss_is_not_made_good_by_having_no_spread() -> None:
    tenth = Margin(0.1, "one case in ten", "2026-11-01")
    lost = not_inferior([-0.2] * 50, range(50), bounds=(-1, 1), margin=tenth, provenance=HERE, unit="share")
    equal = not_inferior([0.0] * 50, range(50), bounds=(-1, 1), margin=tenth, provenance=HERE, unit="share")
    assert isinstance(lost, Against)
    assert isinstance(equal, Against)
    assert (lost.shown, lost.p) == (False, 1)
    assert equal.shown
    beyond = Margin(2, "more than there can be", "2026-11-01")
    assert (
        not_inferior([0.0] * 9, range(9), bounds=(-1, 1), margin=beyond, provenance=HERE, unit="share").p == 0
    )


def test_a_margin_chosen_afterwards_is_refused() -> None:
    for test in (equivalence, not_inferior):
        with pytest.raises(ValueError, match="not before"):
            test(
                [0.1] * 9,
                range(9),
                bounds=(-1, 1),
                margin=Margin(1, "fits nicely", "2026-11-30"),
                provenance=HERE,
                unit="points",
            )
    with pytest.raises(ValueError, match="reason"):
        Margin(1, " ", "2026-11-01")
    with pytest.raises(ValueError, match="larger"):
        Margin(0, "x", "2026-11-01")


def test_too_little_is_said_to_be_too_little() -> None:
    few = answers(vignettes=3)
    assert isinstance(
        gap(few, "gender", "woman", "man", scale=SCALE, provenance=HERE, unit="points"), Unscored
    )
    assert isinstance(permutation_test(few, "gender", seed=0), Unscored)
    assert isinstance(factor_effects(few, scale=SCALE, provenance=HERE, unit="points"), Unscored)
    tied = [Answered(v, {"gender": g, "name": g}, 1.0) for v in range(20) for g in ("woman", "man")]
    assert factor_effects(tied, scale=SCALE, provenance=HERE, unit="points") == Unscored(
        "the versions do not tell the factors apart"
    )
    for test in (equivalence, not_inferior):
        found = test([0.1], [1], bounds=(-1, 1), margin=NO_MATTER, provenance=HERE, unit="points")
        assert isinstance(found, Unscored)


def test_holm_by_hand() -> None:
    assert holm({"a": 0.04, "b": 0.001, "c": 0.03, "d": 0.6}) == pytest.approx(
        {"a": 0.09, "b": 0.004, "c": 0.09, "d": 0.6}
    )
    assert holm({}) == {}
