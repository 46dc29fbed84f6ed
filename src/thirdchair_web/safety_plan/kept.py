"""Whether the person asked to keep the plan on this device, and forgetting it when they leave or another signs in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse

from thirdchair_web.accounts.models import User

COOKIE: Final = settings.PLAN_KEPT_COOKIE_NAME
_KEPT_S: Final = 180 * 24 * 3600


def keep_here(response: HttpResponse, request: HttpRequest) -> None:
    """Notes in this browser that its owner wants the plan kept. The note is the account's number, signed."""
    response.set_cookie(
        COOKIE,
        _signer().sign(str(request.user.pk)),
        max_age=_KEPT_S,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def is_kept_here(request: HttpRequest) -> bool:
    """Whether this browser keeps the plan of the person who is signed in."""
    return _owner(request) == str(request.user.pk)


def forget_here(response: HttpResponse) -> None:
    """Tells the browser to drop the plan, and all that the worker kept. The next page it opens brings the card back."""
    response.delete_cookie(COOKIE, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"storage"'


class ForgetsOnLeaving:
    """Drops a kept plan at sign-out and erasure, when somebody else signs in, and on any page once its owner's account is closed,
    so that an erasure reaches the other devices too. A session that merely ran out keeps it: the plan is for the night, and the
    person asked for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        left = getattr(request, "began_signed_in", False) and not request.user.is_authenticated
        if left or _belongs_to_nobody_here(request):
            forget_here(response)
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Notes who came."""
        request.began_signed_in = request.user.is_authenticated


def _belongs_to_nobody_here(request: HttpRequest) -> bool:
    if COOKIE not in request.COOKIES:
        return False
    owner = _owner(request)
    if request.user.is_authenticated:
        return owner != str(request.user.pk)
    return not owner or not User.objects.filter(pk=owner, is_active=True).exists()


def _owner(request: HttpRequest) -> str:
    """The number of the account whose plan this browser keeps; "" where it is none's or was tampered with."""
    try:
        return _signer().unsign(request.COOKIES.get(COOKIE, ""))
    except BadSignature:
        return ""


def _signer() -> Signer:
    return Signer(salt="thirdchair.safety_plan.kept")
