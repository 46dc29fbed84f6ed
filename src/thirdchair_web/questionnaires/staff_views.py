"""A clinician's pages: asking a patient to fill in, filling in with them, scores over time, the shared diary."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thirdchair.questionnaires import in_language
from thirdchair_web.accounts.models import Role
from thirdchair_web.accounts.roles import role_required
from thirdchair_web.encounters.actions import open_record
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.words import reader_language
from thirdchair_web.questionnaires import actions, diary
from thirdchair_web.questionnaires.diary_pages import charts_of
from thirdchair_web.questionnaires.files import current_files
from thirdchair_web.questionnaires.filling import Place, fill
from thirdchair_web.questionnaires.forms import AssignForm
from thirdchair_web.questionnaires.models import Assignment, QuestionnaireFile
from thirdchair_web.questionnaires.scores import histories_of
from thirdchair_web.questionnaires.standing import standing_of, standing_one

clinicians = role_required(Role.NURSE, Role.PSYCHIATRIST)


@clinicians
@require_http_methods(["GET", "POST"])
def questionnaires(request: HttpRequest, ref: str) -> HttpResponse:
    """What the patient is asked to fill in, and the scores over time."""
    person = get_object_or_404(Patient, pk=ref)
    if person.erased_at is not None:
        return render(request, "review/erased.html", {"patient": person}, status=410)
    form = AssignForm(request.POST or None, choices=[(one.name, _offered(one)) for one in current_files()])
    if request.method == "POST" and form.is_valid():
        actions.assign(person, **form.cleaned_data, by=request.user)
        messages.success(request, _("The patient finds it under “Questionnaires” in their own account."))
        return redirect("questionnaires", ref=ref)
    open_record(person, by=request.user, part="questionnaires")
    return render(
        request,
        "questionnaires/staff_list.html",
        {
            "patient": person,
            "form": form,
            "asked": standing_of(person),
            "declined": [
                {"title": _title(one.file), "day": one.ended_at}
                for one in Assignment.objects.filter(
                    patient=person, ended_why=Assignment.Ended.DECLINED
                ).select_related("file")
            ],
            "histories": histories_of(person),
        },
        status=422 if form.errors else 200,
    )


@clinicians
@require_http_methods(["GET", "POST"])
def fill_with_patient(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """The clinician asks the questions and fills in what the patient says."""
    assignment = _standing(ref, name)
    open_record(assignment.patient, by=request.user, part="questionnaires")
    back = reverse("questionnaires", kwargs={"ref": ref})
    return fill(
        request, Place(assignment, template="questionnaires/staff_fill.html", back=back, done=back, own=False)
    )


@clinicians
@require_POST
def end_questionnaire(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """The patient is not asked any more; what they answered stays."""
    actions.end(_standing(ref, name), why=Assignment.Ended.ENDED, by=request.user)
    messages.success(request, _("The patient is not asked any more. What was answered stays."))
    return redirect("questionnaires", ref=ref)


@clinicians
@require_GET
def shared_diary(request: HttpRequest, ref: str) -> HttpResponse:
    """The days of the diary that the patient shares."""
    person = get_object_or_404(Patient, pk=ref)
    if person.erased_at is not None:
        return render(request, "review/erased.html", {"patient": person}, status=410)
    open_record(person, by=request.user, part="diary")
    days = diary.shared_days(person)
    return render(
        request,
        "questionnaires/staff_diary.html",
        {"patient": person, "days": days, "charts": charts_of(days)},
    )


def _standing(ref: str, name: str) -> Assignment:
    person = get_object_or_404(Patient, pk=ref)
    assignment = standing_one(person, name) if person.erased_at is None else None
    if assignment is None:
        raise Http404
    return assignment


def _title(file: QuestionnaireFile) -> str:
    return in_language(file.instrument().questionnaire.title, reader_language())[0]


def _offered(file: QuestionnaireFile) -> str:
    title = _title(file)
    return _("%(title)s (restricted)") % {"title": title} if file.is_restricted else title
