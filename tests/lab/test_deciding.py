"""A run that is asked for a decision stops when it has one, and what it then says is good for a pack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lab.planted import PlantedModel, Refuser
from lab.toy import TOY
from thirdchair.evidence import shortfalls
from thirdchair.evidence.pack import EvidencePack
from thirdchair.measures.estimate import Estimate
from thirdchair.uses.answer_question.use import ANSWER_QUESTION
from thirdchair_lab.deciding import in_drawn_order
from thirdchair_lab.journal import Journal
from thirdchair_lab.planning import made_plan, work_of
from thirdchair_lab.results import RunResult, result_of
from thirdchair_lab.runner import Work, run
from thirdchair_lab.study import Options

UNITS = 300
ASKED = "page_in_top_3"
STUDY = replace(TOY, scores=(replace(TOY.scores[0], name=ASKED, use="answer_question"),))
CELLS = STUDY.cells(Options(at_most=UNITS))
REQUIRED = next(one for one in ANSWER_QUESTION.requirements if one.measure == ASKED)


def right_in(share: float) -> PlantedModel:
    """A model that is right in a share of the numbers."""
    wrong = {str(unit) for unit in range(UNITS) if unit % 100 >= 100 * share}
    return PlantedModel(
        STUDY, CELLS, lambda cell: "no" if cell.unit in wrong else cell.unit, name=f"m{share:g}"
    )


@pytest.fixture
def journal(tmp_path: Path):
    opened = Journal(tmp_path / "journal.sqlite3")
    yield opened
    opened.close()


def decided(journal: Journal, model: PlantedModel | Refuser) -> tuple[RunResult, Work]:
    made = made_plan(
        [STUDY],
        model=model.name,
        model_digest=model.digest,
        options=Options(at_most=UNITS),
        arms=("governed",),
        repeats=1,
        now=datetime(2026, 1, 1, tzinfo=UTC),
        version="0",
        decide="answer_question",
    )
    journal.start(made.id, made.as_json())
    work = work_of(made, lambda _: STUDY)
    run(work, client=model, journal=journal, run_id=made.id, at_once=4)
    return result_of(journal, made.id, lambda _: STUDY), work[0]


def falls_short(result: RunResult) -> bool:
    found = result.estimates_for("answer_question")
    pack = EvidencePack("answer_question", "m", "", "en", "2026-01-01", "", found, "")
    return bool(shortfalls((REQUIRED,), pack))


@pytest.mark.parametrize(
    ("model", "short"), [(lambda: right_in(1), False), (lambda: right_in(0.3), True), (Refuser, True)]
)
def test_a_plain_case_takes_a_part_of_the_plan(
    journal: Journal, model: Callable[[], PlantedModel | Refuser], short: bool
) -> None:
    result, work = decided(journal, model())
    asked = sum(journal.answered(result.plan.id).values())
    assert asked < len(CELLS) / 3
    assert falls_short(result) == short
    assert work.deciding is not None
    assert work.deciding.verdicts == {ASKED: "short" if short else "cleared"}
    found = result.estimates_for("answer_question")[ASKED]
    assert isinstance(found, Estimate)
    assert found.n <= asked / 2 + 4


def test_a_borderline_model_uses_the_whole_plan_and_does_not_pass(journal: Journal) -> None:
    result, _ = decided(journal, right_in(REQUIRED.threshold))
    assert sum(journal.answered(result.plan.id).values()) == len(CELLS)
    assert falls_short(result)


def test_the_order_is_drawn_once_and_keeps_units_together() -> None:
    drawn = in_drawn_order(CELLS, 3)
    assert drawn == in_drawn_order(CELLS, 3) != in_drawn_order(CELLS, 4)
    assert sorted(cell.id for cell in drawn) == sorted(cell.id for cell in CELLS)
    assert [cell.unit for cell in drawn[::2]] == [cell.unit for cell in drawn[1::2]]
