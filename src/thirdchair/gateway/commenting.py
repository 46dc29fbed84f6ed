"""A governed comment of a model on a case that a clinician has judged first.

In order: crisis screen of the case, its alert durable before any work -> policy at the moment of the call, and whether the
clinician's own judgement is recorded, in the transaction of the trail entry -> what a model is asked is de-identified, checked
for leaks, allowed afresh and recorded before it leaves -> its reply is re-identified and read strictly; what it says in words
of its own is checked for conduct, contacts and danger -> the comment is kept and recorded, if policy still allows it.

Numbers need no check of conduct, and quotations are the case's own words. A reply that is refused, unreadable or cut off is
kept as such. What it does not do: it rates nobody. The judgement of record is the clinician's.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal, Protocol

from thirdchair.clients.protocol import Client
from thirdchair.errors import ThirdchairError
from thirdchair.gateway.alerting import ALERT_FROM, dangers_of
from thirdchair.gateway.concealing import concealed_in
from thirdchair.gateway.desk import Alert
from thirdchair.gateway.guarding import guarded
from thirdchair.gateway.methods import method_digest
from thirdchair.gateway.revealing import revealed
from thirdchair.language.when_said import read_time
from thirdchair.policy import Allowed, Moment, Refused, decide
from thirdchair.policy.decision import UseRefused
from thirdchair.records import Ask, Case, Language, Reply, Timeframe, Unread, count_words
from thirdchair.safeguards.conduct import contacts, human_likeness, instructions_in, neutralised, unlisted
from thirdchair.safeguards.crisis import CrisisReading, read_by_rule, screen
from thirdchair.safeguards.deidentify import DatePolicy, Deidentifier
from thirdchair.safeguards.streaming_judge import CRISIS, METHOD, UNLISTED_CONTACT
from thirdchair.trail.commitment import commit
from thirdchair.trail.event import Event, EventKind
from thirdchair.trail.facts import FactValue
from thirdchair.uses import USES
from thirdchair.uses.estimate_prognosis import generative as estimating
from thirdchair.uses.estimate_prognosis.reading import Prognosis
from thirdchair.uses.interpret_emotion import generative as interpreting
from thirdchair.uses.interpret_emotion.reading import FeelingsRead, WordChosen
from thirdchair.uses.predict_crisis import generative as predicting
from thirdchair.uses.predict_crisis.reading import CrisisForecast
from thirdchair.uses.rate_suicide_risk import generative as rating
from thirdchair.uses.rate_suicide_risk.reading import RiskReading

Reading = RiskReading | CrisisForecast | Prognosis | FeelingsRead | WordChosen
Outcome = Literal["read", "refused", "unreadable", "cut_off", "withheld"]

LONGEST_CASE_WORDS: Final = 4_000
"""Words of a text and its history together; a longer one is no single case."""

READ_CASE: Final[Mapping[str, Callable[..., Generator[Ask, Reply, Any]]]] = MappingProxyType(
    {
        "rate_suicide_risk": rating.read_case,
        "predict_crisis": predicting.read_case,
        "estimate_prognosis": estimating.read_case,
        "interpret_emotion": interpreting.read_case,
    }
)
"""By use, its one method: `read_case(case, language=..., fenced=...)`."""

_INSTRUCTION: Final = "instruction_in_case"
_NOT_THE_PATIENTS: Final = {
    Language.ENGLISH: "From a text that a clinician put in for a second reading; these may not be the patient's own words:",
    Language.CHINESE: "摘自临床人员为第二意见提交的文字，可能不是患者本人的话：",
}
"""Stands before the words of an alert, so that nobody takes them for the patient's own."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What a model made of a case, as it may be shown beside the clinician's own judgement.

    Args:
        reading: None where there is none.
        outcome: whether it was read, or why not; "withheld" where the words of it may not be shown.
        filters: names of the checks that found something; "instruction_in_case" where the case itself addresses a machine.
        method: the registered name of the model.
        method_digest: SHA-256 of what made it.
    """

    reading: Reading | None
    outcome: Outcome
    filters: tuple[str, ...]
    method: str
    method_digest: str

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "reading": None if self.reading is None else self.reading.as_json(),
            "outcome": self.outcome,
            "filters": list(self.filters),
        }


@dataclass(frozen=True, slots=True)
class KeptComment:
    """A comment as kept: its id, the commitment the trail holds to it, and whether it differs from the own judgement."""

    id: str
    commitment: str
    differs: bool | None


@dataclass(frozen=True, slots=True)
class CommentRequest:
    """A clinician's request for a comment on a case they have judged.

    Args:
        run: id of this piece of work.
        case_id: id of the case at this service.
        use: id of a use whose results are comments.
        method: the name of the client, or "extractive", of which there is none.
        actor: account that asks.
        patient: pseudonym the trail knows the patient by.
    """

    run: str
    case_id: str
    use: str
    method: str
    actor: str
    patient: str
    case: Case
    language: Language


class CommentDesk(Protocol):
    """One transaction at the place where a case is kept."""

    def moment(self) -> Moment:
        """Everything the decision rests on, as it stands inside this transaction; with whose words the case holds."""
        ...

    def own_judgement_stands(self) -> bool:
        """Whether the person who asks has recorded their own judgement of this case."""
        ...

    def comment_stands(self) -> bool:
        """Whether a model has commented on this case already."""
        ...

    def record(self, event: Event) -> None:
        """Appends to the trail, or raises and so undoes the transaction."""
        ...

    def raise_alert(self, alert: Alert, said: str) -> None:
        """Makes the alert durable, once for a case, with the words that led to it under the patient's key."""
        ...

    def keep_comment(self, comment: Comment) -> KeptComment:
        """Keeps the comment beside the judgement."""
        ...


