"""The patient's own permission for one use, and whether it holds at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from thirdchair.policy.decision import Refused

GivenBy = Literal["patient", "guardian", "representative"]
OwnWord = Literal["", "agrees", "does_not_object"]


@dataclass(frozen=True, slots=True)
class Consent:
    """One recorded answer of a patient about one use.

    Args:
        id: of the record.
        use: the purpose it is for; it covers no other.
        text_version: SHA-256 of the exact text the patient was shown.
        methods: the methods that text named.
        answered_at: when the patient answered.
        declined: True where the answer was no.
        effective_at: when it begins to hold (the service's time to think may delay it).
        expires_at: when it ends by itself.
        withdrawn_at: when the patient took it back, or None.
        written: True where it was given on paper or in the patient's own account; False where it was spoken.
        given_by: who gave the yes.
        authority: id of what let somebody else give it; "" where the patient did.
        own_word: what the patient said where somebody else agreed; "" where nobody has asked yet.
    """

    id: str
    use: str
    text_version: str
    methods: frozenset[str]
    answered_at: datetime
    effective_at: datetime
    expires_at: datetime
    declined: bool = False
    withdrawn_at: datetime | None = None
    written: bool = False
    given_by: GivenBy = "patient"
    authority: str = ""
    own_word: OwnWord = ""


def latest_consent(consents: Iterable[Consent], *, use: str) -> Consent | None:
    """The patient's latest word about a use: only that one counts. A withdrawal is a word; at a tie, no wins."""
    answers = [consent for consent in consents if consent.use == use]
    return max(answers, key=_last_word, default=None)


def consent_refusal(
    consent: Consent | None, *, use: str, method: str, text_versions: frozenset[str], at: datetime
) -> Refused | None:
    """Why this consent does not cover a call now, or None where it does."""
    if consent is None or consent.use != use:
        return Refused("consent.missing", {"use": use})
    if consent.withdrawn_at is not None:
        return Refused("consent.withdrawn", {"use": use, "date": _day(consent.withdrawn_at)})
    if consent.declined:
        return Refused("consent.declined", {"use": use, "date": _day(consent.answered_at)})
    if at >= consent.expires_at:
        return Refused("consent.expired", {"use": use, "date": _day(consent.expires_at)})
    if at < consent.effective_at:
        return Refused("consent.not_yet", {"use": use, "date": _day(consent.effective_at)})
    if method not in consent.methods:
        return Refused("consent.other_method", {"use": use, "method": method})
    if consent.text_version not in text_versions:
        return Refused("consent.other_text", {"use": use})
    return None


def _last_word(consent: Consent) -> tuple[datetime, bool]:
    said_at = max(consent.answered_at, consent.withdrawn_at or consent.answered_at)
    return said_at, consent.declined or consent.withdrawn_at is not None


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
