"""For pages of alerts: which of them nobody has been told of."""

from __future__ import annotations

from uuid import UUID

from django import template

from thirdchair_web.notifying.delivering import untold

register = template.Library()


@register.simple_tag(name="untold_alerts")
def untold_alerts() -> frozenset[UUID]:
    """The alerts of which nobody has been told by any channel."""
    return untold()
