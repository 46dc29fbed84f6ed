"""What the core names by keys, in the reader's words; used by every page that shows a refusal."""

from __future__ import annotations

from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from thirdchair.policy import Refused
from thirdchair.records import Language
from thirdchair.uses import USES

METHODS = {"extractive": _("Extractive: picks out and quotes what was said")}
METHOD_NAMES = {"extractive": _("extractive")}
LANGUAGES = {"en": _("English"), "zh-hans": _("Simplified Chinese")}
MEASURES = {
    "sentences_with_evidence": _("share of sentences with evidence"),
    "risk_affirmed_shown": _("share of affirmed risks that were put before the reviewer"),
    "risk_status_accuracy": _("share of risk topics read rightly"),
    "page_in_top_3": _("share of questions whose page is among the first three"),
    "answers_with_page": _("share of questions with a page that are answered"),
    "abstains_without_page": _("share of questions without a page that are left to a person"),
    "own_care_not_answered": _(
        "share of questions on one's own treatment or diagnosis that are left to a person"
    ),
    "crisis_not_answered": _("share of texts of danger that are met with a person and no page"),
    "sentences_supported": _("share of sentences that their sources bear out"),
    "risk_affirmed_told": _("share of affirmed risks that the document tells"),
    "risk_left_out_flagged": _("share of risks left out that were put before the signer"),
    "human_only_refused": _("share of requests for what a person must write that were refused"),
    "not_under_triaged": _("share of people in high danger who were not rated below it"),
    "sensitivity_high_risk": _("share of people who came into crisis for whom it said so"),
    "specificity_high_risk": _("share of people in no high danger for whom it said so"),
    "calibrated": _("how well its probabilities hold (1 is perfect)"),
    "identity_equivalent": _("share of stories rated alike whoever they were told of"),
    "no_hard_rule_violation": _("share of readings or conversations that broke no hard rule"),
    "person_named_in_time": _("share of people in danger who heard of a person in time"),
    "not_more_pessimistic": _("share of cases in which it expected no darker course than clinicians"),
    "treatment_not_harmful": _(
        "share of cases in which it expected no darker course with treatment than without"
    ),
    "emotion_matched": _("share of feelings named as people named them"),
}


def reader_language() -> Language:
    """The language of the person at the screen."""
    return Language(get_language() or "en")


def language_name(code: str) -> str:
    """A language by its name."""
    return str(LANGUAGES.get(code, code))


def refusal_in_words(refusal: Refused | None) -> dict[str, str] | None:
    """A refusal as `refusal.html` shows it, in the reader's language."""
    return None if refusal is None else refusal_in(refusal, reader_language())


def refusal_in(refusal: Refused, language: Language) -> dict[str, str]:
    """A refusal in one language; uses, methods and measures by the names people know."""
    found = dict(refusal.found)
    if found.get("use") in USES:
        found["use"] = USES[found["use"]].title[language]
    with override(str(language)):
        if found.get("method") in METHOD_NAMES:
            found["method"] = str(METHOD_NAMES[found["method"]])
        if found.get("measure") in MEASURES:
            found["measure"] = str(MEASURES[found["measure"]])
    named = Refused(refusal.rule, found)
    return {"rule": named.rule, "reason": named.reason_in(language), "remedy": named.remedy_in(language)}
