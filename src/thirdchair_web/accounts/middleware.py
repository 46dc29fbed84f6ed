"""What is checked about the person on every request."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from importlib import import_module
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user, logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, parse_cookie
from django.shortcuts import redirect, resolve_url
from django.utils import timezone, translation
from django.utils.translation import gettext as _

# A background refresh (a progress bar, say) sends this header, and does not count as a person being there.
BACKGROUND_HEADER: Final = "X-Background"
BACKGROUND_PAGES: Final = frozenset({"/notices/again/", "/notices/stream/"})  # which load themselves again
CARD: Final = "/help-now/"
WITHOUT_SECOND_FACTOR: Final = frozenset(
    {"mfa_activate_totp", "account_logout", "account_reauthenticate", "set_language", "crisis-card"}
)
_WRITE_EVERY_S: Final = 30


class SessionLimits:
    """Ends a session that has lasted too long or has been idle too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.path == CARD
        ):  # whoever opens it is neither sent to sign in, nor made to wait for a database
            if _over(request):
                request.user = AnonymousUser()
            return self.get_response(request)
        if request.user.is_authenticated and (reason := _over(request)):
            logout(request)
            messages.info(request, reason)
            return _to(request, redirect_to_login(_return_address(request)).url)
        if request.user.is_authenticated:
            _note_activity(request)
        return self.get_response(request)


def card_without_database(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Shows the crisis card to a signed-in person as to anyone, where their session cannot be read."""

    def handle(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if request.path != CARD or answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
            return answer
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        for held in ("_cached_user", "_acached_user"):
            request.__dict__.pop(held, None)
        return get_response(request)

    return handle


class PreferredLanguage:
    """Shows pages in the language a signed-in person has chosen, on whichever device."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.user.language if request.user.is_authenticated else ""
        if chosen and translation.check_for_language(chosen):
            translation.activate(chosen)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class SecondFactorForStaff:
    """Sends staff without a second factor to set one up, before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """A redirect where the second factor is missing, else None."""
        if not request.user.is_authenticated or not request.user.needs_second_factor:
            return None
        if request.resolver_match.url_name in WITHOUT_SECOND_FACTOR or _has_second_factor(request):
            return None
        return _to(request, resolve_url("mfa_activate_totp"))


def staff_of_cookie(cookie: str) -> int | None:
    """The number of the staff account whose session a request's cookies name, with its second factor, while it lasts.

    For what is served beside Django's views; looking does not keep the session alive.
    """
    request = HttpRequest()
    request.COOKIES = parse_cookie(cookie)
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    request.user = get_user(request)
    if not request.user.is_authenticated or request.user.is_patient or _over(request):
        return None
    return request.user.pk if _has_second_factor(request) else None


def _over(request: HttpRequest) -> str:
    """Why the session is over, or nothing. A session without clocks is over."""
    now = timezone.now().timestamp()
    if now - request.session.get("signed_in_at", 0) >= settings.SESSION_COOKIE_AGE:
        return _("You were signed out because a session ends after a set time. Please sign in again.")
    if now - request.session.get("last_active_at", 0) >= settings.SESSION_IDLE_S:
        return _("You were signed out because nothing happened for a while. Please sign in again.")
    return ""


def _note_activity(request: HttpRequest) -> None:
    """Set the idle clock back, at most every 30 s so that reading does not mean writing."""
    now = timezone.now().timestamp()
    if not _in_background(request) and now - request.session["last_active_at"] >= _WRITE_EVERY_S:
        request.session["last_active_at"] = now


def _in_background(request: HttpRequest) -> bool:
    return BACKGROUND_HEADER in request.headers or request.path in BACKGROUND_PAGES


def _has_second_factor(request: HttpRequest) -> bool:
    return Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()


def _return_address(request: HttpRequest) -> str:
    """Where to go after signing in again; a form's own address may only take posts, so not that."""
    return request.get_full_path() if request.method == "GET" and not request.htmx else "/"


def _to(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect that also moves the whole page when htmx asked for a part of it."""
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
