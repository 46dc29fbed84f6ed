"""The load of the gateway's bench: raw asyncio, so that asking costs little beside what answers.

Each client holds one connection and asks again as soon as it was answered.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from benchmarks.gateway_bodies import MARK, numbered

LONGEST_WAIT_S: Final = 120.0


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked.

    Args:
        port: on loopback.
        key: sent as a bearer token; empty for none.
        headers: further ones, by name.
        mark: words without which an answer counts as an error.
        first_words: of the reply; their arrival is the first byte that a person can read.
    """

    name: str
    port: int
    model: str
    key: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    mark: bytes = MARK
    first_words: bytes = b"CBT"

    def request(self, content: bytes) -> bytes:
        """The whole request as it is written."""
        lines = [
            "POST /v1/chat/completions HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Content-Type: application/json",
            f"Content-Length: {len(content)}",
            *([f"Authorization: Bearer {self.key}"] if self.key else []),
            *(f"{name}: {value}" for name, value in self.headers),
        ]
        return "\r\n".join([*lines, "", ""]).encode() + content


@dataclass(slots=True)
class Load:
    """What became of the requests.

    Args:
        times_s: of each answered request, to its last byte.
        first_words_s: to the first words of the reply.
        first_words_at: when they came, by the clock that all processes of a machine share.
        errors: of what was not answered as it should be, by what came instead.
        lasted_s: the wall time of all.
    """

    times_s: list[float] = field(default_factory=list[float])
    first_words_s: list[float] = field(default_factory=list[float])
    first_words_at: list[float] = field(default_factory=list[float])
    errors: Counter[str] = field(default_factory=Counter[str])
    lasted_s: float = 0.0

    def percentile_ms(self, share: float) -> float:
        """Milliseconds within which a share (0 to 1) of the answers came; nan where none did."""
        return _percentile(self.times_s, share)

    def first_words_ms(self, share: float = 0.5) -> float:
        """The same for the first words."""
        return _percentile(self.first_words_s, share)

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.times_s) / self.lasted_s if self.lasted_s else 0.0


async def load(target: Target, content: bytes, *, clients: int, seconds: float = 0.0, count: int = 0) -> Load:
    """Asks until the time is over, or until each client has asked `count` times."""
    result = Load()
    began = time.perf_counter()
    request = target.request(content)
    await asyncio.gather(*(_client(target, request, result, began + seconds, count) for _ in range(clients)))
    result.lasted_s = time.perf_counter() - began
    return result


async def _client(target: Target, request: bytes, result: Load, until: float, count: int) -> None:
    reader = writer = None
    asked = 0
    while asked < count if count else time.perf_counter() < until or not asked:
        asked += 1
        try:
            if writer is None or reader is None or writer.is_closing():
                reader, writer = await asyncio.open_connection("127.0.0.1", target.port, limit=1 << 20)
            async with asyncio.timeout(LONGEST_WAIT_S):
                await _one(reader, writer, target, numbered(request), result)
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as fault:
            result.errors[type(fault).__name__] += 1
            if writer is not None:
                writer.close()
            reader = writer = None
    if writer is not None:
        writer.close()


async def _one(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    target: Target,
    request: bytes,
    result: Load,
) -> None:
    began = time.perf_counter()
    writer.write(request)
    status, head = await answer_head(reader)
    first: float | None = None
    content = bytearray()
    if b"transfer-encoding: chunked" in head:
        while length := int(await reader.readline(), 16):
            content += (await reader.readexactly(length + 2))[:-2]
            if first is None and target.first_words in content:
                first = time.perf_counter()
        await reader.readexactly(2)
    else:
        content += await reader.readexactly(_length(head))
        first = time.perf_counter()
    ended = time.perf_counter()
    if status == 200 and target.mark in _joined(bytes(content)):
        result.times_s.append(ended - began)
        result.first_words_s.append((first or ended) - began)
        result.first_words_at.append(time.monotonic() - (time.perf_counter() - (first or ended)))
    else:
        result.errors[str(status) if status != 200 else "200 without the reply"] += 1


async def answered_at(stub_port: int) -> list[float]:
    """When the bench's stub answered each request since it was asked last, by the clock all processes share."""
    reader, writer = await asyncio.open_connection("127.0.0.1", stub_port, limit=1 << 24)
    writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    _, head = await answer_head(reader)
    content = await reader.readexactly(_length(head))
    writer.close()
    return json.loads(content)


async def answer_head(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """The status, and the head in small letters."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    return int(head.split(b" ", 2)[1]), head


def _length(head: bytes) -> int:
    return int(head[head.find(b"content-length:") + 15 :].split(b"\r\n", 1)[0])


def _joined(content: bytes) -> bytes:
    """What was said, also where a stream cut it up."""
    if not content.startswith(b"data:"):
        return content
    parts = content.split(b'"content":')[1:]
    return b"".join(part.strip()[1:].split(b'"', 1)[0] for part in parts)


def _percentile(times_s: list[float], share: float) -> float:
    if not times_s:
        return float("nan")
    ordered = sorted(times_s)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000
