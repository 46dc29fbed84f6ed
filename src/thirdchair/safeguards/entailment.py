"""Grounding of any text: does a source bear out a claim?

For summaries, notes and answers whose sources are not utterances with ids (`grounding` judges those). The passages
of the source nearest to the claim are found first; rules then compare numbers, doses, how often, negation, what was
denied, who says it, how certain it is and which side or direction; a small logistic regression weighs what they
found. English and Chinese, no large model. An optional judge may lower the result and never raise it.

A table bears out a clinician's words by the plain ones ("initial insomnia" by "can't get off to sleep").

What it does not catch, as measured on our own pairs: one planted error in four to two in five, and it flags about one
true English claim in eight. Most errors it misses deny in other words ("took it" for "skipped it"), are sure of what
was only hoped, or tell more for less. Claims in quite other words than the dialogue's it hardly tells apart: two false
ones in five are found, and one true one in four is flagged. Nor irony, nor a conclusion that needs knowledge of
medicine. What passes here is not proven true.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol

from thirdchair.errors import SafeguardUnavailable
from thirdchair.language.plain_text import plain
from thirdchair.language.sentences import split_sentences
from thirdchair.records import Language
from thirdchair.safeguards.entailment_features import Comparison, compare
from thirdchair.safeguards.entailment_model import Model, model
from thirdchair.safeguards.entailment_source import Source, read_source

LONGEST_CLAIM: Final = 4_000
"""Characters of a claim that are judged; a longer one is no sentence of a note."""

KEEPS_TO_A_PAGE: Final = {Language.ENGLISH: 0.6, Language.CHINESE: 0.5}
"""`said_at_least` for a sentence that cites a page of a library. Without it, half of our own statements pass against a page on
another subject; the lab's study of grounded answers measures both in every run."""

_UNRAISED_AT_MOST: Final = 0.02
_LEAST_SHARE: Final = 0.15
"""Share of what speaks against a claim that a reason must have to be named."""


class Reason(StrEnum):
    """Why a claim is not supported."""

    NO_SOURCE = "no_source"
    NO_CLAIM = "no_claim"
    TOO_LONG = "too_long"
    CONTENT = "content"
    NAME = "name"
    NUMBER = "number"
    FREQUENCY = "frequency"
    NEGATION = "negation"
    NOT_ASKED = "not_asked"
    SPEAKER = "speaker"
    CERTAINTY = "certainty"
    OPPOSITE = "opposite"
    ORDER = "order"
    JUDGE = "judge"


_REASON_OF: Final = {
    "name_missing": Reason.NAME,
    "number_missing": Reason.NUMBER,
    "number_elsewhere": Reason.NUMBER,
    "unit_differs": Reason.NUMBER,
    "count_differs": Reason.NUMBER,
    "rate_unsaid": Reason.FREQUENCY,
    "rate_differs": Reason.FREQUENCY,
    "negation_share": Reason.NEGATION,
    "negation_any": Reason.NEGATION,
    "negation_count": Reason.NEGATION,
    "negation_centre": Reason.NEGATION,
    "denial_undenied": Reason.NEGATION,
    "denial_unraised": Reason.NOT_ASKED,
    "person_missing": Reason.SPEAKER,
    "person_elsewhere": Reason.SPEAKER,
    "speaker_share": Reason.SPEAKER,
    "subject_differs": Reason.SPEAKER,
    "name_differs": Reason.SPEAKER,
    "hedged_only_there": Reason.CERTAINTY,
    "surer_than_said": Reason.CERTAINTY,
    "done_claimed": Reason.CERTAINTY,
    "affirms_denied": Reason.NEGATION,
    "denies_affirmed": Reason.NEGATION,
    "close_and_turned": Reason.NEGATION,
    "close_and_denied": Reason.NEGATION,
    "close_and_surer": Reason.CERTAINTY,
    "close_and_anothers": Reason.SPEAKER,
    "stance_turned": Reason.NEGATION,
    "head_turned": Reason.NEGATION,
    "han_turned": Reason.NEGATION,
    "still_over": Reason.NEGATION,
    "over_unsaid": Reason.NEGATION,
    "turned_best": Reason.NEGATION,
    "stance_surer": Reason.CERTAINTY,
    "stance_unsure": Reason.CERTAINTY,
    "stance_weaker": Reason.CERTAINTY,
    "certain_unsaid": Reason.CERTAINTY,
    "now_done": Reason.CERTAINTY,
    "will_unsaid": Reason.CERTAINTY,
    "surer_best": Reason.CERTAINTY,
    "drug_unsaid": Reason.NAME,
    "opposite": Reason.OPPOSITE,
    "order_unsaid": Reason.ORDER,
    "order_turned": Reason.ORDER,
    "words_turned": Reason.ORDER,
    "date_differs": Reason.ORDER,
    "date_unsaid": Reason.ORDER,
    "times_differ": Reason.NUMBER,
    "direction_turned": Reason.OPPOSITE,
    "worth_turned": Reason.OPPOSITE,
    "close_and_contrary": Reason.OPPOSITE,
    "all_for_some": Reason.CERTAINTY,
    "hedge_lost": Reason.CERTAINTY,
    "close_and_hedged": Reason.CERTAINTY,
    "consent_turned": Reason.NEGATION,
    "ways_turned": Reason.NEGATION,
    "close_and_denied_han": Reason.NEGATION,
    "doer_differs": Reason.SPEAKER,
}


