"""What a claim and the passages nearest to it have in common and where they differ, as numbers.

Every feature is 0 where nothing was found; all but the coverages count differences, so a higher one speaks against
the claim. The names in `FEATURES` are those the trained model and the reasons use.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from thirdchair.language.literals import Folded, Sieve
from thirdchair.safeguards.content_words import is_exacting
from thirdchair.safeguards.entailment_calendar import calendar_differences
from thirdchair.safeguards.entailment_concepts import noted
from thirdchair.safeguards.entailment_contrast import contrast_differences
from thirdchair.safeguards.entailment_doer import doer_differs
from thirdchair.safeguards.entailment_events import event_differences
from thirdchair.safeguards.entailment_lexicon import HEDGE, OPPOSITE_PAIRS, ORDER, SURE, WEAK
from thirdchair.safeguards.entailment_numbers import count_differs, number_differences, rate_differences
from thirdchair.safeguards.entailment_persons import person_differences
from thirdchair.safeguards.entailment_polarity import (
    Denied,
    denial_differences,
    head_turned,
    negation_differences,
    parity_differs,
    without_persons,
)
from thirdchair.safeguards.entailment_progress import progress_differences
from thirdchair.safeguards.entailment_source import (
    Match,
    Source,
    Word,
    content_words,
    evidence,
    han_groups,
    match_words,
    once,
    settled,
    window,
    with_concepts,
)
from thirdchair.safeguards.entailment_stance import stance_differences
from thirdchair.safeguards.entailment_unheard import unheard
from thirdchair.safeguards.entailment_vectors import cosine_of, mean_of

_HAN: Final = re.compile(r"[㐀-鿿]")
_CLAUSE: Final = re.compile(
    r"[,;:，；：。、]|\b(?:and|but|because|although|while|who|which|with)\b|而且|但是|因为"
)
FEATURES: Final = (
    "coverage",
    "coverage_near",
    "coverage_centre",
    "missing",
    "rarest_missing",
    "pairs",
    "name_missing",
    "number_missing",
    "number_elsewhere",
    "unit_differs",
    "count_differs",
    "rate_unsaid",
    "rate_differs",
    "negation_share",
    "negation_any",
    "negation_count",
    "negation_centre",
    "affirms_denied",
    "denies_affirmed",
    "denial_unraised",
    "denial_undenied",
    "person_missing",
    "person_elsewhere",
    "speaker_share",
    "subject_differs",
    "name_differs",
    "hedged_only_there",
    "surer_than_said",
    "hedged_here",
    "done_claimed",
    "opposite",
    "order_unsaid",
    "order_turned",
    "words_turned",
    "meaning_near",
    "close_and_turned",
    "close_and_denied",
    "close_and_surer",
    "close_and_anothers",
    "stance_turned",
    "stance_alike",
    "stance_surer",
    "stance_weaker",
    "certain_unsaid",
    "now_done",
    "unheard_most",
    "unheard_sum",
    "unheard_concrete",
    "unheard_han",
    "unheard_run",
    "term_unsaid",
    "term_said",
    "drug_unsaid",
    "will_unsaid",
    "still_over",
    "over_unsaid",
    "han_turned",
    "stance_unsure",
    "head_turned",
    "turned_best",
    "surer_best",
    "unheard_term",
    "event_unsaid",
    "plain_unheard",
    "plain_share",
    "date_differs",
    "date_unsaid",
    "times_differ",
    "direction_turned",
    "worth_turned",
    "all_for_some",
    "hedge_lost",
    "consent_turned",
    "doer_differs",
    "close_and_hedged",
    "close_and_contrary",
    "ways_turned",
    "little_found",
    "missing_and_event",
    "missing_untermed",
    "missing_han",
    "coverage_near_han",
    "pairs_han",
    "term_said_han",
    "close_and_denied_han",
    "negation_share_han",
    "negation_centre_han",
    "chinese",
)
"""What is compared, in the order of the weights; those on "han" count in Chinese beside the one they are named for."""

_DONE: Final = re.compile(
    r"\b(?:has|have|had)\s+(?:\w+ly\s+|already\s+)?(?:been\s+)?\w+(?:ed|en|t|ne|ft|ld)\b|\b(?:was|were|is|are)\s+\w+ed\b|已经?|了$|了。$",
    re.IGNORECASE,
)
_TO_COME: Final = re.compile(
    r"\b(?:will|to\s+be|plan\w*|would|going\s+to|shall|let's|request\w*|might|may|could|can|like\s+to|i'll|next|until|awaited|pending|not\s+yet|offer\w*|recommend\w*|suggest\w*|asked\s+for|tomorrow)\b"
    r"|打算|计划|将|要|可能|可以|下次|待|等|建议|讨论|考虑|想",
    re.IGNORECASE,
)

_THAN_BEFORE: Final = re.compile(r"\bthan\s+before\b", re.IGNORECASE)
_ORDER_ALIKE: Final = (
    (
        re.compile(r"after|following|以后|之后", re.IGNORECASE),
        re.compile(
            r"\b(?:after\w*|since|when|once|then|made\s+redundant|followed)\b|后|然后|就", re.IGNORECASE
        ),
    ),
    (
        re.compile(r"before|prior|以前|之前", re.IGNORECASE),
        re.compile(r"\b(?:until|till|used\s+to|ago|first)\b|前|先", re.IGNORECASE),
    ),
)
"""Words for an order in time and those that say the same otherwise."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A claim beside its source.

    Args:
        values: one per name in `FEATURES`.
        near: numbers of the units read closely, best first.
    """

    values: tuple[float, ...]
    near: tuple[int, ...]

    def __getitem__(self, name: str) -> float:
        """One feature by its name."""
        return self.values[FEATURES.index(name)]


def compare(source: Source, claim: str) -> Comparison:
    """The features of a claim against the passages nearest to it."""
    claim = settled(claim)
    wanted = list(content_words(claim))
    plainly = match_words(wanted, source)
    terms = noted(claim)
    matches, inside = with_concepts(terms, wanted, plainly, source)
    centres = _centres(claim, wanted, matches, source)
    near = list(dict.fromkeys(place for centre in centres for place in window(source, centre)))
    text = source.passage(near)
    centre_text = _centre_text(source, centres)
    said, where = without_persons(wanted, matches)
    denied = Denied(claim)
    values = (
        _coverages(claim, wanted, matches, source, near, centres)
        | number_differences(claim, source.text, text)
        | rate_differences(claim, source, text)
        | {"count_differs": count_differs(claim, text)}
        | negation_differences(claim, said, where, source, near, denied)
        | {"negation_centre": parity_differs(claim, wanted, matches, source, near)}
        | {"head_turned": head_turned(claim, said, where, source, near, denied)}
        | denial_differences(claim, source)
        | person_differences(claim, wanted, matches, source, near, centres)
        | _certainty(claim, text, centre_text)
        | {"opposite": _opposite(claim, text, source.text)}
        | _order(claim, text)
        | {
            "words_turned": _words_turned(wanted, source, centres),
            "meaning_near": _meaning_near(claim, source, centres),
        }
        | stance_differences(claim, wanted, matches, source, near)
        | progress_differences(claim, terms, source, near, centres)
        | unheard(claim, terms, wanted, matches, inside, source)
        | event_differences(claim, terms, source)
        | calendar_differences(claim, text, source.text)
        | contrast_differences(claim, source, centres)
        | {"doer_differs": doer_differs(claim, wanted, matches, source, near)}
        | {"chinese": float(_HAN.search(claim) is not None)}
    )
    values |= _when_close(values) | _together(values)
    values |= {
        name: values[name.removesuffix("_han")] * values["chinese"]
        for name in FEATURES
        if name.endswith("_han") and name not in values
    }
    return Comparison(tuple(float(values[name]) for name in FEATURES), tuple(near))


def _centres(claim: str, wanted: Sequence[Word], matches: Sequence[Match], source: Source) -> list[int]:
    """The best units for the whole claim, then the best for each of its clauses."""
    found = evidence(wanted, matches, source, most=2)
    edges = [0, *(cut.start() for cut in _CLAUSE.finditer(claim)), len(claim)]
    for start, end in itertools.pairwise(edges):
        places = [place for place, word in enumerate(wanted) if start <= word.term.start < end]
        if 2 <= len(places) < len(wanted):
            found += evidence(
                [wanted[place] for place in places], [matches[place] for place in places], source, most=1
            )
    return list(dict.fromkeys(found))[:6]


def _when_close(values: Mapping[str, float]) -> dict[str, float]:
    """Differences that weigh more the more of the claim's words were found: what is left is the difference."""
    closeness = max(0.0, (values["coverage"] - 0.6) / 0.4)
    turned = min(1.0, values["affirms_denied"] + values["denies_affirmed"])
    denied = (
        values["stance_turned"],
        values["negation_centre"],
        values["negation_share"],
        values["han_turned"],
        values["head_turned"],
    )
    sure = (
        max(values["stance_surer"], values["stance_unsure"]),
        0.5 * values["now_done"],
        values["done_claimed"],
        values["will_unsaid"],
    )
    return {
        "turned_best": sum(sorted(denied)[-2:]) + 0.5 * values["still_over"],
        "surer_best": sum(sorted(sure)[-2:]) + 0.5 * values["certain_unsaid"],
        "unheard_term": (1 - values["term_said"]) * (values["missing"] + 0.25 * values["unheard_run"]),
        "close_and_hedged": closeness * values["hedge_lost"],
        "close_and_contrary": closeness * min(1.0, values["direction_turned"] + values["worth_turned"]),
        "close_and_turned": closeness * turned,
        "close_and_denied": closeness * (sum(sorted(denied)[-2:]) + 0.5 * values["still_over"]),
        "close_and_surer": closeness * min(1.5, values["hedged_only_there"] * 0.7 + values["done_claimed"]),
        "close_and_anothers": closeness
        * min(1.0, max(values["subject_differs"], values["name_differs"], values["speaker_share"])),
    }


