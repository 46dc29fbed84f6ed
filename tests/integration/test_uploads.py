"""Uploads: refused by rule or for what the file is, with the reason on the page and nothing stored; or kept once."""

from __future__ import annotations

import html
import uuid
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import web
from people import make_person, sign_in
from thirdchair.policy.decision import UseRefused
from thirdchair_web.encounters.models import Encounter
from thirdchair_web.governance.actions import pull_kill_switch, switch_use
from thirdchair_web.review.models import Draft, SummaryRun

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]
ADDRESS = "/patients/p-1/upload/"


@pytest.fixture
def nurse():
    return web.make_clinician()


@pytest.fixture
def patient(nurse):
    web.switch_on()
    person = web.make_patient()
    web.agree(person, by=nurse)
    return person


def form(data: bytes = web.SESSION, name: str = "session.vtt", **more: Any) -> dict[str, Any]:
    return {
        "submission": str(uuid.uuid4()),
        "transcript": SimpleUploadedFile(name, data),
        "held_on": "2026-10-05",
        "note_format": "soap",
        "method": "extractive",
    } | more


def files_kept() -> set[str]:
    apart = ("test.sqlite3", "trail.anchors")
    files = (path for path in settings.DATA_DIR.rglob("*") if path.is_file())
    return {str(path) for path in files if not path.name.startswith(apart)}


def nothing_stored() -> bool:
    return not Encounter.objects.exists() and not SummaryRun.objects.exists()


# --- refused by rule ---------------------------------------------------------------------------------------


def withdrawn(patient, nurse) -> None:
    from thirdchair_web.review.erasure import withdraw_consent

    withdraw_consent(patient, use="summarise_session", by=patient.account)


def use_off(patient, nurse) -> None:
    switch_use("summarise_session", on=False, by=make_person("service_lead"))


def stopped(scope: str, target: str = ""):
    def act(patient, nurse) -> None:
        pull_kill_switch(scope, target=target, stopped=True, by=make_person("safety_officer"))

    return act


def not_cleared(patient, nurse) -> None:
    from thirdchair_web.review import clinic

    clinic.clearances().clear()


