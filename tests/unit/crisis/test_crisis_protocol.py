"""The steps of a crisis, its clocks, and the rota, on a simulated clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thirdchair.crisis import rota
from thirdchair.crisis.clocks import BOUNDS, Clocks, Urgency, answer_by, urgency_of
from thirdchair.crisis.protocol import (
    Accepted,
    Alerted,
    Called,
    CardShown,
    FollowedUp,
    HandedBack,
    HeardAgain,
    LineDropped,
    NeverTakenOver,
    OutcomeWritten,
    Refused,
    Rule,
    SaidSafe,
    Stage,
    TakenOver,
    heard,
    step,
)

AT = datetime(2026, 11, 30, 22, 0, tzinfo=UTC)
CLOCKS = Clocks()
BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def waiting(urgency: Urgency = Urgency.IMMINENT, within: timedelta = timedelta(minutes=5)):
    return step(heard(urgency, AT, CLOCKS), Alerted(AT + within), AT)


def after(state, *events, at: datetime = AT):
    for event in events:
        state = step(state, event, at)
        assert not isinstance(state, Refused), (event, state)
    return state


class TestSteps:
    def test_a_night_from_the_words_to_the_follow_up(self) -> None:
        state = heard(Urgency.IMMINENT, AT, CLOCKS)
        assert state.stage is Stage.CRISIS
        stages = []
        for event in (
            CardShown(), Alerted(AT + minutes(5)), Called("a"), Accepted("a"), TakenOver("a"),
            OutcomeWritten("a", "plan_made"), FollowedUp("b"),
        ):  # fmt: skip
            state = after(state, event)
            stages.append(str(state.stage))
        assert stages == [
            "card_shown", "alerted", "alerted", "accepted", "taken_over", "outcome_written", "followed_up",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("outcome", "stage"),
        [("no_danger", "closed"), ("referred", "closed"), ("emergency", "outcome_written")],
    )
    def test_a_follow_up_is_owed_where_this_service_still_has_the_person(
        self, outcome: str, stage: str
    ) -> None:
        state = after(waiting(), Accepted("a"), OutcomeWritten("a", outcome))
        assert str(state.stage) == stage
        assert (state.follow_up_by is None) == (stage == "closed")

    def test_half_of_the_time_after_each_call_the_next_is_due(self) -> None:
        state = after(waiting(), Called("a"))
        assert state.next_call_at == AT + minutes(2.5)
        assert step(state, Called("b"), AT + minutes(2)) == Refused(Rule.NOT_DUE)
        state = after(state, Called("b"), at=AT + minutes(2.5))
        assert state.next_call_at == AT + minutes(5)
        state = after(state, Called(None), at=AT + minutes(5))
        assert state.next_call_at == AT + minutes(10)
        assert state.is_late

    def test_calls_missed_while_the_worker_was_down_are_all_due_at_once(self) -> None:
        state, at = after(waiting(), Called("a")), AT + minutes(6)
        state = after(state, Called("b"), Called("c"), at=at)
        assert state.next_call_at == AT + minutes(7.5)

    @pytest.mark.parametrize("urgency", [Urgency.HIGH, Urgency.IMMINENT])
    def test_where_danger_is_high_the_patients_word_is_kept_and_a_person_still_comes(
        self, urgency: Urgency
    ) -> None:
        state = after(waiting(urgency), SaidSafe())
        assert (state.stage, state.said_safe_at) == (Stage.ALERTED, AT)
        assert state.next_call_at is not None

    @pytest.mark.parametrize("urgency", [Urgency.LOW, Urgency.MODERATE])
    def test_below_the_patients_word_ends_it_unless_somebody_has_taken_it(self, urgency: Urgency) -> None:
        assert after(waiting(urgency), SaidSafe()).ended_by_patient
        taken = after(waiting(urgency), Accepted("a"), SaidSafe())
        assert (taken.stage, taken.ended_by_patient) == (Stage.ACCEPTED, False)

    def test_before_the_alert_is_durable_nobodys_word_ends_anything(self) -> None:
        assert after(heard(Urgency.LOW, AT, CLOCKS), SaidSafe()).stage is Stage.CRISIS

    def test_who_accepts_and_does_not_take_over_in_time_is_passed_over(self) -> None:
        state = after(waiting(), Accepted("a"))
        assert step(state, NeverTakenOver(AT + minutes(9)), AT + minutes(4)) == Refused(Rule.NOT_DUE)
        late = AT + minutes(5)
        state = after(state, NeverTakenOver(late + minutes(5)), at=late)
        assert (state.stage, state.person, state.not_again, state.next_call_at) == (
            Stage.ALERTED,
            None,
            "a",
            late,
        )

    def test_a_line_that_drops_calls_everyone_anew_and_whoever_lost_it_first(self) -> None:
        state = after(
            waiting(), Called("a"), Accepted("a"), TakenOver("a"), LineDropped("b", AT + minutes(5))
        )
        assert (state.stage, state.not_again, state.next_call_at) == (Stage.ALERTED, None, AT)
        assert state.outcome_by == AT + timedelta(hours=24)

    def test_only_whoever_has_it_hands_it_back_or_takes_it_over(self) -> None:
        state = after(waiting(), Accepted("a"))
        assert step(state, HandedBack("b", AT), AT) == Refused(Rule.NOT_YOURS)
        assert step(state, TakenOver("b"), AT) == Refused(Rule.NOT_YOURS)
        assert step(state, Accepted("b"), AT) == Refused(Rule.TAKEN_ALREADY)
        assert after(state, HandedBack("a", AT + minutes(5))).not_again == "a"

    def test_worse_words_bring_the_deadline_nearer_and_milder_ones_change_nothing(self) -> None:
        state = after(waiting(Urgency.HIGH, minutes(30)), Called("a"))
        worse = after(state, HeardAgain(Urgency.IMMINENT, AT + minutes(5)))
        assert (worse.urgency, worse.answer_by, worse.next_call_at) == (
            Urgency.IMMINENT, AT + minutes(5), AT + minutes(2.5),
        )  # fmt: skip
        assert after(worse, HeardAgain(Urgency.LOW, AT + minutes(900))) == worse

    def test_what_does_not_fit_is_refused_with_its_rule(self) -> None:
        ended = after(waiting(), Accepted("a"), OutcomeWritten("a", "no_danger"))
        cases = [
            (waiting(), OutcomeWritten("a", "plan_made"), Rule.NOBODY_ACCEPTED),
            (waiting(), FollowedUp("a"), Rule.NO_OUTCOME_YET),
            (waiting(), Alerted(AT), Rule.ALERTED_ALREADY),
            (waiting(), TakenOver("a"), Rule.NOBODY_ACCEPTED),
            (ended, SaidSafe(), Rule.ENDED_ALREADY),
            (ended, FollowedUp("a"), Rule.ENDED_ALREADY),
            (ended, Accepted("a"), Rule.ENDED_ALREADY),
            (ended, OutcomeWritten("a", "plan_made"), Rule.OUTCOME_ALREADY),
            (ended, Called("a"), Rule.NOT_WAITING),
            (ended, HeardAgain(Urgency.HIGH, AT), Rule.NOT_WAITING),
            (ended, LineDropped("a", AT), Rule.NOBODY_ACCEPTED),
            (after(waiting(), Accepted("a")), OutcomeWritten("a", "forgotten"), Rule.NO_SUCH_OUTCOME),
        ]
        assert [step(state, event, AT) for state, event, _ in cases] == [Refused(rule) for *_, rule in cases]

    def test_a_clock_set_back_makes_nothing_earlier(self) -> None:
        state = after(waiting(), Called("a"))
        assert after(state, Accepted("a"), at=AT - timedelta(hours=3)).accepted_at == AT


class TestClocks:
    def test_each_urgency_has_its_time(self) -> None:
        friday = datetime(2026, 12, 4, 22, 0, tzinfo=UTC)
        shift_ends = friday + timedelta(hours=10)
        due = {
            urgency: answer_by(urgency, friday, CLOCKS, shift_ends=shift_ends, zone=BERLIN)
            for urgency in Urgency
        }
        assert due[Urgency.IMMINENT] == friday + minutes(5)
        assert due[Urgency.HIGH] == friday + minutes(30)
        assert due[Urgency.MODERATE] == shift_ends
        assert due[Urgency.LOW] == datetime(2026, 12, 7, 16, 0, tzinfo=UTC)  # Monday, 17:00 in Berlin

    def test_a_shift_that_ends_at_once_leaves_the_time_of_a_high_danger(self) -> None:
        assert answer_by(Urgency.MODERATE, AT, CLOCKS, shift_ends=AT + minutes(1), zone=UTC) == AT + minutes(
            30
        )
        assert answer_by(Urgency.MODERATE, AT, CLOCKS, shift_ends=None, zone=UTC) == AT + timedelta(hours=12)

    @pytest.mark.parametrize("name", BOUNDS)
    def test_no_clock_leaves_its_bounds(self, name: str) -> None:
        least, most = BOUNDS[name]
        for value in (least - 1, most + 1):
            with pytest.raises(ValueError, match=name):
                Clocks(**{name: value})

    def test_imminent_danger_is_never_answered_after_high_danger(self) -> None:
        with pytest.raises(ValueError, match="not answered later"):
            Clocks(imminent_minutes=5, high_minutes=4)

    @given(st.integers(0, 6), st.lists(st.sampled_from(["suicide", "abuse", "self_harm"])))
    def test_a_higher_level_is_never_less_urgent(self, level: int, dangers: list[str]) -> None:
        order = list(Urgency)
        assert order.index(urgency_of(min(level + 1, 6), dangers)) <= order.index(urgency_of(level, dangers))


def shift(person: str, starts: datetime, hours: float, order: int = 1) -> rota.Shift:
    return rota.Shift(person, starts, starts + timedelta(hours=hours), order)


def escalated(
    shifts: list[rota.Shift], *, at: datetime = AT, until: timedelta, not_again: str = ""
) -> list[tuple[float, str | None]]:
    """Who is called when, in minutes after the alert, while nobody accepts: the loop that the web runs."""
    state, called, told = step(heard(Urgency.IMMINENT, at, CLOCKS), Alerted(at + minutes(5)), at), set(), []
    moment = at
    while moment <= at + until:
        while state.next_call_at is not None and state.next_call_at <= moment:
            person = rota.next_to_call(shifts, moment, called=called | {not_again})
            state = after(state, Called(person), at=moment)
            called |= {person} if person else set()
            told.append(((moment - at) / minutes(1), person))
        moment += timedelta(seconds=30)
    return told


class TestRota:
    def test_first_second_third_and_then_everyone(self) -> None:
        shifts = [shift("c", AT, 8, 3), shift("a", AT, 8, 1), shift("b", AT, 8, 2)]
        assert escalated(shifts, until=minutes(12)) == [(0, "a"), (2.5, "b"), (5, "c"), (7.5, None)]

    def test_an_empty_rota_calls_everyone_at_once_and_again(self) -> None:
        assert escalated([], until=minutes(11)) == [(0, None), (5, None), (10, None)]

    def test_a_shift_that_begins_meanwhile_is_called_in_its_turn(self) -> None:
        shifts = [shift("a", AT - timedelta(hours=8), 8 + 1 / 30, 1), shift("b", AT + minutes(2), 8, 1)]
        assert escalated(shifts, until=minutes(6)) == [(0, "a"), (2.5, "b"), (5, None)]

    def test_overlapping_shifts_of_one_person_are_one_call(self) -> None:
        shifts = [shift("a", AT, 8, 2), shift("a", AT, 2, 1), shift("b", AT, 8, 3)]
        assert [one.person for one in rota.on_duty(shifts, AT)] == ["a", "b"]
        assert escalated(shifts, until=minutes(4)) == [(0, "a"), (2.5, "b")]

    def test_whoever_did_not_take_over_is_left_out_until_everyone_is_called(self) -> None:
        shifts = [shift("a", AT, 8, 1), shift("b", AT, 8, 2)]
        assert escalated(shifts, until=minutes(3), not_again="a") == [(0, "b"), (2.5, None)]

    def test_cover_runs_through_shifts_that_meet_and_stops_at_a_gap(self) -> None:
        day, night, later = (
            shift("a", AT, 8),
            shift("b", AT + timedelta(hours=8), 4),
            shift("c", AT + timedelta(hours=13), 1),
        )
        assert rota.covered_until([later, night, day], AT) == night.ends
        assert rota.covered_until([later], AT) is None
        assert rota.next_start([later, night, day], AT) == night.starts

    @pytest.mark.parametrize(
        ("zone", "day", "hours"),
        [
            (BERLIN, date(2026, 10, 24), 13),  # the clocks go back: an hour more
            (BERLIN, date(2026, 3, 28), 11),  # and forward: an hour less
            (NEW_YORK, date(2026, 10, 31), 13),
            (BERLIN, date(2026, 6, 1), 12),
        ],
    )
    def test_a_night_shift_is_as_long_as_the_night(self, zone: ZoneInfo, day: date, hours: int) -> None:
        ((starts, ends),) = rota.from_the_wall(day, time(20), time(8), zone)
        assert (ends - starts) == timedelta(hours=hours)

    @given(
        st.dates(date(2026, 1, 1), date(2027, 12, 31)),
        st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
        st.sampled_from([BERLIN, NEW_YORK, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Asia/Shanghai")]),
    )
    def test_shifts_that_meet_on_the_wall_leave_no_gap_on_any_day(
        self, day: date, clock: time, zone: ZoneInfo
    ) -> None:
        """Also where the wall time comes twice, or not at all."""
        ((_, ends),) = rota.from_the_wall(day - timedelta(days=1), clock, clock, zone)
        ((starts, _),) = rota.from_the_wall(day, clock, clock, zone)
        assert starts <= ends

    def test_a_shift_of_many_weeks_keeps_its_hours_on_the_wall(self) -> None:
        made = rota.from_the_wall(date(2026, 10, 12), time(8), time(16), BERLIN, weeks=4)
        assert {start.astimezone(BERLIN).hour for start, _ in made} == {8}
        assert len({start.hour for start, _ in made}) == 2

    @pytest.mark.parametrize(
        ("starts", "ends", "order"),
        [
            (AT, AT, 1),
            (AT, AT + timedelta(hours=26), 1),
            (AT, AT + timedelta(hours=1), 0),
            (AT.replace(tzinfo=None), AT, 1),
        ],
    )
    def test_no_shift_is_without_end_zone_or_place(
        self, starts: datetime, ends: datetime, order: int
    ) -> None:
        with pytest.raises(ValueError, match=r"a shift|the order"):
            rota.Shift("a", starts, ends, order)
