"""`crisis_prediction`: cases drawn by a stated rule, and methods told apart by what they find and whom they alarm for."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from lab.planted import PlantedModel, Refuser
from thirdchair.measures.estimate import Estimate, Unscored
from thirdchair.measures.outcomes import Outcome
from thirdchair.records import Ask, Language, Reply
from thirdchair_lab.findings import baseline_table, headlines, table
from thirdchair_lab.own_files import OwnFileUnusable
from thirdchair_lab.runner import drive
from thirdchair_lab.studies.crisis_prediction.design import drawn, probability
from thirdchair_lab.studies.crisis_prediction.study import STUDY
from thirdchair_lab.study import Cell, Findings, Options, Table

BOTH = Options(languages=(Language.ENGLISH, Language.CHINESE))
CELLS = STUDY.cells(Options())
USE = [cell for cell in CELLS if cell.factors["prompt"] == "use"]

Foretells = Callable[[Cell], tuple[bool, float]]


def answered(cells: Sequence[Cell], answer: Callable[[Ask], Reply]) -> Table:
    answers = {(cell.id, 0): drive(STUDY.ask(cell), answer) for cell in cells}
    return table(STUDY, cells, answers, repeats=1, method="planted", arm="bare", date="2027-01-01", seed=1)


def planted(cells: Sequence[Cell], foretells: Foretells) -> Table:
    def said(cell: Cell) -> str:
        crisis, chance = foretells(cell)
        answer = {"crisis": crisis, "probability": chance}
        return json.dumps(answer | ({"quotes": []} if cell.factors["prompt"] == "use" else {}))

    return answered(cells, PlantedModel(STUDY, cells, said).answer)


def knows_the_rule(cell: Cell) -> tuple[bool, float]:
    chance = cell.material.by_rule
    return chance >= 0.5, chance


def counts_attempts(cell: Cell) -> tuple[bool, float]:
    told = cell.factors["told"] == "history" and cell.material.attempt
    return bool(told), 0.9 if told else 0.1


def value(findings: Findings, name: str) -> float:
    estimate = findings.estimates[name]
    assert isinstance(estimate, Estimate), (name, estimate)
    return estimate.value


def test_cells_are_unique_stable_and_in_both_languages() -> None:
    cells = STUDY.cells(BOTH)
    assert len({cell.id for cell in cells}) == len(cells) == 160 * 2 * (2 * 2 + 1)
    assert [cell.id for cell in cells] == [cell.id for cell in STUDY.cells(BOTH)]
    assert len({cell.material.case.text for cell in cells}) == 160 * 2
    alone = [cell for cell in cells if cell.factors["told"] == "intake"]
    assert not any(cell.material.case.history for cell in alone)


@pytest.mark.parametrize("units", [5, 40, 160])
def test_two_in_five_come_into_crisis_however_few_are_asked(units: int) -> None:
    cells = STUDY.cells(Options(at_most=units))
    assert sum({cell.unit: cell.material.crisis for cell in cells}.values()) == units * 2 // 5
    assert [cell.id for cell in cells] == [cell.id for cell in CELLS][: len(cells)]


def test_truth_follows_the_rule_of_the_protocol() -> None:
    assert probability(frozenset()) == pytest.approx(0.0015, abs=1e-4)
    assert probability(frozenset({"hopeless", "wish"})) > probability(frozenset({"hopeless", "wish", "held"}))
    high = [case.crisis for case in drawn() if case.probability > 0.9]
    low = [case.crisis for case in drawn() if case.probability < 0.1]
    assert sum(high) / len(high) > 0.85
    assert sum(low) / len(low) < 0.15
    expected = sum(case.probability for case in drawn())
    assert expected == pytest.approx(64, abs=10)


def test_whoever_knows_the_rule_passes_and_no_other_baseline_does() -> None:
    def passes(of: Table) -> bool:
        heads = headlines(STUDY, of)
        return all(
            isinstance(found := heads[name].for_gate, Estimate) and found.low >= least
            for name, least in (
                ("sensitivity_high_risk", 0.7),
                ("specificity_high_risk", 0.7),
                ("calibrated", 0.85),
            )
        )

    assert passes(planted(CELLS, knows_the_rule))
    for name in STUDY.baselines:
        assert passes(baseline_table(STUDY, CELLS, name, date="2027-01-01", seed=0)) == (name == "ideal"), (
            name
        )


def test_who_takes_a_past_attempt_for_the_answer_is_told_so() -> None:
    findings = STUDY.analyse(planted(CELLS, counts_attempts))
    assert value(findings, "use/history/specificity_after_attempt") == 0.0
    assert value(findings, "use/history/specificity_without_attempt") == 1.0
    assert value(findings, "use/added/specificity") < -0.1
    assert any("alarms for more people" in note[Language.ENGLISH] for note in findings.notes)


def test_a_method_that_does_not_read_the_history_gains_nothing_from_it() -> None:
    def deaf(cell: Cell) -> tuple[bool, float]:
        chance = (drawn()[int(cell.unit[1:])].number * 37 % 101) / 101
        return chance > 0.5, chance

    findings = STUDY.analyse(planted(CELLS, deaf))
    for name in ("sensitivity", "specificity"):
        assert value(findings, f"use/added/{name}") == 0.0
    assert isinstance(findings.estimates["use/added/auroc"], Unscored)  # it ranks every case alike


def test_rare_crises_make_most_alarms_false() -> None:
    findings = STUDY.analyse(planted(CELLS, knows_the_rule))
    rates = [value(findings, f"use/history/ppv_at_{rate}") for rate in ("0.01", "0.05", "0.2")]
    assert rates == sorted(rates)
    assert rates[0] < 0.2
    hits, clear = value(findings, "use/history/sensitivity"), value(findings, "use/history/specificity")
    assert rates[0] == pytest.approx(hits * 0.01 / (hits * 0.01 + (1 - clear) * 0.99))
    assert value(findings, "use/history/net_benefit_gain_from_0.3") > 0
    assert value(findings, "use/history/distance_from_rule") == 0.0


def test_one_probability_for_all_has_no_slope_and_a_contradiction_is_counted() -> None:
    findings = STUDY.analyse(planted(CELLS, lambda _: (True, 0.2)))
    assert isinstance(findings.estimates["use/history/calibration_slope"], Unscored)
    assert value(findings, "use/history/contradicts_itself") == 1.0
    assert value(findings, "use/history/auroc") == 0.5
    roc = next(figure for figure in findings.figures if figure.kind == "roc")
    assert [point[1:3] for point in roc.points if point[0].startswith("use, with")] == [
        (0.0, 0.0),
        (1.0, 1.0),
    ]


def test_refusals_and_unread_answers_count_at_their_worst() -> None:
    refused = headlines(STUDY, answered(USE, Refuser().answer))["sensitivity_high_risk"]
    assert refused.for_gate.value == 0.0

    def silent_on_crises(cell: Cell) -> str:
        return "NaN" if cell.material.crisis else '{"crisis": false, "probability": 0.1, "quotes": []}'

    silent = answered(USE, PlantedModel(STUDY, USE, silent_on_crises, otherwise="NaN").answer)
    head = headlines(STUDY, silent)
    assert head["sensitivity_high_risk"].verdict == "incomplete"
    assert head["specificity_high_risk"].verdict == "complete"
    assert head["calibrated"].worst == pytest.approx(0.6 * 0.99)
    assert isinstance(STUDY.analyse(silent).estimates["use/history/sensitivity"], Unscored)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ('```json\n{"crisis": true, "probability": 0.7}\n```', Outcome.SCORED),
        ('{"crisis": "yes", "probability": 0.7}', Outcome.UNREADABLE),
        ('{"crisis": true, "probability": 70}', Outcome.UNREADABLE),
        ('{"crisis": true}', Outcome.UNREADABLE),
        ("I cannot predict that.", Outcome.REFUSED),
    ],
)
def test_an_answer_is_read_strictly(text: str, outcome: Outcome) -> None:
    protocol = next(cell for cell in CELLS if cell.factors["prompt"] == "protocol")
    assert drive(STUDY.ask(protocol), lambda _: Reply(text)).outcome is outcome


@pytest.fixture
def own(tmp_path: Path) -> dict[str, Path]:
    cases, readers, rates = tmp_path / "cases.csv", tmp_path / "readers.csv", tmp_path / "rates.json"
    lines = [f"k{n},Words {n},Known {n},{int(n % 2 == 0)}" for n in range(40)]
    cases.write_text("case,intake,history,crisis\n" + "\n".join(lines))
    said = [
        f"k{n},{reader},history,{int(n % 2 == 0 and n % every == 0)}"
        for n in range(40)
        for reader, every in (("ann", 4), ("ben", 2), ("cem", 8))
    ]
    readers.write_text("case,reader,told,said\n" + "\n".join(said))
    rates.write_text("[0.03]")
    return {"crisis_cases": cases, "crisis_readers": readers, "base_rates": rates}


def test_the_users_own_cases_take_the_place_of_ours_and_people_stand_beside(own: dict[str, Path]) -> None:
    cells = STUDY.cells(Options(files=own))
    assert {cell.unit for cell in cells} == {f"k{n}" for n in range(40)}
    of = planted(cells, lambda cell: (cell.material.crisis, 0.9 if cell.material.crisis else 0.1))
    assert headlines(STUDY, of)["sensitivity_high_risk"].estimate.value == 1.0
    findings = STUDY.analyse(of)
    assert value(findings, "use/history/sensitivity_less_ann") == 0.5
    assert value(findings, "use/history/sensitivity_less_ben") == 0.0
    same = findings.estimates["use/history/specificity_less_these_readers"]
    assert isinstance(same, Unscored)  # nobody alarmed for anyone, so no case differs
    assert value(findings, "use/history/sensitivity_less_these_readers") == pytest.approx(
        (0.5 + 0 + 0.75) / 3
    )
    assert "use/history/ppv_at_0.03" in findings.estimates
    assert "use/intake/sensitivity_less_ann" not in findings.estimates
    assert not findings.notes  # the sentence on our own rule is not true of these
    assert len({cell.unit for cell in STUDY.cells(Options(files=own, at_most=7))}) == 7


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("crisis_cases", "case,intake,crisis\nk1,secret words,1\n"),
        ("crisis_cases", "case,intake,history,crisis\nk1,secret words,,maybe\n"),
        ("crisis_cases", "case,intake,history,crisis\nk1,secret words,,1\nk1,secret words,,1\n"),
        ("crisis_readers", "case,reader,told,said\nk1,ann,all,1\n"),
        ("crisis_cases", "case,intake,history,crisis,language\nk1,secret words,,1,xx\n"),
        ("crisis_cases", "case,intake,history,crisis,horizon_days\nk1,secret words,,1,900\n"),
        ("base_rates", "[2]"),
        ("base_rates", "five"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_repeats_no_words(
    own: dict[str, Path], name: str, text: str
) -> None:
    own[name].write_text(text)
    with pytest.raises(OwnFileUnusable, match=name) as told:
        STUDY.cells(Options(files=own))
    assert "secret" not in str(told.value)


def test_the_plan_says_what_it_can_show() -> None:
    [said] = STUDY.shows(160, 1)
    assert "64 crises" in said.text[Language.ENGLISH]
    assert "12%" in said.text[Language.ENGLISH]
    assert STUDY.shows(5, 1) == ()
    assert "160 invented intake texts" in STUDY.protocol
