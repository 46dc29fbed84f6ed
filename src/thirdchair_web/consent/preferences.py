"""The two questions about tools or talk, and human contact: asked once, again after half a year, or at the patient's wish."""

from __future__ import annotations

from typing import cast

from django.db import transaction

from thirdchair.policy.preference import HelpWanted, HumanContact, Preference, asked_again_at
from thirdchair_web.accounts.models import User
from thirdchair_web.clock import now
from thirdchair_web.consent.models import PreferenceAnswer
from thirdchair_web.trail.actions import record


def preference_of(patient_ref: str) -> Preference | None:
    """What the patient last answered; None where they never did, or skipped the questions since."""
    latest = PreferenceAnswer.objects.filter(patient_ref=patient_ref).first()
    if latest is None or not (latest.help_wanted and latest.human_contact):
        return None
    return Preference(cast(HelpWanted, latest.help_wanted), cast(HumanContact, latest.human_contact))


def wants_people(patient_ref: str) -> bool:
    """Whether the patient said that they want more contact with people."""
    preference = preference_of(patient_ref)
    return preference is not None and preference.human_contact == "more"


def is_due(patient_ref: str) -> bool:
    """Whether the two questions may be offered now: never asked, or half a year ago."""
    latest = PreferenceAnswer.objects.filter(patient_ref=patient_ref).first()
    return latest is None or now() >= asked_again_at(latest.answered_at)


@transaction.atomic
def keep_preference(*, patient_ref: str, preference: Preference | None, by: User) -> None:
    """Keeps the answers; None is a skip, which is fine and is not asked about again for half a year."""
    PreferenceAnswer.objects.create(
        patient_ref=patient_ref,
        help_wanted=preference.help_wanted if preference else "",
        human_contact=preference.human_contact if preference else "",
        answered_at=now(),
    )
    record(
        kind="preference_recorded",
        actor=by.identifier,
        subject=patient_ref,
        facts={"answered": preference is not None},
    )
