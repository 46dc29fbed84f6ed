"""Whether who does something in a claim is who does it in the clause of the source that tells of it.

The doer of a clause is the person named before its first matching word; "I" is its speaker. What it does not catch:
pronouns of the claim, and the passive ("was told by her sister").
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final

from thirdchair.safeguards.entailment_lexicon import CLINICIANS, COVERED_BY, PERSONS
from thirdchair.safeguards.entailment_persons import is_given_name, named, subject_of
from thirdchair.safeguards.entailment_source import Match, Source, Unit, Word

_CLAUSE: Final = re.compile(
    r"[,;:.!?，；：。！？]|\b(?:and|but|because|although|when|while|who|which|so)\b|但是?|可是|因为"
)
_FIRST: Final = re.compile(
    r"\b(?:i|i'm|i've|i'd|i'll|we|we're|we've|we'd|me)\b|我(?![妈爸姐妹哥弟])", re.IGNORECASE
)
_THIRD: Final = re.compile(r"\b(?:he|she|they|it)(?:'s|'d|'ll)?\b|[他她](?![妈爸姐妹哥弟])", re.IGNORECASE)
_THIRD_OPENS: Final = re.compile(r"\W{0,3}(?:he|she|they)\b|\W{0,3}[他她]", re.IGNORECASE)
_TITLED: Final = re.compile(r"^(?:(?:Mr|Mrs|Ms|Miss)\.?\s+[A-Z]\w+|[A-Z][a-z]{2,15})\b(?!'s)")
_HAN_NAMED: Final = re.compile(
    r"^[㐀-鿿]{1,3}(?:先生|女士|阿姨|大爷|师傅|老师|姐|太太)(?!的)|^[小老阿][㐀-鿿](?!的)"
)
LEAST: Final = 0.5
"""Share of the claim's words that a clause must hold to tell of the same."""


def doer_differs(
    claim: str, wanted: Sequence[Word], matches: Sequence[Match], source: Source, near: Sequence[int]
) -> float:
    """1 where the best clause is plainly another's doing, 0.5 where it is likely, 0 where nobody can tell."""
    opening = _TITLED.match(claim) or _HAN_NAMED.match(claim)
    subject = subject_of(claim) or (_named_subject(opening[0], source) if opening else "")
    if not subject:
        return 0.0
    since = opening.end() if opening else 0
    held = [
        (word, match)
        for word, match in zip(wanted, matches, strict=True)
        if word.term.start >= since and not named(word.surface) and not is_given_name(word.surface)
    ]
    fits = [
        (_fit(held, source, place, start, end), place, start, end)
        for place in near
        for start, end in _clauses(source.units[place].text)
    ]
    best = max((fit for fit, *_ in fits), default=0.0)
    if best < LEAST:
        return 0.0
    return best * min(
        _other(subject, source, place, start, end) for fit, place, start, end in fits if fit >= best - 0.05
    )


def _named_subject(opening: str, source: Source) -> str:
    """Whom a claim's opening name means: "patient" for one who speaks or whom a note is about, else a name."""
    name = opening.split()[-1]
    labels = {unit.speaker for unit in source.units if unit.speaker and not unit.by_clinician}
    if any(name in label for label in labels) or (not labels and name in source.text[:200]):
        return "patient"
    return name if labels and is_given_name(name) and name in source.text else ""


def _clauses(text: str) -> list[tuple[int, int]]:
    edges = [0, *(cut.end() for cut in _CLAUSE.finditer(text)), len(text)]
    return [(start, end) for start, end in itertools.pairwise(edges) if end - start > 1]


def _places(word: Word, match: Match, source: Source, place: int) -> list[int]:
    stem = word.term.stem
    return [
        held.term.start
        for held in source.words[place]
        if held.term.stem == stem or (len(stem) >= 4 and held.term.stem[:4] == stem[:4])
    ] or match.spots.get(place, [])


def _fit(held: Sequence[tuple[Word, Match]], source: Source, place: int, start: int, end: int) -> float:
    total = got = 0.0
    for word, match in held:
        weight = source.rarity(word.term.stem)
        total += weight
        value = match.places.get(place, 0.0)
        if value >= 0.5 and any(start <= at < end for at in _places(word, match, source, place)):
            got += weight * value
    return got / total if total else 0.0


def _other(subject: str, source: Source, place: int, start: int, end: int) -> float:
    """How plainly the clause is the doing of somebody else than the subject, 0 to 1."""
    unit = source.units[place]
    clause = unit.text[start:end]
    people = _opening(clause)
    if subject == "patient":
        if people and not _FIRST.search(clause[: people[0]]):
            return 1.0
        others = {one.speaker for one in source.units if one.speaker and not one.by_clinician}
        spoken = unit.speaker in others and len(others) == 1
        return float(spoken and _THIRD_OPENS.match(clause) is not None)
    wider = {subject} | COVERED_BY.get(subject, frozenset())
    if _speaks(unit, subject) or _tells_of(wider, clause):
        return float(bool(people) and people[1] not in wider and not _speaks(unit, subject))
    if people:
        return 1.0
    if _FIRST.search(clause):
        return 1.0
    if _THIRD.search(clause):
        return _by_pronoun(wider, source, place)
    return 0.0 if _tells_of(wider, unit.text) else 0.6


def _by_pronoun(wider: set[str], source: Source, place: int) -> float:
    """How plainly a pronoun means somebody else: of a note, it mostly means the patient."""
    unit = source.units[place]
    before = source.units[place - 1].text if place else ""
    if _tells_of(wider, unit.text) or _tells_of(wider, before[:30]):
        return 0.0
    return 0.6 if _tells_of(wider, before) else 1.0


def _tells_of(people: set[str], text: str) -> bool:
    return any(PERSONS[name].search(text) if name in PERSONS else name in text for name in people)


def _opening(clause: str) -> tuple[int, str] | None:
    """The person a clause opens with: where, and which of `PERSONS`."""
    found = min(
        ((hit.start(), name) for name, pattern in PERSONS.items() if (hit := pattern.search(clause[:24]))),
        default=None,
    )
    if found is None or found[0] > 12:
        return None
    return None if _FIRST.search(clause[: found[0]]) or _THIRD.search(clause[: found[0]]) else found


def _speaks(unit: Unit, subject: str) -> bool:
    if subject == "clinician" or subject in CLINICIANS:
        return unit.by_clinician
    return subject in named(unit.speaker) or (bool(subject) and subject in unit.speaker)
