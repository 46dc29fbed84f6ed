"""Every address, for every role and for nobody: what each of them gets."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import web
from people import make_person, sign_in
from thirdchair_web.accounts.models import Role
from thirdchair_web.governance.adjustments import adjust_requirement
from thirdchair_web.project.urls import urlpatterns

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]

PATIENT, NURSE, PSYCHIATRIST = Role.PATIENT, Role.NURSE, Role.PSYCHIATRIST
CARER = Role.CARER
LEAD, OFFICER, ON_CALL, EVALUATOR = Role.SERVICE_LEAD, Role.SAFETY_OFFICER, Role.ON_CALL, Role.EVALUATOR
EVERYONE = frozenset(Role)
STAFF = EVERYONE - {PATIENT}
CLINICIANS = frozenset({NURSE, PSYCHIATRIST})
ANSWERING = CLINICIANS | {ON_CALL}
GOVERNING = frozenset({LEAD, OFFICER})
READERS = GOVERNING | {EVALUATOR}
THE_PATIENT = frozenset({PATIENT})
THE_CARER = frozenset({CARER})
STAFF = EVERYONE - THE_PATIENT - THE_CARER

# url name -> (method, roles that may, the status they get). Everyone else is refused, and nobody is sent to sign in.
TABLE: dict[str, tuple[str, frozenset[Role], int]] = {
    "home": ("GET", EVERYONE, 302),
    "patients": ("GET", CLINICIANS, 200),
    "new-patient": ("GET", CLINICIANS, 200),
    "patient": ("GET", CLINICIANS, 200),
    "consent": ("GET", CLINICIANS, 200),
    "upload": ("GET", CLINICIANS, 200),
    "new-case": ("GET", CLINICIANS, 200),
    "judged-case": ("GET", CLINICIANS, 200),
    "run": ("GET", CLINICIANS, 302),
    "draft-again": ("POST", CLINICIANS, 302),
    "speakers": ("GET", CLINICIANS, 200),
    "draft": ("GET", CLINICIANS, 302),
    "note": ("GET", CLINICIANS, 200),
    "note-file": ("GET", CLINICIANS, 200),
    "alerts": ("GET", ANSWERING, 200),
    "alert": ("GET", ANSWERING, 200),
    "team-tasks": ("GET", ANSWERING, 200),
    "team-task": ("GET", ANSWERING, 200),
    "letters": ("GET", CLINICIANS, 200),
    "letter": ("GET", CLINICIANS, 404),  # it is shown to its author alone
    "letter-look": ("GET", CLINICIANS, 404),
    "letter-draft-stop": ("POST", CLINICIANS, 404),
    "my-letters": ("GET", THE_PATIENT, 200),
    "my-letter": ("GET", THE_PATIENT, 404),
    "my-letter-file": ("GET", THE_PATIENT, 404),
    "notices": ("GET", STAFF, 200),
    "notices-again": ("GET", STAFF, 200),
    "notices-stream": ("GET", STAFF, 200),
    "uses": ("GET", READERS, 200),
    "stop": ("POST", GOVERNING, 302),
    "use": ("GET", READERS, 200),
    "switch-use": ("POST", frozenset({LEAD}), 302),
    "adjust": ("POST", GOVERNING, 302),
    "sign-adjustment": ("POST", GOVERNING, 302),
    "trail": ("GET", GOVERNING, 200),
    "trail-export": ("POST", GOVERNING, 200),
    "my-home": ("GET", THE_PATIENT, 200),
    "my-consent": ("GET", THE_PATIENT, 200),
    "my-ledger": ("GET", THE_PATIENT, 200),
    "my-data": ("GET", THE_PATIENT, 200),
    "my-erasure": ("GET", THE_PATIENT, 200),
    "rota": ("GET", ANSWERING | GOVERNING, 200),
    "new-shift": ("POST", GOVERNING, 422),
    "remove-shift": ("POST", GOVERNING, 302),
    "crisis-clocks": ("GET", frozenset({OFFICER}), 200),
    "drills": ("GET", GOVERNING, 200),
    "start-drill": ("POST", frozenset({OFFICER}), 302),
    "crisis-counts": ("GET", READERS, 200),
    "my-help-status": ("GET", THE_PATIENT, 200),
    "my-emergency-contact": ("GET", THE_PATIENT, 200),
    "questionnaires": ("GET", CLINICIANS, 200),
    "fill-questionnaire": ("GET", CLINICIANS, 200),
    "end-questionnaire": ("POST", CLINICIANS, 302),
    "shared-diary": ("GET", CLINICIANS, 200),
    "my-questionnaires": ("GET", THE_PATIENT, 200),
    "my-questionnaire": ("GET", THE_PATIENT, 404),  # this patient is asked nothing
    "my-questionnaire-done": ("GET", THE_PATIENT, 404),
    "my-questionnaire-decline": ("POST", THE_PATIENT, 302),
    "my-diary": ("GET", THE_PATIENT, 200),
    "my-diary-sharing": ("GET", THE_PATIENT, 200),
    "my-diary-day": ("GET", THE_PATIENT, 200),
    "my-safety-plan": ("GET", THE_PATIENT, 200),
    "my-safety-plan-change": ("GET", THE_PATIENT, 200),
    "my-safety-plan-version": ("GET", THE_PATIENT, 404),  # there is none yet
    "my-safety-plan-now": ("POST", THE_PATIENT, 302),
    "my-safety-plan-keep": ("POST", THE_PATIENT, 302),
    "safety-plan": ("GET", ANSWERING, 200),
    "who-decides": ("GET", CLINICIANS, 200),
    "my-check": ("GET", THE_PATIENT, 200),
    "my-answer": ("GET", THE_PATIENT, 404),  # they have not answered yet
    "my-receipt": ("GET", THE_PATIENT, 404),
    "my-preferences": ("GET", THE_PATIENT, 200),
    "my-data-files": ("GET", THE_PATIENT, 200),
    "my-room": ("GET", THE_PATIENT, 200),
    "my-no-ai": ("GET", THE_PATIENT, 200),
    "my-choices": ("GET", THE_PATIENT, 200),
    "my-ask": ("GET", THE_PATIENT, 200),
    "my-questions": ("GET", THE_PATIENT, 200),
    "my-reach": ("GET", THE_PATIENT, 200),
    "carer-home": ("GET", THE_CARER, 200),
    "carer-ask": ("GET", THE_CARER, 200),
    "carer-person": ("GET", THE_CARER, 200),
    "carer-calls": ("GET", ANSWERING, 200),
    "library": ("GET", EVERYONE, 200),
    "library-page": ("GET", EVERYONE, 200),
    "what-goes-wrong": ("GET", EVERYONE, 200),
    "report-harm": ("GET", EVERYONE, 200),
    "harm-reports": ("GET", GOVERNING, 200),
    "harm-report": ("GET", GOVERNING, 200),
    "my-talk": ("GET", THE_PATIENT, 200),
    "say-talk": ("POST", THE_PATIENT, 403),  # closed: no form was filled in, and nobody opened it
    "leave-talk": ("POST", THE_PATIENT, 302),
    "talk-choices": ("GET", THE_PATIENT, 200),
    "talk-for": ("GET", CLINICIANS, 200),
    "summarise-talk": ("POST", CLINICIANS, 404),
    "account_logout": ("POST", EVERYONE, 302),
    "account_reauthenticate": ("GET", EVERYONE, 200),
    "account_change_password": ("GET", EVERYONE, 200),
    "mfa_index": ("GET", EVERYONE, 200),
}
# The pages about one's own second factor: what staff, who have one, get, and what a patient without one gets.
OWN_FACTOR = {
    "mfa_reauthenticate": (200, 302),
    "mfa_activate_totp": (302, 200),
    "mfa_deactivate_totp": (200, 404),
    "mfa_view_recovery_codes": (404, 404),  # neither has made any yet
    "mfa_generate_recovery_codes": (200, 200),
}
# Open to anyone, signed in or not, or leading a signed-in person away.
OPEN_TO_ALL = {
    "crisis-card": 200,
    "crisis-protocol": 200,
    "crisis-protocol-file": 200,
    "worker": 200,
    "manifest": 200,
    "duty-of-care": 200,
    "set_language": 302,
    "account_login": 200,
    "account_inactive": 200,
    "mfa_authenticate": 302,
}
POST_ONLY = {
    "my-safety-plan-now",
    "my-safety-plan-keep",
    "say-talk",
    "leave-talk",
    "summarise-talk",
    "stop",
    "switch-use",
    "adjust",
    "sign-adjustment",
    "trail-export",
    "draft-again",
    "letter-draft-stop",
    "set_language",
    "new-shift",
    "remove-shift",
    "start-drill",
    "end-questionnaire",
}
READ_ONLY = {
    "patients",
    "patient",
    "run",
    "note",
    "note-file",
    "alerts",
    "team-tasks",
    "uses",
    "use",
    "rota",
    "drills",
    "crisis-counts",
    "my-home",
    "my-ledger",
    "my-data",
    "notices-again",
    "notices-stream",
    "shared-diary",
    "my-questionnaires",
    "my-safety-plan",
    "my-answer",
    "my-receipt",
    "my-room",
}


@pytest.fixture
def places() -> dict[str, dict[str, Any]]:
    """What fills the addresses: one patient with a signed note, an alert and a judged text."""
    from thirdchair.records import Case, Language
    from thirdchair_web.crisis.models import CrisisAlert, RotaShift
    from thirdchair_web.harm.actions import report_harm
    from thirdchair_web.letters.actions import begin
    from thirdchair_web.questionnaires.actions import assign
    from thirdchair_web.review.judging import judge_case
    from thirdchair_web.talk.models import Conversation
    from thirdchair_web.team.actions import ask_team

    nurse = web.make_clinician(username="nurse-a")
    web.switch_on()
    patient = web.make_patient("p-1")
    web.agree(patient, by=nurse)
    note = web.signed_note(patient, by=nurse)
    session = note.draft.run.encounter
    alert = CrisisAlert.objects.create(
        patient_ref="p-1",
        encounter_id=session.id,
        level=3,
        dangers=[],
        utterances=["u4"],
        raised_at=note.signed_at,
    )
    adjustment = adjust_requirement(
        "summarise_session",
        measure="sentences_with_evidence",
        threshold=0.1,
        why="a trial",
        by=make_person("service_lead"),
    )
    shift = RotaShift.objects.create(
        person=nurse, starts_at=note.signed_at, ends_at=note.signed_at + timedelta(hours=8), order=1, made_by=nurse,
        made_at=note.signed_at,
    )  # fmt: skip
    case = judge_case(
        patient,
        Case("She sleeps badly."),
        {"level": 1, "words": ""},
        use="rate_suicide_risk",
        language=Language.ENGLISH,
        case_id=uuid.uuid4(),
        by=nurse,
    )
    asked = assign(patient, name="mood-check", every_weeks=2, shows_result=True, by=nurse)
    harm = report_harm(use="", severity="none", words="", patient=None, by=nurse)
    use = {"use": "summarise_session"}
    begun = begin(patient, kind="reply", language="en", by=nurse, letter_id=uuid.uuid4())
    letter = {"letter_id": begun.id}
    return {
        "patient": {"ref": "p-1"},
        "consent": {"ref": "p-1"} | use,
        "upload": {"ref": "p-1"},
        "new-case": {"ref": "p-1", "use_id": "rate_suicide_risk"},
        "judged-case": {"case_id": case.id},
        "run": {"run_id": note.draft.run_id},
        "draft-again": {"encounter_id": session.id},
        "speakers": {"encounter_id": session.id},
        "draft": {"draft_id": note.draft_id},
        "note": {"note_id": note.id},
        "note-file": {"note_id": note.id, "kind": "md"},
        "alert": {"alert_id": alert.id},
        "letters": {"ref": "p-1"},
        "letter": letter,
        "letter-look": letter,
        "letter-draft-stop": letter,
        "my-letter": letter,
        "my-letter-file": letter | {"kind": "txt"},
        "remove-shift": {"shift_id": shift.id},
        "team-task": {"task_id": ask_team(patient, kind="wants_a_person", actor="system").id},
        "questionnaires": {"ref": "p-1"},
        "fill-questionnaire": {"ref": "p-1", "name": asked.name},
        "end-questionnaire": {"ref": "p-1", "name": asked.name},
        "shared-diary": {"ref": "p-1"},
        "my-questionnaire": {"name": asked.name},
        "my-questionnaire-done": {"name": asked.name},
        "my-questionnaire-decline": {"name": asked.name},
        "my-diary-day": {"day": "2026-01-05"},
        "use": {"use_id": "summarise_session"},
        "switch-use": {"use_id": "summarise_session"},
        "adjust": {"use_id": "summarise_session"},
        "sign-adjustment": {"adjustment_id": adjustment.id},
        "my-consent": use,
        "my-safety-plan-version": {"number": 1},
        "safety-plan": {"ref": "p-1"},
        "who-decides": {"ref": "p-1"},
        "my-check": {"use": "answer_question"},
        "my-answer": {"number": 1},
        "my-receipt": {"number": 1, "kind": "pdf"},
        "library-page": {"page_id": "depression"},
        "harm-report": {"report_id": harm.id},
        "talk-for": {"ref": "p-1"},
        "summarise-talk": {
            "conversation_id": Conversation.objects.create(
                patient=patient, language="en", method="m", started_at=note.signed_at, ended_at=note.signed_at
            ).id
        },
    }


def ask(client: Client, name: str, places: dict[str, dict[str, Any]], method: str = ""):
    data = (
        {"scope": "everything", "stopped": "no", "language": "en"} if name != "switch-use" else {"on": "yes"}
    )
    address = reverse(name, kwargs=places.get(name))
    if (method or TABLE.get(name, ("GET",))[0]) == "POST":
        return client.post(address, data)
    return client.get(address)


def test_every_address_is_in_the_table() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(TABLE) | set(OWN_FACTOR) | set(OPEN_TO_ALL)


@pytest.mark.parametrize("role", Role)
def test_each_role_gets_what_is_theirs_and_is_told_why_not_where_it_is_not(
    client: Client, places: dict[str, dict[str, Any]], role: Role
) -> None:
    person = web.make_clinician(role) if role in CLINICIANS else make_person(role)
    if role is PATIENT:
        person = web.make_patient("p-2").account
    sign_in(client, person)
    for name, (for_staff, for_patient) in OWN_FACTOR.items():
        assert ask(client, name, places).status_code == (for_staff if role in STAFF else for_patient), name
    for name in sorted(TABLE, key=lambda name: name == "account_logout"):  # signing out comes last
        answer = ask(client, name, places)
        _method, allowed, status = TABLE[name]
        assert answer.status_code == (status if role in allowed else 403), (name, role)
        if role not in allowed:
            assert "Your account has the role" in answer.content.decode(), (name, role)


def test_nobody_gets_in_without_signing_in(client: Client, places: dict[str, dict[str, Any]]) -> None:
    for name in (*TABLE, *OWN_FACTOR):
        answer = ask(client, name, places)
        assert answer.status_code == 302, name
        assert answer.url.startswith("/account/sign-in/"), name


def test_the_crisis_card_and_the_sign_in_page_are_open_to_all(client: Client) -> None:
    for name, status in OPEN_TO_ALL.items():
        assert ask(client, name, {}, "POST" if name in POST_ONLY else "GET").status_code == status, name


def test_what_changes_something_is_not_done_by_following_a_link(places: dict[str, dict[str, Any]]) -> None:
    for role in (NURSE, LEAD):
        client = Client()
        sign_in(client, web.make_clinician(role))
        for name in POST_ONLY:
            answer = ask(client, name, places, "GET")
            mine = name == "set_language" or role in TABLE[name][1]
            assert answer.status_code == (405 if mine else 403), (name, role)


def test_what_only_shows_takes_no_posts(places: dict[str, dict[str, Any]]) -> None:
    for role in (NURSE, LEAD, PATIENT):
        client = Client()
        person = web.make_patient("p-3").account if role is PATIENT else web.make_clinician(role)
        sign_in(client, person)
        for name in READ_ONLY:
            if role in TABLE[name][1]:
                assert ask(client, name, places, "POST").status_code == 405, (name, role)


def test_a_form_without_this_sessions_token_changes_nothing(places: dict[str, dict[str, Any]]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        make_person("service_lead"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert ask(client, "switch-use", places).status_code == 403


def test_a_patient_sees_their_own_pages_and_nothing_of_anyone_elses(client: Client, places) -> None:
    """The pages of a patient name no one; where an address holds the id of a thing, another's thing is not found."""
    sign_in(client, web.make_patient("p-2").account)
    for name in ("my-ledger", "my-data"):
        text = client.get(reverse(name)).content.decode()
        assert "p-1" not in text
        assert "four most mornings" not in text
    for pattern in urlpatterns:
        if str(pattern.name).startswith("my-"):
            if "uuid:" in str(pattern.pattern):
                assert ask(client, str(pattern.name), places).status_code == 404, pattern.name
            assert "ref" not in pattern.pattern.converters


