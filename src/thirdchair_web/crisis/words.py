"""The dangers an alert may name, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from thirdchair_web.crisis.models import CrisisAlert

DANGER_WORDS = {
    "suicide": _("Suicide"),
    "self_harm": _("Self-harm"),
    "harm_to_others": _("Harm to others"),
    "abuse": _("Abuse"),
    "eating_disorder": _("Eating-disorder danger"),
    "psychosis_mania": _("Signs of psychosis or mania"),
}


def dangers_in_words(alert: CrisisAlert) -> list[str]:
    """The dangers of an alert, in words."""
    return [str(DANGER_WORDS.get(danger, danger)) for danger in alert.dangers]
