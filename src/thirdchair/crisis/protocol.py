"""What happens once words of danger are heard: a state machine from the crisis to the follow-up.

crisis -> card_shown -> alerted -> accepted -> taken_over -> outcome_written -> followed_up, or closed

`step` is the only way from one state to the next, and it has no event that ends a conversation or keeps a person from
speaking. A crisis ends by what a person wrote, or, where it was never high and nobody has accepted it yet, by the
patient's own word. While it waits for a person somebody is always to be called next; `step` never takes that away.
Time only goes on: an event from a clock that was set back counts as happening at the latest moment that is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from thirdchair.crisis.clocks import URGENCIES, Clocks, Urgency


class Stage(StrEnum):
    """Where a crisis stands."""

    CRISIS = "crisis"
    CARD_SHOWN = "card_shown"
    ALERTED = "alerted"
    ACCEPTED = "accepted"
    TAKEN_OVER = "taken_over"
    OUTCOME_WRITTEN = "outcome_written"
    FOLLOWED_UP = "followed_up"
    CLOSED = "closed"


ENDED: Final = frozenset({Stage.FOLLOWED_UP, Stage.CLOSED})
BEFORE_THE_OUTCOME: Final = frozenset(
    {Stage.CRISIS, Stage.CARD_SHOWN, Stage.ALERTED, Stage.ACCEPTED, Stage.TAKEN_OVER}
)
PATIENT_MAY_END: Final = frozenset({Urgency.MODERATE, Urgency.LOW})
"""Where the patient's own word is enough while nobody has accepted. Above, it is kept, and a person confirms it."""

OUTCOMES: Final[Mapping[str, bool]] = MappingProxyType(
    {"seen_safe": True, "plan_made": True, "emergency": True, "referred": False, "no_danger": False}
)
"""How it can end, and whether this service owes a follow-up contact then."""


class Rule(StrEnum):
    """Why an event changes nothing."""

    ALERTED_ALREADY = "alerted_already"
    NOT_WAITING = "not_waiting"
    TAKEN_ALREADY = "taken_already"
    NOBODY_ACCEPTED = "nobody_accepted"
    NOT_YOURS = "not_yours"
    NOT_DUE = "not_due"
    NO_OUTCOME_YET = "no_outcome_yet"
    OUTCOME_ALREADY = "outcome_already"
    ENDED_ALREADY = "ended_already"
    NO_SUCH_OUTCOME = "no_such_outcome"


@dataclass(frozen=True, slots=True)
class Refused:
    """The event does not fit the state, which stays as it is."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class CardShown:
    """The person saw the crisis card. It may come at any stage, and only its first time is kept."""


@dataclass(frozen=True, slots=True)
class Alerted:
    """The alert is durable, and a person has until `answer_by` to accept it."""

    answer_by: datetime


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody was told: one person, or everyone who may answer (`person` None)."""

    person: str | None


@dataclass(frozen=True, slots=True)
class HeardAgain:
    """More words of danger while it waits. Urgency only rises, and a deadline only comes nearer."""

    urgency: Urgency
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class Accepted:
    """A person said that they answer."""

    by: str


@dataclass(frozen=True, slots=True)
class TakenOver:
    """The person who accepted is with the patient, or on the line."""

    by: str


@dataclass(frozen=True, slots=True)
class LineDropped:
    """The contact was lost: whoever is on duty is called again, until `answer_by`."""

    by: str
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class HandedBack:
    """The person who accepted cannot go on: the next is called, until `answer_by`."""

    by: str
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class NeverTakenOver:
    """The clock found that the person who accepted did not take over: the next is called, until `answer_by`."""

    answer_by: datetime


@dataclass(frozen=True, slots=True)
class OutcomeWritten:
    """A person wrote how it ended; `outcome` is one of `OUTCOMES`."""

    by: str
    outcome: str


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """A person wrote of the contact afterwards."""

    by: str


@dataclass(frozen=True, slots=True)
class SaidSafe:
    """The patient's own word: they are safe, or meant no danger."""


Event = (
    CardShown
    | Alerted
    | Called
    | HeardAgain
    | Accepted
    | TakenOver
    | LineDropped
    | HandedBack
    | NeverTakenOver
    | OutcomeWritten
    | FollowedUp
    | SaidSafe
)


