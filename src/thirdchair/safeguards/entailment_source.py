"""A source text read once: its sentences, who says each, its words with their places, and where to look for a claim.

Reading is one pass; the search for a claim costs one look at each place where one of its words stands, so both grow
with the text and no faster. Negation is read only where a claim is compared.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from thirdchair.language.plain_text import plain
from thirdchair.language.sentences import split_sentences
from thirdchair.safeguards.content_words import Term, terms
from thirdchair.safeguards.entailment_concepts import CONCEPTS
from thirdchair.safeguards.entailment_lexicon import ALIKE, HAN_ALIKE
from thirdchair.safeguards.entailment_vectors import Vectors, likenesses, vectors_of

P = ParamSpec("P")
T = TypeVar("T")

_TURN: Final = re.compile(
    r"(?:^|\n)[ \t]{0,8}(?:\[(?P<bracket>[^\]\n]{1,40})\]|(?P<label>[^\W\d_][^:：\n\[\].,!?，。！？]{0,29})[:：])[ \t]{0,4}"
)
_CLINICAL_LABEL: Final = re.compile(
    r"therapist|counsel|doctor|\bdr\b|nurse|clinician|psych|coach|visitor|worker|interviewer|keyworker|physician|provider|医生|护士|咨询师|治疗师|社工|医师",
    re.IGNORECASE,
)
_HAN: Final = re.compile(r"[㐀-鿿]")
_QUESTION: Final = re.compile(r"[?？]|吗[。]?$|呢[。]?$")
LONGEST_SENTENCE: Final = 600
"""Characters after which a sentence without an end is cut, so that no piece is long."""

SURE: Final = 1.0
NEAR: Final = 0.8
"""How much a word of like meaning counts, against the word itself."""

BORNE_OUT: Final = 0.7
"""How much a word of a clinical term counts where the plain words for it stand."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of the source.

    Args:
        text: the sentence, typographic variants made plain.
        speaker: label of who says it, "" where the source names nobody.
        turn: number of the turn it stands in; 0 throughout a text without turns.
        asks: it is a question.
    """

    text: str
    speaker: str
    turn: int
    asks: bool

    @property
    def by_clinician(self) -> bool:
        """Whether its speaker's label names a clinician."""
        return _CLINICAL_LABEL.search(self.speaker) is not None


@dataclass(frozen=True, slots=True)
class Word:
    """A content word of a claim or a source: its term, its surface and its place."""

    term: Term
    surface: str


@dataclass(frozen=True)
class Source:
    """A source text, ready to be compared with claims."""

    units: tuple[Unit, ...]
    words: tuple[tuple[Word, ...], ...]
    index: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    starts: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    surfaces: dict[str, str] = field(default_factory=dict[str, str])
    concepts: dict[int, list[tuple[int, int]]] = field(default_factory=dict[int, list[tuple[int, int]]])
    found: dict[tuple[Any, ...], Any] = field(default_factory=dict[tuple[Any, ...], Any], repr=False)
    """What `once` keeps."""

    def concept(self, number: int) -> list[tuple[int, int]]:
        """Units that say a concept of the table, each with where in it; sought once."""
        if number not in self.concepts:
            pattern = CONCEPTS[number].said
            self.concepts[number] = [
                (place, found.start())
                for place, unit in enumerate(self.units)
                if (found := pattern.search(unit.text)) is not None
            ]
        return self.concepts[number]

    @cached_property
    def text(self) -> str:
        """All its sentences, with the names of those who speak."""
        return self.passage(range(len(self.units)))

    def passage(self, places: Iterable[int]) -> str:
        """The sentences at these places, with the names of those who speak."""
        units = [self.units[place] for place in places]
        return "\n".join(f"{unit.speaker}: {unit.text}" if unit.speaker else unit.text for unit in units)

    @cached_property
    def stems(self) -> list[str]:
        """The stems of its words, each once."""
        return list(self.surfaces)

    @cached_property
    def groups(self) -> dict[int, list[str]]:
        """The stems of each group of like meaning."""
        held: defaultdict[int, list[str]] = defaultdict(list)
        for stem, surface in self.surfaces.items():
            for group in ALIKE.get(surface, ()) or ALIKE.get(stem, ()):
                held[group].append(stem)
        return held

    @cached_property
    def vectors(self) -> Vectors:
        """The vectors of its words, in the order of `stems`."""
        return vectors_of(list(self.surfaces.values()))

    @cached_property
    def _rarities(self) -> list[float]:
        size = len(self.units)
        return [0.5 + math.log1p(size / (1 + held)) / math.log1p(1 + size) for held in range(size + 1)]

    def rarity(self, stem: str) -> float:
        """How rare a word is here, 0.5 (everywhere) to about 1.5 (nowhere)."""
        return self._rarities[len(self.index.get(stem, ()))]


