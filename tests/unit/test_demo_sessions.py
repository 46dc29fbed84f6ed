"""The demo clinic is whole: its sessions can be read, its labels are complete and nobody could be rung."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from thirdchair.records.draft import COMPONENTS, RiskStatus, RiskTopic, Timeframe
from thirdchair.records.transcript import Language, SpeakerRole, Transcript, Utterance
from thirdchair_web.demo import load_people, load_rooms, load_sessions

SESSIONS = load_sessions()
PEOPLE = load_people()
EXCHANGES = Path(__file__).parents[2] / "benchmarks" / "data"

each_session = pytest.mark.parametrize("session", SESSIONS, ids=[s["id"] for s in SESSIONS])

# Numbers kept for drama by the UK regulator, and 555-0100 to 555-0199 in North America.
FICTIONAL_NUMBER = re.compile(r"(020 ?7946 ?0\d{3}|01632 ?960 ?\d{3}|07700 ?900 ?\d{3}|555-01\d\d)")
LOOKS_LIKE_A_NUMBER = re.compile(r"\+?\d(?:[ ()-]?\d){6,}")
ISO_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def numbers_outside_fiction(text: str) -> list[str]:
    return LOOKS_LIKE_A_NUMBER.findall(ISO_DATE.sub("", FICTIONAL_NUMBER.sub("", text)))


def exchanges(language: str) -> list[dict[str, Any]]:
    lines = (EXCHANGES / f"risk_exchanges_{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_there_are_enough_sessions_in_both_languages():
    languages = [session["language"] for session in SESSIONS]
    assert len(SESSIONS) >= 10
    assert languages.count("zh-hans") >= 2
    assert len({session["id"] for session in SESSIONS}) == len(SESSIONS)


def test_at_least_two_sessions_are_long():
    assert sum(len(session["utterances"]) > 120 for session in SESSIONS) >= 2


@each_session
def test_a_session_is_a_transcript_of_40_to_200_utterances(session: dict[str, Any]):
    transcript = Transcript(
        tuple(
            Utterance(id=f"u{place}", speaker=u["speaker"], role=SpeakerRole(u["role"]), text=u["text"])
            for place, u in enumerate(session["utterances"], start=1)
        ),
        Language(session["language"]),
    )
    assert 40 <= len(transcript.utterances) <= 200
    assert all(u.text.strip() == u.text and "\n" not in u.text for u in transcript.utterances)
    assert {SpeakerRole.CLINICIAN, SpeakerRole.PATIENT} <= set(transcript.speakers.values())
    assert len({(u["speaker"], u["role"]) for u in session["utterances"]}) == len(transcript.speakers)


@each_session
def test_a_session_has_titles_in_both_languages_and_a_day(session: dict[str, Any]):
    assert session["title"]["en"]
    assert session["title"]["zh"]
    assert date.fromisoformat(session["held_on"]).year == 2026


@each_session
def test_a_reference_summary_has_every_component(session: dict[str, Any]):
    assert list(session["reference_summary"]) == [str(component) for component in COMPONENTS]
    assert all(text.strip() for text in session["reference_summary"].values())


@each_session
def test_every_risk_topic_is_labelled_with_its_evidence(session: dict[str, Any]):
    topics = [str(topic) for topic in RiskTopic]
    ids = {f"u{place}" for place in range(1, len(session["utterances"]) + 1)}
    assert (
        list(session["risk"]) == list(session["risk_evidence"]) == list(session["risk_timeframe"]) == topics
    )
    for topic in topics:
        status = RiskStatus(session["risk"][topic])
        timeframe = Timeframe(session["risk_timeframe"][topic])
        evidence = session["risk_evidence"][topic]
        assert set(evidence) <= ids
        assert bool(evidence) == (status is not RiskStatus.NOT_ASKED)
        assert status is RiskStatus.AFFIRMED or timeframe is Timeframe.UNSTATED


@pytest.mark.parametrize("topic", RiskTopic)
def test_a_topic_occurs_in_every_status(topic: RiskTopic):
    assert {session["risk"][topic] for session in SESSIONS} == {str(status) for status in RiskStatus}


def test_affirmed_dangers_are_both_current_and_past():
    timeframes = {timeframe for session in SESSIONS for timeframe in session["risk_timeframe"].values()}
    assert {"current", "past"} <= timeframes


def test_every_session_belongs_to_a_patient_and_a_clinician_of_the_clinic():
    staff = {person["id"]: person for person in PEOPLE["staff"]}
    owners = {name: patient["id"] for patient in PEOPLE["patients"] for name in patient["sessions"]}
    assert owners == {session["id"]: session["patient"] for session in SESSIONS}
    assert {staff[session["clinician"]]["role"] for session in SESSIONS} == {"nurse", "psychiatrist"}


@each_session
def test_everyone_who_speaks_is_known_to_the_clinic(session: dict[str, Any]):
    patient = next(p for p in PEOPLE["patients"] if p["id"] == session["patient"])
    clinician = next(p for p in PEOPLE["staff"] if p["id"] == session["clinician"])
    companions = {companion["spoken_as"] for companion in patient["companions"]}
    spoken = {(u["speaker"], u["role"]) for u in session["utterances"]}
    assert spoken == (
        {(name, "patient") for name in patient["spoken_as"]}
        | {(name, "companion") for name in companions}
        | {(u["speaker"], u["role"]) for u in session["utterances"] if u["speaker"] in clinician["spoken_as"]}
    )


def test_every_staff_role_is_filled():
    roles = {person["role"] for person in PEOPLE["staff"]}
    assert roles == {"nurse", "psychiatrist", "service_lead", "safety_officer", "on_call", "evaluator"}


@each_session
def test_nobody_real_could_be_rung(session: dict[str, Any]):
    assert numbers_outside_fiction(json.dumps(session, ensure_ascii=False)) == []


def test_the_number_check_can_fail():
    assert numbers_outside_fiction("ring 01632 961 147 or 07700 900 412") == ["01632 961 147"]


@pytest.mark.parametrize(("language", "least"), [("en", 120), ("zh", 50)])
def test_the_risk_exchanges_are_short_labelled_and_distinct(language: str, least: int):
    rows = exchanges(language)
    assert len(rows) >= least
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({json.dumps(row["utterances"]) for row in rows}) == len(rows)
    for row in rows:
        assert 2 <= len(row["utterances"]) <= 8
        assert list(row["risk"]) == [str(topic) for topic in RiskTopic]
        assert {SpeakerRole(u["role"]) for u in row["utterances"]} >= {SpeakerRole.PATIENT}
        assert all(RiskStatus(status) for status in row["risk"].values())
    for topic in RiskTopic:
        assert {row["risk"][topic] for row in rows} == {str(status) for status in RiskStatus}


@pytest.mark.parametrize("room", load_rooms(), ids=lambda room: room["patient"])
def test_what_a_patient_keeps_is_theirs_in_their_language_and_names_no_real_number(room: dict[str, Any]):
    person = next(one for one in PEOPLE["patients"] if one["id"] == room["patient"])
    written = json.dumps([room["plan"], room["diary"], room["letter"]], ensure_ascii=False)
    assert room["language"] == person["language"]
    assert bool(re.search(r"[\u4e00-\u9fff]", written)) == (room["language"] == "zh-hans")
    assert numbers_outside_fiction(json.dumps(room, ensure_ascii=False)) == []
