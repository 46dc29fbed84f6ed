"""Where a claim affirms what its evidence denies, denies what it affirms, or says denied what nobody asked.

A question has no polarity of its own: it takes that of its answer. What it does not catch: opposites that are no
negation (`OPPOSITE_PAIRS` holds some), and irony.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from thirdchair.language.negation import negated
from thirdchair.safeguards.entailment_lexicon import SOFT_NO, TOPICS
from thirdchair.safeguards.entailment_persons import is_given_name, is_person
from thirdchair.safeguards.entailment_source import Match, Source, Word, once

_DENIES: Final = re.compile(
    r"\b(?:den(?:y|ies|ied)(?:\s+that)?|no\s+(?:thoughts|history|evidence)\s+of)\b|否认", re.IGNORECASE
)
_NO: Final = re.compile(
    r"\W{0,3}(?:(?:um+|uh+|oh|well|god|honestly|嗯|呃)[,.，。 ]{0,3}){0,3}(?:no+\b|nope|nah|never|not\b|none|nothing|hardly|gone|stopped|they've stopped|一点[都也]不|没有?|不|从来没|从没|无)",
    re.IGNORECASE,
)
_UNSURE: Final = re.compile(
    r"\W{0,3}(?:maybe|perhaps|i don'?t know|not sure|hard to say|depends|some days|也许|不知道|可能|说不清|有时候)",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(
    r"\W{0,3}(?:(?:and|so|but|okay|ok|then)\W{1,2})?(?:what|how|when|who|where|why|which|tell)\b|.{0,20}(?:什么|怎么|多久|多少|哪|谁|几)",
    re.IGNORECASE,
)
_GONE: Final = re.compile(
    r"^[^.,;!?]{0,25}?\b(?:gone|went\s+away|stopped|ceased|resolved|disappeared|settled)\b|^[^，。]{0,4}(?:消失|没有了|停了|好了)",
    re.IGNORECASE,
)
_DENIAL: Final = re.compile(
    r"n't\b|\b(?:not|never|no|none|nothing|neither|nor|without|cannot|den(?:y|ies|ied)|refus\w+|declin\w+|stopped|gone|ceased|free|unable|lost|negative)\b|没|不|无|未|否认|拒绝|停|消失",
    re.IGNORECASE,
)
_MOST_MENTIONS: Final = 12
_CUTS_OFF: Final = re.compile(r"[,;.，；。]|\b(?:and|but)\b|但")
_HAN: Final = re.compile(r"[㐀-鿿]")
_CLAUSE: Final = re.compile(
    r"[,;:，；：。、]|\b(?:and|but|because|although|while|who|which|with)\b|而且|但是|因为"
)

_MOST_SPOTS: Final = 8
"""Places of one word in one unit that are looked at; a flood of them is the work of no patient."""


class Denied(dict[Word, bool]):
    """Whether each word of a claim is denied where it stands; found once, since several differences rest on it."""

    def __init__(self, claim: str) -> None:
        super().__init__()
        self._claim = claim

    def __missing__(self, word: Word) -> bool:
        found = self[word] = _polarity(self._claim, word.term.start, word.term.end)
        return found


def negation_differences(
    claim: str,
    wanted: Sequence[Word],
    matches: Sequence[Match],
    source: Source,
    near: Sequence[int],
    denied: Denied,
) -> dict[str, float]:
    """Words that the claim and its evidence share and mean the other way round.

    Args:
        denied: of this claim.
        wanted, matches: as `without_persons` leaves them.
    """
    checked = wrong = 0.0
    for word, match in zip(wanted, matches, strict=True):
        meant: set[bool | None] = set()
        for place in near:
            if match.places.get(place, 0.0) >= 0.75:
                meant |= _meant(word, source, place)
        if not meant:
            continue
        weight = source.rarity(word.term.stem)
        checked += weight
        if denied[word] not in meant:
            wrong += weight
    affirmed, denies = _always_turned(wanted, source, denied)
    denials = _denial_count(claim)
    return {
        "negation_share": wrong / checked if checked else 0.0,
        "negation_any": float(wrong > 0),
        "affirms_denied": affirmed,
        "denies_affirmed": denies,
        "negation_count": float((denials > 0) and not any(_denial_count(source.units[p].text) for p in near)),
    }


def parity_differs(
    claim: str, wanted: Sequence[Word], matches: Sequence[Match], source: Source, near: Sequence[int]
) -> float:
    """How much of a claim stands in one clause of the evidence that denies what it affirms, or the reverse, 0 to 1.

    A clause that agrees and holds as much of the claim outweighs one that does not.
    """
    denials = len(_DENIAL.findall(claim))
    if denials and _CLAUSE.search(claim.rstrip("。. ")):
        return 0.0  # part of it is denied and part is not: the words are compared one by one instead
    total = sum(source.rarity(word.term.stem) for word in wanted) or 1.0
    best: dict[bool, float] = {True: 0.0, False: 0.0}
    for place in near:
        for start, end, denied in _clause_denials(source, place):
            held = sum(
                source.rarity(word.term.stem)
                for word, match in zip(wanted, matches, strict=True)
                if match.places.get(place, 0.0) >= 0.5 and _stands(word, match, source, place, start, end)
            )
            if denied is not None:
                best[denied] = max(best[denied], held / total)
    own = denials % 2 == 1
    return max(0.0, best[not own] - 0.5 * best[own]) if best[not own] >= best[own] else 0.0


def head_turned(
    claim: str,
    wanted: Sequence[Word],
    matches: Sequence[Match],
    source: Source,
    near: Sequence[int],
    denied: Denied,
) -> float:
    """Whether the first telling word of a clause of the claim is only meant the other way round in its evidence.

    What a clause says first is what it is about: "a plan for suicide" denies the plan.

    Args:
        denied: of this claim.
        wanted, matches: as `without_persons` leaves them.
    """
    edges = [0, *(cut.start() for cut in _CLAUSE.finditer(claim)), len(claim)]
    turned = 0.0
    for start, end in itertools.pairwise(edges):
        held = [pair for pair in zip(wanted, matches, strict=True) if start <= pair[0].term.start < end]
        for word, match in held[:2]:
            meant = {
                _said_polarity(source, place, at, at + 1)
                for place in near
                if match.places.get(place, 0.0) >= 0.65
                for at in _spots(word, match, source, place)
            } - {None}
            if meant and denied[word] not in meant:
                turned += match.likeness
                break
    return min(1.5, turned)


def _spots(word: Word, match: Match, source: Source, place: int) -> list[int]:
    """Where in a unit the words stand that match a claim's word."""
    same = [
        held.term.start
        for held in source.words[place]
        if held.term.stem == word.term.stem
        or (len(word.term.stem) >= 4 and held.term.stem[:4] == word.term.stem[:4])
    ]
    return (same or match.spots.get(place, []))[:_MOST_SPOTS]


