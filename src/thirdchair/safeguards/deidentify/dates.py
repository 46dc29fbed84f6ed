"""Calendar dates, written and spoken, English and Chinese.

Weekdays, times of day, durations, years on their own and festivals survive: Safe Harbor allows a year, and a
summary without "two weeks" or "in the mornings" is useless. A month that is meant as a date does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from thirdchair.language.literals import Folded, Sieve
from thirdchair.safeguards.deidentify.identifiers import Identifier, IdentifierClass

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)(?!\w)"
_ANY_CASE_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)(?!\w)"
_ORDINAL = r"(?:(?:twenty|thirty)[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)\b"
_DAY = rf"(?:(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b|{_ORDINAL})"
_SPOKEN_YEAR = r"(?:nineteen|twenty)[ -](?:oh[ -])?(?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine)"
_YEAR = rf"(?:(?:1[89]|20)\d{{2}}\b|'\d{{2}}\b|two thousand(?: and)?(?: \w{{3,9}})?\b|{_SPOKEN_YEAR}\b)"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_ZH = r"[零〇一二两三四五六七八九十\d]"

PATTERNS: Final = (
    re.compile(
        rf"(?<![\w.]){_ANY_CASE_MONTH}[ ]?(?:the )?{_DAY}(?:(?:,[ ]?|[ ]|,? of ){_YEAR})?", re.IGNORECASE
    ),
    re.compile(
        rf"(?<![\w./])(?:the )?{_DAY}[ -]?(?:day )?(?:of )?{_ANY_CASE_MONTH}(?:,?[ -]?(?:of )?{_YEAR})?",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<![\w.]){_ANY_CASE_MONTH}(?:,? | of |[-/])(?:of )?{_YEAR}", re.IGNORECASE),
    re.compile(
        rf"\b(?i:in|since|until|till|by|during|last|this|next|early|late|mid|of|for|from|around|every|before|after|and|to|on)[- ](?P<it>{_MONTH})(?![ ](?:I|you|he|she|they|we|it)\b)"
    ),
    re.compile(
        r"\b(?i:in|since|until|last|next|early|late|mid)[- ](?P<it>(?:january|february|april|june|july|august|september|october|november|december)\b)"
    ),
    re.compile(
        r"(?<![\d/.-])(?:0?[1-9]|[12]\d|3[01])(?P<separator>[/.-])(?:0?[1-9]|[12]\d|3[01])(?P=separator)(?:\d{4}|\d{2})(?![\d/]|[.-]\d)"
    ),
    re.compile(
        r"(?<![\d/.-])(?:1[89]|20)\d{2}(?P<separator>[/.-])(?:0?[1-9]|1[0-2])(?:(?P=separator)(?:0?[1-9]|[12]\d|3[01]))?(?![\d/]|[.-]\d)(?:T\d{2}:\d{2}(?::\d{2})?Z?)?"
    ),
    re.compile(r"(?<![\d/.-])(?:0?[1-9]|1[0-2])/(?:1[89]|20)\d{2}(?![\d/])"),
    re.compile(
        r"\b(?i:on|since|until|till|by|dated?|born|dob:?|from|of|for|before|after)[ ](?:the )?(?P<it>(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01]))(?![\d/])"
    ),
    re.compile(
        rf"\b(?i:on|until|till|by|since|before|after|from) the (?P<it>(?:(?:[12]\d|3[01]|[1-9])(?:st|nd|rd|th)|(?:(?:twenty|thirty)[- ])?(?:fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|{'|'.join(('four', 'fif', 'six', 'seven', 'eigh', 'nine'))}teenth|twentieth|thirtieth))\b)(?! (?:floor|grade|session|time|day|week|visit|dose|step|attempt|month|year|child|one|anniversary))"
    ),
    re.compile(
        rf"(?:农历|阴历|公历)?(?:(?:{_ZH}{{4}}|{_ZH}{{2}})[ ]?年[ ]?)?(?<!{_ZH}){_ZH}{{1,2}}[ ]?月[ ]?(?:份|底|初|中旬|上旬|下旬|{_ZH}{{1,3}}[ ]?[日号])"
    ),
    re.compile(
        rf"(?<!{_ZH})(?:{_ZH}{{4}}|{_ZH}{{2}})[ ]?年[ ]?{_ZH}{{1,2}}[ ]?月(?:[ ]?{_ZH}{{1,3}}[ ]?[日号])?"
    ),
    re.compile(rf"(?:农历|阴历)(?P<it>(?:正|腊|冬|闰)?{_ZH}{{0,2}}月(?:初|廿)?{_ZH}{{1,3}})(?![个天])"),
    re.compile(rf"(?P<it>(?:上|下|这)个?月{_ZH}{{1,3}}[日号])"),
    re.compile(rf"(?:生日|生于|出生于|上个?月|这个?月|本月|下个?月)[是在]?(?P<it>{_ZH}{{1,3}}[日号])"),
)


_SIEVE: Final = Sieve.of(PATTERNS)


def dates(text: str, folded: Folded) -> Iterator[Identifier]:
    """The calendar dates in a text.

    Args:
        folded: the same text, case-folded.
    """
    for place in _SIEVE.possible(folded):
        pattern = PATTERNS[place]
        group = "it" if "it" in pattern.groupindex else 0
        for match in pattern.finditer(text):
            yield Identifier(IdentifierClass.DATE, *match.span(group))
