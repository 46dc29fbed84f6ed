"""The lab's runner: what was answered is never asked again, whatever happens between."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from lab.planted import PlantedModel, Refuser
from lab.toy import TOY
from thirdchair.errors import ClientFailed
from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.measures.outcomes import Outcome
from thirdchair.measures.variance import VarianceShares
from thirdchair.records import Ask, Language, Reply
from thirdchair_lab.findings import baseline_table, difference, headlines, table, variance
from thirdchair_lab.journal import Journal, JournalUnusable
from thirdchair_lab.planning import Pace, Plan, PlanBroken, made_plan, plan_from_json, sizes_for, work_of
from thirdchair_lab.report import contents, page
from thirdchair_lab.results import result_of
from thirdchair_lab.runner import Budget, BudgetSpent, ModelSilent, Work, run
from thirdchair_lab.study import Answer, Options, Table
from thirdchair_lab.wishes import askable

CELLS = TOY.cells(Options())
HERE = Path(__file__).parent


@pytest.fixture
def journal(tmp_path: Path):
    opened = Journal(tmp_path / "lab" / "journal.sqlite3")
    yield opened
    opened.close()


def good() -> PlantedModel:
    return PlantedModel(TOY, CELLS, lambda cell: cell.unit)


def tables(journal: Journal, work: Work, method: str) -> dict[str, Table]:
    return {
        arm: table(
            TOY,
            work.cells,
            journal.answers("r", "toy", method, arm),
            repeats=work.repeats,
            method=method,
            arm=arm,
            date="2026-01-01",
            seed=0,
        )
        for arm in work.arms
    }


def test_a_run_ends_in_a_complete_headline_with_an_interval(journal: Journal) -> None:
    model, work = good(), Work(TOY, CELLS)
    run([work], client=model, journal=journal, run_id="r")
    found = headlines(TOY, tables(journal, work, model.name)["bare"])["repeated"]
    assert found.verdict == "complete"
    assert isinstance(found.estimate, Estimate)
    assert (found.estimate.value, found.estimate.n, found.estimate.clusters) == (1.0, 40, 20)


def test_a_governed_run_that_sends_the_same_words_costs_no_call(journal: Journal) -> None:
    model = good()
    spent = run([Work(TOY, CELLS, ("bare", "governed"))], client=model, journal=journal, run_id="r")
    assert model.asked == spent.calls == len(CELLS)
    assert spent.reused == len(CELLS)


def test_a_run_goes_through_inside_a_loop_too(journal: Journal) -> None:
    """As in a notebook, where a loop is always running."""
    model = good()

    async def inside() -> int:
        return run([Work(TOY, CELLS)], client=model, journal=journal, run_id="r").calls

    assert asyncio.run(inside()) == len(CELLS)


def test_nothing_is_asked_again_after_a_stop(journal: Journal) -> None:
    model, work = good(), Work(TOY, CELLS, repeats=2)
    with pytest.raises(BudgetSpent, match="calls"):
        run([work], client=model, journal=journal, run_id="r", budget=Budget(calls=7), at_once=3)
    so_far = model.asked
    assert 7 <= so_far <= 7 + 3
    run([work], client=model, journal=journal, run_id="r")
    assert model.asked == len(CELLS) * 2


def test_a_run_short_of_its_plan_is_incomplete_and_clears_nothing(journal: Journal) -> None:
    model, work = good(), Work(TOY, CELLS)
    with pytest.raises(BudgetSpent):
        run([work], client=model, journal=journal, run_id="r", budget=Budget(calls=30))
    found = headlines(TOY, tables(journal, work, model.name)["bare"])["repeated"]
    assert found.verdict == "incomplete"
    assert isinstance(found.for_gate, Unscored)
    assert found.worst is not None and found.worst < 1


def test_refusals_are_counted_at_their_worst_for_a_gate(journal: Journal) -> None:
    work = Work(TOY, CELLS)
    run([work], client=Refuser(), journal=journal, run_id="r")
    found = headlines(TOY, tables(journal, work, "refuser")["bare"])["repeated"]
    assert found.verdict == "incomplete"
    assert (found.worst, found.best) == (0, 1)
    assert isinstance(found.estimate, Unscored)
    assert isinstance(found.for_gate, Estimate)
    assert found.for_gate.value == 0


class Flaky(PlantedModel):
    """Down until it has been asked so often; takes no cell of `refused` at any time."""

    down = 10**9
    refused = ""

    def answer(self, ask: Ask) -> Reply:
        if self.asked < self.down or (self.refused and ask.messages[0].content.endswith(self.refused)):
            self.asked += 1
            raise ClientFailed("down")
        return super().answer(ask)


def test_a_server_that_stays_down_ends_the_sitting_and_fails_nothing(journal: Journal) -> None:
    model, work = Flaky(TOY, CELLS, lambda cell: cell.unit), Work(TOY, CELLS)
    with pytest.raises(ModelSilent, match="does not answer"):
        run([work], client=model, journal=journal, run_id="r", patience_s=0)
    assert not journal.failures("r")
    assert model.asked <= 2 * 32 + 2, "all wait for one that tries"
    model.down = 0
    run([work], client=model, journal=journal, run_id="r")
    assert headlines(TOY, tables(journal, work, model.name)["bare"])["repeated"].verdict == "complete"


def test_a_server_that_is_down_for_a_while_is_waited_for_and_the_user_is_told(journal: Journal) -> None:
    model, work, told = Flaky(TOY, CELLS, lambda cell: cell.unit), Work(TOY, CELLS), []
    model.down = 34  # the 32 in flight, and the first two that try again
    spent = run([work], client=model, journal=journal, run_id="r", patience_s=30, say=told.append)
    assert told and all("waiting for it" in one for one in told)
    assert spent.failed == 0
    assert headlines(TOY, tables(journal, work, model.name)["bare"])["repeated"].verdict == "complete"


def test_one_question_that_a_server_cannot_take_fails_alone_and_is_asked_again(journal: Journal) -> None:
    model, work, told = Flaky(TOY, CELLS, lambda cell: cell.unit), Work(TOY, CELLS), []
    model.down, model.refused = 0, " 7"
    assert run([work], client=model, journal=journal, run_id="r", say=told.append).failed == 2
    assert journal.failures("r") == {("toy", "ClientFailed"): 2} and not told
    model.refused, before = "", model.asked
    run([work], client=model, journal=journal, run_id="r")
    assert model.asked == before + 2 and not journal.failures("r")


def test_arms_and_baselines_are_compared_cell_by_cell(journal: Journal) -> None:
    model, work = good(), Work(TOY, CELLS, ("bare", "governed"))
    run([work], client=model, journal=journal, run_id="r")
    both = tables(journal, work, model.name)
    same = difference(TOY.scores[0], both["bare"], both["governed"])
    assert isinstance(same, Estimate)
    assert same.value == 0
    assert (
        -0.2 < same.low < 0 < same.high < 0.2
    )  # twenty numbers without a difference do not show that there is none
    trivial = baseline_table(TOY, CELLS, "always_seven", date="2026-01-01", seed=0)
    gain = difference(TOY.scores[0], trivial, both["bare"])
    assert isinstance(gain, Estimate)
    assert gain.low > 0.5


def test_a_score_that_moves_with_nothing_but_repetition_is_known_for_it() -> None:
    draw = random.Random(1)
    cells = [replace(cell, factors={"prompt": cell.factors["form"]}) for cell in CELLS]
    noisy = {
        (cell.id, r): Answer(Outcome.SCORED, {"right": draw.random()}) for cell in cells for r in range(3)
    }
    steady = {key: Answer(Outcome.SCORED, {"right": len(key[0]) + 0.01 * draw.random()}) for key in noisy}

    def shares(answers: dict[tuple[str, int], Answer]) -> VarianceShares:
        of = table(TOY, cells, answers, repeats=3, method="m", arm="bare", date="2026-01-01", seed=0)
        return variance(TOY.scores[0], of)

    assert isinstance(shares(noisy).repeat, Estimate) and shares(noisy).repeat.value > 0.7
    assert isinstance(shares(steady).item, Estimate) and shares(steady).repeat.value < 0.1
    once = {key: one for key, one in noisy.items() if key[1] == 0}
    assert isinstance(shares(once).item, Unscored)  # two of three repeats are missing


def plan(**changes: object) -> Plan:
    given: dict = {
        "model": "planted",
        "model_digest": "0" * 64,
        "options": Options(),
        "arms": ("bare",),
        "repeats": 1,
        "now": datetime(2026, 1, 1, tzinfo=UTC),
        "version": "0",
    }
    return made_plan([TOY], **{**given, **changes})


def test_a_plan_comes_back_as_it_was_kept(journal: Journal) -> None:
    made = plan()
    journal.start(made.id, made.as_json())
    assert plan_from_json(journal.plan(made.id) or {}) == made
    assert [cell.id for cell in work_of(made, lambda _: TOY)[0].cells] == [cell.id for cell in CELLS]
    with pytest.raises(JournalUnusable):
        journal.start(made.id, made.as_json())


def test_a_changed_study_voids_the_run(tmp_path: Path) -> None:
    folder = tmp_path / "toy"
    folder.mkdir()
    (folder / "protocol.md").write_text("another protocol")
    changed = replace(TOY, folder=folder)
    with pytest.raises(PlanBroken, match="folder changed"):
        work_of(plan(), lambda _: changed)


def test_a_changed_file_of_the_users_own_voids_the_run(tmp_path: Path) -> None:
    own = tmp_path / "items.json"
    own.write_text("[]")
    made = plan(options=Options(files={"items": own}))
    own.write_text("[1]")
    with pytest.raises(PlanBroken, match="not the file"):
        work_of(made, lambda _: TOY)


KILLED = """
import sys, time
sys.path[:0] = {paths!r}
from pathlib import Path
from types import SimpleNamespace
from lab.planted import PlantedModel
from lab.toy import TOY
from thirdchair.records import Ask, Language, Reply
from thirdchair_lab.journal import Journal
from thirdchair_lab.runner import Work, run
from thirdchair_lab.study import Options

