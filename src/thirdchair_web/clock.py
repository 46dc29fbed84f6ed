"""The one place the web reads the time, so that a test can move it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Now, with time zone."""
    return timezone.now()
