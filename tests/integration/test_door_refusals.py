"""What the door says to a request it cannot answer: the right code, the way out, and never the person's words."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import door
import web
from people import make_person
from stub_model import QUESTION
from thirdchair.gateway.chat import TOLD
from thirdchair.records import Language
from thirdchair_web.api.sessions import Drafted
from thirdchair_web.crisis.models import CrisisAlert

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]

MARKER = "heronbythethirdlock"
WORDS = f"I told nobody about {MARKER}. {QUESTION}"


@pytest.fixture
def service():
    return door.make_service()


@pytest.fixture(autouse=True)
def nothing_of_it_in_the_log(caplog: pytest.LogCaptureFixture):
    yield
    assert MARKER not in caplog.text


def refusal(answered: door.Answered, status: int, rule: str) -> None:
    """Checks that this is that refusal, whole, in OpenAI's shape, and without the person's words."""
    error = answered.json["error"]
    assert (answered.status, error["code"]) == (status, rule)
    assert set(error) == {"message", "type", "param", "code", "thirdchair"}
    assert error["thirdchair"]["rule"] == rule
    assert error["thirdchair"]["reason"] and error["thirdchair"]["remedy"]
    assert error["thirdchair"]["reason"] in error["message"]
    assert MARKER.encode() not in answered.content


def test_the_same_words_are_answered_where_nothing_is_wrong(service):
    """So that the refusals below are not those of a door that refuses everything."""
    by_patient = door.ask(service.patient_key, WORDS)
    by_nurse = door.ask(service.nurse_key, WORDS, headers={"X-Thirdchair-Patient": service.patient.ref})
    by_metadata = door.ask(service.nurse_key, WORDS, metadata={"patient": service.patient.ref})
    assert [a.status for a in (by_patient, by_nurse, by_metadata)] == [200, 200, 200]
    assert by_patient.words == by_nurse.words == by_metadata.words
    assert by_patient.told["sources"]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("headers", "metadata", "status", "rule"),
    [
        ({}, {}, 400, "patient.missing"),
        ({"X-Thirdchair-Patient": "p-404"}, {}, 404, "patient.unknown"),
        ({}, {"patient": MARKER}, 404, "patient.unknown"),
        ({}, {"patient": "p-1\0"}, 404, "patient.unknown"),
        ({"X-Thirdchair-Patient": "p-1"}, {"patient": "p-2"}, 400, "request.conflict"),
        ({"X-Thirdchair-Patient": "p-1", "X-Thirdchair-Language": "xx"}, {}, 400, "request.language"),
        (
            {"X-Thirdchair-Patient": "p-1", "X-Thirdchair-Language": "en"},
            {"language": "zh-hans"},
            400,
            "request.conflict",
        ),
    ],
)
def test_whom_it_is_about(service, headers, metadata, status, rule, stream):
    answered = door.ask(service.nurse_key, WORDS, headers=headers, metadata=metadata, stream=stream)
    refusal(answered, status, rule)


def test_a_patients_key_is_for_that_patient_alone(service):
    web.make_patient("p-2", by=service.nurse)
    for ref in ("p-2", "p-404"):
        answered = door.ask(service.patient_key, WORDS, headers={"X-Thirdchair-Patient": ref})
        refusal(answered, 403, "patient.other")


def test_the_key_of_a_patient_without_a_record_is_for_nobody(service):
    from thirdchair_web.accounts.keys import make_key

    lost = make_key(make_person("patient"), [door.USE], by="operator").secret
    refusal(door.ask(lost, WORDS, headers={"X-Thirdchair-Patient": "p-1"}), 403, "patient.other")


@pytest.mark.parametrize(
    ("model", "status", "rule"),
    [
        ("gpt-4o", 404, "use.unknown"),
        (f"thirdchair/{MARKER}", 404, "use.unknown"),
        ("thirdchair/summarise_session", 403, "key.use"),
        (f"thirdchair/answer_question:{MARKER}", 404, "model.unknown"),
        ("", 400, "request.unreadable"),
    ],
)
def test_what_is_asked_for(service, model, status, rule):
    refusal(door.ask(service.patient_key, WORDS, model=model), status, rule)


@pytest.mark.parametrize("stream", [False, True])
def test_a_patient_whose_request_cannot_be_read_is_shown_the_card(service, stream):
    """Nobody screened the words, so the numbers are given whatever is wrong with the request."""
    for answered in (
        door.ask("tc_x", door.DANGER, stream=stream),
        door.ask(service.patient_key, door.DANGER, model="gpt-4o", stream=stream),
        door.ask(service.patient_key, door.DANGER, model="thirdchair/summarise_session", stream=stream),
        door.ask(service.patient_key, door.DANGER, tools=[{"type": "function"}], n=2, stream=stream),
        door.ask(service.patient_key, door.DANGER, headers={"X-Thirdchair-Language": "xx"}, stream=stream),
    ):
        card = answered.error["thirdchair"]["card"]
        assert "Help now" in card and card in answered.error["message"]
    about = {"X-Thirdchair-Patient": service.patient.ref}
    assert (
        door.ask(service.nurse_key, WORDS, model="gpt-4o", headers=about).error["thirdchair"]["card"] is None
    )


def test_what_is_wrong_is_told_in_chinese_too_and_first_where_the_service_is_chinese(service, settings):
    english = door.ask(service.nurse_key, WORDS).error
    settings.THIRDCHAIR = settings.THIRDCHAIR.model_copy(update={"language": "zh-hans"})
    chinese = door.ask(service.nurse_key, WORDS).error
    assert english["code"] == chinese["code"] == "patient.missing"
    assert english["thirdchair"]["translations"] == chinese["thirdchair"]["translations"]
    assert chinese["thirdchair"]["reason"] == english["thirdchair"]["translations"]["zh-hans"]["reason"]
    assert "患者" in chinese["message"] and "患者" not in english["message"]


def test_the_list_of_models_names_uses_and_measures_as_people_know_them_in_both_languages(
    service, monkeypatch
):
    from thirdchair.policy import NotCleared, Refused
    from thirdchair_web.api import listing

    found = {"use": door.USE, "method": "extractive", "measure": "own_care_not_answered"}
    short = NotCleared(Refused("clearance.short", found | {"needed": "0.80", "found": "0.59"}))
    monkeypatch.setattr(listing, "clearances", lambda: {(door.USE, "extractive", "en"): short})
    listed = door.send("GET", "/v1/models", key=service.patient_key).json["data"][0]["thirdchair"]["methods"]
    (closed,) = listed["extractive"]["en"]["closed_by"]
    assert closed["rule"] == "clearance.short"
    assert "Questions about mental health" in closed["reason"] and "answer_question" not in closed["reason"]
    assert "left to a person" in closed["reason"] and "own_care_not_answered" not in closed["reason"]
    assert "心理健康问答" in closed["translations"]["zh-hans"]["reason"]


def test_an_encounter_belongs_to_one_patient(service):
    other = web.make_patient("p-2", by=service.nurse)
    web.agree(other, by=service.nurse)
    encounter = "1b4e28ba-2fa1-41d2-883f-0016d3cca427"
    for ref, status in (("p-1", 200), ("p-2", 409)):
        answered = door.ask(
            service.nurse_key,
            web.SESSION.decode(),
            model="thirdchair/summarise_session",
            headers={"X-Thirdchair-Patient": ref, "X-Thirdchair-Encounter": encounter},
        )
        assert answered.status == status
    refusal(answered, 409, "encounter.other")


def test_a_session_that_is_none_is_told_so_without_being_quoted(service):
    answered = door.ask(
        service.nurse_key,
        f"{MARKER} and nothing else",
        model="thirdchair/summarise_session",
        headers={"X-Thirdchair-Patient": "p-1"},
    )
    refusal(answered, 422, "transcript.unreadable")


@pytest.mark.parametrize("key", ["", "tc_x", MARKER, f"tc_{'0' * 12}_{'A' * 43}"])
def test_a_key_that_opens_nothing(service, key):
    for answered in (door.ask(key, WORDS), door.send("GET", "/v1/models", key=key)):
        refusal(answered, 401, "key.unknown")
        assert answered.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        MARKER.encode(),
        b"[" * 5000,
        b'{"model": "thirdchair/answer_question"}',
        json.dumps({"model": "m", "messages": []}).encode(),
        json.dumps({"model": "m", "messages": [{"role": "user", "content": " "}]}).encode(),
        json.dumps({"model": "m", "messages": [{"role": "assistant", "content": MARKER}]}).encode(),
        json.dumps({"model": "m", "messages": [{"role": MARKER, "content": MARKER}]}).encode(),
        json.dumps({"model": "m", "messages": [{"role": "user", "content": MARKER}], "n": 2}).encode(),
        json.dumps({"model": "m", "messages": [{"role": "user", "content": MARKER}], "tools": [1]}).encode(),
        json.dumps(
            {"model": "m", "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": MARKER}]}]}
        ).encode(),
        b'{"model": "m", "messages": [{"role": "user", "content": "\\ud800"}]}',
        json.dumps({"model": "m", MARKER: 1, "messages": [{"role": "user", "content": MARKER}], "metadata": {MARKER: 1}}).encode(),
    ],
)  # fmt: skip
def test_a_body_that_is_no_request(service, body):
    refusal(
        door.send("POST", "/v1/chat/completions", body, key=service.patient_key), 400, "request.unreadable"
    )


def test_a_body_that_is_too_large(service):
    refusal(door.ask(service.patient_key, WORDS + "x" * 1_000_000), 413, "request.too_large")


@pytest.mark.parametrize("close", ["withdraw", "switch off", "stop"])
@pytest.mark.parametrize("stream", [False, True])
def test_a_use_that_is_closed(service, close, stream):
    from thirdchair_web.governance.actions import pull_kill_switch, switch_use
    from thirdchair_web.review.erasure import withdraw_consent

    if close == "withdraw":
        withdraw_consent(service.patient, use=door.USE, by=service.nurse)
    elif close == "stop":
        pull_kill_switch("everything", stopped=True, by=service.lead)
    else:
        switch_use(door.USE, on=False, by=service.lead)
    answered = door.ask(service.patient_key, WORDS, stream=stream)
    refusal(answered, 403, answered.json["error"]["code"])
    assert answered.json["error"]["code"].split(".")[0] in {"consent", "switch"}
    in_crisis = door.ask(service.patient_key, f"{MARKER}. {door.DANGER}", stream=stream)
    assert in_crisis.status == 200 and in_crisis.is_whole
    assert (in_crisis.told["kind"], in_crisis.told["alerted"]) == ("card", True)


def test_more_than_there_is_room_for(service, settings):
    settings.THIRDCHAIR = settings.THIRDCHAIR.model_copy(update={"chats_at_once": 0})
    answered = door.ask(service.patient_key, WORDS)
    refusal(answered, 429, "busy")
    assert answered.headers["retry-after"] == "1"
    assert answered.json["error"]["thirdchair"]["card"]


def test_a_staff_key_that_asks_too_often_waits_and_a_patients_does_not(service, settings):
    from thirdchair_web.api import door as application
    from thirdchair_web.api.pace import Pace

    settings.THIRDCHAIR = settings.THIRDCHAIR.model_copy(update={"calls_per_minute": 2})
    application._pace.__init__()
    about = {"X-Thirdchair-Patient": service.patient.ref}
    assert [door.ask(service.nurse_key, WORDS, headers=about).status for _ in range(2)] == [200, 200]
    answered = door.ask(service.nurse_key, WORDS, headers=about)
    refusal(answered, 429, "key.pace")
    assert 1 <= int(answered.headers["retry-after"]) <= 60
    assert answered.json["error"]["thirdchair"]["card"]
    assert [door.ask(service.patient_key, WORDS).status for _ in range(4)] == [200] * 4
    in_danger = door.ask(service.patient_key, door.DANGER)
    assert in_danger.told["kind"] == "card"
    assert isinstance(application._pace, Pace)


def test_no_card_waits_for_drafts_that_take_long(service, monkeypatch):
    from thirdchair_web.api import calls

    go = threading.Event()

    def slow(*_: object, **__: object) -> Drafted:
        assert go.wait(60)
        return Drafted("a draft")

    monkeypatch.setattr(calls, "summarised", slow)
    about = {"X-Thirdchair-Patient": service.patient.ref}
    with ThreadPoolExecutor(8) as people:
        drafts = [
            people.submit(
                door.ask, service.nurse_key, WORDS, model="thirdchair/summarise_session", headers=about
            )
            for _ in range(6)
        ]
        in_danger = people.submit(door.ask, service.patient_key, door.DANGER).result(timeout=50)
        assert in_danger.told["kind"] == "card" and not any(draft.done() for draft in drafts)
        go.set()
        assert [draft.result().words for draft in drafts] == ["a draft"] * 6


@pytest.mark.parametrize("by", ["header", "metadata"])
def test_a_questionnaire_is_not_handed_to_a_model(service, by):
    headers = {"X-Thirdchair-Questionnaire": "phq-9"} if by == "header" else {}
    metadata = {"form": "phq-9"} if by == "metadata" else {}
    answered = door.ask(service.patient_key, WORDS, headers=headers, metadata=metadata)
    refusal(answered, 403, "form.people_only")
    assert door.ask(service.patient_key, WORDS, model="thirdchair/phq-9").status == 404


def test_the_items_of_a_questionnaire_of_this_service_are_not_handed_to_a_model(service):
    from questionnaires import PHQ_9, as_file
    from thirdchair_web.questionnaires.files import add_file, retire_file

    words = f"{MARKER}: Placeholder question 1? 3. Placeholder question 2? 2. Add them up."
    assert door.ask(service.patient_key, words).status == 200
    add_file(as_file(PHQ_9), scoring="phq-9", licence="a test", actor="lead:1")
    refusal(door.ask(service.patient_key, words), 403, "form.people_only")
    retire_file("phq-9", actor="lead:1")
    refusal(door.ask(service.patient_key, words), 403, "form.people_only")


def test_danger_in_a_request_that_is_turned_away_reaches_the_team(service):
    """A patient's key that opens no such use, and a method that is not here: both are refused before the gateway hears them."""
    for number, model in enumerate(("thirdchair/draft_document", f"thirdchair/{door.USE}:no-such-model")):
        answered = door.ask(service.patient_key, f"{door.DANGER} {number}", model=model)
        assert answered.status in (403, 404)
        assert TOLD[True][Language.ENGLISH] in answered.json["error"]["thirdchair"]["card"]
    assert CrisisAlert.objects.get().patient_ref == service.patient.ref
    everyday = door.ask(service.patient_key, QUESTION, model="thirdchair/draft_document")
    assert TOLD[True][Language.ENGLISH] not in everyday.json["error"]["thirdchair"]["card"]
    by_nurse = door.ask(
        service.nurse_key,
        door.DANGER,
        model="thirdchair/draft_document",
        headers={"X-Thirdchair-Patient": service.patient.ref},
    )
    assert not by_nurse.json["error"]["thirdchair"]["card"]