def test_a_patients_account_without_a_record_is_told_so(client: Client) -> None:
    sign_in(client, make_person("patient"))
    for name in ("my-home", "my-ledger", "my-data", "my-erasure"):
        answer = client.get(reverse(name))
        assert answer.status_code == 404
        assert "No record belongs to this account" in answer.content.decode()


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_without_a_second_factor_are_sent_to_set_it_up(client: Client, places, role: Role) -> None:
    sign_in(client, make_person(role, second_factor=False))
    for name, (_method, allowed, _status) in TABLE.items():
        if role in allowed and not name.startswith(("account_", "mfa_")):
            answer = ask(client, name, places)
            assert answer.status_code == 302, name
            assert answer.url == "/account/second-factor/set-up/", name


def test_what_does_not_exist_is_not_found_and_says_nothing_more(client: Client, places) -> None:
    sign_in(client, web.make_clinician())
    nowhere = str(uuid.uuid4())
    for address in (
        "/patients/p-999/", "/patients/p-999/upload/", "/patients/p-999/consent/summarise_session/",
        "/patients/p-1/consent/read_minds/", f"/drafting/{nowhere}/", f"/sessions/{nowhere}/speakers/",
        f"/drafts/{nowhere}/", f"/notes/{nowhere}/", f"/notes/{nowhere}/note.md", f"/alerts/{nowhere}/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
