"""What other apps of this service tell a conversation. Where one cannot be asked, the stricter answer holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from thirdchair_web.encounters.models import Patient


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who is there if it turns to danger; nobody where `who` is empty."""

    who: tuple[str, ...] = ()
    within_minutes: int | None = None
    until: datetime | None = None
    next_from: datetime | None = None


def on_duty(at: datetime) -> OnDuty:
    """Who is on duty, as the gate of the crisis app says; nobody where it cannot be asked."""
    gate = _found("thirdchair_web.crisis.duty", "gate")
    if gate is None:
        return OnDuty()
    found = gate(at)
    if hasattr(found, "who"):
        return OnDuty(tuple(found.who), int(found.within.total_seconds() // 60), found.until)
    return OnDuty(next_from=getattr(found, "next_on_duty", None))


def wants_people(patient: Patient) -> bool:
    """Whether the patient said that they want more time with people."""
    preference_of = _found("thirdchair_web.consent.preferences", "preference_of")
    preference = preference_of(patient.ref) if preference_of else None
    return preference is not None and preference.human_contact == "more"


def age_of(patient: Patient, at: datetime) -> int | None:
    """Whole years of age, the lower of two where only the year of birth is known; None where it is not known."""
    if hasattr(patient, "age_on"):
        return patient.age_on(at.date())
    if patient.erased_at is not None:
        return None
    born = patient.read_details().get("born")
    return at.year - born - 1 if born else None


def _found(module: str, name: str) -> Any:
    try:
        return getattr(import_module(module), name, None)
    except ModuleNotFoundError:
        return None
