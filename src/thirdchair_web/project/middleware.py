"""What is done for every request and response, whoever asks."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from whitenoise.middleware import WhiteNoiseMiddleware

from thirdchair_web.project.views import too_large

GetResponse = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY: Final = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
        "fullscreen", "geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment",
        "publickey-credentials-get", "screen-wake-lock", "serial", "usb",
    )
)  # fmt: skip


def reference_for_each_request(get_response: GetResponse) -> GetResponse:
    """Gives the request a reference that an error page and the log share. It says nothing about the person."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.reference = secrets.token_hex(5)
        return get_response(request)

    return handle


def browser_restrictions(get_response: GetResponse) -> GetResponse:
    """Adds the headers that Django has no setting for."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return handle


def no_store(get_response: GetResponse) -> GetResponse:
    """Keeps pages out of every cache: a shared ward computer must show nothing after sign-out."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    return handle


def help_without_a_session(get_response: GetResponse) -> GetResponse:
    """Opens the crisis card, and what keeps it on a device, as if nobody were signed in: so it opens while the database is
    off, and holds nothing of anybody that a device could keep."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path in {reverse("crisis-card"), reverse("worker"), reverse("manifest")}:
            for cookie in (settings.SESSION_COOKIE_NAME, settings.PLAN_KEPT_COOKIE_NAME):
                request.COOKIES.pop(cookie, None)
        return get_response(request)

    return handle


class StaticFiles(WhiteNoiseMiddleware):
    """Serves static files whole. They are small, and the library's streaming is synchronous, which Django
    warns about for every file under an asynchronous server."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        """The file, or the answer that it has not changed."""
        found = static_file.get_response(request.method, request.META)
        if found.file is None:
            return HttpResponse(status=int(found.status), headers=dict(found.headers))
        with found.file as file:
            return HttpResponse(file.read(), status=int(found.status), headers=dict(found.headers))


def upload_limit(get_response: GetResponse) -> GetResponse:
    """Refuses a request that is too large before any of it is read into a form.

    `asgi.without_oversized_bodies` throws the body away first, so that a browser sees the page, not a reset.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if oversized(request.META.get("CONTENT_LENGTH"), chunked="HTTP_TRANSFER_ENCODING" in request.META):
            return too_large(request)
        return get_response(request)

    return handle


def oversized(content_length: str | None, *, chunked: bool) -> bool:
    """Whether a body is larger than accepted, or does not say how large it is."""
    return chunked or ((content_length or "").isdecimal() and int(content_length) > settings.MAX_UPLOAD_BYTES)
