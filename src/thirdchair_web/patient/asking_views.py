"""A patient asks: a question of the library, or a person."""

from __future__ import annotations

import logging
from math import ceil
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from thirdchair.errors import ThirdchairError
from thirdchair_web.asking import answers
from thirdchair_web.asking.forms import QuestionForm, number_in
from thirdchair_web.asking.words import closed_in_words
from thirdchair_web.crisis.card import crisis_card
from thirdchair_web.crisis.hearing import NOTHING_SAID, hear, screen_runs
from thirdchair_web.crisis.shown import who_was_told
from thirdchair_web.encounters.models import Patient
from thirdchair_web.encounters.own import own_pages
from thirdchair_web.governance.words import reader_language, refusal_in_words
from thirdchair_web.patient import questions, reaching
from thirdchair_web.patient.models import AskedQuestion
from thirdchair_web.team.actions import waiting_for

_log: Final = logging.getLogger(__name__)


class ReachForm(forms.Form):
    """What the person wants said beforehand; nothing is needed."""

    note = forms.CharField(
        label=gettext_lazy("What should they know first?"),
        help_text=gettext_lazy("You can leave this empty. Your team reads what you write here."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


@own_pages
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, person: Patient) -> HttpResponse:
    """A question, its answer with sources, or why there is none and who answers instead."""
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _answered(request, person, form.cleaned_data["question"])
    status = 422 if form.is_bound else 200
    return _page(request, form, _closed(person, request), status=status)


@own_pages
@require_http_methods(["GET", "POST"])
def my_questions(request: HttpRequest, person: Patient) -> HttpResponse:
    """What was asked and answered, each to be deleted."""
    if request.method == "POST":
        if questions.delete(number_in(request.POST.get("question", "")), person=person, by=request.user):
            messages.success(request, _("The question and its answer are deleted."))
        return redirect("my-questions")
    asked = AskedQuestion.objects.filter(patient=person).select_related("patient")
    rows = [{"id": one.id, "at": one.asked_at, "language": one.language, **one.read()} for one in asked]
    return render(request, "patient/questions.html", {"rows": rows})


@own_pages
@require_http_methods(["GET", "POST"])
def reach(request: HttpRequest, person: Patient) -> HttpResponse:
    """Every way to a person, and the one tap that asks for one."""
    form = ReachForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _reached(request, person, form)
    waiting = [task for task in waiting_for(person) if task.kind == "wants_a_person"]
    context = {
        "form": form,
        "waiting": waiting[0] if waiting else None,
        "duty": reaching.who_is_on_duty(),
        "hours": ceil(settings.THIRDCHAIR.answers_within_hours),
        "takes_words": screen_runs(),
    }
    return render(request, "patient/reach.html", context)


def _answered(request: HttpRequest, person: Patient, question: str) -> HttpResponse:
    reply = answers.ask(question, person=person, actor=request.user)
    if reply.kind in ("card", "broken"):
        return show_card(request, alerted=reply.alerted, broken=reply.kind == "broken")
    if reply.kind == "closed":
        return _page(request, QuestionForm(), [reply.refused], status=403)
    context = {"reply": reply, "question": question, "kept": _kept(question, reply, person)}
    return render(request, "patient/asked.html", context)


def _reached(request: HttpRequest, person: Patient, form: ReachForm) -> HttpResponse:
    """Asks the team, whatever the words say; words of danger are met with the card, and never keep a person away."""
    note = form.cleaned_data["note"].strip()
    heard = hear(note, patient=person) if note else NOTHING_SAID
    sent = _question_sent_along(request, person)
    words = "\n".join(part for part in (note if heard.could_hear else "", sent) if part)
    reaching.ask_for_person(person, note=words, by=request.user)
    if heard.shows_card:
        return show_card(request, alerted=heard.alerted, broken=not heard.could_hear, asked=True)
    messages.success(request, _("Your team can see now that you want to speak with a person."))
    return redirect("my-reach")


def _question_sent_along(request: HttpRequest, person: Patient) -> str:
    """A question that the patient chose to send; it was screened when it was asked."""
    number = request.POST.get("question", "")
    asked = AskedQuestion.objects.filter(pk=number_in(number), patient=person).first() if number else None
    return asked.read()["question"] if asked else ""


def show_card(
    request: HttpRequest, *, alerted: bool | None, broken: bool = False, asked: bool = False
) -> HttpResponse:
    """The crisis card as the whole answer, with the truth about who was told.

    Args:
        broken: something here does not work, so that nothing was read or answered.
        asked: whether the team was asked to get in touch.
    """
    context: dict[str, Any] = {
        "card": crisis_card(None, reader_language()),
        "told": who_was_told(alerted) if alerted is not None else "",
        "broken": broken,
        "asked": asked,
    }
    return render(request, "patient/card.html", context, status=503 if broken else 200)


def _page(request: HttpRequest, form: QuestionForm, refused, *, status: int) -> HttpResponse:
    closed = closed_in_words(refused)
    context = {
        "form": form,
        "closed": closed,
        "details": [refusal_in_words(one) for one in closed.refusals] if closed else [],
        "takes_words": closed is None and screen_runs(),
    }
    return render(request, "patient/ask.html", context, status=status)


def _closed(person: Patient, request: HttpRequest):
    return answers.closed_by(person, request.user)


def _kept(question: str, reply: answers.Replied, person: Patient) -> AskedQuestion | None:
    """The kept question; None where it could not be kept, for the answer is shown all the same."""
    try:
        return questions.keep(question, reply, person=person)
    except (DatabaseFault, ThirdchairError, OSError) as error:
        _log.error("a question could not be kept: %s", type(error).__name__)
        return None
