"""Norms ship with their source and how far they are verified; what is not known stays unscored."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources

import pytest

from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.norms import (
    INSTRUMENTS,
    Norm,
    percentile_of_raters,
    place,
    places,
    read_norms,
    share_gap,
    shipped_norms,
    within_quartiles,
)
from thirdchair.measures.surveys import pvq_rr, rand_36
from thirdchair.measures.unread import share

HERE = Provenance("ours", "by hand", "2026-11-30", 0, "as the test says")
EVERY = [norm for instrument in INSTRUMENTS for norm in shipped_norms(instrument)]
RECORD = {
    "scale": "total",
    "group": "nurses",
    "n": 40,
    "mean": 50,
    "sd": 10,
    "source": "ours",
    "verified": True,
}


def file_of(**changes: object) -> str:
    return json.dumps({"instrument": "ours", "lowest": 0, "highest": 100, "norms": [RECORD | changes]})


def test_every_file_in_the_folder_ships() -> None:
    folder = resources.files("thirdchair.measures.norms")
    assert {file.name for file in folder.iterdir() if file.name.endswith(".json")} == {
        f"{i}.json" for i in INSTRUMENTS
    }


@pytest.mark.parametrize("norm", EVERY, ids=lambda norm: norm.named)
def test_every_norm_says_where_it_is_from_and_whether_it_was_verified(norm: Norm) -> None:
    assert norm.source.strip()
    assert type(norm.verified) is bool
    assert norm.group.strip()


@pytest.mark.parametrize("norm", [norm for norm in EVERY if not norm.verified], ids=lambda norm: norm.named)
def test_a_norm_that_nobody_verified_says_why_it_is_kept_and_is_marked_wherever_it_is_used(
    norm: Norm,
) -> None:
    assert norm.note.strip()
    assert norm.named.endswith("(not verified)")


def test_verified_figures_are_few_and_named() -> None:
    """Whoever marks another one verified has read it in its source, and changes this list."""
    assert {(norm.instrument, norm.group) for norm in EVERY if norm.verified} == {
        ("LEAS", "students, Czech version"),
        ("stigma, social-distance and attribution items", "general public, United States, 2018"),
    }


def test_groups_of_the_recovery_study_are_there_and_null() -> None:
    prognosis = shipped_norms("prognosis")
    assert len({norm.group for norm in prognosis}) == 5
    assert len({norm.scale for norm in prognosis}) == 4
    assert all(norm.mean is None and norm.shares is None for norm in prognosis)


def test_norms_use_the_names_of_the_scoring() -> None:
    assert {norm.scale for norm in shipped_norms("pvq_rr")} == set(pvq_rr.VALUES)
    assert {norm.scale for norm in shipped_norms("rand_36")} == set(rand_36.SCALES)


def test_the_population_of_1990_has_summaries_of_50() -> None:
    population: dict[str, tuple[float, float]] = {}
    for norm in shipped_norms("rand_36"):
        assert norm.mean is not None
        assert norm.sd is not None
        population[norm.scale] = (norm.mean, norm.sd)
    means = {scale: mean for scale, (mean, _) in population.items()}
    found = rand_36.composites(means, population)
    assert found == rand_36.Composite(50, 50)
    lowest = rand_36.composites(dict.fromkeys(means, 0.0), population)
    assert isinstance(lowest, rand_36.Composite)
    assert lowest.mental == pytest.approx(17.3, abs=0.05)


def test_what_is_null_stays_unscored() -> None:
    [norm] = read_norms(file_of(sd=None))
    found = place(60, norm, provenance=HERE)
    assert found.z == found.percentile == Unscored("ours, total: nurses: sd not known")
    assert within_quartiles(1, norm) == Unscored("ours, total: nurses: quartiles not known")
    some = share([True] * 6 + [False] * 4, range(10), provenance=HERE)
    assert isinstance(some, Estimate)
    assert isinstance(share_gap(some, norm, "full recovery"), Unscored)


def test_a_place_allows_for_the_norm_and_for_the_score_being_samples() -> None:
    [norm] = read_norms(file_of())
    known = place(60, norm, provenance=HERE).z
    assert isinstance(known, Estimate)
    assert (known.value, known.n, known.dataset) == (1.0, 40, "ours, total: nurses")
    measured = Estimate(60, 55, 65, 10, 10, "points", "higher", "runs", "model", "2026-11-30", 0, "ours")
    from_runs = place(measured, norm, provenance=HERE).z
    assert isinstance(from_runs, Estimate)
    assert from_runs.low < known.low < 1 < known.high < from_runs.high
    larger = place(60, replace(norm, n=4000), provenance=HERE).z
    assert isinstance(larger, Estimate)
    assert known.low < larger.low
    assert [found.norm for found in places(60, [norm, norm], provenance=HERE)] == [norm, norm]


def test_raters_and_categories() -> None:
    found = percentile_of_raters(5, [1, 2, 3, 5, 5, 9], provenance=HERE)
    assert isinstance(found, Estimate)
    assert found.value == pytest.approx(4 / 6)
    assert isinstance(percentile_of_raters(5, [], provenance=HERE), Unscored)
    [norm] = read_norms(file_of(shares={"full recovery": 0.3}))
    some = share([True] * 12 + [False] * 8, range(20), provenance=HERE)
    assert isinstance(some, Estimate)
    gap = share_gap(some, norm, "full recovery")
    assert isinstance(gap, Estimate)
    assert gap.value == pytest.approx(0.3)
    without_n = share_gap(some, replace(norm, n=None), "full recovery")
    assert isinstance(without_n, Estimate)
    assert gap.high - gap.low > without_n.high - without_n.low
    assert "people taken as exact" in without_n.unit


@pytest.mark.parametrize(
    "changes",
    [
        {"verified": "yes"},
        {"verified": None},
        {"source": " "},
        {"group": ""},
        {"sd": 0},
        {"n": 0},
        {"mean": 101},
        {"sex": "both"},
        {"quartiles": [1, 3, 2]},
        {"shares": {"a": 1.2}},
    ],
)
def test_a_record_that_cannot_be_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"ours|norm"):
        read_norms(file_of(**changes))


@pytest.mark.parametrize(
    "text", ["", "[]", '{"norms": [{}]}', '{"instrument": "ours", "norms": [{"scale": "total"}]}']
)
def test_a_file_that_is_no_norm_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a norm names"):
        read_norms(text)


def test_only_what_ships_is_found() -> None:
    with pytest.raises(ValueError, match="norms ship for"):
        shipped_norms("../estimate")
