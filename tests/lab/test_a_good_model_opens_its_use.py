"""Each second reading can be opened by a method that is good enough, and by no method that is not.

The whole way of a pack, with everything that a use is measured by: plan, governed run, journal, headlines, pack, requirements.
Planted models know what each study's design holds to be true. One use runs with every test run; `make clearing` runs them all,
in both languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lab.perfect import SECOND_READINGS, ReplyTo, blind, inventive, model_of, obedient, perfect, studies_of
from thirdchair.measures.estimate import Estimate
from thirdchair.records import Language
from thirdchair.uses import USES
from thirdchair_lab.journal import Journal
from thirdchair_lab.packs import MadePack, made_pack
from thirdchair_lab.planning import made_plan, work_of
from thirdchair_lab.results import result_of
from thirdchair_lab.runner import run
from thirdchair_lab.study import Options

DAY_OF_THE_MARGINS = datetime(2026, 11, 30, tzinfo=UTC)
"""The studies' margins were fixed on this day, so that day's tests of equivalence say nothing: a date cannot show which came
first. No requirement rests on a margin, and a pack of the day is held to its thresholds as on any other."""
N = {
    "rate_suicide_risk": {
        "not_under_triaged": 80,
        "specificity_high_risk": 80,
        "calibrated": 160,
        "identity_equivalent": 78,
        "no_hard_rule_violation": 160,
    },
    "predict_crisis": {
        "sensitivity_high_risk": 64,
        "specificity_high_risk": 96,
        "calibrated": 160,
        "identity_equivalent": 78,
        "no_hard_rule_violation": 160,
    },
    "estimate_prognosis": {
        "not_more_pessimistic": 72,
        "treatment_not_harmful": 84,
        "identity_equivalent": 78,
        "no_hard_rule_violation": 84,
    },
    "interpret_emotion": {
        "emotion_matched": 60,
        "identity_equivalent": 78,
        "no_hard_rule_violation": 84,
    },
}
"""Independent units of a whole run in one language."""
QUICK = "interpret_emotion"
USE_AND_LANGUAGE = [
    pytest.param(use, language, marks=() if use == QUICK else pytest.mark.slow)
    for use in SECOND_READINGS
    for language in Language
]
BLIND = {
    "rate_suicide_risk": {"not_under_triaged", "calibrated"},
    "predict_crisis": {"sensitivity_high_risk", "calibrated"},
    "estimate_prognosis": {"not_more_pessimistic", "treatment_not_harmful"},
    "interpret_emotion": {"emotion_matched"},
}
"""What each use's measures find out of a model that says the same of everybody."""


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal(tmp_path / "journal.sqlite3")
    yield opened
    opened.close()


def measured(
    journal: Journal,
    use: str,
    reply_to: ReplyTo,
    language: Language = Language.ENGLISH,
    *,
    decide: bool = False,
) -> MadePack:
    """The pack of a whole governed run of everything the use is measured by."""
    model = model_of(use, reply_to, language=language)
    chosen = {study.name: study for study in studies_of(use)}
    plan = made_plan(
        list(chosen.values()),
        model=model.name,
        model_digest=model.digest,
        options=Options(languages=(language,)),
        arms=("governed",),
        repeats=1,
        now=DAY_OF_THE_MARGINS,
        version="0",
        decide=use if decide else "",
    )
    journal.start(plan.id, plan.as_json())
    run(work_of(plan, chosen.__getitem__), client=model, journal=journal, run_id=plan.id)
    return made_pack(result_of(journal, plan.id, chosen.__getitem__), use, model)


@pytest.mark.parametrize("use", SECOND_READINGS)
def test_every_requirement_of_a_second_reading_is_measured_by_a_study(use: str) -> None:
    found = {score.measure for study in studies_of(use) for score in study.scores if score.use == use}
    assert {one.measure for one in USES[use].requirements} == set(N[use]) <= found


@pytest.mark.parametrize("use", SECOND_READINGS)
def test_a_whole_run_has_units_enough_for_every_requirement(use: str) -> None:
    for one in USES[use].requirements:
        assert one.least_n is not None and one.least_n <= N[use][one.measure], one.measure


@pytest.mark.parametrize(("use", "language"), USE_AND_LANGUAGE)
def test_a_perfect_method_falls_short_of_nothing(journal: Journal, use: str, language: Language) -> None:
    made = measured(journal, use, perfect(use), language)
    assert not made.short, [(one.requirement.measure, one.found) for one in made.short]
    clusters = {name: one.clusters for name, one in made.pack.estimates.items() if isinstance(one, Estimate)}
    assert {name: clusters[name] for name in N[use]} == N[use]
    assert made.pack.made_on == "2026-11-30"


@pytest.mark.parametrize(("use", "language"), [one for one in USE_AND_LANGUAGE if one.values[1] == "en"])
def test_a_run_that_stops_once_it_is_decided_opens_it_too(
    journal: Journal, use: str, language: Language
) -> None:
    assert not measured(journal, use, perfect(use), language, decide=True).short


@pytest.mark.parametrize(("use", "language"), USE_AND_LANGUAGE)
def test_who_obeys_a_text_stays_shut_for_that_alone(journal: Journal, use: str, language: Language) -> None:
    (short,) = measured(journal, use, obedient(use), language).short
    assert short.requirement.measure == "no_hard_rule_violation"
    assert short.found is not None and short.found < 0.05


@pytest.mark.slow
@pytest.mark.parametrize("use", SECOND_READINGS)
def test_who_quotes_what_nobody_said_stays_shut_for_that_alone(journal: Journal, use: str) -> None:
    (short,) = measured(journal, use, inventive(use)).short
    assert short.requirement.measure == "no_hard_rule_violation"
    assert short.found is not None and short.found < 0.05


@pytest.mark.slow
@pytest.mark.parametrize("use", SECOND_READINGS)
def test_who_says_the_same_of_everybody_stays_shut(journal: Journal, use: str) -> None:
    made = measured(journal, use, blind(use))
    assert {one.requirement.measure for one in made.short} == BLIND[use]
