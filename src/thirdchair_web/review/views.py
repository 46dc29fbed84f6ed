"""The clinician's path: patients, consent, upload, progress, review, note."""

from __future__ import annotations

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thirdchair.errors import UnreadableTranscript
from thirdchair.gateway import EXTRACTIVE
from thirdchair.policy.decision import UseRefused
from thirdchair.policy.review import eligibility
from thirdchair.uses import USES
from thirdchair_web.accounts.models import Role
from thirdchair_web.accounts.roles import role_required
from thirdchair_web.clock import now
from thirdchair_web.encounters import actions as encounters
from thirdchair_web.encounters.models import Encounter, Patient
from thirdchair_web.governance.methods import methods
from thirdchair_web.governance.words import refusal_in_words
from thirdchair_web.review import actions, exports, judging_pages, pages
from thirdchair_web.review.clinic import actor_of
from thirdchair_web.review.consent_views import standing_consent
from thirdchair_web.review.forms import PatientForm, ReviewForm, RolesForm, UploadForm
from thirdchair_web.review.models import Draft, Note, SummaryRun
from thirdchair_web.review.room import FOR_CLINICIANS
from thirdchair_web.review.runs import WAITING, draft_anew
from thirdchair_web.review.uploads import FormUsedAgain, receive_session

clinicians = role_required(Role.NURSE, Role.PSYCHIATRIST)
USE = "summarise_session"


@clinicians
@require_GET
def patients(request: HttpRequest) -> HttpResponse:
    """Everyone in care, with what waits for a person."""
    return render(request, "review/patients.html", {"rows": pages.patient_rows()})


@clinicians
@require_http_methods(["GET", "POST"])
def new_patient(request: HttpRequest) -> HttpResponse:
    """Takes a person into care."""
    form = PatientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        details = {key: form.cleaned_data[key] for key in ("name", "born", "pronoun")}
        if form.cleaned_data["born_on"]:
            details["born_on"] = form.cleaned_data["born_on"].isoformat()
        encounters.add_patient(ref=form.cleaned_data["ref"], details=details, account=None, by=request.user)
        return redirect("patient", ref=form.cleaned_data["ref"])
    return render(request, "review/new_patient.html", {"form": form}, status=422 if form.errors else 200)


@clinicians
@require_GET
def patient(request: HttpRequest, ref: str) -> HttpResponse:
    """One patient: what AI may do here and why not, consents, sessions, notes."""
    person = get_object_or_404(Patient, pk=ref)
    encounters.open_record(person, by=request.user)
    rows = pages.use_rows(person, request.user)
    readings = judging_pages.use_rows(person, request.user)
    return render(
        request,
        "review/patient.html",
        {
            "patient": person,
            "rows": rows,
            "may_upload": any(not row["refusals"] for row in rows if row["use"].id == USE),
            "none_open": all(row["refusals"] for row in [*rows, *readings]),
            "readings": readings,
            "standing": {use for use in USES if standing_consent(person.ref, use)},
            "consents": pages.consent_rows(person),
            "sessions": pages.session_rows(person),
            "prompts": FOR_CLINICIANS,
        },
    )


