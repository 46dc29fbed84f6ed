"""The door under strain: clients without a pause, and more slow streams than it takes."""

from __future__ import annotations

import asyncio
import resource
from collections import Counter
from typing import Final

from benchmarks.gateway_bodies import MARK, QUESTION, body
from benchmarks.gateway_load import Target, answer_head, load
from benchmarks.gateway_processes import Server

SOAK_CLIENTS: Final = 32
_LOOKS: Final = 10
"""Memory is looked at so often in a soak."""
_AT_ONCE: Final = 500
"""Connections opened at the same moment; a machine's own queue of them is not what is tried here."""
_LONGEST_STREAM_S: Final = 120.0


async def soak(target: Target, process: Server, *, minutes: float) -> None:
    """Prints memory as it goes, requests and errors."""
    content = [body(QUESTION, model=target.model, stream=stream) for stream in (False, True)]
    await load(target, content[0], clients=SOAK_CLIENTS, seconds=min(10.0, minutes * 6))
    start = process.main_memory_mb()
    print(
        f"{SOAK_CLIENTS} clients for {minutes:g} minutes; memory after the warm-up {start:.0f} MB", flush=True
    )
    answered, errors = 0, Counter[str]()
    for look in range(_LOOKS):
        found = await load(target, content[look % 2], clients=SOAK_CLIENTS, seconds=minutes * 60 / _LOOKS)
        answered += len(found.times_s)
        errors += found.errors
        print(
            f"  {(look + 1) * minutes / _LOOKS:6.1f} min  {process.main_memory_mb():6.0f} MB"
            f"  {found.per_second:6.0f} a second  errors {dict(found.errors) or 'none'}",
            flush=True,
        )
    end = process.main_memory_mb()
    print(f"{answered:,} answered, errors {dict(errors) or 'none'}; memory {end / start - 1:+.1%}")


async def slow_streams(target: Target, process: Server, *, count: int, slow: str) -> None:
    """Prints what became of so many streams at once, and whether the door answers afterwards."""
    _allow_files(count + 200)
    request = target.request(body(QUESTION, model=slow, stream=True))
    room = asyncio.Semaphore(_AT_ONCE)
    told = Counter(await asyncio.gather(*(_slow(target.port, request, room) for _ in range(count))))
    print(f"{count:,} slow streams at once:")
    for what, times in told.most_common():
        print(f"  {times:>7,}  {what}")
    after = await load(target, body(QUESTION, model=target.model, stream=True), clients=1, count=1)
    print(f"  the server {'runs' if process.is_alive() else 'has CRASHED'}", end="; ")
    print(f"a request afterwards was {'answered' if after.times_s else f'NOT answered {dict(after.errors)}'}")


async def _slow(port: int, request: bytes, room: asyncio.Semaphore) -> str:
    try:
        async with room:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request)
            async with asyncio.timeout(_LONGEST_STREAM_S):
                status, head = await answer_head(reader)
        if status == 200:
            async with asyncio.timeout(_LONGEST_STREAM_S):
                content = await _to_the_end(reader)
            whole = b"[DONE]" in content and MARK.split(b" ")[0] in content
            outcome = "streamed to the end" if whole else "a stream that broke off"
        else:
            polite = status == 429 and b"retry-after:" in head
            outcome = "429 with Retry-After" if polite else f"{status}"
        writer.close()
        return outcome
    except (OSError, asyncio.IncompleteReadError, TimeoutError) as fault:
        return f"no answer ({type(fault).__name__})"


async def _to_the_end(reader: asyncio.StreamReader) -> bytes:
    content = bytearray()
    while length := int(await reader.readline(), 16):
        content += (await reader.readexactly(length + 2))[:-2]
    return bytes(content)


def _allow_files(count: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < count:
        raise SystemExit(f"{count} connections need as many open files; this machine allows {hard}.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, count), hard))
