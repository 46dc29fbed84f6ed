"""A patient's own data as a page to read: everything the machine-readable file has, in the same order, with nothing to fetch."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

_STYLE: Final = "body{font:1rem/1.6 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}dt{font-weight:bold}li{margin:.4rem 0}"

_WORDS: Final[Mapping[str, str | Promise]] = {
    "reference": gettext_lazy("Your reference here"),
    "details": gettext_lazy("Your details"),
    "consents": gettext_lazy("Your answers about AI"),
    "questions_before_a_yes": gettext_lazy("The questions before a yes"),
    "what_you_wish_for": gettext_lazy("How you like to be helped"),
    "who_decides": gettext_lazy("Who decides"),
    "asked_of_the_team": gettext_lazy("What the team was asked"),
    "sessions": gettext_lazy("Your sessions"),
    "judged_texts": gettext_lazy("Texts that a clinician judged"),
    "alerts": gettext_lazy("Signs of danger that were found"),
    "ledger": gettext_lazy("Every use of AI on you"),
    "transcript": gettext_lazy("What was said"),
    "notes": gettext_lazy("Signed notes"),
    "name": gettext_lazy("Name"),
    "born": gettext_lazy("Year of birth"),
    "born_on": gettext_lazy("Day of birth"),
    "pronoun": gettext_lazy("Pronoun"),
    "text": gettext_lazy("Text"),
    "use": gettext_lazy("Use of AI"),
    "agreed": gettext_lazy("You agreed"),
    "answered_at": gettext_lazy("Answered"),
    "expires_at": gettext_lazy("Ends by itself"),
    "withdrawn_at": gettext_lazy("Taken back"),
    "at": gettext_lazy("When"),
    "what": gettext_lazy("What"),
    "method": gettext_lazy("Method"),
    "who": gettext_lazy("Who"),
    "held_on": gettext_lazy("Held on"),
}
"""The names of parts, as people read them; a part without one is told by its key."""


def readable(held: Mapping[str, Any]) -> str:
    """The page, complete in itself; everything in it is escaped."""
    title = escape(_("What is kept about you"))
    parts = "".join(f"<h2>{_name(key)}</h2>{_html(value)}" for key, value in held.items())
    return (
        f'<!doctype html><html lang="{get_language()}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><main><h1>{title}</h1>{parts}</main></body></html>"
    )


def _html(value: Any) -> str:
    if isinstance(value, Mapping):
        if "utterances" in value and "language" in value:
            return "".join(
                f"<p><b>{escape(u['speaker'])}:</b> {escape(u['text'])}</p>" for u in value["utterances"]
            )
        return (
            f"<dl>{''.join(f'<dt>{_name(key)}</dt><dd>{_html(one)}</dd>' for key, one in value.items())}</dl>"
        )
    if isinstance(value, (list, tuple)):
        return f"<ol>{''.join(f'<li>{_html(one)}</li>' for one in value)}</ol>" if value else "–"
    if isinstance(value, bool):
        return escape(_("Yes") if value else _("No"))
    return "–" if value in (None, "") else escape(str(value)).replace("\n", "<br>")


def _name(key: str) -> str:
    return escape(str(_WORDS.get(key, key.replace("_", " "))))
