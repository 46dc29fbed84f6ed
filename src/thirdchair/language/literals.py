"""Long alternations, searched fast: only those branches are tried whose literals stand in the text.

The literals that a branch cannot match without are read from its own parse tree; a branch whose literals cannot be
told is always tried. The tests hold every list of ours to the matches of the plain pattern.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Final, overload

# The parser of `re` is no public part of it, and has no types.
ops: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")

_SHORTEST: Final = 2
"""Shorter literals stand in almost every text; for Chinese, one character already tells."""

_GRAM: Final = 4
"""Literals are looked up by their first characters, up to this many."""


class Expressions(Sequence[re.Pattern[str]]):
    """Regular expressions, each compiled when it is first needed: of thousands, a text needs a few.

    Args:
        sources: as they are written.
        flags: of `re.compile`.
    """

    def __init__(self, sources: Iterable[str], flags: int) -> None:
        self.sources = tuple(sources)
        self.flags = flags
        self._compiled: dict[int, re.Pattern[str]] = {}

    def __len__(self) -> int:
        return len(self.sources)

    @overload
    def __getitem__(self, place: int) -> re.Pattern[str]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[re.Pattern[str]]: ...
    def __getitem__(self, place: int | slice) -> re.Pattern[str] | Sequence[re.Pattern[str]]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if place not in self._compiled:
            self._compiled[place] = re.compile(self.sources[place], self.flags)
        return self._compiled[place]


class Alternatives:
    """An alternation whose branches are compiled apart.

    Args:
        branches: the branches in order of precedence, as regular expressions.
        flags: of `re.compile`.
    """

    def __init__(self, branches: Iterable[str], flags: int) -> None:
        self.patterns = Expressions(branches, flags)

    @cached_property
    def _sieve(self) -> Sieve:
        return Sieve.of(self.patterns)

    def find(self, text: str, folded: Folded) -> list[re.Match[str]]:
        """Matches in reading order without overlaps; of two at one place, the earlier branch's.

        Args:
            text: what is searched.
            folded: the same, case-folded.
        """
        return self.among(self._sieve.possible(folded), text)

    def among(self, places: Sequence[int], text: str) -> list[re.Match[str]]:
        """The same, of these branches alone."""
        matches = [
            (match.start(), place, match) for place in places for match in self.patterns[place].finditer(text)
        ]
        matches.sort(key=lambda found: found[:2])
        kept: list[re.Match[str]] = []
        end = -1
        for start, _, match in matches:
            if start >= end:
                kept.append(match)
                end = match.end()
        return kept


class Sieve:
    """Many patterns, and which of them a text can match at all.

    Args:
        needs: for each pattern, in order, what `needs_of` says of it.
    """

    def __init__(self, needs: Sequence[tuple[frozenset[str], ...]]) -> None:
        self._always = frozenset(place for place, sets in enumerate(needs) if not sets)
        self._besides = [sets[1:] for sets in needs]
        self._by_gram: dict[str, list[tuple[str, int]]] = {}
        for place, sets in enumerate(needs):
            for literal in sets[0] if sets else ():
                self._by_gram.setdefault(literal[:_GRAM], []).append((literal, place))

    @classmethod
    def of(cls, *patterns: Sequence[re.Pattern[str]]) -> Sieve:
        """The sieve of these patterns, one sequence after another."""
        return cls([needs for some in patterns for needs in _all_needs(some)])

    def possible(self, folded: Folded) -> list[int]:
        """The places, in order, of the patterns of which every needed set has a literal in the text."""
        text = folded.text
        places = set(self._always)
        for gram in folded.grams & self._by_gram.keys():
            for literal, place in self._by_gram[gram]:
                if literal in text and place not in places and _holds(text, self._besides[place]):
                    places.add(place)
        return sorted(places)


def _holds(text: str, sets: Sequence[frozenset[str]]) -> bool:
    """Whether a literal of every set stands in the text."""
    for needed in sets:  # loops, since this runs thousands of times for a message
        for literal in needed:
            if literal in text:
                break
        else:
            return False
    return True


class Lists:
    """Many alternations, searched with one look at what stands in a text.

    Args:
        lists: each is searched by itself.
    """

    def __init__(self, lists: Sequence[Alternatives]) -> None:
        self.lists = tuple(lists)
        self._sieve = Sieve.of(*(one.patterns for one in lists))
        self._owners = [
            (number, place) for number, one in enumerate(lists) for place in range(len(one.patterns))
        ]

    def find(self, text: str, folded: Folded) -> list[tuple[int, list[re.Match[str]]]]:
        """The lists that are matched, in order: the number of each and its matches, as `Alternatives.find` gives them."""
        places: dict[int, list[int]] = {}
        for branch in self._sieve.possible(folded):
            number, place = self._owners[branch]
            places.setdefault(number, []).append(place)
        found = ((number, self.lists[number].among(branches, text)) for number, branches in places.items())
        return [(number, matches) for number, matches in found if matches]


class AnyOf:
    """Many expressions of which one is enough.

    Args:
        patterns: as regular expressions.
        flags: of `re.compile`.
    """

    def __init__(self, patterns: Iterable[str], flags: int = 0) -> None:
        self.patterns = Expressions(patterns, flags)
        self._sieve = Sieve.of(self.patterns)

    def any(self, text: str) -> bool:
        """Whether one of them stands in the text."""
        return any(self.patterns[place].search(text) for place in self._sieve.possible(Folded(text)))


class Folded:
    """A text case-folded, with every run of up to four characters in it."""

    def __init__(self, text: str) -> None:
        # To `re`, a dotless i is an i where capitals do not count; to `casefold` it is not.
        self.text = text.casefold().replace("ı", "i")

    @cached_property
    def grams(self) -> set[str]:
        """Every run of one to four characters."""
        text = self.text
        return {
            text[start : start + length]
            for length in range(1, _GRAM + 1)
            for start in range(len(text) - length + 1)
        }


def branches_of(pattern: str) -> list[str]:
    """A verbose regular expression cut at its outermost bars.

    >>> branches_of("a(b|c) | [|] | d\\\\|e")
    ['a(b|c) ', ' [|] ', ' d\\\\|e']
    """
    cuts = [-1]
    depth = 0
    in_class = escaped = False
    for place, sign in enumerate(pattern):
        if escaped or sign == "\\":
            escaped = not escaped
        elif in_class:
            in_class = sign != "]"
        elif sign == "[":
            in_class = True
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and depth == 0:
            cuts.append(place)
    return [pattern[start + 1 : end] for start, end in zip(cuts, [*cuts[1:], len(pattern)], strict=True)]


def needs_of(pattern: re.Pattern[str]) -> tuple[frozenset[str], ...]:
    """Sets of case-folded literals, the most telling first: a match holds at least one literal of every set.

    >>> [sorted(literals) for literals in needs_of(re.compile(r"\\b(?:kill|harm)(?:ed|ing)?\\s+my\\w*"))]
    [['harm', 'kill'], ['my']]
    >>> needs_of(re.compile(r"\\w+"))
    ()
    """
    return _needs(pattern.pattern, pattern.flags)


def _all_needs(patterns: Sequence[re.Pattern[str]]) -> Iterator[tuple[frozenset[str], ...]]:
    """The same for many; those of `Expressions` are not compiled for it."""
    if isinstance(patterns, Expressions):
        return (_needs(source, patterns.flags) for source in patterns.sources)
    return map(needs_of, patterns)


def _needs(source: str, flags: int) -> tuple[frozenset[str], ...]:
    found = _needed(parser.parse(source, flags))
    return tuple(
        sorted(found, key=lambda literals: (-min(map(len, literals)), len(literals), sorted(literals)))
    )


def _needed(items: Iterable[tuple[Any, Any]], run: str = "") -> list[frozenset[str]]:
    """Args: run: the letters that stand directly before, which every match holds too."""
    found: list[frozenset[str]] = []
    for op, value in _flat(items):
        if op is ops.LITERAL:
            run += chr(value)
            continue
        found += _run(run)
        if op is ops.BRANCH:
            found += _any_of([_needed(branch, run) for branch in value[1]])
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT) and value[0] > 0:
            found += _needed(value[2])
        run = ""
    return found + _run(run)


def _flat(items: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    """The items with groups opened."""
    for op, value in items:
        if op is ops.SUBPATTERN or op is ops.ATOMIC_GROUP:
            yield from _flat(value[-1] if op is ops.SUBPATTERN else value)
        else:
            yield op, value


def _any_of(branches: Sequence[list[frozenset[str]]]) -> list[frozenset[str]]:
    """One literal of any branch: with a branch that needs none, nothing is needed."""
    if not all(branches):
        return []
    best = (max(sets, key=lambda literals: (min(map(len, literals)), -len(literals))) for sets in branches)
    return [frozenset().union(*best)]


def _run(run: str) -> list[frozenset[str]]:
    folded = run.casefold()
    return [frozenset({folded})] if len(folded) >= _SHORTEST or (folded and not folded.isascii()) else []
