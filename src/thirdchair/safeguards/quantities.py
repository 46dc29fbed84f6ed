"""Numbers in speech and notes, brought to one form: "twenty milligrams", "20 mg" and "二十毫克" are equal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from thirdchair.language.plain_text import plain

_ONES: Final = {
    word: value
    for value, words in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
    for word in (words,)
}
_TENS: Final = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES: Final = {"hundred": 100, "thousand": 1000}
_HAN_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_HAN_SCALES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10000}

_UNITS: Final = {
    "mg": r"mgs?|milligrams?|毫克",
    "mcg": r"mcg|micrograms?|微克",
    "ml": r"mls?|millilit(?:er|re)s?|毫升",
    "g": r"g|grams?|克",
    "kg": r"kgs?|kilos?|kilograms?|公斤|千克",
    "pound": r"lbs?|pounds?|斤",
    "tablet": r"tablets?|pills?|tabs?|capsules?|片|粒|颗",
    "drink": r"drinks?|beers?|glasses|glass|bottles?|杯|瓶",
    "minute": r"minutes?|mins?|分钟",
    "hour": r"hours?|hrs?|小时|个小时|钟头",
    "day": r"days?|天|日(?!期)",
    "night": r"nights?|晚上?|夜",
    "week": r"weeks?|wks?|个?星期|周|个?礼拜",
    "month": r"months?|个月",
    "year": r"years?|yrs?|岁|年",
    "time": r"times?|次|遍|回",
    "percent": r"percent|%|per cent",
    "session": r"sessions?|visits?|appointments?|次咨询",
}
_UNIT: Final = re.compile(
    r"[ \-]{0,2}(?:"
    + "|".join(f"(?P<{name}>(?:{words})(?![A-Za-z]))" for name, words in _UNITS.items())
    + ")",
    re.IGNORECASE,
)
_WORD: Final = "|".join((*sorted((*_ONES, *_TENS), key=len, reverse=True), *_SCALES))
_NUMBER: Final = re.compile(
    r"(?P<digits>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:[.:/]\d+)?)"
    rf"|(?P<words>\b(?:(?:a |one )?(?:hundred|thousand)|{_WORD})(?:(?:[ -](?:and )?)(?:{_WORD})){{0,8}}\b)"
    r"|(?P<some>\b(?:once|twice|thrice|half|couple)\b)"
    r"|(?P<article>\b(?:a|an)(?= (?:day|night|week|month|year|hour|minute|glass|drink|pill|tablet)\b))"
    r"|(?P<han>[零〇一二两三四五六七八九十百千万半]{1,9})",
    re.IGNORECASE,
)
_SOME: Final = {"once": 1.0, "twice": 2.0, "thrice": 3.0, "half": 0.5, "couple": 2.0}
_PERIODS: Final = {
    "day": r"\bdaily\b|\b(?:every|each|per|a|/) ?day\b|每[天日]|一天|[天日](?=[吃喝服]?[一二两三四五\d]次)|\bb\.?i\.?d\b|\bt\.?i\.?d\b|\bq\.?d\b",
    "night": r"\bnightly\b|\b(?:every|each|per|a|at) (?:night|bedtime)\b|每晚|睡前|晚上",
    "week": r"\bweekly\b|\b(?:every|each|per|a) week\b|每[周星]|每个?星期|一周",
    "month": r"\bmonthly\b|\b(?:every|each|per|a) month\b|每个?月",
    "morning": r"\b(?:every|each|in the) mornings?\b|早上|每天早",
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it was meant. `unit` is a canonical name ("mg", "week", "time"), "" where none was said."""

    value: str
    unit: str


def quantities(text: str) -> frozenset[Quantity]:
    """The numbers in a text with their units.

    A bare "one", "a" or 一 is as often a pronoun or an article, so it counts only before a unit.

    >>> sorted((q.value, q.unit) for q in quantities("twenty-five milligrams, twice, for 2 weeks"))
    [('2', 'time'), ('2', 'week'), ('25', 'mg')]
    >>> sorted((q.value, q.unit) for q in quantities("每天二十毫克，吃了三个月"))
    [('20', 'mg'), ('3', 'month')]
    """
    text = plain(text)
    found: set[Quantity] = set()
    for match in _NUMBER.finditer(text):
        unit = _unit_after(text, match)
        value = _value(match)
        vague = (
            match["article"] is not None or (value == "1" and match["digits"] is None) or match["han"] == "半"
        )
        if value and (unit or not vague):
            found.add(Quantity(value, unit))
    return frozenset(found)


def periods(text: str) -> frozenset[str]:
    """How often: the periods a text speaks of ("daily", "every day" and 每天 are "day")."""
    text = plain(text)
    return frozenset(name for name, words in _PERIODS.items() if re.search(words, text, re.IGNORECASE))


def is_spoken(quantity: Quantity, spoken: frozenset[Quantity]) -> bool:
    """Whether a quantity is among those spoken, a unit left unsaid on either side forgiven.

    >>> is_spoken(Quantity("20", "mg"), quantities("twenty of melatonin"))
    True
    >>> is_spoken(Quantity("20", "mg"), quantities("twenty tablets, 5 mg each"))
    False
    """
    if quantity == Quantity("1", "time") or (
        quantity.value == "1" and quantity.unit in {"day", "night", "week", "month"}
    ):
        return True  # "once daily" for "every day": the period is checked instead
    if quantity in spoken or not quantity.unit:
        return any(quantity.value == other.value for other in spoken)
    # Said without a unit it still counts, unless that unit was said with another number.
    return Quantity(quantity.value, "") in spoken and all(other.unit != quantity.unit for other in spoken)


def _unit_after(text: str, match: re.Match[str]) -> str:
    if match["some"] and match["some"].lower() in {"once", "twice", "thrice"}:
        return "time"
    gap = re.compile(r" (?:of )?(?:an? )?").match(text, match.end()) if match["some"] else None
    unit = _UNIT.match(text, gap.end() if gap else match.end())
    return unit.lastgroup or "" if unit else ""


def _value(match: re.Match[str]) -> str:
    if match["digits"]:
        digits = match["digits"].replace(",", "")
        return digits.rstrip("0").rstrip(".") if "." in digits else digits.lstrip("0") or "0"
    if match["some"]:
        return f"{_SOME[match['some'].lower()]:g}"
    if match["article"]:
        return "1"
    return f"{_spoken(match['words']) if match['words'] else _han(match['han']):g}"


def _spoken(words: str) -> float:
    total = current = 0
    for word in re.split(r"[ -]+", words.lower()):
        if word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if word == "thousand":
                total, current = total + current, 0
        else:
            current += _ONES.get(word, _TENS.get(word, 0))
    return total + current


def _han(numeral: str) -> float:
    if numeral == "半":
        return 0.5
    if not any(char in _HAN_SCALES for char in numeral):
        return float("".join(str(_HAN_DIGITS.get(char, "")) for char in numeral) or 0)
    total = current = 0
    for char in numeral:
        if char in _HAN_SCALES:
            total += max(current, 1) * _HAN_SCALES[char]
            current = 0
        else:
            current = _HAN_DIGITS.get(char, 0)
    return total + current
