"""What patients and carers read on these pages: no harder than the eighth school year, and short in Chinese."""

from __future__ import annotations

import pytest

import readability

PAGES = [
    "asking/templates", "carers/templates", "patient/templates", "harm/templates/harm/report.html",
    "harm/templates/harm/reported.html", "harm/templates/harm/duty_of_care.html",
]  # fmt: skip
WORDS = [
    "asking/words.py", "asking/limits.py", "asking/forms.py", "asking/views.py", "carers/hearing.py", "carers/views.py",
    "patient/home.py", "patient/asking_views.py", "harm/models.py",
]  # fmt: skip


@pytest.mark.parametrize("place", PAGES + WORDS)
def test_a_page_reads_at_the_eighth_school_year_or_below(place: str) -> None:
    texts = readability.texts_of(place)
    assert texts
    assert readability.english(texts) <= readability.HIGHEST_GRADE


def test_no_text_of_these_pages_is_hard_by_itself() -> None:
    assert readability.too_hard(readability.texts_of(*PAGES, *WORDS)) == {}


@pytest.mark.parametrize("place", PAGES + WORDS)
def test_chinese_sentences_are_short(place: str) -> None:
    assert 0 < readability.chinese(readability.texts_of(place)) <= readability.LONGEST_CHINESE_SENTENCE


def test_the_measure_tells_hard_from_easy() -> None:
    hard = "Pharmacological interventions necessitate multidisciplinary consideration of individual circumstances before any commencement."
    assert readability.too_hard([hard]) and not readability.too_hard(
        ["You can say no to it. Your care stays the same as it was."]
    )
    assert readability.english([hard]) > 15
