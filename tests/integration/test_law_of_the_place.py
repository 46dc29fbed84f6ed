"""The law of the service's places: what it closes at the door, what the page of a use says of it, and the trail."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client

import door
import web
from people import make_person, sign_in
from thirdchair_web.governance.law import note_places

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]


@pytest.fixture
def in_place(settings):
    """Moves the service to these places."""

    def move(places: str) -> None:
        settings.THIRDCHAIR = settings.THIRDCHAIR.model_copy(update={"places": places})

    return move


@pytest.fixture
def service() -> door.Service:
    return door.make_service()


WORDS = "What is cognitive behavioural therapy?"


def test_a_patient_in_illinois_is_told_which_law_closes_the_use_in_both_languages(service, in_place):
    assert door.ask(service.patient_key, WORDS).status == 200
    in_place("US-IL")
    answered = door.ask(service.patient_key, WORDS)
    assert (answered.status, answered.error["code"]) == (403, "law.here")
    assert "Illinois" in answered.error["message"] and "225 ILCS 155" in answered.error["message"]
    assert "伊利诺伊州" in answered.error["thirdchair"]["translations"]["zh-hans"]["reason"]
    about = {"X-Thirdchair-Patient": service.patient.ref}
    assert door.ask(service.nurse_key, WORDS, headers=about).status == 200, "a clinician may still look it up"


@pytest.mark.parametrize("places", ["", "US-IL", "JP"])
def test_a_person_in_danger_gets_the_card_whatever_the_law_closes(places, service, in_place):
    in_place(places)
    assert door.ask(service.patient_key, door.DANGER).told["kind"] == "card"


@pytest.mark.parametrize(
    ("places", "rule"), [("", "law.no_place"), ("JP", "law.unknown_place"), ("GB", None)]
)
def test_the_list_of_models_says_what_the_law_closes(places, rule, service, in_place):
    in_place(places)
    listed = door.send("GET", "/v1/models", key=service.patient_key).json["data"][0]["thirdchair"]["methods"]
    closed_by = [one["rule"] for one in listed["extractive"]["en"]["closed_by"]]
    assert (rule in closed_by) == (rule is not None)
    assert rule is not None or not any(one.startswith("law.") for one in closed_by)


def test_where_nobody_said_where_it_is_a_session_is_still_summarised_and_signed(service, in_place):
    in_place("")
    listed = door.send("GET", "/v1/models", key=service.nurse_key).json["data"]
    summaries = next(one for one in listed if one["id"].endswith("summarise_session"))["thirdchair"]
    rules = {one["rule"] for one in summaries["methods"]["extractive"]["en"]["closed_by"]}
    assert rules == set() and summaries["open"] is True


def test_a_consent_that_was_spoken_is_not_enough_in_illinois(service, in_place):
    from thirdchair_web.consent.models import ConsentRecord

    def asked() -> door.Answered:
        return door.ask(
            service.nurse_key,
            web.SESSION.decode(),
            model="thirdchair/summarise_session",
            headers={"X-Thirdchair-Patient": service.patient.ref, "X-Thirdchair-Encounter": str(uuid4())},
        )

    in_place("US-IL")
    assert asked().status == 200
    ConsentRecord.objects.update(how=ConsentRecord.How.SPOKEN_WITNESSED)
    refused = asked().error
    assert refused["code"] == "consent.not_written" and "Illinois" in refused["message"]
    in_place("")
    assert asked().status == 200


@pytest.mark.parametrize(
    ("places", "use", "told"),
    [
        ("US-IL", "summarise_session", ["Checked for each patient", "agrees in writing", "Met here"]),
        (
            "US-IL",
            "answer_question",
            ["Illinois", "Closes this use to patients", "Not verified", "No lawyer"],
        ),
        ("US-NV", "summarise_session", ["Nevada", "Met here", "AB 406", "since 2025-07-01"]),
        ("", "summarise_session", ["Nobody has said where", "stands in for the law that is not known"]),
        ("JP", "answer_question", ["the law of JP", "strictest"]),
        ("GB", "summarise_session", ["United Kingdom", "No rule of law that is known here"]),
    ],
)
def test_the_page_of_a_use_shows_which_rule_of_which_place_closes_it(
    places, use, told, client: Client, in_place
):
    sign_in(client, make_person("evaluator"))
    in_place(places)
    page = client.get(f"/uses/{use}/").content.decode()
    assert [words for words in told if words not in page] == []


def test_a_law_that_is_coming_and_a_pack_that_is_overdue_are_shown(client: Client, in_place, monkeypatch):
    from datetime import UTC, datetime

    from thirdchair_web.governance import law

    sign_in(client, make_person("evaluator"))
    in_place("US-CO")
    monkeypatch.setattr(law, "now", lambda: datetime(2026, 8, 1, tzinfo=UTC))
    assert "Not in force" in client.get("/uses/summarise_session/").content.decode()
    monkeypatch.setattr(law, "now", lambda: datetime(2027, 6, 1, tzinfo=UTC))
    page = client.get("/uses/summarise_session/").content.decode()
    assert "Overdue" in page and "Met here" in page


def test_the_list_of_uses_marks_what_the_law_closes_to_everyone(client: Client, in_place, monkeypatch):
    from dataclasses import replace

    from thirdchair.uses import USES
    from thirdchair_web.governance import views

    barred = replace(USES["summarise_session"], id="interpret_emotion")
    monkeypatch.setattr(views, "USES", {barred.id: barred})
    sign_in(client, make_person("evaluator"))
    for places, shown in (("US-IL", True), ("GB", False)):
        in_place(places)
        assert ("Closed by law here" in client.get("/uses/").content.decode()) == shown


def test_the_trail_tells_when_other_places_count(in_place):
    from thirdchair_web.trail.models import TrailEntry

    for places in ("", "XX", "XX", "GB,US-IL"):
        in_place(places)
        note_places()
    noted = [json.loads(entry.facts)["places"] for entry in TrailEntry.objects.filter(kind="law_places")]
    assert noted == [["XX"], ["GB", "US-IL"]]
    assert web.trail_is_whole()
