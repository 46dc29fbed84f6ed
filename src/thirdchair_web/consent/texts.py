"""The consent text as this service shows it now: every slot filled from its live configuration."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from thirdchair.gateway import EXTRACTIVE
from thirdchair.policy.consent_text import ConsentText, fill_consent_text
from thirdchair.records import Language
from thirdchair.uses import USES
from thirdchair_web.governance.methods import clients, methods

CONSENT_LASTS: Final = timedelta(days=365)


def consent_text(use: str, *, language: str) -> ConsentText:
    """What a patient is shown for a use, in a language.

    Raises:
        KeyError: the use is not registered.
        ValueError: a slot has nothing to say, so the text cannot be published.
    """
    with translation.override(language):
        return fill_consent_text(USES[use].consent_templates[Language(language)], _slots())


def current_versions(use: str) -> frozenset[str]:
    """The versions that hold now, one for each language."""
    return frozenset(consent_text(use, language=str(language)).version for language in Language)


def _slots() -> dict[str, str]:
    return {
        "clinic": settings.THIRDCHAIR.clinic_name,
        "methods": "; ".join(_method_in_words(name) for name in methods()),
        "where": _where(),
        "data": _("The written record of the session: who spoke and what was said"),
        "reviewer": _("Your nurse or psychiatrist"),
        "storage": _(
            "The record of the session, the draft and the signed note are kept encrypted under a key of your own. "
            "If you ask for your content to be erased, that key is destroyed. "
            "A log of what was done, without your words, stays."
        ),
        "training": _("No. Your words are not used to train or tune any program."),
        "duration": _("One year"),
        "contact": settings.THIRDCHAIR.contact or _("Any member of the team, or the service lead."),
    }


def _method_in_words(method: str) -> str:
    if method == EXTRACTIVE:
        return _("a program that picks out and quotes what was said (no language model)")
    return _("the language model “%(name)s”") % {"name": method}


def _where() -> str:
    if any(client.runs_where == "outside" for client in clients().values()):
        return _("on this service's own computer, and for the language model on another company's computer")
    return _("on this service's own computer; nothing is sent elsewhere")
