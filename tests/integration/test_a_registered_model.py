"""A model behind an OpenAI-compatible server: shut without evidence; with it, it sees no names and invents nothing unmarked."""

from __future__ import annotations

import json

import pytest

import web
from model_server import completion, serving
from thirdchair.clients.registration import RegisteredModel

pytestmark = pytest.mark.django_db(transaction=True)

REPLY = {
    "sentences": [
        {
            "section": "symptoms_and_history",
            "text": "The patient wakes at four most mornings and cannot get back to sleep.",
            "evidence": ["u2"],
        },
        {
            "section": "plan",
            "text": "The clinician started sertraline at 50 mg.",
            "evidence": ["u7"],
        },
    ],
    "risk": {
        "suicide": {"status": "denied", "evidence": ["u3", "u4"]},
        **{
            topic: {"status": "not_asked", "evidence": []}
            for topic in ("self_harm", "harm_to_others", "substance_use", "abuse")
        },
    },
}


@pytest.fixture
def registered(settings):
    """A registered model that answers with REPLY; undone afterwards."""
    with serving(*[completion(json.dumps(REPLY))] * 8) as server:
        settings.THIRDCHAIR = settings.THIRDCHAIR.model_copy(
            update={"model_base_url": server.address, "model_name": "ward", "model_digest": "a" * 64}
        )
        yield server


@pytest.fixture
def answers_only():
    """A registered model that may see questions, and no session."""
    from thirdchair_web.governance.registering import register_model

    with serving(*[completion(json.dumps(REPLY))] * 8) as server:
        register_model(
            RegisteredModel(
                name="answers-only",
                engine="openai",
                served_as="m",
                base_url=server.address,
                path=None,
                digest="a" * 64,
                digest_kind="operator",
                runs_where="this_host",
                data_classes=frozenset({"question"}),
            ),
            by="operator",
        )
        yield server


def test_a_model_without_evidence_is_shut(registered):
    from thirdchair.policy.decision import UseRefused

    nurse, patient = _ready()
    with pytest.raises(UseRefused) as refused:
        web.upload(patient, by=nurse, method="ward")
    assert refused.value.refusal.rule == "clearance.missing"
    assert not patient.encounters.exists()
    assert not registered.requests


def test_a_cleared_model_drafts_and_its_invention_is_marked(registered, cleared):
    from thirdchair_web.trail.models import TrailEntry

    nurse, patient = _ready()
    run = web.upload(patient, by=nurse, method="ward")
    web.work()
    run.refresh_from_db()
    assert run.state == "drafted", run.rule
    sentences = run.draft.read().sentences
    assert [s.status for s in sentences] == ["supported", "unsupported"]
    kinds = list(TrailEntry.objects.filter(subject=patient.ref).values_list("kind", flat=True))
    assert kinds.index("model_called") < kinds.index("draft_made")


def test_a_model_that_may_not_see_sessions_is_sent_none(answers_only, cleared):
    """Cleared and agreed to, and yet: what it may see was written down when it was registered."""
    from thirdchair.policy.decision import UseRefused

    nurse, patient = _ready()
    with pytest.raises(UseRefused) as refused:
        web.upload(patient, by=nurse, method="answers-only")
    assert refused.value.refusal.rule == "model.data_class"
    assert not answers_only.requests


def test_names_never_reach_a_model(registered, cleared):
    nurse, patient = _ready()
    web.upload(patient, by=nurse, method="ward")
    web.work()
    sent = json.dumps([body for _, _, body in registered.requests])
    assert registered.requests
    for name in ("Ines", "Abara"):
        assert name not in sent


def _ready():
    nurse = web.make_clinician()
    web.switch_on()
    patient = web.make_patient()
    web.agree(patient, by=nurse)
    return nurse, patient
