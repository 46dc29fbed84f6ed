"""The on-call person's alerts: open one, take it, write how it ended."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from thirdchair_web.accounts.models import Role, User
from thirdchair_web.accounts.roles import role_required
from thirdchair_web.crisis import actions
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.crisis.words import dangers_in_words
from thirdchair_web.encounters.actions import open_record
from thirdchair_web.encounters.models import Encounter, Patient

answering = role_required(Role.ON_CALL, Role.PSYCHIATRIST, Role.NURSE)


class OutcomeForm(forms.Form):
    """How an alert ended."""

    kind = forms.ChoiceField(
        label=gettext_lazy("How it ended"),
        choices=[
            ("seen_safe", gettext_lazy("The person was reached and is safe for now")),
            ("plan_made", gettext_lazy("A safety plan was made or reviewed with the person")),
            ("referred", gettext_lazy("The person was handed over to another team")),
            ("emergency", gettext_lazy("Emergency services were called")),
            ("no_danger", gettext_lazy("A person checked: no danger was meant")),
        ],
    )
    words = forms.CharField(
        label=gettext_lazy("What was done"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )


@answering
@require_GET
def alerts(request: HttpRequest) -> HttpResponse:
    """Every alert, those that wait for a person first."""
    order = {CrisisAlert.State.OPEN: 0, CrisisAlert.State.ACKNOWLEDGED: 1, CrisisAlert.State.CLOSED: 2}
    rows = sorted(CrisisAlert.objects.select_related("acknowledged_by"), key=lambda alert: order[alert.state])
    people = {p.ref: p.name for p in Patient.objects.filter(ref__in={a.patient_ref for a in rows})}
    return render(
        request,
        "crisis/alerts.html",
        {"rows": [{"alert": alert, "name": people[alert.patient_ref]} for alert in rows]},
    )


@answering
@require_http_methods(["GET", "POST"])
def alert(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """One alert with the words that raised it."""
    raised = get_object_or_404(CrisisAlert, pk=alert_id)
    person = Patient.objects.get(pk=raised.patient_ref)
    form = OutcomeForm(request.POST if request.POST.get("act") == "close" else None)
    if person.erased_at is not None:
        del form.fields["words"]  # there is no key left to keep them under
    if request.POST.get("act") == "acknowledge":
        taken = actions.acknowledge(raised.id, by=request.user)
        if taken.acknowledged_by_id == request.user.pk:
            messages.success(request, _("You have taken this alert. The team sees your name."))
        else:
            messages.error(request, _("Someone else has taken this alert already."))
        return redirect("alert", alert_id=raised.id)
    if form.is_bound and form.is_valid():
        if _close(raised, person, form, request.user):
            messages.success(request, _("The outcome is written."))
            return redirect("alerts")
        form.add_error(
            None, _("This alert is not open to an outcome: it was closed already, or nobody has taken it.")
        )
        raised.refresh_from_db()
    if request.method == "GET":
        open_record(person, by=request.user)
    context = {
        "alert": raised,
        "patient": person,
        "form": form,
        "dangers": dangers_in_words(raised),
        "said": _said(raised, person),
        "written": _written(raised, person),
        "outcome": person.unseal(raised.outcome, kind="outcome", item=str(raised.id))
        if raised.outcome
        else None,
    }
    return render(request, "crisis/alert.html", context, status=422 if form.errors else 200)


def _close(raised: CrisisAlert, person: Patient, form: OutcomeForm, by: User) -> bool:
    """Whether this outcome, and not another's, ended the alert."""
    erased = person.erased_at is not None
    sealed = None if erased else person.seal(form.cleaned_data, kind="outcome", item=str(raised.id))
    closed = actions.close(raised.id, sealed_outcome=sealed, outcome_kind=form.cleaned_data["kind"], by=by)
    return closed.closed_by_id == by.pk and closed.outcome == sealed


def _said(raised: CrisisAlert, person: Patient):
    if person.erased_at is not None or raised.words is not None:
        return []
    transcript = Encounter.objects.get(pk=raised.encounter_id).read_transcript()
    return [transcript.utterance(utterance_id) for utterance_id in raised.utterances]


def _written(raised: CrisisAlert, person: Patient) -> list[str]:
    if person.erased_at is not None or raised.words is None:
        return []
    return person.unseal(raised.words, kind="alert", item=str(raised.id))
