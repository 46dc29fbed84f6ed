"""The OpenAI-compatible door. It reads requests, keeps order among them, and writes what the gateway released.

Policy, safeguards and the trail are the gateway's; nothing here decides. Work that computes or touches the database
runs in a few threads, so that the crisis card of one person never waits behind the model of another.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from typing import Any, Final, ParamSpec, TypeVar

from django.conf import settings
from django.db import Error as DatabaseFault
from django.db import close_old_connections
from django.utils.translation import gettext_noop as _
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from thirdchair.clients.protocol import Client
from thirdchair.clients.streams import stream_of
from thirdchair.errors import (
    ClientFailed,
    ModelFailed,
    SafeguardUnavailable,
    ThirdchairError,
    TrailBroken,
    UnreadableTranscript,
)
from thirdchair.gateway.chat import needs_a_person
from thirdchair.policy.decision import UseRefused
from thirdchair.records import Ask, Finish
from thirdchair_web.accounts.keys import OpenedKey
from thirdchair_web.api import calls
from thirdchair_web.api.bodies import LARGEST_BODY, ChatBody, read_body
from thirdchair_web.api.errors import Problem
from thirdchair_web.api.listing import models_for
from thirdchair_web.api.openapi import description
from thirdchair_web.api.pace import Pace
from thirdchair_web.api.pieces import gathered

_log: Final = logging.getLogger(__name__)
_P = ParamSpec("_P")
_T = TypeVar("_T")

_THREADS: Final = ThreadPoolExecutor(max_workers=4, thread_name_prefix="chat")
_DRAFTS: Final = ThreadPoolExecutor(max_workers=4, thread_name_prefix="draft")
"""A session is drafted while its request waits, minutes with a model: in threads of its own, so that no card waits for it."""
_RECHECK_S: Final = 1.0
"""While a model works, policy is asked again this often: a withdrawal stops it."""


class Room:
    """How many requests are worked on at once; there is no queue, so nothing piles up."""

    def __init__(self) -> None:
        self.taken = 0

    def __enter__(self) -> None:
        if self.taken >= settings.THIRDCHAIR.chats_at_once:
            raise Problem(
                429,
                "busy",
                _("The service is working on as many requests as it can."),
                _("Try again in a moment."),
                card=calls.plain_card(),
                wait_s=1,
            )
        self.taken += 1

    def __exit__(self, *_: object) -> None:
        self.taken -= 1


_room: Final = Room()
_pace: Final = Pace()


class _Streamed(StreamingResponse):
    """A stream that gives its room back however it ends, also when the client left before it began."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            _room.__exit__()


async def chat(request: Request) -> Response:
    """One chat completion, whole or as a stream."""
    try:
        _room.__enter__()
    except Problem as problem:
        return await _when_full(request, problem)
    held, key, body, call = True, None, None, None
    try:
        key = await _worked(calls.key_of, request.headers)  # before anything is read of a stranger
        _paced(key)
        body = read_body(await _bounded(request))
        threads = _DRAFTS if body.use == calls.SUMMARISE else _THREADS
        call = await _worked_in(threads, calls.opened, body, request.headers, key)
        if not body.stream:
            return JSONResponse(await _whole(call, request))
        held = False
        return _Streamed(_stream(call), media_type="text/event-stream", headers={"Cache-Control": "no-store"})
    except ClientDisconnect:
        return Response(status_code=499)
    except Problem as problem:  # before the words were screened: who wrote them may be in danger
        if key is None or key.account.is_patient:
            problem.card = await _card_of(body, key) if body and key else problem.card or calls.plain_card()
        return problem.response()
    except Exception as error:  # noqa: BLE001 - told as a problem, without the words that led to it
        problem = problem_of(error)
        unheard = call is None and not isinstance(error, UseRefused)  # the gateway screens before it refuses
        if unheard and body and key and key.account.is_patient:
            problem.card = await _card_of(body, key)
        return problem.response()
    finally:
        if held:
            _room.__exit__()


async def _card_of(body: ChatBody, key: OpenedKey) -> str:
    try:
        return await _worked(calls.heard_and_told, body, key.account)
    except Exception:  # noqa: BLE001 - whatever it was, the card itself needs no database
        return calls.plain_card()


async def _when_full(request: Request, busy: Problem) -> Response:
    """Screens a patient's words all the same: who is in danger gets the card and an alert, everyone else has to come back."""
    try:
        key = await _worked(calls.key_of, request.headers)
        if not key.account.is_patient:
            return busy.response()
        body = read_body(await _bounded(request))
        if body.use == calls.SUMMARISE or not await _worked(needs_a_person, body.spoken()):
            return busy.response()
        call = await _worked(calls.opened, body, request.headers, key)
        if body.stream:
            return StreamingResponse(
                _stream(call), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
            )
        return JSONResponse(await _whole(call, request))
    except ClientDisconnect:
        return Response(status_code=499)
    except Exception:  # noqa: BLE001 - whatever it was: the card is in this answer, too
        return busy.response()


def _paced(key: OpenedKey) -> None:
    """Refuses a staff key that asks too often; a patient's never, for who asks may be in danger.

    Raises:
        Problem: it has to wait.
    """
    if key.account.is_patient:
        return
    wait_s = _pace.wait_s(key.prefix, most=settings.THIRDCHAIR.calls_per_minute)
    if wait_s:
        raise Problem(
            429,
            "key.pace",
            _("This key asks more often than the service lets one key."),
            _(
                "Come back when Retry-After says, or ask whoever runs the service: THIRDCHAIR_CALLS_PER_MINUTE."
            ),
            card=calls.plain_card(),
            wait_s=wait_s,
        )


