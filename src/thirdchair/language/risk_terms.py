"""The words for danger, and whose they are: one lexicon for risk findings and for the crisis screen.

A `Mention` is a stretch of text that names a danger. Idioms that only sound dangerous ("dying to see it",
"笑死我了") are found first and hide what they cover. Who is meant is read from the words themselves ("myself",
"himself") or from the nearest subject before them. The lists are ours; the ladder of suicide rungs follows the
order of the Columbia scale (Posner 2011, Am J Psychiatry 168:1266-1277), none of its wording.

Every pattern has bounded repeats only, so a text of any size is read in time proportional to its length.
What it does not catch: new slang, misspellings beyond a missing apostrophe, text hidden on purpose, metaphor,
languages other than English and Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from thirdchair.language.literals import Alternatives, Expressions, Folded, Lists, Sieve, branches_of
from thirdchair.language.plain_text import plain
from thirdchair.language.risk_terms_asked import ASKED_EN, ASKED_ZH
from thirdchair.language.risk_terms_en import IDIOMS_EN, SUBJECTS_EN, TERMS_EN
from thirdchair.language.risk_terms_en_regional import REGIONAL_EN
from thirdchair.language.risk_terms_en_self import SELF_EN
from thirdchair.language.risk_terms_en_substances import SUBSTANCES_EN
from thirdchair.language.risk_terms_en_violence import VIOLENCE_EN
from thirdchair.language.risk_terms_zh import IDIOMS_ZH, SUBJECTS_ZH, TERMS_ZH
from thirdchair.language.risk_terms_zh_daily import DAILY_ZH
from thirdchair.language.risk_terms_zh_spoken import SPOKEN_ZH


class Danger(StrEnum):
    """A danger the lexicon knows. The first five are the risk topics of a summary."""

    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    HARM_TO_OTHERS = "harm_to_others"
    SUBSTANCE_USE = "substance_use"
    ABUSE = "abuse"
    EATING_DISORDER = "eating_disorder"
    PSYCHOSIS_MANIA = "psychosis_mania"


class Person(StrEnum):
    """Whom the words are about: who speaks, who is spoken to, someone else, or not said."""

    SELF = "self"
    ADDRESSED = "addressed"
    OTHER = "other"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch that names a danger.

    Args:
        rung: for suicide 0 (only the topic) to 6 (behaviour); for the rest 1, or 0 where the words name the
            topic but affirm nothing alone ("drugs", "safe at home").
        person: whom it is about.
        indirect: the words point to the danger without naming it, so a person has to ask.
    """

    start: int
    end: int
    danger: Danger
    rung: int
    person: Person
    indirect: bool


_OWN_DOING: Final = re.compile(
    r"\bi(?:'\w{1,2})?\s+(?:(?:used|to|need|have|want|like|going|tr(?:y|ied|ying)|keep|kept|always|never|just|also|then|sometimes|usually"
    r"|normally|only|had|was|am|been|will|would|can|could|should|did|didn't|don't|do|not|really|often|and|can't|even|still)\s+){0,4}$",
    re.IGNORECASE,
)
"""What the speaker does with what is theirs ("I keep checking my phone") is no abuse of them."""

_LOOK_BACK: Final = 110
_LOOK_AHEAD: Final = 40
_MOST_PLACED: Final = 1000
"""Matches of one pattern whose subject is looked up; a flood of them is the work of no patient."""

_CLAUSE_STARTS: Final = re.compile(r"[.!?。！？\n]")
_HAN: Final = re.compile(r"[㐀-鿿]")
_LATIN: Final = re.compile(r"[A-Za-z]")

_OF_ONESELF: Final = frozenset({Danger.SUICIDE, Danger.SELF_HARM})
_FIRST_PERSON: Final = re.compile(
    r"\b(?:i|me|my|myself)\b|我(?!妈|爸|奶|爷|老|儿|女|哥|姐|弟|妹|外|家)", re.IGNORECASE
)
_PERSON_GROUP: Final = re.compile(r"\(\?P<(self|addressed|other|skipped)\d*>")

_Compiled = tuple[tuple[tuple[Danger, int], ...], Lists]
"""The danger and the rung of each list, and the lists."""


def _numbered(pattern: str) -> str:
    """The pattern with its person groups numbered apart, as `re` wants every name once."""
    parts = _PERSON_GROUP.split(pattern)
    return "".join(f"(?P<{part}{place}>" if place % 2 else part for place, part in enumerate(parts))


class Idioms:
    """What only sounds dangerous.

    Args:
        pattern: an alternation; flags: of `re.compile`.
    """

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = re.compile(pattern, flags)
        self._sieve = Sieve.of(Expressions(branches_of(pattern), flags))

    def hidden(self, text: str, folded: Folded) -> str:
        """The text, of the same length, with idioms blanked."""
        if not self._sieve.possible(folded):
            return text
        return self.pattern.sub(lambda idiom: "#" * len(idiom.group()), text)


def _compile(*lists: dict[str, dict[int, str]]) -> _Compiled:
    rows = [
        ((Danger(name), rung), pattern)
        for terms in lists
        for name, rungs in terms.items()
        for rung, pattern in rungs.items()
    ]
    flags = re.IGNORECASE | re.VERBOSE
    return tuple(row for row, _ in rows), Lists(
        [Alternatives(map(_numbered, branches_of(pattern)), flags) for _, pattern in rows]
    )


