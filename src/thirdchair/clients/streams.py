"""A model's answer in pieces, whichever client gives it."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from typing import Any, Self, cast

from thirdchair.clients.protocol import Client
from thirdchair.errors import ClientFailed
from thirdchair.records import Ask, Finish, Reply, Usage


class ReplyStream:
    """The pieces of one answer, in order, as they are written. Close it: that stops the model where it has not ended.

        async with stream_of(client, ask) as pieces:
            async for piece in pieces: ...

    Cancelling the task that waits for a piece stops the model too. `finish` says why the answer ended, once it has, and
    `usage` what was counted, if the model says so; where it did not end properly, `ClientFailed` is raised after the last piece, never a silent end.
    """

    def __init__(self, told: AsyncGenerator[str | Finish | Usage]) -> None:
        self._told = told
        self.finish: Finish | None = None
        self.usage: Usage | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> str:
        async for one in self._told:
            if isinstance(one, Finish):
                self.finish = one
            elif isinstance(one, Usage):
                self.usage = one
            else:
                return one
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """Stops the model, if it is still writing."""
        await self._told.aclose()


def stream_of(client: Client, ask: Ask) -> ReplyStream:
    """The answer of any client in pieces: as it is written where the client can, else in one piece at the end.

    Raises:
        ClientFailed: while it is read, as for `Client.answer`.
    """
    stream = cast("Callable[[Ask], Any] | None", getattr(client, "stream", None))
    if stream is None:
        return ReplyStream(_whole(client, ask))
    if inspect.isgeneratorfunction(stream):
        return ReplyStream(_from_thread(stream, ask))
    return stream(ask)


async def _whole(client: Client, ask: Ask) -> AsyncGenerator[str | Finish | Usage]:
    for one in told_whole(await asyncio.to_thread(client.answer, ask)):
        yield one


def told_whole(reply: Reply) -> Iterator[str | Finish | Usage]:
    """What a stream tells of an answer that came whole."""
    if reply.text:
        yield reply.text
    if reply.usage:
        yield reply.usage
    yield reply.finish


async def _from_thread(
    stream: Callable[[Ask], Generator[str, None, Finish]], ask: Ask
) -> AsyncGenerator[str | Finish | Usage]:
    """What a generator tells that computes in this process; it has a thread of its own, and stops at its next piece."""
    told: asyncio.Queue[str | Finish | ClientFailed] = asyncio.Queue()
    stopped = threading.Event()
    loop = asyncio.get_running_loop()

    def tell(one: str | Finish | ClientFailed) -> None:
        if not stopped.is_set():
            loop.call_soon_threadsafe(told.put_nowait, one)

    worker = loop.run_in_executor(None, _run, stream, ask, tell, stopped)
    try:
        while not isinstance(one := await told.get(), (Finish, ClientFailed)):
            yield one
        if isinstance(one, ClientFailed):
            raise one
        yield one
        await worker
    finally:
        stopped.set()


def _run(
    stream: Callable[[Ask], Generator[str, None, Finish]],
    ask: Ask,
    tell: Callable[[str | Finish | ClientFailed], None],
    stopped: threading.Event,
) -> None:
    pieces = stream(ask)
    try:
        while not stopped.is_set():
            tell(next(pieces))
    except StopIteration as ended:
        tell(cast(Finish, ended.value))
    except ClientFailed as failed:
        tell(failed)
    except Exception as error:  # noqa: BLE001  its message could quote the ask
        tell(ClientFailed(f"The model could not go on ({type(error).__name__}). Try again."))
    finally:
        pieces.close()
