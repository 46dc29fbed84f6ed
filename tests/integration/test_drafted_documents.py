"""Letters and reports through the door: asked for by a clinician's program, drafted by a model, always a draft."""

from __future__ import annotations

import json
import threading
from contextlib import ExitStack

import pytest

import door
import web
from people import make_person
from stub_model import StubModel, event, pauses, says, sends, stub_model
from thirdchair.records import Language
from thirdchair.uses.draft_document.wording import DRAFT_FOOT, DRAFT_HEAD

pytestmark = pytest.mark.django_db(transaction=True)

USE = "draft_document"
NAMED = f"thirdchair/{USE}"
MATERIAL = "Ines Calloway sleeps four hours a night.\nShe takes sertraline 50 mg every morning."
WORDS = f"Referral letter to the sleep clinic\n\n{MATERIAL}"
REPLY = json.dumps(
    {
        "sentences": [
            {"part": "present_state", "text": "[NAME-1] sleeps four hours a night.", "lines": ["d1"]},
            {"part": "treatment", "text": "She was started on lithium 900 mg.", "lines": ["d2"]},
        ]
    }
)
ABOUT = {"X-Thirdchair-Patient": "p-1"}


class Service:
    """A service with a model, a patient who agreed to letters, and a nurse with a key for them."""

    def __init__(self, address: str) -> None:
        from thirdchair_web.accounts.keys import make_key
        from thirdchair_web.governance.actions import switch_use

        self.nurse, self.lead = web.make_clinician(), make_person("service_lead")
        self.patient = web.make_patient()
        if address:
            door.register(address)
        switch_use(USE, on=True, by=self.lead)
        web.agree(self.patient, by=self.nurse, use=USE)
        self.key = make_key(self.nurse, [USE], by="operator").secret


@pytest.fixture
def served(request: pytest.FixtureRequest):
    """Makes a service whose model does as it is told, and counts as cleared unless a test says otherwise."""
    with ExitStack() as open_ones:

        def make(act, *, cleared: bool = True) -> tuple[Service, StubModel]:
            stub = open_ones.enter_context(stub_model(act))
            service = Service(stub.address)
            if cleared:
                request.getfixturevalue("cleared")
            return service, stub

        yield make


def entries(kind: str) -> list[dict]:
    from thirdchair_web.trail.models import TrailEntry

    return [json.loads(entry.facts) for entry in TrailEntry.objects.filter(kind=kind)]


@pytest.mark.parametrize("stream", [False, True])
def test_a_clinicians_program_is_given_a_draft(stream, served):
    service, stub = served(says(REPLY))
    answered = door.ask(service.key, WORDS, model=NAMED, headers=ABOUT, stream=stream)
    assert answered.is_whole, answered.content
    said = answered.words
    assert said.startswith(DRAFT_HEAD[Language.ENGLISH]) and said.endswith(DRAFT_FOOT[Language.ENGLISH])
    assert "Ines Calloway sleeps four hours a night. [d1]" in said
    assert "lithium 900 mg. [d2] (no support found)" in said
    assert "Ines" not in json.dumps(stub.bodies)
    told = answered.told
    assert (told["kind"], told["method"], told["document"]["kind"]) == (
        "document",
        door.MODEL,
        "referral_letter",
    )
    assert [one["status"] for one in told["document"]["sentences"]] == ["supported", "unsupported"]
    (sent,) = entries("reply_sent")
    assert (sent["kind"], sent["sources"]) == ("document", ["d1", "d2"])
    assert web.trail_is_whole()


def test_the_kind_is_named_by_header_or_metadata_too(served):
    service, _ = served(says(REPLY))
    words = f"To the sleep clinic\n\n{MATERIAL}"
    for named in (
        {"headers": ABOUT | {"X-Thirdchair-Document": "referral_letter"}},
        {"headers": ABOUT, "metadata": {"document": "referral_letter"}},
    ):
        assert door.ask(service.key, words, model=NAMED, **named).status == 200
    unnamed = door.ask(service.key, words, model=NAMED, headers=ABOUT)
    assert (unnamed.status, unnamed.error["code"]) == (403, "document.unknown_kind")


@pytest.mark.parametrize("stream", [False, True])
def test_what_a_person_must_write_is_refused_in_both_languages(stream, served):
    service, stub = served(says(REPLY))
    words = f"Referral letter: break the news to her husband\n\n{MATERIAL}"
    answered = door.ask(service.key, words, model=NAMED, headers=ABOUT, stream=stream)
    assert (answered.status, answered.json["error"]["code"]) == (403, "document.bad_news")
    told = answered.json["error"]["thirdchair"]
    assert "told by a person" in told["reason"] and "由人来告知" in told["translations"]["zh-hans"]["reason"]
    assert stub.bodies == []


def test_it_is_shut_until_a_model_is_cleared(served):
    service, stub = served(says(REPLY), cleared=False)
    for model, rule in ((NAMED, "use.model_only"), (f"{NAMED}:{door.MODEL}", "clearance.missing")):
        answered = door.ask(service.key, WORDS, model=model, headers=ABOUT)
        assert (answered.status, answered.error["code"]) == (403, rule)
        told = answered.error["thirdchair"]
        assert "Letters and reports" in told["reason"]
        assert "信函与报告" in told["translations"]["zh-hans"]["reason"]
    assert stub.bodies == []


def test_without_consent_it_is_said_that_consent_is_missing(served):
    from thirdchair_web.review.erasure import withdraw_consent

    service, stub = served(says(REPLY))
    withdraw_consent(service.patient, use=USE, by=service.nurse)
    answered = door.ask(service.key, WORDS, model=NAMED, headers=ABOUT)
    assert (answered.status, answered.error["code"]) == (403, "consent.withdrawn")
    assert stub.bodies == []


