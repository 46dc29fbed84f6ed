"""The alerts of whoever answers: open one, take it, take it over, write how it ended and of the contact afterwards."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from thirdchair_web.accounts.models import User
from thirdchair_web.accounts.roles import role_required
from thirdchair_web.clock import now
from thirdchair_web.crisis import actions, contacts, drills, duty
from thirdchair_web.crisis.calling import catch_up
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.crisis.on_file import on_file
from thirdchair_web.crisis.words import (
    CONTACT_REASONS,
    FOLLOW_UP_WORDS,
    OUTCOME_WORDS,
    REFUSALS,
    URGENCY_WORDS,
    dangers_in_words,
    state_of,
)
from thirdchair_web.encounters.actions import open_record
from thirdchair_web.encounters.models import Encounter, Patient

answering = role_required(*duty.ANSWERING)

_FIRST = {state: place for place, state in enumerate(CrisisAlert.State)}


class OutcomeForm(forms.Form):
    """How an alert ended."""

    kind = forms.ChoiceField(label=gettext_lazy("How it ended"), choices=list(OUTCOME_WORDS.items()))
    words = forms.CharField(
        label=gettext_lazy("What was done"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )


class FollowUpForm(forms.Form):
    """The contact afterwards."""

    how = forms.ChoiceField(label=gettext_lazy("The contact"), choices=list(FOLLOW_UP_WORDS.items()))
    words = forms.CharField(
        label=gettext_lazy("How the person is"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )


class ContactForm(forms.Form):
    """Why the emergency contact is opened."""

    reason = forms.ChoiceField(label=gettext_lazy("Why"), choices=list(CONTACT_REASONS.items()))
    words = forms.CharField(
        label=gettext_lazy("In a sentence, for the record"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )
    sure = forms.BooleanField(
        label=gettext_lazy("I tell this person no more than they need in order to help."),
    )


@answering
@require_GET
def alerts(request: HttpRequest) -> HttpResponse:
    """Every alert, those that wait for a person first, and who is on duty."""
    catch_up()
    at = now()
    rows = sorted(
        CrisisAlert.objects.select_related("acknowledged_by"),
        key=lambda one: _FIRST[CrisisAlert.State(one.state)],
    )
    people = {p.ref: p.name for p in Patient.objects.filter(ref__in={a.patient_ref for a in rows})}
    context = {
        "rows": [
            _at_a_glance(one) | {"name": people.get(one.patient_ref), "late": _is_late(one, at)}
            for one in rows
        ],
        "duty": duty.on_duty(at),
        "stale": drills.is_stale(at),
    }
    return render(request, "crisis/alerts.html", context)


@answering
@require_http_methods(["GET", "POST"])
def alert(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """One alert with the words that raised it, and the next step."""
    catch_up()
    raised = get_object_or_404(CrisisAlert.objects.select_related("acknowledged_by"), pk=alert_id)
    person = Patient.objects.filter(pk=raised.patient_ref).first()
    act = request.POST.get("act", "")
    if act in _STEPS:
        _STEPS[act](request, raised)
        return redirect("alert", alert_id=raised.id)
    shown = _forms(request, person, act)
    if act in _WRITTEN and shown[act].is_valid():
        error = _WRITTEN[act](request, raised, person, shown[act])
        if error is None:
            return redirect("alerts" if act in ("close", "follow_up") else "alert", *_place(act, raised))
        shown[act].add_error(None, error)
        raised.refresh_from_db()
    if person is not None:
        open_record(person, by=request.user)
    failed = act in shown and bool(shown[act].errors)
    context = _page(raised, person, request.user) | {"forms": shown, "act": act}
    return render(request, "crisis/alert.html", context, status=422 if failed else 200)


def _place(act: str, raised: CrisisAlert) -> list[UUID]:
    return [] if act in ("close", "follow_up") else [raised.id]


def _forms(request: HttpRequest, person: Patient | None, act: str) -> dict[str, forms.Form]:
    shown = {
        name: kind(request.POST if act == name else None, prefix="" if name == "close" else name)
        for name, kind in (("close", OutcomeForm), ("follow_up", FollowUpForm), ("see_contact", ContactForm))
    }
    if person is None or person.erased_at is not None:
        for form in shown.values():
            del form.fields["words"]  # there is no key to keep them under
    if person is None:
        shown["close"].fields["kind"].choices = [("no_danger", _("The drill was answered"))]
    return shown


# --- the steps that need no words ---------------------------------------------------------------------------------


def _accept(request: HttpRequest, raised: CrisisAlert) -> None:
    taken = actions.acknowledge(raised.id, by=request.user)
    if taken.acknowledged_by_id == request.user.pk:
        messages.success(request, _("You have taken this alert. The team sees your name."))
    else:
        messages.error(request, _("Someone else has taken this alert already."))


def _take_over(request: HttpRequest, raised: CrisisAlert) -> None:
    _say(
        request,
        actions.take_over(raised.id, by=request.user),
        _("You are with the person. The team sees it."),
    )


def _lose_line(request: HttpRequest, raised: CrisisAlert) -> None:
    _say(
        request,
        actions.lose_line(raised.id, by=request.user),
        _("The alert waits again, whoever is on duty was called, and the team is asked to call back."),
    )


def _hand_back(request: HttpRequest, raised: CrisisAlert) -> None:
    _say(
        request,
        actions.hand_back(raised.id, by=request.user),
        _("The alert waits again. The next was called."),
    )


def _say(request: HttpRequest, rule, done: str) -> None:
    if rule is None:
        messages.success(request, done)
    else:
        messages.error(request, str(REFUSALS[rule]))


_STEPS = {
    "acknowledge": _accept,
    "take_over": _take_over,
    "line_dropped": _lose_line,
    "hand_back": _hand_back,
}


# --- the steps that somebody writes: each gives the sentence that says why not, or None ---------------------------


def _close(request: HttpRequest, raised: CrisisAlert, person: Patient | None, form: forms.Form) -> str | None:
    """Whether this outcome, and not another's, ended the alert."""
    sealed = _sealed(person, form, kind="outcome", raised=raised)
    kind = form.cleaned_data["kind"]
    closed = actions.close(raised.id, sealed_outcome=sealed, outcome_kind=kind, by=request.user)
    if closed.outcome_by_id != request.user.pk or closed.outcome != sealed:
        return _("This alert is not open to an outcome: it was closed already, or nobody has taken it.")
    messages.success(request, _("The outcome is written."))
    if closed.state == CrisisAlert.State.OUTCOME_WRITTEN:
        messages.info(request, _("A follow-up contact is due. It is on the list of the team."))
    return None