def denial_differences(claim: str, source: Source) -> dict[str, float]:
    """Whether something said to be denied was raised at all, and whether it was denied."""
    denied = _DENIES.search(claim)
    if denied is None:
        return {"denial_unraised": 0.0, "denial_undenied": 0.0}
    body = claim[denied.end() :]
    topics = [pattern for pattern in TOPICS.values() if pattern.search(body)]
    if not topics:
        return {"denial_unraised": 0.0, "denial_undenied": 0.0}
    raised = [_raised(pattern, source) for pattern in topics]
    return {
        "denial_unraised": float(not all(raised)),
        "denial_undenied": float(any(places and not _any_denied(places, source) for places in raised)),
    }


def _polarity(text: str, start: int, end: int) -> bool:
    """Whether what stands at a place is denied, by a negation or by a verb that denies."""
    before = text[max(0, start - 40) : start]
    cut = max((mark.end() for mark in _CUTS_OFF.finditer(before)), default=0)
    return (
        negated(text, start, end)
        or SOFT_NO.search(before[cut:]) is not None
        or _GONE.match(text, end) is not None
        or _GONE.match(text[end : end + 60]) is not None
    )


@once
def _said_polarity(source: Source, place: int, start: int, end: int) -> bool | None:
    """The same in the source; what is asked takes it from the answer, None where there is no plain one."""
    unit = source.units[place]
    if unit.asks:
        return _answer(source, place)
    return _polarity(unit.text, start, end)


