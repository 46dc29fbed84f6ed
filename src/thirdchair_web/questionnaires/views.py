"""A patient's own questionnaires: what they are asked, filling in, declining, what came of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thirdchair_web.encounters.models import Patient
from thirdchair_web.encounters.own import own_pages
from thirdchair_web.questionnaires import actions
from thirdchair_web.questionnaires.filling import Place, fill
from thirdchair_web.questionnaires.models import Assignment, FilledIn
from thirdchair_web.questionnaires.scores import histories_of
from thirdchair_web.questionnaires.standing import ended_last, standing_of, standing_one


@own_pages
@require_GET
def own_questionnaires(request: HttpRequest, person: Patient) -> HttpResponse:
    """What the patient is asked to fill in, and what they filled in before."""
    return render(
        request,
        "questionnaires/own_list.html",
        {
            "asked": standing_of(person),
            "histories": histories_of(person, shown_to_patient=True),
            "answered": FilledIn.objects.filter(assignment__patient=person).exclude(done_at=None).count(),
        },
    )


@own_pages
@require_http_methods(["GET", "POST"])
def own_questionnaire(request: HttpRequest, person: Patient, name: str) -> HttpResponse:
    """The patient fills one in."""
    assignment = standing_one(person, name)
    if (
        assignment is None and request.method == "POST"
    ):  # it ended meanwhile: what was answered is heard, and not kept
        assignment = ended_last(person, name)
    if assignment is None:
        raise Http404
    key = assignment.file.instrument().key
    if key is not None and key.asked_by == "clinician":
        return render(request, "questionnaires/own_with_clinician.html", {"title": key.instrument})
    return fill(
        request,
        Place(
            assignment,
            template="questionnaires/own_fill.html",
            back=reverse("my-questionnaires"),
            done=reverse("my-questionnaire-done", kwargs={"name": name}),
            own=True,
        ),
    )


@own_pages
@require_GET
def own_questionnaire_done(request: HttpRequest, person: Patient, name: str) -> HttpResponse:
    """Thanks, and the result in plain words where the clinician lets the patient see it."""
    if (
        not FilledIn.objects.filter(assignment__patient=person, assignment__name=name)
        .exclude(done_at=None)
        .exists()
    ):
        raise Http404
    histories = histories_of(person, name=name, shown_to_patient=True)
    return render(request, "questionnaires/own_done.html", {"history": histories[0] if histories else None})


@own_pages
@require_POST
def decline_questionnaire(request: HttpRequest, person: Patient, name: str) -> HttpResponse:
    """The patient does not want to. Nothing else changes."""
    assignment = standing_one(person, name)
    if assignment is not None:
        actions.end(assignment, why=Assignment.Ended.DECLINED, by=request.user)
    messages.success(
        request, _("You will not be asked for this any more. Nothing else about your care changes.")
    )
    return redirect("my-questionnaires")
