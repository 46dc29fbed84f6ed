"""Where a claim is about, or from, another person than its evidence.

A person is named by a word (`PERSONS`), by a label of the source or by a given name. What it does not catch: two
persons of one word ("my sisters"), and pronouns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from thirdchair.language.literals import Folded, Sieve
from thirdchair.safeguards.deidentify.words import given_names
from thirdchair.safeguards.entailment_lexicon import CLINICIANS, COVERED_BY, PERSONS
from thirdchair.safeguards.entailment_source import Match, Source, Unit, Word, once, window

_SUBJECT_CLINICIAN: Final = re.compile(
    r"^\W{0,3}(?:the\s+)?(?:clinician|interviewer|coach|key\s?worker|support worker|provider|staff)\b(?!'s)|^\W{0,3}(?:工作人员|社工|护士|医生|咨询师)(?!的)",
    re.IGNORECASE,
)
_BEFORE_SUBJECT: Final = re.compile(
    r"\W{0,3}(?:the\s+|her\s+|his\s+|their\s+|a\s+)?(?:(?:patient|client)'s\s+|[A-Z]\w+'s\s+|患者的?|来访者的?|小\w的?)?",
    re.IGNORECASE,
)
_NAME: Final = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+)?([A-Z][a-z]{2,15})\b(?=\s+[a-z])(?<!The)(?<!She)(?<!Her)(?<!His)(?<!They)(?<!There)(?<!This)(?<!Both)(?<!From)(?<!After)(?<!Since)"
)
_SAID_NAME: Final = re.compile(r"\b[A-Z][a-z]{2,15}\b")
_SUBJECT_PATIENT: Final = re.compile(
    r"^\W{0,3}(?:the\s+)?(?:patient|client)\b(?!'s)|^\W{0,3}(?:患者|来访者|病人)(?!的)", re.IGNORECASE
)
_ASKS: Final = re.compile(
    r"\b(?:ask\w*|enquir\w*|explor\w*|suggest\w*|propos\w*|offer\w*|recommend\w*|advis\w*|will|would|want\w*|reassur\w*|review\w*|plan\w*|explain\w*|told|agree\w*|set)\b|问|建议|提出|想|联系|了解|告知|请",
    re.IGNORECASE,
)


def person_differences(
    claim: str,
    wanted: Sequence[Word],
    matches: Sequence[Match],
    source: Source,
    near: Sequence[int],
    centres: Sequence[int],
) -> dict[str, float]:
    """Persons of the claim whom the source or the evidence does not name, and whether its subject is another."""
    people = named(claim)
    anywhere, close = _named_anywhere(source), _named_in(source, *near)
    absent = {name for name in people if not _is_named(name, anywhere)}
    apart = {name for name in people - absent if not _is_named(name, close)}
    return {
        "person_missing": min(2.0, len(absent)),
        "person_elsewhere": min(2.0, len(apart)),
        "speaker_share": _speaker_share(claim, wanted, matches, source),
        "subject_differs": _subject_differs(claim, source, centres),
        "name_differs": min((_name_differs(claim, source, [place]) for place in centres[:2]), default=0.0),
    }


@once
def _named_anywhere(source: Source) -> set[str]:
    return named(source.text)


@once
def _named_in(source: Source, *near: int) -> set[str]:
    return named(source.passage(near))


def named(text: str) -> set[str]:
    """The persons of `PERSONS` whom a text names."""
    return {_NAMES[place] for place in _SIEVE.possible(Folded(text)) if PERSONS[_NAMES[place]].search(text)}


@lru_cache(maxsize=4_000)
def is_person(word: str) -> bool:
    """Whether a word names a person of `PERSONS`; kept, since claims share most of their words."""
    return bool(named(word))


_NAMES: Final = tuple(PERSONS)
_SIEVE: Final = Sieve.of(list(PERSONS.values()))


def _is_named(name: str, others: set[str]) -> bool:
    return name in others or not COVERED_BY.get(name, frozenset()).isdisjoint(others)


def subject_of(claim: str) -> str:
    """Who a claim is about or says it: a name in PERSONS, "patient", "clinician", or ""."""
    if _SUBJECT_PATIENT.match(claim):
        return "patient"
    if _SUBJECT_CLINICIAN.match(claim):
        return "clinician"
    head = claim[:48]
    first = _BEFORE_SUBJECT.match(head)
    rest = head[first.end() :] if first else head
    best = min(
        (
            (found.start(), -found.end(), name)
            for name in map(_NAMES.__getitem__, _SIEVE.possible(Folded(rest)))
            if (found := PERSONS[name].search(rest)) and found.start() <= 1
        ),
        default=None,
    )
    return best[2] if best else ""


def _name_differs(claim: str, source: Source, centres: Sequence[int]) -> float:
    """Whether a claim opens with a name that the nearest sentence is neither by nor about.

    A name that opens half the sentences, or that the source speaks of throughout, is the patient's.
    """
    opening = _NAME.match(claim)
    labels = {unit.speaker for unit in source.units if unit.speaker}
    if opening is None or not centres:
        return 0.0
    name = opening[1]
    if not (is_given_name(name) or any(name in label for label in labels)):
        return 0.0
    own = {label for label in labels if name in label}
    around = [source.units[place] for place in window(source, centres[0])]
    if own:
        if any(one.speaker in own for one in around if not one.asks) or any(
            name in one.text for one in around
        ):
            return 0.0
        return 1.0
    held = sum(name in one.text for one in source.units)
    if not held:
        return 0.5
    if labels and name == _spoken_of(source):
        return 0.0
    if not labels and held >= 2:
        return 0.0
    return 0.0 if any(name in one.text for one in around) else 1.0 if labels else 0.3


def _spoken_of(source: Source) -> str:
    """The first given name that is said and is no speaker's: whom a relative or a teacher came to talk about."""
    labels = " ".join({unit.speaker for unit in source.units})
    for unit in source.units:
        for found in _SAID_NAME.finditer(unit.text):
            if is_given_name(found[0]) and found[0] not in labels:
                return found[0]
    return ""


