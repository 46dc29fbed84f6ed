"""The ASGI application: the OpenAI-compatible door, notices as they come, and Django behind one that throws oversized bodies away."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thirdchair_web.project.settings")

Receive = Callable[[], Awaitable[dict[str, Any]]]
App = Callable[[dict[str, Any], Receive, Any], Awaitable[None]]


def without_oversized_bodies(app: App) -> App:
    """Reads an oversized body to its end, keeping none of it, and hands on the bare request.

    Django's own server code stores a body before any middleware runs, and closing the connection early shows
    the person a broken page instead of the limit.
    """

    async def handle(scope: dict[str, Any], receive: Receive, send: Any) -> None:
        if scope["type"] == "http" and _oversized(scope):
            receive = await _drained(receive)
        await app(scope, receive, send)

    return handle


def _oversized(scope: dict[str, Any]) -> bool:
    from thirdchair_web.project.middleware import oversized

    headers = dict(scope["headers"])
    return oversized(
        headers.get(b"content-length", b"").decode("latin-1"), chunked=b"transfer-encoding" in headers
    )


async def _drained(receive: Receive) -> Receive:
    """Take messages until the body ends; afterwards the body is empty and then the client leaves."""
    message = await receive()
    while message["type"] == "http.request" and message.get("more_body"):
        message = await receive()
    left = [{"type": "http.request", "body": b"", "more_body": False}]

    async def rest() -> dict[str, Any]:
        return left.pop() if left else await receive()

    return rest


def with_api(app: App) -> App:
    """Hands what asks for /v1/ to the OpenAI-compatible door, and everything else to the app."""
    from thirdchair_web.api.door import application as door
    from thirdchair_web.api.hosts import is_ours

    async def handle(scope: dict[str, Any], receive: Receive, send: Any) -> None:
        is_door = scope["type"] == "http" and scope["path"].startswith("/v1/") and is_ours(scope)
        await (door if is_door else app)(scope, receive, send)

    return handle


def with_notices(app: App) -> App:
    """Hands the stream of notices to what serves it, and everything else to the app."""
    from thirdchair_web.api.hosts import is_ours
    from thirdchair_web.notifying.stream import PATH
    from thirdchair_web.notifying.stream import application as stream

    async def handle(scope: dict[str, Any], receive: Receive, send: Any) -> None:
        is_stream = scope["type"] == "http" and scope["path"] == PATH and is_ours(scope)
        await (stream if is_stream else app)(scope, receive, send)

    return handle


django_application = get_asgi_application()
application = with_api(with_notices(without_oversized_bodies(django_application)))