_UNSOUGHT: Final[Any] = object()
MOST_KEPT: Final = 4_000
"""Findings of one source that are kept at most; then all are forgotten."""


def once(work: Callable[Concatenate[Source, P], T]) -> Callable[Concatenate[Source, P], T]:
    """What `work` finds at a place of a source, found once: many claims are held against one source.

    Nothing of a claim is kept: `work` takes the source and places in it alone.
    """

    @wraps(work)
    def kept(source: Source, *places: P.args, **nothing: P.kwargs) -> T:
        key = (work, *places)
        # Threads share a source: what one finds, another may clear away at any moment.
        found = source.found.get(key, _UNSOUGHT)
        if found is _UNSOUGHT:
            found = work(source, *places, **nothing)
            if len(source.found) >= MOST_KEPT:
                source.found.clear()
            source.found[key] = found
        return found

    return kept


def settled(text: str) -> str:
    """The text, typographic variants made plain, with set phrases that only look like denials put otherwise.

    >>> settled("Life wasn't worth living.")
    'Life was worthless.'
    """
    text = _WORTH.sub(lambda found: f"{found[1]} worthless", plain(text))
    return text.replace("没意思", "乏味")


_WORTH: Final = re.compile(r"\b(is|was)(?:\s+not|n't)\s+worth\s+living\b", re.IGNORECASE)


def read_source(text: str) -> Source:
    """The source as sentences with speakers and an index of its words.

    >>> source = read_source("Nurse: Any pain?\\nAnn: No. I sleep well.")
    >>> [(unit.speaker, unit.text) for unit in source.units]
    [('Nurse', 'Any pain?'), ('Ann', 'No.'), ('Ann', 'I sleep well.')]
    """
    units = tuple(_units(settled(text)))
    words = tuple(tuple(content_words(unit.text)) for unit in units)
    index: defaultdict[str, list[int]] = defaultdict(list)
    surfaces: dict[str, str] = {}
    for place, held in enumerate(words):
        for word in held:
            where = index[word.term.stem]
            if not where or where[-1] != place:
                where.append(place)
            surfaces.setdefault(word.term.stem, word.surface)
    starts: defaultdict[str, list[str]] = defaultdict(list)
    for stem in index:
        if len(stem) >= 5:
            starts[stem[:5]].append(stem)
    return Source(units, words, dict(index), dict(starts), surfaces)


def content_words(text: str) -> Iterator[Word]:
    """The content words of a text: English words, and pairs of Chinese characters."""
    for term in terms(text):
        yield Word(term, text[term.start : term.end].casefold())


def _units(text: str) -> Iterator[Unit]:
    turns = list(_TURN.finditer(text))
    if len(turns) < 2:
        yield from _sentences(text, "", 0)
        return
    yield from _sentences(text[: turns[0].start()], "", 0)
    ends = [turn.start() for turn in turns[1:]] + [len(text)]
    for number, (turn, end) in enumerate(zip(turns, ends, strict=True), start=1):
        yield from _sentences(text[turn.end() : end], (turn["bracket"] or turn["label"]).strip(), number)


def _sentences(text: str, speaker: str, turn: int) -> Iterator[Unit]:
    for span in split_sentences(text):
        for start in range(0, len(span.text), LONGEST_SENTENCE):
            piece = span.text[start : start + LONGEST_SENTENCE].strip()
            if piece:
                yield Unit(piece, speaker, turn, _QUESTION.search(piece[-3:]) is not None)


