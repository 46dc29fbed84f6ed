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


def test_a_line_is_called_or_written_to_with_one_press(page) -> None:
    told = page("GB")
    assert 'href="tel:116123"' in told and 'href="sms:85258' in told


def test_the_services_own_number_is_one_press_away(page, settings) -> None:
    settings.THIRDCHAIR = settings.THIRDCHAIR.model_copy(
        update={"crisis_contact": "Ward nurse <day>: 01632 960 123"}
    )
    assert 'Ward nurse &lt;day&gt;: <a href="tel:01632960123">01632 960 123</a>' in page()


def test_changing_the_language_keeps_the_country_and_the_country_the_language(client: Client) -> None:
    told = client.get("/help-now/", {"country": "GB", "language": "zh-hans"})
    assert told["Content-Language"] == "zh-hans"
    assert 'href="?country=GB&amp;language=en"' in told.content.decode()
    assert '<input type="hidden" name="language" value="zh-hans">' in told.content.decode()
    assert client.get("/help-now/", {"language": "<x>"}).status_code == 200


def test_a_signed_in_person_sees_it_while_the_database_is_off(client: Client) -> None:
    """This test may not touch the database either: a session that would be looked up would fail it."""
    client.cookies["thirdchair_session"] = "a-session-of-somebody"
    client.cookies["thirdchair_plan_kept"] = "1:kept"
    for address in ("/help-now/?country=GB", "/worker.js", "/manifest.webmanifest"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "thirdchair_session" not in answer.cookies, "they stay signed in"
    assert 'href="/my/safety-plan/"' in client.get("/help-now/").content.decode()


def test_a_lost_key_takes_the_verifications_and_not_the_card(page, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> object:
        raise OSError

    card.directory.cache_clear()
    monkeypatch.setattr(card, "signer", lost)
    assert "tel:999" in page("GB")
    card.directory.cache_clear()
