"""When a person is told that they talk with a program: the server's own schedule, which no message and no model can change.

A notice is due at the first use, at the start of each sitting, at the start after seven days or more, when the person asks,
and whenever the interval of the place has passed since the last one. The interval is the strictest of what this software
keeps everywhere and of what is known of the places of the service. A place of which nothing is known here, or none at all, is
under the strictest interval of any place.

Source: California SB 243 (2025), New York GBL 1702, Utah 13-72a-203, Washington HB 2225 and Oregon SB 1546 (2026), a Chinese
draft; `jurisdiction/notice_intervals.json` says how sure each is. No lawyer has reviewed it. What this does *not* do: reach a
person who has the page open and sends nothing; the notice is then the first thing that the next page shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from thirdchair.policy.jurisdiction import packs
from thirdchair.records import Language

OWN_INTERVAL: Final = timedelta(hours=3)
"""Kept at every place, whatever its law."""
OWN_INTERVAL_OF_MINORS: Final = timedelta(hours=1)
WEEK: Final = timedelta(days=7)
SITTING_ENDS_AFTER: Final = timedelta(minutes=30)
"""Without a word; what is written later begins another sitting."""


class NoticeReason(StrEnum):
    """Why a notice is shown."""

    FIRST_USE = "first_use"
    AFTER_A_WEEK = "after_a_week"
    START = "start"
    ASKED = "asked"
    TIMER = "timer"


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """What a place asks.

    Args:
        place: ISO 3166 code.
        every: the longest time between two notices.
        told: whom the rule is about.
        status: "law", or "unverified", which is kept as if it were.
        effective_on: its first day; None where that is not known, and then it holds at once.
    """

    place: str
    every: timedelta
    told: Literal["anyone", "minors"]
    status: Literal["law", "unverified"]
    citation: str
    effective_on: date | None

    def binds(self, on: date) -> bool:
        """Whether it is to be kept on this day."""
        return self.effective_on is None or on >= self.effective_on


@dataclass(frozen=True, slots=True)
class Told:
    """What a person was told so far.

    Args:
        last_words: when they last wrote here, in any conversation; None where never.
        last_notice: when a notice was last shown; None where never.
    """

    last_words: datetime | None = None
    last_notice: datetime | None = None

    def after(self, at: datetime, *, noticed: bool) -> Told:
        """The same once something was written and answered at this moment."""
        return Told(at, at if noticed else self.last_notice)


def due(told: Told, *, at: datetime, every: timedelta, asked: bool = False) -> NoticeReason | None:
    """The notice that is due with what is shown now, or None.

    >>> from datetime import UTC
    >>> began = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> due(Told(), at=began, every=OWN_INTERVAL)
    <NoticeReason.FIRST_USE: 'first_use'>
    >>> due(Told(began, began), at=began + timedelta(minutes=10), every=OWN_INTERVAL) is None
    True
    """
    if told.last_words is None or told.last_notice is None:
        return NoticeReason.FIRST_USE
    if at - told.last_words >= WEEK:
        return NoticeReason.AFTER_A_WEEK
    if at - told.last_words >= SITTING_ENDS_AFTER:
        return NoticeReason.START
    if asked:
        return NoticeReason.ASKED
    return NoticeReason.TIMER if at - told.last_notice >= every else None


def interval(places: frozenset[str], *, minor: bool, on: date) -> timedelta:
    """The longest time that may pass between two notices: the strictest of all that holds.

    Args:
        places: ISO 3166 codes of the service and its patients; none where nobody said.
        minor: whether the person is under 18, or nobody knows.
    """
    known = {rule.place for rule in notice_rules()} | {code for pack in packs() for code in pack.covers}
    is_unknown = not places or bool(places - known)
    found = [
        rule.every
        for rule in notice_rules()
        if (is_unknown or (rule.place in places and rule.binds(on))) and (minor or rule.told == "anyone")
    ]
    return min([OWN_INTERVAL_OF_MINORS if minor else OWN_INTERVAL, *found])


def speaks_of_minors(places: frozenset[str], *, on: date) -> bool:
    """Whether every place of the service has law in force that says how a minor may talk with a program."""
    ruled = {rule.place for rule in notice_rules() if _is_law_for_minors(rule, on)}
    return bool(places) and places <= ruled


def times(began: datetime, *, until: datetime, every: timedelta) -> Iterator[datetime]:
    """When notices fall due in one sitting that goes on without a pause, the first at its start."""
    at = began
    while at <= until:
        yield at
        at += every


def notice_text(reason: NoticeReason, language: Language, *, in_danger: bool = False) -> str:
    """The words of a notice, which stand in a box of their own and never in the model's voice.

    Args:
        in_danger: whether the person is in danger now; nobody is then told to take a break.
    """
    return ("" if in_danger else _OPENING[reason][language]) + _IS_A_PROGRAM[language]


@cache
def notice_rules() -> tuple[NoticeRule, ...]:
    """What is known of all places.

    Raises:
        ValueError, KeyError: the file is no such list.
    """
    file = files("thirdchair.policy.jurisdiction") / "notice_intervals.json"
    return tuple(
        NoticeRule(
            place=row["place"],
            every=timedelta(minutes=row["minutes"]),
            told=row["told"],
            status=row["status"],
            citation=row["citation"],
            effective_on=date.fromisoformat(row["effective_on"]) if row["effective_on"] else None,
        )
        for row in json.loads(file.read_text(encoding="utf-8"))["rows"]
    )


def _is_law_for_minors(rule: NoticeRule, on: date) -> bool:
    return rule.told == "minors" and rule.status == "law" and rule.binds(on)


_EN, _ZH = Language.ENGLISH, Language.CHINESE
_IS_A_PROGRAM: Final = {
    _EN: "You are writing to a computer program, an AI. It is not a person and cannot feel. It can be wrong. You can ask for a "
    "person or leave at any time.",
    _ZH: "您正在与计算机程序（人工智能）对话。它不是人，没有感情，也会出错。您可以随时要求由人接待，或离开。",
}
_OPENING: Final = {
    NoticeReason.FIRST_USE: {_EN: "Before you begin. ", _ZH: "开始之前："},
    NoticeReason.AFTER_A_WEEK: {
        _EN: "It has been a week or more, so here it is again. ",
        _ZH: "距上次已有一周或更久，再次说明：",
    },
    NoticeReason.START: {_EN: "As you start. ", _ZH: "开始时说明："},
    NoticeReason.ASKED: {_EN: "You asked. ", _ZH: "您问到了："},
    NoticeReason.TIMER: {
        _EN: "You have been writing for a while. This may be a good time for a short break. ",
        _ZH: "您已经写了一段时间，不妨休息一下。",
    },
}
