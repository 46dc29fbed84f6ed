"""Questionnaires and the diary over HTTP: asking, filling in, danger told first, scores, sharing, erasing."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import web
from people import sign_in
from questionnaires import C_SSRS, PHQ_9, WITH_WORDS, as_file
from thirdchair.questionnaires import QuestionnaireUnusable, from_fhir
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.questionnaires import actions, diary
from thirdchair_web.questionnaires.files import add_file, current_files, retire_file
from thirdchair_web.questionnaires.models import (
    Assignment,
    DiaryEntry,
    DiaryShare,
    FilledIn,
    QuestionnaireFile,
)
from thirdchair_web.team.models import TeamTask
from thirdchair_web.trail.models import TrailEntry

pytestmark = pytest.mark.django_db(transaction=True)

DANGER = "I have decided to kill myself tonight"
MOOD = {"q-low": "every", "q-worry": "every", "q-good": "none", "q-rest": "none", "q-doing": "none"}


@pytest.fixture
def nurse():
    return web.make_clinician(username="nurse-a")


@pytest.fixture
def patient(nurse):
    return web.make_patient("p-1", by=nurse)


@pytest.fixture
def own(patient) -> Client:
    client = Client()
    sign_in(client, patient.account)
    return client


@pytest.fixture
def staff(nurse) -> Client:
    client = Client()
    sign_in(client, nurse)
    return client


def ask(patient, nurse, name: str = "mood-check", **more: Any) -> Assignment:
    made = actions.assign(patient, name=name, **{"every_weeks": 0, "shows_result": True} | more, by=nurse)
    assert made is not None
    return made


def add(resource: dict[str, Any], scoring: str = "") -> QuestionnaireFile:
    return add_file(as_file(resource), scoring=scoring or resource["id"], licence="a test", actor="lead:1")


def kinds() -> list[str]:
    return list(TrailEntry.objects.order_by("seq").values_list("kind", flat=True))


# --- the service's files -----------------------------------------------------------------------------------


def test_a_service_adds_its_own_file_which_is_restricted_and_a_new_version_retires_the_old(patient, nurse):
    first = add(PHQ_9)
    assert first.is_restricted
    assert [one.name for one in current_files()] == ["mood-check", "phq-9"]
    asked = ask(patient, nurse, "phq-9")
    second = add(PHQ_9 | {"version": "2"})
    assert [one.digest for one in current_files() if one.name == "phq-9"] == [second.digest]
    assert (
        asked.file.instrument().questionnaire.version == "1"
    )  # who was asked already answers what they were asked
    assert retire_file("phq-9", actor="lead:1")
    assert retire_file("phq-9", actor="lead:1") is None
    assert actions.assign(patient, name="phq-9", every_weeks=0, shows_result=True, by=nurse) is None
    assert kinds().count("questionnaire_added") == 2
    assert kinds().count("questionnaire_retired") == 2


@pytest.mark.parametrize(
    ("resource", "scoring", "licence"),
    [(PHQ_9, "gad-7", "x"), (PHQ_9, "phq-10", "x"), (PHQ_9, "phq-9", " "), (PHQ_9 | {"id": "mood-check"}, "phq-9", "x")],
)  # fmt: skip
def test_a_file_that_will_not_do_is_not_kept(resource, scoring, licence):
    with pytest.raises(QuestionnaireUnusable):
        add_file(as_file(resource), scoring=scoring, licence=licence, actor="lead:1")
    assert not QuestionnaireFile.objects.exists()
    assert "questionnaire_added" not in kinds()


def test_what_ships_can_be_retired_too():
    assert retire_file("mood-check", actor="lead:1")
    assert current_files() == []


# --- asking and filling in ---------------------------------------------------------------------------------


def test_a_clinician_asks_and_the_patient_fills_in_half_way_and_then_the_rest(patient, nurse, own, staff):
    answer = staff.post(
        "/patients/p-1/questionnaires/", {"name": "mood-check", "every_weeks": "2", "shows_result": "on"}
    )
    assert answer.status_code == 302
    assert "A short mood check" in own.get("/my/questionnaires/").content.decode()
    page = own.get("/my/questionnaires/mood-check/").content.decode()
    assert "No AI asks, fills in or scores this." in page
    assert "checked" not in page  # nothing is chosen beforehand
    own.post("/my/questionnaires/mood-check/", {"q-low": "every", "act": "save"})
    assert FilledIn.objects.get().done_at is None
    assert 'value="every"' in own.get("/my/questionnaires/mood-check/").content.decode()
    done = own.post("/my/questionnaires/mood-check/", MOOD | {"act": "done"}, follow=True)
    text = done.content.decode()
    assert "Your score is 20." in text
    assert "A score is not a diagnosis" in text
    assert "Nobody has tested how well this measures" in text
    kept = FilledIn.objects.get()
    assert kept.done_at is not None
    assert kept.read() == {name.removeprefix("q-"): value for name, value in MOOD.items()}
    assert b"every" not in bytes(kept.answers)
    seen = staff.get("/patients/p-1/questionnaires/").content.decode()
    assert "<svg" in seen
    assert "<title" in seen
    assert "<desc" in seen
    assert "out of 20" in seen
    assert kinds()[-1] == "record_opened"
    assert "questionnaire_answered" in kinds()


def test_a_questionnaire_that_is_asked_again_falls_due_after_its_weeks(patient, nurse, own, monkeypatch):
    from thirdchair_web.questionnaires.standing import standing_of

    ask(patient, nurse, every_weeks=2)
    assert standing_of(patient)[0].is_due
    own.post("/my/questionnaires/mood-check/", MOOD | {"act": "done"})
    (waiting,) = standing_of(patient)
    assert (waiting.is_due, waiting.due) == (False, diary.today() + timedelta(weeks=2))
    monkeypatch.setattr("thirdchair_web.clock.timezone.now", web.later(minutes=14 * 24 * 60))
    assert standing_of(patient)[0].is_due


def test_what_was_asked_once_is_not_asked_again(patient, nurse, own):
    ask(patient, nurse)
    own.post("/my/questionnaires/mood-check/", MOOD | {"act": "done"})
    assert own.get("/my/questionnaires/mood-check/").status_code == 404
    again = own.post("/my/questionnaires/mood-check/", MOOD | {"act": "done"}, follow=True)
    assert "Nothing was kept" in again.content.decode()
    assert FilledIn.objects.count() == 1


def test_a_patient_declines_and_nothing_else_changes(patient, nurse, own, staff):
    ask(patient, nurse)
    own.post("/my/questionnaires/mood-check/", {"q-low": "every", "act": "save"})
    text = own.post("/my/questionnaires/mood-check/decline/", follow=True).content.decode()
    assert "Nothing else about your care changes" in text
    assert Assignment.objects.get().ended_why == "declined"
    assert not FilledIn.objects.exists()
    assert "Declined by the patient" in staff.get("/patients/p-1/questionnaires/").content.decode()
    assert own.get("/my/").status_code == 200


def test_a_score_is_shown_to_the_patient_only_where_the_clinician_lets_it(patient, nurse, own):
    ask(patient, nurse, shows_result=False)
    text = own.post("/my/questionnaires/mood-check/", MOOD | {"act": "done"}, follow=True).content.decode()
    assert "Your answers are with your team" in text
    assert "Your score" not in text
    assert "<svg" not in own.get("/my/questionnaires/").content.decode()


def test_who_wants_a_person_gets_one_asked_for(patient, nurse, own):
    ask(patient, nurse)
    own.post("/my/questionnaires/mood-check/", MOOD | {"q-contact": "yes", "act": "done"})
    assert TeamTask.objects.get(patient=patient).kind == "wants_a_person"
    assert not CrisisAlert.objects.exists()


def test_one_question_at_a_time_keeps_each_and_branches(patient, nurse, own):
    resource = C_SSRS | {"id": "branching"}
    add(resource, "none")
    ask(patient, nurse, "branching")
    page = own.get("/my/questionnaires/branching/").content.decode()
    assert "Question 1 of 3" in page
    assert page.count("<fieldset") == 1
    address = "/my/questionnaires/branching/"
    assert own.post(f"{address}?page=1", {"q-1": "no", "act": "next"}).url == f"{address}?page=2"
    assert own.post(f"{address}?page=2", {"q-2": "yes", "act": "next"}).url == f"{address}?page=3"
    assert "Question 3 of 6" in own.get(f"{address}?page=3").content.decode()
    assert own.post(f"{address}?page=3", {"q-3": "no", "act": "back"}).url == f"{address}?page=2"
    own.post(f"{address}?page=2", {"q-2": "no", "act": "next"})
    end = own.post(f"{address}?page=3", {"q-6": "no", "act": "next"})
    assert end.url == f"{address}done/"
    assert FilledIn.objects.get().read() == {"1": False, "2": False, "6": False}


def test_a_required_question_must_be_answered_before_the_end_but_not_before_a_pause(patient, nurse, own):
    add(PHQ_9)
    ask(patient, nurse, "phq-9")
    address = "/my/questionnaires/phq-9/"
    answer = own.post(address, {"q-1": "o1", "act": "done"})
    assert answer.status_code == 422
    assert "This question needs an answer" in answer.content.decode()
    assert own.post(address, {"q-1": "o1", "act": "save"}).status_code == 302
    assert FilledIn.objects.get().read() == {"1": "o1"}
    last = own.post(f"{address}?page=9", {"q-9": "o0", "act": "next"})
    assert last.url == f"{address}?page=2"


def test_what_is_no_answer_is_not_kept(patient, nurse, own):
    ask(patient, nurse)
    answer = own.post("/my/questionnaires/mood-check/", {"q-low": "sometimes, I said", "act": "save"})
    assert answer.status_code == 422
    assert not FilledIn.objects.exists()


# --- danger ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["save", "done"])
def test_an_answer_that_means_danger_raises_an_alert_and_shows_the_card_at_once(
    patient, nurse, own, staff, act
):
    add(PHQ_9)
    ask(patient, nurse, "phq-9")
    page = own.post("/my/questionnaires/phq-9/", {"q-9": "o1", "act": act})
    text = page.content.decode()
    assert "We have told the on-call person" in text
    assert "/help-now/" in text
    alert = CrisisAlert.objects.get()
    assert alert.level == 2
    told = patient.unseal(alert.words, kind="alert", item=str(alert.id))
    assert told == ["Answer in a questionnaire. “Placeholder question 9” Option 1"]
    assert FilledIn.objects.get().read() == {"9": "o1"}
    assert "Placeholder question 9" in staff.get(f"/alerts/{alert.id}/").content.decode()


def test_the_same_answer_is_told_once_and_a_worse_one_again(patient, nurse, own):
    add(PHQ_9)
    ask(patient, nurse, "phq-9")
    for _ in range(2):
        own.post("/my/questionnaires/phq-9/", {"q-9": "o1", "act": "save"})
    alert = CrisisAlert.objects.get()
    assert len(patient.unseal(alert.words, kind="alert", item=str(alert.id))) == 1
    own.post("/my/questionnaires/phq-9/", {"q-9": "o3", "act": "save"})
    alert = CrisisAlert.objects.get()
    assert len(patient.unseal(alert.words, kind="alert", item=str(alert.id))) == 2


def test_an_alert_that_could_not_be_kept_is_said_so_and_tried_again(patient, nurse, own, monkeypatch):
    add(PHQ_9)
    ask(patient, nurse, "phq-9")
    with monkeypatch.context() as broken:

        def fails(*_args: Any, **_more: Any) -> None:
            raise OSError("the disk is full")

        broken.setattr(actions, "raise_item_alert", fails)
        text = own.post("/my/questionnaires/phq-9/", {"q-9": "o2", "act": "save"}).content.decode()
    assert "We could not tell the on-call person" in text
    assert not CrisisAlert.objects.exists()
    own.post("/my/questionnaires/phq-9/", {"q-9": "o2", "act": "save"})
    assert CrisisAlert.objects.count() == 1


def test_words_in_a_questionnaire_go_through_the_crisis_screen(patient, nurse, own):
    add(WITH_WORDS, "none")
    ask(patient, nurse, "in-your-words")
    text = own.post("/my/questionnaires/in-your-words/", {"q-words": DANGER, "act": "save"}).content.decode()
    assert "We have told the on-call person" in text
    assert CrisisAlert.objects.get().level >= 4
    own.post("/my/questionnaires/in-your-words/", {"q-words": DANGER, "q-hours": "7", "act": "done"})
    assert CrisisAlert.objects.count() == 1  # the same words are not told again


def test_words_that_nobody_could_hear_are_not_kept_and_the_card_is_shown(patient, nurse, own, monkeypatch):
    add(WITH_WORDS, "none")
    ask(patient, nurse, "in-your-words")

    def fails(_words: str) -> None:
        raise RuntimeError

    monkeypatch.setattr("thirdchair_web.crisis.hearing.screen", fails)
    given = {"q-words": "placeholder", "q-hours": "7", "act": "done"}
    text = own.post("/my/questionnaires/in-your-words/", given).content.decode()
    assert "could not be checked for danger, so they were not kept" in text
    kept = FilledIn.objects.get()
    assert (kept.read(), kept.done_at) == ({"hours": 7}, None)


def test_dangerous_words_are_told_even_where_the_page_cannot_be_kept(patient, nurse, own):
    add(WITH_WORDS, "none")
    ask(patient, nurse, "in-your-words")
    for given in ({"q-words": DANGER, "q-hours": "99"}, {"q-words": DANGER + " x" * 1500}):
        page = own.post("/my/questionnaires/in-your-words/", given | {"act": "save"})
        assert page.status_code == 422
        assert "We have told the on-call person" in page.content.decode()
        assert CrisisAlert.objects.filter(level__gte=4).count() == 1
        assert not FilledIn.objects.exists()


def test_a_clinician_fills_in_the_screener_and_the_patient_cannot(patient, nurse, own, staff):
    add(C_SSRS)
    ask(patient, nurse, "c-ssrs-screener")
    assert (
        "asks you these questions in person"
        in own.get("/my/questionnaires/c-ssrs-screener/").content.decode()
    )
    assert not own.post("/my/questionnaires/c-ssrs-screener/", {"q-1": "yes", "act": "next"}).content.count(
        b"<fieldset"
    )
    assert not FilledIn.objects.exists()
    address = "/patients/p-1/questionnaires/c-ssrs-screener/fill/"
    for page, (name, said) in enumerate([("1", "yes"), ("2", "no"), ("6", "no")], 1):
        answer = staff.post(f"{address}?page={page}", {f"q-{name}": said, "act": "next"}, follow=True)
        if page == 1:
            assert "the on-call person was alerted" in answer.content.decode()
    assert CrisisAlert.objects.get().level == 1
    text = staff.get("/patients/p-1/questionnaires/").content.decode()
    assert "<td>   low" in text.replace("\n", "") or "low" in text
    assert "Not verified" in text


def test_scores_over_time_say_what_may_be_chance_and_that_it_is_not_verified(patient, nurse, own, staff):
    add(PHQ_9)
    ask(patient, nurse, "phq-9", every_weeks=1)
    for worth in (2, 1):
        given = {f"q-{number}": f"o{worth}" for number in range(1, 9)} | {"q-9": "o0", "act": "done"}
        own.post("/my/questionnaires/phq-9/", given)
    text = staff.get("/patients/p-1/questionnaires/").content.decode()
    assert "A difference of less than 5 points may be chance" in text
    assert "Not verified" in text
    assert "moderately severe" in text
    assert "chart-chance" in text
    for claim in ("improv", "worsen", "trend", "getting better"):
        assert claim not in text.lower()


# --- diary -------------------------------------------------------------------------------------------------


def write(own: Client, address: str = "/my/diary/", **more: Any):
    return own.post(
        address, {"mood": "4", "sleep_hours": "6.5", "sleep_quality": "1", "note": "", "act": "write"} | more
    )


def test_a_day_is_written_corrected_and_deleted_and_there_is_one_a_day(patient, own):
    assert write(own, note="the dog was ill").status_code == 302
    assert write(own, mood="6").status_code == 302
    entry = DiaryEntry.objects.get()
    assert entry.read() == {"mood": 6, "sleep_hours": 6.5, "sleep_quality": 1, "note": "", "untold": False}
    assert b"dog" not in bytes(entry.entry)
    page = own.get("/my/diary/").content.decode()
    assert "Only you see your diary" in page
    assert "a program looks for words that may mean danger" in page
    assert "<svg" in page
    day = diary.today().isoformat()
    own.post(f"/my/diary/{day}/", {"act": "delete"})
    assert not DiaryEntry.objects.exists()
    assert "diary" not in " ".join(kinds())  # a private day leaves nothing in the trail


@pytest.mark.parametrize("day", ["2031-01-01", "not-a-day", "1999-01-01"])
def test_only_a_day_that_has_come_has_a_page(own, patient, day):
    assert own.get(f"/my/diary/{day}/").status_code == 404


def test_a_day_that_is_no_entry_is_refused_with_its_field(own, patient):
    for wrong in (
        {"mood": ""},
        {"mood": "11"},
        {"sleep_hours": "25"},
        {"sleep_hours": "-1"},
        {"sleep_quality": "9"},
    ):
        assert write(own, **wrong).status_code == 422
    assert not DiaryEntry.objects.exists()


def test_the_diary_is_private_until_shared_and_again_once_taken_back(patient, own, staff):
    today = diary.today()
    earlier = (today - timedelta(days=3)).isoformat()
    write(own, note="private-words")
    write(own, f"/my/diary/{earlier}/", note="earlier-words")
    assert "shares nothing" in staff.get("/patients/p-1/diary/").content.decode()
    own.post(f"/my/diary/{earlier}/", {"act": "share"})
    seen = staff.get("/patients/p-1/diary/").content.decode()
    assert "6.5" in seen
    assert "earlier-words" not in seen
    assert "private-words" not in seen
    own.post(
        "/my/diary/sharing/",
        {"act": "share", "first": earlier, "last": today.isoformat(), "with_notes": "on"},
    )
    seen = staff.get("/patients/p-1/diary/").content.decode()
    assert "earlier-words" in seen
    assert "private-words" in seen
    for share in DiaryShare.objects.all():
        own.post("/my/diary/sharing/", {"act": "stop", "share": str(share.id)})
    assert "shares nothing" in staff.get("/patients/p-1/diary/").content.decode()
    assert kinds().count("diary_shared") == kinds().count("diary_unshared") == 2
    assert TeamTask.objects.get(patient=patient).kind == "shared_something"


def test_a_share_that_makes_no_sense_is_refused(own, patient):
    for first, last in (
        ("2026-03-02", "2026-03-01"),
        ("2020-01-01", "2026-03-01"),
        ("2030-01-01", "2030-01-02"),
        ("", ""),
    ):
        assert (
            own.post("/my/diary/sharing/", {"act": "share", "first": first, "last": last}).status_code == 422
        )
    assert own.post("/my/diary/sharing/", {"act": "stop", "share": "not-one"}).status_code == 404
    assert not DiaryShare.objects.exists()


def test_nobody_takes_back_anothers_share(own, patient, nurse):
    other = web.make_patient("p-2")
    theirs = diary.share(
        other, first=date(2026, 3, 1), last=date(2026, 3, 2), with_notes=False, by=other.account
    )
    own.post("/my/diary/sharing/", {"act": "stop", "share": str(theirs.id)})
    theirs.refresh_from_db()
    assert theirs.revoked_at is None


def test_danger_in_a_private_note_shows_the_card_and_tells_the_team(patient, own, staff):
    text = write(own, note=DANGER).content.decode()
    assert "We have told the on-call person" in text
    alert = CrisisAlert.objects.get()
    assert patient.unseal(alert.words, kind="alert", item=str(alert.id)) == [DANGER]
    assert DiaryEntry.objects.get().read()["note"] == DANGER
    assert (
        DANGER not in staff.get("/patients/p-1/diary/").content.decode()
    )  # the alert has it, the diary stays private
    write(own, note=DANGER, mood="5")
    assert CrisisAlert.objects.count() == 1


def test_a_dangerous_note_is_told_even_where_the_rest_cannot_be_kept(patient, own):
    page = write(own, note=DANGER, mood="")
    text = page.content.decode()
    assert page.status_code == 422
    assert "We have told the on-call person" in text
    assert "not kept yet" in text
    assert DANGER in text  # what was written is still in the form
    assert CrisisAlert.objects.count() == 1
    write(own, note=DANGER)
    assert CrisisAlert.objects.count() == 1


def test_a_note_of_which_nobody_could_be_told_is_told_at_the_next_saving(patient, own, monkeypatch):
    with monkeypatch.context() as broken:

        def fails(*_args: Any, **_more: Any) -> None:
            raise OSError("the disk is full")

        broken.setattr("thirdchair_web.crisis.hearing.raise_chat_alert", fails)
        assert "We could not tell the on-call person" in write(own, note=DANGER).content.decode()
    assert not CrisisAlert.objects.exists()
    write(own, note=DANGER)
    assert CrisisAlert.objects.count() == 1


def test_a_note_that_nobody_could_hear_is_not_kept_and_the_rest_is(patient, own, monkeypatch):
    def fails(_words: str) -> None:
        raise RuntimeError

    monkeypatch.setattr("thirdchair_web.crisis.hearing.screen", fails)
    assert "could not be checked for danger" in write(own, note="placeholder").content.decode()
    assert DiaryEntry.objects.get().read()["note"] == ""


# --- own data, erasing, who keeps out ------------------------------------------------------------------------


def test_own_data_holds_the_answers_as_fhir_and_the_diary(patient, nurse, own):
    ask(patient, nurse)
    own.post("/my/questionnaires/mood-check/", MOOD | {"act": "done"})
    write(own, note="kept-words")
    held = json.loads(own.get("/my/data/").content)
    (sent,) = held["questionnaire_responses"]
    kept = FilledIn.objects.get()
    assert from_fhir(kept.assignment.file.instrument().questionnaire, sent) == kept.response()
    assert sent["subject"] == {"identifier": {"value": "p-1"}}
    assert held["diary"][0]["note"] == "kept-words"


def test_after_erasing_nothing_can_be_read(patient, nurse, own, staff):
    from thirdchair_web.review.erasure import erase

    ask(patient, nurse)
    own.post("/my/questionnaires/mood-check/", MOOD | {"act": "done"})
    write(own, note="erased-words")
    erase(patient, by=patient.account)
    for address in ("/patients/p-1/questionnaires/", "/patients/p-1/diary/"):
        assert staff.get(address).status_code == 410
    patient.refresh_from_db()
    for kind, row, sealed in (
        ("questionnaire", FilledIn.objects.get(), "answers"),
        ("diary", DiaryEntry.objects.get(), "entry"),
    ):
        with pytest.raises(Exception, match=r"erased|destroyed|unread"):
            patient.unseal(getattr(row, sealed), kind=kind, item=str(row.id))


@pytest.mark.parametrize("model", [QuestionnaireFile, Assignment, FilledIn, DiaryEntry, DiaryShare])
def test_every_field_says_what_erasing_does_to_it(model):
    assert set(model.on_erasure) == {field.name for field in model._meta.get_fields() if field.concrete}
    if any(fate != "kept" for fate in model.on_erasure.values()):
        assert model.patient_path


def test_the_pages_are_in_chinese_too(patient, nurse, own):
    ask(patient, nurse)
    own.post(reverse("set_language"), {"language": "zh-hans"})
    text = own.get("/my/questionnaires/mood-check/").content.decode()
    assert "简短心情小问卷" in text
    assert "没有一天" in text
    assert "任何问题都可以不回答" in text
