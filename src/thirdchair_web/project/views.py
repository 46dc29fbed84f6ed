"""Pages of the project itself: the language switch and the error pages."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from thirdchair.crisis import Card
from thirdchair_web.crisis.card import crisis_card
from thirdchair_web.governance.words import reader_language
from thirdchair_web.project.turned_away import WRITTEN_IN, card_if_in_danger, is_written

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
    """403 for a form that does not carry this session's token. What was written on it is heard for danger all the same."""
    writer = getattr(request, "user", None)
    known = writer is not None and writer.is_authenticated and is_written(request)
    in_danger = card_if_in_danger(request, writer) if known else None
    return in_danger or _error(request, 403, template="errors/csrf.html")


def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    return _error(request, 413, limit_mb=f"{settings.MAX_UPLOAD_BYTES / 1_000_000:g}")


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429."""
    return _error(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, with the reference to find it in the log. Touches neither database nor session."""
    return _error(request, 500)


def _card() -> Card | None:
    try:
        return crisis_card(None, reader_language())
    except Exception as error:  # noqa: BLE001 - the page itself still stands, with its link to help
        _log.error("the crisis card could not be made: %s", type(error).__name__)
        return None


def _error(request: HttpRequest, status: int, *, template: str = "", **facts: Any) -> HttpResponse:
    """An error page. Where patients and carers write, it is the crisis card too: whoever wrote may be in danger."""
    facts["reference"] = getattr(request, "reference", "")
    broke = status == HTTPStatus.INTERNAL_SERVER_ERROR and request.path.startswith(WRITTEN_IN)
    facts["card"] = _card() if broke or is_written(request) else None
    return render(request, template or f"errors/{status}.html", facts, status=status)
