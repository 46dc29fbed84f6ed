"""The text a patient is shown before they agree, with every mandatory slot filled from live configuration."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

MANDATORY_SLOTS: Final = frozenset(
    {"clinic", "methods", "where", "data", "reviewer", "storage", "training", "duration", "contact"}
)
"""What a consent must state beside its fixed words: purpose, limits and the right to refuse are fixed words."""


@dataclass(frozen=True, slots=True)
class ConsentText:
    """A filled text and its version: the SHA-256 of exactly these words."""

    text: str
    version: str


def fill_consent_text(template: str, slots: Mapping[str, str]) -> ConsentText:
    """The text with every slot filled.

    Raises:
        ValueError: a mandatory slot is absent from the template, or has nothing to say.

    >>> fill_consent_text("{clinic}", {"clinic": "Elm House"})
    Traceback (most recent call last):
    ...
    ValueError: the consent text leaves out: contact, data, duration, methods, reviewer, storage, training, where
    """
    present = {name for _, name, _, _ in string.Formatter().parse(template) if name}
    if absent := sorted(MANDATORY_SLOTS - present):
        raise ValueError(f"the consent text leaves out: {', '.join(absent)}")
    if empty := sorted(name for name in present if not slots.get(name, "").strip()):
        raise ValueError(f"nothing fills these slots of the consent text: {', '.join(empty)}")
    text = template.format_map(slots)
    return ConsentText(text, hashlib.sha256(text.encode()).hexdigest())
