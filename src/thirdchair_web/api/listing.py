"""The uses a key reaches, as models; each with its methods, and why those that are closed are closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings

from thirdchair.policy import Moment, Refused, UseTerms, refusals
from thirdchair.records import Language
from thirdchair.uses import registered_use
from thirdchair_web.api.bodies import PREFIX
from thirdchair_web.api.calls import key_of
from thirdchair_web.clock import now
from thirdchair_web.governance.actions import switches
from thirdchair_web.governance.methods import clearances, data_seen, methods
from thirdchair_web.governance.words import refusal_in
from thirdchair_web.review.clinic import actor_of


def models_for(headers: Mapping[str, str]) -> dict[str, Any]:
    """The list, in OpenAI's shape. What rests on a patient, such as consent, is judged at the call.

    Raises:
        Problem: the key opens nothing.
    """
    key = key_of(headers)
    moment = Moment(
        at=now(),
        actor=actor_of(key.account),
        switches=switches(),
        consents=(),
        text_versions={},
        clearances=clearances(),
        data_seen=data_seen(),
        places=settings.THIRDCHAIR.law_places,
    )
    return {"object": "list", "data": [_entry(use, moment) for use in key.uses if registered_use(use)]}


def _entry(use_id: str, moment: Moment) -> dict[str, Any]:
    use = registered_use(use_id)
    if use is None:
        raise KeyError(use_id)
    by_method = {method: dict(_by_language(use.terms, method, moment)) for method in methods()}
    return {
        "id": f"{PREFIX}{use_id}",
        "object": "model",
        "created": 0,
        "owned_by": "thirdchair",
        "thirdchair": {
            "title": {str(language): title for language, title in use.title.items()},
            "open": any(state["open"] for states in by_method.values() for state in states.values()),
            "methods": by_method,
            "consent": "judged for each patient, at the call",
        },
    }


def _by_language(terms: UseTerms, method: str, moment: Moment) -> Iterator[tuple[str, dict[str, Any]]]:
    told_in = Language(settings.THIRDCHAIR.language)
    for language in sorted(terms.languages):
        closed = [
            refusal
            for refusal in refusals(terms, method=method, language=language, moment=moment)
            if not refusal.rule.startswith("consent.")
        ]
        yield language, {"open": not closed, "closed_by": [_told(refusal, told_in) for refusal in closed]}


def _told(refusal: Refused, language: Language) -> dict[str, Any]:
    """A refusal as the door tells it: in the service's language, with the words of every other beside it."""
    words = {str(one): refusal_in(refusal, one) for one in (language, *Language)}
    return words[str(language)] | {
        "translations": {
            name: {"reason": told["reason"], "remedy": told["remedy"]} for name, told in words.items()
        }
    }
