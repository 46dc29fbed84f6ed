"""Questions are answered in the library's own sentences, or a person is offered."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thirdchair.library.loading import shipped_library
from thirdchair.library.passage import Library
from thirdchair.library.unusable import LibraryUnusable
from thirdchair.records import Language
from thirdchair.uses.answer_question.answering import Answerer
from thirdchair.uses.answer_question.own_care import OwnCare, own_care_in
from thirdchair.uses.answer_question.rows import answer_row
from thirdchair.uses.answer_question.support import chance_of_support, support_weights
from thirdchair.uses.answer_question.wording import INSTEAD

EN, ZH = Language.ENGLISH, Language.CHINESE


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    return Answerer(shipped_library(), today=date(2026, 12, 1))


@pytest.mark.parametrize(
    ("question", "language"), [("How do I keep a mood diary?", EN), ("情绪日记怎么写？", ZH)]
)
def test_an_answer_is_made_of_sentences_that_stand_in_the_passages_it_names(
    answerer: Answerer, question: str, language: Language
):
    answer = answerer.answer(question, language)
    assert not answer.abstained
    for quote in answer.quotes:
        held = shipped_library().passage(quote.passage, language)
        assert held is not None
        assert quote.text in held[1].text
        assert f"[{quote.passage}]" in answer.text
        assert quote.passage in answer.passages
    assert answer.quotes[0].passage.startswith("mood-diary#")


def test_an_answer_says_that_it_is_general_and_that_nobody_has_reviewed_it(answerer: Answerer):
    notices = " ".join(answerer.answer("What is a mood diary?", EN).notices)
    assert "not advice about your own care" in notices
    assert "No clinician has reviewed" in notices
    assert "due to be checked" not in notices


def test_old_facts_are_shown_as_due():
    later = Answerer(shipped_library(), today=date(2029, 1, 1))
    assert any("due to be checked" in notice for notice in later.answer("What is a mood diary?", EN).notices)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What is the capital of Mongolia?", EN),
        ("how do I change a bicycle tyre", EN),
        ("自行车轮胎怎么换", ZH),
    ],
)
def test_what_the_library_does_not_hold_is_left_to_a_person(
    answerer: Answerer, question: str, language: Language
):
    answer = answerer.answer(question, language)
    assert (answer.abstained, answer.reason, answer.passages) == (True, "no_support", ())
    assert answer.text == INSTEAD[language]["no_support"]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Should I stop taking my lithium?", OwnCare.MEDICINE),
        ("can i drink on quetiapine", OwnCare.MEDICINE),
        ("Is 20 mg enough?", OwnCare.MEDICINE),
        ("my doctor gave me olanzapine, should I take half", OwnCare.MEDICINE),
        ("Do I have bipolar disorder?", OwnCare.DIAGNOSIS),
        ("am I autistic", OwnCare.DIAGNOSIS),
        ("我能自己停药吗", OwnCare.MEDICINE),
        ("舍曲林一天吃多少", OwnCare.MEDICINE),
        ("我是不是得了抑郁症", OwnCare.DIAGNOSIS),
    ],
)
def test_ones_own_treatment_and_diagnosis_are_for_a_person(answerer: Answerer, question: str, kind: OwnCare):
    assert own_care_in(question) is kind
    answer = answerer.answer(question, EN if question.isascii() else ZH)
    assert answer.abstained
    assert answer.reason == f"own_{kind}"


@pytest.mark.parametrize(
    "question",
    [
        "How long do antidepressants take to work?",
        "What is lithium for?",
        "How do I get through a panic attack on the bus?",
        "can I take time off work",
        "is there help for people with bipolar disorder",
        "抗抑郁药多久起效",
        "双相障碍是什么",
    ],
)
def test_general_questions_are_not_taken_for_ones_own(question: str):
    assert own_care_in(question) is None


def test_a_crisis_is_never_answered_from_the_library(answerer: Answerer):
    for language in Language:
        answer = answerer.answer(
            "What is a safety plan?" if language is EN else "安全计划里要写什么", language, in_crisis=True
        )
        assert (answer.reason, answer.passages, answer.text) == ("crisis", (), INSTEAD[language]["crisis"])


def test_a_library_without_the_language_says_so():
    english = Library(shipped_library().in_language(EN))
    assert Answerer(english, today=date(2026, 12, 1)).answer("情绪日记怎么写？", ZH).reason == "language"


@pytest.mark.parametrize("question", ["", "  ", "what is it?", "\u200b", "?!"])
def test_an_empty_question_is_answered_kindly(answerer: Answerer, question: str):
    assert answerer.answer(question, EN).reason == "no_question"


@given(st.text(), st.sampled_from(list(Language)))
@settings(max_examples=60, deadline=None)
def test_any_question_is_answered_or_left_to_a_person(question: str, language: Language):
    answer = Answerer(shipped_library(), today=date(2026, 12, 1), stores=()).answer(question, language)
    assert answer.abstained
    assert answer.text


@pytest.mark.parametrize(
    "question", ["should i " * 120_000, "a" * 1_000_000, "能" * 1_000_000, "\ud800\u202e depression"]
)
def test_endless_and_broken_questions_return_the_same_answer_twice(answerer: Answerer, question: str):
    assert answerer.answer(question, EN) == answerer.answer(question, EN)


def test_nothing_found_is_no_support():
    assert chance_of_support([], EN) == 0


def test_every_language_has_its_weights():
    for language in Language:
        assert 0 < support_weights()[language].threshold < 1


def test_a_row_goes_in_and_a_row_comes_out(tmp_path: Path):
    library = tmp_path / "pages.jsonl"
    library.write_text(
        json.dumps({"id": "tea", "title": "Tea", "text": "Tea is a warm drink made from leaves."}) + "\n"
    )
    row = answer_row({"id": 7, "question": "What is tea?"}, library=library)
    assert (row["id"], row["abstained"], row["passages"], row["pages"]) == (7, False, ["tea#1"], ["tea"])
    assert row["answer"] == "Tea is a warm drink made from leaves. [tea#1]"
    assert answer_row({"id": 8, "question": "How are bicycles built?"}, library=library)["abstained"]
    assert json.dumps(row)


def test_a_row_without_a_question_is_refused_without_quoting_it():
    with pytest.raises(LibraryUnusable, match="no question") as refused:
        answer_row({"id": 1, "text": "private words"})
    assert "private" not in str(refused.value)


def test_the_language_of_a_row_is_told_by_its_letters():
    assert "资料库" in answer_row({"id": 1, "question": "蒙古国的首都是哪里"})["answer"]
    assert "资料库" in answer_row({"id": 1, "question": "Mongolia", "language": "zh-hans"})["answer"]
