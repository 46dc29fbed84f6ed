"""Our scoring gives the figures that others published. Tests marked `data` read the open data sets and say so where absent.

No text of a post or a visit is printed: failures show numbers alone.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

import pytest
from absl import logging as absl_logging  # rouge_score brings it in
from rouge_score import rouge_scorer
from sklearn.metrics import cohen_kappa_score

from thirdchair.measures.agreement import kappa
from thirdchair.measures.diagnostic import sensitivity, specificity
from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.norms import place, shipped_norms
from thirdchair.measures.resampling import bootstrap_mean
from thirdchair.measures.summaries import rouge_l, rouge_lsum, rouge_n
from thirdchair.measures.surveys.rmet import chance_of_at_least
from thirdchair.measures.surveys.siri2 import (
    SiriScore,
    expected_panel_total,
    score_siri2,
    trivial_totals,
)
from thirdchair.measures.triage import mean_absolute_error, triage

# Its handler closes the stream it wrote to when logging is set up anew, which here would be the runner's own.
absl_logging.get_absl_handler().python_handler.setStream(sys.__stderr__)

HERE = Provenance("published", "as released", "2026-11-30", 0, "as each test says")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def value(found: Estimate | Unscored) -> float:
    assert isinstance(found, Estimate), found
    return found.value


@pytest.mark.parametrize(("score", "z"), [(85, 2.84), (98, 4.26)])
def test_leas_totals_have_the_published_z(score: int, z: float) -> None:
    """Elyoseph et al. 2023, Front Psychol 14:1199058 (abstract). 85 gives 2.845, which they cut rather than rounded."""
    women = next(norm for norm in shipped_norms("leas") if norm.sex == "women" and norm.n == 506)
    found = place(score, women, provenance=HERE)
    assert abs(value(found.z) - z) < 0.0055
    assert not found.verified
    assert isinstance(found.z, Estimate)
    assert "not verified" in found.z.dataset


@pytest.mark.parametrize(
    ("score", "tail"),
    [(10, 0.412), (12, 0.167), (13, 0.092), (14, 0.046), (15, 0.021), (26, 3.6e-9), (27, 4.4e-10)],
)
def test_eyes_test_totals_against_guessing(score: int, tail: float) -> None:
    """Of 36 items with 4 options. Elyoseph et al. 2024 print P = .41 for Bard: it belongs to its score of 10."""
    assert chance_of_at_least(score, 36, options=4) == pytest.approx(tail, rel=0.02)


@pytest.fixture
def panel(open_data: Path) -> dict[str, tuple[float, float]]:
    rows = read(open_data / "siri2_benchmark" / "siri2_expert_scores.csv")
    return {row["Item"]: (float(row["M"]), float(row["SD"])) for row in rows}


@pytest.mark.data
def test_the_54_siri2_totals(open_data: Path, panel: dict[str, tuple[float, float]]) -> None:
    """Every total of the benchmark, from the item means that it released."""
    means = {reply: mean for reply, (mean, _) in panel.items()}
    ratings: dict[tuple[str, str, str], dict[str, float | None]] = {}
    for row in read(open_data / "siri2_benchmark" / "model_scores_by_condition.csv"):
        setting = (row["model"], row["temperature"], row["prompt_variant"])
        ratings.setdefault(setting, {})[row["Item"]] = float(row["mean"])
    published = read(open_data / "siri2_benchmark" / "siri2_total_scores.csv")
    assert len(published) == len(ratings) == 54
    for row in published:
        score = score_siri2(ratings[row["model"], row["temperature"], row["prompt_variant"]], means)
        assert isinstance(score, SiriScore)
        assert score.total == pytest.approx(float(row["siri2_score"]), abs=0.0051)
        assert (score.rated, score.unrated) == (48, 0)


@pytest.mark.data
def test_the_siri2_panel_and_the_rules_that_read_nothing(panel: dict[str, tuple[float, float]]) -> None:
    """The experts' 32.5 is a calculation from their spread, and a rule of signs beats it."""
    assert expected_panel_total([sd for _, sd in panel.values()]) == pytest.approx(32.47, abs=0.005)
    totals = trivial_totals({reply: mean for reply, (mean, _) in panel.items()})
    assert {name: round(total, 2) for name, total in totals.items()} == {
        "right side, 2": 20.10,
        "right side, 3": 40.72,
        "right side, 1": 55.28,
        "always 0": 103.28,
        "at random": 116.75,
    }


WHOLE_SET = {  # model: answers, accuracy, mean absolute error, quadratic kappa, over all 1,170 posts
    "claude": (1169, 0.735, 0.448, 0.876),
    "gpt": (1161, 0.728, 0.488, 0.869),
    "mistral": (1170, 0.715, 0.438, 0.878),
    "llama": (1166, 0.656, 0.603, 0.846),
    "gemini": (1169, 0.595, 0.630, 0.832),
}
AT_LEAST_4 = {"claude": (0.963, 0.880), "gpt": (0.950, 0.848), "mistral": (0.922, 0.938)}


