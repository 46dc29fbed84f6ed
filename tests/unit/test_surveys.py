"""Questionnaires are scored by their published keys, and what is not answered is never filled in."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.surveys import ede_q, leas, pvq_rr, rand_36, rmet, siri2

HERE = Provenance("simulated", "by hand", "2026-11-30", 0, "as the test says")
ANSWERS = st.lists(st.integers(1, 6), min_size=57, max_size=57).map(
    lambda given: dict(enumerate(given, start=1))
)


def profile_of(answers: dict[int, int]) -> pvq_rr.ValueProfile:
    found = pvq_rr.score_pvq_rr(answers)
    assert isinstance(found, pvq_rr.ValueProfile)
    return found


def test_the_key_of_the_pvq_rr_uses_every_item_once() -> None:
    assert sorted(chain.from_iterable(pvq_rr.VALUES.values())) == list(range(1, 58))
    assert len(pvq_rr.VALUES) == 19


def test_the_ten_and_the_four_values_partition_all_but_humility_and_face() -> None:
    borders = {"humility", "face"}
    for groups, size in ((pvq_rr.BASIC, 10), (pvq_rr.HIGHER, 4)):
        members = list(chain.from_iterable(groups.values()))
        assert len(groups) == size
        assert len(members) == len(set(members)) == 17
        assert set(members) == set(pvq_rr.VALUES) - borders


def test_the_circle_goes_round_as_schwartz_2012_has_it() -> None:
    order = list(pvq_rr.VALUES)
    assert order[0] == "self-direction, thought"
    assert (
        order.index("achievement") < order.index("face") < order.index("tradition") < order.index("humility")
    )
    assert order[-1] == "universalism, tolerance"


@given(ANSWERS)
def test_centred_values_sum_to_nothing_and_scale_use_cancels(answers: dict[int, int]) -> None:
    found = profile_of(answers)
    assert sum(found.centred.values()) == pytest.approx(0, abs=1e-9)
    assert all(-5 <= score <= 5 for score in found.centred.values())
    assert np.mean(list(found.raw.values())) == pytest.approx(found.mean_rating)
    for name, values in pvq_rr.HIGHER.items():
        assert found.higher[name] == pytest.approx(np.mean([found.centred[value] for value in values]))
    if max(answers.values()) < 6:
        raised = profile_of({item: answer + 1 for item, answer in answers.items()})
        assert raised.centred == pytest.approx(found.centred)


def test_one_answer_throughout_is_a_straight_line_and_no_profile() -> None:
    flat = profile_of(dict.fromkeys(range(1, 58), 4))
    assert flat.straight_line
    assert set(flat.centred.values()) == {0.0}


def test_a_questionnaire_with_a_gap_is_not_scored() -> None:
    assert pvq_rr.score_pvq_rr(dict.fromkeys(range(1, 57), 3)) == Unscored("56 of 57 items are answered")
    with pytest.raises(ValueError, match="1 to 57"):
        pvq_rr.score_pvq_rr({58: 3})
    with pytest.raises(ValueError, match="1 to 6"):
        pvq_rr.score_pvq_rr({1: 7})


def personas(circular: bool, count: int = 120) -> list[pvq_rr.ValueProfile]:
    random = np.random.default_rng(3)
    angles = 2 * np.pi * np.arange(19) / 19
    made: list[pvq_rr.ValueProfile] = []
    for _ in range(count):
        along, across = random.normal(size=2) * circular
        scores = along * np.cos(angles) + across * np.sin(angles) + 0.6 * random.normal(size=19)
        centred = dict(zip(pvq_rr.VALUES, scores - scores.mean(), strict=True))
        made.append(pvq_rr.ValueProfile(centred, centred, {}, {}, 3.5, False))
    return made


def test_a_circle_is_found_where_there_is_one_and_nowhere_else() -> None:
    circle = pvq_rr.circular_structure(personas(True), range(120), provenance=HERE)
    noise = pvq_rr.circular_structure(personas(False), range(120), provenance=HERE)
    for found in (circle.order, circle.wave):
        assert isinstance(found, Estimate)
        assert found.low > 0.9
    assert isinstance(circle.violations, Estimate)
    assert circle.violations.high < 0.05
    assert circle.p_order == pytest.approx(1 / 2001)
    assert isinstance(noise.violations, Estimate)
    assert noise.violations.value > 0.35
    assert isinstance(noise.p_order, float)
    assert noise.p_order > 0.01


def test_runs_of_one_model_show_no_circle() -> None:
    one_model = pvq_rr.circular_structure(personas(True), ["one model"] * 120, provenance=HERE)
    assert one_model.order == Unscored("1 of at least 20 independent units")
    same = pvq_rr.circular_structure(
        [profile_of(dict.fromkeys(range(1, 58), 4))] * 30, range(30), provenance=HERE
    )
    assert same.wave == Unscored("a value is the same in every profile, so it correlates with nothing")


def test_cronbach_alpha_is_that_of_its_formula() -> None:
    random = np.random.default_rng(1)
    trait = random.integers(1, 4, size=40)
    answers = [{item: int(trait[row] + random.integers(0, 3)) for item in range(1, 58)} for row in range(40)]
    found = pvq_rr.cronbach_alpha(answers, range(40), "humility", provenance=HERE)
    table = np.array([[answer[item] for item in (7, 38, 54)] for answer in answers])
    formula = 1.5 * (1 - table.var(axis=0, ddof=1).sum() / table.sum(axis=1).var(ddof=1))
    assert isinstance(found, Estimate)
    assert found.value == pytest.approx(formula)


def test_every_rand_36_item_recodes_to_the_whole_range_in_even_steps() -> None:
    assert sorted(rand_36.RECODED) == list(range(1, 37))
    for points in rand_36.RECODED.values():
        assert {min(points), max(points)} == {0, 100}
        steps = np.diff(points)
        assert np.allclose(steps, steps[0])


def test_rand_36_scales_hold_every_item_but_the_change_of_health_once() -> None:
    items = list(chain.from_iterable(rand_36.SCALES.values()))
    assert sorted(items) == [item for item in range(1, 37) if item != 2]
    assert {name: len(held) for name, held in rand_36.SCALES.items()} == {
        "physical functioning": 10,
        "role, physical": 4,
        "role, emotional": 3,
        "energy": 4,
        "emotional well-being": 5,
        "social functioning": 2,
        "pain": 2,
        "general health": 5,
    }


def test_best_and_worst_health_reach_the_ends() -> None:
    best = {item: 1 + points.index(100) for item, points in rand_36.RECODED.items()}
    worst = {item: 1 + points.index(0) for item, points in rand_36.RECODED.items()}
    assert set(rand_36.score_rand_36(best).scales.values()) == {100.0}
    assert set(rand_36.score_rand_36(worst).scales.values()) == {0.0}


@pytest.mark.parametrize(
    ("item", "response", "points"),
    [
        (1, 2, 75),
        (20, 5, 0),
        (3, 2, 50),
        (13, 2, 100),
        (21, 2, 80),
        (23, 6, 0),
        (24, 2, 20),
        (31, 6, 100),
        (32, 4, 75),
        (36, 1, 100),
    ],
)
def test_rand_36_recodes_as_published(item: int, response: int, points: int) -> None:
    """RAND 36-Item Health Survey 1.0 scoring instructions, step 1."""
    assert rand_36.RECODED[item][response - 1] == points


def test_rand_36_averages_what_is_answered_and_says_what_is_not() -> None:
    found = rand_36.score_rand_36({21: 1, 22: None, 24: 2, 25: 4})
    assert found.scales["pain"] == 100
    assert found.scales["emotional well-being"] == 40
    assert found.scales["energy"] == Unscored("no item of energy was answered")
    assert len(found.unanswered) == 33
    population = dict.fromkeys(rand_36.SCALES, (50.0, 20.0))
    assert rand_36.composites(found.scales, population) == found.scales["physical functioning"]
    for wrong in ({37: 1}, {3: 4}, {1: 0}):
        with pytest.raises(ValueError, match="item"):
            rand_36.score_rand_36(wrong)


WORDS = {"tense": 1, "cry": 2, "angry": 3, "sad": 3, "ashamed": 3, "think": 0}


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ([], 0),
        (["think", "table"], 0),
        (["tense"], 1),
        (["tense", "cry"], 2),
        (["sad", "sad"], 3),
        (["sad", "angry"], 4),
    ],
)
def test_levels_of_words(words: list[str], level: int) -> None:
    assert leas.level_of_words(WORDS, words) == level


def test_level_five_needs_two_blends_that_differ() -> None:
    """A word-list scorer in use never looks at the self: it would give 5 to the second of these."""
    assert leas.score_scene(WORDS, ["angry", "sad"], ["sad", "ashamed"]).total == 5
    assert leas.score_scene(WORDS, ["angry"], ["sad", "ashamed"]).total == 4
    assert leas.score_scene(WORDS, ["angry", "sad", "cry"], ["sad", "angry"]).total == 4


def test_leas_sums_reach_80_and_100() -> None:
    best = leas.score_scene(WORDS, ["angry", "sad"], ["sad", "ashamed"])
    assert leas.total_of_scenes([best] * 20) == leas.LeasTotal(80, 80, 100, 20, 0)
    assert leas.total_of_scenes([None] * 20) == leas.LeasTotal(0, 0, 0, 0, 20)
    with pytest.raises(ValueError, match="level from 0 to 3"):
        leas.level_of_words({"glad": 4}, ["glad"])


def test_forced_choice_counts_what_was_not_answered() -> None:
    found = rmet.score_choices(["a"] * 9 + [None] * 9 + ["b"] * 18, ["a"] * 36, options=4)
    assert (found.score, found.unanswered, found.items) == (9, 9, 36)
    assert found.p_by_chance > 0.5 > 0.01 > found.p_by_chance_at_best
    with pytest.raises(ValueError, match="one key"):
        rmet.score_choices([], [], options=4)
    with pytest.raises(ValueError, match="two options"):
        rmet.chance_of_at_least(3, 36, options=1)


PANEL = {"1A": -2.5, "1B": 1.5, "2A": 2.0, "2B": -1.0}


def test_siri2_of_each_administration_is_no_lower_than_of_their_mean() -> None:
    runs = [{"1A": -3, "1B": 3, "2A": 1, "2B": 1}, {"1A": -1, "1B": 1, "2A": 3, "2B": -3}]
    scores = [siri2.score_siri2(run, PANEL) for run in runs]
    averaged = siri2.score_siri2({reply: (runs[0][reply] + runs[1][reply]) / 2 for reply in PANEL}, PANEL)
    totals = [score.total for score in scores if isinstance(score, siri2.SiriScore)]
    assert isinstance(averaged, siri2.SiriScore)
    assert np.mean(totals) > averaged.total


def test_siri2_tells_sign_slope_and_bias_apart_from_the_total() -> None:
    timid = siri2.score_siri2({reply: mean / 2 for reply, mean in PANEL.items()}, PANEL)
    kind = siri2.score_siri2({reply: mean + 0.5 for reply, mean in PANEL.items()}, PANEL)
    assert isinstance(timid, siri2.SiriScore)
    assert isinstance(kind, siri2.SiriScore)
    assert (timid.slope, timid.right_signs) == (pytest.approx(0.5), 1.0)
    assert (kind.slope, kind.bias) == (pytest.approx(1), pytest.approx(0.5))


def test_siri2_with_unread_ratings_says_how_far_the_total_could_be() -> None:
    found = siri2.score_siri2({"1A": -2.5, "1B": None, "9Z": 3}, PANEL)
    assert isinstance(found, siri2.SiriScore)
    assert (found.total, found.low, found.rated, found.unrated) == (0, 0, 1, 3)
    assert found.high == pytest.approx(4.5 + 5 + 4)
    assert isinstance(found.slope, Unscored)
    assert siri2.score_siri2({"1A": None}, PANEL) == Unscored("no reply was rated")
    with pytest.raises(ValueError, match="between -3 and 3"):
        siri2.score_siri2({"1A": 4}, PANEL)


def test_a_run_without_ratings_widens_the_mean_total() -> None:
    runs = [
        siri2.score_siri2({"1A": -2, "1B": 2, "2A": rating, "2B": -1}, PANEL) for rating in (1, 2, 3, 2, 1, 2)
    ]
    whole = siri2.mean_total(runs, PANEL, provenance=HERE)
    short = siri2.mean_total([*runs, siri2.score_siri2({}, PANEL)], PANEL, provenance=HERE)
    assert isinstance(whole, Estimate)
    assert isinstance(short, Estimate)
    assert whole.value == short.value == pytest.approx(1.5)
    assert short.high > whole.high + 1
    assert isinstance(siri2.mean_total(runs[:3], PANEL, provenance=HERE), Unscored)


KEY = ede_q.SubscaleKey("ours", 0, 6, {"worry": ("1", "2", "3"), "shape": ("3", "4")})


def test_subscales_need_enough_answers_and_the_whole_needs_every_subscale() -> None:
    found = ede_q.score_subscales({"1": 6, "2": 5, "4": None}, KEY)
    assert found.subscales == {"worry": 5.5, "shape": Unscored("0 of 2 items of shape")}
    assert found.whole == Unscored("0 of 2 items of shape")
    assert found.at_an_end == 0.5
    assert isinstance(ede_q.score_subscales({}, KEY).at_an_end, Unscored)


def test_a_ceiling_is_told() -> None:
    found = ede_q.score_subscales(dict.fromkeys("1234", 6.0), KEY)
    assert (found.whole, found.at_an_end) == (6, 1)
    with pytest.raises(ValueError, match="between 0 and 6"):
        ede_q.score_subscales({"1": 7}, KEY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"instrument": "ours"}',
        '{"instrument": "ours", "lowest": 0, "highest": 6, "subscales": {}}',
        '{"instrument": "ours", "lowest": 6, "highest": 0, "subscales": {"a": [1]}}',
        '{"instrument": "ours", "lowest": 0, "highest": 6, "subscales": {"a": []}}',
        '{"instrument": "ours", "lowest": 0, "highest": 6, "subscales": {"a": [1]}, "fewest_answered": 0}',
    ],
)
def test_a_file_that_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="key"):
        ede_q.read_key(text)
