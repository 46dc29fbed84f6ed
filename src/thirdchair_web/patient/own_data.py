"""Everything the service holds about a patient, as plain values."""

from __future__ import annotations

from typing import Any

from thirdchair_web.consent.models import ConsentRecord
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.encounters.models import Patient
from thirdchair_web.patient.ledger import ledger_of
from thirdchair_web.review.erasure import unsigned_drafts
from thirdchair_web.review.models import JudgedCase, Note
from thirdchair_web.talk.own_data import talk_about


def everything_about(person: Patient) -> dict[str, Any]:
    """Details, consents with their texts, sessions with drafts and notes, judged texts, alerts, and the ledger."""
    return {
        "reference": person.ref,
        "details": person.read_details(),
        "consents": [
            {
                "use": answer.use,
                "text": answer.text.text,
                "agreed": not answer.declined,
                "answered_at": answer.answered_at.isoformat(),
                "expires_at": answer.expires_at.isoformat(),
                "withdrawn_at": answer.withdrawn_at.isoformat() if answer.withdrawn_at else None,
            }
            for answer in ConsentRecord.objects.filter(patient_ref=person.ref).select_related("text")
        ],
        "sessions": [
            {
                "held_on": encounter.held_on.isoformat(),
                "transcript": encounter.read_transcript().as_json(),
                "notes": [
                    note.read().as_json() for note in Note.objects.filter(draft__run__encounter=encounter)
                ],
                "unsigned_drafts_made_by_a_machine": [
                    {"made_at": draft.made_at.isoformat()} | draft.read().as_json()
                    for draft in unsigned_drafts(person.ref).filter(run__encounter=encounter)
                ],
            }
            for encounter in person.encounters.all()
        ],
        "judged_texts": [_judged(case) for case in JudgedCase.objects.filter(patient=person)],
        "alerts": [
            {
                "raised_at": alert.raised_at.isoformat(),
                "level": alert.level,
                "dangers": alert.dangers,
                "utterances": alert.utterances,
                "state": alert.state,
                "outcome": _outcome(alert, person),
            }
            for alert in CrisisAlert.objects.filter(patient_ref=person.ref)
        ],
        "talk": talk_about(person),
        "ledger": [
            {"at": row.at.isoformat(), "what": row.what, "method": row.method, "who": row.who}
            for row in ledger_of(person)
        ],
    }


def _judged(case: JudgedCase) -> dict[str, Any]:
    read = case.read()
    return {
        "use": case.use,
        "text": read.text,
        "history": read.history,
        "brought_at": case.brought_at.isoformat(),
        "judgements_of_clinicians": [
            {"given_at": one.given_at.isoformat()} | one.read() for one in case.judgements.all()
        ],
        "comments_made_by_a_machine_which_are_no_judgements": [
            {"made_at": one.made_at.isoformat(), "method": one.method} | one.read()
            for one in case.comments.all()
        ],
    }


def _outcome(alert: CrisisAlert, person: Patient) -> str | None:
    if not alert.outcome:
        return None
    return person.unseal(alert.outcome, kind="outcome", item=str(alert.id))["words"]
