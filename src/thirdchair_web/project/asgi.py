"""The ASGI application: Django behind a door that throws oversized bodies away."""

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


application = without_oversized_bodies(get_asgi_application())