_EN: Final = _compile(TERMS_EN, SELF_EN, VIOLENCE_EN, SUBSTANCES_EN, ASKED_EN, REGIONAL_EN)
_ZH: Final = _compile(TERMS_ZH, SPOKEN_ZH, ASKED_ZH, DAILY_ZH)
_IDIOMS_EN: Final = Idioms(IDIOMS_EN, re.IGNORECASE | re.VERBOSE)
_IDIOMS_ZH: Final = Idioms(IDIOMS_ZH, re.VERBOSE)
_SUBJECTS: Final = re.compile(_numbered(f"{SUBJECTS_EN}|{SUBJECTS_ZH}"), re.IGNORECASE | re.VERBOSE)
_OWNER_AFTER: Final = re.compile(r"^\s*(?:of|by)\s+(?=my|a|an|his|her|their|our|someone)", re.IGNORECASE)

INDIRECT: Final = 10
"""Added to a rung in the lists where the words only point to the danger."""


def find_mentions(
    text: str, dangers: Collection[Danger] = frozenset(Danger), *, folded: Folded | None = None
) -> tuple[Mention, ...]:
    """Every mention of these dangers, in reading order; of overlapping mentions of one danger, the higher rung.

    Args:
        folded: the text made plain and folded, where that was done before.

    >>> [(m.danger.value, m.person.value) for m in find_mentions("My brother killed himself")]
    [('suicide', 'other')]
    >>> find_mentions("I was dying to see it, 笑死我了")
    ()
    """
    said = plain(text)
    folded = folded or Folded(said)
    found: list[Mention] = []
    if _LATIN.search(said):
        found += _search(said, folded, _EN, _IDIOMS_EN, dangers)
    if _HAN.search(said):
        found += _search(said, folded, _ZH, _IDIOMS_ZH, dangers)
    return _without_overlaps(found)


def subject_before(text: str, start: int) -> Person:
    """The nearest subject before a place in the same sentence."""
    before = plain(text[max(0, start - _LOOK_BACK) : start])
    breaks = [found.end() for found in _CLAUSE_STARTS.finditer(before)]
    return _nearest(before[breaks[-1] if breaks else 0 :])


def _search(
    said: str, folded: Folded, terms: _Compiled, idioms: Idioms, dangers: Collection[Danger]
) -> list[Mention]:
    text = idioms.hidden(said, folded)
    named, lists = terms
    return [
        _mention(text, match, danger, rung, placed=place < _MOST_PLACED)
        for number, matches in lists.find(text, folded if text == said else Folded(text))
        for danger, rung in (named[number],)
        if danger in dangers
        for place, match in enumerate(matches)
        if not _is_own_doing(text, match, danger)
    ]


def _mention(text: str, match: re.Match[str], danger: Danger, rung: int, *, placed: bool) -> Mention:
    return Mention(
        start=match.start(),
        end=match.end(),
        danger=danger,
        rung=rung % INDIRECT,
        person=_person(text, match, danger) if placed else Person.UNSAID,
        indirect=rung >= INDIRECT,
    )


def _is_own_doing(text: str, match: re.Match[str], danger: Danger) -> bool:
    if danger is not Danger.ABUSE or not any(
        whom and name.startswith("self") for name, whom in match.groupdict().items()
    ):
        return False
    return _OWN_DOING.search(text[max(0, match.start() - _LOOK_BACK) : match.start()]) is not None


def _person(text: str, match: re.Match[str], danger: Danger) -> Person:
    for name, whom in match.groupdict().items():
        if whom is not None:
            return Person(name.rstrip("0123456789"))
    if danger in _OF_ONESELF and _FIRST_PERSON.search(match.group()):
        return Person.SELF
    after = text[match.end() : match.end() + _LOOK_AHEAD]
    if owner := _OWNER_AFTER.match(after):
        return _first(after[owner.end() :])
    return subject_before(text, match.start())


def _nearest(before: str) -> Person:
    person = Person.UNSAID
    last_comma = before.rfind("，")
    for found in _SUBJECTS.finditer(before):
        named = _named(found)
        if named is Person.OTHER and 1 < found.start() < last_comma:
            continue  # Chinese drops its subject: only one that opens the sentence carries over a comma
        person = named or person
    return person


def _first(after: str) -> Person:
    found = _SUBJECTS.match(after)
    return (_named(found) if found else None) or Person.UNSAID


def _named(found: re.Match[str]) -> Person | None:
    name = (found.lastgroup or "").rstrip("0123456789")
    return Person(name) if name in ("self", "addressed", "other") else None


def _without_overlaps(found: list[Mention]) -> tuple[Mention, ...]:
    kept: list[Mention] = []
    for danger in Danger:
        last_end = -1
        group = sorted((m for m in found if m.danger is danger), key=lambda m: (m.start, -m.rung, -m.end))
        for mention in group:
            if mention.start < last_end and kept and kept[-1].danger is danger:
                previous = kept[-1]
                if (mention.rung, not mention.indirect) > (previous.rung, not previous.indirect):
                    kept[-1] = mention
                    last_end = mention.end
                continue
            kept.append(mention)
            last_end = mention.end
    return tuple(sorted(kept, key=lambda m: (m.start, m.end)))
