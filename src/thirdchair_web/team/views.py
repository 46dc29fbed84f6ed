"""What waits for the care team: the list, and one task."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from thirdchair_web.accounts.models import Role
from thirdchair_web.accounts.roles import role_required
from thirdchair_web.clock import now
from thirdchair_web.encounters.actions import open_record
from thirdchair_web.team import actions
from thirdchair_web.team.models import TeamTask

team = role_required(Role.NURSE, Role.PSYCHIATRIST, Role.ON_CALL)


class OutcomeForm(forms.Form):
    """How a task ended."""

    outcome = forms.CharField(
        label=gettext_lazy("What was done"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )


@team
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """What waits for somebody, the most urgent first; what is done is shown on request."""
    done = request.GET.get("done") == "yes"
    found = TeamTask.objects.select_related("patient", "taken_by")
    rows = (
        found.filter(state=TeamTask.State.DONE).order_by("-done_at")[:200]
        if done
        else found.exclude(state=TeamTask.State.DONE)
    )
    return render(request, "team/tasks.html", {"rows": rows, "done": done, "now": now()})


@team
@require_http_methods(["GET", "POST"])
def task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """One task: take it, then say how it ended."""
    asked = get_object_or_404(TeamTask.objects.select_related("patient", "taken_by"), pk=task_id)
    form = OutcomeForm(request.POST if request.POST.get("act") == "finish" else None)
    if request.POST.get("act") == "take":
        taken = actions.take(asked.id, by=request.user)
        if taken.taken_by_id == request.user.pk:
            messages.success(request, _("This is yours now. The team sees your name."))
        else:
            messages.error(request, _("Someone else has taken this already."))
        return redirect("team-task", task_id=asked.id)
    if form.is_bound and form.is_valid():
        if actions.finish(asked.id, outcome=form.cleaned_data["outcome"], by=request.user):
            messages.success(request, _("Done."))
            return redirect("team-tasks")
        form.add_error(None, _("You have not taken this, or it is done already."))
    open_record(asked.patient, by=request.user)
    context = {"task": asked, "form": form, "note": asked.read("note"), "outcome": asked.read("outcome")}
    return render(request, "team/task.html", context, status=422 if form.errors else 200)
