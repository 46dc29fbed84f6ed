"""The safety plan: the person's own pages, and the page on which a clinician makes it together with them."""

from __future__ import annotations

import logging
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thirdchair_web.accounts.models import Role
from thirdchair_web.accounts.roles import role_required
from thirdchair_web.crisis.card import crisis_card
from thirdchair_web.crisis.hearing import Heard
from thirdchair_web.crisis.shown import card_page
from thirdchair_web.encounters.actions import open_record
from thirdchair_web.encounters.models import Patient
from thirdchair_web.encounters.own import own_pages
from thirdchair_web.governance.words import reader_language
from thirdchair_web.safety_plan.actions import (
    WrittenMeanwhile,
    answer_if_now,
    calls_for_a_person,
    current_plan,
    write_plan,
)
from thirdchair_web.safety_plan.forms import PlanForm
from thirdchair_web.safety_plan.kept import forget_here, is_kept_here, keep_here
from thirdchair_web.safety_plan.models import SafetyPlan
from thirdchair_web.safety_plan.parts import PARTS
from thirdchair_web.safety_plan.showing import shown_parts

log: Final = logging.getLogger(__name__)


@own_pages
@require_GET
def own_plan(request: HttpRequest, person: Patient) -> HttpResponse:
    """The plan as it stands. `?copy=yes` gives it bare, as a device keeps it."""
    plan = current_plan(person)
    if request.GET.get("copy") == "yes":
        return render(request, "safety_plan/copy.html", _shown(plan))
    versions = SafetyPlan.objects.filter(patient=person)
    context = _shown(plan) | {"kept": is_kept_here(request), "earlier": versions[1:]}
    return render(request, "safety_plan/plan.html", context)


@own_pages
@require_GET
def own_version(request: HttpRequest, person: Patient, number: int) -> HttpResponse:
    """An earlier version, as it was."""
    plan = get_object_or_404(SafetyPlan, patient=person, number=number)
    return render(request, "safety_plan/version.html", _shown(plan))


@own_pages
@require_http_methods(["GET", "POST"])
def change_own_plan(request: HttpRequest, person: Patient) -> HttpResponse:
    """The six parts to fill in; what is saved is a new version."""
    form, saved = _taken(request, person, asks_who_helped=True)
    if saved:
        messages.success(request, _("Your plan is saved."))
        return redirect("my-safety-plan")
    # What is not saved cannot be asked about later, so the card stands above it at once.
    shows_card = form.errors and any(
        calls_for_a_person(said) for part in PARTS if (said := form.data.get(part.name, "").strip())
    )
    context = {"form": form, "card": crisis_card(None, reader_language()) if shows_card else None}
    return render(request, "safety_plan/change.html", context, status=422 if form.errors else 200)


@own_pages
@require_POST
def own_answer(request: HttpRequest, person: Patient) -> HttpResponse:
    """Whether what the plan says is about now. Yes shows the crisis card, once somebody has been told."""
    if request.POST.get("now") == "yes":
        told = _told_team(person)
        became = _(
            "Your plan is saved. If you are in danger, do not wait for an answer: use the numbers on this page."
        )
        return card_page(
            request, Heard(shows_card=True, alerted=told), became=became, go_on=reverse("my-safety-plan")
        )
    answer_if_now(person, needs_a_person=False, said="")
    return redirect("my-safety-plan")


@own_pages
@require_POST
def keep_own_plan(request: HttpRequest, person: Patient) -> HttpResponse:
    """Keeps the plan on this device, or takes it away from it again."""
    answer = redirect("my-safety-plan")
    if request.POST.get("keep") == "yes":
        keep_here(answer, request)
    else:
        forget_here(answer)
    return answer


@role_required(Role.NURSE, Role.PSYCHIATRIST, Role.ON_CALL)
@require_http_methods(["GET", "POST"])
def plan_together(request: HttpRequest, ref: str) -> HttpResponse:
    """A patient's plan for the team: to read, and to change with the person beside one."""
    person = get_object_or_404(Patient, pk=ref, erased_at=None)
    form, saved = _taken(request, person, asks_who_helped=False)
    if saved:
        messages.success(
            request, _("The plan is saved. Print it, or look at it together on the patient's own phone.")
        )
        return redirect("safety-plan", ref=person.ref)
    open_record(person, by=request.user)
    context = _shown(current_plan(person)) | {"form": form, "patient": person}
    return render(request, "safety_plan/together.html", context, status=422 if form.errors else 200)


def _told_team(person: Patient) -> bool:
    """Whether an alert is durable now; the card is shown either way."""
    try:
        answer_if_now(person, needs_a_person=True, said=_("Yes, it is about now. I need a person."))
    except Exception as error:  # noqa: BLE001 - whatever broke, the person sees the card and is told the truth
        log.error("an alert for a safety plan could not be kept: %s", type(error).__name__)
        return False
    return True


def _taken(request: HttpRequest, person: Patient, *, asks_who_helped: bool) -> tuple[PlanForm, bool]:
    """The form, filled with the plan as it stands, and whether a new version was saved of what was sent."""
    plan = current_plan(person)
    if request.method != "POST":
        return PlanForm(asks_who_helped=asks_who_helped, initial=_initial(plan)), False
    form = PlanForm(request.POST, asks_who_helped=asks_who_helped)
    if not form.is_valid():
        return form, False
    helper = "" if asks_who_helped else request.user.display_name
    try:
        write_plan(person, form.words(with_whom=helper), after=form.cleaned_data["after"], by=request.user)
    except WrittenMeanwhile:
        form.add_error(
            None,
            _(
                "This plan was changed elsewhere meanwhile. Open it in a second window, and bring both together here."
            ),
        )
        form.data = form.data.copy()
        form.data["after"] = plan.number if plan else 0
        return form, False
    return form, True


def _initial(plan: SafetyPlan | None) -> dict[str, Any]:
    """Each part as it stands. Who helped is asked anew: it is about this change."""
    return {"after": plan.number, **plan.read().parts} if plan else {"after": 0}


def _shown(plan: SafetyPlan | None) -> dict[str, Any]:
    if plan is None:
        return {"plan": None}
    return {"plan": plan, "parts": shown_parts(plan), "with_whom": plan.read().with_whom}