def _together(values: Mapping[str, float]) -> dict[str, float]:
    """Differences that tell more together than each alone."""
    ways = (
        values["negation_share"] > 0.4,
        values["negation_centre"] > 0.35,
        values["stance_turned"] > 0.15,
        values["affirms_denied"] + values["denies_affirmed"] > 0,
        values["head_turned"] > 0,
        values["han_turned"] > 0.25,
        values["still_over"] > 0,
        values["negation_count"] > 0,
    )
    return {
        "ways_turned": max(0.0, sum(ways) - 2.0),
        "little_found": max(0.0, 0.5 - values["coverage_near"]),
        "missing_and_event": values["missing"] * values["event_unsaid"],
        "missing_untermed": values["missing"] * float(values["term_said"] == 0),
    }


def _centre_text(source: Source, centres: Sequence[int]) -> str:
    """The nearest sentence, with its answer where it is a question."""
    if not centres:
        return ""
    place = centres[0]
    after = source.units[place + 1].text if source.units[place].asks and place + 1 < len(source.units) else ""
    return f"{source.units[place].text} {after}"


def _coverages(
    claim: str,
    wanted: Sequence[Word],
    matches: Sequence[Match],
    source: Source,
    near: Sequence[int],
    centres: Sequence[int],
) -> dict[str, float]:
    weights = [source.rarity(word.term.stem) for word in wanted]
    total = sum(weights) or 1.0
    everywhere = [
        _han_softened(word, match.likeness, source.text) for word, match in zip(wanted, matches, strict=True)
    ]
    near_text = "\n".join(source.units[place].text for place in near)
    centre = set(centres[:1])
    close = [
        _han_softened(word, max((match.places.get(place, 0.0) for place in near), default=0.0), near_text)
        for word, match in zip(wanted, matches, strict=True)
    ]
    central = [max((match.places.get(place, 0.0) for place in centre), default=0.0) for match in matches]
    missing = [weight for weight, value in zip(weights, everywhere, strict=True) if value < 0.5]
    both = [min(one, other) for one, other in itertools.pairwise(close)]
    groups = han_groups(claim)
    grouped = len(groups & han_groups(near_text)) / len(groups) if groups else 0.0
    coverage = sum(w * v for w, v in zip(weights, everywhere, strict=True)) / total
    coverage_near = sum(w * v for w, v in zip(weights, close, strict=True)) / total
    return {
        "coverage": coverage if wanted else 0.5,
        "coverage_near": max(coverage_near, coverage_near * 0.6 + 0.4 * grouped) if wanted else 0.5,
        "coverage_centre": sum(w * v for w, v in zip(weights, central, strict=True)) / total
        if wanted
        else 0.5,
        "missing": min(1.0, len(missing) / max(1, len(wanted))),
        "rarest_missing": min(5.0, float(len(missing))) / 5,
        "pairs": sum(both) / len(both) if both else coverage_near,
        "name_missing": float(
            any(
                is_exacting(word.term)
                and match.likeness < 1
                and not claim[word.term.start : word.term.end].isupper()
                for word, match in zip(wanted, matches, strict=True)
            )
        ),
    }


