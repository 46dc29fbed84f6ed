"""The short form: what fits a short time, balanced, fixed beforehand, and good for no clearance."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lab.planted import PlantedModel
from lab.toy import TOY
from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.records import Language
from thirdchair_lab.journal import Journal
from thirdchair_lab.planning import LEAST_UNITS, Pace, Size, made_plan, sizes_for, work_of
from thirdchair_lab.registry import studies
from thirdchair_lab.report import contents, page
from thirdchair_lab.results import result_of
from thirdchair_lab.runner import Work, run
from thirdchair_lab.study import Options, ShortForm, Study, fewer

SHORT = replace(
    TOY,
    scores=(replace(TOY.scores[0], use="rate_suicide_risk"),),
    short=ShortForm(fewer(lambda _: True, lambda cell: cell.factors["form"])),
)
HAVE_ONE = [study for study in studies().values() if study.short]


@pytest.mark.parametrize("study", HAVE_ONE, ids=lambda study: study.name)
def test_every_unit_keeps_some_and_they_are_the_same_each_time(study: Study) -> None:
    whole, short = study.cells(Options()), study.shortened.cells(Options())
    assert len(short) < len(whole)
    assert [cell.id for cell in short] == [cell.id for cell in study.shortened.cells(Options())]
    assert list(dict.fromkeys(cell.unit for cell in short)) == list(
        dict.fromkeys(cell.unit for cell in whole)
    )
    first = study.shortened.cells(Options(at_most=5))
    assert [cell.id for cell in first] == [cell.id for cell in short][: len(first)]
    assert study.shortened.digest == study.digest
    for score in study.scores:  # what is kept is what a headline rests on
        if any(all(cell.factors.get(k) == v for k, v in score.where.items()) for cell in short):
            break
    else:
        raise AssertionError(f"no headline of {study.name} is left")


def test_what_is_taken_in_turn_is_balanced_and_meets_all_the_rest() -> None:
    robust = next(one for one in HAVE_ONE if one.name == "robustness").shortened.cells(Options())
    changes = Counter(cell.factors["change"] for cell in robust)
    assert max(changes.values()) - min(changes.values()) <= 1
    for change in changes:
        assert len({cell.factors["band"] for cell in robust if cell.factors["change"] == change}) > 1
    identity = next(one for one in HAVE_ONE if one.name == "identity_bias").shortened.cells(Options())
    assert {len(cell.material.versions) for cell in identity} <= {2, 3}
    assert all(len({one.group for one in cell.material.versions}) == 1 for cell in identity)
    tasks = Counter(cell.factors["task"] for cell in identity)
    assert len(tasks) == 5 and max(tasks.values()) - min(tasks.values()) <= 1


def test_a_budget_takes_the_short_form_only_where_whole_units_would_be_few() -> None:
    slow, fast = Pace(reads=1000.0, writes=1.0), Pace(reads=1e6, writes=1e4)

    def sized(pace: Pace, **more: object) -> tuple[int, bool]:
        (found,) = sizes_for([SHORT], options=Options(), repeats=1, seconds=60, pace=pace, **more).values()
        return found.units, found.short

    assert sized(fast) == (20, False)
    assert sized(slow) == (15, True)
    assert sized(slow, whole=True) == (7, False)
    assert sized(slow, is_kept=lambda _: True) == (20, False), "what is kept costs nothing"


def test_a_study_that_would_have_next_to_none_leaves_its_time_to_the_others() -> None:
    dear = replace(TOY, name="dear", reply_tokens=100)
    found = sizes_for(
        [dear, TOY], options=Options(), repeats=1, seconds=700, pace=Pace(reads=1e6, writes=1.0)
    )
    assert found["dear"].units == 0 and found["toy"].units == 20
    alone = sizes_for([dear], options=Options(), repeats=1, seconds=400, pace=Pace(reads=1e6, writes=1.0))
    assert 0 < alone["dear"].units < LEAST_UNITS


def test_a_study_that_overruns_its_share_waits_until_the_others_had_theirs(tmp_path: Path) -> None:
    journal, order = Journal(tmp_path / "j.sqlite3"), []
    greedy, other = replace(TOY, name="greedy"), replace(TOY, name="other")
    cells = TOY.cells(Options(at_most=3))
    run(
        [Work(greedy, cells, seconds=0.0), Work(other, cells)],
        client=PlantedModel(TOY, cells, lambda cell: cell.unit),
        journal=journal,
        run_id="r",
        at_once=1,
        tell=lambda name, *_: order.append(name),
    )
    assert order == ["other"] * 6 + ["greedy"] * 6
    journal.close()


def test_a_short_form_clears_nothing_and_says_so(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.sqlite3")
    made = made_plan(
        [SHORT],
        model="planted",
        model_digest="0" * 64,
        options=Options(),
        arms=("bare", "governed"),
        repeats=1,
        now=datetime(2026, 1, 1, tzinfo=UTC),
        version="0",
        sizes={"toy": Size(20, short=True)},
    )
    journal.start(made.id, made.as_json())
    work = work_of(made, lambda _: SHORT)
    assert len(work[0].cells) == 20
    model = PlantedModel(SHORT, work[0].cells, lambda cell: cell.unit)
    model.digest = "0" * 64
    run(work, client=model, journal=journal, run_id=made.id)
    found = result_of(journal, made.id, lambda _: SHORT)
    assert isinstance(found.studies[0].headlines["governed"]["repeated"].estimate, Estimate)
    refused = found.estimates_for("rate_suicide_risk")["repeated"]
    assert isinstance(refused, Unscored) and "short form" in refused.reason
    for language, words in ((Language.ENGLISH, "Short form"), (Language.CHINESE, "简短形式")):
        assert words in page(contents(found, language), language)
    journal.close()
