"""Recording an answer on a patient's behalf, and taking it back at their word; who decides where the patient does not."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thirdchair.policy import Refused
from thirdchair.policy.consent import Consent, consent_refusal, latest_consent
from thirdchair.policy.deciding import Decider, Deciding, deciding_refusal
from thirdchair.uses import USES
from thirdchair_web.accounts.models import Role, User
from thirdchair_web.accounts.roles import role_required
from thirdchair_web.clock import now
from thirdchair_web.consent.actions import ForAnother, TextMoved, consents_of, record_answer, versions_now
from thirdchair_web.consent.forms import AnswerForm, WitnessedAnswerForm
from thirdchair_web.consent.limits import limits_sheet
from thirdchair_web.consent.models import ConsentRecord
from thirdchair_web.consent.texts import consent_text
from thirdchair_web.consent.understanding import latest_check, needs_check
from thirdchair_web.encounters.actions import open_record
from thirdchair_web.encounters.deciding import (
    deciding_of,
    end_representation,
    name_representative,
    record_capacity,
)
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.methods import methods
from thirdchair_web.governance.words import METHODS, reader_language
from thirdchair_web.review.deciding_forms import CapacityForm, RepresentativeForm
from thirdchair_web.review.erasure import withdraw_consent
from thirdchair_web.team.actions import ask_team

Keep = Callable[[AnswerForm, str], ConsentRecord]
"""Keeps a valid answer, in a language, in its own transaction."""


@role_required(Role.NURSE, Role.PSYCHIATRIST)
@require_http_methods(["GET", "POST"])
def recorded_by_staff(request: HttpRequest, ref: str, use: str) -> HttpResponse:
    """The consent page as a clinician uses it with the patient."""
    person = get_object_or_404(Patient, pk=ref, erased_at=None)
    deciding = deciding_of(person, now())

    def form_for(data, **kwargs) -> WitnessedAnswerForm:
        return WitnessedAnswerForm(
            data,
            decider=deciding.by,
            standing_in=_names(person, deciding, use),
            asks_understanding=needs_check(use),
            **kwargs,
        )

    return answer_page(
        request,
        person,
        use,
        form_class=form_for,
        keep=lambda form, language: _keep_witnessed(person, use, form, language, deciding, request.user),
        template="review/consent.html",
        done=lambda answer: redirect("patient", ref=person.ref),
    )


@role_required(Role.NURSE, Role.PSYCHIATRIST)
@require_http_methods(["GET", "POST"])
def who_decides(request: HttpRequest, ref: str) -> HttpResponse:
    """Who may say yes for a patient: what is on record, and recording it."""
    person = get_object_or_404(Patient, pk=ref, erased_at=None)
    open_record(person, by=request.user)
    act = request.POST.get("act", "")
    capacity = CapacityForm(request.POST if act == "capacity" else None)
    representative = RepresentativeForm(request.POST if act == "representative" else None)
    if act == "end":
        row = next(
            (
                one
                for one in person.representatives.all()
                if str(one.id) == request.POST.get("representative")
            ),
            None,
        )
        if row is None:
            raise Http404
        end_representation(row, by=request.user)
        return _recorded(request, person)
    if act == "capacity" and capacity.is_valid():
        given = capacity.cleaned_data
        record_capacity(
            person,
            can_decide=given["can_decide"] == "yes",
            review_on=given["review_on"],
            by=request.user,
        )
        return _recorded(request, person)
    if act == "representative" and representative.is_valid():
        name_representative(person, **representative.cleaned_data, by=request.user)
        return _recorded(request, person)
    at = now()
    context = {
        "patient": person,
        "decider": str(deciding_of(person, at).by),
        "age": person.age_on(at.date()),
        "capacity": person.capacity_records.first(),
        "representatives": [(row, row.read()) for row in person.representatives.filter(ended_at=None)],
        "capacity_form": capacity,
        "representative_form": representative,
    }
    return render(request, "review/who_decides.html", context, status=422 if act else 200)


def answer_page(
    request: HttpRequest, person: Patient, use: str, *, form_class, keep: Keep, template: str, done, more=None
) -> HttpResponse:
    """Shows the current text with its measured limits, and takes an answer to exactly that text, or a withdrawal."""
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
        return done(None)
    if request.method == "POST":
        if form.is_valid():
            try:
                answer = keep(form, language)
                messages.success(request, _("The answer was recorded."))
                return done(answer)
            except TextMoved:
                form = form_class(None, initial={"text_version": text.version})
                messages.error(request, _("The text changed while you were reading. Please read it again."))
                status = 409
        else:
            status = 422
    sheet = limits_sheet(use, language=language)
    context = {
        "patient": person,
        "use": use,
        "title": USES[use].title[reader_language()],
        "text": text.text,
        "limits": [(limit, METHODS.get(limit.method, limit.method)) for limit in sheet.limits],
        "unmeasured": [METHODS.get(method, method) for method in sheet.unmeasured],
        "form": form,
        "standing": standing,
        **(more or {}),
    }
    return render(request, template, context, status=status)


def standing_consent(ref: str, use: str) -> Consent | None:
    """The consent that holds now, or None: the latest word is a yes, and of somebody who decides now."""
    latest, at = latest_consent(consents_of(ref), use=use), now()
    if latest is None or latest.declined or latest.withdrawn_at or latest.expires_at <= at:
        return None
    if deciding_refusal(latest, deciding_of(Patient.objects.get(pk=ref), at), at=at):
        return None
    return latest


def why_waiting(person: Patient, use: str) -> Refused | None:
    """Why a yes that was given, and not taken back, does not count now."""
    latest, at = latest_consent(consents_of(person.ref), use=use), now()
    if latest is None or latest.declined or latest.withdrawn_at:
        return None
    return consent_refusal(
        latest,
        use=use,
        method=next((name for name in methods() if name in latest.methods), methods()[0]),
        text_versions=versions_now([use])[use],
        at=at,
    ) or deciding_refusal(latest, deciding_of(person, at), at=at)


def guardians_yes(person: Patient, use: str, deciding: Deciding) -> ForAnother | None:
    """Somebody's yes in the patient's place that still stands, with which the patient's own yes completes it."""
    given = ConsentRecord.objects.filter(
        patient_ref=person.ref,
        use=use,
        given_by=str(deciding.by),
        declined=False,
        withdrawn_at=None,
        expires_at__gt=now(),
        text_id__in=versions_now([use])[use],
        authority_id__in=[one.id for one in deciding.standing_in(use, at=now())],
    ).first()
    return given and ForAnother(given.given_by, given.authority_id, "agrees")


