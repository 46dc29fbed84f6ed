"""The stream of notices: who may hold it, and that coming back loses nothing."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import OperationalError, connections
from django.test import Client

import web
from people import make_person, sign_in
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.notifying import stream
from thirdchair_web.notifying.actions import notify, settle
from thirdchair_web.notifying.models import Delivery, Why

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch):
    """Looks often, so that no test waits long."""
    monkeypatch.setattr(stream, "LOOK_EVERY_S", 0.02)
    monkeypatch.setattr(stream, "BEAT_EVERY_S", 0.05)
    yield
    asyncio.run(_closed())


async def _closed() -> None:
    for _ in range(4):
        await asyncio.gather(*(stream._in_thread(connections.close_all) for _ in range(2)))


class Browser:
    """A browser that holds the stream open until it has heard enough."""

    def __init__(self, client: Client | None = None) -> None:
        held = client.cookies.get(settings.SESSION_COOKIE_NAME) if client else None
        self.cookie = f"{held.key}={held.value}" if held else ""
        self.status, self.last, self.text = 0, "", ""

    def hears(
        self, *, until: str = "event: notice", method: str = "GET", meanwhile: Any = None
    ) -> list[dict]:
        """What it was sent, up to the words it waits for, or until the stream ends."""
        self.text = ""
        asyncio.run(asyncio.wait_for(self._hold(until, method, meanwhile), 30))
        blocks = [
            dict(line.partition(": ")[::2] for line in block.splitlines())
            for block in self.text.split("\n\n")
        ]
        events = [block for block in blocks if "event" in block]
        self.last = next((event["id"] for event in reversed(events) if "id" in event), self.last)
        return [{"event": event["event"]} | json.loads(event["data"]) for event in events]

    async def _hold(self, until: str, method: str, meanwhile: Any) -> None:
        from thirdchair_web.project.asgi import application

        enough = asyncio.Event()
        headers = [(b"host", b"127.0.0.1"), (b"cookie", self.cookie.encode())]
        if self.last:
            headers.append((b"last-event-id", self.last.encode()))
        scope = {"type": "http", "method": method, "path": stream.PATH, "headers": headers}

        async def receive() -> dict[str, Any]:
            await enough.wait()
            return {"type": "http.disconnect"}

        async def send(message: MutableMapping[str, Any]) -> None:
            self.status = message.get("status", self.status)
            self.text += message.get("body", b"").decode()
            if until in self.text or (message["type"] == "http.response.body" and not message["more_body"]):
                enough.set()

        holding = asyncio.ensure_future(application(scope, receive, send))
        if meanwhile:
            await asyncio.to_thread(_with_own_database, meanwhile)
        await holding


def _with_own_database(work: Any) -> None:
    try:
        work()
    finally:
        connections.close_all()


@pytest.fixture
def on_call() -> User:
    return make_person("on_call", username="oncall-ada")


@pytest.fixture
def browser(on_call, client: Client) -> Browser:
    sign_in(client, on_call)
    return Browser(client)


def told(person: User, **more: Any) -> Any:
    return notify(**{"about": uuid4(), "person": person, "why": Why.ALERT, "level": 5} | more)


def test_it_is_for_staff_who_are_signed_in(client: Client):
    stranger = Browser()
    assert (stranger.hears(until="x"), stranger.status) == ([], 401)
    patient = web.make_patient().account
    sign_in(client, patient)
    told(patient)
    assert (Browser(client).hears(until="x"), stranger.status) == ([], 401)
    half = Client()
    sign_in(half, make_person("nurse", second_factor=False))
    without_factor = Browser(half)
    assert (without_factor.hears(until="x"), without_factor.status) == ([], 401)


def test_it_is_only_read(browser: Browser):
    assert (browser.hears(until="x", method="POST"), browser.status) == ([], 405)


def test_what_waits_and_what_comes_is_sent_without_a_word_of_anyone(browser: Browser, on_call: User):
    first = told(on_call)
    told(make_person("on_call"))
    [heard] = browser.hears(until=": still here")
    assert set(heard) == {"event", "notice", "words", "path", "urgent"}
    assert (heard["notice"], heard["path"]) == (first.id, f"/alerts/{first.about}/")
    assert "level 5" in heard["words"]
    assert Delivery.objects.get(notice=first, channel="in_app").sent_at is not None
    second = []
    heard = browser.hears(until="level 6", meanwhile=lambda: second.append(told(on_call, level=6)))
    assert [one["notice"] for one in heard if one["event"] == "notice"][-1] == second[0].id


def test_what_someone_takes_leaves_the_screen(browser: Browser, on_call: User):
    notice = told(on_call)

    def take() -> None:
        while Delivery.objects.get(notice=notice, channel="in_app").sent_at is None:
            pass
        settle(about=notice.about)

    heard = browser.hears(until="event: settled", meanwhile=take)
    assert [one["event"] for one in heard] == ["notice", "settled"]
    assert heard[-1]["notice"] == notice.id


def test_who_comes_back_is_sent_what_came_in_between_and_what_was_cut_off(browser: Browser, on_call: User):
    old = told(on_call)
    browser.hears()
    Delivery.objects.filter(notice=old).update(sent_at=now() - timedelta(minutes=2))
    missed = told(on_call)
    # Sent to a connection that died with it: marked as sent, and above the last number that arrived.
    cut_off = told(on_call, level=6)
    Delivery.objects.filter(notice=cut_off).update(sent_at=now() - timedelta(minutes=2))
    heard = browser.hears(until="level 6")
    assert [one["notice"] for one in heard] == [missed.id, cut_off.id]


def test_a_number_that_was_committed_late_is_sent_though_a_later_one_arrived(browser: Browser, on_call: User):
    late, early = told(on_call), told(on_call, level=6)
    browser.last = str(Delivery.objects.get(notice=early, channel="in_app").id)
    Delivery.objects.filter(notice=early).update(sent_at=now() - timedelta(minutes=2))
    assert [one["notice"] for one in browser.hears()] == [late.id]


def test_a_level_that_rises_is_sent_again(browser: Browser, on_call: User):
    notice = told(on_call, level=3)
    assert browser.hears(until="level 3")
    heard = browser.hears(until="level 6", meanwhile=lambda: told(on_call, about=notice.about, level=6))
    assert "level 6" in heard[-1]["words"]


def test_it_ends_with_the_session_and_keeps_none_alive(browser: Browser, on_call: User, client: Client):
    session = client.session
    session["last_active_at"] -= 29 * 60
    session.save()
    browser.hears(until=": still here")
    assert client.session["last_active_at"] == session["last_active_at"]

    def idle() -> None:
        while "retry: " not in browser.text:  # the stream is open
            time.sleep(0.01)
        session["last_active_at"] -= 2 * 60
        session.save()

    assert browser.hears(until="no such words", meanwhile=idle)[-1] == {"event": "over"}


def test_a_database_that_cannot_be_read_for_a_moment_ends_nothing(browser, on_call, monkeypatch):
    notice, real, fails = told(on_call), stream.waiting_for_all, [OperationalError("locked")] * 3

    def shaky() -> Any:
        if fails:
            raise fails.pop()
        return real()

    monkeypatch.setattr(stream, "waiting_for_all", shaky)
    assert [one["notice"] for one in browser.hears()] == [notice.id]


def test_a_notice_that_cannot_be_marked_is_shown_all_the_same(browser, on_call, monkeypatch):
    def locked(_: Any) -> None:
        raise OperationalError("locked")

    monkeypatch.setattr(stream, "mark_shown", locked)
    notice = told(on_call)
    assert [one["notice"] for one in browser.hears()] == [notice.id]


def test_a_server_that_holds_no_stream_sends_what_waits_and_ends(on_call: User, client: Client):
    notice = told(on_call, why=Why.TASK, level=0)
    sign_in(client, on_call)
    answer = client.get(stream.PATH)
    assert answer["Content-Type"] == "text/event-stream"
    text = answer.content.decode()
    assert f'"notice": {notice.id}' in text and text.startswith("retry: ")
    assert "event: only" in text
    assert Delivery.objects.get(notice=notice, channel="in_app").sent_at is not None
