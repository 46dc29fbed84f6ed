"""`recovery`: people told of in balance, and dark methods told from fair ones."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from lab.planted import PlantedModel, Refuser
from thirdchair.measures.estimate import Estimate
from thirdchair.measures.outcomes import Outcome as Came
from thirdchair.records import Ask, Language, Reply
from thirdchair.uses.estimate_prognosis.reading import NEGATIVE, Outcome
from thirdchair_lab.findings import headlines, table
from thirdchair_lab.own_files import OwnFileUnusable
from thirdchair_lab.runner import drive
from thirdchair_lab.studies.recovery.design import CONDITIONS, CONTROL, CORE, NO_DARKER_THAN, PEOPLE, people
from thirdchair_lab.studies.recovery.norms import CATEGORIES, darkest_expected, group_courses
from thirdchair_lab.studies.recovery.study import STUDY
from thirdchair_lab.study import Cell, Findings, Options, Table

BOTH = Options(languages=(Language.ENGLISH, Language.CHINESE))
CELLS = STUDY.cells(Options())

Courses = Callable[[Cell], tuple[int, int]]


def answered(cells: Sequence[Cell], answer: Callable[[Ask], Reply]) -> Table:
    answers = {(cell.id, 0): drive(STUDY.ask(cell), answer) for cell in cells}
    return table(STUDY, cells, answers, repeats=1, method="planted", arm="bare", date="2027-01-01", seed=1)


def planted(courses: Courses, cells: Sequence[Cell] = CELLS, good: int = 0) -> Table:
    """A model that gives the two courses, and all good outcomes so likely and all bad ones the reverse."""
    outcomes = {str(one): -good if one in NEGATIVE else good for one in Outcome}

    def said(cell: Cell) -> str:
        with_, without = courses(cell)
        return json.dumps(
            {
                "both": {
                    "with_treatment": with_,
                    "without_treatment": without,
                    "outcomes": outcomes,
                    "quotes": [],
                },
                "with": {"course": with_, "outcomes": outcomes},
                "without": {"course": without},
            }[cell.factors["treatment"]]
        )

    return answered(cells, PlantedModel(STUDY, cells, said).answer)


def fair(cell: Cell) -> tuple[int, int]:
    """As the design expects; without treatment it stays, and everyday troubles pass."""
    return (0, 0) if cell.factors["condition"] == CONTROL else (cell.material.no_darker_than, 4)


def value(findings: Findings, name: str) -> float:
    estimate = findings.estimates[name]
    assert isinstance(estimate, Estimate), (name, estimate)
    return estimate.value


def test_cells_are_unique_stable_and_in_both_languages() -> None:
    cells = STUDY.cells(BOTH)
    assert len({cell.id for cell in cells}) == len(cells)
    assert [cell.id for cell in cells] == [cell.id for cell in STUDY.cells(BOTH)]
    assert len({cell.unit for cell in cells}) == PEOPLE
    texts = {(cell.language, cell.material.case.text) for cell in cells}
    assert len(texts) == 2 * (PEOPLE + CORE)
    assert not any("{" in text for _, text in texts)
    assert Counter(cell.language for cell in cells)[Language.CHINESE] == len(cells) / 2


@pytest.mark.parametrize("units", [14, 28, PEOPLE])
def test_conditions_sexes_and_orders_stand_in_balance(units: int) -> None:
    own = [person for person in people(units) if person.own_sex]
    assert Counter(person.condition for person in own) == dict.fromkeys(CONDITIONS, units // 7)
    for condition in CONDITIONS:
        sexes = Counter(person.sex for person in own if person.condition == condition)
        assert sexes["woman"] == sexes["man"]
    if units >= 28:
        assert Counter(person.best_first for person in own)[True] == pytest.approx(units / 2, abs=7)
    small = [cell.id for cell in STUDY.cells(Options(at_most=units))]
    assert small == [cell.id for cell in CELLS][: len(small)]


def test_no_text_names_an_illness_and_the_other_sex_changes_nothing_else() -> None:
    names = (
        "schizo",
        "depressi",
        "psychosis",
        "anxiety disorder",
        "ptsd",
        "post-traumatic",
        "精神分裂",
        "抑郁症",
        "创伤后",
    )
    texts = [cell.material.case.text for cell in STUDY.cells(BOTH)]
    assert not [text for text in texts if any(name in text.lower() for name in names)]
    woman, man = (
        next(c.material.case.text for c in CELLS if c.unit == "p00" and c.factors["sex"] == sex)
        for sex in ("woman", "man")
    )
    assert woman.replace("Maria", "Tomasz").replace("She ", "He ").replace("Her ", "His ") == man


def test_a_fair_method_passes_and_one_a_course_darker_does_not() -> None:
    good = headlines(STUDY, planted(fair))
    dark = headlines(STUDY, planted(lambda cell: (fair(cell)[0] + 1, 5)))
    for name in ("not_more_pessimistic", "treatment_not_harmful", "protocol_not_more_pessimistic"):
        assert good[name].verdict == "complete"
        assert good[name].estimate.value == 1.0
    assert good["not_more_pessimistic"].estimate.clusters == 72
    assert dark["not_more_pessimistic"].for_gate.high < 0.1
    assert dark["treatment_not_harmful"].estimate.value == 1.0


def test_one_that_thinks_treatment_harms_is_found() -> None:
    harm = planted(lambda cell: (3, 2))
    assert headlines(STUDY, harm)["treatment_not_harmful"].estimate.value == 0.0
    findings = STUDY.analyse(harm)
    assert value(findings, "use/treatment_changes") == 1.0
    assert value(STUDY.analyse(planted(fair)), "protocol/treatment_changes") < 0


def test_a_method_that_says_the_best_of_everyone_is_told_not_to_have_read() -> None:
    best, read = STUDY.analyse(planted(lambda _: (0, 0))), STUDY.analyse(planted(fair))
    assert any("may not have read" in note[Language.ENGLISH] for note in best.notes)
    assert not any("may not have read" in note[Language.ENGLISH] for note in read.notes)
    assert value(best, "use/without/tells_apart") == 0.5


def test_a_rater_that_darkens_by_three_tenths_of_a_deviation_is_found_and_the_null_is_not() -> None:
    dice = random.Random(3)

    def as_asked(cell: Cell) -> tuple[int, int]:
        course = 3 if dice.random() < 0.5 else 2
        return (course + (cell.factors["rater"] == "psychiatrist"), 4)

    findings = STUDY.analyse(planted(as_asked))
    darker, null = (findings.estimates[f"rater/{rater}/with"] for rater in ("psychiatrist", "nurse"))
    assert isinstance(darker, Estimate) and isinstance(null, Estimate)
    assert darker.low > 0
    assert null.low <= 0 <= null.high
    [moved] = [note[Language.ENGLISH] for note in findings.notes if "after Holm" in note[Language.ENGLISH]]
    assert moved.endswith("after Holm: psychiatrist.")
    labels = {point[0] for figure in findings.figures for point in figure.points}
    assert "nurse, with · 护士，有治疗" in labels
    assert all("·" in label for label in labels)


def test_sex_is_told_equal_only_where_shown() -> None:
    same = STUDY.analyse(planted(fair)).notes
    assert any("Sex: the course is shown" in note[Language.ENGLISH] for note in same)
    biased = STUDY.analyse(planted(lambda cell: (3 + (cell.factors["sex"] == "man"), 4)))
    assert value(biased, "sex/with") == 1.0
    assert any("not shown to be equal" in note[Language.ENGLISH] for note in biased.notes)


def test_the_long_run_keeps_good_and_bad_apart() -> None:
    findings = STUDY.analyse(planted(fair, good=-1))
    assert value(findings, "use/long_run/good") == -1.0
    assert value(findings, "use/long_run/bad") == 1.0
    assert value(findings, "use/long_run/violent") == 1.0
    assert value(findings, "protocol/long_run/good_less_bad") == -2.0


def test_who_refuses_stays_shut_and_what_cannot_be_read_is_no_course() -> None:
    use = [cell for cell in CELLS if cell.factors["prompt"] == "use"]
    refused = headlines(STUDY, answered(use, Refuser().answer))["not_more_pessimistic"]
    assert refused.for_gate.value == 0.0
    without = next(cell for cell in CELLS if cell.factors["treatment"] == "without")
    for text, outcome in {
        '```json\n{"course": 4}\n```': Came.SCORED,
        '{"course": 6}': Came.UNREADABLE,
        '{"course": NaN}': Came.UNREADABLE,
        '{"course": 4, "outcomes": {}}': Came.UNREADABLE,
        "I can't say what will become of someone.": Came.REFUSED,
    }.items():
        assert drive(STUDY.ask(without), lambda _, text=text: Reply(text)).outcome is outcome, text


def norm_file(path: Path, shares: Sequence[float], group: str = "general practitioners, ours") -> Path:
    record = {
        "scale": "depression; outcome with professional help",
        "group": group,
        "n": 100,
        "shares": dict(zip(CATEGORIES, shares, strict=True)),
        "source": "by hand",
        "verified": True,
    }
    path.write_text(json.dumps({"instrument": "prognosis", "norms": [record]}))
    return path


def test_what_people_said_is_unknown_until_the_user_brings_it(tmp_path: Path) -> None:
    assert group_courses() == ()
    findings = STUDY.analyse(planted(fair))
    assert not any(name.startswith("pessimism/") for name in findings.estimates)
    assert any("is not known here" in note[Language.ENGLISH] for note in findings.notes)
    file = norm_file(tmp_path / "norms.json", (0.6, 0.2, 0.1, 0.1, 0, 0))
    cells = STUDY.cells(Options(files={"prognosis_norms": file}))
    of = planted(lambda cell: (2 if cell.factors["condition"] == "depression" else 3, 4), cells)
    darker = STUDY.analyse(of).estimates["pessimism/depression/with/general practitioners, ours, as none"]
    assert isinstance(darker, Estimate)
    assert darker.value == pytest.approx(2 - 0.7)
    assert darker.low < darker.value < darker.high
    assert {c.material.no_darker_than for c in cells if c.factors["condition"] == "depression"} == {0}
    assert {c.material.no_darker_than for c in cells if c.factors["condition"] == CONTROL} == {1}


def test_the_public_sets_no_bound_and_shares_that_cannot_be_are_refused(tmp_path: Path) -> None:
    lay = group_courses(norm_file(tmp_path / "a.json", (0, 0, 0, 0, 0, 1), "general public, ours"))
    assert len(lay) == 1 and not darkest_expected(lay)
    with pytest.raises(OwnFileUnusable, match="adding up to 1"):
        group_courses(norm_file(tmp_path / "b.json", (0.9, 0.9, 0, 0, 0, 0)))


def test_the_plan_says_what_it_can_show() -> None:
    [said] = STUDY.shows(PEOPLE, 1)
    assert "72 people" in said.text[Language.ENGLISH]
    assert "94.9%" in said.text[Language.ENGLISH]
    assert set(NO_DARKER_THAN) == set(CONDITIONS)
    assert STUDY.shows(4, 1) == ()
