"""No path reaches a signed note without an eligible reviewer's act: whatever people do, in whatever order."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import web
from people import make_person
from thirdchair.policy.decision import UseRefused
from thirdchair.policy.review import seconds_to_read
from thirdchair.readers import read_transcript
from thirdchair.records import (
    Component,
    Draft,
    Language,
    NoteFormat,
    RiskFinding,
    RiskStatus,
    RiskTopic,
    Sentence,
    Support,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cleared")]

SUPPORTED, UNSUPPORTED = "s1", "s2"
WORDS = 300
MADE = Draft(
    sentences=(
        Sentence(SUPPORTED, Component.PLAN, "word " * 200, ("u1",), Support.SUPPORTED),
        Sentence(UNSUPPORTED, Component.PLAN, "word " * 100, (), Support.UNSUPPORTED, ("no_evidence",)),
    ),
    risk=tuple(
        RiskFinding(topic, RiskStatus.UNCLEAR if topic is RiskTopic.ABUSE else RiskStatus.NOT_ASKED)
        for topic in RiskTopic
    ),
    method="extractive",
    method_digest="0" * 64,
    language=Language.ENGLISH,
)
PEOPLE = (
    "nurse",
    "psychiatrist",
    "unlicensed",
    "expired",
    "service_lead",
    "safety_officer",
    "evaluator",
    "patient",
)

acts = st.one_of(
    st.tuples(st.just("open"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("wait"), st.integers(0, 60)),
    st.tuples(st.just("save"), st.sampled_from(PEOPLE), st.booleans(), st.booleans()),
    st.tuples(
        st.just("sign"),
        st.sampled_from(PEOPLE),
        st.booleans(),  # ticks the confirmation
        st.booleans(),  # signs what it was shown, not an older revision
        st.booleans(),  # deals with the unsupported sentence
        st.booleans(),  # settles the unclear risk
    ),
    st.tuples(st.just("withdraw")),
    st.tuples(st.just("discard"), st.sampled_from(PEOPLE)),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(did=st.lists(acts, min_size=1, max_size=12))
def test_a_note_has_an_eligible_signer_who_read_it(did, monkeypatch):
    with transaction.atomic():
        _play(did, monkeypatch)
        transaction.set_rollback(True)


def _play(did, monkeypatch) -> None:
    from thirdchair_web.review import actions, erasure
    from thirdchair_web.review.models import Draft as Row
    from thirdchair_web.review.models import DraftOpening, Note

    people, patient, row = _in_review()
    start, waited = web_now(), 0.0
    monkeypatch.setattr("thirdchair_web.clock.timezone.now", lambda: start + timedelta(seconds=waited))
    opened: dict[str, float] = {}
    state, revision = "in_review", 0
    for act in did:
        match act:
            case ("open", who):
                if state == "in_review":
                    actions.open_draft(row, by=people[who])
                    opened.setdefault(who, waited)
            case ("wait", seconds):
                waited += seconds
            case ("save", who, fixes, settles):
                eligible = who in ("nurse", "psychiatrist", "unlicensed", "expired") and state == "in_review"
                try:
                    actions.save_edits(row.id, _edits(fixes, settles), revision=revision, by=people[who])
                    assert eligible
                    revision += 1
                except UseRefused:
                    assert not eligible
            case ("sign", who, confirms, current, fixes, settles):
                may = (
                    who in ("nurse", "psychiatrist")
                    and state == "in_review"
                    and who in opened
                    and waited - opened[who] >= seconds_to_read(WORDS)
                    and confirms
                    and current
                    and fixes
                    and settles
                )
                try:
                    actions.sign(
                        row.id,
                        _edits(fixes, settles),
                        revision=revision if current else revision + 1,
                        confirmed=confirms,
                        by=people[who],
                    )
                    assert may
                    state = "signed"
                except UseRefused:
                    assert not may
            case ("withdraw",):
                erasure.withdraw_consent(patient, use="summarise_session", by=people["patient"])
                if state == "in_review":
                    state = "discarded"
            case ("discard", who):
                try:
                    actions.discard(row.id, by=people[who])
                    state = "discarded"
                except UseRefused:
                    pass
        assert Note.objects.filter(draft=row).count() == (1 if state == "signed" else 0)
    assert Row.objects.get(pk=row.pk).state == state
    for note in Note.objects.filter(draft=row):
        assert DraftOpening.objects.filter(draft=row, reviewer=note.signed_by).exists()
        assert all(span.text != MADE.sentences[1].text.strip() for span in note.read().spans)
        assert all(finding.status is not RiskStatus.UNCLEAR for finding in note.read().risk)


def _edits(fixes: bool, settles: bool):
    from thirdchair_web.review.actions import Edits

    return Edits(
        dropped=(UNSUPPORTED,) if fixes else (),
        risk={"abuse": ("denied", "unstated")} if settles else {},
    )


def _in_review():
    from thirdchair_web.encounters.actions import store_session
    from thirdchair_web.review.models import Draft as Row
    from thirdchair_web.review.models import SummaryRun

    now = web_now()
    people = {
        "nurse": web.make_clinician("nurse"),
        "psychiatrist": web.make_clinician("psychiatrist"),
        "unlicensed": make_person("nurse"),
        "expired": web.make_clinician("nurse", licence_expires=now.date() - timedelta(days=1)),
        **{role: make_person(role) for role in ("service_lead", "safety_officer", "evaluator", "patient")},
    }
    patient = web.make_patient(f"p-{uuid.uuid4().hex[:8]}")
    web.agree(patient, by=people["nurse"])
    encounter = store_session(
        patient,
        read_transcript(web.SESSION, filename="a.vtt"),
        encounter_id=uuid.uuid4(),
        held_on=now.date(),
        file_format="vtt",
        by=people["nurse"],
    )
    run = SummaryRun.objects.create(
        encounter=encounter,
        use="summarise_session",
        method="extractive",
        note_format=NoteFormat.SOAP,
        state="drafted",
        requested_by=people["nurse"],
        requested_at=now,
    )
    row = Row(run=run, made_at=now)
    row.made = patient.seal({"draft": replace(MADE).as_json(), "salt": ""}, kind="draft", item=str(row.id))
    row.save()
    return people, patient, row


def web_now():
    from django.utils import timezone

    return timezone.now()
