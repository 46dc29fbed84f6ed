"""A patient asks: answered with sources, left to a person, met with the card, or told why it is closed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client

import web
from people import make_person, sign_in
from thirdchair.errors import SafeguardUnavailable
from thirdchair_web.crisis import hearing
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.governance.actions import switch_use
from thirdchair_web.patient.models import AskedQuestion
from thirdchair_web.review.erasure import erase
from thirdchair_web.team.models import TeamTask

pytestmark = pytest.mark.django_db(transaction=True)

GENERAL = "What is depression?"
OF_OWN_CARE = "Should I stop taking my sertraline?"
UNKNOWN = "Who won the football match last night?"
IN_DANGER = "I am going to kill myself tonight"
DARK = "I wish I was dead"


@pytest.fixture
def patient(cleared):
    return web.make_patient()


@pytest.fixture
def open_use(patient):
    """Questions are open to this patient: switched on, cleared, agreed to."""
    lead = make_person("service_lead")
    switch_use("answer_question", on=True, by=lead)
    web.agree(patient, by=lead, use="answer_question")
    return patient


@pytest.fixture
def client(patient) -> Client:
    signed_in = Client()
    sign_in(signed_in, patient.account)
    return signed_in


def asks(client: Client, question: str):
    answer = client.post("/my/ask/", {"question": question})
    return answer, answer.content.decode()


def test_a_question_is_answered_in_the_words_of_a_page_that_opens(client, open_use):
    answer, page = asks(client, GENERAL)
    assert answer.status_code == 200
    address = re.search(r'href="(/library/[^"]+)"', page)[1]
    path, _, passage = address.partition("#")
    opened = client.get(path).content.decode()
    assert f'<section id="{passage}"' in opened
    quoted = re.search(r'<blockquote class="from-library"><div lang="en"><p>(.{30})', page)[1]
    assert quoted in opened


def test_each_answer_says_that_it_is_ai(client, open_use):
    assert "a computer program, not a person" in asks(client, GENERAL)[1]
    assert "a computer program, not a person" in client.get("/my/ask/").content.decode()


def test_what_no_page_answers_is_left_to_a_person_one_tap_away(client, open_use):
    for question, told in (
        (UNKNOWN, "AI has no source for this. So it does not answer."),
        (OF_OWN_CARE, "AI does not answer this. A person can."),
    ):
        page = asks(client, question)[1]
        assert told in page
        kept = AskedQuestion.objects.first()
        assert client.post("/my/reach/", {"question": str(kept.id)}).status_code == 302
        assert question in TeamTask.objects.get(kind="wants_a_person").read("note")


def test_who_asks_whether_it_is_a_person_is_told_by_rule(client, open_use):
    answer, page = asks(client, "Are you a real person?")
    assert answer.status_code == 200
    assert "not a human" in page or "computer program" in page
    assert "from-library" not in page


def test_words_of_danger_are_met_with_the_card_and_an_alert_and_nothing_else(client, open_use):
    answer, page = asks(client, IN_DANGER)
    assert answer.status_code == 200
    assert "If you or someone near you is in danger" in page
    assert "has been told what you wrote" in page
    alert = CrisisAlert.objects.get()
    assert open_use.unseal(alert.words, kind="alert", item=str(alert.id)) == [IN_DANGER]
    assert not AskedQuestion.objects.exists()


def test_the_card_comes_before_consent_switch_and_evidence(client, patient):
    assert "has been told what you wrote" in asks(client, IN_DANGER)[1]
    assert CrisisAlert.objects.count() == 1


def test_a_wish_to_be_dead_is_met_with_the_card_and_says_truly_that_nobody_was_told(client, open_use):
    page = asks(client, DARK)[1]
    assert "If you or someone near you is in danger" in page
    assert "Your team was not told" in page
    assert not CrisisAlert.objects.exists()


def test_the_card_is_shown_and_says_so_where_the_alert_cannot_be_kept(client, open_use, monkeypatch):
    def broken(*_args, **_named):
        raise OperationalError("the disk is full")

    monkeypatch.setattr("thirdchair_web.house.raise_chat_alert", broken)
    page = asks(client, IN_DANGER)[1]
    assert "If you or someone near you is in danger" in page
    assert "could not be told just now" in page


@pytest.mark.parametrize(
    "broken",
    [
        "thirdchair.gateway.chat.screen",
        "thirdchair.gateway.chat.said_by_rule",
        "thirdchair_web.house.append_all",
    ],
)
@pytest.mark.parametrize("question", [GENERAL, IN_DANGER])
def test_the_card_is_shown_whatever_is_broken(client, open_use, monkeypatch, broken, question):
    def fails(*_args, **_named):
        raise OSError("no")

    monkeypatch.setattr(broken, fails)
    answer, page = asks(client, question)
    assert "If you or someone near you is in danger" in page
    assert answer.status_code in (200, 503)
    assert "from-library" not in page


def test_the_card_is_shown_where_the_library_is_lost(client, open_use, monkeypatch):
    monkeypatch.setattr("thirdchair_web.house.answerer", lambda: (_ for _ in ()).throw(OSError()))
    answer, page = asks(client, GENERAL)
    assert answer.status_code == 503
    assert "If you or someone near you is in danger" in page


def test_without_a_database_what_is_written_is_met_with_the_card(client, open_use, monkeypatch):
    def down(*_args, **_named):
        raise OperationalError("the database is down")

    client.raise_request_exception = False
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", down)
    answer, page = asks(client, IN_DANGER)
    assert answer.status_code == 500
    assert "If you or someone near you is in danger" in page
    assert "Need help now?" in page


def test_no_free_text_is_taken_where_the_screen_does_not_run(client, open_use, monkeypatch):
    def fails(_words):
        raise SafeguardUnavailable("gone")

    monkeypatch.setattr(hearing, "screen", fails)
    page = client.get("/my/ask/").content.decode()
    assert "<textarea" not in page
    assert 'href="/help-now/"' in page and 'href="/my/reach/"' in page and 'href="/library/"' in page
    assert "<textarea" not in client.get("/my/reach/").content.decode()


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ("consent", "You have not said yes to AI answers"),
        ("switch", "This service has AI answers turned off"),
        ("evidence", "Tests have not shown yet that AI answers well enough here"),
    ],
)
def test_a_closed_use_says_why_and_what_is_there_instead(client, patient, monkeypatch, missing, told):
    lead = make_person("service_lead")
    if missing != "switch":
        switch_use("answer_question", on=True, by=lead)
    if missing != "consent":
        web.agree(patient, by=lead, use="answer_question")
    if missing == "evidence":
        monkeypatch.setattr("thirdchair_web.review.clinic.clearances", dict)
    for answer in (client.get("/my/ask/"), client.post("/my/ask/", {"question": GENERAL})):
        page = answer.content.decode()
        assert told in page
        assert "<textarea" not in page
        assert 'href="/my/reach/"' in page and 'href="/library/"' in page
        assert ("/my/consent/answer_question/" in page) == (missing == "consent")
    assert not AskedQuestion.objects.exists()


def test_questions_are_kept_sealed_listed_and_deleted(client, open_use):
    asks(client, GENERAL)
    kept = AskedQuestion.objects.get()
    assert GENERAL.encode() not in bytes(kept.words)
    assert GENERAL in client.get("/my/questions/").content.decode()
    client.post("/my/questions/", {"question": str(kept.id)})
    assert not AskedQuestion.objects.exists()
    assert "question_deleted" in web.kinds()
    assert GENERAL not in client.get("/my/questions/").content.decode()
    assert web.trail_is_whole()


def test_nobody_deletes_or_sends_anothers_question(client, open_use):
    other = web.make_patient("p-2")
    lead = make_person("service_lead")
    web.agree(other, by=lead, use="answer_question")
    elsewhere = Client()
    sign_in(elsewhere, other.account)
    asks(elsewhere, GENERAL)
    theirs = AskedQuestion.objects.get()
    client.post("/my/questions/", {"question": str(theirs.id)})
    client.post("/my/reach/", {"question": str(theirs.id)})
    assert AskedQuestion.objects.count() == 1
    assert TeamTask.objects.get(patient=open_use).read("note") == ""
    assert GENERAL not in client.get("/my/questions/").content.decode()
    assert client.post("/my/questions/", {"question": "no number"}).status_code == 302


def test_an_answer_that_cannot_be_kept_is_shown_all_the_same(client, open_use, monkeypatch):
    def full(*_args, **_named):
        raise OSError("the disk is full")

    monkeypatch.setattr("thirdchair_web.patient.questions.keep", full)
    page = asks(client, GENERAL)[1]
    assert "from-library" in page and "We could not keep this question" in page


def test_erasing_makes_the_questions_unreadable(client, open_use):
    asks(client, GENERAL)
    erase(open_use, by=open_use.account)
    kept = AskedQuestion.objects.select_related("patient").get()
    with pytest.raises(Exception, match="erased"):
        kept.read()


def test_an_empty_question_is_asked_for_and_a_very_long_one_is_read_whole(client, open_use):
    answer, page = asks(client, "  ")
    assert answer.status_code == 422 and "Write what you would like to know" in page
    page = asks(client, "I slept badly. " * 2000 + IN_DANGER)[1]
    assert "has been told what you wrote" in page


def test_a_question_in_chinese_is_answered_in_chinese(client, open_use):
    page = asks(client, "抑郁症是什么？")[1]
    assert '<div lang="zh-hans">' in page
    address = re.search(r'href="(/library/[^"#]+)', page)[1]
    assert '<article lang="zh-hans">' in client.get(address).content.decode()


# --- a person ----------------------------------------------------------------------------------------------


def test_one_tap_asks_for_a_person_and_the_page_says_how_it_stands(client, patient, settings):
    assert client.post("/my/reach/").status_code == 302
    task = TeamTask.objects.get()
    assert (task.kind, task.patient) == ("wants_a_person", patient)
    page = client.get("/my/reach/").content.decode()
    assert "You have asked" in page and "Nobody has taken this on yet" in page
    assert "We cannot say how soon someone answers" in page
    settings.THIRDCHAIR = settings.THIRDCHAIR.model_copy(update={"answers_within_hours": 4})
    assert "within 4 hours" in client.get("/my/reach/").content.decode()


def test_words_to_the_team_are_screened_and_never_keep_a_person_away(client, patient, monkeypatch):
    page = client.post("/my/reach/", {"note": IN_DANGER}).content.decode()
    assert "If you or someone near you is in danger" in page and "has been told what you wrote" in page
    assert CrisisAlert.objects.count() == 1 and TeamTask.objects.count() == 1
    monkeypatch.setattr(hearing, "screen", lambda _: (_ for _ in ()).throw(OSError()))
    TeamTask.objects.all().delete()
    answer = client.post("/my/reach/", {"note": "It is about my shifts."})
    assert answer.status_code == 503 and "If you or someone near you is in danger" in answer.content.decode()
    assert TeamTask.objects.get().read("note") == ""


# --- the start page and what goes wrong --------------------------------------------------------------------


def test_the_start_page_has_a_person_first_and_names_only_what_is_here(client, patient):
    page = client.get("/my/").content.decode()
    main = page[page.index("<main") :]
    assert (
        main.index('href="/my/reach/"') < main.index('href="/help-now/"') < main.index('href="/my/choices/"')
    )
    for address in re.findall(r'href="(/[^"#]*)"', main):
        assert client.get(address).status_code == 200, address


def test_what_goes_wrong_is_told_as_it_was_measured(client, patient):
    from thirdchair.uses.answer_question.extractive import method_digest
    from thirdchair_web.governance.methods import packs

    page = client.get("/what-ai-gets-wrong/").content.decode()
    pack = next(
        p
        for p in packs()
        if (p.use, p.language, p.method_digest) == ("answer_question", "en", method_digest())
    )
    found = pack.estimates["own_care_not_answered"]
    assert f"In about {round(100 * (1 - found.value))} of 100 tests" in page
    assert f"{found.n} tests" in page and pack.made_on in page


def test_stale_evidence_takes_its_figures_off_the_page(client, patient, monkeypatch):
    monkeypatch.setattr("thirdchair_web.asking.limits.method_digest", lambda *_: "0" * 64)
    page = client.get("/what-ai-gets-wrong/").content.decode()
    assert "of 100 tests" not in page
    assert "This has not been tested in your language as it is now" in page


def test_a_patients_pages_are_light(client, open_use):
    from django.contrib.staticfiles import finders

    pages = [
        "/my/",
        "/my/ask/",
        "/my/reach/",
        "/my/questions/",
        "/library/",
        "/what-ai-gets-wrong/",
        "/harm/report/",
    ]
    bodies = {address: client.get(address).content for address in pages} | {
        "an answer": client.post("/my/ask/", {"question": GENERAL}).content
    }
    for address, body in bodies.items():
        assets = re.findall(r'(?:src|href)="/static/([^"]+)"', body.decode())
        size = len(body) + sum(Path(finders.find(one)).stat().st_size for one in assets)
        assert size <= 60 * 1024, (address, size)
        assert "htmx-" not in body.decode(), address
