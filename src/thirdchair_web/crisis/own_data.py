"""What is kept of a patient's crises, as plain values of their own data."""

from __future__ import annotations

from typing import Any

from thirdchair_web.crisis import contacts
from thirdchair_web.crisis.models import CrisisAlert
from thirdchair_web.encounters.models import Patient


def crises_about(person: Patient) -> dict[str, Any]:
    """Every alert with its words, who was called when, how it ended and the contact afterwards; and the emergency contact."""
    contact = contacts.contact_of(person)
    return {
        "alerts": [_alert(one, person) for one in CrisisAlert.objects.filter(patient_ref=person.ref)],
        "emergency_contact": contact
        and contacts.read_contact(contact, person) | {"the_team_may_call": contact.agreed},
    }


def _alert(alert: CrisisAlert, person: Patient) -> dict[str, Any]:
    said = _read(alert.words, person, kind="alert", alert=alert)
    return {
        "raised_at": alert.raised_at.isoformat(),
        "source": alert.source,
        "level": alert.level,
        "urgency": alert.urgency,
        "dangers": alert.dangers,
        "utterances": alert.utterances,
        "words": said or [],
        "state": alert.state,
        "called_at": [call.called_at.isoformat() for call in alert.calls.all()],
        "you_said_that_you_are_safe_at": _moment(alert.said_safe_at),
        "outcome": _words(alert.outcome, person, kind="outcome", alert=alert),
        "follow_up": _words(alert.follow_up, person, kind="follow-up", alert=alert),
        "emergency_contact_opened": [
            {
                "at": use.used_at.isoformat(),
                "ground": use.basis,
                "reason": use.reason,
                "words": _read(use.words, person, kind="contact-use", alert=alert),
            }
            for use in alert.contact_uses.all()
        ],
    }


def _words(sealed: bytes | None, person: Patient, *, kind: str, alert: CrisisAlert) -> str | None:
    held = _read(sealed, person, kind=kind, alert=alert)
    return held["words"] if held else None


def _read(sealed: bytes | None, person: Patient, *, kind: str, alert: CrisisAlert) -> Any:
    return person.unseal(sealed, kind=kind, item=str(alert.id)) if sealed else None


def _moment(at) -> str | None:
    return at.isoformat() if at else None
