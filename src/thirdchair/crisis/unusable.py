"""What is raised when a crisis directory cannot be changed. Reading one never raises: a card is always shown."""

from __future__ import annotations

from thirdchair.errors import ThirdchairError


class DirectoryUnusable(ThirdchairError):
    """What was asked of the crisis directory cannot be done; the message says why, and what would make it possible."""