@pytest.mark.data
@pytest.mark.parametrize("model", WHOLE_SET)
def test_severity_of_posts_as_five_models_rate_it(open_data: Path, model: str) -> None:
    """Patil, Tao & Gedhu 2025 (arXiv 2505.13480), recomputed over 1,170 posts.

    Where only a part of the posts is there, the figures of the whole must lie within the part's intervals, and those of the
    part must be what other software makes of the same rows.
    """
    rows = read(open_data / "cssrs_suicidewatch_1170" / "posts.csv")
    given = [int(float(row[f"{model}_label"])) if row[f"{model}_label"] else None for row in rows]
    true = [int(row["severity"]) for row in rows]
    kept = [(said, is_so) for said, is_so in zip(given, true, strict=True) if said is not None]
    said, so = [pair[0] for pair in kept], [pair[1] for pair in kept]
    every = range(len(rows))
    agreement = kappa(said, so, range(len(kept)), levels=range(7), weights="quadratic", provenance=HERE)
    error = mean_absolute_error(given, true, every, levels=(0, 6), provenance=HERE)
    exact = triage(given, true, every, levels=(0, 6), provenance=HERE).exact

    assert value(agreement) == pytest.approx(float(cohen_kappa_score(said, so, weights="quadratic")))
    answers, *published = WHOLE_SET[model]
    whole = len(rows) == 1170
    assert not whole or len(kept) == answers
    found = [exact, error, agreement]
    if model in AT_LEAST_4:
        flagged = [None if level is None else level >= 4 for level in given]
        danger = [level >= 4 for level in true]
        found += [
            sensitivity(flagged, danger, every, provenance=HERE),
            specificity(flagged, danger, every, provenance=HERE),
        ]
        published += AT_LEAST_4[model]
    for estimate, figure in zip(found, published, strict=True):
        assert isinstance(estimate, Estimate)
        if whole:
            assert estimate.value == pytest.approx(figure, abs=0.00051)
        assert estimate.low <= figure <= estimate.high


PUBLISHED_ROUGE = {"GPT-4": (51.76, 22.58, 45.97), "ChatGPT": (47.44, 19.01, 42.47)}


@pytest.mark.data
@pytest.mark.parametrize("system", PUBLISHED_ROUGE)
def test_rouge_of_visit_notes(open_data: Path, system: str) -> None:
    """ACI-Bench, test 1, full notes (Yim et al. 2023, table 6). Their ROUGE-L is the one by lines."""
    rows = read(open_data / "aci_bench" / f"test1{system}_.csv")
    pairs = [(row["Reference Summaries"], row["note"]) for row in rows]
    sessions = [row["encounter_id"] for row in rows]
    ours = {
        "ROUGE-1 F1": [rouge_n(reference, note, 1).f1 for reference, note in pairs],
        "ROUGE-2 F1": [rouge_n(reference, note, 2).f1 for reference, note in pairs],
        "ROUGE-Lsum F1": [rouge_lsum(reference, note).f1 for reference, note in pairs],
    }
    for (unit, scores), figure in zip(ours.items(), PUBLISHED_ROUGE[system], strict=True):
        mean = bootstrap_mean(scores, sessions, provenance=HERE, unit=unit)
        assert 100 * value(mean) == pytest.approx(figure, abs=0.0051)


TEXTS = [
    ("She sleeps badly.\nShe eats little, and cries.", "She cries.\n\nShe has slept badly; eats well."),
    ("one two three four five", "five four three two one"),
    ("", "something"),
    ("a b\nb a", "b a b\na a"),
    ("don't can't 3.5 mg", "dont cant 3 5 mg"),
]


@pytest.mark.parametrize(("reference", "text"), TEXTS)
def test_rouge_is_that_of_the_published_package(reference: str, text: str) -> None:
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rouge3", "rougeL", "rougeLsum"])
    theirs: dict[str, Any] = scorer.score(reference, text)
    ours = {f"rouge{n}": rouge_n(reference, text, n) for n in (1, 2, 3)}
    ours |= {"rougeL": rouge_l(reference, text), "rougeLsum": rouge_lsum(reference, text)}
    for name, overlap in ours.items():
        assert overlap.precision == pytest.approx(theirs[name].precision)
        assert overlap.recall == pytest.approx(theirs[name].recall)
        assert overlap.f1 == pytest.approx(theirs[name].fmeasure)


@pytest.mark.data
def test_shipped_shares_of_the_stigma_survey_are_those_released(open_data: Path) -> None:
    rows = read(open_data / "moore_stigma_interjections" / "human_data_2018.csv")
    for norm in shipped_norms("stigma"):
        assert norm.shares is not None
        assert [round(100 * share) for share in norm.shares.values()] == [
            int(row[norm.scale]) for row in rows
        ]
