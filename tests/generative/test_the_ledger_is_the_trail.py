"""Property: whatever happens to two patients, in whatever order, each one's ledger is the trail about them, entry for entry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import web
from people import sign_in
from thirdchair.trail.facts import stamp
from thirdchair_web.consent.preferences import keep_preference
from thirdchair_web.encounters.actions import open_record
from thirdchair_web.encounters.deciding import name_representative, record_capacity
from thirdchair_web.patient.ledger import OTHER, ledger_of
from thirdchair_web.review.erasure import erase, withdraw_everything
from thirdchair_web.team.actions import ask_team
from thirdchair_web.trail.actions import record
from thirdchair_web.trail.models import TrailEntry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]

ACTS = (
    "agrees", "withdraws_all", "is_seen", "has_a_session", "wishes", "is_represented", "loses_capacity", "exports",
    "is_called", "is_erased",
)  # fmt: skip
"""What can happen to a patient here."""


class Clinic:
    """Two patients and those who work with them."""

    def __init__(self) -> None:
        self.nurse = web.make_clinician()
        web.switch_on()
        self.people: list[Any] = []

    def happens(self, act: str, place: int) -> None:
        person = type(self.people[place]).objects.get(pk=self.people[place].pk)
        if person.erased_at is None or act in ("is_seen", "is_erased"):
            getattr(self, act)(person)

    def agrees(self, person: Any) -> None:
        web.agree(person, by=self.nurse)

    def withdraws_all(self, person: Any) -> None:
        withdraw_everything(person, by=person.account)

    def is_seen(self, person: Any) -> None:
        open_record(person, by=self.nurse)

    def has_a_session(self, person: Any) -> None:
        from thirdchair.policy.decision import UseRefused

        try:
            web.upload(person, by=self.nurse)
        except UseRefused:
            return
        web.work()

    def wishes(self, person: Any) -> None:
        keep_preference(patient_ref=person.ref, preference=None, by=person.account)

    def is_represented(self, person: Any) -> None:
        name_representative(
            person,
            name="A",
            relation="aunt",
            document="D",
            authority="court",
            uses=(),
            until=None,
            by=self.nurse,
        )

    def loses_capacity(self, person: Any) -> None:
        record_capacity(
            person, can_decide=False, review_on=datetime.now(UTC).date() + timedelta(days=9), by=self.nurse
        )

    def exports(self, person: Any) -> None:
        client = Client()
        sign_in(client, person.account)
        assert client.get("/my/data/").status_code == 200

    def is_called(self, person: Any) -> None:
        ask_team(person, kind="call_back", actor="system")

    def is_erased(self, person: Any) -> None:
        erase(person, by=person.account)


NUMBERS = count(1)
NOTHING_HAPPENED = str(OTHER).partition("%")[0]
"""How a line begins whose kind has no words."""


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 1)), max_size=12))
def test_each_entry_about_a_patient_is_in_their_ledger_once_in_words_and_nothing_else(clinic, history):
    clinic.people = [web.make_patient(f"p-{next(NUMBERS)}") for _ in range(2)]
    for act, place in history:
        clinic.happens(act, place)
    for person in clinic.people:
        about = list(TrailEntry.objects.filter(subject=person.ref).order_by("-seq"))
        rows = ledger_of(type(person).objects.get(pk=person.pk))
        assert [(row.seq, stamp(row.at)) for row in rows] == [(entry.seq, entry.at) for entry in about]
        assert len(about) > 0, "that they came into care"
        for row, entry in zip(rows, about, strict=True):
            assert row.what and not row.what.startswith(NOTHING_HAPPENED), entry.kind
    assert web.trail_is_whole()


@pytest.fixture
def clinic():
    return Clinic()


def test_a_kind_without_words_is_shown_all_the_same(clinic):
    person = web.make_patient("p-words")
    with transaction.atomic():
        record(kind="sign_in_failed", actor="system", subject=person.ref, facts={"reason": "test"})
    assert next(row.what for row in ledger_of(person)) == str(OTHER) % {"kind": "sign_in_failed"}
