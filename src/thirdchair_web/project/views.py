"""Pages of the project itself: the language switch and the error pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST
from django.views.i18n import set_language


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language in a cookie and, for a signed-in person, with the account; then go back."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        request.user.language = language
        request.user.save(update_fields=["language"])
    return set_language(request)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400. The exception may quote what was sent, so it is not shown."""
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _error(request, 404)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that does not carry this session's token."""
    return _error(request, 403, template="errors/csrf.html")


def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    return _error(request, 413, limit_mb=f"{settings.MAX_UPLOAD_BYTES / 1_000_000:g}")


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429."""
    return _error(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, with the reference to find it in the log. Touches neither database nor session."""
    return _error(request, 500)


def _error(request: HttpRequest, status: int, *, template: str = "", **facts: Any) -> HttpResponse:
    facts["reference"] = getattr(request, "reference", "")
    return render(request, template or f"errors/{status}.html", facts, status=status)
