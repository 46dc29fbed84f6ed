"""Whatever channels, workers and people do, in whatever order: what waits is tried again, what is settled is left alone."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from people import make_person
from thirdchair.clients.webhook import Failed, Sent
from thirdchair_web.accounts.models import User
from thirdchair_web.notifying import delivering
from thirdchair_web.notifying.actions import notify, settle
from thirdchair_web.notifying.models import ChannelName, Delivery, Notice, Why, current

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """A worker that was killed while it sent."""


ALERTS = [UUID(int=number) for number in (1, 2)]
OUTCOMES = st.sampled_from(
    [
        Sent(),
        Failed(passing=True, fault="unreachable"),
        Failed(passing=False, fault="refused"),
        Failed(passing=True, fault="no_address"),
        RuntimeError("a fault"),
        Killed(),
    ]
)
OUT = [ChannelName.EMAIL, ChannelName.SMS, ChannelName.WEBHOOK]


class Telling(RuleBasedStateMachine):
    """Two people, two alerts, three channels, and a clock in the test's hands."""

    at = datetime(2026, 11, 30, 12, tzinfo=UTC)

    @initialize()
    def nobody_is_needed(self) -> None:
        Notice.objects.all().delete()
        Telling.at = datetime(2026, 11, 30, 12, tzinfo=UTC)
        self.people = list(User.objects.filter(role="on_call"))

    @rule(
        about=st.sampled_from(ALERTS),
        who=st.integers(0, 1),
        why=st.sampled_from([Why.ALERT, Why.ESCALATED, Why.FOLLOW_UP]),
        level=st.integers(0, 6),
    )
    def someone_is_needed(self, about: UUID, who: int, why: Why, level: int) -> None:
        before = Notice.objects.filter(about=about, person=self.people[who], why=why, settled_at=None).first()
        kept = notify(about=about, person=self.people[who], why=why, level=level)
        assert kept.level == max(level, before.level if before else 0)
        assert kept.settled_at is None

    @rule(about=st.sampled_from(ALERTS))
    def someone_takes_it(self, about: UUID) -> None:
        settle(about=about)
        assert not Notice.objects.filter(about=about, settled_at=None).exists()

    @rule(channel=st.sampled_from(OUT), outcome=OUTCOMES)
    def a_worker_looks(self, channel: ChannelName, outcome: Any) -> None:
        class Line:
            def send(self, message: Any, address: str) -> Any:
                assert Notice.objects.filter(
                    about=UUID(message.link.rstrip("/").rpartition("/")[2]), settled_at=None
                )
                if isinstance(outcome, BaseException):
                    raise outcome
                return outcome

        with suppress(Killed):
            delivering.deliver_due(channel, Line())

    @rule(seconds=st.sampled_from([1, 20, 70, 1000, 10_000]))
    def time_passes(self, seconds: int) -> None:
        Telling.at += timedelta(seconds=seconds)

    @invariant()
    def what_is_urgent_and_waits_is_sent_or_will_be_tried(self) -> None:
        longest = Telling.at + timedelta(seconds=delivering.LONGEST_PAUSE_S)
        for notice in Notice.objects.filter(settled_at=None):
            of_round = Delivery.objects.filter(current(), notice=notice)
            assert {one.channel for one in of_round} == (
                {str(name) for name in ChannelName} if Why(notice.why).is_urgent else {"in_app", "email"}
            )
            for one in of_round.filter(sent_at=None):
                if Why(notice.why).is_urgent:
                    assert one.next_at is not None and one.next_at <= longest

    @invariant()
    def nobody_has_two_notices_for_one_thing(self) -> None:
        kept = list(Notice.objects.values_list("about", "person", "why"))
        assert len(kept) == len(set(kept))


def test_a_notice_is_never_lost(monkeypatch: pytest.MonkeyPatch):
    make_person("on_call", username="oncall-ada")
    make_person("on_call", username="oncall-ben")
    monkeypatch.setattr("thirdchair_web.clock.timezone.now", lambda: Telling.at)
    run_state_machine_as_test(
        Telling,
        settings=settings(
            max_examples=40, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
