"""What a machine may not say of itself or do to a person, found in text that is about to go out.

A claim to be human or to have a body or a life; a protected title; a feeling; secrecy; "only I understand you"; a
promise nobody can keep; talking people out of care or company; guilt at leaving. A statement that is negated ("I am
not a therapist"), quoted or reported (`the patient said "I love you"`), or given as words for someone else to say
("you could write: I am tired") is not flagged. "I'm sorry" and "I'm glad you wrote" count as courtesy, not feeling.

What it does not catch: a tone without a claim, flattery, stories told over several sentences, claims in the second
or third person ("the doctor who answers you now"), and other languages than English and Chinese.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from thirdchair.language.attribution import quoted, supposed
from thirdchair.language.literals import Folded as InGrams
from thirdchair.language.literals import Sieve
from thirdchair.language.negation import negated
from thirdchair.safeguards.conduct.folding import Folded, fold
from thirdchair.safeguards.conduct.likeness_chinese import CHINESE
from thirdchair.safeguards.conduct.likeness_english import ENGLISH


class LikenessKind(StrEnum):
    """What an outgoing text claims or does."""

    HUMAN = "human"
    TITLE = "title"
    FEELING = "feeling"
    SECRECY = "secrecy"
    EXCLUSIVITY = "exclusivity"
    PROMISE = "promise"
    DISCOURAGEMENT = "discouragement"
    GUILT = "guilt"


@dataclass(frozen=True, slots=True)
class Flag:
    """Words that may not go out: `text[start:end]`, and why."""

    kind: LikenessKind
    start: int
    end: int


_PATTERNS: Final = tuple(
    (kind, re.compile("|".join(f"(?:{form})" for form in forms[kind])))
    for kind in LikenessKind
    for forms in (ENGLISH, CHINESE)
)
_SIEVE: Final = Sieve.of([pattern for _, pattern in _PATTERNS])
_REACH: Final = 90
# "You could say that I ...", "she told you she ...", "患者表示……": what follows is not said by whoever writes.
_ANOTHERS: Final = re.compile(
    r"\byou (?:(?:could|can|might|may|would|should|try to) (?:say|tell|write|text|ask|think)|said|told|wrote|thought|asked|mentioned)\b(?: (?!i\b)[a-z]+){0,3}[:,]? ?[\"']?(?:that )?$"
    r"|\b(?:your [a-z]{2,12}|he|she|they|people|someone|somebody|patients?|clinicians?|companions?|abusers?|friends?|partners?|(?:some|many|most) people)"
    r"(?: (?:could|can|might|may|would|often|always|once|also|then|should|used to|try|to|has|have|had|did)){0,3}"
    r" (?:say|says|said|saying|tell|tells|told|write|writes|wrote|think|thinks|thought|text|texts|ask|asked|asks|believe|believes|feels?|reported|denied|promised|stated)\b"
    r"(?: (?!i\b)[a-z]+){0,3}[:,]? ?[\"'「“]?(?:that )?$"
    r"|\b(?:sentence|words|thought|statement|phrase|beginning)s? ?(?:like|such as|is)?[:,]? ?[\"']?$"
    r"|\b(?:the|this) (?:patient|client|clinician|companion)\b[^.?!\n]{0,60}$"
    r"|(?:患者|来访者|临床人员|陪同者|他|她|他们|人们|有人|施虐者|朋友|伴侣)(?:们)?[^,。?!\n我]{0,8}(?:说|表示|认为|觉得|告诉|写|想|答应|否认|反映|提到)[^。?!\n]{0,12}$"
    r"|你(?:可以|也可以|不妨|试着|能|写到|说|告诉过我|说过)[^。?!\n我]{0,8}(?:说|写|告诉)[:,]?[\"']?$|(?:患者|临床人员|陪同者)[^。?!\n]{0,15}$"
)
_DENIES: Final = re.compile(
    r"\b(?:not|never|cannot|wrong to|pretend|don't|won't|can't|no machine should|nobody should)\b[^.?!;\n]{0,30}$"
    r"|(?:不能|无法|不会|不可以|不该|不应|没法|不要|请勿|并不|不|没有哪个|假装|谁也|不是)[^。?!;\n,]{0,8}$"
)
_RESOLVES: Final = re.compile(r"i(?:'ll|'d| will| would)\b|我会")
_QUOTE: Final = re.compile(r"\"[^\"\n]{1,300}\"")
_NEGATION_INSIDE: Final = frozenset(
    [LikenessKind.SECRECY, LikenessKind.EXCLUSIVITY, LikenessKind.DISCOURAGEMENT, LikenessKind.GUILT]
)


def human_likeness(text: str) -> tuple[Flag, ...]:
    """What in an outgoing text may not go out, in reading order; in time linear in the text.

    >>> said = "I am not a doctor. I care about you."
    >>> [(str(f.kind), said[f.start : f.end]) for f in human_likeness(said)]
    [('feeling', 'I care about you')]
    """
    folded = fold(text)
    quotes = tuple(match.span() for match in _QUOTE.finditer(folded.text))
    flags = sorted(_flags(folded, quotes), key=lambda flag: (flag.start, flag.end, flag.kind))
    return tuple(flags)


def _flags(folded: Folded, quotes: tuple[tuple[int, int], ...]) -> Iterator[Flag]:
    said = folded.text
    whole = len(said.strip())
    apart = [quote for quote in quotes if quote[1] - quote[0] < whole - 2]
    starts = [first for first, _ in apart]
    for place in _SIEVE.possible(InGrams(said)):
        kind, pattern = _PATTERNS[place]
        for match in pattern.finditer(said):
            start, end = match.span()
            quote = bisect_right(starts, start) - 1
            if quote >= 0 and start < apart[quote][1]:
                continue
            if _another_says_it(said, start) or _denied(said, start, end, kind):
                continue
            yield Flag(kind, *folded.written(start, end))


def _another_says_it(said: str, start: int) -> bool:
    return quoted(said, start) or _ANOTHERS.search(said[max(0, start - _REACH) : start]) is not None


def _denied(said: str, start: int, end: int, kind: LikenessKind) -> bool:
    before = said[max(0, start - _REACH) : start]
    if kind in _NEGATION_INSIDE:
        return _DENIES.search(before) is not None
    if supposed(said, start) and not _RESOLVES.match(said, start):
        return True
    return negated(said, start, start + 1) or _DENIES.search(before) is not None
