"""The crisis card of this service: its own contact first, then the directory. It asks no database and no model."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from thirdchair.crisis import Card, Directory, card, load
from thirdchair.errors import ThirdchairError
from thirdchair.records import Language
from thirdchair.safeguards.conduct import contacts
from thirdchair_web.clock import now
from thirdchair_web.trail.store import signer


@cache
def directory() -> Directory:
    """The directory with what this service verified; read once. Without the key nothing counts as verified."""
    try:
        return load(settings.DATA_DIR, signer().public_key)
    except (OSError, ValueError, ThirdchairError):
        return load()


@cache
def listed() -> frozenset[str]:
    """Every number and address that may go out to a patient."""
    own = {contact.normalised for contact in contacts(settings.THIRDCHAIR.crisis_contact)}
    return directory().listed(settings.THIRDCHAIR.country or None) | own


def crisis_card(country: str | None, language: Language) -> Card:
    """The card for a place; for the service's own where none is named."""
    return card(
        country or settings.THIRDCHAIR.country or None,
        language,
        directory=directory(),
        own_contact=settings.THIRDCHAIR.crisis_contact,
        own_name=settings.THIRDCHAIR.clinic_name,
        today=now().date(),
    )
