"""Talk as a patient meets it, and as a clinician opens it."""

from __future__ import annotations

import logging
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thirdchair.policy import Refused
from thirdchair.policy.decision import UseRefused
from thirdchair.policy.people_only import RULE as PEOPLE_ONLY
from thirdchair_web.accounts.models import Role
from thirdchair_web.accounts.roles import role_required
from thirdchair_web.clock import now
from thirdchair_web.crisis import duty
from thirdchair_web.crisis.card import crisis_card
from thirdchair_web.crisis.hearing import hear
from thirdchair_web.crisis.shown import card_page
from thirdchair_web.encounters.actions import open_record
from thirdchair_web.encounters.models import Patient
from thirdchair_web.encounters.own import own_pages
from thirdchair_web.governance.words import reader_language, refusal_in_words
from thirdchair_web.talk import actions
from thirdchair_web.talk.clinic import closed_by
from thirdchair_web.talk.forms import AGAINST, ChoicesForm, OpeningForm, SayForm
from thirdchair_web.talk.models import Conversation, TalkChoice, TalkEligibility
from thirdchair_web.talk.summary import draft_summary

log = logging.getLogger(__name__)

clinicians = role_required(Role.NURSE, Role.PSYCHIATRIST)
MOST_HEARD = 20_000
"""Characters of a message too long to be sent that are heard for danger."""


@own_pages
@require_GET
def my_talk(request: HttpRequest, person: Patient) -> HttpResponse:
    """The conversation, or why there is none and what is there instead."""
    return _page(request, person, SayForm.new())


@own_pages
@require_POST
def say(request: HttpRequest, person: Patient) -> HttpResponse:
    """Takes a message and shows what it is answered with."""
    form = SayForm(request.POST)
    if not form.is_valid():
        # What is too long to be sent is heard for danger all the same, before it is refused.
        heard = hear(request.POST.get("said", "")[:MOST_HEARD], patient=person)
        return _page(request, person, form, status=422, stays=heard.shows_card)
    try:
        actions.say(
            person,
            form.cleaned_data["said"],
            submission=form.cleaned_data["submission"],
            language=reader_language(),
            country=settings.THIRDCHAIR.country or None,
            by=request.user,
        )
    except UseRefused as closed:
        if closed.refusal.rule == PEOPLE_ONLY:  # it closes one message, and no conversation
            form.add_error("said", (refusal_in_words(closed.refusal) or {})["reason"])
            return _page(request, person, form, status=422)
        return _closed(request, person, closed.refusal, status=403, unsent=form.cleaned_data["said"])
    except actions.Unkept as unkept:
        return render(request, "talk/unkept.html", {"turn": unkept.turn, "card": _card()}, status=503)
    except Exception as error:  # noqa: BLE001 - whatever broke, words of danger reach the team, and the person the card
        log.error("a message could not be answered: %s", type(error).__name__)
        heard = hear(form.cleaned_data["said"], patient=person)
        became = _(
            "Something here does not work right now. The program did not answer, and your message was not kept."
        )
        return card_page(request, heard, became=became, go_on=reverse("my-talk"), status=503)
    return redirect(f"{reverse('my-talk')}#latest")


@own_pages
@require_POST
def leave(request: HttpRequest, person: Patient) -> HttpResponse:
    """Ends the conversation in one tap."""
    actions.leave(person, by=request.user)
    messages.success(request, _("You have left the conversation. Goodbye."))
    return redirect("my-home")


@own_pages
@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest, person: Patient) -> HttpResponse:
    """Three choices beside the conversation, each by itself."""
    standing = {str(about): actions.agreed_to(person, about) for about in TalkChoice.About}
    form = ChoicesForm(request.POST or None, initial=standing)
    if request.method == "POST" and form.is_valid():
        for about in TalkChoice.About:
            actions.choose(person, about, agreed=form.cleaned_data[str(about)], by=request.user)
        messages.success(request, _("Your choices were kept."))
        return redirect("my-talk")
    return render(request, "talk/choices.html", {"form": form})


