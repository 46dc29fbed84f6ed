"""The consent text as this service shows it now: every slot filled from its live configuration."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from thirdchair.gateway import EXTRACTIVE
from thirdchair.policy.consent_text import ConsentText, fill_consent_text
from thirdchair.records import Language
from thirdchair.settings import Settings
from thirdchair.uses import USES
from thirdchair_web.clock import now
from thirdchair_web.consent.models import ConsentTextVersion
from thirdchair_web.governance.methods import clients, methods

CONSENT_LASTS: Final = timedelta(days=365)


def consent_text(use: str, *, language: str) -> ConsentText:
    """What a patient is shown for a use, in a language.

    Raises:
        KeyError: the use is not registered, or is closed and has no text.
        ValueError: a slot has nothing to say, so the text cannot be published.
    """
    return _filled(use, language, ways=methods(), leaves=_leaves())


def keep_text(use: str, *, language: str) -> ConsentTextVersion:
    """The text as it is shown now, kept under its SHA-256, so that what answers it can be read with it."""
    text = consent_text(use, language=language)
    kept, _made = ConsentTextVersion.objects.get_or_create(
        version=text.version,
        defaults={"use": use, "language": language, "text": text.text, "first_shown_at": now()},
    )
    return kept


def current_versions(use: str) -> frozenset[str]:
    """The versions that hold now, one for each language; none for a closed use, to which nobody can agree."""
    return versions_of([use])[use]


def versions_of(uses: Iterable[str]) -> dict[str, frozenset[str]]:
    """The same for several uses. Texts are filled again only when something that fills them has changed."""
    ways, leaves = methods(), _leaves()
    return {
        use: _versions(use, tuple(USES[use].consent_templates.items()), ways, leaves, settings.THIRDCHAIR)
        for use in uses
    }


@lru_cache(maxsize=64)
def _versions(
    use: str, templates: tuple[tuple[Language, str], ...], ways: tuple[str, ...], leaves: bool, _: Settings
) -> frozenset[str]:
    """Args: everything that a text is filled from; what only stands here is read where it is used."""
    return frozenset(
        _filled(use, str(language), ways=ways, leaves=leaves).version for language, _ in templates
    )


def _filled(use: str, language: str, *, ways: tuple[str, ...], leaves: bool) -> ConsentText:
    with translation.override(language):
        template = USES[use].consent_templates[Language(language)]
        return fill_consent_text(template, _slots(use, ways, leaves=leaves))


def _slots(use: str, ways: tuple[str, ...], *, leaves: bool) -> dict[str, str]:
    return {
        "clinic": settings.THIRDCHAIR.clinic_name,
        "methods": _methods_in_words(use, ways),
        "where": _where(leaves=leaves),
        **(_OF_USE[use]()),
        "training": _("No. Your words are not used to train or tune any program."),
        "duration": _("One year"),
        "contact": settings.THIRDCHAIR.contact or _("Any member of the team, or the service lead."),
    }


def _of_summaries() -> dict[str, str]:
    return {
        "data": _("The written record of the session: who spoke and what was said"),
        "reviewer": _("Your nurse or psychiatrist"),
        "storage": _(
            "The record of the session, the draft and the signed note are kept encrypted under a key of your own. "
            "If you ask for your content to be erased, that key is destroyed. "
            "A log of what was done, without your words, stays."
        ),
    }


def _of_answers() -> dict[str, str]:
    return {
        "data": _("The question you write"),
        "reviewer": _(
            "Nobody reads an answer before you do. People look after the pages; "
            "a page that no clinician has read says so."
        ),
        "storage": _(
            "A log says that you asked and which pages were shown. It does not hold your words. "
            "If what you write sounds like danger, your words are kept for the person on call, "
            "encrypted under a key of your own. If you ask for your content to be erased, that key is destroyed."
        ),
    }


def _of_documents() -> dict[str, str]:
    return {
        "data": _("The notes that your clinician picks for this one letter or report"),
        "reviewer": _("Your nurse or psychiatrist"),
        "storage": _(
            "The notes and the draft go back to your clinician and are not kept by this program. "
            "If a note sounds like danger now, its words are kept for the person on call, encrypted under a key of your "
            "own. If you ask for your content to be erased, that key is destroyed. "
            "A log of what was done, without your words, stays."
        ),
    }


def _of_second_readings() -> dict[str, str]:
    return {
        "data": _("The text that your clinician picks for this one reading, and your history if they add it"),
        **_of_comments(),
    }


def _of_feelings() -> dict[str, str]:
    return {
        "data": _("Words that you wrote or said yourself, picked by your clinician for this one reading"),
        **_of_comments(),
    }


def _of_comments() -> dict[str, str]:
    return {
        "reviewer": _("Your nurse or psychiatrist, who writes down their own judgement first"),
        "storage": _(
            "The text, your clinician's judgement and what the program said are kept encrypted under a key of your own. "
            "If you ask for your content to be erased, that key is destroyed. "
            "A log of what was done, without your words, stays."
        ),
    }


def _of_conversations() -> dict[str, str]:
    return {
        "data": _("What you write in this conversation, and what was answered"),
        "reviewer": _(
            "Nobody reads an answer before you do. Rules check every message and every answer, and a person is on duty."
        ),
        "storage": _(
            "What you wrote and what was answered are kept encrypted under a key of your own, so that you can read them "
            "again. If you ask for your content to be erased, that key is destroyed. "
            "A log of what was done, without your words, stays."
        ),
    }


_OF_USE: Final = {
    "summarise_session": _of_summaries,
    "answer_question": _of_answers,
    "draft_document": _of_documents,
    "rate_suicide_risk": _of_second_readings,
    "predict_crisis": _of_second_readings,
    "estimate_prognosis": _of_second_readings,
    "interpret_emotion": _of_feelings,
    "converse": _of_conversations,
}
"""What a text says of each use: what it reads, who checks, what is kept."""


def _methods_in_words(use: str, methods: tuple[str, ...]) -> str:
    ways = [name for name in methods if name != EXTRACTIVE or not USES[use].model_only]
    return "; ".join(_method_in_words(name, use) for name in ways) or _(
        "no language model yet, so nothing is drafted"
    )


def _method_in_words(method: str, use: str) -> str:
    if method == EXTRACTIVE and use == "answer_question":
        return _("a program that picks out and quotes what the pages say (no language model)")
    if method == EXTRACTIVE:
        return _("a program that picks out and quotes what was said (no language model)")
    return _("the language model “%(name)s”") % {"name": method}


def _leaves() -> bool:
    """Whether a method that is registered now runs on another company's computer."""
    return any(client.runs_where == "outside" for client in clients().values())


def _where(*, leaves: bool) -> str:
    if leaves:
        return _("on this service's own computer, and for the language model on another company's computer")
    return _("on this service's own computer; nothing is sent elsewhere")
