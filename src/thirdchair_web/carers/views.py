"""A carer's pages: general information and help, and nothing of anyone in care. The team's list of carers to call."""

from __future__ import annotations

from math import ceil

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thirdchair_web.accounts.models import Role
from thirdchair_web.accounts.roles import role_required
from thirdchair_web.asking import answers
from thirdchair_web.asking.forms import QuestionForm, number_in
from thirdchair_web.asking.words import closed_in_words
from thirdchair_web.carers.actions import answer_call, raise_help
from thirdchair_web.carers.hearing import TOLD_OF_CARER, hear_carer
from thirdchair_web.carers.models import CarerCall
from thirdchair_web.crisis.card import crisis_card
from thirdchair_web.crisis.hearing import Heard, screen_runs
from thirdchair_web.governance.words import reader_language, refusal_in_words

carers = role_required(Role.CARER)
answering = role_required(Role.ON_CALL, Role.PSYCHIATRIST, Role.NURSE)


@carers
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What a carer finds here, and what not."""
    return render(request, "carers/home.html", {"contact": settings.THIRDCHAIR.contact})


@carers
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A question on general matters. It is not kept."""
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _answered(request, form.cleaned_data["question"])
    status = 422 if form.is_bound else 200
    return _page(request, form, answers.closed_by(None, request.user), status=status)


@carers
@require_http_methods(["GET", "POST"])
def ask_person(request: HttpRequest) -> HttpResponse:
    """One tap that asks the team to call the carer."""
    if request.method == "POST":
        raise_help(0, carer=request.user)
        messages.success(request, _("The team can see now that you want to speak with a person."))
        return redirect("carer-person")
    waiting = CarerCall.objects.filter(carer=request.user, answered_at=None).exists()
    hours = ceil(settings.THIRDCHAIR.answers_within_hours)
    return render(request, "carers/person.html", {"waiting": waiting, "hours": hours})


@answering
@require_http_methods(["GET", "POST"])
def calls(request: HttpRequest) -> HttpResponse:
    """Carers who may need help, the most urgent first."""
    if request.method == "POST":
        call = get_object_or_404(CarerCall, pk=number_in(request.POST.get("call", "")))
        answer_call(call.id, by=request.user)
        messages.success(request, _("Written down: you have spoken with them."))
        return redirect("carer-calls")
    rows = CarerCall.objects.select_related("carer", "answered_by")
    context = {
        "waiting": rows.filter(answered_at=None).order_by("-level", "raised_at"),
        "answered": rows.exclude(answered_at=None)[:50],
    }
    return render(request, "carers/calls.html", context)


def _answered(request: HttpRequest, question: str) -> HttpResponse:
    heard = hear_carer(question, request.user)
    if heard.shows_card:
        return _card(request, heard)
    reply = answers.ask(
        question,
        person=None,
        actor=request.user,
        keep_alert=lambda alert, _said: raise_help(alert.level, carer=request.user),
    )
    if reply.kind in ("card", "broken"):
        return _card(request, Heard(True, reply.alerted, could_hear=reply.kind != "broken"))
    if reply.kind == "closed":
        return _page(request, QuestionForm(), [reply.refused], status=403)
    return render(request, "carers/answer.html", {"reply": reply, "question": question})


def _card(request: HttpRequest, heard: Heard) -> HttpResponse:
    context = {
        "card": crisis_card(None, reader_language()),
        "told": TOLD_OF_CARER[heard.alerted] if heard.alerted is not None else "",
        "broken": not heard.could_hear,
        "of_another": heard.of_another,
    }
    return render(request, "carers/card.html", context, status=200 if heard.could_hear else 503)


def _page(request: HttpRequest, form: QuestionForm, refused, *, status: int) -> HttpResponse:
    closed = closed_in_words(refused)
    context = {
        "form": form,
        "closed": closed,
        "details": [refusal_in_words(one) for one in closed.refusals] if closed else [],
        "takes_words": closed is None and screen_runs(),
    }
    return render(request, "carers/ask.html", context, status=status)
