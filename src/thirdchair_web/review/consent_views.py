"""Recording a patient's answer on their behalf, and taking it back at their word."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thirdchair.policy.consent import latest_consent
from thirdchair.uses import USES
from thirdchair_web.accounts.models import Role
from thirdchair_web.accounts.roles import role_required
from thirdchair_web.clock import now
from thirdchair_web.consent.actions import TextMoved, consents_of, record_answer
from thirdchair_web.consent.forms import AnswerForm, WitnessedAnswerForm
from thirdchair_web.consent.texts import consent_text
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.words import reader_language
from thirdchair_web.review.erasure import withdraw_consent


@role_required(Role.NURSE, Role.PSYCHIATRIST)
@require_http_methods(["GET", "POST"])
def recorded_by_staff(request: HttpRequest, ref: str, use: str) -> HttpResponse:
    """The consent page as a clinician uses it with the patient."""
    person = get_object_or_404(Patient, pk=ref, erased_at=None)
    return answer_page(
        request,
        person,
        use,
        form_class=WitnessedAnswerForm,
        template="review/consent.html",
        done=lambda: redirect("patient", ref=person.ref),
    )


def answer_page(request: HttpRequest, person: Patient, use: str, *, form_class, template: str, done):
    """Shows the current text and takes an answer to exactly that text, or a withdrawal."""
    if use not in USES or USES[use].is_closed:
        raise Http404
    language = str(reader_language())
    text = consent_text(use, language=language)
    standing = standing_consent(person.ref, use)
    form = form_class(request.POST or None, initial={"text_version": text.version})
    status = 200
    if request.method == "POST" and request.POST.get("act") == "withdraw":
        withdraw_consent(person, use=use, by=request.user)
        messages.success(request, _("Consent was withdrawn. Work under way has stopped."))
        return done()
    if request.method == "POST":
        if form.is_valid():
            try:
                _keep(person, use, form, language, request.user)
                messages.success(request, _("The answer was recorded."))
                return done()
            except TextMoved:
                form = form_class(initial={"text_version": text.version})
                messages.error(request, _("The text changed while you were reading. Please read it again."))
                status = 409
        else:
            status = 422
    context = {
        "patient": person,
        "title": USES[use].title[reader_language()],
        "text": text.text,
        "form": form,
        "standing": standing,
    }
    return render(request, template, context, status=status)


def standing_consent(ref: str, use: str):
    """The consent that holds now, or None."""
    latest = latest_consent(consents_of(ref), use=use)
    if latest is None or latest.declined or latest.withdrawn_at or latest.expires_at <= now():
        return None
    return latest


@transaction.atomic
def _keep(person: Patient, use: str, form: AnswerForm, language: str, by) -> None:
    agreed = form.cleaned_data["answer"] == "agree"
    if not agreed and standing_consent(person.ref, use):
        # A "no" from a page opened before a "yes" was recorded: the later word counts, and it stops the work.
        withdraw_consent(person, use=use, by=by)
    record_answer(
        patient_ref=person.ref,
        use=use,
        agreed=agreed,
        text_version=form.cleaned_data["text_version"],
        language=language,
        how=form.cleaned_data.get("how") or "own_account",
        by=by,
    )
