"""Recording, declining and withdrawing consent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from thirdchair.policy import Consent
from thirdchair.trail.facts import stamp
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.consent.models import ConsentRecord, ConsentTextVersion
from thirdchair_web.consent.texts import CONSENT_LASTS, consent_text, versions_of
from thirdchair_web.governance.methods import methods
from thirdchair_web.prepared import Prepared
from thirdchair_web.trail.actions import record


class TextMoved(Exception):
    """The text changed between being shown and being answered, so there is no answer to it."""


@transaction.atomic
def record_answer(
    *, patient_ref: str, use: str, agreed: bool, text_version: str, language: str, how: str, by: User
) -> ConsentRecord:
    """Keeps a patient's answer to the exact text they were shown.

    Raises:
        TextMoved: that text is no longer the current one.
        ValueError: the way it was given is not an explicit act.
    """
    text = consent_text(use, language=language)
    if text.version != text_version:
        raise TextMoved
    at = now()
    version, _ = ConsentTextVersion.objects.get_or_create(
        version=text.version,
        defaults={"use": use, "language": language, "text": text.text, "first_shown_at": at},
    )
    answer = ConsentRecord.objects.create(
        patient_ref=patient_ref,
        use=use,
        text=version,
        methods=list(methods()),
        declined=not agreed,
        how=ConsentRecord.How(how),
        recorded_by=by,
        answered_at=at,
        effective_at=at + timedelta(hours=settings.THIRDCHAIR.consent_waiting_hours),
        expires_at=at + CONSENT_LASTS,
    )
    facts = {"consent": str(answer.id), "use": use, "text_version": text.version, "how": how}
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
        )
        for answer in _ANSWERS(patient_ref)
    )


def versions_now(uses: list[str]) -> dict[str, frozenset[str]]:
    """The text versions that hold now, by use."""
    return versions_of(uses)
