"""Where a claim puts something on another day, month or season than its evidence, or counts how many times otherwise.

What it does not catch: two right days of two different things, and dates written in figures (numbers do).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

_DAYS: Final = {
    **{
        name: str(place)
        for place, name in enumerate(["mon", "tues", "wednes", "thurs", "fri", "satur", "sun"], start=1)
    },
    **dict(zip("一二三四五六日天", "12345677", strict=True)),
}
_MONTHS: Final = {
    name: str(place)
    for place, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        start=1,
    )
} | {
    name: str(place)
    for place, name in enumerate(
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], start=1
    )
}
_SEASONS: Final = {"spring": "春", "summer": "夏", "autumn": "秋", "winter": "冬"}
_PARTS: Final = {
    "morning": "am",
    "afternoon": "pm",
    "evening": "night",
    "night": "night",
    "tonight": "night",
    "noon": "noon",
    "早上": "am",
    "上午": "am",
    "清晨": "am",
    "中午": "noon",
    "下午": "pm",
    "晚上": "night",
    "夜里": "night",
    "夜间": "night",
}
_RELATIVE: Final = {
    "yesterday": "-1d",
    "today": "0d",
    "tomorrow": "+1d",
    "last week": "-1w",
    "this week": "0w",
    "next week": "+1w",
    "last month": "-1m",
    "this month": "0m",
    "next month": "+1m",
    "a month ago": "-1m",
    "last year": "-1y",
    "next year": "+1y",
    "a year ago": "-1y",
    "昨天": "-1d",
    "今天": "0d",
    "明天": "+1d",
    "上周": "-1w",
    "本周": "0w",
    "这周": "0w",
    "下周": "+1w",
    "上个月": "-1m",
    "上月": "-1m",
    "这个月": "0m",
    "本月": "0m",
    "下个月": "+1m",
    "去年": "-1y",
    "明年": "+1y",
}

Reader = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def _listed(words: Mapping[str, str]) -> Reader:
    parts = [rf"\b{word}s?\b" if word.isascii() else word for word in words]
    return (
        re.compile("|".join(parts), re.IGNORECASE),
        lambda found: words.get(found[0].casefold()) or words[found[0].casefold().removesuffix("s")],
    )


_PART_OF_DAY: Final = _listed(_PARTS)
"""Said loosely, so that one which nobody named proves nothing."""

_READERS: Final[tuple[Reader, ...]] = (
    (
        re.compile(
            r"\b(mon|tues|wednes|thurs|fri|satur|sun)days?\b|(?:周|星期|礼拜)([一二三四五六日天])",
            re.IGNORECASE,
        ),
        lambda found: _DAYS[(found[1] or found[2]).casefold()],
    ),
    (
        re.compile(
            r"\b(January|February|March|April|May|June|July|August|September|October|November|December)\b"
            r"|(?<![个\d])(十[一二]|[一二三四五六七八九十])月"
        ),
        lambda found: _MONTHS[(found[1] or found[2]).casefold()],
    ),
    (
        re.compile(r"\b(spring|summer|autumn|winter)\b|([春夏秋冬])[天季]", re.IGNORECASE),
        lambda found: found[2] or _SEASONS[found[1].casefold()],
    ),
    _listed(_RELATIVE),
    _PART_OF_DAY,
    (
        re.compile(
            r"\b(first|last)(?=\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day)|(第一|最后)(?=一?个)",
            re.IGNORECASE,
        ),
        lambda found: {"第一": "first", "最后": "last"}.get(found[0], found[0].casefold()),
    ),
)
_TIMES: Final = re.compile(
    r"(?<!at )\b(once|twice|thrice)\b(?!\s+(?:a|an|per|every|the|she|he|they|it|you|asleep|in|we|daily)\b)"
    r"|\b(two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\s+times\b(?!\s+(?:a|an|per|every|daily)\b)"
    r"|(?<![第上下这那每有])([一二两三四五六七八九十\d]{1,3})[次回](?![抽查打吃])",
    re.IGNORECASE,
)
_WORDS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTS: Final = (
    dict(zip(_WORDS, range(1, 11), strict=True))
    | dict(zip("一二三四五六七八九十", range(1, 11), strict=True))
    | {"once": 1, "twice": 2, "thrice": 3, "两": 2}
)


def calendar_differences(claim: str, near: str, everything: str) -> dict[str, float]:
    """Days, months, seasons and parts of the day of the claim that its evidence has otherwise, or that nobody named."""
    other = nowhere = 0.0
    for reader in _READERS:
        said = _read(reader, claim)
        if not said:
            continue
        there = _read(reader, near)
        other += bool(there) and not said & there
        nowhere += reader is not _PART_OF_DAY and not said & _read(reader, everything)
    counted, there_counted = _times(claim), _times(near)
    return {
        "date_differs": min(2.0, other),
        "date_unsaid": min(2.0, nowhere),
        "times_differ": float(bool(counted) and bool(there_counted) and not counted & there_counted),
    }


def _read(reader: Reader, text: str) -> set[str]:
    expression, name = reader
    return {name(found) for found in expression.finditer(text)}


def _times(text: str) -> set[int]:
    return {_count(next(group for group in found.groups() if group)) for found in _TIMES.finditer(text)}


def _count(word: str) -> int:
    known = _COUNTS.get(word.casefold())
    return known if known is not None else int(word) if word.isdecimal() else 0