@transaction.atomic
def _keep_witnessed(
    person: Patient, use: str, form: AnswerForm, language: str, deciding: Deciding, by: User
) -> ConsentRecord:
    given = form.cleaned_data
    agreed = given["answer"] == "agree"
    if agreed and given.get("understood") == "not_yet":
        ask_team(person, kind="understanding_help", actor=by.identifier, hours=72)
    authority = given.get("authority") if agreed else None
    return keep_answer(
        person,
        use,
        agreed=agreed,
        text_version=given["text_version"],
        language=language,
        how=given["how"],
        by=by,
        for_another=authority
        and ForAnother(
            str(deciding.by),
            UUID(authority),
            "" if given["own_word"] == "not_asked" else given["own_word"],
        ),
    )


@transaction.atomic
def keep_answer(
    person: Patient, use: str, *, agreed: bool, text_version: str, by: User, **how
) -> ConsentRecord:
    """Keeps an answer. A no takes back a yes that stands, so it stops the work too."""
    if not agreed and any_standing(person.ref, use):
        # From a page opened before a yes was recorded, too: the later word counts.
        withdraw_consent(person, use=use, by=by)
    check = latest_check(patient_ref=person.ref, use=use, text_version=text_version)
    return record_answer(
        patient_ref=person.ref, use=use, agreed=agreed, text_version=text_version, by=by, check=check, **how
    )


def any_standing(ref: str, use: str) -> bool:
    """Whether a yes is on record that nobody took back, whether or not it counts now."""
    return ConsentRecord.objects.filter(
        patient_ref=ref, use=use, declined=False, withdrawn_at=None, expires_at__gt=now()
    ).exists()


def _names(person: Patient, deciding: Deciding, use: str) -> list[tuple[str, str]]:
    if deciding.by not in (Decider.GUARDIAN, Decider.REPRESENTATIVE):
        return []
    able = {one.id for one in deciding.standing_in(use, at=now())}
    rows = [row for row in person.representatives.all() if str(row.id) in able]
    return [(str(row.id), "{name}, {relation}".format_map(row.read())) for row in rows]


def _recorded(request: HttpRequest, person: Patient) -> HttpResponse:
    messages.success(request, _("It was recorded."))
    return redirect("who-decides", ref=person.ref)
