"""The model's server of the gateway's bench: raw asyncio, one canned reply, no work: `python -m benchmarks.gateway_stub PORT`.

A request whose body asks for a stream gets the reply in about 20 events. With a pause, they come one by one. GET answers
when each request since the last GET was answered, in seconds.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar, Final

from benchmarks.gateway_bodies import REPLY, pieces

_ENVELOPE: Final[Mapping[str, Any]] = {"id": "chatcmpl-stub", "created": 1700000000, "model": "stub"}


@cache
def whole() -> bytes:
    """The answer in one piece, with its head."""
    choice = {"index": 0, "message": {"role": "assistant", "content": REPLY}, "finish_reason": "stop"}
    usage = {"prompt_tokens": 80, "completion_tokens": 60, "total_tokens": 140}
    content = json.dumps(
        {**_ENVELOPE, "object": "chat.completion", "choices": [choice], "usage": usage}
    ).encode()
    return _head("application/json", f"Content-Length: {len(content)}") + content


@cache
def events() -> tuple[bytes, ...]:
    """The answer as a stream: the head, then one chunk for each event, then the end."""
    deltas = [{"role": "assistant", "content": ""}, *({"content": piece} for piece in pieces())]
    data = [json.dumps(_event(delta, None)) for delta in deltas] + [
        json.dumps(_event({}, "stop")),
        "[DONE]",
    ]
    chunks = [_chunk(f"data: {one}\n\n".encode()) for one in data]
    return _head("text/event-stream", "Transfer-Encoding: chunked"), *chunks, b"0\r\n\r\n"


class Stub(asyncio.Protocol):
    """One connection, kept open; requests may follow each other.

    Args:
        pause_s: between events.
    """

    def __init__(self, pause_s: float) -> None:
        self._pause_s = pause_s
        self._whole, self._events = whole(), events()
        self._received = b""
        self._sending: asyncio.Task[None] | None = None

    answered_at: ClassVar[list[float]] = []
    """When each request was answered, by the clock that all processes of a machine share."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keeps the connection."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops a stream that nobody reads."""
        if self._sending:
            self._sending.cancel()

    def data_received(self, data: bytes) -> None:
        """Answers each request that is whole."""
        self._received += data
        while (request := self._next()) is not None:
            self._answer(request)

    def _next(self) -> bytes | None:
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = self._received[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self._received) < end + 4 + length:
            return None
        request, self._received = self._received[: end + 4 + length], self._received[end + 4 + length :]
        return request

    def _answer(self, request: bytes) -> None:
        if request.startswith(b"GET "):
            self._transport.write(_in_json(self.answered_at))
            self.answered_at.clear()
            return
        self.answered_at.append(time.monotonic())
        if b'"stream": true' not in request and b'"stream":true' not in request:
            self._transport.write(self._whole)
        elif not self._pause_s:
            self._transport.write(b"".join(self._events))
        else:
            self._sending = asyncio.get_running_loop().create_task(self._slowly())

    async def _slowly(self) -> None:
        for event in self._events:
            self._transport.write(event)
            await asyncio.sleep(self._pause_s)


async def serve(port: int, pause_s: float) -> None:
    """Serves on loopback until it is ended."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Stub(pause_s), "127.0.0.1", port, backlog=4096)
    async with server:
        await server.serve_forever()


def _event(delta: dict[str, str], finish: str | None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {**_ENVELOPE, "object": "chat.completion.chunk", "choices": [choice]}


def _in_json(value: object) -> bytes:
    content = json.dumps(value).encode()
    return _head("application/json", f"Content-Length: {len(content)}") + content


def _head(kind: str, length: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{length}\r\nConnection: keep-alive\r\n\r\n".encode()


def _chunk(content: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(content), content)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2]) / 1000 if len(sys.argv) > 2 else 0.0))
