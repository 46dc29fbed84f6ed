"""Keeping a patient's questions, and deleting them."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from thirdchair_web.accounts.models import User
from thirdchair_web.asking.answers import Replied
from thirdchair_web.clock import now
from thirdchair_web.encounters.models import Patient
from thirdchair_web.patient.models import AskedQuestion
from thirdchair_web.trail.actions import record


@transaction.atomic
def keep(question: str, reply: Replied, *, person: Patient) -> AskedQuestion:
    """The question with its answer, under the patient's key. That it was asked is in the trail already."""
    kept = AskedQuestion(patient=person, asked_at=now(), language=str(reply.language))
    words = {"question": question, **reply.as_json()}
    kept.words = person.seal(words, kind="question", item=str(kept.id))
    kept.save(force_insert=True)
    return kept


@transaction.atomic
def delete(question_id: UUID, *, person: Patient, by: User) -> bool:
    """Removes a question of this patient; returns whether there was one."""
    gone, _ = AskedQuestion.objects.filter(pk=question_id, patient=person).delete()
    if gone:
        record(
            kind="question_deleted",
            actor=by.identifier,
            subject=person.ref,
            facts={"question": str(question_id)},
        )
    return bool(gone)
