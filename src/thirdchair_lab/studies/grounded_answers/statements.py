"""Whether a reply bears out a statement, and how far that judge can be trusted, measured on the library's own pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from thirdchair.language.negation import negated
from thirdchair.library.loading import shipped_library
from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.judged import corrected
from thirdchair.measures.units import share_over_units
from thirdchair.records import Language
from thirdchair.safeguards.entailment import KEEPS_TO_A_PAGE, support_in
from thirdchair.safeguards.entailment_source import read_source


def states(reply: str, statement: str, language: Language) -> bool:
    """Whether the reply says so, by the rules of grounding with the reply as the source."""
    if not reply.strip():
        return False
    return support_in(read_source(reply), statement, said_at_least=KEEPS_TO_A_PAGE[language]).supported


def asserts(reply: str, cue: str) -> bool:
    """Whether the reply holds the words that a false statement is made with, and does not deny them.

    >>> asserts("It can last for days.", "for days"), asserts("It does not last for days.", "for days")
    (True, False)
    """
    return any(
        not negated(reply, found.start(), found.end()) for found in re.finditer(cue, reply, re.IGNORECASE)
    )


def judge_figures(
    questions: Sequence[Mapping[str, Any]], language: Language, where: Provenance
) -> dict[str, Estimate | Unscored]:
    """How the judge does where the truth is known: statements against the page that holds them, and against another's."""
    right, wrong, owners = _judged(language)
    return {
        "judge: statements found on their own page": share_over_units(right, owners, provenance=where),
        "judge: statements found on a page of another subject": share_over_units(
            wrong, owners, provenance=where, direction="lower"
        ),
    }


def corrected_for_the_judge(observed: Estimate | Unscored, language: Language) -> Estimate | Unscored:
    """A share of statements, corrected for what the judge misses and imagines."""
    if isinstance(observed, Unscored):
        return observed
    right, wrong, owners = _judged(language)
    where = Provenance(observed.dataset, observed.method, observed.date, observed.seed, "the shipped pages")
    return corrected(
        observed,
        sensitivity=share_over_units(right, owners, provenance=where),
        specificity=share_over_units([not one for one in wrong], owners, provenance=where),
    )


@cache
def _judged(language: Language) -> tuple[list[bool], list[bool], list[str]]:
    """Found on the own page, found on another's, and the question each belongs to."""
    from thirdchair_lab.studies.grounded_answers.stimuli import must_have_questions

    rows = must_have_questions()
    pages = list(dict.fromkeys(row["page"] for row in rows))
    right, wrong, owners = [], [], []
    for row in rows:
        other = pages[(pages.index(row["page"]) + len(pages) // 2) % len(pages)]
        for statement in row[str(language)]["must"]:
            right.append(states(_text_of(row["page"], language), statement, language))
            wrong.append(states(_text_of(other, language), statement, language))
            owners.append(row["id"])
    return right, wrong, owners


@cache
def _text_of(page: str, language: Language) -> str:
    found = next(one for one in shipped_library().in_language(language) if one.id == page)
    return "\n".join(passage.text for passage in found.passages)