def test_only_a_clinician_has_a_key_for_it():
    from django.core.exceptions import ValidationError

    from thirdchair_web.accounts.keys import make_key

    patient = web.make_patient()
    for account in (patient.account, make_person("service_lead"), make_person("on_call")):
        with pytest.raises(ValidationError, match="may not ask for draft_document"):
            make_key(account, [USE], by="operator")


def test_a_patient_whose_key_opens_it_is_refused_and_in_crisis_shown_the_card(served):
    from thirdchair_web.accounts.keys import make_key
    from thirdchair_web.accounts.models import ApiKey

    service, stub = served(says(REPLY))
    key = make_key(service.patient.account, ["answer_question"], by="operator")
    ApiKey.objects.filter(prefix=key.prefix).update(uses=[USE])  # as when an account changes its role
    refused = door.ask(key.secret, WORDS, model=NAMED)
    assert (refused.status, refused.error["code"]) == (403, "role.request")
    in_danger = door.ask(key.secret, door.DANGER, model=NAMED)
    assert in_danger.told["kind"] == "card" and in_danger.told["alerted"] is True
    assert stub.bodies == []


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("act", [says("I would rather not."), says("{"), sends(b"", status=400)])
def test_a_model_that_fails_gives_no_draft(act, stream, served):
    service, _ = served(act)
    answered = door.ask(service.key, WORDS, model=NAMED, headers=ABOUT, stream=stream)
    assert not answered.is_whole
    assert answered.error["code"] in {"model.unusable", "model.unreachable"}
    assert "I would rather" not in answered.content.decode()
    assert entries("reply_sent") == []


def test_a_client_that_leaves_stops_the_model(served):
    service, stub = served(pauses(REPLY[:50], REPLY[50:]))
    leave = threading.Event()
    threading.Timer(0.5, leave.set).start()
    door.ask(service.key, WORDS, model=NAMED, headers=ABOUT, stream=True, leave=leave)
    assert stub.left.wait(10)
    assert entries("reply_sent") == []


def test_danger_in_the_material_alerts_and_its_words_are_sealed(served):
    from thirdchair_web.crisis.models import CrisisAlert

    danger = "She said that she will kill herself tonight."
    reply = json.dumps({"sentences": [{"part": "risk", "text": danger, "lines": ["d1"]}]})
    service, _ = served(says(reply))
    answered = door.ask(service.key, f"Report\n\n{danger}", model=NAMED, headers=ABOUT)
    assert answered.told["alerted"] is True
    alert = CrisisAlert.objects.get()
    assert danger.encode() not in bytes(alert.words)
    kinds = web.kinds()
    assert kinds.index("alert_raised") < kinds.index("model_called")


def test_the_patient_reads_of_it_in_the_ledger(served):
    from thirdchair_web.patient.ledger import ledger_of

    service, _ = served(says(REPLY))
    door.ask(service.key, WORDS, model=NAMED, headers=ABOUT)
    told = [row.what for row in ledger_of(service.patient)]
    assert "AI was asked for: Letters and reports" in told
    assert "A draft was made, which nobody has signed: Letters and reports" in told


def events(*usages: dict | None):
    """Acts of a model that counts: one for each usage."""

    def act(usage: dict | None):
        told = event(REPLY) + event(finish="stop")
        if usage:
            told += b"data: " + json.dumps({"choices": [], "usage": usage}).encode() + b"\n\n"
        return sends(told + b"data: [DONE]\n\n")

    return [act(usage) for usage in usages]


COUNTED = {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150}
UNCOUNTED = dict.fromkeys(COUNTED, 0)


@pytest.mark.parametrize(("counted", "usage"), [(COUNTED, COUNTED), (None, UNCOUNTED)])
def test_tokens_are_those_the_model_counted(counted, usage, served):
    (act,) = events(counted)
    service, _ = served(act)
    whole = door.ask(service.key, WORDS, model=NAMED, headers=ABOUT)
    assert (whole.json["usage"], whole.told["tokens_counted"]) == (usage, counted is not None)
    plain = door.ask(service.key, WORDS, model=NAMED, headers=ABOUT, stream=True)
    assert all("usage" not in one for one in plain.events)
    asked_for = door.ask(
        service.key, WORDS, model=NAMED, headers=ABOUT, stream=True, stream_options={"include_usage": True}
    )
    assert (asked_for.events[-1]["usage"], asked_for.events[-1]["choices"]) == (usage, [])


def test_tokens_of_two_questions_are_added(served):
    """Asked again since the danger was left out."""
    (act,) = events(COUNTED)
    service, stub = served(act)
    words = f"{WORDS}\nShe said that she hurts herself."
    answered = door.ask(service.key, words, model=NAMED, headers=ABOUT)
    assert len(stub.bodies) == 2
    assert answered.json["usage"] == {name: 2 * count for name, count in COUNTED.items()}


def test_where_no_model_is_asked_nothing_is_counted(served):
    service, _ = served(says(REPLY))
    from thirdchair_web.accounts.keys import make_key
    from thirdchair_web.governance.actions import switch_use

    switch_use("answer_question", on=True, by=service.lead)
    web.agree(service.patient, by=service.nurse, use="answer_question")
    key = make_key(service.patient.account, ["answer_question"], by="operator").secret
    answered = door.ask(key, "What is CBT?", model="thirdchair/answer_question:extractive")
    assert (answered.json["usage"], answered.told["tokens_counted"]) == (UNCOUNTED, False)
