"""`thirdchair lab`, as an evaluator types it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner, Result

from lab.planted import PlantedModel, served
from lab.toy import TOY
from thirdchair_lab import commands, models, registry
from thirdchair_lab.study import Options


@pytest.fixture(autouse=True)
def toy_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("THIRDCHAIR_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    for module in (registry, commands):
        monkeypatch.setattr(module, "NAMES", ("toy",))
    monkeypatch.setattr(models, "entry_points", lambda **_: [])
    monkeypatch.setattr(commands, "studies", lambda: {"toy": TOY})
    monkeypatch.setattr(commands, "study_named", lambda _: TOY)


@pytest.fixture
def server() -> Iterator[str]:
    model = PlantedModel(TOY, TOY.cells(Options()), lambda cell: cell.unit, otherwise="the same")
    with served(model) as address:
        yield address


def lab(*arguments: str) -> Result:
    return CliRunner().invoke(commands.commands, ["lab", *arguments])


def at(server: str) -> tuple[str, ...]:
    return ("--model", "ward", "--base-url", server, "--served-as", "toy")


def test_the_list_says_what_each_study_is_evidence_for() -> None:
    told = lab("list")
    assert told.exit_code == 0
    assert "toy  Numbers" in told.output
    assert "40 cells of 20 units" in told.output
    assert "数字" in lab("list", "--language", "zh-hans").output


def test_a_plan_says_what_it_costs_and_what_it_can_show(server: str) -> None:
    told = lab("plan", "toy", *at(server), "--price-read", "1000", "--repeats", "2")
    assert told.exit_code == 0, told.output
    assert "40 cells of 20 units, 2 times" in told.output
    assert "costing" in told.output
    assert "minutes one after another" in told.output
    assert "repeated: 20" in told.output


def test_a_run_stops_at_its_limit_and_goes_on_where_it_stopped(server: str) -> None:
    first = lab("run", *at(server), "--calls", "10", "--at-once", "1")
    assert first.exit_code == 0, first.output
    assert "limit of calls" in first.output
    name = re.search(r"Run (\S+)\.", first.output)
    assert name
    second = lab("run", *at(server))
    assert f"Run {name[1]} goes on." in second.output
    assert "80 of 80 answers are kept" in second.output
    assert f"{name[1]}  ward" in lab("runs").output
    third = lab("run", *at(server))  # all of it is there: a new run, answered from the journal
    assert f"Run {name[1]}" not in third.output
    assert "80 of 80" in third.output


def test_a_budget_of_time_is_planned_before_it_starts(server: str) -> None:
    told = lab("run", *at(server), "--budget", "1h")
    assert told.exit_code == 0, told.output
    assert "toy: 80 answers of 20 units fit the budget" in told.output
    assert lab("run", *at(server), "--budget", "soon").exit_code == 1


def test_a_report_is_a_page_and_a_sheet_of_paper_in_both_languages(server: str, tmp_path: Path) -> None:
    lab("run", *at(server))
    for language, words in (("en", "What it may not do"), ("zh-hans", "它不可以做什么")):
        told = lab("report", "--language", language, "--out", str(tmp_path / language))
        assert told.exit_code == 0, told.output
        page, paper = (Path(line) for line in told.output.split())
        html = page.read_text()
        assert words in html
        assert "http" not in re.sub(r"xmlns\S+|http://www.w3.org\S*", "", html)
        assert re.search(r"1 ?[(（]0\.\d+–1[)）] ?(share|（占比）)", html)
        assert len(PdfReader(paper).pages) >= 1


def test_what_cannot_be_done_says_what_would_help(server: str) -> None:
    for arguments, remedy in (
        (("run",), "--model NAME"),
        (("run", "--model", "nobody"), "thirdchair models add"),
        (("run", "elsewhere", *at(server)), "lab list"),
        (("report", "never"), "Runs here: none yet"),
        (("run", *at(server), "--arm", "clothed"), "bare or governed"),
        (("run", *at(server), "--own", "rmet=/nowhere"), "NAME=PATH"),
        (("run", *at(server), "--money", "3"), "--price-read"),
        (("pack", "never"), "--use NAME"),
    ):
        told = lab(*arguments)
        assert told.exit_code == 1
        assert remedy in told.output
        assert "Traceback" not in told.output


def test_a_run_without_a_use_makes_no_pack(server: str) -> None:
    lab("run", *at(server))
    told = lab("pack", "--use", "summarise_session", "--base-url", server, "--served-as", "toy")
    assert told.exit_code == 1
    assert "measured nothing that summarise_session asks for" in told.output