@dataclass(frozen=True, slots=True)
class Crisis:
    """Where a crisis stands, and by when what is owed.

    Args:
        heard_at: when the words were heard.
        latest_at: of everything that happened.
        card_shown_at: None until the person saw the card.
        answer_by: by when a person must accept.
        half: half of the time to answer, after which the next is called.
        next_call_at: when the next is called; None unless it waits for a person.
        person: who accepted.
        not_again: who was called or accepted in vain, and is left out until everyone is called.
        take_over_by: by when the person who accepted must have taken over.
        outcome_by: by when the outcome must be written.
        follow_up_by: by when the follow-up is due; None where none is owed.
        said_safe_at: when the patient first said that they are safe.
        ended_by_patient: whether the patient's own word ended it.
    """

    urgency: Urgency
    heard_at: datetime
    clocks: Clocks
    latest_at: datetime
    outcome_by: datetime
    stage: Stage = Stage.CRISIS
    card_shown_at: datetime | None = None
    answer_by: datetime | None = None
    half: timedelta = timedelta(0)
    next_call_at: datetime | None = None
    person: str | None = None
    not_again: str | None = None
    accepted_at: datetime | None = None
    take_over_by: datetime | None = None
    taken_over_at: datetime | None = None
    outcome: str | None = None
    outcome_at: datetime | None = None
    follow_up_by: datetime | None = None
    followed_up_at: datetime | None = None
    said_safe_at: datetime | None = None
    ended_by_patient: bool = False

    @property
    def is_late(self) -> bool:
        """Whether it waits, and nobody accepted it in time as of the latest event."""
        return self.stage is Stage.ALERTED and self.answer_by is not None and self.latest_at >= self.answer_by


def heard(urgency: Urgency, at: datetime, clocks: Clocks) -> Crisis:
    """A crisis at the moment its words are heard."""
    at = at.astimezone(UTC)
    return Crisis(urgency, at, clocks, latest_at=at, outcome_by=at + clocks.outcome_within)


def step(state: Crisis, event: Event, at: datetime) -> Crisis | Refused:
    """The state after an event, or why the event changes nothing."""
    at = max(at.astimezone(UTC), state.latest_at)
    after = _after(state, event, at)
    return after if isinstance(after, Refused) else replace(after, latest_at=at)


def _after(state: Crisis, event: Event, at: datetime) -> Crisis | Refused:
    match event:
        case CardShown():
            return _card_shown(state, at)
        case SaidSafe():
            return _said_safe(state, at)
        case Alerted(by_when):
            return _alerted(state, by_when, at)
        case Called(person):
            return _called(state, person, at)
        case HeardAgain(urgency, by_when):
            return _heard_again(state, urgency, by_when)
        case Accepted(by):
            return _accepted(state, by, at)
        case TakenOver(by):
            return _taken_over(state, by, at)
        case LineDropped() | HandedBack() | NeverTakenOver():
            return _back_to_alerted(state, event, at)
        case OutcomeWritten(_, outcome):
            return _outcome_written(state, outcome, at)
        case FollowedUp():
            return _followed_up(state, at)


def _card_shown(state: Crisis, at: datetime) -> Crisis:
    stage = Stage.CARD_SHOWN if state.stage is Stage.CRISIS else state.stage
    return replace(state, stage=stage, card_shown_at=state.card_shown_at or at)


def _said_safe(state: Crisis, at: datetime) -> Crisis | Refused:
    if state.stage in ENDED:
        return Refused(Rule.ENDED_ALREADY)
    said = replace(state, said_safe_at=state.said_safe_at or at)
    if state.stage is Stage.ALERTED and state.urgency in PATIENT_MAY_END:
        return replace(said, stage=Stage.CLOSED, next_call_at=None, ended_by_patient=True)
    return said


def _alerted(state: Crisis, by_when: datetime, at: datetime) -> Crisis | Refused:
    if state.stage not in (Stage.CRISIS, Stage.CARD_SHOWN):
        return Refused(Rule.ALERTED_ALREADY)
    return _waiting(state, by_when, at)


def _waiting(state: Crisis, by_when: datetime, at: datetime) -> Crisis:
    """It waits for a person from now on, and the first is called at once."""
    by_when = max(by_when.astimezone(UTC), at)
    return replace(
        state,
        stage=Stage.ALERTED,
        answer_by=by_when,
        half=(by_when - at) / 2,
        next_call_at=at,
        person=None,
        accepted_at=None,
        take_over_by=None,
        taken_over_at=None,
    )


