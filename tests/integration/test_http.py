"""Requests as they come from the network: read whole, one after another, and none with a head that does not end."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from thirdchair_web.project.http import LONGEST_HEAD, BoundedHead

HEAD = b"GET /here HTTP/1.1\r\nHost: 127.0.0.1\r\n"


async def answers(scope: dict[str, Any], receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
    await send({"type": "http.response.body", "body": b"here"})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(answers, http=BoundedHead, loop="uvloop", log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    serving = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    serving.start()
    yield listener.getsockname()[1]
    server.should_exit = True
    serving.join()


def heard(connection: socket.socket) -> bytes:
    """What comes until the connection closes, or the whole of one answer."""
    found = b""
    while not found.endswith(b"here") and (piece := connection.recv(65_536)):
        found += piece
    return found


def test_requests_follow_each_other_on_one_connection(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        for filler in (b"", b"X-Filler: " + b"a" * 20_000 + b"\r\n", b"X-Filler: " + b"a" * 50_000 + b"\r\n"):
            connection.sendall(HEAD + filler + b"\r\n")
            assert heard(connection).startswith(b"HTTP/1.1 200")


def test_a_head_that_does_not_end_is_cut_off(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        sent = connection.send(HEAD)
        with pytest.raises(OSError):
            while sent < 200 * LONGEST_HEAD:
                sent += connection.send(b"X-Filler: " + b"a" * 1_000 + b"\r\n")
        assert sent < 100 * LONGEST_HEAD


def test_a_body_is_no_part_of_the_head(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        body = b"c" * (2 * LONGEST_HEAD)
        connection.sendall(b"POST" + HEAD[3:] + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        assert heard(connection).startswith(b"HTTP/1.1 200")
