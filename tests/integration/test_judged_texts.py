"""The pages of a judged text: the clinician's judgement first and for good, the model's comment beside it, and why there is none."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

import web
from model_server import completion, serving
from people import make_person, sign_in
from signing import made_key, pack_for, public_hex, signed
from thirdchair.measures.estimate import Estimate
from thirdchair_web.accounts.keys import make_key, open_key
from thirdchair_web.accounts.models import ApiKey
from thirdchair_web.api.bodies import read_body
from thirdchair_web.api.calls import opened
from thirdchair_web.api.errors import Problem
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.governance import comment_counts as counting
from thirdchair_web.governance.actions import switch_use
from thirdchair_web.patient.own_data import everything_about
from thirdchair_web.review import judging, judging_pages
from thirdchair_web.review.erasure import erase, withdraw_consent
from thirdchair_web.review.models import CommentOpening, JudgedCase, Judgement, ModelComment
from thirdchair_web.trail.models import TrailEntry

pytestmark = pytest.mark.django_db(transaction=True)

RISK = "rate_suicide_risk"
TEXT = "Ines sleeps badly. She says the mornings are the hardest."
REPLY = {
    "level": 1,
    "probability": 0.12,
    "psychache": 0.5,
    "ideation": 0.1,
    "attempt_likelihood": 0.02,
    "resilience": 0.6,
    "quotes": ["the mornings are the hardest", "she is safe at home"],
}
REPLIES: dict[str, dict[str, Any]] = {
    RISK: REPLY,
    "predict_crisis": {"crisis": False, "probability": 0.1, "quotes": []},
    "estimate_prognosis": {
        "with_treatment": 3,
        "without_treatment": 5,
        "outcomes": dict.fromkeys(
            [
                "understands_others", "lasting_partnership", "caring_parent", "works_well", "creative",
                "violent", "drinks_too_much", "takes_drugs", "few_friends", "attempts_suicide",
            ],
            0,
        ),
        "quotes": [],
    },
    "interpret_emotion": {"own": "Weariness and shame.", "other": "", "quotes": ["sleeps badly"]},
}  # fmt: skip
GIVEN: dict[str, dict[str, Any]] = {
    RISK: {"level": "3", "words": "She looked away when I asked."},
    "predict_crisis": {"expected": "1", "words": "", "horizon_days": "14"},
    "estimate_prognosis": {"with_treatment": "1", "without_treatment": "4", "words": ""},
    "interpret_emotion": {"own": "Tiredness.", "other": ""},
}
EVERY_USE = pytest.mark.parametrize("use", list(GIVEN))


@pytest.fixture
def ward(settings):
    """A service with a model, a nurse who has signed in, and a patient; no use is switched on yet."""
    with serving() as server:
        settings.THIRDCHAIR = settings.THIRDCHAIR.model_copy(
            update={"model_base_url": server.address, "model_name": "ward", "model_digest": "a" * 64}
        )
        nurse = web.make_clinician()
        client = Client()
        sign_in(client, nurse)
        yield SimpleNamespace(
            server=server,
            nurse=nurse,
            client=client,
            patient=web.make_patient(),
            lead=make_person("service_lead"),
        )


@pytest.fixture
def open_ward(ward, request):
    """The same, with every use of comments cleared, switched on and agreed to."""
    request.getfixturevalue("cleared")
    for use in GIVEN:
        switch_use(use, on=True, by=ward.lead)
        web.agree(ward.patient, by=ward.nurse, use=use)
    return ward


def judge(ward, use: str = RISK, *, author: str = "patient", text: str = TEXT, **more: Any) -> JudgedCase:
    """The nurse's own judgement, given on the page."""
    answer = ward.client.post(
        reverse("new-case", args=["p-1", use]),
        {
            "submission": str(uuid.uuid4()),
            "text": text,
            "author": author,
            "history": "",
            **GIVEN[use],
            **more,
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    return JudgedCase.objects.get(pk=answer.url.rstrip("/").rpartition("/")[2])


def ask(ward, case: JudgedCase, *replies: Any, client: Client | None = None):
    """Asks for a comment; the model gives these replies."""
    ward.server.answers = [completion(one if isinstance(one, str) else json.dumps(one)) for one in replies]
    return (client or ward.client).post(
        reverse("judged-case", args=[case.id]), {"act": "ask", "method": "ward"}
    )


def bring_in_evidence(ward) -> None:
    """A lab whose key is registered signs that this model meets every requirement of the rating."""
    from thirdchair.gateway import method_digest
    from thirdchair_web.governance.evidence import import_pack, register_key
    from thirdchair_web.governance.methods import clients

    key = made_key()
    register_key(public_hex(key), holder="Lab of Dr Ito", by=ward.lead)
    digest = method_digest(clients()["ward"], RISK)
    import_pack(signed(pack_for(RISK, method="ward", method_digest=digest), key), by=ward.lead)


def page(ward, case: JudgedCase, client: Client | None = None) -> str:
    """The page of a judged text."""
    answer = (client or ward.client).get(reverse("judged-case", args=[case.id]))
    assert answer.status_code == 200
    return answer.content.decode()


def facts(kind: str) -> list[dict[str, Any]]:
    """The facts of every entry of a kind."""
    return [json.loads(entry.facts) for entry in TrailEntry.objects.filter(kind=kind).order_by("seq")]


class TestWhereNoModelMayComment:
    @EVERY_USE
    def test_the_page_says_why_and_the_judgement_is_recorded_all_the_same(self, ward, use):
        shown = ward.client.get(reverse("new-case", args=["p-1", use])).content.decode()
        assert "No model may comment here now" in shown
        assert "is not switched on in this service" in shown
        assert "No evidence shows what" in shown
        assert "ask a colleague" in shown
        case = judge(ward, use)
        assert case.judgements.count() == 1
        assert "No model may comment here now" in page(ward, case)
        assert "Ask for a comment" not in page(ward, case)
        assert not ward.server.requests
        assert web.trail_is_whole()

    def test_asking_all_the_same_is_refused_and_no_model_is_asked(self, ward):
        case = judge(ward)
        answer = ask(ward, case, REPLY)
        assert answer.status_code == 403
        assert "switch.off" in answer.content.decode()
        assert not ward.server.requests
        assert not ModelComment.objects.exists()
        assert facts("use_requested")[-1]["decision"] == "refused"

    def test_a_patient_who_has_not_agreed_is_not_read_by_a_model(self, open_ward):
        withdraw_consent(open_ward.patient, use=RISK, by=open_ward.nurse)
        case = judge(open_ward)
        assert ask(open_ward, case, REPLY).status_code == 403
        assert not open_ward.server.requests
        assert "withdrew consent" in page(open_ward, case)

    def test_a_nurse_whose_licence_ran_out_judges_and_gets_no_comment(self, open_ward):
        open_ward.nurse.licence_expires = datetime(2020, 1, 1, tzinfo=UTC).date()
        open_ward.nurse.save()
        case = judge(open_ward)
        assert "sign.licence" in page(open_ward, case)
        assert ask(open_ward, case, REPLY).status_code == 403
        assert not open_ward.server.requests


class TestTheOwnJudgementComesFirst:
    @EVERY_USE
    def test_a_comment_stands_beside_the_judgement_and_changes_nothing_of_it(self, open_ward, use):
        case = judge(open_ward, use)
        before = bytes(case.judgements.get().given)
        assert ask(open_ward, case, REPLIES[use]).status_code == 302
        shown = page(open_ward, case)
        assert "A comment, not a rating" in shown
        assert "Given before any comment was seen" in shown
        kept = case.judgements.get()
        assert bytes(kept.given) == before
        assert not kept.after_comment
        assert web.trail_is_whole()

    def test_a_colleague_sees_neither_before_judging_for_themselves(self, open_ward):
        case = judge(open_ward)
        ask(open_ward, case, REPLY)
        colleague = web.make_clinician("psychiatrist")
        client = Client()
        sign_in(client, colleague)
        shown = page(open_ward, case, client)
        assert "once you have recorded your own" in shown
        assert "She looked away" not in shown
        assert "hardest</blockquote>" not in shown
        assert ask(open_ward, case, REPLY, client=client).status_code == 409
        assert not CommentOpening.objects.filter(reader=colleague).exists()
        client.post(reverse("judged-case", args=[case.id]), {"act": "judge", "level": "2", "words": ""})
        shown = page(open_ward, case, client)
        assert "She looked away" in shown
        assert "hardest</blockquote>" in shown
        assert case.judgements.get(given_by=colleague).after_comment is False
        assert case.judgements.get(given_by=colleague).difference == -1

    def test_a_later_judgement_is_new_dated_and_keeps_the_first(self, open_ward):
        case = judge(open_ward)
        ask(open_ward, case, REPLY)
        page(open_ward, case)
        again = {"act": "judge", "level": "2", "words": "I asked her again."}
        assert open_ward.client.post(reverse("judged-case", args=[case.id]), again).status_code == 302
        first, second = case.judgements.all()
        assert (first.read()["level"], second.read()["level"]) == (3, 2)
        assert (first.after_comment, second.after_comment) == (False, True)
        shown = page(open_ward, case)
        assert "Given before any comment was seen" in shown
        assert "Given after the model" in shown
        assert facts("judgement_recorded")[-1]["moved"] == "down"

    def test_a_judgement_left_out_or_of_no_level_is_none(self, open_ward):
        address = reverse("new-case", args=["p-1", RISK])
        for level in ("", "5", "-1", "high"):
            given = {"submission": str(uuid.uuid4()), "text": TEXT, "author": "patient", "level": level}
            assert open_ward.client.post(address, given).status_code == 422
        assert not JudgedCase.objects.exists()
        case = judge(open_ward)
        answer = open_ward.client.post(reverse("judged-case", args=[case.id]), {"act": "judge", "level": "9"})
        assert answer.status_code == 422
        assert case.judgements.count() == 1

    def test_a_text_longer_than_one_reading_is_not_taken(self, open_ward):
        given = {"submission": str(uuid.uuid4()), "text": "so " * 4_001, "author": "patient", **GIVEN[RISK]}
        answer = open_ward.client.post(reverse("new-case", args=["p-1", RISK]), given)
        assert answer.status_code == 422
        assert "too long for one reading" in answer.content.decode()

    def test_the_same_form_sent_twice_keeps_one(self, open_ward):
        number = str(uuid.uuid4())
        assert judge(open_ward, submission=number) == judge(open_ward, submission=number)
        assert Judgement.objects.count() == 1
        web.make_patient("p-2")
        answer = open_ward.client.post(
            reverse("new-case", args=["p-2", RISK]),
            {"submission": number, "text": TEXT, "author": "patient", **GIVEN[RISK]},
        )
        assert answer.status_code == 409


class TestDisagreementIsKept:
    def test_how_far_apart_they_are_is_kept_and_nothing_is_averaged(self, open_ward):
        case = judge(open_ward)
        ask(open_ward, case, REPLY)
        judgement = case.judgements.get()
        assert (judgement.read()["level"], judgement.difference) == (3, -2)
        shown = page(open_ward, case)
        assert "2 steps lower than your judgement" in shown
        assert "A lower comment is no sign of safety" in shown
        assert facts("comment_made")[0]["differs"] is True

    @pytest.mark.parametrize(
        ("use", "given", "said", "words"),
        [
            (RISK, {"level": "1"}, {}, "the same as your judgement"),
            (RISK, {"level": "0"}, {}, "1 step higher than your judgement"),
            ("predict_crisis", {"expected": "1"}, {}, "You said yes; the model says no."),
            ("predict_crisis", {"expected": "0"}, {"crisis": True}, "You said no; the model says yes."),
            ("estimate_prognosis", {"with_treatment": "5"}, {}, "2 steps brighter than you do"),
        ],
    )
    def test_how_far_apart_they_are_is_said_in_words(self, open_ward, use, given, said, words):
        case = judge(open_ward, use, **given)
        ask(open_ward, case, REPLIES[use] | said)
        assert words in page(open_ward, case)

    def test_feelings_have_no_steps_to_be_apart_on(self, open_ward):
        case = judge(open_ward, "interpret_emotion")
        ask(open_ward, case, REPLIES["interpret_emotion"])
        assert case.judgements.get().difference is None
        assert facts("comment_made")[0]["differs"] is None

    def test_a_darker_prognosis_is_shown_with_a_word_of_hope(self, open_ward):
        case = judge(open_ward, "estimate_prognosis")
        ask(open_ward, case, REPLIES["estimate_prognosis"])
        shown = page(open_ward, case)
        assert "2 steps darker than you do" in shown
        assert "Many people recover" in shown

    def test_the_service_counts_them_and_shows_none_below_ten(self, open_ward, monkeypatch):
        case = judge(open_ward)
        ask(open_ward, case, REPLY)
        page(open_ward, case)
        open_ward.client.post(
            reverse("judged-case", args=[case.id]), {"act": "judge", "level": "1", "words": ""}
        )
        lead = Client()
        sign_in(lead, open_ward.lead)
        assert "Fewer than 10 comments so far" in lead.get(reverse("use", args=[RISK])).content.decode()
        monkeypatch.setattr(counting, "FEWEST", 1)
        counts = counting.comment_counts(RISK)
        assert counts is not None
        assert (counts.judgements, counts.total, counts.compared, counts.differed) == (2, 1, 1, 1)
        assert (counts.up, counts.down, counts.unmoved, counts.without_reading) == (0, 1, 0, 0)
        assert "1 of 1" in lead.get(reverse("use", args=[RISK])).content.decode()


class TestWhatTheModelSays:
    def test_what_it_quotes_from_nowhere_is_dropped_and_said(self, open_ward):
        case = judge(open_ward)
        ask(open_ward, case, REPLY)
        shown = page(open_ward, case)
        assert "the mornings are the hardest</blockquote>" in shown
        assert "she is safe at home" not in shown
        assert "does not stand in the text and was dropped" in shown

    @pytest.mark.parametrize(
        ("replies", "words"),
        [
            (["I'm sorry, I cannot rate people."], "refused to comment"),
            (["level three", "level three"], "not in the form asked for"),
        ],
    )
    def test_no_reading_is_said_in_words_and_may_be_asked_for_again(self, open_ward, replies, words):
        case = judge(open_ward)
        assert ask(open_ward, case, *replies).status_code == 302
        shown = page(open_ward, case)
        assert words in shown
        assert "Ask for a comment" in shown
        assert case.judgements.get().difference is None
        assert ask(open_ward, case, REPLY).status_code == 302
        assert "2 steps lower" in page(open_ward, case)

    def test_a_second_comment_is_not_given(self, open_ward):
        case = judge(open_ward)
        ask(open_ward, case, REPLY)
        answer = ask(open_ward, case, {**REPLY, "level": 4})
        assert answer.status_code == 409
        assert "comment.given" in answer.content.decode()
        assert ModelComment.objects.count() == 1

    def test_names_never_reach_the_model(self, open_ward):
        case = judge(open_ward, text="Ines Calloway sleeps badly.")
        ask(open_ward, case, REPLY)
        sent = json.dumps([body for _, _, body in open_ward.server.requests])
        assert "sleeps badly" in sent
        assert "Ines" not in sent
        assert "Calloway" not in sent

    def test_a_model_that_cannot_be_reached_leaves_the_judgement_alone(self, open_ward):
        case = judge(open_ward)
        answer = ask(open_ward, case)
        assert answer.status_code == 503
        assert "could not be reached" in answer.content.decode()
        assert case.judgements.count() == 1
        assert web.kinds()[-1] == "work_failed"

    def test_a_check_that_cannot_run_is_said_and_nothing_is_shown(self, open_ward, monkeypatch):
        def broken(text: str) -> None:
            raise RuntimeError(text)

        case = judge(open_ward)
        monkeypatch.setattr("thirdchair.gateway.commenting.instructions_in", broken)
        answer = ask(open_ward, case, REPLY)
        assert answer.status_code == 503
        assert "A check could not run" in answer.content.decode()
        assert not ModelComment.objects.exists()

    def test_a_method_that_is_not_here_is_not_found(self, open_ward):
        case = judge(open_ward)
        address = reverse("judged-case", args=[case.id])
        assert open_ward.client.post(address, {"act": "ask", "method": "nobody"}).status_code == 404

    def test_who_asks_too_often_is_asked_to_wait(self, open_ward, settings):
        settings.ACCOUNT_RATE_LIMITS = {"ask_comment": "1/m/user"}
        case = judge(open_ward)
        ask(open_ward, case, "well", "well")
        assert ask(open_ward, case, REPLY).status_code == 429

    def test_the_error_it_was_measured_with_stands_beside_it(self, open_ward, monkeypatch):
        found = Estimate(
            0.97, 0.951, 0.98, 300, 300, "share", "higher", "our vignettes", "ward", "2026-11-30", 1, "Wilson"
        )
        monkeypatch.setattr(judging_pages, "measured", lambda **asked: {"not_under_triaged": found})
        case = judge(open_ward)
        ask(open_ward, case, REPLY)
        shown = page(open_ward, case)
        assert "share of people in high danger who were not rated below it" in shown
        assert "0.95–0.98" in shown
        assert "300" in shown
        assert "our vignettes" in shown

    def test_an_unmeasured_method_is_said_to_be_one(self, open_ward):
        case = judge(open_ward)
        ask(open_ward, case, REPLY)
        assert "has not been measured as it is now" in page(open_ward, case)


class TestDanger:
    DANGER = "She told me that she wants to kill herself and has a plan."

    def test_an_alert_is_raised_with_the_judgement_once_and_no_model_is_needed(self, ward):
        case = judge(ward, author="staff", text=self.DANGER)
        alert = CrisisAlert.objects.get()
        assert alert.patient_ref == "p-1"
        kinds = web.kinds()
        assert kinds.index("alert_raised") < kinds.index("judgement_recorded")
        ask(ward, case, REPLY)
        assert CrisisAlert.objects.count() == 1
        shown = ward.client.get(reverse("alert", args=[alert.id])).content.decode()
        assert "wants to kill herself" in shown
        assert "may not be the patient" in shown

    def test_a_form_with_another_patients_number_hides_nobodys_alert(self, ward):
        number = str(uuid.uuid4())
        judge(ward, author="staff", text=self.DANGER, submission=number)
        web.make_patient("p-2")
        ward.client.post(
            reverse("new-case", args=["p-2", RISK]),
            {"submission": number, "text": self.DANGER, "author": "staff", **GIVEN[RISK]},
        )
        assert set(CrisisAlert.objects.values_list("patient_ref", flat=True)) == {"p-1", "p-2"}

    def test_a_screen_that_cannot_run_stores_nothing_and_says_what_to_do(self, ward, monkeypatch):
        def broken(text: str) -> None:
            raise RuntimeError(text)

        monkeypatch.setattr("thirdchair.gateway.commenting.screen", broken)
        answer = ward.client.post(
            reverse("new-case", args=["p-1", RISK]),
            {"submission": str(uuid.uuid4()), "text": TEXT, "author": "patient", **GIVEN[RISK]},
        )
        assert answer.status_code == 503
        assert "If you are worried, act now" in answer.content.decode()
        assert not JudgedCase.objects.exists()

    def test_the_page_says_that_someone_was_alerted_and_that_recording_tells_nobody(self, ward):
        case = judge(ward, author="staff", text=self.DANGER)
        shown = page(ward, case)
        assert "The on-call person was alerted" in shown
        assert reverse("alert", args=[CrisisAlert.objects.get().id]) in shown
        assert "Recording it here tells nobody" in shown
        calm = page(ward, judge(ward, level="2"))
        assert "The on-call person was alerted" not in calm
        assert "Recording it here tells nobody" not in calm
        assert "Recording it here tells nobody" in page(ward, judge(ward, "predict_crisis"))
        assert "Recording it here tells nobody" not in page(ward, judge(ward, "estimate_prognosis"))


class TestASignedPackOpensAndCloses:
    def test_a_pack_from_the_lab_opens_the_use_and_its_figures_stand_beside_the_comment(self, ward):
        switch_use(RISK, on=True, by=ward.lead)
        web.agree(ward.patient, by=ward.nurse, use=RISK)
        case = judge(ward)
        assert "Ask for a comment" not in page(ward, case)
        bring_in_evidence(ward)
        assert "Ask for a comment" in page(ward, case)
        assert ask(ward, case, REPLY).status_code == 302
        shown = page(ward, case)
        assert "made by a test" in shown
        assert "0.99–1.00" in shown
        assert "400" in shown

    def test_one_character_of_its_prompt_closes_it_again(self, ward, monkeypatch):
        from thirdchair.uses import USES
        from thirdchair_web.governance import methods

        switch_use(RISK, on=True, by=ward.lead)
        web.agree(ward.patient, by=ward.nurse, use=RISK)
        bring_in_evidence(ward)
        changed = dict(USES) | {RISK: replace(USES[RISK], prompt=USES[RISK].prompt + " ")}
        monkeypatch.setattr(methods, "USES", changed)
        methods._known_at.cache_clear()
        case = judge(ward)
        assert "clearance.stale" in page(ward, case)
        assert ask(ward, case, REPLY).status_code == 403
        assert not ward.server.requests
        methods._known_at.cache_clear()


class TestFeelingsAreReadInThePatientsOwnWordsAlone:
    @pytest.mark.parametrize("author", ["staff", "unknown"])
    def test_words_of_staff_are_never_read(self, open_ward, author):
        case = judge(open_ward, "interpret_emotion", author=author)
        assert "words.not_the_patients" in page(open_ward, case)
        assert ask(open_ward, case, REPLIES["interpret_emotion"]).status_code == 403
        assert not open_ward.server.requests

    def test_it_has_a_switch_of_its_own(self, open_ward):
        switch_use("interpret_emotion", on=False, by=open_ward.lead)
        case = judge(open_ward, "interpret_emotion")
        assert ask(open_ward, case, REPLIES["interpret_emotion"]).status_code == 403
        assert ask(open_ward, judge(open_ward), REPLY).status_code == 302

    def test_the_patients_own_words_of_a_session_can_be_taken_over(self, open_ward):
        web.switch_on(open_ward.lead)
        web.agree(open_ward.patient, by=open_ward.nurse)
        run = web.upload(open_ward.patient, by=open_ward.nurse)
        shown = open_ward.client.get(
            reverse("new-case", args=["p-1", "interpret_emotion"]), {"session": str(run.encounter_id)}
        ).content.decode()
        assert "I wake at four most mornings" in shown
        assert "How have you been sleeping" not in shown


class TestWhoElse:
    def test_no_key_and_no_program_gets_a_comment(self, open_ward):
        with pytest.raises(ValidationError, match="own judgement comes first"):
            make_key(open_ward.nurse, [RISK], by="operator")

    def test_a_key_that_was_given_the_use_all_the_same_opens_nothing(self, open_ward):
        made = make_key(open_ward.nurse, ["draft_document"], by="operator")
        ApiKey.objects.update(uses=[RISK])
        asked = {"model": f"thirdchair/{RISK}", "messages": [{"role": "user", "content": TEXT}]}
        with pytest.raises(Problem) as problem:
            opened(
                read_body(json.dumps(asked).encode()), {"x-thirdchair-patient": "p-1"}, open_key(made.secret)
            )
        assert (problem.value.status, problem.value.rule) == (403, "comment.own_page")
        assert not open_ward.server.requests

    def test_the_patient_reads_of_it_in_the_ledger_and_gets_it_with_their_data(self, open_ward):
        case = judge(open_ward)
        ask(open_ward, case, REPLY)
        page(open_ward, case)
        own = Client()
        sign_in(own, open_ward.patient.account)
        shown = own.get(reverse("my-ledger")).content.decode()
        assert "recorded their own judgement: Second reading of suicide risk" in shown
        assert "commented beside a clinician" in shown
        (told,) = everything_about(open_ward.patient)["judged_texts"]
        assert told["text"] == TEXT
        assert told["judgements_of_clinicians"][0]["level"] == 3
        assert told["comments_made_by_a_machine_which_are_no_judgements"][0]["reading"]["level"] == 1

    def test_a_patient_is_not_asked_about_what_nobody_may_do(self, ward):
        own = Client()
        sign_in(own, ward.patient.account)
        assert "Second reading" not in own.get(reverse("my-choices")).content.decode()
        switch_use(RISK, on=True, by=ward.lead)
        assert "Second reading of suicide risk" in own.get(reverse("my-choices")).content.decode()

    def test_erasure_takes_text_judgement_comment_and_difference(self, open_ward):
        case = judge(open_ward)
        ask(open_ward, case, REPLY)
        page(open_ward, case)
        erase(open_ward.patient, by=open_ward.patient.account)
        case.refresh_from_db()
        assert bytes(case.told) == b""
        assert bytes(case.judgements.get().given) == b""
        assert case.judgements.get().difference is None
        assert bytes(case.comments.get().said) == b""
        for address in (
            reverse("judged-case", args=[case.id]),
            reverse("new-case", args=["p-1", RISK]),
        ):
            assert open_ward.client.get(address).status_code == 410
        assert (
            open_ward.client.post(
                reverse("judged-case", args=[case.id]), {"act": "judge", "level": "1"}
            ).status_code
            == 410
        )
        assert web.trail_is_whole()

    def test_no_word_of_it_is_in_the_trail_or_in_plain_in_the_database(self, open_ward):
        case = judge(open_ward)
        ask(open_ward, case, REPLY)
        written = "".join(TrailEntry.objects.values_list("facts", flat=True))
        assert "mornings" not in written
        assert "looked away" not in written
        rows = [bytes(row.told) for row in JudgedCase.objects.all()]
        rows += [bytes(row.given) for row in Judgement.objects.all()]
        rows += [bytes(row.said) for row in ModelComment.objects.all()]
        assert not any(b"mornings" in row or b"looked away" in row for row in rows)

    def test_a_use_that_gives_no_comments_has_no_such_page(self, ward):
        assert ward.client.get("/patients/p-1/second-reading/summarise_session/").status_code == 404
        assert ward.client.get("/patients/p-1/second-reading/converse/").status_code == 404


@EVERY_USE
def test_a_difference_is_the_models_step_less_the_clinicians(use):
    step = judging.STEPS.get(use)
    if step is None:
        assert judging.difference_of(use, {"own": "x"}, {"own": "y"}) is None
        return
    assert judging.difference_of(use, {step: 1}, {step: 0}) == 1
    assert judging.difference_of(use, None, {step: 0}) is None
