"""A clinician writes to a patient: whose words they are is plain, on screen, on paper and in files."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

import door
import web
from model_server import completion, serving
from people import make_person, sign_in
from thirdchair.policy.decision import UseRefused
from thirdchair.policy.preference import Preference
from thirdchair_web.consent.preferences import keep_preference
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.letters import actions, drafting
from thirdchair_web.letters.models import Letter, LetterReply
from thirdchair_web.letters.origin import as_fhir, as_text
from thirdchair_web.patient.own_data import everything_about
from thirdchair_web.review.erasure import erase, withdraw_consent
from thirdchair_web.team.models import TeamTask
from thirdchair_web.trail.models import TrailEntry

pytestmark = pytest.mark.django_db(transaction=True)

USE = "draft_document"
MATERIAL = "The next appointment is on Tuesday at ten.\nShe asked how to reach the clinic by bus."
REPLY = json.dumps(
    {
        "sentences": [
            {"part": "message", "text": "The next appointment is on Tuesday at ten.", "lines": ["d1"]},
            {"part": "message", "text": "Bus 14 stops at the door.", "lines": ["d2"]},
        ]
    }
)
OWN = "Dear Ines, I look forward to seeing you. We will have half an hour, and there will be tea. Ring me if it does not suit you."


@pytest.fixture
def nurse():
    return web.make_clinician()


@pytest.fixture
def patient():
    return web.make_patient()


@pytest.fixture
def ward(request, nurse, patient):
    """A service whose model is cleared for letters, and a patient who agreed to that."""
    from thirdchair_web.governance.actions import switch_use

    with serving(*[completion(REPLY)] * 3) as server:
        door.register(server.address)
        switch_use(USE, on=True, by=make_person("service_lead"))
        web.agree(patient, by=nurse, use=USE)
        request.getfixturevalue("cleared")
        yield server


def begun(patient, nurse, kind: str = "appointment", body: str = "") -> Letter:
    letter = actions.begin(patient, kind=kind, language="en", by=nurse, letter_id=uuid4())
    return actions.write(letter.id, subject="Tuesday", body=body, by=nurse)


def drafted(patient, nurse) -> Letter:
    letter = begun(patient, nurse)
    drafting.request_draft(letter.id, method=door.MODEL, material=MATERIAL, by=nurse)
    work()
    letter.refresh_from_db()
    Letter.objects.filter(pk=letter.pk).update(draft_opened_at=letter.begun_at - timedelta(minutes=10))
    letter.refresh_from_db()
    return letter


def work() -> None:
    from django_tasks_db.models import DBTaskResult

    for queued in DBTaskResult.objects.filter(status="READY"):
        queued.claim("test-worker")
        drafting.make_letter_draft.func(*queued.args_kwargs["args"])
        queued.set_successful(None)


def sent(letter: Letter, nurse, *, disclosed: bool = False) -> Letter:
    return actions.send(
        letter.id, seen=actions.digest_of(letter), confirmed=True, disclosed=disclosed, by=nurse
    )


def refused(letter: Letter, nurse, **how) -> str:
    with pytest.raises(UseRefused) as why:
        sent(letter, nurse, **how)
    return why.value.refusal.rule


def test_a_letter_written_by_a_person_says_so(patient, nurse, client: Client):
    letter = sent(begun(patient, nurse, body=OWN), nurse)
    assert letter.origin == Letter.Origin.HUMAN
    sign_in(client, patient.account)
    page = client.get(f"/my/letters/{letter.id}/").content.decode()
    assert "without AI" in page and "there will be tea" in page
    assert "AIAST" not in json.dumps(as_fhir(letter))
    assert web.trail_is_whole()


def test_what_ai_drafted_and_nobody_rewrote_goes_out_with_that_sentence(ward, patient, nurse):
    letter = drafted(patient, nurse)
    assert letter.drafting == Letter.Drafting.DRAFTED
    made = letter.read_draft()
    assert [one["status"] for one in made["document"]["sentences"]] == ["supported", "unsupported"]
    letter = actions.write(letter.id, subject="Tuesday", body=made["text"], by=nurse)
    assert refused(letter, nurse) == "letter.unsupported"
    letter = actions.write(
        letter.id, subject="Tuesday", body="The next appointment is on Tuesday at ten.", by=nurse
    )
    assert refused(letter, nurse) == "letter.not_own_words"
    letter = sent(letter, nurse, disclosed=True)
    assert (letter.origin, letter.disclosed) == (Letter.Origin.MACHINE, True)
    assert "AI wrote the first draft" in as_text(letter)
    assert as_fhir(letter)["meta"]["security"][0]["code"] == "AIAST"


def test_rewritten_past_the_set_share_it_is_the_clinicians_own_and_still_says_that_ai_helped(
    ward, patient, nurse
):
    letter = drafted(patient, nurse)
    letter = actions.write(letter.id, subject="Tuesday", body=f"{OWN} See you on Tuesday at ten.", by=nurse)
    letter = sent(letter, nurse)
    assert letter.origin == Letter.Origin.EDITED and not letter.disclosed
    text = as_text(letter)
    assert text.count("with the help of AI") == 2, "before and after the words, so that a copy of them has it"
    (facts,) = [json.loads(entry.facts) for entry in TrailEntry.objects.filter(kind="letter_sent")]
    assert facts["origin"] == "edited" and 0 < facts["machine_share"] < 50


def test_a_draft_that_was_not_open_long_enough_does_not_go(ward, patient, nurse):
    letter = drafted(patient, nurse)
    Letter.objects.filter(pk=letter.pk).update(draft_opened_at=None)
    letter = actions.write(letter.id, subject="Tuesday", body=OWN, by=nurse)
    assert refused(letter, nurse, disclosed=True) == "letter.too_soon"


def test_changed_after_it_was_looked_at_it_does_not_go(patient, nurse):
    letter = begun(patient, nurse, body=OWN)
    seen = actions.digest_of(letter)
    actions.write(letter.id, subject="Tuesday", body=OWN + " ", by=nurse)
    with pytest.raises(UseRefused) as why:
        actions.send(letter.id, seen=seen, confirmed=True, disclosed=False, by=nurse)
    assert why.value.refusal.rule == "letter.changed"


def test_what_only_people_write_is_drafted_for_nobody(ward, patient, nurse):
    letter = begun(patient, nurse, kind="apology")
    assert drafting.open_methods(letter) == []
    with pytest.raises(UseRefused) as why:
        drafting.request_draft(letter.id, method=door.MODEL, material=MATERIAL, by=nurse)
    assert why.value.refusal.rule == "document.apology"
    assert ward.requests == []


def test_without_consent_nothing_is_drafted_and_what_was_drafted_does_not_go(ward, patient, nurse):
    letter = drafted(patient, nurse)
    letter = actions.write(letter.id, subject="Tuesday", body=OWN, by=nurse)
    withdraw_consent(patient, use=USE, by=nurse)
    assert refused(letter, nurse, disclosed=True) == "letter.consent_ended"
    other = begun(patient, nurse)
    with pytest.raises(UseRefused) as why:
        drafting.request_draft(other.id, method=door.MODEL, material=MATERIAL, by=nurse)
    assert why.value.refusal.rule == "consent.withdrawn"


def test_consent_taken_back_while_a_draft_waits_stops_it(ward, patient, nurse):
    letter = begun(patient, nurse)
    drafting.request_draft(letter.id, method=door.MODEL, material=MATERIAL, by=nurse)
    withdraw_consent(patient, use=USE, by=nurse)
    work()
    letter.refresh_from_db()
    assert (letter.drafting, letter.rule) == (Letter.Drafting.REFUSED, "letter.consent_ended")
    assert ward.requests == []


def test_a_patient_who_wants_more_of_people_gets_no_drafted_letter(ward, patient, nurse):
    assert drafting.open_methods(begun(patient, nurse)) == [door.MODEL]
    keep_preference(patient_ref=patient.ref, preference=Preference("either", "more"), by=patient.account)
    letter = begun(patient, nurse)
    assert drafting.open_methods(letter) == []
    with pytest.raises(UseRefused) as why:
        drafting.request_draft(letter.id, method=door.MODEL, material=MATERIAL, by=nurse)
    assert why.value.refusal.rule == "letter.wants_people"


def test_work_that_a_worker_left_is_done_again_and_the_first_ones_result_is_dropped(ward, patient, nurse):
    letter = begun(patient, nurse)
    drafting.request_draft(letter.id, method=door.MODEL, material=MATERIAL, by=nurse)
    letter.refresh_from_db()
    first = letter.run
    Letter.objects.filter(pk=letter.pk).update(
        drafting=Letter.Drafting.RUNNING, claimed_at=letter.claimed_at - timedelta(hours=1)
    )
    drafting.take_over_if_left(letter.id)
    drafting.make_letter_draft.func(str(letter.id), str(first))
    letter.refresh_from_db()
    assert letter.drafting == Letter.Drafting.QUEUED
    work()
    letter.refresh_from_db()
    assert letter.drafting == Letter.Drafting.DRAFTED


def test_a_nurse_writes_looks_and_sends(client: Client, patient, nurse):
    sign_in(client, nurse)
    form = {"letter": str(uuid4()), "kind": "reply", "language": "en"}
    where = client.post(f"/patients/{patient.ref}/letters/", form).url
    assert client.post(f"/patients/{patient.ref}/letters/", form).url == where
    page = client.get(where).content.decode()
    assert "AI may not draft this letter now" in page
    looking = client.post(where, {"act": "look", "subject": "Your question", "body": OWN}).url
    seen = client.get(looking).content.decode()
    assert "without AI" in seen and "there will be tea" in seen
    digest = actions.digest_of(Letter.objects.get())
    missing = client.post(looking, {"seen": digest})
    assert missing.status_code == 409 and "answer for it" in missing.content.decode()
    client.post(looking, {"seen": digest, "confirmed": "on"})
    assert Letter.objects.get().state == Letter.State.SENT
    assert "Your question" in client.get(f"/patients/{patient.ref}/letters/").content.decode()


def test_a_patients_answer_is_kept_once_and_a_person_is_asked_to_read_it(client: Client, patient, nurse):
    letter = sent(begun(patient, nurse, body=OWN), nurse)
    sign_in(client, patient.account)
    form = {"reply": str(uuid4()), "words": "Thank you, Tuesday suits me."}
    for _ in range(2):
        assert client.post(f"/my/letters/{letter.id}/", form).status_code == 302
    assert LetterReply.objects.count() == TeamTask.objects.filter(kind="shared_something").count() == 1
    reader = Client()
    sign_in(reader, nurse)
    assert "Tuesday suits me" in reader.get(f"/patients/{patient.ref}/letters/").content.decode()


def test_danger_in_an_answer_shows_the_card_and_calls_a_person(client: Client, patient, nurse):
    letter = sent(begun(patient, nurse, body=OWN), nurse)
    sign_in(client, patient.account)
    page = client.post(
        f"/my/letters/{letter.id}/", {"reply": str(uuid4()), "words": door.DANGER}
    ).content.decode()
    assert "has been told what you wrote" in page
    assert CrisisAlert.objects.count() == LetterReply.objects.count() == 1


def test_nobody_elses_letters_are_shown(client: Client, patient, nurse):
    letter = begun(patient, nurse, body=OWN)
    sign_in(client, patient.account)
    assert client.get(f"/my/letters/{letter.id}/").status_code == 404, "it is not sent yet"
    sent(letter, nurse)
    for other, address in (
        (web.make_patient("p-2").account, f"/my/letters/{letter.id}/"),
        (web.make_clinician(username="nurse-b"), f"/letters/{letter.id}/"),
    ):
        stranger = Client()
        sign_in(stranger, other)
        assert stranger.get(address).status_code == 404


def test_the_file_of_a_letter_has_the_mark_in_its_text(client: Client, patient, nurse):
    letter = sent(begun(patient, nurse, body=OWN), nurse)
    sign_in(client, patient.account)
    for kind in ("txt", "json"):
        assert "without AI" in client.get(f"/my/letters/{letter.id}/letter.{kind}").content.decode()
    assert client.get(f"/my/letters/{letter.id}/letter.exe").status_code == 404


def test_letters_and_answers_are_in_the_patients_own_data(patient, nurse):
    letter = sent(begun(patient, nurse, body=OWN), nurse)
    actions.answer(letter, "Thank you.", reply_id=uuid4(), by=patient.account)
    begun(patient, nurse, body="Not sent yet.")
    [held] = everything_about(patient)["letters"]
    assert (held["body"], held["origin"], held["answers"][0]["words"]) == (OWN, "human", "Thank you.")


def test_erasing_leaves_no_word_of_a_letter(patient, nurse, client: Client):
    letter = sent(begun(patient, nurse, body=OWN), nurse)
    actions.answer(letter, "Thank you.", reply_id=uuid4(), by=patient.account)
    erase(patient, by=nurse)
    letter = Letter.objects.select_related("patient").get()
    assert letter.read() == {"subject": "", "body": ""}
    assert LetterReply.objects.get().read() == ""
    sign_in(client, nurse)
    assert client.get(f"/patients/{patient.ref}/letters/").status_code == 200


def test_a_draft_that_another_was_asked_in_place_of_still_counts(ward, patient, nurse):
    letter = drafted(patient, nurse)
    actions.write(letter.id, subject="Tuesday", body=letter.read_draft()["text"], by=nurse)
    drafting.request_draft(letter.id, method=door.MODEL, material="The clinic moved.", by=nurse)
    drafting.stop(letter.id)
    letter.refresh_from_db()
    assert actions.share_from_machine(letter) == 1.0
    with pytest.raises(UseRefused):
        actions.send(letter.id, seen=actions.digest_of(letter), confirmed=True, disclosed=False, by=nurse)
