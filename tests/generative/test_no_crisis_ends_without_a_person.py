"""The crisis protocol, walked at random: no way to an end without a person or the patient's own word, no way to nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from thirdchair.crisis.clocks import URGENCIES, Clocks, Urgency, answer_by
from thirdchair.crisis.protocol import (
    BEFORE_THE_OUTCOME,
    ENDED,
    OUTCOMES,
    PATIENT_MAY_END,
    Accepted,
    Alerted,
    Called,
    CardShown,
    Crisis,
    FollowedUp,
    HandedBack,
    HeardAgain,
    LineDropped,
    NeverTakenOver,
    OutcomeWritten,
    Refused,
    SaidSafe,
    Stage,
    TakenOver,
    heard,
    step,
)

START = datetime(2026, 10, 25, 0, 15, tzinfo=UTC)  # the night the clocks go back in Europe
PEOPLE = st.sampled_from(["account:ana", "account:ben", "account:chi"])


class ACrisis(RuleBasedStateMachine):
    """Events in any order, at any time, from anyone, and clocks that are set back."""

    @initialize(urgency=st.sampled_from(URGENCIES), outcome_hours=st.integers(1, 24))
    def words_are_heard(self, urgency: Urgency, outcome_hours: int) -> None:
        self.at = START
        self.state = heard(urgency, START, Clocks(outcome_hours=outcome_hours))
        self.done: list[object] = []
        self.urgency_before = urgency

    def happens(self, event) -> Crisis | Refused:
        before = self.state
        after = step(before, event, self.at)
        if isinstance(after, Refused):
            assert self.state is before
            return after
        self.done.append(event)
        self.check_one_step(before, event, after)
        self.state = after
        return after

    def check_one_step(self, before: Crisis, event: object, after: Crisis) -> None:
        assert after.latest_at >= before.latest_at
        assert after.outcome_by == before.outcome_by
        assert after.heard_at == before.heard_at
        assert URGENCIES.index(after.urgency) <= URGENCIES.index(before.urgency)
        if before.stage in ENDED:
            assert after.stage is before.stage
        if before.stage is Stage.ALERTED and after.stage is Stage.ALERTED:
            assert after.answer_by <= before.answer_by  # no event puts off a deadline that runs
        if after.stage in ENDED and before.stage not in ENDED:
            ended_by_person = isinstance(event, OutcomeWritten | FollowedUp)
            assert ended_by_person or (
                isinstance(event, SaidSafe) and before.urgency in PATIENT_MAY_END and before.person is None
            )

    def due(self, urgency: Urgency | None = None) -> datetime:
        known = urgency or self.state.urgency
        return answer_by(known, self.at, self.state.clocks, shift_ends=None, zone=UTC)

    @rule(seconds=st.integers(-4000, 100_000))
    def time_passes_or_a_clock_is_set_back(self, seconds: int) -> None:
        self.at += timedelta(seconds=seconds)

    @rule()
    def the_card_is_shown(self) -> None:
        self.happens(CardShown())

    @rule()
    def the_alert_is_kept(self) -> None:
        self.happens(Alerted(self.due()))

    @rule(person=st.one_of(PEOPLE, st.none()))
    def somebody_is_called(self, person: str | None) -> None:
        self.happens(Called(person))

    @rule(urgency=st.sampled_from(URGENCIES))
    def more_is_heard(self, urgency: Urgency) -> None:
        self.happens(HeardAgain(urgency, self.due(urgency)))

    @rule(person=PEOPLE)
    def somebody_accepts(self, person: str) -> None:
        self.happens(Accepted(person))

    @rule(person=PEOPLE)
    def somebody_takes_over(self, person: str) -> None:
        self.happens(TakenOver(person))

    @rule(person=PEOPLE)
    def the_line_drops(self, person: str) -> None:
        self.happens(LineDropped(person, self.due()))

    @rule(person=PEOPLE)
    def it_is_handed_back(self, person: str) -> None:
        self.happens(HandedBack(person, self.due()))

    @rule()
    def the_clock_finds_that_nobody_took_over(self) -> None:
        self.happens(NeverTakenOver(self.due()))

    @rule(person=PEOPLE, outcome=st.sampled_from([*OUTCOMES, "forgotten"]))
    def an_outcome_is_written(self, person: str, outcome: str) -> None:
        self.happens(OutcomeWritten(person, outcome))

    @rule(person=PEOPLE)
    def a_follow_up_is_written(self, person: str) -> None:
        self.happens(FollowedUp(person))

    @rule()
    def the_patient_says_they_are_safe(self) -> None:
        self.happens(SaidSafe())

    @invariant()
    def an_end_has_a_person_or_the_patient_behind_it(self) -> None:
        if not hasattr(self, "state") or self.state.stage not in ENDED:
            return
        by_person = any(isinstance(event, OutcomeWritten) for event in self.done)
        by_patient = self.state.ended_by_patient and any(isinstance(event, SaidSafe) for event in self.done)
        assert by_person or by_patient
        assert not (self.state.ended_by_patient and self.state.urgency not in PATIENT_MAY_END)

    @invariant()
    def whoever_waits_is_waited_for_by_a_next_call(self) -> None:
        if hasattr(self, "state"):
            waits = self.state.stage is Stage.ALERTED
            assert (self.state.next_call_at is not None) == waits
            assert not waits or self.state.answer_by is not None

    @invariant()
    def there_is_always_a_way_to_a_person(self) -> None:
        """From wherever it stands, a member of staff comes to the person and to the end within five steps."""
        if not hasattr(self, "state") or self.state.stage in ENDED:
            return
        state, at = self.state, self.state.latest_at
        if state.stage in (Stage.CRISIS, Stage.CARD_SHOWN):
            state = step(state, Alerted(self.due()), at)
        if state.stage in (Stage.ACCEPTED, Stage.TAKEN_OVER):  # and whoever has it is no bar to others
            state = step(state, LineDropped("account:dee", self.due()), at)
        if state.stage is Stage.ALERTED:
            state = step(step(state, Accepted("account:dee"), at), TakenOver("account:dee"), at)
            state = step(state, OutcomeWritten("account:dee", "seen_safe"), at)
        assert step(state, FollowedUp("account:dee"), at).stage is Stage.FOLLOWED_UP

    @invariant()
    def who_has_it_has_a_name(self) -> None:
        if hasattr(self, "state"):
            has_it = self.state.stage in (Stage.ACCEPTED, Stage.TAKEN_OVER)
            assert not has_it or self.state.person is not None
            assert not (self.state.stage is Stage.ALERTED and self.state.person is not None)
            assert self.state.stage in BEFORE_THE_OUTCOME or self.state.next_call_at is None


TestACrisis = ACrisis.TestCase
TestACrisis.settings = settings(
    max_examples=300,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
