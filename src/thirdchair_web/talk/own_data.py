"""What a patient gets of their conversations as plain values."""

from __future__ import annotations

from typing import Any

from thirdchair_web.encounters.models import Patient
from thirdchair_web.talk.models import Conversation, TalkChoice, TalkEligibility


def talk_about(person: Patient) -> dict[str, Any]:
    """Conversations with every word of them, the patient's choices, and what clinicians decided and why."""
    return {
        "conversations": [
            {
                "started_at": one.started_at.isoformat(),
                "ended_at": one.ended_at.isoformat() if one.ended_at else None,
                "model": one.method,
                "exchanges": [{"at": row.at.isoformat()} | row.read() for row in one.exchanges.all()],
            }
            for one in Conversation.objects.filter(patient=person)
        ],
        "choices": [
            {"about": one.about, "agreed": one.agreed, "chosen_at": one.chosen_at.isoformat()}
            for one in TalkChoice.objects.filter(patient=person)
        ],
        "decisions_of_clinicians": [
            {
                "open": one.fits,
                "against": one.against,
                "reason": one.read_reason(),
                "set_at": one.set_at.isoformat(),
                "until": one.expires_at.isoformat(),
                "minutes": {
                    "sitting": one.sitting_minutes,
                    "day": one.day_minutes,
                    "break": one.pause_minutes,
                },
            }
            for one in TalkEligibility.objects.filter(patient=person)
        ],
    }
