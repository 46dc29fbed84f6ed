"""Consent as a patient and a clinician live it: three questions, a receipt, who decides, what ends by itself, and no AI at all."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from pypdf import PdfReader

import web
from people import make_person, sign_in
from thirdchair.policy.decision import UseRefused
from thirdchair.policy.preference import Preference
from thirdchair_web.consent.fhir import FhirConsent
from thirdchair_web.consent.limits import limits_sheet
from thirdchair_web.consent.models import ConsentRecord, PreferenceAnswer, UnderstandingCheck
from thirdchair_web.consent.preferences import is_due, preference_of
from thirdchair_web.consent.receipt import as_fhir
from thirdchair_web.consent.texts import consent_text
from thirdchair_web.consent.understanding import QUESTIONS, needs_check
from thirdchair_web.encounters.actions import add_patient
from thirdchair_web.encounters.deciding import deciding_of, name_representative, record_capacity
from thirdchair_web.encounters.models import Patient, Representative
from thirdchair_web.governance import methods as governed
from thirdchair_web.review.consent_views import standing_consent
from thirdchair_web.review.consents_due import look_over_consents
from thirdchair_web.review.erasure import erase
from thirdchair_web.review.models import Draft
from thirdchair_web.team.models import TeamTask
from thirdchair_web.trail.models import TrailEntry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]
ASK, SUMMARY = "answer_question", "summarise_session"
RIGHT = {f"question-{place}": question.right for place, question in enumerate(QUESTIONS[ASK])}
WRONG = RIGHT | {"question-1": "wait"}


@pytest.fixture
def patient():
    web.switch_on()
    return web.make_patient()


@pytest.fixture
def nurse():
    return web.make_clinician()


@pytest.fixture
def at_home(client: Client, patient):
    sign_in(client, patient.account)
    return client


def young(born: date, ref: str = "p-young") -> Patient:
    details = {"name": "Juno Abara", "born": born.year, "born_on": born.isoformat(), "pronoun": "they"}
    return add_patient(
        ref=ref, details=details, account=make_person("patient", username=f"own-{ref}"), by=None
    )


def parent_of(
    person: Patient, *, by, authority: str = "parent", uses=(), until: date | None = None
) -> Representative:
    return name_representative(
        person,
        name="Imara Abara",
        relation="mother",
        document="Birth certificate, paper file",
        authority=authority,
        uses=uses,
        until=until,
        by=by,
    )


def yes(use: str = SUMMARY, **more: str) -> dict[str, str]:
    return {
        "answer": "agree",
        "text_version": consent_text(use, language="en").version,
        "act": "answer",
    } | more


def tasks(kind: str) -> int:
    return TeamTask.objects.filter(kind=kind).count()


def rule_against(person: Patient, *, by) -> str:
    with pytest.raises(UseRefused) as refused:
        web.upload(person, by=by)
    return refused.value.refusal.rule


def the_clock_says(monkeypatch, at: datetime) -> None:
    monkeypatch.setattr("thirdchair_web.clock.timezone.now", lambda: at)


# --- three questions ---------------------------------------------------------------------------------------


def test_every_use_that_patients_use_themselves_has_three_questions():
    from thirdchair.uses import USES

    assert {use for use in USES if needs_check(use)} == set(QUESTIONS)
    for questions in QUESTIONS.values():
        assert len(questions) == 3
        for question in questions:
            assert question.right in question.choices and len(question.choices) > 1


def test_a_yes_to_a_use_of_ones_own_comes_after_the_questions(at_home: Client, patient):
    answer = at_home.post(f"/my/consent/{ASK}/", yes(ASK))
    assert answer.url == f"/my/consent/{ASK}/questions/"
    assert not ConsentRecord.objects.exists()
    page = at_home.get(answer.url).content.decode()
    assert page.count('type="radio"') == 6 and not re.search(r"<input[^>]*\bchecked\b", page)
    assert "That is right." in at_home.post(answer.url, RIGHT).content.decode()
    assert at_home.post(f"/my/consent/{ASK}/", yes(ASK)).status_code == 302
    given = ConsentRecord.objects.get()
    assert given.check_of_understanding == UnderstandingCheck.objects.get()
    assert tasks("understanding_help") == 0


def test_a_no_needs_no_questions(at_home: Client, patient):
    at_home.post(f"/my/consent/{ASK}/", yes(ASK, answer="decline"))
    assert ConsentRecord.objects.get().declined


def test_wrong_answers_are_explained_and_the_third_time_a_person_helps_and_nobody_is_left_out(
    at_home, patient
):
    for attempt in (1, 2, 3):
        assert at_home.post(f"/my/consent/{ASK}/", yes(ASK)).url.endswith("/questions/")
        page = at_home.post(f"/my/consent/{ASK}/questions/", WRONG).content.decode()
        assert "Do not wait for a program." in page
        assert tasks("understanding_help") == (attempt == 3)
    assert "Somebody from the team will talk it through" in page
    at_home.post(f"/my/consent/{ASK}/", yes(ASK))
    given = ConsentRecord.objects.get()
    assert not given.declined and given.check_of_understanding.wrong == 1
    assert web.kinds().count("understanding_checked") == 3


def test_a_question_left_open_is_asked_again_and_is_no_try(at_home: Client, patient):
    assert at_home.post(f"/my/consent/{ASK}/questions/", {"question-0": "program"}).status_code == 422
    assert not UnderstandingCheck.objects.exists()


def test_a_clinician_hears_it_in_the_patients_own_words(client: Client, patient, nurse):
    sign_in(client, nurse)
    page = f"/patients/p-1/consent/{ASK}/"
    assert client.post(page, yes(ASK, how="on_paper")).status_code == 422
    assert client.post(page, yes(ASK, how="on_paper", understood="not_yet")).status_code == 302
    assert tasks("understanding_help") == 1


# --- limits ------------------------------------------------------------------------------------------------


def test_the_limits_shown_are_the_measured_ones_and_are_kept_with_the_answer(at_home: Client, patient):
    sheet = limits_sheet(SUMMARY, language="en")
    shown = governed.measured(use=SUMMARY, method="extractive", language="en")["risk_affirmed_shown"]
    missed = round(100 * (1 - shown.value))
    assert any(f"missed about {missed} in 100" in limit.text for limit in sheet.limits)
    page = at_home.get(f"/my/consent/{SUMMARY}/").content.decode()
    for limit in sheet.limits:
        assert limit.text in page and limit.evidence in page
    assert "Not verified: only its makers have tested this." in page
    at_home.post(f"/my/consent/{SUMMARY}/", yes())
    assert [limit["text"] for limit in ConsentRecord.objects.get().limits_shown] == [
        limit.text for limit in sheet.limits
    ]


def test_stale_evidence_takes_the_sheet_away(at_home: Client, patient, monkeypatch):
    monkeypatch.setattr(governed, "method_digest", lambda client, use: "f" * 64)
    sheet = limits_sheet(SUMMARY, language="en")
    assert sheet.limits == () and sheet.unmeasured == ("extractive",)
    assert "Nobody has measured this as it is now" in at_home.get(f"/my/consent/{SUMMARY}/").content.decode()


# --- the receipt -------------------------------------------------------------------------------------------


def the_receipt(client: Client, kind: str):
    return client.get(f"/my/answers/{ConsentRecord.objects.count()}/receipt.{kind}")


def test_every_answer_has_a_receipt_on_paper_and_for_other_systems(at_home: Client, patient):
    shown = at_home.post(f"/my/consent/{SUMMARY}/", yes(), follow=True).content.decode()
    assert "Receipt of your answer" in shown and "Session summaries" in shown
    printed = the_receipt(at_home, "pdf")
    assert printed["Content-Type"] == "application/pdf"
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.content)).pages).split()
    )
    given = ConsentRecord.objects.get()
    for words in ("Receipt of your answer", "Yes", "Test clinic", str(given.id), "If you say no.", "in 100"):
        assert words in text
    resource = json.loads(the_receipt(at_home, "json").content)
    FhirConsent.model_validate_json(json.dumps(resource))
    assert resource["status"] == "active" and resource["provision"]["type"] == "permit"
    assert resource["patient"]["identifier"]["value"] == "p-1"
    exported = [json.loads(e.facts)["format"] for e in TrailEntry.objects.filter(kind="data_exported")]
    assert exported == ["consent_pdf", "consent_fhir"]


def test_a_receipt_says_that_it_was_a_no_or_was_taken_back(at_home: Client, patient):
    at_home.post(f"/my/consent/{SUMMARY}/", yes())
    at_home.post(f"/my/consent/{SUMMARY}/", {"act": "withdraw"})
    assert json.loads(the_receipt(at_home, "json").content)["status"] == "inactive"
    at_home.post(f"/my/consent/{SUMMARY}/", yes(answer="decline"))
    refused = json.loads(the_receipt(at_home, "json").content)
    assert (refused["status"], refused["provision"]["type"]) == ("rejected", "deny")
    assert "Taken back" in at_home.get("/my/answers/1/").content.decode()


def test_a_chinese_receipt_prints_chinese(client: Client, patient):
    patient.account.language = "zh-hans"
    patient.account.save()
    sign_in(client, patient.account)
    version = consent_text(SUMMARY, language="zh-hans").version
    client.post(f"/my/consent/{SUMMARY}/", {"answer": "agree", "text_version": version, "act": "answer"})
    text = PdfReader(io.BytesIO(the_receipt(client, "pdf").content)).pages[0].extract_text()
    assert "如果您不同意" in text.replace("\n", "")
    assert json.loads(the_receipt(client, "json").content)["language"] == "zh-Hans"


def test_nobody_gets_anothers_receipt(client: Client, patient, nurse):
    web.agree(web.make_patient("p-2"), by=nurse)
    sign_in(client, patient.account)
    assert client.get("/my/answers/1/").status_code == 404
    assert client.get("/my/answers/1/receipt.pdf").status_code == 404


@pytest.mark.parametrize(
    "broken",
    [
        {"status": "fine"},
        {"policyRule": None},
        {"patient": None},
        {"category": []},
        {"dateTime": "yesterday"},
        {"surprise": 1},
        {"provision": {"type": "permit", "code": [{"text": "x"}], "period": {"start": "2026-02-01T00:00:00Z", "end": "2026-01-01T00:00:00Z"}}},
    ],
)  # fmt: skip
def test_what_breaks_a_rule_of_fhir_is_refused(patient, nurse, broken):
    good = as_fhir(web.agree(patient, by=nurse)).as_json()
    FhirConsent.model_validate_json(json.dumps(good))
    with pytest.raises(ValueError):
        FhirConsent.model_validate_json(json.dumps(good | broken))


# --- a guardian, and the young person's own word -------------------------------------------------------------


@pytest.fixture
def juno(nurse):
    web.switch_on()
    return young(datetime.now(UTC).date() - timedelta(days=16 * 365))


def test_a_young_persons_yes_alone_does_not_count(client: Client, juno, nurse):
    sign_in(client, juno.account)
    page = client.post(f"/my/consent/{SUMMARY}/", yes(), follow=True).content.decode()
    assert "A parent or guardian must say yes too." in page
    assert rule_against(juno, by=nurse) == "consent.guardian_needed"


def test_a_guardian_agrees_and_the_young_person_completes_it_in_their_own_account(
    client: Client, juno, nurse
):
    mother = parent_of(juno, by=nurse)
    sign_in(client, nurse)
    page = f"/patients/{juno.ref}/consent/{SUMMARY}/"
    assert client.post(page, yes(how="on_paper")).status_code == 422, (
        "who said yes, and what the patient says"
    )
    client.post(page, yes(how="on_paper", authority=str(mother.id), own_word="not_asked"))
    assert rule_against(juno, by=nurse) == "consent.own_word_needed"
    client.logout()
    sign_in(client, juno.account)
    assert "It counts only when you say yes too" in client.get(f"/my/consent/{SUMMARY}/").content.decode()
    client.post(f"/my/consent/{SUMMARY}/", yes())
    given = ConsentRecord.objects.latest("answered_at")
    assert (given.given_by, given.authority_id, given.own_word) == ("guardian", mother.id, "agrees")
    web.upload(juno, by=nurse)
    assert standing_consent(juno.ref, SUMMARY)


def test_nobody_says_yes_against_a_young_person(client: Client, juno, nurse):
    mother = parent_of(juno, by=nurse)
    sign_in(client, nurse)
    posted = yes(how="on_paper", authority=str(mother.id), own_word="objects")
    assert client.post(f"/patients/{juno.ref}/consent/{SUMMARY}/", posted).status_code == 422
    assert not ConsentRecord.objects.exists()


def test_the_eighteenth_birthday_ends_what_a_guardian_agreed_to(client: Client, nurse, monkeypatch):
    web.switch_on()
    today = datetime.now(UTC).date()
    juno = young(date(today.year - 18, today.month, today.day) + timedelta(days=3))
    mother = parent_of(juno, by=nurse)
    sign_in(client, nurse)
    client.post(
        f"/patients/{juno.ref}/consent/{SUMMARY}/",
        yes(how="on_paper", authority=str(mother.id), own_word="agrees"),
    )
    web.upload(juno, by=nurse)
    the_clock_says(monkeypatch, datetime.now(UTC) + timedelta(days=3))
    assert rule_against(juno, by=nurse) == "consent.came_of_age"
    assert standing_consent(juno.ref, SUMMARY) is None
    own = Client()
    sign_in(own, juno.account)
    assert "You are 18 now" in own.get(f"/my/consent/{SUMMARY}/").content.decode()
    own.post(f"/my/consent/{SUMMARY}/", yes())
    web.upload(juno, by=nurse)


def test_without_an_age_on_record_the_limits_for_minors_hold(nurse):
    person = add_patient(
        ref="p-x", details={"name": "X", "born": None, "pronoun": ""}, account=None, by=nurse
    )
    assert person.age_on(datetime.now(UTC).date()) is None
    assert deciding_of(person, datetime.now(UTC)).by == "guardian"


def test_a_year_of_birth_alone_gives_the_lower_of_two_ages(nurse):
    person = add_patient(
        ref="p-x", details={"name": "X", "born": 2008, "pronoun": ""}, account=None, by=nurse
    )
    assert [person.age_on(day) for day in (date(2026, 12, 30), date(2026, 12, 31))] == [17, 18]


# --- capacity ------------------------------------------------------------------------------------------------


def test_a_lapse_of_capacity_waits_for_who_may_decide_and_gaining_it_back_for_the_patient(
    client: Client, patient, nurse
):
    web.agree(patient, by=nurse)
    soon = datetime.now(UTC).date() + timedelta(days=30)
    record_capacity(patient, can_decide=False, review_on=soon, by=nurse)
    assert rule_against(patient, by=nurse) == "consent.representative_needed"
    attorney = parent_of(patient, by=nurse, authority="attorney", uses=[SUMMARY])
    sign_in(client, nurse)
    client.post(
        f"/patients/p-1/consent/{SUMMARY}/",
        yes(how="on_paper", authority=str(attorney.id), own_word="does_not_object"),
    )
    web.upload(patient, by=nurse)
    client.post("/patients/p-1/who-decides/", {"act": "end", "representative": str(attorney.id)})
    assert rule_against(patient, by=nurse) == "consent.authority_over"
    record_capacity(patient, can_decide=True, review_on=None, by=nurse)
    assert rule_against(patient, by=nurse) == "consent.capacity_back"
    web.agree(patient, by=nurse)
    web.upload(patient, by=nurse)
    assert {"capacity_recorded", "representative_named", "representation_ended"} <= set(web.kinds())
    assert web.trail_is_whole()


def test_a_patient_who_cannot_decide_can_still_say_no(client: Client, patient, nurse):
    record_capacity(
        patient, can_decide=False, review_on=datetime.now(UTC).date() + timedelta(days=30), by=nurse
    )
    attorney = parent_of(patient, by=nurse, authority="attorney")
    sign_in(client, nurse)
    client.post(
        f"/patients/p-1/consent/{SUMMARY}/",
        yes(how="on_paper", authority=str(attorney.id), own_word="does_not_object"),
    )
    draft = web.drafted(patient, by=nurse)
    own = Client()
    sign_in(own, patient.account)
    own.post(f"/my/consent/{SUMMARY}/", {"act": "withdraw"})
    draft.refresh_from_db()
    assert draft.state == "discarded"
    assert rule_against(patient, by=nurse) == "consent.withdrawn"


def test_when_the_day_to_look_again_has_passed_no_yes_counts_and_the_team_was_asked_once(
    patient, nurse, monkeypatch
):
    web.agree(patient, by=nurse)
    record_capacity(
        patient, can_decide=True, review_on=datetime.now(UTC).date() + timedelta(days=20), by=nurse
    )
    assert look_over_consents() == 0
    the_clock_says(monkeypatch, datetime.now(UTC) + timedelta(days=8))
    assert [look_over_consents(), look_over_consents()] == [1, 0]
    assert tasks("consent_review") == 1
    TeamTask.objects.update(state="done")
    the_clock_says(monkeypatch, datetime.now(UTC) + timedelta(days=21))
    assert look_over_consents() == 0, "nobody is asked twice about one day"
    assert rule_against(patient, by=nurse) == "consent.capacity_review"


def test_what_a_clinician_found_is_in_no_trail_and_goes_with_the_patients_content(patient, nurse):
    row = record_capacity(patient, can_decide=False, review_on=date(2100, 1, 1), by=nurse)
    who = parent_of(patient, by=nurse, authority="court")
    facts = TrailEntry.objects.get(kind="capacity_recorded").facts
    assert set(json.loads(facts)) == {"capacity", "review_at"}
    erase(patient, by=patient.account)
    row.refresh_from_db()
    who.refresh_from_db()
    assert row.can_decide is None and not who.who


def test_a_clinician_records_who_decides(client: Client, patient, nurse):
    sign_in(client, nurse)
    page = "/patients/p-1/who-decides/"
    assert "The patient decides for themselves." in client.get(page).content.decode()
    assert client.post(page, {"act": "capacity", "can_decide": "no"}).status_code == 422
    assert (
        client.post(page, {"act": "capacity", "can_decide": "no", "review_on": "2020-01-01"}).status_code
        == 422
    )
    assert (
        client.post(page, {"act": "capacity", "can_decide": "no", "review_on": "2100-01-01"}).status_code
        == 302
    )
    named = {
        "act": "representative",
        "name": "Imara",
        "relation": "sister",
        "document": "Order 12",
        "authority": "court",
    }
    assert client.post(page, named | {"authority": ""}).status_code == 422
    assert client.post(page, named).status_code == 302
    shown = client.get(page).content.decode()
    assert "A representative decides" in shown and "Order 12" in shown
    assert "Imara" not in "".join(TrailEntry.objects.values_list("facts", flat=True))


# --- what ends by itself -------------------------------------------------------------------------------------


def test_before_a_consent_ends_the_team_is_asked_once_and_the_patients_page_says_so(
    client, patient, nurse, monkeypatch
):
    web.agree(patient, by=nurse)
    sign_in(client, patient.account)
    assert "Your yes ends soon" not in client.get(f"/my/consent/{SUMMARY}/").content.decode()
    ConsentRecord.objects.update(expires_at=datetime.now(UTC) + timedelta(days=10))
    assert [look_over_consents(), look_over_consents()] == [1, 0]
    page = client.get(f"/my/consent/{SUMMARY}/").content.decode()
    assert "Your yes ends soon" in page and "Record this answer" in page
    the_clock_says(monkeypatch, datetime.now(UTC) + timedelta(days=11))
    look_over_consents()
    look_over_consents()
    assert web.kinds().count("consent_expired") == 1
    assert rule_against(patient, by=nurse) == "consent.expired"


def test_the_team_is_asked_before_a_birthday_and_before_an_authority_ends(nurse):
    web.switch_on()
    today = datetime.now(UTC).date()
    juno = young(date(today.year - 18, today.month, today.day) + timedelta(days=9))
    mother = parent_of(juno, by=nurse, until=today + timedelta(days=5))
    assert look_over_consents() == 1
    ConsentRecord.objects.all().delete()
    given = web.agree(juno, by=nurse)
    ConsentRecord.objects.filter(pk=given.pk).update(
        given_by="guardian", authority_id=mother.id, own_word="agrees"
    )
    assert [look_over_consents(), look_over_consents()] == [1, 0]
    assert tasks("consent_review") == 1, "one task while it is open"


# --- what the patient wishes for, and no AI ------------------------------------------------------------------


def test_two_questions_with_nothing_chosen_and_skipping_is_fine(at_home: Client, patient, monkeypatch):
    page = at_home.get("/my/preferences/").content.decode()
    assert page.count('type="radio"') == 6 and not re.search(r"<input[^>]*\bchecked\b", page)
    assert is_due("p-1") and preference_of("p-1") is None
    assert at_home.post("/my/preferences/", {"act": "answer", "help_wanted": "talk"}).status_code == 422
    at_home.post("/my/preferences/", {"act": "skip"})
    assert preference_of("p-1") is None and not is_due("p-1")
    at_home.post("/my/preferences/", {"act": "answer", "help_wanted": "talk", "human_contact": "more"})
    assert preference_of("p-1") == Preference("talk", "more")
    assert preference_of("p-1").wants_people
    the_clock_says(monkeypatch, datetime.now(UTC) + timedelta(days=183))
    assert is_due("p-1")


def test_use_no_ai_takes_back_everything_in_one_act_and_tells_the_team(at_home: Client, patient, nurse):
    for use in (SUMMARY, "draft_document"):
        web.agree(patient, by=nurse, use=use)
    draft = web.drafted(patient, by=nurse)
    assert at_home.get("/my/no-ai/").status_code == 200
    assert ConsentRecord.objects.filter(withdrawn_at=None).count() == 2, "looking is no act"
    at_home.post("/my/no-ai/")
    draft.refresh_from_db()
    assert draft.state == "discarded"
    assert not ConsentRecord.objects.filter(withdrawn_at=None).exists()
    assert tasks("no_ai_please") == 1
    at_home.post("/my/no-ai/")
    assert tasks("no_ai_please") == 1


def test_withdrawing_one_use_leaves_the_work_of_another(at_home: Client, patient, nurse):
    web.agree(patient, by=nurse)
    web.agree(patient, by=nurse, use=ASK)
    draft = web.drafted(patient, by=nurse)
    at_home.post(f"/my/consent/{ASK}/", {"act": "withdraw"})
    assert Draft.objects.get(pk=draft.pk).state == "in_review"


def test_every_preference_is_gone_after_erasure(at_home: Client, patient):
    at_home.post("/my/preferences/", {"act": "answer", "help_wanted": "talk", "human_contact": "more"})
    at_home.post("/my/erasure/", {"sure": "yes"})
    assert set(PreferenceAnswer.objects.values_list("help_wanted", "human_contact")) == {("", "")}