def _speaker_share(claim: str, wanted: Sequence[Word], matches: Sequence[Match], source: Source) -> float:
    """How much less of the claim its own speaker said than all did, 0 to 1; 0 where it names none."""
    subject = subject_of(claim)
    if not subject or not any(unit.speaker for unit in source.units):
        return 0.0
    own = [place for place, unit in enumerate(source.units) if _speaks(unit, subject, source)]
    if not own:
        return 0.0
    held = set(own) | {place - 1 for place in own if place and source.units[place - 1].asks}
    everyone = sum(match.likeness for match in matches)
    theirs = sum(
        max((value for place, value in match.places.items() if place in held), default=0.0)
        for match in matches
    )
    return 1 - theirs / everyone if everyone else 0.0


def _speaks(unit: Unit, subject: str, source: Source) -> bool:
    if subject == "patient":
        return not unit.by_clinician
    if subject == "clinician":
        return unit.by_clinician
    if subject in CLINICIANS:
        label = named(unit.speaker)
        return bool(unit.speaker) and (_is_named(subject, label) or (unit.by_clinician and not label))
    return subject in named(unit.speaker)


def _subject_differs(claim: str, source: Source, centres: Sequence[int]) -> float:
    """Whether the nearest sentence is somebody else's: said of oneself by another, or of another person."""
    subject = subject_of(claim)
    if not subject or not centres:
        return 0.0
    unit = source.units[centres[0]]
    told = named(unit.text)
    if subject == "patient":
        return 0.0
    if (subject == "clinician" or subject in CLINICIANS) and (
        any(one.speaker for one in source.units)
        and unit.asks
        and unit.by_clinician
        and not _ASKS.search(claim)
    ):
        return 1.0  # what a clinician asks the patient is not said of the clinician
    if subject == "clinician":
        return float(bool(unit.speaker) and not unit.by_clinician)
    if _is_named(subject, told) or _speaks(unit, subject, source):
        return 0.0
    after = source.units[centres[0] + 1] if unit.asks and centres[0] + 1 < len(source.units) else None
    if after is not None and _is_named(subject, named(after.text)):
        return 0.0
    before = source.units[centres[0] - 1] if centres[0] else None
    if before is not None and _is_named(subject, named(before.text)):
        return 0.0
    return 1.0


def is_given_name(name: str) -> bool:
    """Whether a word is a given name."""
    return name.casefold() in given_names()
