"""The rules in force and the proof that they were kept: switches, uses, evidence, trail."""

from __future__ import annotations

import io
import math
import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thirdchair.evidence import EvidencePack
from thirdchair.policy import Cleared, Refused
from thirdchair.policy.decision import UseRefused
from thirdchair.policy.review import FASTEST_READING_WORDS_PER_MINUTE
from thirdchair.policy.signed_pack import SignedPack
from thirdchair.trail.verification import Broken, Verified
from thirdchair.uses import USES
from thirdchair_web.accounts.models import Role
from thirdchair_web.accounts.roles import role_required
from thirdchair_web.governance import actions
from thirdchair_web.governance.adjustments import adjust_requirement, countersign, waiting_for
from thirdchair_web.governance.comment_counts import FEWEST, comment_counts
from thirdchair_web.governance.evidence_trail import strays
from thirdchair_web.governance.law import is_barred, law_shown
from thirdchair_web.governance.methods import (
    brought_in,
    clearances,
    judged_alone,
    methods,
    methods_of,
    packs,
    requirements_of,
)
from thirdchair_web.governance.models import KillSwitch, RequirementAdjustment, SignedEvidence
from thirdchair_web.governance.requirement_reasons import reason_in_words
from thirdchair_web.governance.trail_problems import problem_in_words
from thirdchair_web.governance.words import (
    MEASURES,
    METHODS,
    language_name,
    reader_language,
    refusal_in,
    refusal_in_words,
)
from thirdchair_web.trail import verify
from thirdchair_web.trail.actions import record
from thirdchair_web.trail.models import TrailEntry

readers = role_required(Role.SERVICE_LEAD, Role.SAFETY_OFFICER, Role.EVALUATOR)


@readers
@require_GET
def uses(request: HttpRequest) -> HttpResponse:
    """Every registered use with its switch, and what may stop it."""
    now = actions.switches()
    rows = [
        {
            "use": use,
            "title": use.title[reader_language()],
            "on": use.id in now.uses_on,
            "stopped": use.id in now.stopped_uses,
            "barred": is_barred(use),
        }
        for use in USES.values()
    ]
    ways = [
        {"id": name, "words": METHODS.get(name, name), "stopped": name in now.stopped_methods}
        for name in methods()
    ]
    return render(
        request, "governance/uses.html", {"rows": rows, "methods": ways, "everything": now.everything_stopped}
    )


@readers
@require_GET
def use(request: HttpRequest, use_id: str) -> HttpResponse:
    """One use: its intended use, who may do what, and the evidence of every method."""
    known = USES.get(use_id)
    if known is None:
        raise Http404
    judged = clearances()
    shown = [pack_row(pack) for pack in packs() if pack.use == known.id]
    shown += [
        pack_row(one.outcome.pack, one.row)
        for one in brought_in()
        if isinstance(one.outcome, SignedPack) and one.outcome.pack.use == known.id
    ]
    rows = []
    for method in methods_of(known):
        for language in sorted(known.languages):
            clearance = judged[known.id, method, language]
            rows.append(
                {
                    "method": METHODS.get(method, method),
                    "language": language_name(language),
                    "cleared": isinstance(clearance, Cleared),
                    "refusal": None
                    if isinstance(clearance, Cleared)
                    else refusal_in_words(clearance.refusal),
                    "packs": [row for row in shown if (row["method"], row["code"]) == (method, language)],
                }
            )
    context = {
        "use": known,
        "title": known.title[reader_language()],
        "rows": rows,
        "elsewhere": [row for row in shown if row["method"] not in methods()],
        "void": [
            {"row": one.row, "refusal": refusal_in_words(one.outcome)}
            for one in brought_in()
            if isinstance(one.outcome, Refused)
        ],
        "requirements": [
            {
                "asked": asked,
                "reviewed": reviewed,
                "words": MEASURES.get(asked.measure, asked.measure),
                "why": reason_in_words(reviewed),
            }
            for asked, reviewed in zip(requirements_of(known.id), known.requirements, strict=True)
        ],
        "waiting": [
            {"row": row, "words": MEASURES.get(row.measure, row.measure)} for row in waiting_for(known.id)
        ],
        "governs": request.user.role in (Role.SERVICE_LEAD, Role.SAFETY_OFFICER),
        "law": law_shown(known),
        "counts": comment_counts(known.id) if known.comments else None,
        "fewest": FEWEST,
        "fastest": FASTEST_READING_WORDS_PER_MINUTE,
    }
    return render(request, "governance/use.html", context)


