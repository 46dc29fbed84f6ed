"""The decision on one use, by every rule in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from thirdchair.policy.clearance import Cleared, NotCleared
from thirdchair.policy.consent import consent_refusal, latest_consent
from thirdchair.policy.deciding import deciding_refusal
from thirdchair.policy.decision import Allowed, Decision, Refused
from thirdchair.policy.jurisdiction import Law, law_of, law_refusal, unwritten_refusal
from thirdchair.policy.moment import Moment, UseTerms

EXTRACTIVE: Final = "extractive"
"""The name of the method without a model."""


def decide(use: UseTerms | None, *, method: str, language: str, moment: Moment) -> Decision:
    """Whether this use may run now; the first rule that is not met refuses."""
    if use is None:
        return Refused("use.unknown")
    for refusal in _in_order(use, method=method, language=language, moment=moment):
        return refusal
    consent = latest_consent(moment.consents, use=use.id) if _consent_needed(use, moment) else None
    clearance = moment.clearances[use.id, method, language]
    return Allowed(
        consent=consent.id if consent else None,
        evidence=clearance.pack if isinstance(clearance, Cleared) else None,
    )


def refusals(use: UseTerms, *, method: str, language: str, moment: Moment) -> tuple[Refused, ...]:
    """Every rule that is not met, so that a page can show all that is left to do."""
    return tuple(_in_order(use, method=method, language=language, moment=moment))


def _in_order(use: UseTerms, *, method: str, language: str, moment: Moment) -> Iterator[Refused]:
    if use.closed:
        yield Refused("use.closed", {"use": use.id})
        return  # nothing else that is missing could open it
    if moment.content_erased:
        yield Refused("content.erased")
    law = law_of(moment.places, on=moment.at.date())
    if barred := law_refusal(law, use, role=moment.actor.role):
        yield barred
    if switched := moment.switches.refusal(use=use.id, method=method):
        yield switched
    if moment.actor.role not in use.requesters:
        yield Refused("role.request", {"use": use.id})
    if use.patients_words_only and moment.words_of != "patient":
        yield Refused("words.not_the_patients", {"use": use.id})
    if language not in use.languages:
        yield Refused("use.language", {"use": use.id})
    if use.model_only and method == EXTRACTIVE:
        yield Refused("use.model_only", {"use": use.id})
    else:
        yield from _clearance_refusals(use, method=method, language=language, moment=moment)
    seen = moment.data_seen.get(method, use.data_classes)
    if beyond := use.data_classes - seen:
        yield Refused(
            "model.data_class", {"use": use.id, "method": method, "data": ", ".join(sorted(beyond))}
        )
    if _consent_needed(use, moment):
        yield from _consent_refusals(use, method=method, law=law, moment=moment)


def _consent_refusals(use: UseTerms, *, method: str, law: Law, moment: Moment) -> Iterator[Refused]:
    consent = latest_consent(moment.consents, use=use.id)
    texts = moment.text_versions.get(use.id, frozenset())
    if unconsented := consent_refusal(consent, use=use.id, method=method, text_versions=texts, at=moment.at):
        yield unconsented
    elif consent and (others := deciding_refusal(consent, moment.deciding, at=moment.at)):
        yield others
    elif consent and (unwritten := unwritten_refusal(law, use, consent)):
        yield unwritten


def _consent_needed(use: UseTerms, moment: Moment) -> bool:
    return use.consent == "always" or moment.about_a_patient


def _clearance_refusals(use: UseTerms, *, method: str, language: str, moment: Moment) -> Iterator[Refused]:
    clearance = moment.clearances.get((use.id, method, language))
    if clearance is None:
        yield Refused("clearance.missing", {"use": use.id, "method": method})
    elif isinstance(clearance, NotCleared):
        yield clearance.refusal
