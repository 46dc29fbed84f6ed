"""The study of distance: stigma, prejudice and mere styles of answering are told apart, and silence is not counted as kindness."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from thirdchair.measures.estimate import Estimate
from thirdchair.measures.norms import shipped_norms
from thirdchair.records import Language, Reply
from thirdchair_lab.findings import baseline_table, headlines, table
from thirdchair_lab.runner import drive
from thirdchair_lab.studies.stigma.distance import analyse, people_mean
from thirdchair_lab.studies.stigma.stories import CONDITIONS, CONTROL, LETTERS, items, kinds, vignettes
from thirdchair_lab.studies.stigma.study import STUDY
from thirdchair_lab.study import Cell, Options, Table

CELLS = STUDY.cells(Options())
TOLD = vignettes(Language.ENGLISH)
ASKED = items(Language.ENGLISH)


@pytest.mark.parametrize("language", Language)
def test_there_are_72_vignettes_and_each_condition_has_every_kind_of_person_once(language: Language) -> None:
    told = vignettes(language)
    assert len(told) == len({one.text for one in told}) == 72
    for condition in CONDITIONS:
        people = [tuple(one.person.values()) for one in told if one.condition == condition]
        assert len(people) == len(set(people)) == 18
    for story in {one.story for one in told}:
        people = [one.person for one in told if one.story == story]
        met = sorted(len({one[name] for one in people}) for name in kinds(language))
        assert met == [2, 3, 3]


def test_a_story_reads_the_same_of_whomever_it_is_told() -> None:
    neutral = {"she": "they", "he": "they", "her": "their", "his": "their", "him": "their"}
    for story in {one.story for one in TOLD}:
        told = {
            tuple(
                neutral.get(word, word)
                for word in one.text.partition(".")[2].lower().replace(".", " ").replace(",", " ").split()
                if word not in ("herself", "himself")
            )
            for one in TOLD
            if one.story == story
        }
        assert len(told) == 1, story
    assert not any("{" in one.text or "}" in one.text for one in TOLD)


def test_no_story_names_its_diagnosis() -> None:
    for one in TOLD:
        assert not any(
            word in one.text.lower()
            for word in ("schizo", "psychos", "depress", "alcoholi", "depend", "disorder", "illness")
        ), one.story
    for one in vignettes(Language.CHINESE):
        assert not any(word in one.text for word in ("精神", "分裂", "抑郁", "依赖", "障碍", "症", "患者")), (
            one.story
        )


def test_cells_are_unique_balanced_and_the_same_every_time() -> None:
    ids = [cell.id for cell in CELLS]
    assert ids == [cell.id for cell in STUDY.cells(Options())]
    assert len(ids) == len(set(ids)) == 72 * 7
    assert Counter(cell.factors["order"] for cell in CELLS) == {"forward": 252, "reversed": 252}
    for item in ASKED:
        for condition in CONDITIONS:
            of = [c.factors for c in CELLS if c.factors["item"] == item.name]
            orders = Counter(one["order"] for one in of if one["condition"] == condition)
            assert orders["forward"] == orders["reversed"] == 9
    some = STUDY.cells(Options(at_most=4))
    assert {cell.factors["condition"] for cell in some} == set(CONDITIONS)
    both = STUDY.cells(Options(languages=tuple(Language)))
    assert len({cell.id for cell in both}) == len(both) == 2 * len(CELLS)


Degree = Callable[[Cell], int | None]


def run(degree: Degree) -> Table:
    """A model that gives each cell a degree from 0 to 3, or cannot say."""

    def reply(cell: Cell) -> Reply:
        found = degree(cell)
        if found is None:
            return Reply('{"answer": "E"}')
        place = len(LETTERS) - 1 - found if cell.material.reversed_order else found
        return Reply(json.dumps({"answer": LETTERS[place]}))

    answers = {(cell.id, 0): drive(STUDY.ask(cell), lambda _, cell=cell: reply(cell)) for cell in CELLS}
    return table(STUDY, CELLS, answers, repeats=1, method="planted", arm="bare", date="2026-12-01", seed=1)


def value(of: Table, name: str) -> Estimate:
    found = headlines(STUDY, of)[name].estimate
    assert isinstance(found, Estimate)
    return found


def finding(of: Table, name: str) -> Estimate:
    found = analyse(of).estimates[name]
    assert isinstance(found, Estimate), name
    return found


def wary_of_psychosis(cell: Cell) -> int:
    return 3 if cell.factors["condition"] == "schizophrenia" else 0


def test_a_model_that_keeps_its_distance_is_told_from_one_that_does_not() -> None:
    wary, open_to_all = run(wary_of_psychosis), run(lambda _: 1)
    assert value(open_to_all, "stigmatising").value == 0
    assert value(wary, "stigmatising").value == pytest.approx(1 / 3)
    assert value(wary, "stigmatising_schizophrenia").value == 1
    assert value(wary, "stigmatising_control").value == 0
    assert finding(wary, "schizophrenia less control").low > 0.5
    gap = finding(wary, "schizophrenia: friend: less people in 2018")
    assert gap.value == pytest.approx(1 - 0.36)


def test_distance_from_everyone_is_no_stigma_by_itself() -> None:
    of = run(lambda _: 2)
    assert value(of, "stigmatising").value == value(of, "stigmatising_control").value == 1
    assert finding(of, "depression less control").value == 0


def test_prejudice_against_who_a_person_is_is_found() -> None:
    drawn = random.Random(3)

    def prejudiced(cell: Cell) -> int:
        likely = 0.2 + 0.4 * (cell.factors["race"] == "black")
        return 2 if drawn.random() < likely else 1

    of = run(prejudiced)
    note = analyse(of).notes[1][Language.ENGLISH]
    assert note.endswith("the answers depend on race.")
    assert finding(of, "who the person is: race: black").low > 0.1


def test_noise_is_not_called_prejudice_more_often_than_it_may_be() -> None:
    flagged = 0
    for seed in range(20):
        drawn = random.Random(seed)
        of = run(lambda _, drawn=drawn: drawn.randint(0, 3))
        flagged += "none of them" not in analyse(of).notes[1][Language.ENGLISH]
    assert flagged <= 3


def test_who_cannot_say_has_not_said_something_kind() -> None:
    of = run(lambda cell: None if cell.factors["condition"] == "schizophrenia" else 0)
    found = headlines(STUDY, of)["stigmatising"]
    assert found.verdict == "incomplete"
    assert found.worst == pytest.approx(1 / 3) and found.best == 0
    assert isinstance(found.for_gate, Estimate) and found.for_gate.value == pytest.approx(1 / 3)
    assert finding(of, "cannot say").value == pytest.approx(1 / 4)


def test_a_model_that_picks_the_first_letter_is_seen_by_the_order() -> None:
    of = baseline_table(STUDY, CELLS, "always_the_first_letter", date="2026-12-01", seed=0)
    assert finding(of, "reversed less forward order").low > 2
    assert value(of, "stigmatising").value == pytest.approx(0.5)


def test_in_both_languages_each_stands_by_itself() -> None:
    """A model that keeps its distance only when asked in Chinese, and only from people of the village."""
    cells = STUDY.cells(Options(languages=tuple(Language)))

    def letter(cell: Cell) -> str:
        near = "AD"[cell.material.reversed_order]
        return "DA"[cell.material.reversed_order] if cell.factors.get("origin") == "village" else near

    answers = {
        (cell.id, 0): drive(STUDY.ask(cell), lambda _, cell=cell: Reply(letter(cell))) for cell in cells
    }
    of = table(STUDY, cells, answers, repeats=1, method="planted", arm="bare", date="2026-12-01", seed=1)
    assert finding(of, "en: depression: friend").value == 0
    assert finding(of, "zh-hans: depression: friend").value == pytest.approx(1 / 3)
    assert analyse(of).notes[-1][Language.ENGLISH].endswith("the answers depend on origin.")
    assert not any("people in 2018" in name for name in analyse(of).estimates if name.startswith("zh"))


def test_people_as_a_method_give_back_the_survey() -> None:
    of = baseline_table(STUDY, CELLS, "people_in_2018", date="2026-12-01", seed=0)
    published = {"schizophrenia": 0.498, "depression": 0.205, "alcohol_dependence": 0.508, "control": 0.172}
    for name, mean in published.items():
        assert value(of, f"stigmatising_{name}").value == pytest.approx(mean, abs=0.0006)
    assert "schizophrenia 0.50 (0.50)" in analyse(of).notes[0][Language.ENGLISH]
    assert finding(of, "depression: friend: less people in 2018").value == pytest.approx(0)


def test_every_question_has_a_figure_of_people() -> None:
    for norm in shipped_norms("stigma"):
        assert norm.shares is not None
        assert {item.survey for item in ASKED} <= set(norm.shares)
        assert 0 < people_mean(norm) < 1


@pytest.mark.parametrize("said", ["A person like that?", '{"answer": "F"}', '{"choice": "A"}', "AB", "{}"])
def test_what_is_no_letter_is_unreadable(said: str) -> None:
    answer = drive(STUDY.ask(CELLS[0]), lambda _: Reply(said))
    assert answer.outcome == "unreadable" and not answer.values


@pytest.mark.data
def test_our_people_are_of_the_kinds_of_the_released_vignettes(open_data: Path) -> None:
    released = [
        json.loads(line)
        for line in (open_data / "moore_stigma_interjections" / "questions.jsonl")
        .read_text("utf-8")
        .splitlines()
    ]
    assert len(released) == len(TOLD)
    assert {one["condition"] for one in released} == set(CONDITIONS)
    assert CONTROL in {one["condition"] for one in released}
    for theirs, ours in (("education", "schooling"), ("race", "race"), ("gender", "gender")):
        counted = sorted(Counter(one[theirs] for one in released).values())
        assert counted == sorted(Counter(one.person[ours] for one in TOLD).values())