def pack_row(pack: EvidencePack, row: SignedEvidence | None = None) -> dict[str, Any]:
    """One pack as the page of a use shows it: whose word it is, and whether it clears its method by itself."""
    alone = judged_alone(pack)
    return {
        "pack": pack,
        "method": pack.method,
        "code": pack.language,
        "language": language_name(pack.language),
        "brought_in": row,
        "clears": isinstance(alone, Cleared),
        "refusal": None if isinstance(alone, Cleared) else refusal_in_words(alone.refusal),
    }


@role_required(Role.SERVICE_LEAD)
@require_POST
def switch(request: HttpRequest, use_id: str) -> HttpResponse:
    """Switches a use on or off."""
    if use_id not in USES or USES[use_id].is_closed:
        raise Http404
    on = request.POST.get("on") == "yes"
    actions.switch_use(use_id, on=on, by=request.user)
    messages.success(request, _("The use is switched on.") if on else _("The use is switched off."))
    return redirect("uses")


@role_required(Role.SAFETY_OFFICER, Role.SERVICE_LEAD)
@require_POST
def adjust(request: HttpRequest, use_id: str) -> HttpResponse:
    """Signs another threshold for this service: more counts at once, less waits for a second signature."""
    if use_id not in USES or USES[use_id].is_closed:
        raise Http404
    why = request.POST.get("why", "").strip()
    try:
        threshold = float(request.POST.get("threshold", ""))
    except ValueError:
        threshold = math.nan
    if not why:
        messages.error(request, _("Say why, so that others understand the change."))
        return redirect("use", use_id)
    try:
        row = adjust_requirement(
            use_id,
            measure=request.POST.get("measure", ""),
            threshold=threshold,
            why=why[:300],
            by=request.user,
        )
    except UseRefused as refused:
        _tell(request, refused)
    else:
        messages.success(
            request,
            _("The threshold is changed.")
            if row not in waiting_for(use_id)
            else _("Signed. It asks for less, so it waits for a second person’s signature."),
        )
    return redirect("use", use_id)


@role_required(Role.SAFETY_OFFICER, Role.SERVICE_LEAD)
@require_POST
def sign_adjustment(request: HttpRequest, adjustment_id: uuid.UUID) -> HttpResponse:
    """The second signature under a threshold that asks for less."""
    row = get_object_or_404(RequirementAdjustment, pk=adjustment_id)
    try:
        countersign(row.id, by=request.user)
    except UseRefused as refused:
        _tell(request, refused)
    else:
        messages.success(request, _("The threshold is changed."))
    return redirect("use", row.use)


def _tell(request: HttpRequest, refused: UseRefused) -> None:
    words = refusal_in(refused.refusal, reader_language())
    messages.error(request, f"{words['reason']} {words['remedy']}")


@role_required(Role.SAFETY_OFFICER, Role.SERVICE_LEAD)
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Pulls a kill switch, or lets go of it."""
    scope, target = request.POST.get("scope", ""), request.POST.get("target", "")
    known = {
        KillSwitch.Scope.EVERYTHING: {""},
        KillSwitch.Scope.USE: set(USES),
        KillSwitch.Scope.METHOD: set(methods()),
    }
    if scope not in known or target not in known[scope]:
        raise Http404
    stopped = request.POST.get("stopped") == "yes"
    actions.pull_kill_switch(scope, target=target, stopped=stopped, by=request.user)
    messages.success(
        request, _("Stopped. Work in flight stops at its next step.") if stopped else _("It may run again.")
    )
    return redirect("uses")


@role_required(Role.SAFETY_OFFICER, Role.SERVICE_LEAD)
@require_http_methods(["GET", "POST"])
def trail(request: HttpRequest) -> HttpResponse:
    """The latest entries, and on request the whole trail verified."""
    result = verify.verify_now() if request.method == "POST" else None
    context = {
        "count": TrailEntry.objects.count(),
        "entries": TrailEntry.objects.order_by("-seq")[:50],
        "result": result,
        "problem": problem_in_words(result) if isinstance(result, Broken) else "",
        "verified": isinstance(result, Verified),
        "strays": strays() if result else (),
        "key_id": verify.trusted_key_id(),
    }
    return render(request, "governance/trail.html", context)


@role_required(Role.SAFETY_OFFICER, Role.SERVICE_LEAD)
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The trail as a file that anyone can verify without this service."""
    with transaction.atomic():
        last = TrailEntry.objects.order_by("-seq").first()
        record(
            kind="trail_exported",
            actor=request.user.identifier,
            facts={"entries": last.seq if last else 0, "head": last.digest if last else "0" * 64},
        )
    stream = io.BytesIO()
    verify.export_to(stream)
    response = HttpResponse(stream.getvalue(), content_type="application/jsonl")
    response["Content-Disposition"] = 'attachment; filename="trail.jsonl"'
    return response
