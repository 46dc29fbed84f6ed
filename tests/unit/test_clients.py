"""What holds for every client, and the addresses text may be sent to."""

import importlib
import inspect
import json
import pkgutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import get_args

import pytest

from thirdchair import clients
from thirdchair.clients import Client, OpenAICompatible, ScriptedClient, Whereabouts
from thirdchair.clients.addresses import checked_address
from thirdchair.errors import ClientFailed
from thirdchair.records import Ask, Message, Reply

SECRET = "something only the patient said"
ASK = Ask((Message("system", "Summarise."), Message("user", SECRET)), schema={"type": "object"})


@contextmanager
def served(status: int, content: str) -> Iterator[Client]:
    """An OpenAI-compatible client whose server always answers this, and echoes the request with an error."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            choice = {"message": {"content": content}, "finish_reason": "stop"}
            body = json.dumps({"choices": [choice]}).encode() if status == 200 else asked
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield OpenAICompatible(
                name="served",
                model="m",
                base_url=f"http://127.0.0.1:{http.server_port}",
                digest="b" * 64,
                runs_where="this_host",
                api_key="sk-key",
                sleep=lambda seconds: None,
            )
        finally:
            http.shutdown()
            thread.join()


Making = Callable[[], AbstractContextManager[Client]]
FAMILY: dict[type, tuple[Making, Making]] = {
    # client: (one that answers "{}" twice, one that fails)
    OpenAICompatible: (lambda: served(200, "{}"), lambda: served(500, "")),
    ScriptedClient: (
        lambda: nullcontext(ScriptedClient(["{}", "{}"])),
        lambda: nullcontext(ScriptedClient([])),
    ),
}
every_client = pytest.mark.parametrize("member", FAMILY, ids=lambda member: member.__name__)


def test_the_family_is_complete():
    found = {
        kind
        for module in pkgutil.iter_modules(clients.__path__, f"{clients.__name__}.")
        for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass)
        if hasattr(kind, "answer") and kind is not Client
    }
    assert found == set(FAMILY)


@every_client
def test_it_names_itself_its_digest_and_its_place(member):
    with FAMILY[member][0]() as client:
        assert client.name
        assert len(client.digest) == 64
        assert set(client.digest) <= set("0123456789abcdef")
        assert client.runs_where in get_args(Whereabouts)


@every_client
def test_the_same_ask_gets_the_same_reply_and_is_left_as_it_was(member):
    before = repr(ASK)
    with FAMILY[member][0]() as client:
        assert client.answer(ASK) == client.answer(ASK) == Reply("{}")
    assert repr(ASK) == before


@every_client
def test_a_failure_is_a_client_failure_and_tells_nothing(member):
    with FAMILY[member][1]() as client, pytest.raises(ClientFailed) as failed:
        client.answer(ASK)
    assert SECRET not in str(failed.value)
    assert failed.value.__cause__ is None
    assert failed.value.__context__ is None


@every_client
def test_its_printed_form_tells_nothing_of_keys_or_texts(member):
    with FAMILY[member][0]() as client:
        client.answer(ASK)
        assert SECRET not in repr(client)
        assert "sk-key" not in repr(client)


def test_a_script_keeps_what_it_was_asked_and_can_fail_on_cue():
    client = ScriptedClient(["first", ClientFailed("The cable is out.")])
    assert client.answer(ASK).text == "first"
    with pytest.raises(ClientFailed, match="cable"):
        client.answer(ASK)
    assert client.asked == (ASK, ASK)


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("http://models.example/v1", "outside"),
        ("https://models.example/v1", "this_host"),
        ("http://192.168.1.9:8000/v1", "this_host"),
        ("http://127.0.0.1.models.example/v1", "this_host"),
        ("https://name:word@models.example/v1", "outside"),
        ("https://models.example/v1?key=1", "outside"),
        ("https://models.example/v1#part", "outside"),
        ("ftp://127.0.0.1/v1", "this_host"),
        ("https://", "outside"),
        ("http://[::1", "this_host"),
        ("127.0.0.1:8000", "this_host"),
    ],
)
def test_text_is_not_sent_in_the_clear_or_off_this_host_unawares(address, where):
    with pytest.raises(ValueError, match=r"address|https") as refused:
        checked_address(address, runs_where=where)
    assert "word" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("http://127.0.0.1:8080/v1", "this_host"),
        ("http://[::1]:8080/v1", "this_host"),
        ("http://localhost:11434/v1/", "this_host"),
        ("https://models.example/v1", "outside"),
    ],
)
def test_loopback_and_verified_outside_addresses_are_taken(address, where):
    assert checked_address(address, runs_where=where) == address.rstrip("/") + "/chat/completions"


@pytest.mark.parametrize("key", ["sk-secret\n", "sk secret", "sk-秘密"])
def test_a_key_that_cannot_be_sent_is_refused_without_showing_it(key):
    with pytest.raises(ValueError, match="API key") as refused:
        OpenAICompatible(
            name="m",
            model="m",
            base_url="http://127.0.0.1:1",
            digest="c" * 64,
            runs_where="this_host",
            api_key=key,
        )
    assert key.strip() not in str(refused.value)
