"""Letters: a clinician writes, looks and sends; a patient reads, keeps and answers."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thirdchair.policy.decision import UseRefused
from thirdchair.policy.letters import LEAST_OWN_SHARE
from thirdchair_web.accounts.models import Role
from thirdchair_web.accounts.roles import role_required
from thirdchair_web.clock import now
from thirdchair_web.crisis.hearing import NOTHING_SAID, hear
from thirdchair_web.crisis.shown import card_page
from thirdchair_web.encounters.actions import open_record
from thirdchair_web.encounters.models import Patient
from thirdchair_web.encounters.own import own_pages
from thirdchair_web.governance.words import reader_language, refusal_in_words
from thirdchair_web.letters import actions, drafting
from thirdchair_web.letters.forms import BeginForm, DraftForm, LetterForm, ReplyForm, SendForm
from thirdchair_web.letters.models import Letter
from thirdchair_web.letters.origin import as_fhir, as_text, mark
from thirdchair_web.trail.actions import record

clinicians = role_required(Role.NURSE, Role.PSYCHIATRIST)
FILES = {"txt": "text/plain; charset=utf-8", "json": "application/fhir+json"}


@clinicians
@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest, ref: str) -> HttpResponse:
    """The letters of one patient, and a new one."""
    person = get_object_or_404(Patient, pk=ref)
    form = BeginForm(request.POST or None, initial={"language": str(reader_language())})
    if request.method == "POST" and form.is_valid() and person.erased_at is None:
        given = form.cleaned_data
        letter = actions.begin(
            person, kind=given["kind"], language=given["language"], by=request.user, letter_id=given["letter"]
        )
        return redirect("letter", letter_id=letter.id)
    open_record(person, by=request.user)
    found = person.letters.exclude(state=Letter.State.DISCARDED).select_related("author", "patient")
    rows = [
        {
            "letter": one,
            "words": one.read(),
            "mark": mark(one, origin=one.origin, disclosed=one.disclosed) if one.sent_at else "",
            "answers": [reply.read() for reply in one.replies.all()],
        }
        for one in found
    ]
    context = {"patient": person, "rows": rows, "form": form}
    return render(request, "letters/letters.html", context, status=422 if form.errors else 200)


@clinicians
@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Writing one letter: keep it, ask for a draft, take the draft over, look at it, drop it."""
    one = _of_author(request, letter_id)
    drafting.take_over_if_left(one.id)
    one.refresh_from_db()
    methods = drafting.open_methods(one)
    form = LetterForm(request.POST if request.method == "POST" else None, initial=one.read())
    asking = DraftForm(
        request.POST if request.POST.get("act") == "draft" else None,
        methods=methods,
        initial={"material": one.read_material()},
    )
    if request.method == "POST":
        done = _acted(request, one, form, asking)
        if done is not None:
            return done
    return render(
        request,
        "letters/letter.html",
        _writing(one, form, asking, methods),
        status=422 if form.errors or asking.errors else 200,
    )


@clinicians
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The letter exactly as the patient will see it, and the last step before it goes."""
    one = _of_author(request, letter_id)
    share = actions.share_from_machine(one)
    enough = share is None or 1 - share >= LEAST_OWN_SHARE
    form = SendForm(request.POST or None, initial={"seen": actions.digest_of(one), "disclosed": not enough})
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.send(one.id, by=request.user, **form.cleaned_data)
        except UseRefused as refused:
            refusal = refusal_in_words(refused.refusal)
            form = SendForm(initial=form.cleaned_data | {"seen": actions.digest_of(one)})
        else:
            messages.success(request, _("The letter was sent."))
            return redirect("letters", ref=one.patient_id)
    origin = actions.origin_of(share)
    context = {
        "letter": one,
        "patient": one.patient,
        "words": one.read(),
        "form": form,
        "refusal": refusal,
        "share": share,
        "own_percent": None if share is None else round(100 * (1 - share)),
        "least_percent": round(100 * LEAST_OWN_SHARE),
        "mark": mark(one, origin=origin, disclosed=not enough),
        "unsupported": actions.unsupported_in(one),
    }
    return render(request, "letters/look.html", context, status=409 if refusal else 200)


@own_pages
@require_GET
def my_letters(request: HttpRequest, person: Patient) -> HttpResponse:
    """What the care team wrote to this patient."""
    sent = (
        person.letters.filter(state=Letter.State.SENT)
        .select_related("author", "patient")
        .order_by("-sent_at")
    )
    rows = [{"letter": one, "subject": one.read()["subject"]} for one in sent]
    return render(request, "letters/my_letters.html", {"rows": rows})


@own_pages
@require_http_methods(["GET", "POST"])
def my_letter(request: HttpRequest, person: Patient, letter_id: UUID) -> HttpResponse:
    """One letter with the mark of its origin, and the patient's answers to it."""
    one = _sent_to(person, letter_id)
    form = ReplyForm(request.POST or None)
    if request.method == "POST":
        said = request.POST.get("words", "").strip()
        heard = (
            hear(said, patient=person) if said else NOTHING_SAID
        )  # what cannot be kept is heard all the same
        kept = form.is_valid() and heard.could_hear
        if kept:
            actions.answer(
                one, form.cleaned_data["words"], reply_id=form.cleaned_data["reply"], by=request.user
            )
        if heard.shows_card:
            return card_page(request, heard, became=_became(kept=kept), go_on=request.path)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _("Your answer was kept. A person on the team will read it."))
        return redirect("my-letter", letter_id=one.id)
    if request.method == "GET":
        actions.opened_by_patient(one)
    context = {
        "letter": one,
        "words": one.read(),
        "mark": mark(one, origin=one.origin, disclosed=one.disclosed),
        "answers": one.replies.all(),
        "form": form,
    }
    return render(request, "letters/my_letter.html", context, status=422 if form.errors else 200)