@dataclass(frozen=True, slots=True)
class Match:
    """Where one word of a claim stands in the source.

    Args:
        likeness: of the best match anywhere, 0 to 1.
        places: numbers of units, with the likeness there.
        spots: where in a unit stand the plain words that bear out a clinical term.
    """

    likeness: float
    places: dict[int, float]
    spots: dict[int, list[int]] = field(default_factory=dict[int, list[int]])


def match_words(wanted: Sequence[Word], source: Source) -> list[Match]:
    """For each word, the units that hold it, or a word like it."""
    near = likenesses([word.surface for word in wanted], source.vectors)
    stems = source.stems
    return [
        _match(word, source, source.groups, {stems[place]: value for place, value in close.items()})
        for word, close in zip(wanted, near, strict=True)
    ]


def with_concepts(
    noted: Sequence[tuple[int, int, int]], wanted: Sequence[Word], matches: Sequence[Match], source: Source
) -> tuple[list[Match], list[bool]]:
    """The matches, with words of a clinical term borne out by plain ones; and which words stand in such a term.

    Args:
        noted: the clinical terms of the claim.
    """
    raised = [Match(match.likeness, dict(match.places)) for match in matches]
    inside = [False] * len(wanted)
    for number, start, end in noted:
        held = source.concept(number)
        for place, word in enumerate(wanted):
            if not (start < word.term.end and word.term.start < end) or word.term.exacting:
                continue
            inside[place] = True
            if not held:
                continue
            match = raised[place]
            for unit, at in held:
                match.places[unit] = max(match.places.get(unit, 0.0), BORNE_OUT)
                match.spots.setdefault(unit, []).append(at)
            raised[place] = Match(max(match.likeness, BORNE_OUT), match.places, match.spots)
    return raised, inside


def _match(word: Word, source: Source, groups: dict[int, list[str]], near: dict[str, float]) -> Match:
    alike: dict[str, float] = dict(near)
    stem = word.term.stem
    if not word.term.exacting:
        for group in ALIKE.get(word.surface, ()) or ALIKE.get(stem, ()):
            for other in groups.get(group, ()):
                alike[other] = max(alike.get(other, 0.0), NEAR)
        if len(stem) >= 5 and not _HAN.search(stem):
            for other in source.starts.get(stem[:5], ()):
                if abs(len(other) - len(stem)) <= 5:
                    alike[other] = max(alike.get(other, 0.0), 0.9)
    else:
        alike = {}
    if stem in source.index:
        alike[stem] = SURE
    places: dict[int, float] = {}
    for other, value in alike.items():
        for place in source.index.get(other, ()):
            places[place] = max(places.get(place, 0.0), value)
    return Match(max(alike.values(), default=0.0), places)


def evidence(wanted: Sequence[Word], matches: Sequence[Match], source: Source, *, most: int = 3) -> list[int]:
    """The units most like the claim, best first: at most `most`, each the centre of a window of three."""
    scores: defaultdict[int, float] = defaultdict(float)
    for word, match in zip(wanted, matches, strict=True):
        weight = source.rarity(word.term.stem)
        beside: dict[int, float] = {}
        for place, likeness in match.places.items():
            for other, share in ((place, 1.0), (place - 1, 0.45), (place + 1, 0.45)):
                if 0 <= other < len(source.units):
                    beside[other] = max(beside.get(other, 0.0), likeness * share)
        for place, value in beside.items():
            scores[place] += weight * value
    ranked = sorted(scores, key=lambda place: (-scores[place], place))
    return [place for place in ranked[:most] if scores[place] >= 0.5 * scores[ranked[0]]]


def window(source: Source, place: int) -> list[int]:
    """The unit with what it answers and what answers it: its neighbours."""
    return [other for other in (place - 1, place, place + 1) if 0 <= other < len(source.units)]


def han_groups(text: str) -> frozenset[int]:
    """The groups of like meaning that a Chinese text speaks of."""
    if not _HAN.search(text):
        return frozenset()
    return frozenset(number for number, words in enumerate(HAN_ALIKE) if any(word in text for word in words))