@pytest.mark.parametrize(
    ("act", "rule"),
    [
        (withdrawn, "consent.withdrawn"),
        (use_off, "switch.off"),
        (stopped("everything"), "switch.everything"),
        (stopped("use", "summarise_session"), "switch.use_stopped"),
        (stopped("method", "extractive"), "switch.method_stopped"),
        (not_cleared, "clearance.missing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_rule_that_is_not_met_refuses_and_nothing_is_stored(client: Client, patient, nurse, act, rule):
    act(patient, nurse)
    before = files_kept()
    sign_in(client, nurse)
    assert rule in client.get(ADDRESS).content.decode(), "the page says so before anything is sent"
    answer = client.post(ADDRESS, form())
    page = answer.content.decode()
    assert answer.status_code == 403
    assert rule in page
    assert "What would change that" in page
    assert "nothing was stored" in page
    assert nothing_stored()
    assert files_kept() == before
    assert web.kinds()[-1] == "upload_refused"
    assert web.trail_is_whole()


@pytest.mark.parametrize("role", ["service_lead", "safety_officer", "on_call", "evaluator", "patient"])
def test_other_roles_neither_see_the_page_nor_get_past_the_rule(client: Client, patient, role):
    person = make_person(role)
    sign_in(client, person)
    assert client.post(ADDRESS, form()).status_code == 403
    with pytest.raises(UseRefused) as refused:
        web.upload(patient, by=person)
    assert refused.value.refusal.rule == "role.request"
    assert nothing_stored()
    assert web.kinds()[-1] == "upload_refused"


def test_a_refused_file_is_not_even_read(patient, nurse, monkeypatch):
    withdrawn(patient, nurse)
    monkeypatch.setattr(
        "thirdchair_web.review.uploads.read_transcript", lambda *_, **__: pytest.fail("it was read")
    )
    with pytest.raises(UseRefused):
        web.upload(patient, by=nurse)


# --- files that cannot be read -----------------------------------------------------------------------------

UNREADABLE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "a.vtt"),
    "blank": (b"  \n \n", "a.txt"),
    "binary": (bytes(range(256)) * 40, "a.vtt"),
    "sound": (b"ID3" + b"\x03" * 400, "a.mp3"),
    "pdf": (b"%PDF-1.7\n" + b"x" * 400, "a.pdf"),
    "damaged word file": (b"PK\x03\x04" + b"x" * 400, "a.docx"),
    "wrong encoding": ("A: fine\nB: très bien, déjà\n".encode("latin-1"), "a.txt"),
    "one speaker": (b"A: hello\nA: is anyone there\nA: no\n", "a.txt"),
    "no speech": (b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n\n", "a.vtt"),
    "broken time": (web.SESSION.replace(b"00:00:12.000 --> 00:00:16.000", b"00:00:12.000 --> soon"), "a.vtt"),
    "cut json": (b'[{"speaker": "A", "text": "hello"', "a.json"),
    "table without columns": (b"a,b\n1,2\n", "a.csv"),
    "prose": (b"It was a long session and nobody wrote down who spoke.\n", "a.txt"),
}
WITH_LINE = {"wrong encoding", "broken time", "prose"}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_an_unreadable_file_is_told_with_its_remedy_and_nothing_is_stored(
    client: Client, patient, nurse, kind
):
    from thirdchair.errors import UnreadableTranscript
    from thirdchair.readers import read_transcript

    data, name = UNREADABLE[kind]
    with pytest.raises(UnreadableTranscript) as unreadable:
        read_transcript(data, filename=name)
    before = files_kept()
    sign_in(client, nurse)
    answer = client.post(ADDRESS, form(data, name))
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert unreadable.value.problem in page
    assert unreadable.value.remedy in page
    if kind in WITH_LINE:
        assert unreadable.value.line
    if unreadable.value.line:
        assert f"Line {unreadable.value.line}" in page
    assert nothing_stored()
    assert files_kept() == before
    assert web.kinds()[-1] == "upload_refused"


def test_a_body_that_claims_two_hundred_megabytes_is_refused_unread(client: Client, patient, nurse):
    sign_in(client, nurse)
    answer = client.post(ADDRESS, form(), CONTENT_LENGTH="200000000")
    assert answer.status_code == 413
    assert (
        f"The largest file accepted is {settings.MAX_UPLOAD_BYTES / 1_000_000:g} MB"
        in answer.content.decode()
    )
    assert nothing_stored()


def test_a_file_just_over_the_limit_is_refused(client: Client, patient, nurse, monkeypatch):
    monkeypatch.setattr(settings, "MAX_UPLOAD_BYTES", 3_000)
    sign_in(client, nurse)
    assert client.post(ADDRESS, form(web.SESSION * 4)).status_code == 413
    assert nothing_stored()


@pytest.mark.parametrize(
    "change",
    [
        {"held_on": "2199-01-01"}, {"held_on": "yesterday"}, {"held_on": ""}, {"note_format": "sonnet"},
        {"method": "oracle"}, {"submission": "1"}, {"submission": ""}, {"transcript": ""},
    ],
    ids=str,
)  # fmt: skip
def test_a_form_that_is_not_filled_in_rightly_stores_nothing(client: Client, patient, nurse, change):
    sign_in(client, nurse)
    answer = client.post(ADDRESS, form() | change)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert nothing_stored()


# --- the same form twice -----------------------------------------------------------------------------------


def test_the_same_form_sent_twice_keeps_one_session_and_one_run(client: Client, patient, nurse):
    sign_in(client, nurse)
    submission = str(uuid.uuid4())
    first, second = (client.post(ADDRESS, form(submission=submission)) for _ in range(2))
    assert first.url == second.url
    assert (Encounter.objects.count(), SummaryRun.objects.count()) == (1, 1)
    assert web.kinds().count("session_uploaded") == 1


def test_the_same_form_sent_twice_at_once_keeps_one_session_and_one_run(patient, nurse, monkeypatch):
    """The second request looked before the first had stored anything."""
    from thirdchair_web.review import uploads

    submission, read = uuid.uuid4(), uploads.read_transcript

    def meanwhile_the_first_arrives(data: bytes, *, filename: str):
        monkeypatch.setattr(uploads, "read_transcript", read)
        web.upload(patient, by=nurse, submission=submission)
        return read(data, filename=filename)

    monkeypatch.setattr(uploads, "read_transcript", meanwhile_the_first_arrives)
    run = web.upload(patient, by=nurse, submission=submission)
    assert SummaryRun.objects.get() == run
    assert Encounter.objects.count() == 1


def test_a_form_of_another_patient_is_not_mixed_up_with_theirs(client: Client, patient, nurse):
    web.upload(patient, by=nurse, submission=(submission := uuid.uuid4()))
    other = web.make_patient("p-2")
    web.agree(other, by=nurse)
    sign_in(client, nurse)
    answer = client.post("/patients/p-2/upload/", form(submission=str(submission)))
    assert answer.status_code == 409
    assert "Open the upload page again" in answer.content.decode()
    assert not other.encounters.exists()
    assert SummaryRun.objects.count() == 1


# --- hostile text ------------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</textarea><script>alert(1)</script>",
    "{{ 7|add:7 }}{% now %}",
    "javascript:alert(1)",
    "<svg/onload=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


def test_hostile_text_is_shown_as_text_everywhere(client: Client, patient, nurse):
    import json

    turns = [{"speaker": "Nurse Abara", "text": "How have you been sleeping since we last met?"}]
    for number, bad in enumerate(HOSTILE):
        turns.append(
            {"speaker": "Ines", "text": f"I cannot sleep at night and I feel worthless {bad} every morning."}
        )
        turns.append({"speaker": "Nurse Abara", "text": f"That sounds hard, part {number}. {bad}"})
    turns += [{"speaker": bad, "text": f"I am here too. {bad}"} for bad in HOSTILE[:3]]
    sign_in(client, nurse)
    name = '"><script>alert(1)</script>.json'
    answer = client.post(ADDRESS, form(json.dumps(turns).encode(), name))
    assert answer.status_code == 302, html.unescape(answer.content.decode())
    web.work()
    run = SummaryRun.objects.get()
    assert run.state == "drafted", run.rule
    draft = Draft.objects.get()
    pages = [client.get(f"/drafts/{draft.id}/"), client.get(f"/sessions/{draft.run.encounter_id}/speakers/")]
    from thirdchair_web.review import actions
    from thirdchair_web.review.models import DraftOpening

    DraftOpening.objects.update(opened_at=draft.made_at.replace(year=2020))
    first = draft.read().sentences[0]
    edits = web.settled(draft, texts={first.id: HOSTILE[1]}, added={"plan": HOSTILE[0]})
    note = actions.sign(draft.id, edits, revision=0, confirmed=True, by=nurse)
    pages += [client.get(f"/notes/{note.id}/"), client.get("/patients/p-1/")]
    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200
        for markup in ("<script>alert", "<img src=x", "<svg/onload", "</textarea><script"):
            assert markup not in text
    shown = pages[0].content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "&amp;lt;script&amp;gt;" in shown
    assert "{{ 7|add:7 }}" in html.unescape(shown)
    assert "script-src 'self'" in pages[0]["Content-Security-Policy"]
    assert "unsafe" not in pages[0]["Content-Security-Policy"]


def test_hostile_names_of_patients_and_staff_are_shown_as_text(client: Client):
    from thirdchair_web.encounters.actions import add_patient

    nurse = web.make_clinician(display_name=HOSTILE[1])
    account = make_person("patient", display_name=HOSTILE[0])
    add_patient(
        ref="p-9",
        details={"name": HOSTILE[0], "born": 1990, "pronoun": HOSTILE[1]},
        account=account,
        by=nurse,
    )
    web.switch_on()
    sign_in(client, nurse)
    for address in (
        "/patients/",
        "/patients/p-9/",
        "/patients/p-9/upload/",
        "/patients/p-9/consent/summarise_session/",
    ):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
