"""The decision on one use, by every rule in order."""

from __future__ import annotations

from collections.abc import Iterator

from thirdchair.policy.clearance import Cleared, NotCleared
from thirdchair.policy.consent import consent_refusal, latest_consent
from thirdchair.policy.decision import Allowed, Decision, Refused
from thirdchair.policy.moment import Moment, UseTerms


def decide(use: UseTerms | None, *, method: str, language: str, moment: Moment) -> Decision:
    """Whether this use may run now; the first rule that is not met refuses."""
    if use is None:
        return Refused("use.unknown")
    for refusal in _in_order(use, method=method, language=language, moment=moment):
        return refusal
    consent = latest_consent(moment.consents, use=use.id)
    clearance = moment.clearances[use.id, method, language]
    return Allowed(
        consent=consent.id if consent else None,
        evidence=clearance.pack if isinstance(clearance, Cleared) else None,
    )


def refusals(use: UseTerms, *, method: str, language: str, moment: Moment) -> tuple[Refused, ...]:
    """Every rule that is not met, so that a page can show all that is left to do."""
    return tuple(_in_order(use, method=method, language=language, moment=moment))


def _in_order(use: UseTerms, *, method: str, language: str, moment: Moment) -> Iterator[Refused]:
    if moment.content_erased:
        yield Refused("content.erased")
    if switched := moment.switches.refusal(use=use.id, method=method):
        yield switched
    if moment.actor.role not in use.requesters:
        yield Refused("role.request", {"use": use.id})
    if language not in use.languages:
        yield Refused("use.language", {"use": use.id})
    clearance = moment.clearances.get((use.id, method, language))
    if clearance is None:
        yield Refused("clearance.missing", {"use": use.id, "method": method})
    elif isinstance(clearance, NotCleared):
        yield clearance.refusal
    if unconsented := consent_refusal(
        latest_consent(moment.consents, use=use.id),
        use=use.id,
        method=method,
        text_versions=moment.text_versions.get(use.id, frozenset()),
        at=moment.at,
    ):
        yield unconsented
