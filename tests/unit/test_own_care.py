"""What is taken for a question of one's own care, on the development questions and on close neighbours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from thirdchair.uses.answer_question.own_care import OwnCare, own_care_in

DATA = Path(__file__).parents[2] / "benchmarks" / "data" / "answers"


def development(language: str, kind: str) -> list[dict[str, Any]]:
    file = DATA / f"own_care_development_{language}.jsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["kind"] == kind]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nearly_all_development_questions_of_own_care_are_left_to_a_person(language: str):
    asked = development(language, "own_care")
    missed = [row["id"] for row in asked if own_care_in(row["question"]) is None]
    assert len(asked) > 200
    assert len(missed) <= 2, missed


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_general_development_question_is_taken_for_own_care(language: str):
    asked = development(language, "general")
    assert len(asked) > 60
    assert [row["id"] for row in asked if own_care_in(row["question"])] == []


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("my doctor put me on brintellix, can I drink on Friday", OwnCare.MEDICINE),
        ("is 100 too much for me with my blood pressure tablets", OwnCare.MEDICINE),
        ("should my son take his tablets before school", OwnCare.MEDICINE),
        ("would it be a bad idea to go cold turkey", OwnCare.MEDICINE),
        ("does my daughter have anorexia", OwnCare.DIAGNOSIS),
        ("could it be that I'm autistic", OwnCare.DIAGNOSIS),
        ("医生给我开了来士普，周五能喝酒吗", OwnCare.MEDICINE),
        ("我妈妈要不要停药", OwnCare.MEDICINE),
        ("我这样算抑郁症吗", OwnCare.DIAGNOSIS),
    ],
)
def test_own_care_is_seen_without_a_known_name_and_for_those_close(question: str, kind: OwnCare):
    assert own_care_in(question) is kind


@pytest.mark.parametrize(
    "question",
    [
        "can people stop antidepressants suddenly?",
        "What are side effects of lithium?",
        "How do I tell my sister that I have bipolar disorder?",
        "is 8 hours of sleep enough",
        "一般人可以突然停抗抑郁药吗",
        "怎么告诉家人我有双相障碍",
        "有没有针对我这种情况的互助小组",
    ],
)
def test_people_at_large_and_what_one_says_to_others_are_no_own_care(question: str):
    assert own_care_in(question) is None
