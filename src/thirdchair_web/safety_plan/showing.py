"""A plan as a page shows it: headings with their words, and every telephone number one tap away."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from thirdchair_web.crisis.dialling import with_numbers
from thirdchair_web.safety_plan.models import SafetyPlan
from thirdchair_web.safety_plan.parts import PARTS


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A heading, and the words as HTML in which nothing but the links is markup; "" where nothing was written."""

    name: str
    heading: str | Promise
    words: SafeString


def shown_parts(plan: SafetyPlan) -> list[ShownPart]:
    """All six, in order."""
    held = plan.read().parts
    return [ShownPart(part.name, part.heading, with_numbers(held.get(part.name, ""))) for part in PARTS]
