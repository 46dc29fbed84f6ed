"""What the core names by keys, in the reader's words; used by every page that shows a refusal."""

from __future__ import annotations

from django.utils.translation import get_language
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
}


def reader_language() -> Language:
    """The language of the person at the screen."""
    return Language(get_language() or "en")


def language_name(code: str) -> str:
    """A language by its name."""
    return str(LANGUAGES.get(code, code))


def refusal_in_words(refusal: Refused | None) -> dict[str, str] | None:
    """A refusal as `refusal.html` shows it; uses, methods and measures by the names people know."""
    if refusal is None:
        return None
    language = reader_language()
    found = dict(refusal.found)
    if found.get("use") in USES:
        found["use"] = USES[found["use"]].title[language]
    if found.get("method") in METHOD_NAMES:
        found["method"] = str(METHOD_NAMES[found["method"]])
    if found.get("measure") in MEASURES:
        found["measure"] = str(MEASURES[found["measure"]])
    named = Refused(refusal.rule, found)
    return {"rule": named.rule, "reason": named.reason_in(language), "remedy": named.remedy_in(language)}
