"""Telephone numbers in words that people wrote, one tap away."""

from __future__ import annotations

import re
from typing import Final

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

_NUMBER: Final = re.compile(r"(?<![\w/:.-])\+?\d(?:[ ().-]{0,2}\d){5,14}(?!\w)")
_DATE: Final = re.compile(r"\d{4}[.-]\d{1,2}[.-]\d{1,2}|\d{1,2}[.-]\d{1,2}[.-]\d{4}")


def with_numbers(said: str) -> SafeString:
    """The words, escaped, with a link on what looks like a telephone number.

    >>> with_numbers("Ana <3, +44 1632 960 001")
    'Ana &lt;3, <a href="tel:+441632960001">+44 1632 960 001</a>'
    >>> with_numbers("from 2026-10-05, 9:00-17:00 116 123")
    'from 2026-10-05, 9:00-17:00 <a href="tel:116123">116 123</a>'
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
