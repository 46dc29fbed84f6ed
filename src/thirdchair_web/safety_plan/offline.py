"""What a browser keeps for when there is no line: the service worker, and the manifest for a home screen. Neither asks the database."""

from __future__ import annotations

import hashlib
import json
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from thirdchair.records import Language
from thirdchair_web.crisis.card import crisis_card

_COLOURS: Final = {"background_color": "#f4f6f7", "theme_color": "#f4f6f7"}


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It differs, and so is taken anew, when the card, the look or this program has changed."""
    source = render_to_string("safety_plan/worker.js")
    card = reverse("crisis-card")
    facts = {
        "card": card,
        "cards": {code: f"{card}?language={code}" for code, _name in settings.LANGUAGES},
        "plan": reverse("my-safety-plan"),
        "copy": f"{reverse('my-safety-plan')}?copy=yes",
        "style": static("thirdchair.css"),
    }
    read = [repr(crisis_card(None, language)) for language in Language]
    facts["version"] = hashlib.sha256(json.dumps([source, facts, read]).encode()).hexdigest()[:16]
    return HttpResponse(f"const FACTS = {json.dumps(facts)};\n{source}", content_type="text/javascript")


@require_GET
def manifest(request: HttpRequest) -> JsonResponse:
    """How the pages stand on a home screen: under a name and a picture that tell a passer-by nothing."""
    with override(settings.LANGUAGE_CODE):
        name = _("My pages")
    return JsonResponse(
        {
            "name": settings.THIRDCHAIR.clinic_name,
            "short_name": name,
            "start_url": "/",
            "scope": "/",
            "display": "minimal-ui",
            "icons": [{"src": static("icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
            **_COLOURS,
        },
        content_type="application/manifest+json",
    )