def _han_softened(word: Word, value: float, text: str) -> float:
    """A pair of Chinese characters that stand apart still counts in part."""
    if value >= 0.8 or not _HAN.match(word.surface) or word.term.exacting:
        return value
    held = sum(char in text for char in word.surface)
    return max(value, 0.65 if held == len(word.surface) else 0.25 * held)


def _certainty(claim: str, near: str, centre: str) -> dict[str, float]:
    hedged_here = WEAK.search(claim) is not None
    return {
        "hedged_only_there": 0.0
        if hedged_here
        else float(WEAK.search(centre) is not None) + 0.5 * float(HEDGE.search(centre) is not None),
        "surer_than_said": float(SURE.search(claim) is not None and SURE.search(near) is None)
        + float(SURE.search(claim) is not None and WEAK.search(centre) is not None),
        "hedged_here": float(hedged_here),
        "done_claimed": float(
            _DONE.search(claim) is not None
            and _TO_COME.search(claim) is None
            and _TO_COME.search(centre) is not None
        ),
    }


_NOT_RISING: Final = re.compile(
    r"\b(?:gave|give|given|giving|woke|wak\w+|split|end\w*|made|grew|pick\w*|fed|set|turn\w*|bring\w*|show\w*|get\w*|got|wash\w*|lock\w*)\s+up\b"
    r"|\blos(?:t|e|ing)\s+(?:\w+\s+){0,2}(?:way|job|temper|appetite|interest|touch|contact|mother|father|wife|husband|baby)\b|\bup\s+and\s+down\b",
    re.IGNORECASE,
)


