"""The page on which a questionnaire is filled in: by the patient, or by a clinician who asks the questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from thirdchair.questionnaires import (
    Answer,
    Instrument,
    Item,
    ItemKind,
    asked,
    in_language,
    unanswered,
)
from thirdchair_web.crisis.card import crisis_card
from thirdchair_web.governance.words import reader_language
from thirdchair_web.questionnaires.actions import Danger, begun, hear_answers, keep_answers
from thirdchair_web.questionnaires.forms import AnswersForm
from thirdchair_web.questionnaires.models import Assignment


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is while filling in.

    Args:
        assignment: what is filled in.
        template: draws the page.
        back: address to go to when it is left half-way; done: when it is finished.
        own: whether the patient fills it in, so that danger shows them the card at once.
    """

    assignment: Assignment
    template: str
    back: str
    done: str
    own: bool


def fill(request: HttpRequest, place: Place) -> HttpResponse:
    """Shows the questions, or takes what was answered: one page of it, half-way, or done."""
    instrument = place.assignment.file.instrument()
    before, told = begun(place.assignment)
    one_by_one = instrument.questionnaire.branches or "page" in request.GET
    questions = [item for item in asked(instrument.questionnaire, before) if item.asks]
    number = _page(request, len(questions))
    items = [questions[number - 1]] if one_by_one else questions
    form = AnswersForm(request.POST or None, items=items, before=before)
    danger = Danger()
    if request.method == "POST":
        readable = form.is_valid()
        given = _given(before, items, form.answers())
        danger = hear_answers(
            instrument, given, told, patient=place.assignment.patient, also=form.unread_words()
        )
        if danger.shows_card and not place.own:
            _tell_staff(request, danger)
        if readable:
            answer = _take(request, place, instrument, form, given, danger, number if one_by_one else None)
            if answer is not None:
                return answer
    context = {
        "assignment": place.assignment,
        "patient": place.assignment.patient,
        "title": in_language(instrument.questionnaire.title, reader_language())[0],
        "about": in_language(instrument.questionnaire.about, reader_language())[0],
        "copyright": in_language(instrument.questionnaire.copyright, reader_language()),
        "form": form,
        "rows": _rows(instrument, form, before, items),
        "foreign": _foreign_language(instrument),
        "one_by_one": one_by_one,
        "branches": instrument.questionnaire.branches,
        "number": number,
        "of": len(questions),
        "may_skip": not any(item.required for item in instrument.questionnaire.walk()),
        "is_last": number == len(questions),
        "restricted": place.assignment.file.is_restricted,
        **card_of(danger),
        "validated": instrument.key is None or instrument.key.validated,
    }
    return render(request, place.template, context, status=422 if form.errors else 200)


def card_page(
    request: HttpRequest, danger: Danger, *, go_on: str, nothing_kept: bool = False
) -> HttpResponse:
    """The crisis card, with the truth about who was told and what was kept."""
    context = {"go_on": go_on, "nothing_kept": nothing_kept, **card_of(danger)}
    return render(request, "questionnaires/card.html", context)


def card_of(danger: Danger) -> dict[str, Any]:
    """What a page needs to show the card where danger asks for it."""
    return {"danger": danger, "card": crisis_card(None, reader_language()) if danger.shows_card else None}


def _take(
    request: HttpRequest,
    place: Place,
    instrument: Instrument,
    form: AnswersForm,
    given: dict[str, Answer],
    danger: Danger,
    number: int | None,
) -> HttpResponse | None:
    """Keeps what was answered, and says where to go; None to show the page again."""
    act = request.POST.get("act", "")
    questionnaire = instrument.questionnaire
    if not danger.could_hear:
        texts = {link_id for link_id, item in questionnaire.questions.items() if item.kind is ItemKind.TEXT}
        given = {link_id: answer for link_id, answer in given.items() if link_id not in texts}
    questions = [item.link_id for item in asked(questionnaire, given) if item.asks]
    at = _at(questions, list(form.items.values())[-1])
    ends = act == "done" or (act == "next" and at >= len(questions))
    missing = unanswered(questionnaire, given) if ends else ()
    done = ends and not missing and danger.could_hear
    kept = keep_answers(place.assignment, given, done=done, untold=danger.alerted is False, by=request.user)
    if kept is None:
        if not (danger.shows_card and place.own):
            messages.error(request, _("You are not asked to fill this in any more. Nothing was kept."))
        where: str | None = place.back
    elif done:
        where = place.done
    elif missing and number is None:
        form.says_missing(missing)
        where = None
    elif missing:
        messages.error(request, _("This question needs an answer before you finish."))
        where = f"{request.path}?page={_at(questions, missing[0])}"
    elif act in ("next", "back") and number is not None:
        where = f"{request.path}?page={max(1, at + (1 if act == 'next' else -1))}"
    else:
        where = place.back
        if not danger.shows_card:
            messages.success(request, _("Saved. You can go on whenever you like."))
    if danger.shows_card and place.own:
        return card_page(request, danger, go_on=where or request.path, nothing_kept=kept is None)
    return redirect(where) if where else None


def _tell_staff(request: HttpRequest, danger: Danger) -> None:
    if danger.alerted:
        messages.warning(
            request, _("An answer means danger: the on-call person was alerted. Stay with the person.")
        )
    else:
        messages.error(
            request,
            _(
                "An answer means danger, and no alert could be kept. Tell the on-call person yourself, now. Stay with the person."
            ),
        )


def _page(request: HttpRequest, of: int) -> int:
    try:
        wanted = int(request.GET.get("page", "1"))
    except ValueError:
        wanted = 1
    return min(max(1, wanted), of)


def _at(questions: list[str], item: Item) -> int:
    """The page of a question, from 1; the last where it is not asked any more."""
    return questions.index(item.link_id) + 1 if item.link_id in questions else len(questions)


def _given(
    before: Mapping[str, Answer], items: list[Item], answers: Mapping[str, Answer]
) -> dict[str, Answer]:
    """All answers as they stand now: those on the page in place of what stood there."""
    shown = {item.link_id for item in items}
    return {link_id: one for link_id, one in before.items() if link_id not in shown} | dict(answers)


def _rows(
    instrument: Instrument, form: AnswersForm, before: Mapping[str, Answer], items: list[Item]
) -> list[dict[str, Any]]:
    """The page in reading order: headings, texts to read, questions with their fields."""
    wanted = {item.link_id for item in items}
    names = {item.link_id: name for name, item in form.items.items()}
    everything = asked(instrument.questionnaire, before)
    rows: list[dict[str, Any]] = []

    def holds_a_question(item: Item) -> bool:
        return item.link_id in wanted or any(holds_a_question(one) for one in item.items)

    whole = len(wanted) == sum(item.asks for item in everything)
    for item in everything:
        words, _language = in_language(item.words, reader_language())
        if item.asks and item.link_id in wanted:
            rows.append({"field": form[names[item.link_id]]})
        elif item.kind is ItemKind.GROUP and words and holds_a_question(item):
            rows.append({"heading": words})
        elif item.kind is ItemKind.DISPLAY and whole:
            rows.append({"text": words})
    return rows


def _foreign_language(instrument: Instrument) -> str:
    """The language of the questions where it is not the reader's, as a code; "" where it is."""
    found = {
        in_language(item.words, reader_language())[1]
        for item in instrument.questionnaire.walk()
        if item.words
    }
    return next((str(one) for one in found if one is not reader_language()), "")
