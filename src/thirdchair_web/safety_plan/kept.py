"""Whether the person asked to keep the plan on this device, and forgetting it when they leave or another signs in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE: Final = "thirdchair_plan_kept"
_KEPT_S: Final = 180 * 24 * 3600


def keep_here(response: HttpResponse, request: HttpRequest) -> None:
    """Notes in this browser that its owner wants the plan kept. The note names nobody."""
    response.set_cookie(
        COOKIE,
        _whose(request),
        max_age=_KEPT_S,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def is_kept_here(request: HttpRequest) -> bool:
    """Whether this browser keeps the plan of the person who is signed in."""
    return request.COOKIES.get(COOKIE) == _whose(request)


def forget_here(response: HttpResponse) -> None:
    """Tells the browser to drop the plan, and all that the worker kept. The next page it opens brings the card back."""
    response.delete_cookie(COOKIE, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"storage"'


class ForgetsOnLeaving:
    """Drops a kept plan at sign-out and erasure, and when somebody else signs in. A session that merely ran out keeps it: the
    plan is for the night, and the person asked for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        left = getattr(request, "began_signed_in", False) and not request.user.is_authenticated
        if left or _is_anothers(request):
            forget_here(response)
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Notes who came."""
        request.began_signed_in = request.user.is_authenticated


def _is_anothers(request: HttpRequest) -> bool:
    return COOKIE in request.COOKIES and request.user.is_authenticated and not is_kept_here(request)


def _whose(request: HttpRequest) -> str:
    return salted_hmac("thirdchair.safety_plan.kept", request.user.identifier).hexdigest()[:32]
