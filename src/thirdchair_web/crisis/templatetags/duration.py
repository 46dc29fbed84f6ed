"""How long something took, for a table."""

from __future__ import annotations

from datetime import timedelta

from django import template

register = template.Library()


@register.filter
def clock(took: timedelta | None) -> str:
    """Hours, minutes and seconds as 0:04:30; a dash where it has not happened."""
    return "–" if took is None else str(took)