_OPPOSITES: Final = Sieve.of([one for one, _ in OPPOSITE_PAIRS])


def _opposite(claim: str, near: str, everything: str) -> float:
    """1 where a claim says a word whose opposite alone its evidence says, 2 where it is nowhere in the source."""
    claim, near = _NOT_RISING.sub(" ", claim), _NOT_RISING.sub(" ", near)
    most = 0.0
    for place in _OPPOSITES.possible(Folded(claim)):
        one, other = OPPOSITE_PAIRS[place]
        if one.search(claim) and not other.search(claim) and other.search(near) and not one.search(near):
            most = max(most, 1.0 if one.search(everything) else 2.0)
    return most


def _order(claim: str, near: str) -> dict[str, float]:
    said = {word.casefold() for word in ORDER.findall(_THAN_BEFORE.sub(" ", claim))}
    there = {word.casefold() for word in ORDER.findall(near)}
    if not said & there and any(
        wanted.search(word) and alike.search(near) for word in said for wanted, alike in _ORDER_ALIKE
    ):
        return {"order_unsaid": 0.0, "order_turned": float(bool(there))}
    return {
        "order_unsaid": float(bool(said) and not said & there),
        "order_turned": float(bool(said) and bool(there) and not said & there),
    }


def _words_turned(wanted: Sequence[Word], source: Source, centres: Sequence[int]) -> float:
    """Share of neighbouring words of the claim that stand the other way round in the nearest sentence."""
    if not centres:
        return 0.0
    where = {word.term.stem: word.term.start for word in source.words[centres[0]]}
    places = [where[word.term.stem] for word in wanted if word.term.stem in where]
    steps = list(itertools.pairwise(places))
    return sum(one > other for one, other in steps) / len(steps) if steps else 0.0


def _meaning_near(claim: str, source: Source, centres: Sequence[int]) -> float:
    """Likeness of the mean word vectors of the claim and of the nearest passages, -1 to 1."""
    if not centres:
        return 0.0
    own = mean_of(claim)
    return max(cosine_of(own, _mean_around(source, place)) for place in centres[:3])


@once
def _mean_around(source: Source, place: int) -> NDArray[np.float32] | None:
    return mean_of(" ".join(source.units[other].text for other in window(source, place)))
