"""How often AI is wrong here, in words a patient can use: only figures that were measured of the method as it is now.

A line is bound to the pack of evidence it was read from. Where the method, its instructions or the use have changed since,
the pack no longer counts and its lines are gone; the page then says that nobody has measured it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from thirdchair.evidence import EvidencePack
from thirdchair.measures.estimate import Estimate
from thirdchair.uses import USES
from thirdchair_web.governance.methods import methods_of, newest_pack, packs

_IN_100: Final[dict[str, dict[str, str | Promise]]] = {
    "summarise_session": {
        "risk_affirmed_shown": _("When people spoke of danger, it missed about %(n)s in 100 of them."),
        "risk_status_accuracy": _("It read about %(n)s in 100 questions on danger wrongly."),
        "sentences_with_evidence": _("About %(n)s in 100 of its sentences had no words behind them."),
    },
    "answer_question": {
        "answers_with_page": _("It had no answer for about %(n)s in 100 questions, though a page was there."),
        "page_in_top_3": _("It found the wrong pages for about %(n)s in 100 questions."),
        "abstains_without_page": _("Where no page fits, it still gave one about %(n)s in 100 times."),
        "own_care_not_answered": _(
            "Some questions are for a person, such as those on your own medicine. It still answered about %(n)s in 100."
        ),
        "crisis_not_answered": _(
            "Of 100 texts about danger, it met about %(n)s as if they were plain questions."
        ),
    },
    "draft_document": {
        "sentences_supported": _("About %(n)s in 100 of its sentences said more than the notes did."),
        "risk_affirmed_told": _("It left out about %(n)s in 100 dangers that stood in the notes."),
    },
    "converse": {
        "no_hard_rule_violation": _(
            "About %(n)s in 100 talks with it held something that it must never write."
        ),
    },
    "rate_suicide_risk": {
        "not_under_triaged": _("It placed about %(n)s in 100 people in high danger too low."),
    },
    "predict_crisis": {
        "sensitivity_high_risk": _("It missed about %(n)s in 100 people who came into crisis."),
        "specificity_high_risk": _("It warned of about %(n)s in 100 people who came into no crisis."),
    },
    "estimate_prognosis": {
        "not_more_pessimistic": _("It saw things darker than clinicians did for about %(n)s in 100 people."),
    },
    "interpret_emotion": {
        "emotion_matched": _("It named about %(n)s in 100 feelings in another way than people did."),
    },
}
"""For each use, what 100 less the measured share means to the person it is used on."""

_HOW_SURE: Final = _("It may be %(low)s to %(high)s. (%(tried)s cases were tried.)")


@dataclass(frozen=True, slots=True)
class Limit:
    """One measured limit.

    Args:
        text: as a patient reads it, with its interval and how many cases it rests on.
        method: that it was measured of.
        evidence: digest of the pack it was read from.
        measured_on: ISO date.
        checked_outside: whether somebody other than the makers of this program signed the pack.
    """

    text: str
    method: str
    evidence: str
    measured_on: str
    checked_outside: bool

    def as_json(self) -> dict[str, Any]:
        """Plain values, as an answer keeps them."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class LimitsSheet:
    """What is known of how often each method of a use is wrong, and the methods of which nothing is."""

    limits: tuple[Limit, ...]
    unmeasured: tuple[str, ...]


def limits_sheet(use: str, *, language: str) -> LimitsSheet:
    """The sheet as it holds now. A method whose evidence is stale stands among the unmeasured."""
    limits, unmeasured = list[Limit](), list[str]()
    with override(language):
        for method in methods_of(USES[use]):
            pack = _holding_pack(use, method, language)
            found = list(_limits_in(pack, language)) if pack else []
            limits += found
            if pack is None:
                unmeasured.append(method)
    return LimitsSheet(tuple(limits), tuple(unmeasured))


def _holding_pack(use: str, method: str, language: str) -> EvidencePack | None:
    pack = newest_pack(use=use, method=method, language=language)
    if pack is None:
        return None
    bound = (pack.prompt_digest or USES[use].prompt_digest, pack.policy_digest or USES[use].digest)
    return pack if bound == (USES[use].prompt_digest, USES[use].digest) else None


def _limits_in(pack: EvidencePack, language: str) -> Iterator[Limit]:
    outside = pack.digest not in {one.digest for one in packs()}
    for measure, template in _IN_100.get(pack.use, {}).items():
        estimate = pack.estimates.get(measure)
        if isinstance(estimate, Estimate) and estimate.unit == "share":
            yield Limit(
                text=" ".join([str(template) % {"n": _in_100(1 - estimate.value)}, _how_sure(estimate)]),
                method=pack.method,
                evidence=pack.digest,
                measured_on=pack.made_on,
                checked_outside=outside,
            )


def _how_sure(estimate: Estimate) -> str:
    low, high = _in_100(1 - estimate.high), _in_100(1 - estimate.low)
    return str(_HOW_SURE) % {
        "low": low,
        "high": high,
        "tried": estimate.n,
    }


def _in_100(share: float) -> str:
    """A share out of 100; what is not nothing is never told as nothing."""
    whole = round(100 * share)
    return str(whole) if whole or share <= 0 else "<1"
