"""This installation's trail for `thirdchair trail verify`: reached by entry point, outside any web process."""

from __future__ import annotations

import os
from pathlib import Path

from thirdchair.errors import TrailBroken
from thirdchair.settings import SettingsInvalid, read_settings


def write_trail(target: Path) -> None:
    """Writes the trail of the database that the environment names to a file.

    Raises:
        TrailBroken: the settings name no database that holds a trail; the message says what to do.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thirdchair_web.project.settings")
    os.umask(0o077)  # should opening the database make its file, it is for its owner alone
    try:
        read_settings()
    except SettingsInvalid as invalid:
        raise TrailBroken(str(invalid)) from None
    import django

    django.setup()
    from django.db import DatabaseError

    from thirdchair_web.trail.verify import export_to

    try:
        export_to(target)
    except DatabaseError:
        raise TrailBroken(
            "No trail can be read from this database. Run this in the folder the service runs in, or set "
            "THIRDCHAIR_DATA_DIR. If the service is new, run first: thirdchair manage migrate"
        ) from None
