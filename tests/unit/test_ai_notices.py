"""When a person is told that they talk with a program: exact times on a simulated clock, for each place."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thirdchair.policy.notices import (
    NoticeReason,
    Told,
    due,
    interval,
    notice_rules,
    notice_text,
    speaks_of_minors,
    times,
)
from thirdchair.records import Language
from thirdchair.safeguards.conduct import human_likeness

BEGAN = datetime(2027, 3, 1, 8, tzinfo=UTC)
TODAY, IN_2027 = date(2026, 11, 30), date(2027, 3, 1)
HOURS = {60: list(range(11)), 120: [0, 2, 4, 6, 8, 10], 180: [0, 3, 6, 9]}

# (places, minor, day) -> minutes between notices
PLACES = [
    ({"US-CA"}, False, IN_2027, 180),
    ({"US-CA"}, True, IN_2027, 60),
    ({"US-NY"}, False, IN_2027, 180),
    ({"US-NY"}, True, IN_2027, 60),
    ({"US-OR"}, False, IN_2027, 180),
    ({"US-OR"}, True, IN_2027, 60),
    ({"US-WA"}, False, IN_2027, 180),
    ({"US-WA"}, True, IN_2027, 60),
    ({"US-UT"}, False, IN_2027, 180),
    ({"GB"}, False, IN_2027, 180),
    ({"DE"}, False, IN_2027, 180),
    ({"CN"}, False, IN_2027, 120),
    ({"CN"}, True, IN_2027, 60),
    ({"CN", "US-CA"}, False, IN_2027, 120),
    ({"XX"}, False, IN_2027, 180),
    ({"ZZ"}, False, IN_2027, 120),
    ({"US-CA", "ZZ"}, False, IN_2027, 120),
    (set(), False, IN_2027, 120),
    (set(), True, IN_2027, 60),
    (set(), False, TODAY, 120),
]


@pytest.mark.parametrize(("places", "minor", "on", "minutes"), PLACES)
def test_notices_come_at_exactly_these_times_over_ten_hours(places, minor, on, minutes) -> None:
    every = interval(frozenset(places), minor=minor, on=on)
    assert every == timedelta(minutes=minutes)
    told, shown = Told(), []
    for minute in range(601):  # somebody writes every minute for ten hours
        at = BEGAN + timedelta(minutes=minute)
        reason = due(told, at=at, every=every)
        if reason is not None:
            shown.append((minute / 60, reason))
        told = told.after(at, noticed=reason is not None)
    assert [hour for hour, _ in shown] == HOURS[minutes]
    assert [reason for _, reason in shown] == [NoticeReason.FIRST_USE] + [NoticeReason.TIMER] * (
        len(shown) - 1
    )
    assert [BEGAN + timedelta(hours=hour) for hour, _ in shown] == list(
        times(BEGAN, until=BEGAN + timedelta(hours=10), every=every)
    )


@pytest.mark.parametrize(
    ("pause", "expected"),
    [
        (timedelta(minutes=29), None),
        (timedelta(minutes=30), NoticeReason.START),
        (timedelta(days=6, hours=23), NoticeReason.START),
        (timedelta(days=7), NoticeReason.AFTER_A_WEEK),
    ],
)
def test_after_a_pause_the_notice_comes_again(pause: timedelta, expected: NoticeReason | None) -> None:
    assert due(Told(BEGAN, BEGAN), at=BEGAN + pause, every=timedelta(hours=3)) is expected


def test_who_asks_is_told_at_once_and_the_clock_begins_anew() -> None:
    told, every = Told(BEGAN, BEGAN), timedelta(hours=1)
    asked_at = BEGAN + timedelta(minutes=29)
    assert due(told, at=asked_at, every=every, asked=True) is NoticeReason.ASKED
    told = told.after(asked_at, noticed=True)
    assert due(told, at=BEGAN + timedelta(minutes=58), every=every) is None


@given(st.lists(st.integers(1, 29), min_size=1, max_size=200), st.sampled_from([60, 120, 180]))
def test_no_way_of_writing_makes_a_notice_come_later_than_the_interval_and_one_message(gaps, minutes) -> None:
    every, at, told = timedelta(minutes=minutes), BEGAN, Told()
    for gap in gaps:
        reason = due(told, at=at, every=every)
        assert reason is not None or (told.last_notice is not None and at - told.last_notice < every)
        told = told.after(at, noticed=reason is not None)
        at += timedelta(minutes=gap)


def test_law_about_minors_counts_from_its_first_day_and_only_where_it_is_law() -> None:
    assert speaks_of_minors(frozenset({"US-CA"}), on=TODAY)
    assert not speaks_of_minors(frozenset({"US-WA"}), on=TODAY)
    assert speaks_of_minors(frozenset({"US-WA"}), on=IN_2027)
    assert not speaks_of_minors(frozenset({"US-CA", "GB"}), on=IN_2027)
    assert not speaks_of_minors(frozenset({"CN"}), on=IN_2027)
    assert not speaks_of_minors(frozenset(), on=IN_2027)


def test_every_rule_says_where_it_stands_and_what_is_not_sure_is_kept_as_law() -> None:
    assert {rule.place for rule in notice_rules()} == {"US-CA", "US-NY", "US-OR", "US-WA", "CN"}
    assert all(rule.citation for rule in notice_rules())
    assert [rule.place for rule in notice_rules() if rule.status == "unverified"] == ["CN"]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("reason", list(NoticeReason))
def test_a_notice_says_what_answers_and_claims_nothing(reason: NoticeReason, language: Language) -> None:
    words = notice_text(reason, language)
    assert ("AI" in words and "not a person" in words) or "不是人" in words
    assert not human_likeness(words)
    assert notice_text(reason, language, in_danger=True) in words
    assert "break" not in notice_text(reason, language, in_danger=True)