class CommentClinic(Protocol):
    """Where cases are kept: opens transactions."""

    def transaction(self) -> AbstractContextManager[CommentDesk]:
        """A transaction; what was done inside it is undone if the block raises."""
        ...


def screen_case(case: Case, clinic: CommentClinic, *, language: Language) -> bool:
    """Whether the words of a case call for a person; then the alert is durable when this returns.

    To be called before a case is kept, whether or not a model is ever asked.

    Raises:
        SafeguardUnavailable: the screen could not run.
    """
    found = guarded(lambda: _alert(case))
    if found is None:
        return False
    alert, said = found
    with clinic.transaction() as desk:
        desk.raise_alert(
            alert, said if case.author == "patient" else f"{_NOT_THE_PATIENTS[language]}\n{said}"
        )
    return True


def comment_on(
    request: CommentRequest,
    *,
    clinic: CommentClinic,
    client: Client | None,
    names: tuple[str, ...] = (),
    listed: tuple[str, ...] = (),
) -> Comment:
    """What the model makes of the case, kept beside the clinician's own judgement, with every step in the trail.

    Args:
        names: known names of the patient, concealed wherever they stand.
        listed: numbers and addresses that may be shown.

    Raises:
        UseRefused: a rule closed the use, or the own judgement is not recorded.
        SafeguardUnavailable: a check could not run.
        ClientFailed: the model's server gave no answer.
    """
    if client is not None and client.name != request.method:
        raise ValueError("the method asked for and the client handed over differ")
    screen_case(request.case, clinic, language=request.language)
    call = _Call(request, clinic, client, names)
    call.begin()
    try:
        comment = call.comment(listed)
        call.keep(comment)
    except ThirdchairError as error:
        call.give_up(error)
        raise
    return comment


