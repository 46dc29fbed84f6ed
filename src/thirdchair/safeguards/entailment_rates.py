"""How often, as a number a day: "twice a week", "every four weeks" and 每周两次 are brought to one scale."""

from __future__ import annotations

import re
from typing import Final

from thirdchair.safeguards.quantities import quantities

_N: Final = r"(?:once|twice|thrice|\d{1,3}|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)"
_DAYS: Final = {
    "day": 1.0,
    "night": 1.0,
    "evening": 1.0,
    "morning": 1.0,
    "shift": 1.0,
    "weekend": 7.0,
    "week": 7.0,
    "fortnight": 14.0,
    "month": 30.0,
    "year": 365.0,
    "hour": 1 / 24,
    "minute": 1 / 1440,
    "half hour": 1 / 48,
}
_PERIOD: Final = "|".join(sorted(_DAYS, key=len, reverse=True))
_DOSE: Final = r"mgs?|mcg|milligrams?|micrograms?|mls?|mils|millilit(?:er|re)s?|g|grams?|units?|of"
_PER: Final = re.compile(
    rf"(?:(?P<count>{_N})(?:\s+(?:or|to)\s+{_N})?\s+(?:(?!(?:{_N}|a|per|each|every|{_DOSE})\b)[a-z]{{2,14}}\s+){{0,2}})?"
    rf"(?:\ba|per|each|every|out of)\s+(?P<every>{_N}\s+|other\s+)?(?P<period>{_PERIOD})s?\b",
    re.IGNORECASE,
)
_ADVERB: Final = re.compile(
    rf"(?:(?P<count>{_N})\s+(?:times\s+)?)?(?P<adverb>daily|nightly|weekly|fortnightly|monthly|hourly)\b",
    re.IGNORECASE,
)
_ADVERBS: Final = {
    "daily": 1.0,
    "nightly": 1.0,
    "weekly": 7.0,
    "fortnightly": 14.0,
    "monthly": 30.0,
    "hourly": 1 / 24,
}
_OFTEN: Final = (
    (
        re.compile(
            r"\b(?:most|nearly\s+every|almost\s+every)\s+(?:days?|nights?|evenings?|mornings?)\b|几乎每?天|差不多每天|几乎天天",
            re.IGNORECASE,
        ),
        0.8,
    ),
    (
        re.compile(
            r"天天|每[天日晚]|每个?晚上|一天|every single day|at night|in the mornings?", re.IGNORECASE
        ),
        1.0,
    ),
    (
        re.compile(
            r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b|周[一二三四五六日天]|每?周末", re.IGNORECASE
        ),
        1 / 7,
    ),
)
_HAN: Final = re.compile(
    r"(?P<period>每天|每日|一天|每晚|每周|一周|每个?星期|一个?星期|每个?月|一个?月|[两二]周|(?P<n>[一二两三四五六七八九十\d]{1,3})个月)[^，。；、\n]{0,6}?(?P<count>[一二两三四五六七八九十\d]{1,3})[两二三四五六七八九十]?次"
)
_HAN_DAYS: Final = {"天": 1.0, "日": 1.0, "晚": 1.0, "周": 7.0, "期": 7.0, "月": 30.0}


def rates(text: str) -> frozenset[float]:
    """The rates a text speaks of, in times a day.

    >>> sorted(round(rate, 2) for rate in rates("twice a week, and 10 mg three times daily"))
    [0.29, 3.0]
    >>> rates("每天两次")
    frozenset({2.0})
    """
    found: set[float] = set()
    read: list[tuple[int, int]] = []
    for match in _PER.finditer(text):
        every = match["every"]
        span = _DAYS[match["period"].casefold()] * (
            2.0 if every and every.strip().casefold() == "other" else _count(every)
        )
        found.add(_count(match["count"]) / span)
        read.append(match.span())
    for match in _ADVERB.finditer(text):
        found.add(_count(match["count"]) / _ADVERBS[match["adverb"].casefold()])
    for match in _HAN.finditer(text):
        days = _HAN_DAYS[match["period"][-1]] * (_count(match["n"]) if match["n"] else 1.0)
        days *= 2 if match["period"][0] in "两二" else 1
        found.add(_count(match["count"]) / days)
        read.append(match.span())
    taken = {place for start, end in read for place in range(start, end)}
    for pattern, rate in _OFTEN:
        if any(match.start() not in taken for match in pattern.finditer(text)):
            found.add(rate)
    return frozenset(found)


def _count(word: str | None) -> float:
    if word is None:
        return 1.0
    read = quantities(f"{word.strip()} 次" if not word.isascii() else f"{word.strip()} times")
    return max((float(quantity.value) for quantity in read if _is_number(quantity.value)), default=1.0) or 1.0


def _is_number(value: str) -> bool:
    return value.replace(".", "", 1).isdigit()
