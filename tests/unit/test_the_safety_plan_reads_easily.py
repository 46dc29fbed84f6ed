"""The words of the safety plan and of what stands on every patient's page: plain enough for a hard night."""

from __future__ import annotations

import pytest

import readability

OWN = (
    "safety_plan/parts.py",
    "safety_plan/forms.py",
    "safety_plan/templates/safety_plan/plan.html",
    "safety_plan/templates/safety_plan/change.html",
    "safety_plan/templates/safety_plan/parts.html",
    "safety_plan/templates/safety_plan/copy.html",
    "crisis/templates/crisis/card_page.html",
    "crisis/shown.py",
    "safety_plan/views.py",
    "safety_plan/templates/safety_plan/version.html",
    "templates/partials/patient_header.html",
    "patient/templates/patient/help_now.html",
    "crisis/templates/crisis/card.html",
)


@pytest.mark.parametrize(
    "place", [one for one in OWN if len(" ".join(readability.texts_of(one)).split()) >= 10]
)
def test_no_page_asks_more_than_eight_years_of_school(place: str) -> None:
    assert readability.english(readability.texts_of(place)) <= readability.HIGHEST_GRADE


def test_no_single_text_does_either() -> None:
    assert not readability.too_hard(readability.texts_of(*OWN))


def test_chinese_sentences_are_short() -> None:
    assert readability.chinese(readability.texts_of(*OWN)) <= readability.LONGEST_CHINESE_SENTENCE
