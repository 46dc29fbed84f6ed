"""The models registered at this clinic, for `thirdchair lab`: reached by entry point, outside any web process."""

from __future__ import annotations

import os

from thirdchair.clients.registration import RegisteredModel


def model_named(name: str) -> tuple[RegisteredModel, str | None] | None:
    """A registered model and the key of its server; None where there is none of this name, or no clinic here."""
    from django.db import DatabaseError

    from thirdchair.settings import SettingsInvalid, read_settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thirdchair_web.project.settings")
    os.umask(0o077)
    try:
        read_settings()
    except SettingsInvalid:
        return None
    import django

    django.setup()
    from thirdchair_web.governance.registering import api_key_of, registered_models

    try:
        row = next((row for row in registered_models() if row.name == name), None)
    except DatabaseError:
        return None
    return (row.model, api_key_of(row)) if row else None