@own_pages
@require_GET
def my_letter_file(request: HttpRequest, person: Patient, letter_id: UUID, kind: str) -> HttpResponse:
    """The letter as a file, with the mark of its origin in its text."""
    one = _sent_to(person, letter_id)
    if kind not in FILES:
        raise Http404
    body = as_text(one) if kind == "txt" else json.dumps(as_fhir(one), ensure_ascii=False, indent=2)
    with transaction.atomic():
        record(
            kind="data_exported",
            actor=request.user.identifier,
            subject=person.ref,
            facts={"format": kind, "records": 1},
        )
    response = HttpResponse(body, content_type=FILES[kind])
    response["Content-Disposition"] = f'attachment; filename="letter-{one.id}.{kind}"'
    return response


@clinicians
@require_POST
def stop_draft(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Takes back the request for a draft."""
    _of_author(request, letter_id)
    drafting.stop(letter_id)
    return redirect("letter", letter_id=letter_id)


def _of_author(request: HttpRequest, letter_id: UUID) -> Letter:
    """A letter still being written by whoever asks; another's is not shown."""
    found = Letter.objects.select_related("patient", "author")
    one = get_object_or_404(found, pk=letter_id, author=request.user, state=Letter.State.WRITING)
    if one.patient.erased_at is not None:
        raise Http404
    return one


def _became(*, kept: bool) -> str:
    if kept:
        return _("Your answer is kept. A person on the team will read it.")
    return _("Your answer was not kept. Please speak with a person.")


def _sent_to(person: Patient, letter_id: UUID) -> Letter:
    found = person.letters.select_related("author", "patient")
    return get_object_or_404(found, pk=letter_id, state=Letter.State.SENT)


def _acted(request: HttpRequest, one: Letter, form: LetterForm, asking: DraftForm) -> HttpResponse | None:
    act = request.POST.get("act")
    if act == "discard":
        actions.discard(one.id, by=request.user)
        messages.success(request, _("The letter was dropped. Nothing was sent."))
        return redirect("letters", ref=one.patient_id)
    if not form.is_valid():
        return None
    actions.write(one.id, by=request.user, **form.cleaned_data)
    if act == "look":
        return redirect("letter-look", letter_id=one.id)
    if act == "draft":
        if not asking.is_valid():
            return None
        try:
            drafting.request_draft(one.id, by=request.user, **asking.cleaned_data)
        except UseRefused as refused:
            asking.add_error(None, refusal_in_words(refused.refusal)["reason"])
            return None
    if act == "take":
        taken = one.read_draft()
        body = "\n\n".join(
            part for part in (form.cleaned_data["body"].strip(), taken["text"] if taken else "") if part
        )
        actions.write(one.id, subject=form.cleaned_data["subject"], body=body, by=request.user)
    if act == "keep":
        messages.success(request, _("The letter was kept. It is not sent yet."))
    return redirect("letter", letter_id=one.id)


def _writing(one: Letter, form: LetterForm, asking: DraftForm, methods: list[str]) -> dict:
    drafted = one.read_draft()
    if drafted and one.draft_opened_at is None:
        Letter.objects.filter(pk=one.pk, draft_opened_at=None).update(draft_opened_at=now())
    why = [] if methods else [refusal_in_words(refusal) for refusal in drafting.draft_refusals(one)]
    waits = one.drafting in (Letter.Drafting.QUEUED, Letter.Drafting.RUNNING)
    return {
        "letter": one,
        "patient": one.patient,
        "form": form,
        "asking": asking,
        "refusals": why,
        "may_draft": bool(methods) and not waits,
        "waits": waits,
        "drafted": drafted,
        "refused": refusal_in_words(drafting.refusal_of(one)),
    }
