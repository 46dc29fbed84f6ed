"""What may be drafted, in which parts, and from how much."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from thirdchair.policy import Refused
from thirdchair.records import count_words
from thirdchair.uses.draft_document.document import SourceLine
from thirdchair.uses.draft_document.wording import KIND_TITLES

MOST_WORDS: Final = 4_000
"""Words of material for one document; what a small model can hold with its instructions."""


class DocumentKind(StrEnum):
    """What may be drafted."""

    REPORT = "report"
    REFERRAL_LETTER = "referral_letter"
    EDUCATION_SHEET = "education_sheet"
    CLINIC_MESSAGE = "clinic_message"


PARTS: Final[Mapping[DocumentKind, tuple[str, ...]]] = MappingProxyType(
    {
        DocumentKind.REPORT: ("reason", "history", "present_state", "risk", "treatment", "plan"),
        DocumentKind.REFERRAL_LETTER: ("reason", "history", "present_state", "risk", "treatment", "request"),
        DocumentKind.EDUCATION_SHEET: ("what_it_is", "what_helps", "what_you_can_do", "when_to_get_help"),
        DocumentKind.CLINIC_MESSAGE: ("message",),
    }
)
"""The parts of each kind, in order; every sentence stands in one."""

TELLS_RISK: Final = frozenset({DocumentKind.REPORT, DocumentKind.REFERRAL_LETTER})
"""Where a danger the material affirms must be told. In a text for the patient it is shown to the signer instead."""


FOR_PATIENTS: Final = frozenset({DocumentKind.EDUCATION_SHEET, DocumentKind.CLINIC_MESSAGE})
"""What a patient or a family reads."""

_NAMED: Final = re.compile(
    r"\W{0,3}(?:please |请)?(?:(?:write|draft|prepare)(?: me)? |(?:帮我)?(?:写|起草|拟))?(?:an? |the |一份|一封|一条)?"
    f"(?:{'|'.join(f'(?P<{kind}>' + '|'.join(titles[kind].lower() for titles in KIND_TITLES.values()) + ')' for kind in DocumentKind)})",
    re.IGNORECASE,
)


def kind_named(purpose: str) -> str:
    """The kind that a purpose begins with, in English or Chinese; "" where it names none there.

    >>> kind_named("Referral letter to the sleep clinic: she sleeps four hours.")
    'referral_letter'
    >>> kind_named("Something about the report")
    ''
    """
    found = _NAMED.match(purpose)
    return (found.lastgroup or "") if found else ""


def kind_refusal(name: str) -> Refused | None:
    """Why a document of this name is not drafted, or None where it may be."""
    return None if name in set(DocumentKind) else Refused("document.unknown_kind")


def source_refusal(lines: Sequence[SourceLine]) -> Refused | None:
    """Why nothing can be drafted from these lines, or None where it can."""
    words = sum(count_words(line.text) for line in lines)
    if words == 0:
        return Refused("document.no_source")
    if words > MOST_WORDS:
        return Refused("document.too_long", {"found": str(words), "most": str(MOST_WORDS)})
    return None