class _Call:
    """One governed comment, from its decision to the comment as kept."""

    def __init__(
        self, request: CommentRequest, clinic: CommentClinic, client: Client | None, names: tuple[str, ...]
    ) -> None:
        self.request = request
        self.clinic = clinic
        self.client = client
        self.use = USES[request.use]
        if not self.use.comments:
            raise ValueError("only a use whose results are comments is asked for a comment")
        self.deidentifier = Deidentifier(
            request.language, names, date_policy=DatePolicy.for_needs(self.use.needs)
        )

    def begin(self) -> None:
        """Decides, and records the decision."""
        with self.clinic.transaction() as desk:
            decision = self._decide(desk)
            desk.record(self._requested(decision))
            if isinstance(decision, Allowed):
                desk.record(
                    self._event(
                        EventKind.WORK_STARTED,
                        run=self.request.run,
                        use=self.use.id,
                        method=self.request.method,
                    )
                )
        if isinstance(decision, Refused):
            raise UseRefused(decision)

    def comment(self, listed: tuple[str, ...]) -> Comment:
        """The model's reading, checked."""
        flow = READ_CASE[self.use.id](self.request.case, language=self.request.language, fenced=neutralised)
        reply: Reply | None = None
        while True:
            try:
                ask = next(flow) if reply is None else flow.send(reply)
            except StopIteration as done:
                return guarded(lambda found=done.value: self._checked(found, listed))
            reply = self._asked(ask)

    def keep(self, comment: Comment) -> None:
        """Keeps and records the comment, if policy still allows."""
        with self.clinic.transaction() as desk:
            self._refuse_unless_allowed(desk)
            kept = desk.keep_comment(comment)
            quotes = getattr(comment.reading, "quotes", None)
            desk.record(
                self._event(
                    EventKind.COMMENT_MADE,
                    run=self.request.run,
                    case=self.request.case_id,
                    comment=kept.id,
                    use=self.use.id,
                    method=comment.method,
                    method_digest=comment.method_digest,
                    outcome=comment.outcome,
                    comment_commitment=kept.commitment,
                    differs=kept.differs,
                    quotes_dropped=quotes.dropped if quotes else 0,
                    filters=list(comment.filters),
                )
            )

    def give_up(self, error: ThirdchairError) -> None:
        """Writes down that no comment was made."""
        stopped = isinstance(error, UseRefused)
        with self.clinic.transaction() as desk:
            desk.record(
                self._event(
                    EventKind.WORK_STOPPED if stopped else EventKind.WORK_FAILED,
                    run=self.request.run,
                    why=error.refusal.rule if isinstance(error, UseRefused) else type(error).__name__,
                )
            )

    def _asked(self, ask: Ask) -> Reply:
        if self.client is None:
            raise UseRefused(Refused("use.model_only", {"use": self.use.id}))
        concealed, count = concealed_in(ask, self.deidentifier)
        sent = "\n".join(message.content for message in concealed.messages)
        with self.clinic.transaction() as desk:
            self._refuse_unless_allowed(desk)
            desk.record(
                self._event(
                    EventKind.MODEL_CALLED,
                    run=self.request.run,
                    model=self.client.name,
                    model_digest=self.client.digest,
                    prompt_digest=self.use.digest,
                    request_commitment=commit(sent.encode("utf-8", "surrogatepass")).digest,
                    reply_commitment=None,
                    identifiers_concealed=count,
                    filters=["deidentify", "crisis_in"],
                    sources=[],
                )
            )
        reply = self.client.answer(concealed)
        return Reply(guarded(lambda: revealed(reply.text, self.deidentifier)), reply.finish)

    def _checked(self, found: Reading | Unread, listed: tuple[str, ...]) -> Comment:
        case = self.request.case
        told = (_INSTRUCTION,) if instructions_in(case.text) or instructions_in(case.history) else ()
        digest = method_digest(self.client, self.use.id)
        if isinstance(found, Unread):
            return Comment(None, found.kind, told, self.request.method, digest)
        faults = _faults(found, case, listed)
        reading, outcome = (None, "withheld") if faults else (found, "read")
        return Comment(reading, outcome, (*told, *faults), self.request.method, digest)

    def _decide(self, desk: CommentDesk) -> Allowed | Refused:
        if not desk.own_judgement_stands():
            return Refused("comment.own_judgement_first")
        if desk.comment_stands():
            return Refused("comment.given")
        moment = desk.moment()
        licensed_until = moment.actor.licensed_until
        if licensed_until is None or licensed_until < moment.at.date():
            return Refused("sign.licence")
        return decide(
            self.use.terms, method=self.request.method, language=str(self.request.language), moment=moment
        )

    def _refuse_unless_allowed(self, desk: CommentDesk) -> None:
        decision = self._decide(desk)
        if isinstance(decision, Refused):
            raise UseRefused(decision)

    def _requested(self, decision: Allowed | Refused) -> Event:
        allowed = isinstance(decision, Allowed)
        return self._event(
            EventKind.USE_REQUESTED,
            run=self.request.run if allowed else None,
            use=self.use.id,
            method=self.request.method,
            policy_digest=self.use.digest,
            decision="allowed" if allowed else "refused",
            rule=None if allowed else decision.rule,
            consent=decision.consent if allowed else None,
            evidence=decision.evidence if allowed else None,
        )

    def _event(self, kind: EventKind, **facts: FactValue) -> Event:
        return Event(kind=kind, actor=self.request.actor, subject=self.request.patient, facts=facts)


def _faults(reading: Reading, case: Case, listed: tuple[str, ...]) -> tuple[str, ...]:
    """The checks that a reading fails in words of its own; numbers and quotations have none."""
    if not isinstance(reading, FeelingsRead):
        return ()
    said = f"{reading.own}\n{reading.other}"
    known = {contact.normalised for text in (case.text, case.history) for contact in contacts(text)}
    found = {
        "human_likeness": human_likeness(said),
        "instruction": instructions_in(said),
        UNLISTED_CONTACT: unlisted(said, (*listed, *known)),
        CRISIS: _told(read_by_rule(said)) >= METHOD,
    }
    return tuple(name for name, faulty in found.items() if faulty)


def _alert(case: Case) -> tuple[Alert, str] | None:
    """The alert that a case calls for, with its words.

    A clinician writes of the patient in the third person, which the screen counts as someone else's danger. So what the rules
    find counts too, unless it is denied or past.
    """
    lines = [line for line in (*case.text.splitlines(), *case.history.splitlines()) if line.strip()]
    if sum(map(count_words, lines)) > LONGEST_CASE_WORDS:  # line by line it would hold up others
        lines = ["\n".join(lines)]
    read = [(line, screen(line)) for line in lines]
    urgent = [(line, found) for line, found in read if found.needs_person or _is_told(line, found)]
    if not urgent:
        return None
    dangers = tuple(sorted({danger for _, found in urgent for danger in dangers_of(found)}))
    level = max(_told(found) for _, found in urgent)
    return Alert(level, dangers, ()), "\n".join(line for line, _ in urgent)


def _is_told(line: str, reading: CrisisReading) -> bool:
    return _told(reading) >= ALERT_FROM and read_time(line) is not Timeframe.PAST


def _told(reading: CrisisReading) -> int:
    """The highest rung that a text tells of without denying it, whoever's it is, 0 to 6."""
    return max([reading.level, *(span.level for span in reading.spans if not span.negated)])
