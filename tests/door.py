"""Speaking to the OpenAI-compatible door inside the test's process, as a server would hand it requests."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Coroutine, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from django.db import connections

import web
from people import make_person

USE = "answer_question"
MODEL = "ward"
DANGER = "I have the pills here and I am going to kill myself tonight."


@dataclass
class Answered:
    """What came back.

    Args:
        status: of HTTP; 0 where nothing came.
        headers: names in lower case.
        content: bytes of the body.
    """

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b""

    @property
    def json(self) -> dict[str, Any]:
        """The body of an answer that is not a stream."""
        return json.loads(self.content)

    @property
    def events(self) -> list[dict[str, Any]]:
        """The events of a stream, without the mark of its end."""
        lines = [line.removeprefix("data: ") for line in self.content.decode().split("\n\n") if line]
        return [json.loads(line) for line in lines if line != "[DONE]"]

    @property
    def is_whole(self) -> bool:
        """Whether an answer came to its end."""
        if self.headers.get("content-type", "").startswith("text/event-stream"):
            return self.content.endswith(b"data: [DONE]\n\n")
        return self.status == 200

    @property
    def words(self) -> str:
        """What was said."""
        if self.headers.get("content-type", "").startswith("text/event-stream"):
            choices = [event["choices"][0] for event in self.events if "choices" in event]
            return "".join(choice["delta"].get("content", "") for choice in choices)
        return self.json["choices"][0]["message"]["content"] if self.status == 200 else ""

    @property
    def error(self) -> dict[str, Any] | None:
        """The error in it, if there is one."""
        if self.headers.get("content-type", "").startswith("text/event-stream"):
            return next((event["error"] for event in self.events if "error" in event), None)
        return self.json.get("error")

    @property
    def told(self) -> dict[str, Any]:
        """What stands beside the words."""
        last = self.events[-1] if "event-stream" in self.headers["content-type"] else self.json
        return last["thirdchair"]


def ask(
    key: str,
    *said: str,
    model: str = f"thirdchair/{USE}",
    stream: bool = False,
    headers: dict[str, str] | None = None,
    leave: threading.Event | None = None,
    **more: Any,
) -> Answered:
    """One chat completion.

    Args:
        said: of the person, one message each.
        leave: when it is set, the client goes away.
    """
    messages = [{"role": "user", "content": one} for one in said]
    body = json.dumps({"model": model, "messages": messages, "stream": stream} | more).encode()
    return send("POST", "/v1/chat/completions", body, key=key, headers=headers, leave=leave)


def send(
    method: str,
    path: str,
    body: bytes = b"",
    *,
    key: str = "",
    headers: dict[str, str] | None = None,
    leave: threading.Event | None = None,
) -> Answered:
    """One request to the door."""
    from thirdchair.clients import OpenAICompatible
    from thirdchair_web.governance.methods import clients

    held = list(clients().values())
    given = {"host": "127.0.0.1", "content-type": "application/json"} | (headers or {})
    if key:
        given["authorization"] = f"Bearer {key}"
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in given.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }

    async def talk() -> Answered:
        try:
            return await _talk(scope, body, leave)
        finally:
            for client in held:
                if isinstance(client, OpenAICompatible):
                    await client.aclose()

    try:
        return _run(talk())
    finally:
        if threading.current_thread() is not threading.main_thread():
            connections.close_all()  # which only this thread could close


def _run(talking: Coroutine[Any, Any, Answered]) -> Answered:
    """What came back; in a thread of its own where a browser's loop runs in this one."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(talking)
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, talking).result()


async def _talk(scope: dict[str, Any], body: bytes, leave: threading.Event | None) -> Answered:
    from thirdchair_web.api.door import application

    answered = Answered()
    sent_body = False
    over = asyncio.Event()

    async def receive() -> dict[str, Any]:
        nonlocal sent_body
        if not sent_body:
            sent_body = True
            return {"type": "http.request", "body": body, "more_body": False}
        while not over.is_set() and not (leave and leave.is_set()):
            await asyncio.sleep(0.01)
        return {"type": "http.disconnect"}

    async def take(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answered.status = message["status"]
            answered.headers = {name.decode().lower(): value.decode() for name, value in message["headers"]}
            return
        answered.content += message.get("body", b"")
        if not message.get("more_body"):
            over.set()

    await application(scope, receive, take)
    return answered


@dataclass
class Service:
    """A service whose patient agreed to answers, with a key for the patient and one for a nurse."""

    patient: Any
    nurse: Any
    lead: Any
    patient_key: str
    nurse_key: str


def make_service(address: str | None = None) -> Service:
    """A service made through the real actions; with a model at this address, if there is one."""
    from thirdchair_web.accounts.keys import make_key
    from thirdchair_web.governance.actions import switch_use

    lead, nurse = make_person("service_lead"), web.make_clinician()
    patient = web.make_patient()
    if address:
        register(address)
    for use in (USE, "summarise_session"):
        switch_use(use, on=True, by=lead)
        web.agree(patient, by=nurse, use=use)
    uses = [USE, "summarise_session"]
    return Service(
        patient,
        nurse,
        lead,
        make_key(patient.account, [USE], by="operator").secret,
        make_key(nurse, uses, by="operator").secret,
    )


def register(address: str) -> None:
    """Registers a model that a server on this host has."""
    from thirdchair.clients.registration import RegisteredModel
    from thirdchair_web.governance.methods import known_data_classes
    from thirdchair_web.governance.registering import register_model

    model = RegisteredModel(
        name=MODEL,
        engine="openai",
        served_as="stub",
        base_url=address,
        path=None,
        digest="a" * 64,
        digest_kind="operator",
        runs_where="this_host",
        data_classes=known_data_classes(),
    )
    register_model(model, by="operator")
