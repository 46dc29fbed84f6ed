"""A model's server on loopback that answers as it is told and keeps what it was sent."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Server:
    """A server that answers each request with the next of its answers and keeps what it was sent."""

    def __init__(self, *answers: tuple[int, dict[str, str], bytes]):
        self.requests: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.answers = list(answers)
        self.address = ""

    def respond(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        self.requests.append((handler.path, dict(handler.headers), json.loads(body)))
        status, headers, content = self.answers.pop(0) if self.answers else (500, {}, b"")
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)


@contextmanager
def serving(*answers: tuple[int, dict[str, str], bytes]) -> Iterator[Server]:
    server = Server(*answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            try:
                server.respond(self)
            except ConnectionError:  # the client hung up on purpose
                self.close_connection = True

        def log_message(self, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        server.address = f"http://127.0.0.1:{http.server_port}/v1"
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


def completion(content: str | None = '{"a": "b"}', *, finish: str | None = "stop", **message: Any):
    body = {
        "choices": [
            {"message": {"role": "assistant", "content": content, **message}, "finish_reason": finish}
        ]
    }
    return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()
