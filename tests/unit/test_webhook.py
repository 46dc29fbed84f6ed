"""Signed posts: to the registered address alone, and what becomes of each."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from thirdchair.clients.webhook import Failed, Sent, Webhook
from thirdchair.settings import SettingsInvalid, read_settings

SECRET = "a secret of at least thirty-two characters"


@dataclass
class Pager:
    """The other side."""

    address: str = ""
    status: int = 204
    location: str = ""
    posts: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Pager]:
    pager = Pager()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            pager.posts.append((dict(self.headers.items()), body))
            self.send_response(pager.status)
            if pager.location:
                self.send_header("Location", pager.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        pager.address = f"http://127.0.0.1:{server.server_address[1]}/pager"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield pager
        server.shutdown()
        thread.join()


@pytest.fixture
def pager() -> Iterator[Pager]:
    with listening() as one:
        yield one


def post(pager: Pager) -> Sent | Failed:
    webhook = Webhook(pager.address, secret=SECRET, now=lambda: 1_764_500_000.9)
    try:
        return webhook.post({"level": 5, "title": "需要您"}, delivery="d-1")
    finally:
        webhook.close()


def test_the_other_side_can_tell_our_post_from_a_strangers(pager: Pager):
    assert post(pager) == Sent()
    [(headers, body)] = pager.posts
    assert json.loads(body) == {"level": 5, "title": "需要您"}
    signed = b"1764500000." + body
    expected = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["Thirdchair-Signature"] == f"v1={expected}"
    assert (headers["Thirdchair-Timestamp"], headers["Thirdchair-Delivery"]) == ("1764500000", "d-1")


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (500, Failed(passing=True, fault="refused")),
        (429, Failed(passing=True, fault="refused")),
        (404, Failed(passing=False, fault="refused")),
        (302, Failed(passing=False, fault="refused")),
    ],
)
def test_what_is_not_taken_is_told_by_kind(pager: Pager, status: int, outcome: Failed):
    pager.status = status
    assert post(pager) == outcome


def test_a_redirect_is_not_followed(pager: Pager):
    with listening() as elsewhere:
        pager.status, pager.location = 307, elsewhere.address
        assert isinstance(post(pager), Failed)
        assert elsewhere.posts == []


def test_nobody_listening_may_pass():
    with listening() as gone:
        pass
    assert post(gone) == Failed(passing=True, fault="unreachable")


@pytest.mark.parametrize(
    "address",
    [
        "http://pager.example/x", "ftp://127.0.0.1/x", "https://name:word@pager.example/", "https://pager.example/?key=1",
        "pager.example", "https:///x",
    ],
)  # fmt: skip
def test_it_posts_nowhere_else(address: str, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(ValueError, match="https"):
        Webhook(address, secret=SECRET)
    monkeypatch.setenv("THIRDCHAIR_WEBHOOK_ADDRESS", address)
    monkeypatch.setenv("THIRDCHAIR_WEBHOOK_SECRET", SECRET)
    with pytest.raises(SettingsInvalid, match="WEBHOOK_ADDRESS"):
        read_settings()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"SMS_ADDRESS": "https://sms.example/send"}, "SMS_SECRET"),
        ({"WEBHOOK_ADDRESS": "https://p.example/", "WEBHOOK_SECRET": "short"}, "WEBHOOK_SECRET"),
        ({"EMAIL_HOST": "mail.example"}, "EMAIL_FROM"),
        (
            {"EMAIL_HOST": "mail.example", "EMAIL_FROM": "a@b.example", "EMAIL_SECURITY": "none"},
            "EMAIL_SECURITY",
        ),
    ],
)
def test_half_a_channel_stops_the_start_and_is_named(
    given: dict[str, str], named: str, monkeypatch: pytest.MonkeyPatch
):
    for name, value in given.items():
        monkeypatch.setenv(f"THIRDCHAIR_{name}", value)
    with pytest.raises(SettingsInvalid, match=named) as refused:
        read_settings()
    assert "short" not in str(refused.value)


def test_links_begin_where_people_open_the_service(monkeypatch: pytest.MonkeyPatch):
    assert (
        read_settings().model_copy(update={"allowed_hosts": "clinic.example"}).public_base
        == "https://clinic.example"
    )
    monkeypatch.setenv("THIRDCHAIR_PUBLIC_ADDRESS", "https://clinic.example:8443/")
    assert read_settings().public_base == "https://clinic.example:8443"
