"""Pages of the project itself: the language switch and the error pages."""

from __future__ import annotations

import logging
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from thirdchair.crisis import Card
from thirdchair_web.crisis.card import crisis_card
from thirdchair_web.governance.words import reader_language

WRITTEN_IN: Final = ("/my/", "/carers/", "/harm/report/")
"""Where people in care and those close to them write in their own words."""
_log: Final = logging.getLogger(__name__)


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
    """500, with the reference to find it in the log. Touches neither database nor session.

    Where patients and carers write, it is the crisis card too: whoever wrote may be in danger, whatever broke.
    """
    return _error(request, 500, card=_card() if request.path.startswith(WRITTEN_IN) else None)


def _card() -> Card | None:
    try:
        return crisis_card(None, reader_language())
    except Exception as error:  # noqa: BLE001 - the page itself still stands, with its link to help
        _log.error("the crisis card could not be made: %s", type(error).__name__)
        return None


def _error(request: HttpRequest, status: int, *, template: str = "", **facts: Any) -> HttpResponse:
    facts["reference"] = getattr(request, "reference", "")
    return render(request, template or f"errors/{status}.html", facts, status=status)