def _follow_up(
    request: HttpRequest, raised: CrisisAlert, person: Patient | None, form: forms.Form
) -> str | None:
    sealed = _sealed(person, form, kind="follow-up", raised=raised)
    rule = actions.write_follow_up(raised.id, sealed=sealed, how=form.cleaned_data["how"], by=request.user)
    if rule is not None:
        return str(REFUSALS[rule])
    messages.success(request, _("The follow-up is written."))
    return None


def _see_contact(
    request: HttpRequest, raised: CrisisAlert, person: Patient | None, form: forms.Form
) -> str | None:
    given = form.cleaned_data
    seen = (
        None
        if person is None or person.erased_at is not None
        else contacts.see_contact(
            raised.id, person, reason=given["reason"], words=given["words"], by=request.user
        )
    )
    return (
        None if seen else _("There is no ground for opening the contact, or you have not taken this alert.")
    )


_WRITTEN = {"close": _close, "follow_up": _follow_up, "see_contact": _see_contact}


def _sealed(person: Patient | None, form: forms.Form, *, kind: str, raised: CrisisAlert) -> bytes | None:
    if person is None or person.erased_at is not None:
        return None
    return person.seal(form.cleaned_data, kind=kind, item=str(raised.id))


# --- what the page shows ------------------------------------------------------------------------------------------


def _page(raised: CrisisAlert, person: Patient | None, reader: User) -> dict[str, object]:
    at = now()
    readable = person is not None and person.erased_at is None
    contact = contacts.contact_of(person) if readable else None
    seen = contacts.use_of(raised, contact, by=reader)
    return _at_a_glance(raised) | {
        "patient": person,
        "is_theirs": raised.acknowledged_by_id == reader.pk,
        "late": _is_late(raised, at),
        "duty": duty.on_duty(at),
        "calls": raised.calls.select_related("person"),
        "dangers": dangers_in_words(raised),
        "said": _said(raised, person),
        "written": _written(raised, person),
        "on_file": on_file(person, reader=reader) if readable else [],
        "contact": contact,
        "contact_basis": contacts.basis_for(contact, raised),
        "contact_read": contacts.read_contact(contact, person) if seen else None,
        "contact_uses": raised.contact_uses.select_related("used_by"),
        "reasons": CONTACT_REASONS,
        "outcome_kind": OUTCOME_WORDS.get(raised.outcome_kind),
        "outcome": _read(raised.outcome, person, kind="outcome", raised=raised),
        "follow_up_kind": FOLLOW_UP_WORDS.get(raised.follow_up_kind),
        "follow_up": _read(raised.follow_up, person, kind="follow-up", raised=raised),
    }


def _at_a_glance(one: CrisisAlert) -> dict[str, object]:
    return {"alert": one, "state": state_of(one), "urgency": URGENCY_WORDS[one.urgency]}


def _is_late(one: CrisisAlert, at) -> bool:
    dues = {
        CrisisAlert.State.OPEN: one.answer_due_at,
        CrisisAlert.State.ACKNOWLEDGED: one.take_over_due_at,
        CrisisAlert.State.TAKEN_OVER: one.outcome_due_at,
        CrisisAlert.State.OUTCOME_WRITTEN: one.follow_up_due_at,
    }
    due = dues.get(CrisisAlert.State(one.state))
    return due is not None and due <= at


def _said(raised: CrisisAlert, person: Patient | None):
    if person is None or person.erased_at is not None or raised.words is not None:
        return []
    transcript = Encounter.objects.get(pk=raised.encounter_id).read_transcript()
    return [transcript.utterance(utterance_id) for utterance_id in raised.utterances]


def _written(raised: CrisisAlert, person: Patient | None) -> list[str]:
    if person is None or person.erased_at is not None or raised.words is None:
        return []
    return person.unseal(raised.words, kind="alert", item=str(raised.id))


def _read(sealed: bytes | None, person: Patient | None, *, kind: str, raised: CrisisAlert):
    if not sealed or person is None or person.erased_at is not None:
        return None
    return person.unseal(sealed, kind=kind, item=str(raised.id))
