"""The same study in our own runner and in Inspect AI: the same table, the same digits."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from lab.toy import TOY
from thirdchair.records import Ask, Image, Message, Reply
from thirdchair_lab.findings import headlines, table
from thirdchair_lab.journal import Journal
from thirdchair_lab.planning import with_judge
from thirdchair_lab.runner import Work, run
from thirdchair_lab.studies.long_conversation.study import STUDY
from thirdchair_lab.study import Arm, Options, Table

pytest.importorskip("inspect_ai", reason="Inspect AI is not installed: pip install 'thirdchair[inspect]'")


class LastWord:
    """What the fake provider answers, for our own runner."""

    is_instant = True
    name, digest, runs_where = "last", "1" * 64, "this_host"

    def answer(self, ask: Ask) -> Reply:
        return Reply(ask.messages[-1].content.split()[-1])


@pytest.mark.filterwarnings("ignore")  # it leaves streams of its own open
@pytest.mark.parametrize("arm", ["bare", "governed"])
def test_both_runners_fill_the_same_table_with_the_same_digits(tmp_path: Path, arm: Arm) -> None:
    from inspect_ai import eval as inspect_eval

    from thirdchair_lab.inspect_tasks import answers, study_task

    cells = TOY.cells(Options())

    def filled(found: dict) -> Table:
        return table(TOY, cells, found, repeats=2, method="last", arm=arm, date="2026-01-01", seed=0)

    journal = Journal(tmp_path / "journal.sqlite3")
    run([Work(TOY, cells, (arm,), 2)], client=LastWord(), journal=journal, run_id="r")
    ours = filled(journal.answers("r", "toy", "last", arm))
    made = study_task(TOY, language="en", arm=arm, seed=0, units=None, own="")
    logs = inspect_eval(made, model="thirdchair-fake/x", epochs=2, display="none", log_dir=str(tmp_path))
    theirs = filled(answers(logs[0]))
    gc.collect()
    assert theirs.rows == ours.rows
    assert headlines(TOY, theirs) == headlines(TOY, ours)
    assert headlines(TOY, ours)["repeated"].verdict == "complete"


@pytest.mark.filterwarnings("ignore")
def test_models_that_play_and_judge_do_so_in_both_runners(tmp_path: Path) -> None:
    from inspect_ai import eval as inspect_eval

    from thirdchair_lab.inspect_tasks import answers, study_task

    cells = with_judge(STUDY, STUDY.cells(Options(at_most=2, people=True)), judge=True)

    def filled(found: dict) -> Table:
        return table(STUDY, cells, found, repeats=1, method="last", arm="bare", date="2026-01-01", seed=0)

    journal = Journal(tmp_path / "journal.sqlite3")
    last = LastWord()
    run(
        [Work(STUDY, cells)],
        client=last,
        journal=journal,
        run_id="r",
        beside={"person": last, "judge": last},
    )
    ours = filled(journal.answers("r", "long_conversation", "last", "bare"))
    made = study_task(STUDY, language="en", arm="bare", seed=0, units=2, own="", people=True, judge=True)
    logs = inspect_eval(
        made,
        model="thirdchair-fake/x",
        model_roles={"person": "thirdchair-fake/p", "judge": "thirdchair-fake/j"},
        display="none",
        log_dir=str(tmp_path),
    )
    theirs = filled(answers(logs[0]))
    gc.collect()
    assert theirs.rows == ours.rows
    assert any(row.cell.is_simulated and row.number("person_kept") is not None for row in ours.rows)
    for roles in ({}, {"person": "thirdchair-fake/p", "judge": "thirdchair-fake/x"}):
        refused = inspect_eval(
            made, model="thirdchair-fake/x", model_roles=roles, display="none", log_dir=str(tmp_path)
        )
        assert refused[0].status == "error", "a role has to be given, and no model judges itself"


def test_a_picture_goes_along() -> None:
    from inspect_ai.model import ChatMessageUser, ContentImage

    from thirdchair_lab.inspect_tasks import _content

    image = Image("image/png", b"as it were")
    content = ChatMessageUser(content=_content(Message("user", "Look.", (image,)))).content
    assert [getattr(part, "text", None) for part in content] == ["Look.", None]
    assert isinstance(content[1], ContentImage)
    assert content[1].image == image.as_url
    assert _content(Message("user", "Look.")) == "Look."
