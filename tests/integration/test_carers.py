"""A carer has an account of their own: general information and help, and nothing of anyone in care."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.urls.converters import IntConverter, SlugConverter, StringConverter, UUIDConverter

import web
from people import make_person, sign_in
from thirdchair.policy import Role as PolicyRole
from thirdchair_web.accounts.keys import make_key
from thirdchair_web.accounts.models import Role
from thirdchair_web.carers.models import CarerCall
from thirdchair_web.crisis import hearing
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.encounters.accounts import make_account
from thirdchair_web.governance.actions import switch_use
from thirdchair_web.patient.models import AskedQuestion
from thirdchair_web.project.urls import urlpatterns
from thirdchair_web.team.models import TeamTask
from thirdchair_web.trail.models import TrailEntry

pytestmark = pytest.mark.django_db(transaction=True)

GENERAL = "What is schizophrenia?"
OF_ANOTHER = "Ines Calloway says she wants to kill herself tonight, she is my sister"
OF_ANOTHER_UNNAMED = "My son says he wants to kill himself tonight."
OF_SELF = "I am going to kill myself tonight"


FILLED = {
    SlugConverter: "summarise_session",
    StringConverter: "summarise_session",
    IntConverter: 1,
    UUIDConverter: "00000000-0000-0000-0000-000000000001",
}
"""What stands in an address, by its kind."""


@pytest.fixture
def carer(cleared):
    switch_use("answer_question", on=True, by=make_person("service_lead"))
    web.make_patient()
    return make_person("carer", username="wendell")


@pytest.fixture
def client(carer) -> Client:
    signed_in = Client()
    sign_in(signed_in, carer)
    return signed_in


def asks(client: Client, question: str) -> str:
    return client.post("/carers/ask/", {"question": question}).content.decode()


def test_a_carer_begins_on_their_own_page_without_a_second_factor(client):
    assert client.get("/").url == "/carers/"
    page = client.get("/carers/").content.decode()
    assert 'href="/carers/person/"' in page and 'href="/help-now/"' in page


def test_no_page_of_a_patient_or_of_staff_opens_to_a_carer(client, carer):
    theirs = {
        "home", "carer-home", "carer-ask", "carer-person", "library", "library-page", "what-goes-wrong", "report-harm",
        "duty-of-care", "crisis-card", "set_language", "worker", "manifest", "crisis-protocol", "crisis-protocol-file",
    }  # fmt: skip
    for pattern in urlpatterns:
        name = str(pattern.name)
        if name in theirs or name.startswith(("account_", "mfa_")):
            continue
        filled = {
            key: "p-1" if key == "ref" else FILLED[type(converter)]
            for key, converter in pattern.pattern.converters.items()
        }  # fmt: skip
        for send in (client.get, client.post):
            answer = send(reverse(name, kwargs=filled))
            assert answer.status_code == 403, name
            assert "Ines" not in answer.content.decode(), name


def test_no_page_of_a_carer_names_anyone_in_care(client):
    for address in (
        "/carers/",
        "/carers/ask/",
        "/carers/person/",
        "/library/",
        "/what-ai-gets-wrong/",
        "/harm/report/",
    ):
        page = client.get(address).content.decode()
        assert "Ines" not in page and "p-1" not in page, address


def test_a_general_question_is_answered_without_anyones_consent_and_not_kept(client, carer):
    page = asks(client, GENERAL)
    assert 'class="from-library"' in page
    assert not AskedQuestion.objects.exists()
    assert {
        entry.subject for entry in TrailEntry.objects.filter(kind__in=["use_requested", "reply_sent"])
    } == {None}
    assert {e.actor for e in TrailEntry.objects.filter(kind="reply_sent")} == {f"account:{carer.pk}"}
    assert web.trail_is_whole()


def test_where_questions_are_closed_the_page_says_why_and_asks_for_no_consent(client, monkeypatch):
    monkeypatch.setattr("thirdchair_web.review.clinic.clearances", dict)
    page = client.get("/carers/ask/").content.decode()
    assert "Tests have not shown yet" in page
    assert "/my/" not in page


def test_a_carer_in_danger_is_shown_the_card_and_the_team_is_called_without_their_words(client, carer):
    page = asks(client, OF_SELF)
    assert "If you or someone near you is in danger" in page
    assert "They do not see what you wrote" in page
    call = CarerCall.objects.get()
    assert call.carer == carer and call.level >= 4
    assert not CrisisAlert.objects.exists() and not TeamTask.objects.exists()
    raised = TrailEntry.objects.get(kind="carer_help_raised")
    assert raised.subject is None and OF_SELF not in raised.facts
    asks(client, OF_SELF)
    assert CarerCall.objects.count() == 1


@pytest.mark.parametrize("words", [OF_ANOTHER, OF_ANOTHER_UNNAMED, "我儿子说他不想活了"])
def test_danger_to_somebody_else_tells_what_to_do_and_opens_nobodys_record(client, words):
    page = asks(client, words)
    assert "If you or someone near you is in danger" in page
    assert "If you fear for someone" in page
    assert "Nobody’s record was opened" in page
    assert not CrisisAlert.objects.exists() and not TeamTask.objects.exists()
    assert not TrailEntry.objects.filter(subject="p-1", kind__in=["record_opened", "alert_raised"]).exists()


def test_the_card_says_truly_that_nobody_could_be_told(client, monkeypatch):
    monkeypatch.setattr(
        "thirdchair_web.carers.hearing.raise_help", lambda *_a, **_n: (_ for _ in ()).throw(OSError())
    )
    page = asks(client, OF_SELF)
    assert "We could not tell the team just now" in page
    assert "If you or someone near you is in danger" in page


def test_no_words_are_taken_where_the_screen_does_not_run(client, monkeypatch):
    monkeypatch.setattr(hearing, "screen", lambda _: (_ for _ in ()).throw(OSError()))
    assert "<textarea" not in client.get("/carers/ask/").content.decode()
    answer = client.post("/carers/ask/", {"question": GENERAL})
    assert answer.status_code == 503 and "If you or someone near you is in danger" in answer.content.decode()


def test_one_tap_asks_the_team_and_a_nurse_writes_that_they_spoke(client, carer):
    client.post("/carers/person/")
    assert "You have asked" in client.get("/carers/person/").content.decode()
    nurse = Client()
    sign_in(nurse, web.make_clinician())
    assert carer.display_name in nurse.get("/carers/calls/").content.decode()
    call = CarerCall.objects.get()
    assert nurse.post("/carers/calls/", {"call": str(call.id)}).status_code == 302
    call.refresh_from_db()
    assert call.answered_by.role == "nurse"
    assert {"carer_help_raised", "carer_help_answered"} <= set(web.kinds())
    assert nurse.post("/carers/calls/", {"call": "nothing"}).status_code == 404


def test_an_operator_makes_a_carers_account_which_has_no_patient_and_no_key():
    asked = {
        "role": "carer",
        "name": "Wendell Q",
        "password": "a quiet room with two chairs",
        "licence": "",
        "licensed_until": "",
    }
    made = make_account("wendell", patient="", **asked)
    assert made.identifier == f"account:{made.pk}" and not made.needs_second_factor
    web.make_patient("p-9")
    with pytest.raises(ValidationError):
        make_account("other", patient="p-9", **asked)
    with pytest.raises(ValidationError, match="no key"):
        make_key(made, ["answer_question"], by="operator")


def test_the_roles_of_policy_and_of_accounts_are_the_same():
    assert {str(role) for role in PolicyRole} == set(Role.values)
