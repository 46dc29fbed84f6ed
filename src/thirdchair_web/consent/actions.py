"""Recording, declining and withdrawing consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from thirdchair.policy import Consent
from thirdchair.trail.facts import stamp
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.consent.limits import limits_sheet
from thirdchair_web.consent.models import ConsentRecord, UnderstandingCheck
from thirdchair_web.consent.texts import CONSENT_LASTS, consent_text, keep_text, versions_of
from thirdchair_web.governance.methods import methods
from thirdchair_web.prepared import Prepared
from thirdchair_web.trail.actions import record


class TextMoved(Exception):
    """The text changed between being shown and being answered, so there is no answer to it."""


@dataclass(frozen=True, slots=True)
class ForAnother:
    """That somebody else gave the yes.

    Args:
        given_by: "guardian" or "representative".
        authority: id of the record that says they may.
        own_word: what the patient said: "agrees", "does_not_object", or "" where nobody has asked them yet.
    """

    given_by: str
    authority: UUID
    own_word: str


@transaction.atomic
def record_answer(
    *,
    patient_ref: str,
    use: str,
    agreed: bool,
    text_version: str,
    language: str,
    how: str,
    by: User,
    for_another: ForAnother | None = None,
    check: UnderstandingCheck | None = None,
) -> ConsentRecord:
    """Keeps an answer to the exact text that was shown, with the limits that stood beside it.

    Args:
        for_another: where somebody else gave the yes; None where the patient answered.
        check: the patient's last try at the questions on this text, where there are any.

    Raises:
        TextMoved: that text is no longer the current one.
        ValueError: the way it was given is not an explicit act.
    """
    if consent_text(use, language=language).version != text_version:
        raise TextMoved
    at = now()
    answer = ConsentRecord.objects.create(
        patient_ref=patient_ref,
        use=use,
        text=keep_text(use, language=language),
        methods=list(methods()),
        declined=not agreed,
        how=ConsentRecord.How(how),
        recorded_by=by,
        answered_at=at,
        effective_at=at + timedelta(hours=settings.THIRDCHAIR.consent_waiting_hours),
        expires_at=at + CONSENT_LASTS,
        given_by=for_another.given_by if for_another else "patient",
        authority_id=for_another.authority if for_another else None,
        own_word=for_another.own_word if for_another else "",
        check_of_understanding=check,
        limits_shown=[limit.as_json() for limit in limits_sheet(use, language=language).limits],
    )
    facts = {"consent": str(answer.id), "use": use, "text_version": text_version, "how": how}
    if agreed:
        facts["expires_at"] = stamp(answer.expires_at)
    record(
        kind="consent_recorded" if agreed else "consent_declined",
        actor=by.identifier,
        subject=patient_ref,
        facts=facts,
    )
    return answer


@transaction.atomic
def withdraw(*, patient_ref: str, use: str, by: User) -> bool:
    """Takes back every standing consent to a use. Returns whether there was one."""
    at = now()
    standing = ConsentRecord.objects.select_for_update().filter(
        patient_ref=patient_ref, use=use, declined=False, withdrawn_at=None
    )
    withdrawn = [answer.id for answer in standing]
    ConsentRecord.objects.filter(id__in=withdrawn).update(withdrawn_at=at, withdrawn_by=by)
    for answer_id in withdrawn:
        record(
            kind="consent_withdrawn",
            actor=by.identifier,
            subject=patient_ref,
            facts={"consent": str(answer_id), "use": use},
        )
    return bool(withdrawn)


def standing_uses(patient_ref: str) -> list[str]:
    """Uses with a yes on record that nobody took back, in order."""
    standing = ConsentRecord.objects.filter(patient_ref=patient_ref, declined=False, withdrawn_at=None)
    return sorted(set(standing.values_list("use", flat=True)))


_ANSWERS: Final[Prepared[Any]] = Prepared(
    lambda patient_ref: ConsentRecord.objects.filter(patient_ref=patient_ref), str
)


def consents_of(patient_ref: str) -> tuple[Consent, ...]:
    """Every answer this patient has given, as policy reads them."""
    return tuple(
        Consent(
            id=str(answer.id),
            use=answer.use,
            text_version=answer.text_id,
            methods=frozenset(answer.methods),
            answered_at=answer.answered_at,
            effective_at=answer.effective_at,
            expires_at=answer.expires_at,
            declined=answer.declined,
            withdrawn_at=answer.withdrawn_at,
            written=answer.how != ConsentRecord.How.SPOKEN_WITNESSED,
            given_by=answer.given_by,
            authority=str(answer.authority_id or ""),
            own_word=answer.own_word,
        )
        for answer in _ANSWERS(patient_ref)
    )


def versions_now(uses: list[str]) -> dict[str, frozenset[str]]:
    """The text versions that hold now, by use."""
    return versions_of(uses)
