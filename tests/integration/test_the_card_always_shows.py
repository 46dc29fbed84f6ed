"""Whatever is off or broken, a person in danger is shown the card: model, detector, database, network; or a flood."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, connections
from django.db.backends.signals import connection_created
from django.test import Client
from pytest_socket import disable_socket, enable_socket

import door
from people import sign_in
from stub_model import QUESTION, stub_model
from thirdchair.gateway.chat import TOLD
from thirdchair.records import Language
from thirdchair.safeguards.crisis import encoder
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.notifying.models import Notice

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]

NUMBER = "999"


@pytest.fixture(autouse=True)
def in_britain(settings) -> None:
    settings.THIRDCHAIR = settings.THIRDCHAIR.model_copy(update={"country": "GB"})


@pytest.fixture
def service() -> door.Service:
    return door.make_service()


def shown_and_alerted(answered: door.Answered) -> None:
    assert answered.told["kind"] == "card"
    assert NUMBER in answered.words
    [alert] = CrisisAlert.objects.all()
    assert Notice.objects.filter(about=alert.id, settled_at=None).exists()


@pytest.mark.parametrize("stream", [False, True])
def test_with_the_model_off(stream: bool):
    with stub_model() as stub:
        service = door.make_service(stub.address)
    # The server is gone. An answer needs it, the card does not.
    asked = door.ask(service.patient_key, QUESTION, model=f"thirdchair/{door.USE}:{door.MODEL}")
    assert asked.status == 502 or asked.error
    shown_and_alerted(
        door.ask(service.patient_key, door.DANGER, model=f"thirdchair/{door.USE}:{door.MODEL}", stream=stream)
    )


def test_with_a_detector_that_cannot_be_loaded(service, monkeypatch):
    def broken() -> None:
        raise OSError("no such weights")

    monkeypatch.setattr(encoder, "_shipped", broken)
    shown_and_alerted(door.ask(service.patient_key, door.DANGER))


@pytest.mark.parametrize("words", [QUESTION, door.DANGER])
def test_with_no_detector_at_all_free_text_is_closed_and_everyone_is_shown_the_card(
    service, words, monkeypatch
):
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("thirdchair.gateway.chat.screen", broken)
    answered = door.ask(service.patient_key, words)
    assert (answered.status, answered.told["kind"]) == (200, "card")
    assert NUMBER in answered.words


@pytest.fixture
def locked(service, monkeypatch) -> Iterator[None]:
    """Another process holds the database and does not let go; nobody waits long for it here."""
    if connection.vendor != "sqlite":
        pytest.skip("it is SQLite that has one writer")

    def impatient(*, connection, **_: object) -> None:
        connection.cursor().execute("PRAGMA busy_timeout=50")

    connections.close_all()
    for _ in range(8):  # the door's threads, whose connections are older
        calls_threads().submit(connections.close_all).result()
    connection_created.connect(impatient)
    import sqlite3

    holder = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.execute("ROLLBACK")
        holder.close()
        connection_created.disconnect(impatient)
        connections.close_all()


def calls_threads() -> ThreadPoolExecutor:
    from thirdchair_web.api import door as application

    return application._THREADS


@pytest.mark.usefixtures("locked")
def test_with_the_database_locked_the_answer_is_the_card(service):
    answered = door.ask(service.patient_key, door.DANGER)
    assert (answered.status, answered.told["kind"], answered.told["alerted"]) == (200, "card", False)
    assert NUMBER in answered.words
    assert TOLD[False][Language.ENGLISH] in answered.words  # and it does not say that anyone was told


@pytest.mark.parametrize("idle_minutes", [0, 10, 31, 600])
def test_with_the_database_locked_the_page_shows_to_whoever_is_or_was_signed_in(
    service, client: Client, idle_minutes: int, request
):
    sign_in(client, service.patient.account)
    session = client.session
    session["last_active_at"] -= idle_minutes * 60
    session.save()
    request.getfixturevalue("locked")
    answer = client.get("/help-now/")
    assert answer.status_code == 200
    assert f'href="tel:{NUMBER}"' in answer.content.decode()


def test_with_the_database_gone_the_page_shows_to_whoever_is_signed_in(service, client: Client, monkeypatch):
    sign_in(client, service.patient.account)

    def gone(*_: object, **__: object) -> None:
        raise OperationalError("no connection")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", gone)
    client.raise_request_exception = False
    answer = client.get("/help-now/")
    assert answer.status_code == 200
    assert f'href="tel:{NUMBER}"' in answer.content.decode()
    assert client.get("/my/").status_code == 500  # so it was gone


def test_with_the_network_off(service, client: Client):
    connections.close_all()
    disable_socket(allow_unix_socket=True)
    try:
        if connection.vendor == "sqlite":
            shown_and_alerted(door.ask(service.patient_key, door.DANGER))
        assert f'href="tel:{NUMBER}"' in client.get("/help-now/").content.decode()
    finally:
        enable_socket()


def test_one_account_that_floods_keeps_nobody_elses_card_away(service):
    """As many requests of one nurse as the service takes, and more, around each disclosure of a patient."""
    about = {"X-Thirdchair-Patient": service.patient.ref}
    flood, cards = 60, 8
    with ThreadPoolExecutor(8) as crowd:
        flooding = [crowd.submit(door.ask, service.nurse_key, QUESTION, headers=about) for _ in range(flood)]
        answered = []
        for number in range(cards):
            answered.append(door.ask(service.patient_key, f"{door.DANGER} {number}"))
            time.sleep(0)
        statuses = [one.result().status for one in flooding]
    assert len(statuses) == flood
    assert [one.status for one in answered] == [200] * cards
    assert [one.told["kind"] for one in answered] == ["card"] * cards
    assert CrisisAlert.objects.count() == 1  # of one person who waits


@pytest.mark.parametrize("stream", [False, True])
def test_with_no_room_left_a_patient_in_danger_has_the_card_and_an_alert(service, settings, stream: bool):
    settings.THIRDCHAIR = settings.THIRDCHAIR.model_copy(update={"country": "GB", "chats_at_once": 0})
    answered = door.ask(service.patient_key, door.DANGER, stream=stream)
    assert answered.is_whole
    shown_and_alerted(answered)
    for key, words in ((service.patient_key, QUESTION), (service.nurse_key, door.DANGER)):
        about = {"X-Thirdchair-Patient": service.patient.ref}
        refused = door.ask(key, words, stream=stream, headers=about)
        assert (refused.status, refused.json["error"]["code"]) == (429, "busy")
    assert CrisisAlert.objects.count() == 1
