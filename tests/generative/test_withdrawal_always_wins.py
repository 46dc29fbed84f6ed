"""Property: whatever patient and service do, and whenever they do it, no draft and no model call without a standing yes.

A model of the rules, written anew from the promise and not from the policy code, is asked at every instant at which
words leave or a draft is kept. Things happen before every transaction, at every progress and while a model thinks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from clinic import MODEL, TICK, USE, MemoryClinic, model_says, session
from thirdchair.clients import ScriptedClient
from thirdchair.errors import ModelFailed
from thirdchair.gateway import EXTRACTIVE, SummaryRequest, summarise
from thirdchair.policy import Switches
from thirdchair.policy.decision import UseRefused
from thirdchair.records import Ask, Reply
from thirdchair.trail import EventKind, Verified

SAID = session("clinician | How was the week?\npatient | I have slept about four hours a night since Sunday.")
DRAFT = model_says(("symptoms_and_history", "The patient slept about four hours a night.", ["u2"]))
HOUR = timedelta(hours=1)


@dataclass
class Promise:
    """What may be done, in the words of the promise: a standing yes, and nobody pulled a switch."""

    last_word: str = "none"
    holds_from: datetime | None = None
    holds_until: datetime | None = None
    methods: frozenset[str] = frozenset()
    text: str = ""
    shown: str = "current"
    on: bool = True
    everything_stopped: bool = False
    use_stopped: bool = False
    methods_stopped: frozenset[str] = field(default_factory=frozenset)

    def kept_by(self, method: str, at: datetime) -> bool:
        """Whether doing this now keeps it."""
        if self.last_word != "yes" or self.holds_from is None or self.holds_until is None:
            return False
        stopped = self.everything_stopped or self.use_stopped or method in self.methods_stopped
        return (
            self.on
            and not stopped
            and self.holds_from <= at < self.holds_until
            and method in self.methods
            and self.text == self.shown
        )


class Service(RuleBasedStateMachine):
    """A patient, a service, and requests that run while both change their minds."""

    def __init__(self) -> None:
        super().__init__()
        self.clinic = MemoryClinic(asked=False)
        self.promise = Promise()
        self.happening: deque[str] = deque()
        self.calls = 0
        self.method = EXTRACTIVE
        self.clinic.between = self.something_happens
        self.clinic.on_save = self.check

    # What patient and service do; each by name, so that it can also happen in the middle of a request.

    def agrees(self) -> None:
        self.says_yes(frozenset({EXTRACTIVE, MODEL}), timedelta(0), timedelta(days=365))

    def agrees_to_quoting_alone(self) -> None:
        self.says_yes(frozenset({EXTRACTIVE}), timedelta(0), timedelta(days=365))

    def agrees_for_two_hours(self) -> None:
        self.says_yes(frozenset({EXTRACTIVE, MODEL}), timedelta(0), 2 * HOUR)

    def agrees_after_a_time_to_think(self) -> None:
        self.says_yes(frozenset({EXTRACTIVE, MODEL}), HOUR, timedelta(days=365))

    def says_yes(self, methods: frozenset[str], waiting: timedelta, lasting: timedelta) -> None:
        self.clinic.agree(methods=methods, waiting=waiting, lasting=lasting)
        at = self.clinic.at
        self.promise.last_word, self.promise.methods = "yes", methods
        self.promise.holds_from, self.promise.holds_until = at + waiting, at + lasting
        self.promise.text = self.promise.shown

    def declines(self) -> None:
        self.clinic.decline()
        self.promise.last_word = "no"

    def withdraws(self) -> None:
        self.withdraws_answer(-1)

    def withdraws_the_first_answer(self) -> None:
        self.withdraws_answer(0)

    def withdraws_answer(self, place: int) -> None:
        self.clinic.withdraw(place)
        if self.clinic.consents:
            self.promise.last_word = "withdrawn"

    def an_hour_passes(self) -> None:
        self.clinic.at += HOUR

    def an_instant_passes(self) -> None:
        self.clinic.at += TICK

    def text_changes(self) -> None:
        self.clinic.change_text()
        self.promise.shown = self.clinic.text_version

    def switched_on(self) -> None:
        self.promise.on = True
        self.set_switches()

    def switched_off(self) -> None:
        self.promise.on = False
        self.set_switches()

    def everything_stops(self) -> None:
        self.promise.everything_stopped = True
        self.set_switches()

    def the_use_stops(self) -> None:
        self.promise.use_stopped = True
        self.set_switches()

    def the_model_stops(self) -> None:
        self.promise.methods_stopped = frozenset({MODEL})
        self.set_switches()

    def all_goes_on(self) -> None:
        self.promise.everything_stopped = self.promise.use_stopped = False
        self.promise.methods_stopped = frozenset()
        self.set_switches()

    def set_switches(self) -> None:
        self.clinic.switches = Switches(
            uses_on=frozenset({USE} if self.promise.on else ()),
            everything_stopped=self.promise.everything_stopped,
            stopped_uses=frozenset({USE} if self.promise.use_stopped else ()),
            stopped_methods=self.promise.methods_stopped,
        )

    HAPPENINGS = (
        "agrees", "agrees_to_quoting_alone", "agrees_for_two_hours", "agrees_after_a_time_to_think", "declines",
        "withdraws", "withdraws_the_first_answer", "an_hour_passes", "an_instant_passes", "text_changes",
        "switched_on", "switched_off", "everything_stops", "the_use_stops", "the_model_stops", "all_goes_on",
    )  # fmt: skip
    quiet = st.just("")

    @rule(name=st.sampled_from(HAPPENINGS))
    def happens(self, name: str) -> None:
        getattr(self, name)()

    @rule()
    def patient_agrees(self) -> None:
        """Once more by itself, so that many requests begin with a yes."""
        self.agrees()
        self.switched_on()
        self.all_goes_on()

    @rule(meanwhile=st.lists(st.one_of(quiet, quiet, st.sampled_from(HAPPENINGS)), max_size=14))
    def asks_for_quotes(self, meanwhile: list[str]) -> None:
        self.asks(EXTRACTIVE, meanwhile, None)

    @rule(
        meanwhile=st.lists(st.one_of(quiet, quiet, st.sampled_from(HAPPENINGS)), max_size=12),
        slips=st.integers(0, 2),
    )
    def asks_a_model(self, meanwhile: list[str], slips: int) -> None:
        self.asks(MODEL, meanwhile, Watched(["?"] * slips + [DRAFT], self.model_is_asked))

    def asks(self, method: str, meanwhile: list[str], client: ScriptedClient | None) -> None:
        self.happening, self.method = deque(meanwhile), method
        before, allowed_at_first = len(self.clinic.drafts), self.promise.kept_by(method, self.clinic.at)
        request = SummaryRequest(f"run:{len(self.clinic.trail.kinds)}", USE, method, "nurse:1", "patient:1")
        try:
            summarise(
                request,
                SAID,
                clinic=self.clinic,
                client=client,
                on_progress=lambda progress: self.something_happens(),
            )
        except (UseRefused, ModelFailed) as refused:
            assert len(self.clinic.drafts) == before
            if isinstance(refused, UseRefused) and not any(meanwhile):
                assert not allowed_at_first, "nothing happened, and a standing yes was refused"
        else:
            assert len(self.clinic.drafts) == before + 1
        self.happening.clear()

    def something_happens(self) -> None:
        if self.happening and (name := self.happening.popleft()):
            getattr(self, name)()

    def model_is_asked(self) -> None:
        self.check()
        self.calls += 1
        self.something_happens()

    def check(self) -> None:
        assert self.promise.kept_by(self.method, self.clinic.at)

    @invariant()
    def what_is_recorded_is_what_was_done(self) -> None:
        trail = self.clinic.trail
        assert len(trail.facts(EventKind.DRAFT_MADE)) == len(self.clinic.drafts)
        assert len(trail.facts(EventKind.MODEL_CALLED)) == self.calls

    def teardown(self) -> None:
        if self.clinic.trail.kinds:
            assert isinstance(self.clinic.trail.verified(), Verified)


class Watched(ScriptedClient):
    """Tells when it is asked, before it answers."""

    def __init__(self, replies: list[str], when_asked: Callable[[], None]) -> None:
        super().__init__(replies, name=MODEL)
        self._when_asked = when_asked

    def answer(self, ask: Ask) -> Reply:
        self._when_asked()
        return super().answer(ask)


TestWithdrawalAlwaysWins = Service.TestCase
TestWithdrawalAlwaysWins.settings = settings(max_examples=100, stateful_step_count=14, deadline=None)