async def models(request: Request) -> Response:
    """The uses this key reaches, and why the others are closed."""
    try:
        return JSONResponse(await _worked(models_for, request.headers))
    except Exception as error:  # noqa: BLE001 - as above
        return problem_of(error).response()


async def openapi(request: Request) -> Response:
    """The description of this door."""
    return JSONResponse(description())


async def _whole(call: calls.Call, request: Request) -> dict[str, Any]:
    """The answer in one piece; a client that leaves stops the model."""
    answer = asyncio.ensure_future(_joined(call))
    leaving = asyncio.ensure_future(_left(request))
    done, _ = await asyncio.wait({answer, leaving}, return_when=asyncio.FIRST_COMPLETED)
    if answer not in done:
        answer.cancel()
        await asyncio.gather(answer, return_exceptions=True)
        raise ClientDisconnect
    leaving.cancel()
    return call.wire.whole(await answer, call.turn.outcome, call.usage)


async def _joined(call: calls.Call) -> str:
    return "".join([words async for words in _released(call, prompt=False)])


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _stream(call: calls.Call) -> AsyncIterator[bytes]:
    try:
        yield call.wire.first()
        async for words in _released(call, prompt=True):
            if words:
                yield call.wire.piece(words)
        yield call.wire.last(call.turn.outcome, call.usage)
    except Exception as error:  # noqa: BLE001 - a stream that began can only say so at its end
        yield call.wire.broken(problem_of(error).as_json())


async def _released(call: calls.Call, *, prompt: bool) -> AsyncIterator[str]:
    """What may be sent, as it may be; if prompt, each sentence without waiting for those behind it to be judged."""
    turn = call.turn
    if turn.said is not None:
        yield turn.said
        return
    if turn.ask is None or call.client is None:
        raise SafeguardUnavailable("Nothing answers this turn.")
    ask: Ask | None = turn.ask
    while ask is not None:
        async with aclosing(_answered(call, call.client, ask, prompt=prompt)) as answered:
            async for words in answered:
                yield words
        ask = turn.next_ask()


async def _answered(call: calls.Call, client: Client, ask: Ask, *, prompt: bool) -> AsyncGenerator[str]:
    """What may be sent of the model's reply to one question."""
    turn = call.turn
    loop = asyncio.get_running_loop()
    asked_at, finished = loop.time(), False
    try:
        async with stream_of(client, ask) as stream, aclosing(gathered(stream)) as pieces:
            async for piece in pieces:
                if loop.time() - asked_at > _RECHECK_S:
                    await _worked(turn.still_allowed)
                    asked_at = loop.time()
                if prompt:
                    released = turn.released(piece)
                    while (words := await _worked(next, released, None)) is not None:
                        yield words
                else:
                    yield await _worked(turn.release, piece)
                if turn.is_stopped:
                    break
            cut_off = stream.finish is Finish.CUT_OFF
            call.counted.append(stream.usage)
        finished = True
        yield await _worked(turn.finish, cut_off=cut_off)
    finally:
        if not finished:
            # Not awaited: a client that left has cancelled this task, and what was sent is written down all the same.
            _THREADS.submit(_with_database, turn.abandon)


async def _worked(work: Callable[_P, _T], *args: _P.args, **options: _P.kwargs) -> _T:
    """What `work` returns, done in one of the threads."""
    return await _worked_in(_THREADS, work, *args, **options)


async def _worked_in(
    threads: ThreadPoolExecutor, work: Callable[_P, _T], *args: _P.args, **options: _P.kwargs
) -> _T:
    return await asyncio.get_running_loop().run_in_executor(
        threads, functools.partial(_with_database, work, *args, **options)
    )


def _with_database(work: Callable[_P, _T], *args: _P.args, **options: _P.kwargs) -> _T:
    try:
        return work(*args, **options)
    except DatabaseFault:
        close_old_connections()
        raise


async def _bounded(request: Request) -> bytes:
    """The body.

    Raises:
        Problem: it is larger than any request is.
    """
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > LARGEST_BODY:
            raise Problem(
                413,
                "request.too_large",
                f"A request holds at most {LARGEST_BODY:,} bytes.",
                "Send less of it.",
            )
    return bytes(content)


def problem_of(error: Exception) -> Problem:
    """What a client is told of an error; never its message, unless we wrote it."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, UseRefused):
        return calls.refused(error.refusal)
    if isinstance(error, UnreadableTranscript):
        return Problem(422, "transcript.unreadable", error.problem, error.remedy)
    if isinstance(error, ClientFailed):
        return Problem(
            502, "model.unreachable", str(error), _("Use the extractive method, or try again later.")
        )
    if isinstance(error, ModelFailed):
        return Problem(502, "model.unusable", str(error), _("Use the extractive method, or ask again."))
    broken = isinstance(error, TrailBroken | DatabaseFault | OSError)
    rule = "trail.unwritable" if broken else "safeguard.unavailable"
    if not isinstance(error, ThirdchairError) or broken:
        _log.error("a chat was refused: %s", type(error).__name__)
    reason = (
        _("What happens here could not be written down, so nothing was done.")
        if broken
        else _("A safeguard could not run, so nothing was made.")
    )
    return Problem(
        503,
        rule,
        reason,
        _("Tell whoever runs the service. In danger, use the numbers below."),
        card=calls.plain_card(),
    )


application: Final = Starlette(
    routes=[
        Route("/v1/chat/completions", chat, methods=["POST"]),
        Route("/v1/models", models, methods=["GET"]),
        Route("/v1/openapi.json", openapi, methods=["GET"]),
    ]
)
