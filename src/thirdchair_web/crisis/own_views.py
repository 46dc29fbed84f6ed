"""A patient's own pages about a crisis: where their alert stands, and whom the team may call."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from thirdchair_web.crisis import actions, contacts
from thirdchair_web.crisis.hearing import NOTHING_SAID, hear
from thirdchair_web.crisis.shown import card_page
from thirdchair_web.crisis.status import told
from thirdchair_web.encounters.models import Patient
from thirdchair_web.encounters.own import own_pages


class OwnContactForm(forms.Form):
    """Whom the team may call in an emergency. Nothing is ticked beforehand."""

    name = forms.CharField(label=gettext_lazy("Their name"), max_length=120)
    relation = forms.CharField(label=gettext_lazy("Who they are to you"), max_length=120, required=False)
    number = forms.CharField(label=gettext_lazy("Their telephone number"), max_length=40)
    agreed = forms.BooleanField(
        label=gettext_lazy("If I am in danger and cannot be reached, the team may call this person."),
        required=False,
        help_text=gettext_lazy("If you leave this open, the team asks you first."),
    )


@own_pages
@require_http_methods(["GET", "POST"])
def help_status(request: HttpRequest, person: Patient) -> HttpResponse:
    """Where the patient's alert stands; they may say that they are safe."""
    if request.method == "POST":
        ended = _say_safe(request, person)
        if ended:
            messages.success(request, _("Thank you for telling us. The alert has ended."))
        elif ended is not None:
            messages.info(request, _("Thank you for telling us. A person still gets in touch, to be sure."))
        return redirect("my-help-status")
    actions.card_shown(person)
    part = request.headers.get("HX-Request") == "true"
    template = "crisis/told.html" if part else "crisis/help_status.html"
    return render(request, template, {"told": told(person), "patient": person})


def _say_safe(request: HttpRequest, person: Patient) -> bool | None:
    """Whether the word ended the alert; None where it is not theirs, or they have not said that they are sure."""
    if request.POST.get("sure") != "yes":
        messages.error(request, _("Tick the box to say that it is so."))
        return None
    try:
        alert = actions.say_safe(UUID(request.POST.get("alert", "")), patient=person)
    except (ValueError, ValidationError):
        return None
    return None if alert is None else alert.ended_by_patient


@own_pages
@require_http_methods(["GET", "POST"])
def own_contact(request: HttpRequest, person: Patient) -> HttpResponse:
    """Names an emergency contact, says whether the team may call them, or takes it back."""
    if request.POST.get("act") == "remove":
        contacts.remove_contact(person, by=request.user)
        messages.success(request, _("The contact was removed."))
        return redirect("my-emergency-contact")
    said = "\n".join(request.POST.get(name, "") for name in ("name", "relation", "number")).strip()
    heard = hear(said, patient=person) if said else NOTHING_SAID
    standing = contacts.contact_of(person)
    form = OwnContactForm(request.POST or None, initial=_shown(standing, person))
    kept = request.method == "POST" and form.is_valid() and heard.could_hear
    if kept:
        given = dict(form.cleaned_data)
        agreed = given.pop("agreed")
        contacts.keep_contact(person, given, agreed=agreed, by=request.user)
    if heard.shows_card:
        became = _("The contact is kept.") if kept else _("The contact is not kept.")
        return card_page(request, heard, became=became, go_on=request.path)
    if kept:
        messages.success(request, _("The contact is kept."))
        return redirect("my-emergency-contact")
    context = {"form": form, "standing": standing}
    return render(request, "crisis/own_contact.html", context, status=422 if form.errors else 200)


def _shown(standing, person: Patient) -> dict[str, object]:
    return {} if standing is None else contacts.read_contact(standing, person) | {"agreed": standing.agreed}
