"""The law this service stands under: for the page of a use, and in the trail whenever its places change."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import transaction

from thirdchair.policy.jurisdiction import Binding, Law, Pack, closes, law_of, law_refusal
from thirdchair.uses.use import Use
from thirdchair_web.clock import now
from thirdchair_web.governance.words import reader_language
from thirdchair_web.trail.actions import record
from thirdchair_web.trail.models import TrailEntry


def law_now() -> Law:
    """The law of the service's places today."""
    return law_of(settings.THIRDCHAIR.law_places, on=now().date())


def is_barred(use: Use) -> bool:
    """Whether the law closes a use to everyone who could ask for it."""
    law = law_now()
    return all(law_refusal(law, use.terms, role=role) for role in use.requesters)


def law_shown(use: Use) -> dict[str, Any]:
    """What the page of a use says of the law: its places, each rule in force about the use, what is coming, what is old."""
    law, language = law_now(), reader_language()
    return {
        "places": [_pack(pack, overdue=pack in law.overdue) for pack in law.named],
        "unknown": law.unknown,
        "nowhere": not settings.THIRDCHAIR.law_places,
        "rules": [_rule(one, use) for one in law.bindings if _is_about(use, one)],
        "coming": [
            {"place": pack.name[language], "rule": rule, "says": rule.says[language]}
            for pack, rule in law.coming
            if use.id in rule.uses
        ],
    }


@transaction.atomic
def note_places() -> None:
    """Writes into the trail which places' law applies from now on, if others did before."""
    places = sorted(settings.THIRDCHAIR.law_places)
    last = TrailEntry.objects.filter(kind="law_places").order_by("-seq").first()
    if places != (json.loads(last.facts)["places"] if last else []):
        record(kind="law_places", actor="system", facts={"places": places})


def _pack(pack: Pack, *, overdue: bool) -> dict[str, Any]:
    language = reader_language()
    return {
        "name": pack.name[language],
        "code": pack.place,
        "reviewed_by": pack.reviewed_by,
        "read_on": pack.read_on,
        "review_by": pack.review_by,
        "overdue": overdue,
        "left_out": pack.left_out[language],
    }


def _is_about(use: Use, binding: Binding) -> bool:
    """Whether a rule concerns a use here; how a consent is to be given follows only from a place that is named."""
    rule = binding.rule
    return use.id in rule.uses and (rule.effect != "written_consent" or binding.because == "law.here")


def _rule(binding: Binding, use: Use) -> dict[str, Any]:
    language, rule = reader_language(), binding.rule
    closed_to = [role for role in use.requesters if closes(rule, use.terms, role=role)]
    return {
        "place": binding.pack.name[language],
        "instead": binding.because != "law.here",
        "says": rule.says[language],
        "citation": rule.citation,
        "since": rule.effective_on,
        "unverified": rule.status == "unverified",
        "for_each_patient": rule.effect == "written_consent",
        "closes": bool(closed_to),
        "for_all": len(closed_to) == len(use.requesters),
    }
