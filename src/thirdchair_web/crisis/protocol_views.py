"""The crisis protocol, published: open to everyone, made from the running configuration, with its digest."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thirdchair.records import Language
from thirdchair_web.clock import now
from thirdchair_web.crisis import drills, duty
from thirdchair_web.crisis.configuration import configuration, digest_of
from thirdchair_web.crisis.counts import yearly_counts
from thirdchair_web.crisis.words import DANGER_WORDS, OUTCOME_WORDS, TEXT_SETS, URGENCY_WORDS
from thirdchair_web.governance.words import language_name


@require_GET
def protocol(request: HttpRequest) -> HttpResponse:
    """What is detected, what happens then, by when, and what this cannot do."""
    held = configuration()
    context = {
        "held": held,
        "digest": digest_of(held),
        "dangers": [DANGER_WORDS[danger] for danger in held["detects"]["other_dangers"]],
        "languages": [language_name(code) for code in Language],
        "figures": [_in_percent(row) for row in held["figures"]],
        "owed": [OUTCOME_WORDS[kind] for kind, owed in held["outcomes"].items() if owed],
        "may_end": [URGENCY_WORDS[urgency] for urgency in held["patient_may_end"]],
        "duty": duty.on_duty(now()),
        "stale": drills.is_stale(now()),
        "years": yearly_counts(),
        "own_contact": settings.THIRDCHAIR.crisis_contact,
    }
    return render(request, "crisis/protocol.html", context)


@require_GET
def protocol_file(request: HttpRequest) -> HttpResponse:
    """The same configuration as a file, so that anyone can compute the digest again."""
    held = configuration()
    answer = JsonResponse({"configuration": held, "sha256": digest_of(held)}, json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="crisis-protocol.json"'
    return answer


def _in_percent(row: dict) -> dict:
    def told(share: dict) -> dict:
        return {name: f"{share[name] / 10_000:.1f}" for name in ("of_a_million", "low", "high")} | {
            "n": share["n"]
        }

    return {
        "language": language_name(row["language"]),
        "set": TEXT_SETS[row["set"]],
        "found": told(row["found"]),
        "alerted": told(row["alerted"]),
        "false_alarms": told(row["false_alarms"]),
    }
