"""What a patient reads before they answer: eight years of school at most in English, short sentences in Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils.translation import override

from thirdchair.library.reading_grade import reading_grade
from thirdchair.records import Language
from thirdchair.uses import USES
from thirdchair_web.consent import limits, understanding
from thirdchair_web.consent.texts import consent_text
from thirdchair_web.consent.understanding import QUESTIONS
from thirdchair_web.consent.words import WAITING_FOR
from thirdchair_web.project.screen_texts import texts_in_template

HIGHEST_GRADE = 8.0
LONGEST_CHINESE_SENTENCE = 30.0
OPEN = [use for use in USES if not USES[use].is_closed]
LANGUAGES = {Language.ENGLISH: HIGHEST_GRADE, Language.CHINESE: LONGEST_CHINESE_SENTENCE}
PAGES = Path(understanding.__file__).parents[1] / "patient" / "templates" / "patient"
OWN = ("check", "checked", "answer", "preferences", "no_ai", "room", "consent")

pytestmark = pytest.mark.django_db


def grade(text: str, language: Language) -> float:
    return reading_grade(text.replace("**", "").replace("# ", ""), language).grade


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("use", OPEN)
def test_a_consent_text_as_it_is_shown(use: str, language: Language) -> None:
    assert grade(consent_text(use, language=str(language)).text, language) <= LANGUAGES[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("use", OPEN)
def test_the_limits_beside_it(use: str, language: Language) -> None:
    with override(str(language)):
        told = [str(template) % {"n": 7} for template in limits._IN_100.get(use, {}).values()]
        told.append(str(limits._HOW_SURE) % {"low": 3, "high": 9, "tried": 80})
    assert grade("\n".join(told), language) <= LANGUAGES[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("use", QUESTIONS)
def test_the_three_questions_and_what_explains_them(use: str, language: Language) -> None:
    with override(str(language)):
        told = [f"{one.text}\n{one.why}" for one in QUESTIONS[use]]
    assert grade("\n".join(told), language) <= LANGUAGES[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_consent_waits_for(language: Language) -> None:
    with override(str(language)):
        told = "\n".join(map(str, WAITING_FOR.values()))
    assert grade(told, language) <= LANGUAGES[language]


@pytest.mark.parametrize("page", OWN)
def test_the_fixed_words_of_a_page(page: str) -> None:
    texts = [one.text for one in texts_in_template((PAGES / f"{page}.html").read_text(encoding="utf-8"))]
    told = "\n".join(one if one.endswith((".", "?", "!")) else f"{one}." for one in texts)
    assert grade(told, Language.ENGLISH) <= HIGHEST_GRADE


def test_a_hard_text_would_be_found() -> None:
    hard = "Notwithstanding institutional considerations, participation necessitates comprehensive authorisation."
    assert grade(hard, Language.ENGLISH) > HIGHEST_GRADE
