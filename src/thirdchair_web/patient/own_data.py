"""Everything the service holds about a patient, as plain values."""

from __future__ import annotations

from typing import Any

from thirdchair_web.consent.models import ConsentRecord
from thirdchair_web.encounters.models import Patient
from thirdchair_web.patient.ledger import ledger_of
from thirdchair_web.review.models import Note


def everything_about(person: Patient) -> dict[str, Any]:
    """Details, consents with their texts, sessions with signed notes, and the ledger."""
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
            }
            for encounter in person.encounters.all()
        ],
        "ledger": [
            {"at": row.at.isoformat(), "what": row.what, "method": row.method, "who": row.who}
            for row in ledger_of(person)
        ],
    }
