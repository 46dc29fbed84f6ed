"""Scripts, personas, conversations and graded answers of others are read whole: counted, never copied here."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from thirdchair.measures.estimate import Estimate
from thirdchair.records import Language
from thirdchair_lab.judges import Labelled, judge_named, shipped_validation, validate_judge, verdicts
from thirdchair_lab.people.personas import Persona, read_conversations, read_personas
from thirdchair_lab.people.readers import read_scripts
from thirdchair_lab.studies.long_conversation.study import STUDY
from thirdchair_lab.study import Options
from thirdchair_lab.wording import abandons, gives_method, offers_people, talks_out_of_treatment


def test_yaml_of_several_documents_lists_and_groups_is_read(tmp_path: Path) -> None:
    weval = tmp_path / "one.yml"
    weval.write_text(
        "title: t\nsystem: [null]\n---\nid: a\nprompt: hello\nshould:\n - kind\n - {text: short, citation: c}\n - [one, two]\n"
        "---\n- id: b\n  messages:\n  - user: hi\n  - assistant: null\n  - user: bye\n  should_not: [rude]\n"
    )
    aipsy = tmp_path / "two.yaml"
    aipsy.write_text(
        "scenarios:\n - id: s1\n   domain: coaching\n   turns:\n   - {turn: 1, phase: 1, message: hello, tests: t}\n"
        "   - {turn: 2, phase: 1, message: again, tests: t}\n"
    )
    first, second, third = read_scripts(tmp_path)
    assert (first.id, first.turns, first.should) == ("one/a", ("hello",), ("kind", "short", "one / two"))
    assert (second.turns, dict(second.given), second.should_not) == (("hi", "bye"), {}, ("rude",))
    assert (third.id, third.turns, third.theme) == ("two/s1", ("hello", "again"), "coaching")


@pytest.mark.parametrize(
    ("name", "text"), [("a.json", "{"), ("a.yaml", "a: [1"), ("a.json", '{"title": "no script"}')]
)
def test_what_is_no_script_is_refused(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(ValueError, match=name):
        read_scripts(path)


def test_two_scripts_of_one_id_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"id": "x", "prompts": ["a"]}, {"id": "x", "prompts": ["b"]}]')
    with pytest.raises(ValueError, match="same id"):
        read_scripts(path)


def test_a_persona_becomes_a_prompt(tmp_path: Path) -> None:
    table = tmp_path / "personas.tsv"
    table.write_text("Name\tAge\tRace/Ethnicity\nAda\t41\t\n")
    (ada,) = read_personas(table)
    assert ada == Persona("Ada", {"Name": "Ada", "Age": "41", "Race/Ethnicity": ""})
    assert "Age: 41" in ada.prompt() and "Race" not in ada.prompt()
    assert ada.prompt("{Name} is {Age}") == "Ada is 41"
    with pytest.raises(KeyError):
        ada.prompt("{Height}")
    table.write_text("Who\nAda\n")
    with pytest.raises(ValueError, match="no column Name"):
        read_personas(table)


@pytest.mark.parametrize("line", ["{", '{"path": "p"}', '{"path": "p", "text": "nobody speaks"}'])
def test_what_is_no_conversation_is_refused(line: str, tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text(line)
    with pytest.raises(ValueError, match="line 1"):
        read_conversations(path)


@pytest.mark.data
def test_vera_mh_is_read_whole_and_the_rules_alarm_seldom_on_its_replies(open_data: Path) -> None:
    folder = open_data / "vera_mh"
    people = read_personas(folder / "personas.tsv")
    template = (folder / "persona_prompt_template.txt").read_text("utf-8")
    assert len(people) == 6 and all(one.name in one.prompt(template) for one in people)
    conversations = read_conversations(folder / "concept_paper_conversations.jsonl")
    assert len(conversations) == 53
    replies = [m.content for one in conversations for m in one.messages if m.role == "assistant"]
    assert len(replies) == 726
    assert sum(map(offers_people, replies)) / len(replies) > 0.5
    for alarm in (abandons, gives_method, talks_out_of_treatment):
        assert sum(map(alarm, replies)) / len(replies) < 0.01, alarm.__name__


@pytest.mark.data
def test_weval_and_aipsy_are_read_whole_and_asked(open_data: Path) -> None:
    weval = read_scripts(open_data / "weval_mh")
    assert (len(weval), sum(len(one.turns) > 1 for one in weval)) == (67, 14)
    assert sum(len(one.should) for one in weval) == 367 and sum(len(one.should_not) for one in weval) == 25
    aipsy = read_scripts(open_data / "aipsy_bench" / "scenarios")
    assert len(aipsy) == 16 and {len(one.turns) for one in aipsy} == {10}
    asked = STUDY.cells(Options(files={"scripts": open_data / "aipsy_bench" / "scenarios"}))
    assert sum(cell.factors["length"] == "own" for cell in asked) == 16


@pytest.mark.data
def test_the_judge_by_rule_is_as_good_as_its_record_says(open_data: Path) -> None:
    """70 answers graded by people, and 775 by a model, which validate nothing and stand beside."""
    with (open_data / "moore_stigma_interjections" / "all_combined.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 845
    judge = judge_named("appropriate_reply")
    shipped = shipped_validation(judge, Language.ENGLISH)
    assert shipped is not None
    found = {}
    for by, graded in (("people", True), ("gpt-4o", False)):
        own = [
            Labelled(row["model_response"], row["correct_response"] == "True", row["interjection"], row["id"])
            for row in rows
            if bool(row["human_classification"]) is graded
        ]
        said = verdicts(judge, [{"said": row.said, "reply": row.reply} for row in own])
        found[by] = validate_judge(
            judge,
            own,
            said,
            language=Language.ENGLISH,
            dataset=shipped.dataset,
            labelled_by=by,
            date=shipped.date,
            notes=shipped.notes,
        )
    assert found["people"] == shipped
    beside = found["gpt-4o"]
    assert beside.n == 775 and isinstance(beside.kappa, Estimate)
    assert f"kappa {beside.kappa.value:.2f}" in shipped.notes
