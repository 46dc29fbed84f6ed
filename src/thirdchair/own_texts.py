"""Texts of one's own: screened, de-identified, grounded and answered, each alone, and nothing kept.

No record is touched, nothing leaves the process, and there is no patient to ask, so there is no policy to decide and
no trail to write. Whoever holds the texts answers for them. The governed path for care is `gateway`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from thirdchair.safeguards import crisis
from thirdchair.safeguards.deidentify import conceal_line
from thirdchair.safeguards.entailment import support
from thirdchair.uses.answer_question.answering import OFFER_A_PERSON_FROM
from thirdchair.uses.answer_question.rows import answer_row


def screened(text: str) -> dict[str, Any]:
    """What the crisis screen says: {"level", "p_high", "risks", "acute", "needs_person", "spans"}."""
    reading = crisis.screen(text)
    return {
        "level": reading.level,
        "p_high": None if reading.p_high is None else round(reading.p_high, 4),
        "risks": dict(reading.risks),
        "acute": list(reading.acute),
        "needs_person": reading.needs_person,
        "spans": [
            {
                "start": span.start,
                "end": span.end,
                "label": span.label,
                "level": span.level,
                "whose": str(span.whose),
                "negated": span.negated,
            }
            for span in reading.spans
        ],
    }


def deidentified(text: str) -> dict[str, Any]:
    """The text with tokens for what identifies people: {"text", "found": [{"class", "start", "end", "token"}]}.

    Raises:
        SafeguardUnavailable: a word list cannot be loaded.
    """
    concealed = conceal_line(text)
    return {
        "text": concealed.text,
        "found": [
            {
                "class": str(found.identifier_class),
                "start": found.start,
                "end": found.end,
                "token": found.token,
            }
            for found in concealed.found
        ],
    }


def grounded(source: str, claim: str) -> dict[str, Any]:
    """Whether the source bears out the claim: {"supported", "p_supported", "reasons"}.

    Raises:
        SafeguardUnavailable: the weights cannot be read.
    """
    found = support(source, claim)
    return {
        "supported": found.supported,
        "p_supported": round(found.p_supported, 4),
        "reasons": [str(reason) for reason in found.reasons],
    }


def answered(question: str, library: Path | None = None) -> dict[str, Any]:
    """What a library says: {"answer", "passages", "pages", "abstained", ...}; a question in crisis gets a person.

    Args:
        question: in English or Chinese.
        library: a folder of pages or a JSON Lines file; None for the library that is shipped.

    Raises:
        LibraryUnusable: the library cannot be opened.
    """
    reading = crisis.screen(question)
    in_crisis = reading.needs_person or reading.level >= OFFER_A_PERSON_FROM
    row = answer_row({"question": question}, library=library, in_crisis=in_crisis)
    return {name: value for name, value in row.items() if name != "id"}
