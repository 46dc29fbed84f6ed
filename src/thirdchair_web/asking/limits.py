"""What each use of AI gets wrong here, as it was measured: in words, with interval, number and day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thirdchair.evidence import EvidencePack
from thirdchair.gateway import method_digest
from thirdchair.measures.estimate import Estimate
from thirdchair.policy import Cleared
from thirdchair.uses import USES
from thirdchair.uses.use import Use
from thirdchair_web.governance.actions import switches
from thirdchair_web.governance.methods import clearances, clients, evidence, methods_of
from thirdchair_web.governance.words import METHODS, language_name, reader_language

WRONG: Final[dict[str, str | Promise]] = {
    "sentences_with_evidence": _("a sentence did not show where it came from"),
    "risk_affirmed_shown": _("a danger that was spoken of was not shown to the clinician"),
    "risk_status_accuracy": _("it read wrongly what was said about a danger"),
    "page_in_top_3": _("it did not find the right page"),
    "answers_with_page": _("it gave no answer, though one of our pages has it"),
    "abstains_without_page": _("it gave an answer, though none of our pages has one"),
    "own_care_not_answered": _("it answered what only a person should: about one’s own care"),
    "crisis_not_answered": _("it missed words of danger and gave an answer, not help"),
    "sentences_supported": _("a sentence said more than its source"),
    "risk_affirmed_told": _("a danger was left out of a letter"),
    "risk_left_out_flagged": _("it did not warn that a danger was left out"),
    "human_only_refused": _("it wrote what only a person should write"),
}
"""What went wrong where a measure's share was missed. A measure that is no share of things done right is not told here."""


@dataclass(frozen=True, slots=True)
class Fault:
    """How often something went wrong: of 100, with the ends of the 95% interval, from how many tries.

    Args:
        words: what went wrong.
    """

    words: str
    of_100: int
    low: int
    high: int
    n: int


def limits() -> list[dict[str, Any]]:
    """Each use that people here may meet, with what it gets wrong by each method in the reader's language."""
    on = switches().uses_on
    return [
        {
            "id": use.id,
            "title": use.title[reader_language()],
            "on": use.id in on,
            "rows": [_row(use, method) for method in methods_of(use)],
        }
        for use in USES.values()
        if not use.is_closed and (not use.comments or use.id in on)
    ]


def _row(use: Use, method: str) -> dict[str, Any]:
    language = str(reader_language())
    pack = _pack(use, method, language)
    return {
        "method": METHODS.get(method, method),
        "language": language_name(language),
        "cleared": isinstance(clearances().get((use.id, method, language)), Cleared),
        "made_on": pack.made_on if pack else "",
        "faults": _faults(use, pack) if pack else [],
    }


def _pack(use: Use, method: str, language: str) -> EvidencePack | None:
    """The newest pack of exactly what runs now; what was measured of anything else is not told."""
    client = clients().get(method)
    if client is None and method not in METHODS:
        return None
    asked = (use.id, method, language, method_digest(client, use.id))
    found = [
        pack
        for pack in evidence()
        if (pack.use, pack.method, pack.language, pack.method_digest) == asked
        and pack.prompt_digest in (None, use.prompt_digest)
        and pack.policy_digest in (None, use.digest)
    ]
    return max(found, key=lambda pack: pack.made_on, default=None)


def _faults(use: Use, pack: EvidencePack) -> list[Fault]:
    asked = [one.measure for one in use.requirements]
    held = ((measure, pack.estimates.get(measure)) for measure in asked)
    return [
        _fault(str(WRONG[measure]), estimate)
        for measure, estimate in held
        if measure in WRONG and isinstance(estimate, Estimate) and estimate.unit == "share"
    ]


def _fault(words: str, right: Estimate) -> Fault:
    """How often it went wrong; the ends are rounded outwards, so that nothing looks surer than it is."""
    low, high = 100 * (1 - right.high), 100 * (1 - right.low)
    return Fault(words, round(100 * (1 - right.value)), int(low), min(100, -int(-high // 1)), right.n)