def without_persons(wanted: Sequence[Word], matches: Sequence[Match]) -> tuple[list[Word], list[Match]]:
    """Words that can be denied: "did not hit his brother" denies the blow, not the brother."""
    kept = [
        (word, match)
        for word, match in zip(wanted, matches, strict=True)
        if not is_person(word.surface) and not is_given_name(word.surface)
    ]
    return [word for word, _ in kept], [match for _, match in kept]


def _always_turned(wanted: Sequence[Word], source: Source, denied: Denied) -> tuple[float, float]:
    """How many words the claim affirms that the source only denies, and denies that it only affirms, up to 2 each."""
    counts = [0.0, 0.0]
    for word in wanted:
        where = source.index.get(word.term.stem, ())
        if not where or len(where) > _MOST_MENTIONS:
            continue
        meant = {polarity for place in where for polarity in _meant(word, source, place)}
        if meant == {not denied[word]}:
            counts[denied[word]] += 1
    return min(2.0, counts[0]), min(2.0, counts[1])


def _denial_count(text: str) -> int:
    return len(_DENIAL.findall(text))


def _meant(word: Word, source: Source, place: int) -> set[bool | None]:
    """How the words of a unit that match a claim's word were meant."""
    same = (
        held.term
        for held in source.words[place]
        if held.term.stem == word.term.stem or held.term.stem[:5] == word.term.stem[:5]
    )
    return {_said_polarity(source, place, term.start, term.end) for term in islice(same, _MOST_SPOTS)}


def _raised(topic: re.Pattern[str], source: Source) -> list[tuple[int, int, int]]:
    return [
        (place, *found.span())
        for place, unit in enumerate(source.units)
        if (found := topic.search(unit.text)) is not None
    ]


def _any_denied(places: Sequence[tuple[int, int, int]], source: Source) -> bool:
    return any(_said_polarity(source, place, start, end) is True for place, start, end in places)


def _stands(word: Word, match: Match, source: Source, place: int, start: int, end: int) -> bool:
    same = [
        held.term.start
        for held in source.words[place]
        if held.term.stem == word.term.stem
        or (len(word.term.stem) >= 5 and held.term.stem[:5] == word.term.stem[:5])
    ]
    return any(start <= at < end for at in same) if same else start == 0 and match.places[place] >= 0.5


@once
def _clause_denials(source: Source, place: int) -> Sequence[tuple[int, int, bool | None]]:
    unit = source.units[place]
    if unit.asks:
        return ((0, len(unit.text), _answer(source, place)),)
    edges = [0, *(cut.start() for cut in _CLAUSE.finditer(unit.text)), len(unit.text)]
    return tuple(
        (start, end, len(_DENIAL.findall(unit.text[start:end])) % 2 == 1)
        for start, end in itertools.pairwise(edges)
    )


def _answer(source: Source, place: int) -> bool | None:
    """Whether a question is answered no; None where it is open, unanswered or left in doubt."""
    unit = source.units[place]
    answer = source.units[place + 1] if place + 1 < len(source.units) else None
    if answer is None or answer.turn == unit.turn or _OPEN.match(unit.text) or _UNSURE.match(answer.text):
        return None
    if _NO.match(answer.text):
        return True
    if SOFT_NO.search(answer.text[:60]):
        return None
    if _HAN.search(answer.text):
        return len(answer.text) <= 12 and _DENIAL.search(answer.text) is not None
    return False
