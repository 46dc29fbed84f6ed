"""A patient's own answers: the text and its questions, one yes or no at a time, the receipt, and no AI at all in one act."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thirdchair.policy.deciding import Decider
from thirdchair.policy.preference import Preference
from thirdchair.uses import USES
from thirdchair_web.clock import now
from thirdchair_web.consent import preferences
from thirdchair_web.consent.forms import AnswerForm, PreferenceForm, UnderstandingForm
from thirdchair_web.consent.models import ConsentRecord
from thirdchair_web.consent.receipt import facts_of, receipt_fhir, receipt_pdf
from thirdchair_web.consent.texts import consent_text
from thirdchair_web.consent.understanding import (
    QUESTIONS,
    TRIES,
    is_enough,
    latest_check,
    needs_check,
    record_check,
)
from thirdchair_web.consent.words import WAITING_FOR
from thirdchair_web.encounters.deciding import deciding_of
from thirdchair_web.encounters.models import Patient
from thirdchair_web.encounters.own import own_pages
from thirdchair_web.governance.words import reader_language
from thirdchair_web.review.consent_views import answer_page, guardians_yes, keep_answer, why_waiting
from thirdchair_web.review.consents_due import ends_soon
from thirdchair_web.review.erasure import withdraw_everything
from thirdchair_web.review.room import FOR_PATIENTS, room_marks
from thirdchair_web.team.actions import ask_team
from thirdchair_web.trail.actions import record

RECEIPTS = {
    "pdf": (receipt_pdf, "application/pdf", "consent_pdf"),
    "json": (receipt_fhir, "application/fhir+json", "consent_fhir"),
}


@own_pages
@require_http_methods(["GET", "POST"])
def own_consent(request: HttpRequest, person: Patient, use: str) -> HttpResponse:
    """The patient reads the text and answers, or withdraws. A yes to a use of their own comes after three questions."""
    if (
        use in USES
        and needs_check(use)
        and request.POST.get("answer") == "agree"
        and not _checked(person, use)
    ):
        messages.info(
            request, _("Before you say yes, three short questions. They show that we explained it well.")
        )
        return redirect("my-check", use=use)
    waiting = why_waiting(person, use) if use in USES else None
    return answer_page(
        request,
        person,
        use,
        form_class=AnswerForm,
        keep=lambda form, language: _keep(person, use, form, language, request.user),
        template="patient/consent.html",
        done=lambda answer: (
            redirect("my-answer", number=len(_numbered(person))) if answer else redirect("my-home")
        ),
        more={
            "waiting": WAITING_FOR.get(waiting.rule) if waiting else None,
            "ends_soon": any(ends_soon(one) for one in _standing_answers(person, use)),
            "asks_questions": use in USES and needs_check(use) and not _checked(person, use),
            "answers": [one for one in reversed(_numbered(person)) if one.use == use],
        },
    )


@own_pages
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, person: Patient, use: str) -> HttpResponse:
    """Three questions; every answer is explained, and nobody is left out for a wrong one."""
    if use not in QUESTIONS or USES[use].is_closed:
        raise Http404
    questions = QUESTIONS[use]
    form = UnderstandingForm(request.POST or None, questions=questions)
    if request.method == "POST" and form.is_valid():
        given = form.given()
        tried = _try(request, person, use, given)
        explained = [
            (question.text, question.why, given.get(place) == question.right)
            for place, question in enumerate(questions)
        ]
        return render(
            request,
            "patient/checked.html",
            {
                "use": use,
                "title": USES[use].title[reader_language()],
                "check": tried,
                "explained": explained,
                "helped": tried.wrong and tried.attempt >= TRIES,
            },
        )
    context = {"use": use, "title": USES[use].title[reader_language()], "form": form}
    return render(request, "patient/check.html", context, status=422 if form.errors else 200)


@own_pages
@require_GET
def answer(request: HttpRequest, person: Patient, number: int) -> HttpResponse:
    """One answer, as the receipt says it."""
    given = _own_answer(person, number)
    waiting = why_waiting(person, given.use)
    return render(
        request,
        "patient/answer.html",
        {
            "answer": given,
            "facts": list(facts_of(given)),
            "asks_preference": preferences.is_due(person.ref),
            "waiting": WAITING_FOR.get(waiting.rule) if waiting else None,
        },
    )


@own_pages
@require_GET
def receipt(request: HttpRequest, person: Patient, number: int, kind: str) -> HttpResponse:
    """The receipt as a file; that it left the service is in the trail."""
    if kind not in RECEIPTS:
        raise Http404
    given = _own_answer(person, number)
    write, content_type, name = RECEIPTS[kind]
    body = write(given)
    with transaction.atomic():
        record(
            kind="data_exported",
            actor=request.user.identifier,
            subject=person.ref,
            facts={"format": name, "records": 1},
        )
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="consent-{given.id}.{kind}"'
    return response


@own_pages
@require_http_methods(["GET", "POST"])
def own_preferences(request: HttpRequest, person: Patient) -> HttpResponse:
    """Two questions on what the patient wishes for; skipping them is fine."""
    form = PreferenceForm(request.POST if request.POST.get("act") == "answer" else None)
    if request.POST.get("act") == "skip" or form.is_valid():
        wish = None if request.POST.get("act") == "skip" else Preference(**form.cleaned_data)
        preferences.keep_preference(patient_ref=person.ref, preference=wish, by=request.user)
        messages.success(
            request,
            _("Thank you. You can change this at any time.")
            if wish
            else _("That is fine. You can answer at any time."),
        )
        return redirect("my-home")
    standing = preferences.preference_of(person.ref)
    context = {"form": form, "standing": standing and _in_words(standing)}
    return render(request, "patient/preferences.html", context, status=422 if form.errors else 200)


@own_pages
@require_http_methods(["GET", "POST"])
def no_ai(request: HttpRequest, person: Patient) -> HttpResponse:
    """Takes back every yes in one act, and asks the team to go on without AI."""
    if request.method == "POST":
        withdraw_everything(person, by=request.user)
        messages.success(
            request, _("AI is not used for you any more. Your team was told. Your care goes on with people.")
        )
        return redirect("my-home")
    return render(request, "patient/no_ai.html")


@own_pages
@require_GET
def data_page(request: HttpRequest, person: Patient) -> HttpResponse:
    """The two files of what is kept: one to read, one for another program."""
    return render(request, "patient/data.html")


@own_pages
@require_GET
def room(request: HttpRequest, person: Patient) -> HttpResponse:
    """Each session, and whether AI took part in what was made of it."""
    marks = room_marks(person)
    sessions = [(encounter, marks[encounter.id]) for encounter in person.encounters.all()]
    return render(request, "patient/room.html", {"sessions": sessions, "prompts": FOR_PATIENTS})


@transaction.atomic
def _keep(person: Patient, use: str, form: AnswerForm, language: str, by) -> ConsentRecord:
    agreed = form.cleaned_data["answer"] == "agree"
    deciding = deciding_of(person, now())
    needs_another = agreed and deciding.by in (Decider.GUARDIAN, Decider.REPRESENTATIVE)
    return keep_answer(
        person,
        use,
        agreed=agreed,
        text_version=form.cleaned_data["text_version"],
        language=language,
        how="own_account",
        by=by,
        for_another=guardians_yes(person, use, deciding) if needs_another else None,
    )


@transaction.atomic
def _try(request: HttpRequest, person: Patient, use: str, given: dict[int, str]):
    tried = record_check(
        patient_ref=person.ref, use=use, language=str(reader_language()), given=given, by=request.user
    )
    if tried.wrong and tried.attempt >= TRIES:
        ask_team(person, kind="understanding_help", actor=request.user.identifier, hours=72)
    return tried


def _checked(person: Patient, use: str) -> bool:
    version = consent_text(use, language=str(reader_language())).version
    return is_enough(latest_check(patient_ref=person.ref, use=use, text_version=version))


def _standing_answers(person: Patient, use: str):
    return ConsentRecord.objects.filter(patient_ref=person.ref, use=use, declined=False, withdrawn_at=None)


def _own_answer(person: Patient, number: int) -> ConsentRecord:
    """One of the patient's own answers, counted from their first: no address here could lead to anybody else's."""
    for one in _numbered(person):
        if one.number == number:
            return one
    raise Http404


def _numbered(person: Patient) -> list[ConsentRecord]:
    answers = ConsentRecord.objects.filter(patient_ref=person.ref).select_related("text")
    rows = list(answers.order_by("answered_at", "id"))
    for place, row in enumerate(rows, 1):
        row.number = place
    return rows


def _in_words(preference: Preference) -> list[str]:
    fields = PreferenceForm.base_fields
    return [
        str(dict(fields[name].choices)[getattr(preference, name)])
        for name in ("help_wanted", "human_contact")
    ]
