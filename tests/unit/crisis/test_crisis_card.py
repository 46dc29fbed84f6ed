"""The crisis card: always made, in plain words, with nothing on it that is not in the directory."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thirdchair.crisis import PLACES, Directory, card, card_text, load
from thirdchair.crisis.wording import WORDS
from thirdchair.library.reading_grade import reading_grade
from thirdchair.records import Language
from thirdchair.safeguards.conduct import unlisted

TODAY = date(2026, 6, 1)
SHOWN = load()
EVERYWHERE = [*PLACES, None]


def verified(day: date) -> Directory:
    return Directory(
        {
            code: tuple(one.model_copy(update={"last_verified": day}) for one in entries)
            for code, entries in SHOWN.countries.items()
        }
    )


@pytest.mark.parametrize("language", Language)
class TestEveryCard:
    @pytest.mark.parametrize("country", EVERYWHERE)
    def test_holds_only_what_the_directory_lists(self, country: str | None, language: Language):
        text = card_text(card(country, language, today=TODAY))
        listed = SHOWN.listed(country)
        assert not [one for one in unlisted(text, listed) if one.normalised not in listed], text

    @pytest.mark.parametrize("country", PLACES)
    def test_names_the_emergency_number_first(self, country: str, language: Language):
        shown = card(country, language, today=TODAY)
        for number, _ in PLACES[country].emergency:
            assert number in shown.steps[0]
        assert shown.emergency[0] == (
            PLACES[country].emergency[0][0],
            f"tel:{PLACES[country].emergency[0][0]}",
        )

    @pytest.mark.parametrize("country", EVERYWHERE)
    def test_shows_lines_that_nobody_verified_and_says_so(self, country: str | None, language: Language):
        directory = Directory(
            {
                code: tuple(one.model_copy(update={"last_verified": None}) for one in entries)
                for code, entries in SHOWN.countries.items()
            }
        )
        shown = card(country, language, directory=directory, today=TODAY)
        assert shown.contacts
        assert {one.mark for one in shown.contacts} == {WORDS[language].not_lately}
        assert card_text(shown).count(WORDS[language].none_lately) == 1

    def test_says_when_a_line_was_verified(self, language: Language):
        shown = card("GB", language, directory=verified(TODAY - timedelta(days=90)), today=TODAY)
        assert all("2026-03-03" in one.mark and one.verified_lately for one in shown.contacts)
        assert card_text(shown).count("2026-03-03") == len(shown.contacts)

    def test_says_when_that_was_too_long_ago(self, language: Language):
        shown = card("GB", language, directory=verified(TODAY - timedelta(days=91)), today=TODAY)
        assert {one.mark for one in shown.contacts} == {WORDS[language].not_lately}

    def test_asks_for_the_country_and_assumes_none(self, language: Language):
        shown = card("somewhere", language, today=TODAY)
        assert shown.country is None
        assert shown.question == WORDS[language].which_country
        assert ("US", PLACES["US"].name[language]) in shown.choices
        assert not re.search(r"(?<!\d)(?:988|911|999|112)(?!\d)", card_text(shown))

    def test_puts_the_services_own_contact_before_the_lines(self, language: Language):
        text = card_text(
            card("GB", language, own_contact="Ward 4, ext. 12", own_name="Elm House", today=TODAY)
        )
        assert text.index("Elm House") < text.index("Ward 4") < text.index("116 123")

    def test_says_that_the_service_entered_nothing(self, language: Language):
        shown = card("GB", language, own_contact="  ", today=TODAY)
        assert shown.no_own_contact == WORDS[language].no_own_contact
        assert WORDS[language].no_own_contact in card_text(shown)

    @pytest.mark.parametrize("country", EVERYWHERE)
    def test_is_made_without_any_file(self, country: str | None, language: Language, tmp_path: Path):
        shown = card(
            country,
            language,
            directory=load(folder=tmp_path),
            own_contact="Ward 4",
            own_name="Elm",
            today=TODAY,
        )
        text = card_text(shown)
        assert not shown.contacts
        assert WORDS[language].withheld in text
        assert "Ward 4" in text
        assert (PLACES[country].emergency[0][0] in text) if country else WORDS[language].call_anywhere in text

    def test_is_easy_to_read(self, language: Language):
        words = WORDS[language]
        said = [
            words.call.format(numbers="999"), words.call_anywhere, words.cannot_speak.format(numbers="114"), words.stay,
            words.move_away, words.no_own_contact, words.nobody_answers.format(numbers="999"),
            words.nobody_answers_anywhere, words.closing, words.which_country, words.withheld, words.none_lately,
        ]  # fmt: skip
        assert reading_grade("\n".join(said), language).is_plain
        assert reading_grade(f"{words.danger}. {words.finders}.", language).is_plain

    def test_shows_the_first_lines_where_there_is_little_room(self, language: Language):
        shown = card("GB", language, today=TODAY)
        short = card_text(shown, most=2)
        assert [one.name in short for one in shown.contacts] == [True, True] + [False] * (
            len(shown.contacts) - 2
        )

    def test_has_no_markup(self, language: Language):
        for country in EVERYWHERE:
            assert not re.search(r"[*_#<>{}]|\]\(", card_text(card(country, language, today=TODAY)))

    def test_has_a_name_for_every_language_spoken(self, language: Language):
        spoken = {tag for entry in SHOWN.entries for tag in entry.languages}
        assert spoken <= set(WORDS[language].languages)


def test_it_says_which_language_is_spoken_only_where_the_reader_may_not_speak_it():
    german = card("DE", Language.ENGLISH, today=TODAY).contacts[0]
    assert german.languages == "In German"
    assert not card("GB", Language.ENGLISH, today=TODAY).contacts[0].languages
    assert not card("CN", Language.CHINESE, today=TODAY).contacts[0].languages


@given(country=st.text(max_size=40), own=st.text(max_size=60), language=st.sampled_from(Language))
def test_no_answer_leaves_a_person_without_a_card(country: str, own: str, language: Language):
    text = card_text(card(country, language, directory=SHOWN, own_contact=own, today=TODAY))
    assert WORDS[language].stay in text
