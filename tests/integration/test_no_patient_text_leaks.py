"""A sentence is planted and the whole path walked, failures included: it turns up nowhere in the open."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django_tasks_db.models import DBTaskResult

import web
from people import make_person, sign_in
from thirdchair_web.project.logs import NoPatientText
from thirdchair_web.review import actions, runs
from thirdchair_web.review.models import Draft, SummaryRun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]

MARKER = "heronbythethirdlock"
SAID = web.SESSION.replace(
    b"it has been three weeks now", f"it has been three weeks now at {MARKER}".encode()
).replace(
    b"No, never. I have my daughter to think of.",
    f"Yes, at {MARKER}. I have decided to end my life.".encode(),
)


@pytest.fixture
def nurse():
    return web.make_clinician()


@pytest.fixture
def patient(nurse):
    web.switch_on()
    person = web.make_patient()
    web.agree(person, by=nurse)
    return person


@pytest.fixture(autouse=True)
def nowhere_in_the_open(caplog: pytest.LogCaptureFixture):
    """After each test: not in the log as it is written, not in any row, not in any file of the service."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)  # as the service itself has it
    yield
    written = "\n".join(NoPatientText().format(record) for record in caplog.records)
    assert MARKER not in written
    for model in apps.get_models():
        for row in model.objects.values():
            assert MARKER not in str(row), model.__name__
    for file in Path(settings.DATA_DIR).rglob("*"):
        if file.is_file():
            assert MARKER.encode() not in web.raw(file), file.name


def failing_with_the_marker(*_: Any, **__: Any) -> None:
    raise ValueError(f"cannot make sense of: {MARKER}")


def queue_runs() -> None:
    """The real worker of the jobs library, so that its own handling of errors is tested too."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def test_the_whole_path(client: Client, patient, nurse):
    sign_in(client, nurse)
    run = web.upload(patient, by=nurse, data=SAID)
    web.work()
    draft = Draft.objects.get(run=run)
    client.get(f"/drafting/{run.id}/")
    assert MARKER in client.get(f"/drafts/{draft.id}/").content.decode()
    posted = {"revision": 0, "act": "save", "added-plan": MARKER}
    posted |= {f"text-{s.id}": s.text for s in draft.read().sentences}
    posted |= {f"risk-{f.topic}": str(f.status) for f in draft.read().risk}
    assert client.post(f"/drafts/{draft.id}/", posted).status_code == 302
    assert client.post(f"/drafts/{draft.id}/", posted).status_code == 409
    draft.refresh_from_db()
    assert actions.read_edits(draft).added == {"plan": MARKER}
    actions.discard(draft.id, by=nurse)
    note = web.signed_note(patient, by=nurse, data=SAID, added={"plan": MARKER})
    for kind in ("md", "docx", "json"):
        client.get(f"/notes/{note.id}/note.{kind}")
    client.logout()
    sign_in(client, patient.account)
    assert MARKER in client.get("/my/data/").content.decode()
    assert MARKER not in client.get("/my/ledger/").content.decode()


def test_an_unreadable_file_and_a_hostile_name(client: Client, patient, nurse):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sign_in(client, nurse)
    file = SimpleUploadedFile(f"{MARKER}.vtt", f"{MARKER}\nno speaker {MARKER}".encode())
    form = {"submission": "1b4e28ba-2fa1-41d2-883f-0016d3cca427", "transcript": file, "held_on": "2026-10-05"}
    answer = client.post("/patients/p-1/upload/", form | {"note_format": "soap", "method": "extractive"})
    assert answer.status_code == 422
    assert MARKER not in answer.content.decode()


@pytest.mark.parametrize(
    "broken",
    ["screen_session", "ground_draft", "read_by_rule", "read_risk"],
)
def test_a_step_that_fails_with_the_words_in_its_message(patient, nurse, monkeypatch, broken):
    monkeypatch.setattr(f"thirdchair.gateway.summarising.{broken}", failing_with_the_marker)
    run = web.upload(patient, by=nurse, data=SAID)
    queue_runs()
    run.refresh_from_db()
    assert run.state == "failed"
    assert run.rule.startswith("failed.")
    assert not Draft.objects.exists()
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


def test_a_worker_that_fails_where_nobody_thought_it_could(patient, nurse, monkeypatch):
    monkeypatch.setattr(runs, "_show", failing_with_the_marker)
    web.upload(patient, by=nurse, data=SAID)
    queue_runs()
    assert SummaryRun.objects.get().rule == "failed.ValueError"


@pytest.mark.parametrize(
    "second", [OperationalError("database is locked"), RuntimeError("another")], ids=type
)
def test_a_failure_that_cannot_be_written_down_does_not_carry_the_first_one(
    patient, nurse, monkeypatch, second
):
    """Python hangs the first error onto the second, and the queue keeps the traceback of what a task raises."""

    def cannot_write(*_: Any, **__: Any) -> None:
        raise second

    monkeypatch.setattr(runs, "_show", failing_with_the_marker)
    monkeypatch.setattr(runs, "_finish", cannot_write)
    web.upload(patient, by=nurse, data=SAID)
    queue_runs()
    for result in DBTaskResult.objects.all():
        assert MARKER not in json.dumps([result.traceback, str(result.args_kwargs), str(result.return_value)])


def test_a_page_that_fails_with_the_words_in_its_message(client: Client, patient, nurse, monkeypatch):
    draft = web.drafted(patient, by=nurse, data=SAID)
    sign_in(client, nurse)
    client.raise_request_exception = False
    monkeypatch.setattr("thirdchair_web.review.pages.review_page", failing_with_the_marker)
    posted = {"revision": 0, "act": "save", "added-plan": MARKER}
    for answer in (client.get(f"/drafts/{draft.id}/"), client.post(f"/drafts/{draft.id}/", posted)):
        assert answer.status_code == 500
        page = answer.content.decode()
        assert MARKER not in page
        assert "The fault is ours" in page


@pytest.mark.parametrize("debug", [False, True])
def test_an_error_page_shows_no_values_in_debug_either(client: Client, patient, nurse, monkeypatch, debug):
    monkeypatch.setattr(settings, "DEBUG", debug)
    sign_in(client, nurse)
    client.raise_request_exception = False
    monkeypatch.setattr("thirdchair_web.review.views.pages.use_rows", failing_with_the_marker)
    assert MARKER not in client.get("/patients/p-1/").content.decode()


def test_what_is_typed_at_the_sign_in_is_not_kept(client: Client):
    make_person("nurse", username="nurse-x")
    client.post("/account/sign-in/", {"login": MARKER, "password": MARKER})
    client.post("/account/sign-in/", {"login": "nurse-x", "password": MARKER})
    assert web.kinds() == ["sign_in_failed", "sign_in_failed"]


def test_the_raw_database_is_what_was_searched(patient, nurse):
    """So that the search above cannot pass because it looked in the wrong place."""
    web.upload(patient, by=nurse, data=SAID)
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        assert name.is_relative_to(settings.DATA_DIR)
        assert b"session_uploaded" in b"".join(web.raw(p) for p in name.parent.glob(f"{name.name}*"))