class Slow(PlantedModel):
    def answer(self, ask: Ask) -> Reply:
        said = super().answer(ask)
        with open({log!r}, "a") as log:
            log.write(ask.messages[0].content + "\\n")
        time.sleep(0.003)
        return said

cells = TOY.cells(Options())
Slow.digest = "0" * 64
model = Slow(TOY, cells, lambda cell: cell.unit)
model.digest = "0" * 64
run([Work(TOY, cells)], client=model, journal=Journal(Path({journal!r})), run_id="r", at_once=1)
"""


@pytest.mark.parametrize("seed", range(2))
def test_a_kill_at_any_moment_repeats_no_kept_call(tmp_path: Path, seed: int) -> None:
    """At most the one call in flight at each kill is asked again."""
    log, file = tmp_path / "log", tmp_path / "journal.sqlite3"
    code = KILLED.format(
        paths=[str(HERE.parent), *[p for p in sys.path if p]], log=str(log), journal=str(file)
    )
    kills = 0
    for attempt in range(40):
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL)
        if attempt < 3:
            until(lambda seen=attempt: log.exists() and lines(log) >= 5 * (seen + 1) + seed)
            os.kill(process.pid, signal.SIGKILL)
            kills += 1
        if process.wait(60) == 0:
            break
    asked = log.read_text().splitlines()
    assert set(asked) == {f"Repeat the number: {cell.material}" for cell in CELLS}
    assert len(asked) <= len(CELLS) + kills


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def until(so: Callable[[], bool]) -> None:
    for _ in range(5000):
        if so():
            return
        time.sleep(0.002)
    raise AssertionError("it never came about")


def test_a_short_budget_gives_each_study_in_turn_what_fits() -> None:
    """A study whose first units are long gets them while there is time, and none is planned that does not fit."""
    long = replace(TOY, name="long", reply_tokens=300)
    pace = Pace(reads=1000.0, writes=10.0)
    found = sizes_for([long, TOY], options=Options(), repeats=1, seconds=500, pace=pace)
    assert found["long"].units >= 5
    assert found["toy"].units == 20
    tight = sizes_for([long, TOY], options=Options(), repeats=1, seconds=10, pace=pace)
    assert tight["long"].units == 0
    assert 0 < tight["toy"].units < 20


@pytest.mark.parametrize(("sees", "named", "asked"), [(False, False, 1), (False, True, 2), (True, False, 2)])
def test_a_model_that_takes_no_pictures_is_asked_of_them_only_by_name(
    sees: bool, named: bool, asked: int
) -> None:
    found = SimpleNamespace(client=SimpleNamespace(takes_pictures=sees))
    pictures = replace(TOY, name="pictures", shows_pictures=True)
    assert len(askable([TOY, pictures], found, named=named)) == asked


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [
        ("ClientFailed", "Run the same command again"),
        ("PicturesNotTaken", "choose a model that sees"),
        ("SafeguardUnavailable", "--arm bare"),
        ("Unheard", "Run the same command again"),
    ],
)
def test_what_failed_is_told_in_the_report_with_what_helps(journal: Journal, kind: str, remedy: str) -> None:
    made = plan()
    journal.start(made.id, made.as_json())
    for cell in CELLS[:3]:
        place = (made.id, "toy", made.model, "bare", cell.id, 0)
        journal.keep_answer(place, Answer(Outcome.FAILED, {"why": kind}))
    found = result_of(journal, made.id, lambda _: TOY)
    english = page(contents(found, Language.ENGLISH), Language.ENGLISH)
    assert "toy: 3 failed" in english and remedy in english
    assert "3 个失败" in page(contents(found, Language.CHINESE), Language.CHINESE)
