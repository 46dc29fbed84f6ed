"""A plan as a page shows it: headings with their words, and every telephone number one tap away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from thirdchair_web.safety_plan.models import SafetyPlan
from thirdchair_web.safety_plan.parts import PARTS

_NUMBER: Final = re.compile(r"(?<![\w/.-])\+?\d(?:[ ().-]{0,2}\d){5,14}(?!\w)")
_DATE: Final = re.compile(r"\d{4}[.-]\d{1,2}[.-]\d{1,2}|\d{1,2}[.-]\d{1,2}[.-]\d{4}")


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


def with_numbers(said: str) -> SafeString:
    """The words, escaped, with a link on what looks like a telephone number.

    >>> with_numbers("Ana <3, +44 1632 960 001")
    'Ana &lt;3, <a href="tel:+441632960001">+44 1632 960 001</a>'
    >>> with_numbers("since 2026-10-05")
    'since 2026-10-05'
    """
    pieces, end = [], 0
    for found in _NUMBER.finditer(said):
        if _DATE.fullmatch(found[0]):
            continue
        dialled = re.sub(r"[^\d+]", "", found[0])
        pieces += [
            escape(said[end : found.start()]),
            format_html('<a href="tel:{}">{}</a>', dialled, found[0]),
        ]
        end = found.end()
    return mark_safe("".join([*pieces, escape(said[end:])]))  # noqa: S308 - every piece was escaped above
