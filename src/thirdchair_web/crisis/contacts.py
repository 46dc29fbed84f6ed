"""The emergency contact: named by the patient, and seen by staff only in an alert, on a ground, with a reason, in two steps."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from thirdchair.policy.jurisdiction import contact_rules
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.crisis.models import ContactUse, CrisisAlert, EmergencyContact
from thirdchair_web.crisis.standing import locked
from thirdchair_web.crisis.words import CONTACT_REASONS
from thirdchair_web.encounters.models import Patient
from thirdchair_web.governance.law import law_now
from thirdchair_web.trail.actions import record

_WITH_A_PERSON = (CrisisAlert.State.ACKNOWLEDGED, CrisisAlert.State.TAKEN_OVER)


def contact_of(patient: Patient) -> EmergencyContact | None:
    """Whom the patient names, if anyone."""
    return EmergencyContact.objects.filter(patient=patient, removed_at=None).first()


def read_contact(contact: EmergencyContact, patient: Patient) -> dict[str, str]:
    """Name, relation and number."""
    return patient.unseal(contact.details, kind="contact", item=str(contact.id))


@transaction.atomic
def keep_contact(patient: Patient, details: dict[str, str], *, agreed: bool, by: User) -> EmergencyContact:
    """Keeps whom the patient names, in the place of whoever they named before."""
    remove_contact(patient, by=by)
    contact = EmergencyContact(patient=patient, agreed=agreed, kept_at=now())
    contact.details = patient.seal(details, kind="contact", item=str(contact.id))
    contact.save()
    record(
        kind="contact_kept",
        actor=by.identifier,
        subject=patient.ref,
        facts={"contact": str(contact.id), "agreed": agreed},
    )
    return contact


@transaction.atomic
def remove_contact(patient: Patient, *, by: User) -> None:
    """The patient names nobody any more; the number is not kept."""
    standing = EmergencyContact.objects.select_for_update().filter(patient=patient, removed_at=None).first()
    if standing is not None:
        standing.removed_at, standing.details = now(), b""
        standing.save()
        record(
            kind="contact_removed",
            actor=by.identifier,
            subject=patient.ref,
            facts={"contact": str(standing.id)},
        )


def basis_for(contact: EmergencyContact | None, alert: CrisisAlert) -> ContactUse.Basis | None:
    """On what ground the contact may be seen in this alert: the patient's agreement, or the law of the place. Else None.

    The law counts only where danger is imminent or high.
    """
    if contact is None or alert.state not in _WITH_A_PERSON:
        return None
    if contact.agreed:
        return ContactUse.Basis.AGREED
    urgent = alert.urgency in ("imminent", "high")
    return ContactUse.Basis.LAW if urgent and contact_rules(law_now(), on=now().date()) else None


def use_of(alert: CrisisAlert, contact: EmergencyContact | None, *, by: User) -> ContactUse | None:
    """That this person has opened the contact in this alert already, or None."""
    if contact is None:
        return None
    return ContactUse.objects.filter(alert=alert, contact=contact, used_by=by).first()


@transaction.atomic
def see_contact(alert_id: UUID, patient: Patient, *, reason: str, words: str, by: User) -> ContactUse | None:
    """Opens the contact to the person who took the alert, and keeps why. None where there is no ground for it."""
    alert = locked(alert_id)
    contact = contact_of(patient)
    basis = basis_for(contact, alert)
    if (
        basis is None
        or contact is None
        or reason not in CONTACT_REASONS
        or alert.acknowledged_by_id != by.pk
        or alert.patient_ref != patient.ref
    ):
        return None
    standing = use_of(alert, contact, by=by)
    if standing is not None:
        return standing
    seen = ContactUse.objects.create(
        alert=alert,
        contact=contact,
        basis=basis,
        reason=reason,
        words=patient.seal(words, kind="contact-use", item=str(alert.id)),
        used_by=by,
        used_at=now(),
    )
    record(
        kind="contact_seen",
        actor=by.identifier,
        subject=patient.ref,
        facts={"alert": str(alert.id), "contact": str(contact.id), "basis": str(basis), "reason": reason},
    )
    return seen
