"""A clinician's own judgement of a text, and the second reading of a model beside it."""

from __future__ import annotations

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thirdchair.errors import ClientFailed, SafeguardUnavailable
from thirdchair.language.telling import language_of
from thirdchair.policy.decision import UseRefused
from thirdchair.records import SpeakerRole
from thirdchair.uses import USES, Use
from thirdchair_web.accounts.models import Role
from thirdchair_web.accounts.roles import role_required
from thirdchair_web.encounters import actions as encounters
from thirdchair_web.encounters.models import Encounter, Patient
from thirdchair_web.governance.methods import methods
from thirdchair_web.governance.words import reader_language, refusal_in_words
from thirdchair_web.review import judging, judging_pages
from thirdchair_web.review.judging_forms import FORMS, CaseForm
from thirdchair_web.review.models import JudgedCase
from thirdchair_web.review.uploads import FormUsedAgain

clinicians = role_required(Role.NURSE, Role.PSYCHIATRIST)


@clinicians
@require_http_methods(["GET", "POST"])
def new_case(request: HttpRequest, ref: str, use_id: str) -> HttpResponse:
    """The clinician gives a text and their own judgement of it. No model is asked here."""
    person = get_object_or_404(Patient, pk=ref)
    use = _comment_use(use_id)
    if person.erased_at is not None:
        return render(request, "review/erased.html", {"patient": person}, status=410)
    status = 200
    form = CaseForm(request.POST or None, use=use.id, initial=_from_session(request, person))
    judgement = FORMS[use.id](request.POST or None)
    if request.method == "POST":
        status = 422
        if form.is_valid() & judgement.is_valid():
            try:
                kept = judging.judge_case(
                    person,
                    form.case(),
                    judgement.given(),
                    use=use.id,
                    language=language_of(form.cleaned_data["text"]),
                    case_id=form.cleaned_data["submission"],
                    by=request.user,
                )
            except FormUsedAgain:
                form.add_error(None, _("This form was used for another text already. Open the page again."))
                status = 409
            except SafeguardUnavailable:
                form.add_error(
                    None,
                    _(
                        "The text could not be checked for danger, so nothing was stored. If you are worried, act now; then try again."
                    ),
                )
                status = 503
            else:
                messages.success(request, _("Your judgement is recorded. It stays as you gave it."))
                return redirect("judged-case", case_id=kept.id)
    else:
        encounters.open_record(person, by=request.user)
    context = {
        "patient": person,
        "use": use,
        "title": use.title[reader_language()],
        "form": form,
        "judgement": judgement,
        "sessions": person.encounters.all(),
        "earlier": JudgedCase.objects.filter(patient=person, use=use.id).select_related("brought_by"),
        **judging_pages.standing(use, person, request.user, author="patient"),
    }
    return render(request, "review/new_case.html", context, status=status)


@clinicians
@require_http_methods(["GET", "POST"])
def judged_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A judged text: ask for a comment, see it beside the own judgement, judge again."""
    case = get_object_or_404(JudgedCase.objects.select_related("patient"), pk=case_id)
    if case.patient.erased_at is not None:
        return render(request, "review/erased.html", {"patient": case.patient}, status=410)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    refusal, problem, status = None, "", 200
    form = FORMS[case.use](request.POST if act == "judge" else None)
    if act == "judge":
        if form.is_valid():
            judging.judge_again(case.id, form.given(), by=request.user)
            messages.success(request, _("Your judgement is recorded. Those before it stay as they were."))
            return redirect("judged-case", case_id=case.id)
        status = 422
    elif act == "ask":
        if not ratelimit.consume(request, action="ask_comment", user=request.user):
            return ratelimit.respond_429(request)
        method = request.POST.get("method", "")
        if method not in methods():
            raise Http404
        try:
            judging.ask_for_comment(case.id, method=method, by=request.user)
        except UseRefused as refused:
            refusal, status = refused.refusal, 409 if refused.refusal.rule.startswith("comment.") else 403
        except ClientFailed:
            problem, status = (
                _("The model could not be reached, so there is no comment. Try again later."),
                503,
            )
        except SafeguardUnavailable:
            problem, status = (
                _("A check could not run, so no model was asked or shown. Try again later."),
                503,
            )
        else:
            return redirect("judged-case", case_id=case.id)
    elif request.method == "GET":
        encounters.open_record(case.patient, by=request.user, part="case", id=case.id)
    context = judging_pages.case_page(
        case, judging.open_comment(case, by=request.user), by=request.user
    ) | judging_pages.standing(
        USES[case.use], case.patient, request.user, author=case.author, language=case.language
    )
    context |= {"form": form, "refusal": refusal_in_words(refusal), "problem": problem}
    return render(request, "review/judged_case.html", context, status=status)


def _comment_use(use_id: str) -> Use:
    use = USES.get(use_id)
    if use is None or not use.comments:
        raise Http404
    return use


def _from_session(request: HttpRequest, person: Patient) -> dict[str, str]:
    """The patient's own words of a session, where the page was asked to take them over."""
    wanted = request.GET.get("session", "")
    found = next((one for one in person.encounters.all() if str(one.pk) == wanted), None)
    return {} if found is None else {"text": _patients_words(found), "author": "patient"}


def _patients_words(session: Encounter) -> str:
    said = session.read_transcript().utterances
    return "\n".join(utterance.text for utterance in said if utterance.role is SpeakerRole.PATIENT)
