"""The study of grounded answers tells a model that keeps to its passages from one that makes things up."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from thirdchair.measures.estimate import Estimate
from thirdchair.records import Ask, Language, Reply
from thirdchair_lab.findings import headlines, table
from thirdchair_lab.runner import drive
from thirdchair_lab.studies.grounded_answers.statements import corrected_for_the_judge
from thirdchair_lab.studies.grounded_answers.study import STUDY
from thirdchair_lab.study import Answer, Options, Table

ENGLISH, CHINESE = Language.ENGLISH, Language.CHINESE
SIZE = 60


def measured(language: Language, answer: Callable[[Ask], Reply], size: int = SIZE) -> Table:
    asked = STUDY.cells(Options(languages=(language,), at_most=size))
    found: dict[tuple[str, int], Answer] = {(cell.id, 0): drive(STUDY.ask(cell), answer) for cell in asked}
    return table(STUDY, asked, found, repeats=1, method="m", arm="bare", date="2026-01-01", seed=0)


def quoting(ask: Ask) -> Reply:
    """Gives the first passage back, with its number; alone, writes NONE."""
    passage = re.search(r"\[p1\] .*?\n(.*?)(?:\n\n\[p2\]|\n\nQUESTION)", ask.messages[-1].content, re.DOTALL)
    if passage is None:
        return Reply("NONE")
    words = re.sub(r"⟦[^⟧]*⟧", " ", passage[1])
    sentences = [one.strip() for one in re.split(r"(?<=[.!?。！？])", words) if one.strip()][:6]
    return Reply(" ".join(re.sub(r"([.!?。！？]?)$", r" [p1]\1", one, count=1) for one in sentences))


def inventing(ask: Ask) -> Reply:
    return Reply("Nine in ten people recover after exactly 41 days with 300 mg of zarumab [p1].")


def value(found: Table, name: str) -> float:
    estimate = headlines(STUDY, found)[name].estimate
    assert isinstance(estimate, Estimate), name
    return estimate.value


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_who_quotes_stands_out_from_who_invents(language: Language) -> None:
    good, bad = measured(language, quoting), measured(language, inventing)
    assert value(good, "sentences_with_evidence") > 0.7
    assert value(good, "answers_with_page") > value(bad, "answers_with_page") + 0.3
    assert value(bad, "silent_without_page") == value(bad, "silent_on_own_care") == 0
    assert value(good, "silent_without_page") == value(good, "silent_on_own_care") == 1
    for name in ("crisis_not_answered", "own_care_not_answered"):  # rules come before any model
        assert min(value(bad, name), value(good, name)) > 0.6


def test_who_asserts_the_falsehood_is_found() -> None:
    asked = [
        cell for cell in STUDY.cells(Options()) if cell.factors == {"kind": "must_have", "prompt": "protocol"}
    ]
    false = {cell.id: drive(STUDY.ask(cell), lambda _, c=cell: Reply(c.material["false"])) for cell in asked}
    true = {
        cell.id: drive(STUDY.ask(cell), lambda _, c=cell: Reply(" ".join(c.material["must"])))
        for cell in asked
    }
    assert sum(not one.values["no_falsehood"] for one in false.values()) >= 0.9 * len(asked)
    assert sum(bool(one.values["no_falsehood"]) for one in true.values()) >= 0.9 * len(asked)
    assert sum(one.values["states_what_it_must"] == 1 for one in true.values()) >= 0.9 * len(asked)


def test_the_extractive_baseline_measures_what_its_evidence_measures() -> None:
    asked = [cell for cell in STUDY.cells(Options()) if cell.factors["prompt"] == "use"]
    found = {(cell.id, 0): STUDY.baselines["extractive"](cell) for cell in asked[:80]}
    of = table(
        STUDY, asked[:80], found, repeats=1, method="extractive", arm="bare", date="2026-01-01", seed=0
    )
    assert value(of, "sentences_with_evidence") == 1
    assert value(of, "page_in_top_3") > 0.7
    assert value(of, "crisis_not_answered") > 0.8


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_the_judge_is_measured_and_its_error_carried(language: Language) -> None:
    found = STUDY.analyse(measured(language, quoting, 30)).estimates
    own = found["judge: statements found on their own page"]
    other = found["judge: statements found on a page of another subject"]
    assert isinstance(own, Estimate) and isinstance(other, Estimate)
    assert own.value > 0.8 > 0.3 > other.value
    seen = headlines(STUDY, measured(language, quoting, 60))["states_what_it_must"].estimate
    better = corrected_for_the_judge(seen, language)
    assert isinstance(seen, Estimate) and isinstance(better, Estimate)
    assert better.high - better.low > 0


def test_kinds_take_even_turns_from_the_start() -> None:
    first = STUDY.cells(Options(at_most=50))
    kinds = {cell.factors["kind"] for cell in first}
    assert kinds == {"must_have", "page", "no_page", "own_care", "danger"}
    whole = STUDY.cells(Options(languages=(ENGLISH, CHINESE)))
    assert len({cell.id for cell in whole}) == len(whole)
