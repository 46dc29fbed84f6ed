"""Saying that something went wrong with AI; the officer's list of reports; who owes care here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from thirdchair.uses import USES
from thirdchair_web.accounts.models import Role
from thirdchair_web.accounts.roles import role_required
from thirdchair_web.carers.hearing import TOLD_OF_CARER, hear_carer
from thirdchair_web.clock import now
from thirdchair_web.crisis.card import crisis_card
from thirdchair_web.crisis.hearing import NOTHING_SAID, Heard, hear
from thirdchair_web.crisis.shown import who_was_told
from thirdchair_web.encounters.actions import open_record
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.words import reader_language
from thirdchair_web.harm.actions import report_harm, review_report
from thirdchair_web.harm.models import HarmReport

officers = role_required(Role.SAFETY_OFFICER, Role.SERVICE_LEAD)


class ReportForm(forms.Form):
    """What went wrong. Only how bad it was has to be said."""

    severity = forms.ChoiceField(
        label=gettext_lazy("How bad was it?"),
        choices=HarmReport.Severity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how bad it was.")},
    )
    use = forms.ChoiceField(label=gettext_lazy("What was AI used for?"), required=False)
    words = forms.CharField(
        label=gettext_lazy("What happened?"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(use.id, use.title[reader_language()]) for use in USES.values() if not use.is_closed]
        self.fields["use"].choices = [("", _("I do not know")), *known]


class ReviewForm(forms.Form):
    """What a person found."""

    finding = forms.ChoiceField(
        label=gettext_lazy("What was found"), choices=HarmReport.Finding.choices, widget=forms.RadioSelect
    )
    outcome = forms.CharField(
        label=gettext_lazy("What was done, as the reporter may read it"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """A report in two steps: open the form, send it. What was written is screened first, and a number comes back."""
    form = ReportForm(request.POST if request.method == "POST" else None)
    heard = NOTHING_SAID
    if form.is_bound:
        heard = _heard(request, request.POST.get("words", "").strip())
        if form.is_valid():
            return _reported(request, form, heard)
    mine = HarmReport.objects.filter(reporter=request.user).select_related("patient", "reviewed_by")
    rows = [{"report": one, "outcome": one.read("outcome")} for one in mine]
    status = 422 if form.is_bound else 200
    context = {"form": form, "rows": rows} | _card(request, heard)
    return render(request, "harm/report.html", context, status=status)


@officers
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """Every report: what waits first, the most urgent at the top."""
    rows = HarmReport.objects.select_related("patient", "reporter", "reviewed_by")
    context = {
        "waiting": [_row(one) for one in rows.filter(reviewed_at=None).order_by("due_at")],
        "reviewed": [_row(one) for one in rows.exclude(reviewed_at=None).order_by("-reviewed_at")[:100]],
        "now": now(),
    }
    return render(request, "harm/reports.html", context)


@officers
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One report: what was said, and what a person found."""
    found = get_object_or_404(HarmReport.objects.select_related("patient", "reporter"), id=report_id)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if review_report(found.id, by=request.user, **form.cleaned_data):
            messages.success(request, _("The review is written. The reporter can read it."))
        else:
            messages.error(request, _("Someone has reviewed this report already."))
        return redirect("harm-reports")
    if found.patient is not None:
        open_record(found.patient, by=request.user)
    context = _row(found) | {
        "form": form,
        "words": found.read("words"),
        "outcome": found.read("outcome"),
        "now": now(),
    }
    return render(request, "harm/review.html", context, status=422 if form.is_bound else 200)


@require_GET
def duty_of_care(request: HttpRequest) -> HttpResponse:
    """Who owes care here, and how to complain. Nothing a person signs or taps takes it away."""
    chosen = settings.THIRDCHAIR
    context = {"owner": chosen.duty_of_care, "contact": chosen.contact, "complaints": chosen.complaints}
    return render(request, "harm/duty_of_care.html", context)


def _reported(request: HttpRequest, form: ReportForm, heard: Heard) -> HttpResponse:
    """Keeps the report, whatever its words say; words that could not be screened are not kept."""
    words = form.cleaned_data["words"].strip()
    kept = report_harm(
        use=form.cleaned_data["use"],
        severity=form.cleaned_data["severity"],
        words=words if heard.could_hear else "",
        patient=_record_of(request),
        by=request.user,
    )
    context = {
        "report": kept,
        "use": USES[kept.use].title[reader_language()] if kept.use else "",
        "words_lost": bool(words) and not heard.could_hear,
    } | _card(request, heard)
    return render(request, "harm/reported.html", context)


def _card(request: HttpRequest, heard: Heard) -> dict[str, Any]:
    """The card where it is shown, and whether the team knows."""
    words = TOLD_OF_CARER if not request.user.is_patient else None
    told = "" if heard.alerted is None else words[heard.alerted] if words else who_was_told(heard.alerted)
    return {"card": crisis_card(None, reader_language()) if heard.shows_card else None, "told": told}


def _record_of(request: HttpRequest) -> Patient | None:
    return (
        Patient.objects.filter(account=request.user, erased_at=None).first()
        if request.user.is_patient
        else None
    )


def _heard(request: HttpRequest, words: str) -> Heard:
    """Staff report what others said, so their words raise nothing for them."""
    if not words or request.user.is_staff_member:
        return NOTHING_SAID
    person = _record_of(request)
    return hear(words, patient=person) if person is not None else hear_carer(words, request.user)


def _row(one: HarmReport) -> dict[str, Any]:
    return {
        "report": one,
        "use": USES[one.use].title[reader_language()] if one.use in USES else "",
        "late": one.reviewed_at is None and one.due_at < now(),
    }
