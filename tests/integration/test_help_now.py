"""The page anyone can open in danger: real numbers for a place, this service first, and honest about what is not verified."""

from __future__ import annotations

import pytest
from django.test import Client

from thirdchair.records import Language
from thirdchair_web.crisis import card


@pytest.fixture
def page(client: Client):
    """The page for a place, in a language; it may not touch the database."""

    def opened(country: str = "", language: str = "en") -> str:
        client.cookies["thirdchair_language"] = language
        return client.get("/help-now/", {"country": country}).content.decode()

    return opened


def test_a_place_that_is_not_known_is_asked_for_and_no_number_is_assumed(page) -> None:
    told = page()
    assert "Call your local emergency number" in told
    assert "tel:" not in told
    assert '<option value="NZ">New Zealand</option>' in told


@pytest.mark.parametrize(
    ("country", "number"), [("GB", "999"), ("美国", "911"), ("AU", "000"), ("CN", "120")]
)
def test_the_emergency_number_of_a_place_is_one_press_away(page, country: str, number: str) -> None:
    assert f'href="tel:{number}"' in page(country)


def test_lines_nobody_verified_lately_say_so(page) -> None:
    assert card.crisis_card("GB", Language.ENGLISH).contacts[0].mark in page("GB")


def test_the_page_is_whole_in_chinese(page) -> None:
    told = page("CN", "zh-hans")
    assert card.crisis_card("CN", Language.CHINESE).closing in told
    assert "Show the numbers" not in told and "Another country" not in told


def test_a_lost_key_takes_the_verifications_and_not_the_card(page, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> object:
        raise OSError

    card.directory.cache_clear()
    monkeypatch.setattr(card, "signer", lost)
    assert "tel:999" in page("GB")
    card.directory.cache_clear()