@clinicians
@require_http_methods(["GET", "POST"])
def open_for(request: HttpRequest, ref: str) -> HttpResponse:
    """A clinician says whether talk is for this patient, and agrees on times."""
    person = get_object_or_404(Patient, pk=ref, erased_at=None)
    form = OpeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = actions.open_talk(person, form.opening(), by=request.user)
        messages.success(
            request, _("It is open for this patient.") if opened.fits else _("It is shut for this patient.")
        )
        return redirect("talk-for", ref=person.ref)
    open_record(person, by=request.user)
    standing = TalkEligibility.objects.filter(patient=person).select_related("set_by").first()
    return render(
        request,
        "talk/open_for.html",
        {
            "patient": person,
            "form": form,
            "standing": standing,
            "expired": standing is not None and standing.expires_at <= now(),
            "reason": standing.read_reason() if standing else "",
            "against": [AGAINST[one] for one in standing.value.against] if standing else [],
            "may_summarise": actions.agreed_to(person, TalkChoice.About.SUMMARY),
            "conversations": Conversation.objects.filter(patient=person).exclude(ended_at=None)[:20],
        },
        status=422 if form.errors else 200,
    )


@clinicians
@require_POST
def summarise(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Has an ended conversation summarised by quotation, if the patient agreed; the draft waits for review."""
    conversation = get_object_or_404(
        Conversation.objects.select_related("patient"), pk=conversation_id, patient__erased_at=None
    )
    if not actions.agreed_to(conversation.patient, TalkChoice.About.SUMMARY):
        raise Http404
    try:
        run = draft_summary(conversation, by=request.user)
    except UseRefused as closed:
        return render(request, "refusal.html", {"refusal": refusal_in_words(closed.refusal)}, status=403)
    except ValueError:
        raise Http404 from None
    return redirect("run", run_id=run.id)


def _page(
    request: HttpRequest, person: Patient, form: SayForm, *, status: int = 200, stays: bool = False
) -> HttpResponse:
    """The conversation. Where a rule closes it, it stays before a person in danger, and before who was just shown the card."""
    danger = actions.in_danger(person)
    conversation = actions.open_conversation(person)
    stays = stays or danger or actions.shown_card_lately(conversation)
    refusal = None if stays else closed_by(person, request.user, reader_language())
    if refusal is not None:
        return _closed(request, person, refusal, status=200 if status == 200 else 403)
    exchanges = [{"row": row, **row.read()} for row in conversation.exchanges.all()] if conversation else []
    eligibility = actions.newest_eligibility(person)
    return render(
        request,
        "talk/talk.html",
        {
            "form": form,
            "exchanges": exchanges,
            "card": _card() if stays or (exchanges and exchanges[-1]["card"]) else None,
            "danger": danger,
            "duty": duty.gate(now()),
            "caps": eligibility.caps if eligibility else None,
        },
        status=status,
    )


def _closed(
    request: HttpRequest, person: Patient, refusal: Refused, *, status: int, unsent: str = ""
) -> HttpResponse:
    """Why there is no conversation now, and what is there instead."""
    had_one = actions.end_where_closed(person)
    gate = duty.gate(now())
    known = Conversation.objects.filter(patient=person).exists()
    return render(
        request,
        "talk/closed.html",
        {
            "why": _why(refusal),
            "may_agree": refusal.rule.startswith("consent."),
            "had_one": had_one,
            "known": known,
            "unsent": unsent,
            "next_from": gate.next_on_duty if isinstance(gate, duty.Closed) else None,
        },
        status=status,
    )


def _why(refusal: Refused) -> tuple[str, ...]:
    """The reason as a patient is told it."""
    if refusal.rule.startswith("talk."):
        words = refusal_in_words(refusal) or {}
        return words["reason"], words["remedy"]
    if refusal.rule.startswith("law."):
        return (_("The law of the place, as far as this service knows it, does not let a program do this."),)
    if refusal.rule.startswith("switch."):
        return (_("Talk is switched off at this service."),)
    if refusal.rule.startswith("consent."):
        return (_("You have not agreed to talk with a computer program, or what you agreed to has ended."),)
    return (
        _(
            "No computer program here has been shown to be safe enough to talk with you between sessions. Until one "
            "has, people do this."
        ),
    )


def _card():
    return crisis_card(settings.THIRDCHAIR.country or None, reader_language())
