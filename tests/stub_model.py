"""A model's server on loopback that streams, and fails in whatever way a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

QUESTION = "What is cognitive behavioural therapy?"
SUPPORTED = "CBT is a talking therapy about the links between thoughts, feelings, body and actions [p1]."

Act = Callable[["StubModel", BaseHTTPRequestHandler], None]


class StubModel:
    """Answers each request by the next of its acts, and by the last of them from then on.

    Attributes:
        bodies: what it was asked.
        begun: set once it has begun to answer.
        go: what an act that waits is waiting for.
        left: set when whoever asked went away before the end.
    """

    def __init__(self, acts: tuple[Act, ...]) -> None:
        self.acts = list(acts)
        self.bodies: list[dict[str, Any]] = []
        self.begun, self.go, self.left = threading.Event(), threading.Event(), threading.Event()
        self.address = ""

    def next_act(self) -> Act:
        """What it does with this request."""
        return self.acts.pop(0) if len(self.acts) > 1 else self.acts[0]


@contextmanager
def stub_model(*acts: Act) -> Iterator[StubModel]:
    """A served stub."""
    stub = StubModel(acts or (says(SUPPORTED),))

    class Handler(BaseHTTPRequestHandler):
        timeout = 30

        def do_POST(self) -> None:
            stub.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            try:
                stub.next_act()(stub, self)
            except ConnectionError:  # whoever asked is gone
                stub.left.set()
            self.close_connection = True

        def log_message(self, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        stub.address = f"http://127.0.0.1:{http.server_port}/v1"
        try:
            yield stub
        finally:
            stub.go.set()
            http.shutdown()
            thread.join()


def says(text: str) -> Act:
    """The whole of an answer, as a stream."""
    return lambda stub, handler: _streams(
        stub, handler, event(text), event(finish="stop"), b"data: [DONE]\n\n"
    )


def breaks_off(text: str) -> Act:
    """Half of a stream."""
    return lambda stub, handler: _streams(stub, handler, event(text))


def sends(content: bytes, *, status: int = 200, kind: str = "text/event-stream") -> Act:
    """Whatever it is told to."""

    def act(stub: StubModel, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return act


def pauses(before: str, after: str) -> Act:
    """Words, a pause until `go` is set or whoever asked is gone, and more words."""

    def act(stub: StubModel, handler: BaseHTTPRequestHandler) -> None:
        _streams(stub, handler, event(before))
        handler.connection.settimeout(0.02)
        while not stub.go.is_set():
            try:
                if handler.connection.recv(1) == b"":
                    raise ConnectionResetError
            except TimeoutError:
                continue
        handler.connection.settimeout(30)
        handler.wfile.write(event(after) + event(finish="stop") + b"data: [DONE]\n\n")

    return act


def says_nothing(stub: StubModel, handler: BaseHTTPRequestHandler) -> None:
    """Takes the question and does not answer it."""
    stub.begun.set()
    if handler.connection.recv(1) == b"":
        raise ConnectionResetError


def event(content: str | None = None, *, finish: str | None = None) -> bytes:
    """One event of a stream."""
    delta = {} if content is None else {"content": content}
    return b"data: " + json.dumps({"choices": [{"delta": delta, "finish_reason": finish}]}).encode() + b"\n\n"


def _streams(stub: StubModel, handler: BaseHTTPRequestHandler, *pieces: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.end_headers()
    for piece in pieces:
        handler.wfile.write(piece)
    handler.wfile.flush()
    stub.begun.set()