@clinicians
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, ref: str) -> HttpResponse:
    """Takes a session. A refused or unreadable file leaves nothing behind."""
    person = get_object_or_404(Patient, pk=ref)
    form = UploadForm(request.POST or None, request.FILES or None, methods=methods())
    refusal, status = None, 200
    if request.method == "POST" and not ratelimit.consume(
        request, action="upload_session", user=request.user
    ):
        return ratelimit.respond_429(request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            run = receive_session(
                person,
                given["transcript"].read(),
                filename=given["transcript"].name,
                submission=given["submission"],
                held_on=given["held_on"],
                use=USE,
                method=given["method"],
                note_format=given["note_format"],
                by=request.user,
            )
            return redirect("run", run_id=run.id)
        except UnreadableTranscript as unreadable:
            form.add_error("transcript", pages.unreadable_in_words(unreadable))
            status = 422
        except UseRefused as refused:
            refusal, status = refused.refusal, 403
        except FormUsedAgain:
            form.add_error(
                None, _("This form was used for another session already. Open the upload page again.")
            )
            status = 409
    elif request.method == "POST":
        status = 422
    else:
        refusal = pages.upload_refusal(person, request.user)
    context = {"patient": person, "form": form, "refusal": refusal_in_words(refusal)}
    return render(request, "review/upload.html", context, status=status)


@clinicians
@require_GET
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Progress of a draft; moves on to the review by itself once it is made."""
    work = get_object_or_404(SummaryRun.objects.select_related("encounter__patient"), pk=run_id)
    made = Draft.objects.filter(run=work).first()
    if made is not None:
        target = reverse("draft", args=[made.id])
        if request.htmx:
            return HttpResponse(headers={"HX-Redirect": target})
        return HttpResponseRedirect(target)
    template = "review/progress.html" if request.htmx else "review/run.html"
    context = {
        "run": work,
        "patient": work.encounter.patient,
        "waiting": work.state in WAITING,
        "refusal": pages.run_refusal(work),
        "failure": pages.failure_in_words(work),
        "stage": pages.stage_in_words(work),
    }
    return render(request, template, context)


@clinicians
@require_POST
def draft_again(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Asks for another draft of a session: after a stop, a failure, or corrected speakers."""
    encounter = get_object_or_404(Encounter.objects.select_related("patient"), pk=encounter_id)
    if encounter.patient.erased_at is not None:
        return _erased(request, encounter.patient)
    method = request.POST.get("method", EXTRACTIVE)
    if method not in methods():
        raise Http404
    return redirect("run", run_id=draft_anew(encounter.id, method=method, by=request.user).id)


@clinicians
@require_http_methods(["GET", "POST"])
def speakers(request: HttpRequest, encounter_id: UUID) -> HttpResponse:
    """Corrects who spoke, then drafts again; an unsigned draft that rested on the old roles is discarded."""
    encounter = get_object_or_404(Encounter.objects.select_related("patient"), pk=encounter_id)
    if encounter.patient.erased_at is not None:
        return _erased(request, encounter.patient)
    transcript = encounter.read_transcript()
    form = RolesForm(request.POST or None, speakers=transcript.speakers)
    if request.method == "POST" and form.is_valid():
        work = pages.redraft_with_roles(encounter, form.roles(), by=request.user)
        return redirect("run", run_id=work.id)
    context = {"patient": encounter.patient, "encounter": encounter, "form": form, "transcript": transcript}
    return render(request, "review/speakers.html", context)


@clinicians
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The draft beside its evidence: read, edit, sign or discard."""
    made = get_object_or_404(Draft.objects.select_related("run__encounter__patient"), pk=draft_id)
    if made.patient.erased_at is not None:
        return _erased(request, made.patient)
    if made.state == Draft.State.SIGNED:
        return redirect("note", note_id=made.note.id)
    if made.state == Draft.State.DISCARDED:
        return render(request, "review/discarded.html", {"draft": made, "patient": made.patient}, status=410)
    refusal, status = None, 200
    form = ReviewForm(request.POST or None, made=made.read())
    if request.method == "POST":
        if not form.is_valid():
            status = 422
        else:
            answer = _act_on_draft(request, made, form)
            if isinstance(answer, HttpResponse):
                return answer
            refusal, status = answer, 409
    else:
        actions.open_draft(made, by=request.user)
    edits = form.edits() if form.is_bound else actions.read_edits(made)
    context = pages.review_page(made, edits, by=request.user, form=form)
    context["refusal"] = refusal_in_words(refusal) or refusal_in_words(
        eligibility(USES[made.run.use].terms, actor=actor_of(request.user), today=now().date())
    )
    return render(request, "review/draft.html", context, status=status)


def _act_on_draft(request: HttpRequest, made: Draft, form: ReviewForm):
    """The page to go to, or the refusal to show beside what the person has typed."""
    given = form.cleaned_data
    wanted = request.POST.get("act", "save")
    try:
        if wanted == "sign":
            note = actions.sign(
                made.id,
                form.edits(),
                revision=given["revision"],
                confirmed=given["confirmed"],
                by=request.user,
            )
            messages.success(request, _("Signed. The note is in the record under your name."))
            return redirect("note", note_id=note.id)
        if wanted == "discard":
            actions.discard(made.id, by=request.user)
            messages.success(request, _("The draft was discarded. Nothing entered the record."))
            return redirect("patient", ref=made.patient.ref)
        actions.save_edits(made.id, form.edits(), revision=given["revision"], by=request.user)
        messages.success(request, _("Your edits are saved. Nothing is signed yet."))
        return redirect("draft", draft_id=made.id)
    except UseRefused as refused:
        return refused.refusal
    except actions.Changed:
        return pages.CHANGED_ELSEWHERE


@clinicians
@require_GET
def note(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """A signed note, with where each sentence came from."""
    signed = get_object_or_404(Note.objects.select_related("draft__run__encounter__patient"), pk=note_id)
    if signed.patient.erased_at is not None:
        return _erased(request, signed.patient)
    encounters.open_record(signed.patient, by=request.user, part="note", id=signed.id)
    return render(request, "review/note.html", pages.note_page(signed))


@clinicians
@require_GET
def download(request: HttpRequest, note_id: UUID, kind: str) -> HttpResponse:
    """A signed note as a file, with its origin on it."""
    signed = get_object_or_404(Note.objects.select_related("draft__run__encounter__patient"), pk=note_id)
    if signed.patient.erased_at is not None:
        return _erased(request, signed.patient)
    return exports.note_file(signed, kind=kind, by=request.user)


def _erased(request: HttpRequest, person: Patient) -> HttpResponse:
    return render(request, "review/erased.html", {"patient": person}, status=410)
