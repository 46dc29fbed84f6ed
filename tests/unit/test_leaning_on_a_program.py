"""Signs of leaning on a program: simulated people, day by day; and how long somebody wrote."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from thirdchair.policy.conversing import Caps, Pace, minutes_of, pace
from thirdchair.policy.dependence import Sign, Thresholds, Written, signs

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
NOW = MONDAY + timedelta(days=6, hours=23)


def person(*sittings: tuple[int, int, int], leaning: frozenset[Sign] = frozenset()) -> list[Written]:
    """Somebody who writes every four minutes: (day, hour of the beginning, minutes)."""
    return [
        Written(MONDAY + timedelta(days=day, hours=hour, minutes=minute), leaning)
        for day, hour, minutes in sittings
        for minute in range(0, minutes + 1, 4)
    ]


@pytest.mark.parametrize(
    ("trace", "expected"),
    [
        (person(*[(day, 17, 20) for day in range(7)]), set()),
        (person(*[(day, 9, 64) for day in (0, 2, 4)]), {Sign.LONG_DAYS}),
        (person(*[(day, 9, 64) for day in (0, 2)]), set()),
        (person(*[(day, 9, 56) for day in range(7)]), set()),
        (person(*[(day, 9, 32) for day in range(4)], *[(day, 20, 32) for day in range(4)]), {Sign.LONG_DAYS}),
        (person(*[(day, 3, 4) for day in (1, 2, 5)]), {Sign.NIGHTS}),
        (person(*[(day, 3, 4) for day in (1, 2)]), set()),
        (person(*[(day, 5, 4) for day in range(7)]), set()),
        (person((0, 10, 0), (3, 10, 0), leaning=frozenset({Sign.ONLY_YOU})), {Sign.ONLY_YOU}),
        (person((0, 10, 0), leaning=frozenset({Sign.ONLY_YOU})), set()),
        (person((0, 10, 0), (1, 10, 0), leaning=frozenset({Sign.HARD_TO_LEAVE})), {Sign.HARD_TO_LEAVE}),
        (
            person(
                *[(day, 2, 64) for day in range(7)], leaning=frozenset({Sign.ONLY_YOU, Sign.HARD_TO_LEAVE})
            ),
            set(Sign),
        ),
    ],
)
def test_simulated_people(trace: list[Written], expected: set[Sign]) -> None:
    assert signs(trace, at=NOW) == expected


def test_what_is_older_than_a_week_and_what_is_still_to_come_does_not_count() -> None:
    old = person(*[(day, 3, 4) for day in (0, 1, 2)])
    assert signs(old, at=MONDAY + timedelta(days=10)) == frozenset()
    assert signs(old, at=MONDAY) == frozenset()


def test_a_service_sets_its_own_thresholds() -> None:
    trace = person((0, 3, 4))
    assert signs(trace, at=NOW, thresholds=Thresholds(nights=1)) == {Sign.NIGHTS}


def test_minutes_count_what_was_written_and_not_the_pauses() -> None:
    assert minutes_of([]) == 0
    assert minutes_of([MONDAY]) == 0
    assert minutes_of([MONDAY + timedelta(minutes=m) for m in (0, 1, 3, 90)]) == 8


@pytest.mark.parametrize(
    ("sitting", "day", "since", "expected"),
    [
        (0, 0, 0, Pace.OPEN),
        (20, 20, 20, Pace.PAUSE),
        (25, 25, 20, Pace.SOON_OVER),
        (30, 30, 0, Pace.OVER),
        (1, 60, 0, Pace.OVER),
        (1, 55, 0, Pace.SOON_OVER),
        (24, 24, 19, Pace.OPEN),
    ],
)
def test_time_agreed_ends_in_steps(sitting: int, day: int, since: int, expected: Pace) -> None:
    assert pace(Caps(), sitting=sitting, day=day, since_pause=since) is expected


@pytest.mark.parametrize("minutes", [(4, 60, 20), (61, 120, 20), (30, 121, 20), (30, 20, 20), (30, 60, 61)])
def test_no_service_can_agree_on_more_than_the_bounds(minutes: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="agreed"):
        Caps(*minutes)