@dataclass(frozen=True, slots=True)
class Supported:
    """Whether a source bears out a claim.

    Args:
        supported: `p_supported` reaches the shipped threshold, and no judge objects.
        p_supported: fitted on our development pairs, for Chinese moved so that one threshold serves both languages, 0 to 1; higher is better.
        reasons: what speaks against it, the weightiest first; empty where it is supported.
    """

    supported: bool
    p_supported: float
    reasons: tuple[Reason, ...]


class Judge(Protocol):
    """A second opinion, of a larger model for instance. It may lower support and never raise it."""

    def p_supported(self, source: str, claim: str) -> float:
        """The probability that the source bears out the claim, 0 to 1."""
        ...


def support(source: str, claim: str, *, judge: Judge | None = None) -> Supported:
    """Whether the source bears out the claim; of several sentences, the least supported decides.

    Args:
        judge: asked only about claims that hold without it, since it can only object.

    Raises:
        SafeguardUnavailable: the weights cannot be read, or the judge gives no probability.

    >>> said = "Nurse: Do you take the sertraline?\\nAnn: Yes, fifty milligrams every morning."
    >>> support(said, "Ann takes sertraline 50 mg every morning.").supported
    True
    >>> support(said, "Ann takes sertraline 100 mg every morning.").reasons[0].value
    'number'
    """
    found = support_in(read_source(source), claim)
    return _judged(found, source, claim, judge) if judge is not None and found.supported else found


def support_in(source: Source, claim: str, *, said_at_least: float = 0.0) -> Supported:
    """The same for a source that was read before, as for many claims on one session.

    Args:
        said_at_least: share of a claim's content words that the nearest passages must hold, 0 to 1. A summary says much in
            its own words; a sentence that cites a page is to keep to the page's, for without this a claim that says nothing
            contrary to a source on quite another subject mostly passes.
    """
    if not source.units:
        return Supported(False, 0.0, (Reason.NO_SOURCE,))
    if len(claim) > LONGEST_CLAIM:
        return Supported(False, 0.0, (Reason.TOO_LONG,))
    sentences = [span.text for span in split_sentences(plain(claim)) if any(map(str.isalnum, span.text))]
    if not sentences:
        return Supported(False, 0.0, (Reason.NO_CLAIM,))
    return min(
        (_supported(source, sentence, said_at_least) for sentence in sentences),
        key=lambda found: (found.supported, found.p_supported),
    )


def _supported(source: Source, sentence: str, said_at_least: float) -> Supported:
    compared, weighing = compare(source, sentence), model()
    if compared["coverage_near"] < said_at_least:
        return Supported(False, 0.0, (Reason.CONTENT,))
    probability = weighing.probability(compared.values)
    if compared["denial_unraised"]:
        # What nobody asked about was not denied, whatever else the sentence says: no weight may outvote this.
        probability = min(probability, _UNRAISED_AT_MOST)
    holds = probability >= weighing.threshold
    return Supported(holds, round(probability, 4), () if holds else _reasons(compared, weighing))


def _reasons(compared: Comparison, weighing: Model) -> tuple[Reason, ...]:
    against = weighing.against(compared.values)
    total = sum(against.values()) or 1.0
    named = [
        _REASON_OF[name]
        for name, taken in against.items()
        if name in _REASON_OF and taken >= _LEAST_SHARE * total
    ]
    if compared["denial_unraised"]:
        named.insert(0, Reason.NOT_ASKED)
    return tuple(dict.fromkeys(named)) or (Reason.CONTENT,)


def _judged(found: Supported, source: str, claim: str, judge: Judge) -> Supported:
    opinion = judge.p_supported(source, claim)
    if not (math.isfinite(opinion) and 0.0 <= opinion <= 1.0):
        raise SafeguardUnavailable("The judge of grounding gave no probability.")
    probability = min(found.p_supported, opinion)
    if probability >= model().threshold:
        return replace(found, p_supported=probability)
    return Supported(False, probability, (Reason.JUDGE,))
