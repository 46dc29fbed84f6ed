"""A model's pieces gathered while the door is at work on those before: what it releases is the same, in fewer turns."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator


async def gathered(pieces: AsyncIterator[str]) -> AsyncGenerator[str]:
    """What has come since the last time, joined. Closing this stops the reading of `pieces`, and waits for its end.

    Raises:
        ClientFailed: as `pieces` does, after what came before.
    """
    waiting: list[str] = []
    news = asyncio.Event()
    reading = asyncio.ensure_future(_read(pieces, waiting, news))
    try:
        while not reading.done() or waiting:
            await news.wait()
            news.clear()
            come = "".join(waiting)
            waiting.clear()
            if come:
                yield come
        await reading
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


async def _read(pieces: AsyncIterator[str], waiting: list[str], news: asyncio.Event) -> None:
    try:
        async for piece in pieces:
            waiting.append(piece)
            news.set()
    finally:
        news.set()
