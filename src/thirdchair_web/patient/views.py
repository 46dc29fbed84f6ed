"""The patient's own pages: what AI may do, every use of it, withdrawal, data, erasure."""

from __future__ import annotations

import json

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thirdchair.crisis import PLACES
from thirdchair.uses import USES
from thirdchair_web.consent.models import ConsentRecord
from thirdchair_web.crisis.card import crisis_card
from thirdchair_web.encounters.models import Patient
from thirdchair_web.encounters.own import own_pages
from thirdchair_web.governance.actions import switches
from thirdchair_web.governance.words import reader_language
from thirdchair_web.patient.home import ROOMS
from thirdchair_web.patient.ledger import ledger_of
from thirdchair_web.patient.own_data import everything_about
from thirdchair_web.patient.readable import readable
from thirdchair_web.review.consent_views import standing_consent
from thirdchair_web.review.erasure import erase
from thirdchair_web.trail.actions import record


@own_pages
@require_GET
def home(request: HttpRequest, person: Patient) -> HttpResponse:
    """Where everything of the patient's is, a person first."""
    return render(request, "patient/home.html", {"rooms": ROOMS})


@own_pages
@require_GET
def choices(request: HttpRequest, person: Patient) -> HttpResponse:
    """Each use of AI and whether the patient has agreed to it."""
    on = switches().uses_on  # nobody is asked about second readings that nobody may make
    answered = set(ConsentRecord.objects.filter(patient_ref=person.ref).values_list("use", flat=True))
    uses = [
        {
            "id": use.id,
            "title": use.title[reader_language()],
            "standing": standing_consent(person.ref, use.id),
            "asked": use.id in answered,
        }
        for use in USES.values()
        if not use.is_closed and (not use.has_own_page or use.id in on or use.id in answered)
    ]
    return render(request, "patient/choices.html", {"patient": person, "uses": uses})


@own_pages
@require_GET
def ledger(request: HttpRequest, person: Patient) -> HttpResponse:
    """Every use of AI on this patient, from the trail."""
    return render(request, "patient/ledger.html", {"rows": ledger_of(person)})


@own_pages
@require_GET
def own_data(request: HttpRequest, person: Patient) -> HttpResponse:
    """What the service holds about the patient, as a file to keep: for reading, or for another program."""
    kind = "html" if request.GET.get("as") == "html" else "json"
    with transaction.atomic():
        held = everything_about(person)
        record(
            kind="data_exported",
            actor=request.user.identifier,
            subject=person.ref,
            facts={"format": kind, "records": len(held["sessions"]) + len(held["consents"])},
        )
    body = readable(held) if kind == "html" else json.dumps(held, ensure_ascii=False, indent=2)
    response = HttpResponse(body, content_type="text/html" if kind == "html" else "application/json")
    response["Content-Disposition"] = f'attachment; filename="my-data.{kind}"'
    return response


@own_pages
@require_http_methods(["GET", "POST"])
def own_erasure(request: HttpRequest, person: Patient) -> HttpResponse:
    """Erases the patient's content after they have said so in two steps."""
    if request.method == "POST" and request.POST.get("sure") == "yes":
        erase(person, by=request.user)
        logout(request)
        messages.success(request, _("Your content was erased. Nobody can read it any more."))
        return redirect("account_login")
    return render(request, "patient/erase.html", {"unsure": request.method == "POST"})


def help_now(request: HttpRequest) -> HttpResponse:
    """The crisis card: open to everyone, with every model and the database off. Its language can be named in the address, so
    that a device can keep it in each."""
    named = request.GET.get("language", "")
    with override(named if named in dict(settings.LANGUAGES) else get_language()):
        language = reader_language()
        shown = crisis_card(request.GET.get("country", "")[:60] or None, language)
        places = sorted((place.name[language], place.code) for place in PLACES.values())
        page = render(request, "patient/help_now.html", {"card": shown, "places": places})
        page.headers["Content-Language"] = get_language()
        return page