def _called(state: Crisis, person: str | None, at: datetime) -> Crisis | Refused:
    if state.stage is not Stage.ALERTED or state.next_call_at is None:
        return Refused(Rule.NOT_WAITING)
    if at < state.next_call_at:
        return Refused(Rule.NOT_DUE)
    if person is None:  # everyone was told; they are told again when the whole time to answer has passed
        return replace(state, next_call_at=at + max(state.half * 2, _LEAST_PAUSE), not_again=None)
    return replace(state, next_call_at=state.next_call_at + max(state.half, _LEAST_PAUSE))


_LEAST_PAUSE: Final = timedelta(minutes=1)


def _heard_again(state: Crisis, urgency: Urgency, by_when: datetime) -> Crisis | Refused:
    if state.stage is not Stage.ALERTED or state.answer_by is None or state.next_call_at is None:
        return Refused(Rule.NOT_WAITING)
    if URGENCIES.index(urgency) >= URGENCIES.index(state.urgency):
        return state
    sooner = min(state.answer_by, by_when.astimezone(UTC))
    half = min(state.half, max(sooner - state.latest_at, timedelta(0)) / 2)
    call = min(state.next_call_at, state.latest_at + half)
    return replace(state, urgency=urgency, answer_by=sooner, half=half, next_call_at=call)


def _accepted(state: Crisis, by: str, at: datetime) -> Crisis | Refused:
    if state.stage in (Stage.ACCEPTED, Stage.TAKEN_OVER):
        return state if state.person == by else Refused(Rule.TAKEN_ALREADY)
    if state.stage is not Stage.ALERTED:
        return Refused(Rule.ENDED_ALREADY if state.stage in ENDED else Rule.NOT_WAITING)
    take_over_by = at + max(state.half * 2, _LEAST_PAUSE)
    return replace(
        state,
        stage=Stage.ACCEPTED,
        person=by,
        accepted_at=at,
        take_over_by=take_over_by,
        next_call_at=None,
        not_again=None,
    )


def _taken_over(state: Crisis, by: str, at: datetime) -> Crisis | Refused:
    if state.stage is Stage.TAKEN_OVER and state.person == by:
        return state
    if state.stage is not Stage.ACCEPTED:
        return Refused(Rule.NOBODY_ACCEPTED if state.stage is Stage.ALERTED else Rule.NOT_WAITING)
    if state.person != by:
        return Refused(Rule.NOT_YOURS)
    return replace(state, stage=Stage.TAKEN_OVER, taken_over_at=at)


def _back_to_alerted(
    state: Crisis, event: LineDropped | HandedBack | NeverTakenOver, at: datetime
) -> Crisis | Refused:
    if state.stage not in (Stage.ACCEPTED, Stage.TAKEN_OVER):
        return Refused(Rule.NOBODY_ACCEPTED)
    if isinstance(event, NeverTakenOver) and (
        state.stage is Stage.TAKEN_OVER or state.take_over_by is None or at < state.take_over_by
    ):
        return Refused(Rule.NOT_DUE)
    if isinstance(event, HandedBack) and event.by != state.person:
        return Refused(Rule.NOT_YOURS)
    # Whoever lost the line is called like anyone else: they know the person best.
    not_again = None if isinstance(event, LineDropped) else state.person
    return replace(_waiting(state, event.answer_by, at), not_again=not_again)


def _outcome_written(state: Crisis, outcome: str, at: datetime) -> Crisis | Refused:
    if state.stage not in (Stage.ACCEPTED, Stage.TAKEN_OVER):
        return Refused(Rule.NOBODY_ACCEPTED if state.stage in BEFORE_THE_OUTCOME else Rule.OUTCOME_ALREADY)
    if outcome not in OUTCOMES:
        return Refused(Rule.NO_SUCH_OUTCOME)
    owed = OUTCOMES[outcome]
    return replace(
        state,
        stage=Stage.OUTCOME_WRITTEN if owed else Stage.CLOSED,
        taken_over_at=state.taken_over_at or at,  # who writes how it ended says that they took it over
        outcome=outcome,
        outcome_at=at,
        follow_up_by=at + state.clocks.follow_up_within if owed else None,
    )


def _followed_up(state: Crisis, at: datetime) -> Crisis | Refused:
    if state.stage in BEFORE_THE_OUTCOME:
        return Refused(Rule.NO_OUTCOME_YET)
    if state.stage is not Stage.OUTCOME_WRITTEN:
        return Refused(Rule.ENDED_ALREADY)
    return replace(state, stage=Stage.FOLLOWED_UP, followed_up_at=at)
