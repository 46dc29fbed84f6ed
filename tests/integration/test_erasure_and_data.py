"""What a patient can take out and have erased, and what stays: a trail without their words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import BinaryField
from django.test import Client
from django.utils.html import escape

import web
from any_row import a_row
from people import PASSWORD, make_person, sign_in
from thirdchair.errors import ContentErased, ThirdchairError
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.encounters.content import gone, models_with_content, rows_of
from thirdchair_web.encounters.models import Encounter, Patient
from thirdchair_web.patient.reading_back import read_back
from thirdchair_web.review import actions
from thirdchair_web.review.erasure import erase
from thirdchair_web.review.models import Draft, Note, SummaryRun
from thirdchair_web.review.room import room_marks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]

MARKER = "heronbythethirdlock"
SAID = web.SESSION.replace(
    b"it has been three weeks now", f"it has been three weeks now at {MARKER}".encode()
).replace(b"No, never. I have my daughter to think of.", b"Yes. I have decided to end my life this weekend.")
OUTCOME = {"act": "close", "kind": "plan_made", "words": f"They went to {MARKER} with a friend."}


@pytest.fixture
def nurse():
    return web.make_clinician()


@pytest.fixture
def patient(nurse):
    web.switch_on()
    person = web.make_patient()
    web.agree(person, by=nurse)
    return person


@pytest.fixture
def note(patient, nurse) -> Note:
    """A signed note, an edited draft of another session, and a closed alert, all with the marker in them."""
    signed = web.signed_note(patient, by=nurse, data=SAID, added={"plan": f"Meet at {MARKER}."})
    waiting = web.drafted(patient, by=nurse, data=SAID)
    actions.save_edits(waiting.id, actions.Edits(added={"plan": MARKER}), revision=0, by=nurse)
    client = Client()
    sign_in(client, make_person("on_call"))
    alert = CrisisAlert.objects.earliest("raised_at")
    client.post(f"/alerts/{alert.id}/", {"act": "acknowledge"})
    client.post(f"/alerts/{alert.id}/", OUTCOME)
    return signed


def database_bytes() -> bytes:
    """Everything the database has on disk, its write-ahead log included."""
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite's own files")
    name = Path(connection.settings_dict["NAME"])
    return b"".join(web.raw(path) for path in sorted(name.parent.glob(f"{name.name}*")))


# --- taking it out -----------------------------------------------------------------------------------------


def test_a_patient_can_take_out_everything_that_is_kept(client: Client, patient, note):
    sign_in(client, patient.account)
    answer = client.get("/my/data/")
    held: dict[str, Any] = json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert held["details"] == {"name": "Ines Calloway", "born": 1984, "pronoun": "she"}
    assert held["consents"][0]["agreed"] is True
    assert "Test clinic" in held["consents"][0]["text"]
    assert len(held["sessions"]) == 2
    assert all(MARKER in json.dumps(session["transcript"]) for session in held["sessions"])
    assert [len(session["notes"]) for session in held["sessions"]] in ([0, 1], [1, 0])
    assert MARKER in json.dumps([session["notes"] for session in held["sessions"]])
    assert sum(len(session["unsigned_drafts_made_by_a_machine"]) for session in held["sessions"]) == 1
    assert {alert["state"] for alert in held["alerts"]} == {"open", "outcome_written"}
    assert any(alert["outcome"] and MARKER in alert["outcome"] for alert in held["alerts"])
    what = [row["what"] for row in held["ledger"]]
    assert "The note was signed and entered your record" in what
    assert "data_exported" in web.kinds()


def test_what_was_taken_out_comes_back_the_same(client: Client, patient, note):
    sign_in(client, patient.account)
    body = client.get("/my/data/").content.decode()
    back = read_back(body)
    assert back.as_json() == json.loads(body)
    assert {one.transcript for one in back.sessions} == {
        one.read_transcript() for one in Encounter.objects.all()
    }
    assert [one for session in back.sessions for one in session.notes] == [note.read()]


def test_the_readable_file_says_all_that_the_other_says(client: Client, patient, note):
    sign_in(client, patient.account)
    held = json.loads(client.get("/my/data/").content)
    answer = client.get("/my/data/", {"as": "html"})
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.html"'
    page = answer.content.decode()
    assert "<script" not in page and "src=" not in page, "nothing to fetch"

    def said(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for one in value.values():
                yield from said(one)
        elif isinstance(value, list):
            for one in value:
                yield from said(one)
        elif isinstance(value, str) and value:
            yield value

    sessions = held.pop("sessions")
    spoken = [one["text"] for session in sessions for one in session["transcript"]["utterances"]]
    for words in [*spoken, *said([session["notes"] for session in sessions]), *said(held)]:
        assert escape(words).replace("\n", "<br>") in page


def test_each_session_says_whether_ai_was_in_the_room(client: Client, patient, note, nurse):
    """One that was drafted and signed, one drafted and not signed, and one that nobody gave to a program."""
    alone = a_row(Encounter, patient, by=nurse, words="")
    Encounter.objects.filter(pk=alone.pk).update(held_on=date(2026, 1, 3))
    marks = room_marks(patient)
    signed = note.draft.run.encounter_id
    drafted = Encounter.objects.exclude(pk__in=[alone.pk, signed]).get().pk
    assert {key: (mark.took_part, mark.methods, mark.signed) for key, mark in marks.items()} == {
        alone.pk: (False, (), False),
        signed: (True, ("extractive",), True),
        drafted: (True, ("extractive",), False),
    }
    sign_in(client, patient.account)
    page = client.get("/my/room/").content.decode()
    assert page.count("AI worked on this") == 2 and page.count("No AI</span>") == 1
    assert "You can talk about it" in page
    client.logout()
    sign_in(client, nurse)
    staff = client.get("/patients/p-1/").content.decode()
    assert staff.count("AI was in the room") == 2 and staff.count("No AI</span>") == 1
    assert "How is that for you?" in staff


def test_the_ledger_names_who_did_what_with_which_method(client: Client, patient, note, nurse):
    sign_in(client, patient.account)
    page = client.get("/my/ledger/").content.decode()
    assert nurse.display_name in page
    assert "Extractive" in page
    assert "You agreed to: Session summaries" in page
    assert MARKER not in page


# --- erasing -----------------------------------------------------------------------------------------------


def test_a_patients_words_are_never_in_the_open_in_the_database(note):
    raw = database_bytes()
    assert b"note_signed" in raw, "this is the database"
    for words in (MARKER, "Ines Calloway", "useless until about noon", "decided to end my life"):
        assert words.encode() not in raw


def test_erasing_takes_two_steps_and_a_post(client: Client, patient, note):
    sign_in(client, patient.account)
    client.get("/my/erasure/", {"sure": "yes"})
    answer = client.post("/my/erasure/")
    assert "Tick the box" in answer.content.decode()
    patient.refresh_from_db()
    assert patient.erased_at is None


def test_after_erasure_nothing_can_be_read_by_anyone_and_the_trail_verifies(
    client: Client, patient, note, nurse
):
    sealed = bytes(Encounter.objects.first().transcript), bytes(note.signed), bytes(patient.wrapped_key)
    sign_in(client, patient.account)
    assert client.post("/my/erasure/", {"sure": "yes"}).status_code == 302
    patient = Patient.objects.get(pk="p-1")
    assert patient.wrapped_key is None
    with pytest.raises(ContentErased):
        patient.read_details()
    for encounter in Encounter.objects.all():
        with pytest.raises(ThirdchairError):
            encounter.read_transcript()
    with pytest.raises(ThirdchairError):
        Note.objects.get().read()
    with pytest.raises(ContentErased):
        patient.seal("anything new", kind="details", item="p-1")
    assert {(bytes(d.made), d.edits) for d in Draft.objects.all()} == {(b"", None)}
    assert {(tuple(a.dangers), tuple(a.utterances), a.outcome) for a in CrisisAlert.objects.all()} == {
        ((), (), None)
    }
    raw = database_bytes()
    for remains in sealed:
        assert remains not in raw, "no old page keeps a copy"
    assert web.trail_is_whole()
    assert web.kinds()[-1] == "content_erased"


def test_after_erasure_the_account_is_closed_and_names_nobody(client: Client, patient, note):
    username = patient.account.username
    sign_in(client, patient.account)
    client.post("/my/erasure/", {"sure": "yes"})
    patient.account.refresh_from_db()
    assert (patient.account.display_name, patient.account.is_active) == ("p-1", False)
    assert client.get("/my/").status_code == 302
    client.post("/account/sign-in/", {"login": username, "password": PASSWORD})
    assert client.get("/my/").url.startswith("/account/sign-in/")


def test_a_session_elsewhere_ends_with_the_erasure(patient, note):
    at_home, on_the_bus = Client(), Client()
    sign_in(at_home, patient.account)
    sign_in(on_the_bus, patient.account)
    at_home.post("/my/erasure/", {"sure": "yes"})
    assert on_the_bus.get("/my/data/").status_code == 302


def test_work_under_way_stops_with_the_erasure(patient, nurse):
    run = web.upload(patient, by=nurse)
    erase(patient, by=patient.account)
    web.work()
    run.refresh_from_db()
    assert (run.state, run.rule) == ("stopped", "content.erased")
    assert not Draft.objects.exists()


def test_erasing_twice_is_one_erasure(patient, note):
    erase(patient, by=patient.account)
    erase(Patient.objects.get(pk="p-1"), by=patient.account)
    assert web.kinds().count("content_erased") == 1
    assert web.trail_is_whole()


def test_staff_pages_of_an_erased_patient_still_open_and_say_so(client: Client, patient, note, nurse):
    draft = Draft.objects.get(state="in_review")
    erase(patient, by=patient.account)
    sign_in(client, nurse)
    session = note.draft.run.encounter_id
    expected = {
        "/patients/": 200,
        "/patients/p-1/": 200,
        "/patients/p-1/upload/": 200,
        "/patients/p-1/consent/summarise_session/": 404,
        f"/drafting/{note.draft.run_id}/": 302,
        f"/drafts/{note.draft_id}/": 410,
        f"/drafts/{draft.id}/": 410,
        f"/notes/{note.id}/": 410,
        f"/notes/{note.id}/note.docx": 410,
        f"/sessions/{session}/speakers/": 410,
        "/alerts/": 200,
    } | {f"/alerts/{alert.id}/": 200 for alert in CrisisAlert.objects.all()}
    for address, status in expected.items():
        answer = client.get(address)
        assert answer.status_code == status, address
        assert MARKER not in answer.content.decode()
        assert "Ines Calloway" not in answer.content.decode()
    assert client.post(f"/sessions/{session}/draft-again/").status_code == 410
    assert "content.erased" in client.get("/patients/p-1/").content.decode()
    assert SummaryRun.objects.filter(state="queued").count() == 0


def test_one_patients_erasure_leaves_anothers_words(patient, note, nurse):
    other = web.make_patient("p-2")
    web.agree(other, by=nurse)
    theirs = web.signed_note(other, by=nurse)
    erase(patient, by=patient.account)
    theirs.refresh_from_db()
    assert theirs.read().spans
    assert Patient.objects.get(pk="p-2").name == "Ines Calloway"


# --- what is declared --------------------------------------------------------------------------------------

WITHOUT_A_PATIENT = {"accounts", "trail", "governance", "project", "carers"}
"""Apps in which nothing of a patient is kept: a new one is not among them, so its models must declare what they hold."""
MODELS = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("thirdchair_web.") and model._meta.app_label not in WITHOUT_A_PATIENT
]
HOLDING = [model for model in MODELS if gone(model)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_declared_kept_scrubbed_or_sealed(model):
    fields = {field.name for field in model._meta.get_fields() if field.concrete}
    assert set(model.on_erasure) == fields
    assert set(model.on_erasure.values()) <= {"kept", "scrubbed", "sealed"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_words_are_kept_sealed_and_never_kept_after_erasure(model):
    for field in model._meta.concrete_fields:
        if isinstance(field, BinaryField):
            assert model.on_erasure[field.name] != "kept", f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("model", HOLDING, ids=lambda model: model.__name__)
def test_whatever_holds_content_leads_to_its_patient(model, patient):
    assert model in models_with_content()
    assert not rows_of(model, "nobody").exists(), "the path is one the database can follow"


def test_a_model_with_content_and_no_way_to_its_patient_is_found(monkeypatch):
    monkeypatch.delattr(Draft, "patient_path")
    with pytest.raises(ImproperlyConfigured, match="Draft holds patient content"):
        list(models_with_content())


@pytest.mark.parametrize("model", HOLDING, ids=lambda model: model.__name__)
def test_what_is_declared_scrubbed_or_sealed_is_empty_after_erasure(model, patient, nurse):
    """A row of every model there is, whichever app made it, and then none of what it said."""
    row = a_row(model, patient, by=nurse, words=MARKER)
    assert rows_of(model, patient.ref).filter(pk=row.pk).exists()
    erase(patient, by=patient.account)
    row.refresh_from_db()
    for name in gone(model):
        assert not getattr(row, name), f"{model.__name__}.{name} is still there"
    assert web.trail_is_whole()


def test_nothing_anyone_wrote_about_an_erased_patient_is_in_any_file(patient, note, nurse):
    """Something in every model, then erased: neither the words nor what they were sealed to lie in the data folder."""
    rows = [a_row(model, patient, by=nurse, words=MARKER) for model in HOLDING]
    sealed = {bytes(patient.wrapped_key), bytes(patient.details), bytes(note.signed)} | {
        bytes(value)
        for row in rows
        for name in gone(type(row))
        if isinstance(value := getattr(row, name), (bytes, memoryview)) and value
    }
    assert len(sealed) > len(HOLDING) // 2
    erase(patient, by=patient.account)
    raw = database_bytes() + b"".join(
        web.raw(path) for path in sorted(Path(settings.DATA_DIR).rglob("*")) if path.is_file()
    )
    for remains in (MARKER.encode(), b"Ines Calloway", *sealed):
        assert remains not in raw
    assert web.trail_is_whole()


def test_nothing_is_written_beside_the_database():
    assert settings.STORAGES["default"]["BACKEND"].endswith("InMemoryStorage")
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
