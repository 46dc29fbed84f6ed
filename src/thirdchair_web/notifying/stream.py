"""Notices on the screen as they come: server-sent events for staff who are signed in.

What waits is sent whole to whoever connects, then what is new within a second. A browser that comes back says the last number
it got, and is sent what came since. The stream ends when the session does, and looking at it does not keep a session alive.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final, TypeVar

from django.db import DatabaseError, close_old_connections
from starlette.types import Receive, Scope, Send

from thirdchair.errors import TrailBroken
from thirdchair_web.accounts.middleware import staff_of_cookie
from thirdchair_web.clock import now
from thirdchair_web.notifying.delivering import mark_shown
from thirdchair_web.notifying.waiting import Shown, waiting_for_all

PATH: Final = "/notices/stream/"
LOOK_EVERY_S: Final = 1.0
BEAT_EVERY_S: Final = 15.0
"""Seconds between signs of life, at each of which the session is looked at again."""
_SENT_AGAIN: Final = timedelta(seconds=60)
"""Numbers may be committed out of order within this time, so a browser's last number does not cover what was sent since."""

_T = TypeVar("_T")
_THREADS: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="notices")

log = logging.getLogger(__name__)


class Board:
    """What waits for everyone, read once a second however many look."""

    def __init__(self) -> None:
        self._read_at = float("-inf")
        self._held: Mapping[int, tuple[Shown, ...]] = {}
        self._lock: asyncio.Lock | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def for_person(self, person: int) -> tuple[Shown, ...]:
        """What waits for one person; what was read last where the database cannot be read now."""
        loop = asyncio.get_running_loop()
        if self._lock is None or self._loop is not loop:
            self._lock, self._loop, self._read_at = asyncio.Lock(), loop, float("-inf")
        async with self._lock:
            if loop.time() - self._read_at >= LOOK_EVERY_S / 2:
                with suppress(DatabaseError):
                    self._held = await _in_thread(waiting_for_all)
                self._read_at = loop.time()
        return self._held.get(person, ())


_board: Final = Board()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The stream of one browser."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    cookie = headers.get("cookie", "")
    if scope["method"] != "GET":
        await _answer(send, 405)
        return
    try:
        person = await _in_thread(staff_of_cookie, cookie)
    except DatabaseError:
        await _answer(send, 503)
        return
    if person is None:
        await _answer(send, 401)
        return
    await _answer(send, 200, more=True)
    last = headers.get("last-event-id", "")
    stream = asyncio.ensure_future(_told(person, cookie, int(last) if last.isdecimal() else 0, send))
    leaving = asyncio.ensure_future(_left(receive))
    try:
        await asyncio.wait({stream, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (stream, leaving):
            task.cancel()
        await asyncio.gather(stream, leaving, return_exceptions=True)


async def _told(person: int, cookie: str, last: int, send: Send) -> None:
    """Sends what waits and what comes, until the session is over."""

    async def put(text: str) -> None:
        await send({"type": "http.response.body", "body": text.encode(), "more_body": True})

    await put("retry: 1000\n\n")
    loop = asyncio.get_running_loop()
    sent: dict[int, int] = {}
    beat_at = loop.time() + BEAT_EVERY_S
    while True:
        waiting = await _board.for_person(person)
        await _send_new(waiting, sent, last, put)
        for notice in [notice for notice in sent if notice not in {one.notice for one in waiting}]:
            del sent[notice]
            await put(_event("settled", {"notice": notice}))
        if loop.time() >= beat_at:
            beat_at = loop.time() + BEAT_EVERY_S
            if not await _still(person, cookie):
                await put(_event("over", {}))
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                return
            await put(": still here\n\n")
        await asyncio.sleep(LOOK_EVERY_S)


async def _send_new(
    waiting: tuple[Shown, ...], sent: dict[int, int], last: int, put: Callable[[str], Awaitable[None]]
) -> None:
    new: list[int] = []
    for one in waiting:
        if sent.get(one.notice) == one.number:
            continue
        if not _had(one, last):
            await put(_event("notice", one.as_json(), number=one.number))
            new.append(one.number)
        sent[one.notice] = one.number
    if new:
        try:
            await _in_thread(mark_shown, new)
        except (DatabaseError, TrailBroken) as error:
            log.warning("notices were shown and could not be marked so: %s", type(error).__name__)


def _had(one: Shown, last: int) -> bool:
    """Whether this browser had the notice before it came back."""
    return one.number <= last and one.sent_at is not None and one.sent_at < now() - _SENT_AGAIN


async def _still(person: int, cookie: str) -> bool:
    try:
        return await _in_thread(staff_of_cookie, cookie) == person
    except DatabaseError:
        return True  # a locked database signs nobody out


def all_that_waits(person: int) -> str:
    """What waits for a person as events that end, for a server that holds no stream open: the browser asks again."""
    waiting = waiting_for_all().get(person, ())
    mark_shown([one.number for one in waiting if one.sent_at is None])
    events = [_event("notice", one.as_json(), number=one.number) for one in waiting]
    here = {"notices": [one.notice for one in waiting]}
    return "".join(["retry: 3000\n\n", *events, _event("only", here)])


def _event(kind: str, content: Mapping[str, Any], *, number: int | None = None) -> str:
    numbered = "" if number is None else f"id: {number}\n"
    return f"{numbered}event: {kind}\ndata: {json.dumps(content, ensure_ascii=False)}\n\n"


async def _answer(send: Send, status: int, *, more: bool = False) -> None:
    kind = b"text/event-stream" if more else b"text/plain"
    headers = [
        (b"content-type", kind),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"),
        (b"cross-origin-resource-policy", b"same-origin"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    if not more:
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _in_thread(work: Callable[..., _T], *values: Any) -> _T:
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _with_database, work, *values)


def _with_database(work: Callable[..., _T], *values: Any) -> _T:
    try:
        return work(*values)
    except DatabaseError:
        close_old_connections()
        raise
