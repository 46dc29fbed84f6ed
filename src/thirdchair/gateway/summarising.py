"""A governed session summary, from the request to the saved draft.

In order, each step a value in the trail: policy at the moment of the call, in the transaction of its trail entry
-> crisis screen in, its alert durable before any work -> the use's method, driven step by step; what it asks of a
model is minimised, de-identified, checked for leaks, allowed afresh and recorded before it leaves -> re-identify
-> ground -> screen out -> the draft saved and recorded, if policy still allows it. A step that cannot run refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from thirdchair.clients.protocol import Client
from thirdchair.errors import SafeguardUnavailable
from thirdchair.gateway.concealing import concealed_in
from thirdchair.gateway.desk import Alert, Clinic, Desk
from thirdchair.gateway.guarding import guarded
from thirdchair.gateway.methods import method_digest
from thirdchair.gateway.revealing import revealed
from thirdchair.policy import Allowed, Refused, decide
from thirdchair.policy.decision import UseRefused
from thirdchair.records import (
    Ask,
    Draft,
    Progress,
    Reply,
    RiskFinding,
    RiskStatus,
    RiskTopic,
    Sentence,
    Support,
    Timeframe,
    Transcript,
)
from thirdchair.safeguards.conduct import human_likeness, instructions_in, neutralised
from thirdchair.safeguards.crisis import CrisisReading, read_by_rule, screen_session
from thirdchair.safeguards.deidentify import DatePolicy, Deidentifier, for_session, minimise_session
from thirdchair.safeguards.grounding import ground_draft
from thirdchair.trail.chain import GENESIS
from thirdchair.trail.commitment import commit
from thirdchair.trail.event import Event, EventKind
from thirdchair.trail.facts import FactValue
from thirdchair.uses import registered_use
from thirdchair.uses.summarise_session import extractive, generative
from thirdchair.uses.summarise_session.risk import read_risk

EXTRACTIVE: Final = "extractive"

ACTIVE_THOUGHTS: Final = 2
"""The rung of the ladder for thoughts of suicide that are affirmed without more (C-SSRS structure, 0 to 6)."""

Flow = Generator[Progress | Ask, Reply | None, Draft]


@dataclass(frozen=True, slots=True)
class SummaryRequest:
    """A clinician's request for a draft.

    Args:
        run: id of this piece of work.
        use: id of the use, as asked for; may be unknown.
        method: "extractive", or the name of `client`.
        actor: account that asks.
        patient: pseudonym the trail knows the patient by.
    """

    run: str
    use: str
    method: str
    actor: str
    patient: str


def summarise(
    request: SummaryRequest,
    transcript: Transcript,
    *,
    clinic: Clinic,
    client: Client | None = None,
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> Draft:
    """A grounded draft, saved for review, with every step in the trail.

    Raises:
        UseRefused: a rule closed the use, before the work or during it.
        SafeguardUnavailable: a check could not run.
        ModelFailed, ClientFailed: the model gave nothing usable.
    """
    call = _Call(request, transcript, clinic, client)
    call.begin()
    draft = _grounded(call.drive(call.flow(), on_progress), transcript)
    if client is not None:
        draft = guarded(lambda: _conducted(draft))
    call.finish(draft)
    return draft


def summarise_file(
    transcript: Transcript, *, on_progress: Callable[[Progress], None] = lambda progress: None
) -> Draft:
    """A grounded draft of a person's own file, by the extractive method.

    Nothing leaves the process, nothing is kept, and no record is touched, so there is no patient to ask and
    no trail to write; a registered model is out of reach here. Whoever holds the file answers for it.
    """
    flow = extractive.summarise(transcript, risk=read_risk(transcript))
    while True:
        try:
            on_progress(next(flow))
        except StopIteration as done:
            return _grounded(done.value, transcript)


class _Call:
    """One governed call, from its first decision to its saved draft."""

    def __init__(
        self, request: SummaryRequest, transcript: Transcript, clinic: Clinic, client: Client | None
    ) -> None:
        if (client is None) != (request.method == EXTRACTIVE) or (client and client.name != request.method):
            raise ValueError("the method asked for and the client handed over differ")
        self.request = request
        self.transcript = transcript
        self.clinic = clinic
        self.client = client
        self.digest = method_digest(client)
        self.deidentifier: Deidentifier | None = None
        self.risk: tuple[RiskFinding, ...] = ()

    def begin(self) -> None:
        """Decides, records the decision, and makes any alert durable before the work starts."""
        self.risk = guarded(lambda: read_risk(self.transcript))
        alert = _alert(guarded(lambda: screen_session(self.transcript)), self.risk)
        if alert is not None:
            # A person in crisis is owed a person whether or not a draft may be made, and even where the decision
            # cannot be taken or recorded: so in a transaction of its own, which nothing later undoes.
            with self.clinic.transaction() as desk:
                desk.raise_alert(alert)
        with self.clinic.transaction() as desk:
            decision = self._decide(desk)
            desk.record(self._requested(decision))
            if isinstance(decision, Allowed):
                desk.record(
                    self._event(
                        EventKind.WORK_STARTED,
                        run=self.request.run,
                        use=self.request.use,
                        method=self.request.method,
                    )
                )
        if isinstance(decision, Refused):
            raise UseRefused(decision)

    def flow(self) -> Flow:
        """The method's own steps, ending in its draft."""
        risk = self.risk
        if self.client is None:
            # It asks nothing, so nothing but None is ever sent to it.
            return cast(Flow, extractive.summarise(self.transcript, risk=risk))
        use = registered_use(self.request.use)
        if use is None:
            raise UseRefused(Refused("use.unknown"))
        return generative.summarise(
            guarded(lambda: _neutralised(minimise_session(self.transcript, use.needs))),
            risk=risk,
            prompt=use.prompt,
            method=self.client.name,
            method_digest=self.digest,
        )

    def drive(self, flow: Flow, on_progress: Callable[[Progress], None]) -> Draft:
        """Runs the method step by step; each step asks first whether it may go on."""
        reply: Reply | None = None
        while True:
            try:
                step = flow.send(reply)
            except StopIteration as done:
                return done.value
            reply = None
            if isinstance(step, Ask):
                reply = self._ask(step)
            else:
                self._still_allowed()
                on_progress(step)

    def finish(self, draft: Draft) -> None:
        """Screens what goes out, then saves and records it, if policy still allows."""
        outgoing = guarded(lambda: _level_told(draft))
        with self.clinic.transaction() as desk:
            self._refuse_unless_allowed(desk)
            saved = desk.save_draft(draft)
            desk.record(
                self._event(
                    EventKind.DRAFT_MADE,
                    run=self.request.run,
                    draft=saved.id,
                    method=draft.method,
                    method_digest=draft.method_digest,
                    draft_commitment=saved.commitment,
                    sentences=len(draft.sentences),
                    unsupported=len(draft.unsupported),
                    crisis_level=outgoing,
                )
            )

    def _ask(self, ask: Ask) -> Reply:
        if self.client is None:
            raise SafeguardUnavailable("A method without a model asked for one.")
        concealed, count = concealed_in(ask, self._deidentifier())
        sent = "\n".join(message.content for message in concealed.messages)
        with self.clinic.transaction() as desk:
            self._refuse_unless_allowed(desk)
            desk.record(
                self._event(
                    EventKind.MODEL_CALLED,
                    run=self.request.run,
                    model=self.client.name,
                    model_digest=self.client.digest,
                    prompt_digest=self._policy_digest(),
                    request_commitment=commit(sent.encode()).digest,
                    reply_commitment=None,
                    identifiers_concealed=count,
                    filters=["deidentify", "crisis_in"],
                    sources=[],
                )
            )
        reply = self.client.answer(concealed)
        text = guarded(lambda: revealed(reply.text, self._deidentifier()))
        return Reply(text=text, finish=reply.finish)

    def _deidentifier(self) -> Deidentifier:
        if self.deidentifier is None:
            self.deidentifier = guarded(
                lambda: for_session(self.transcript, date_policy=_date_policy(self.request.use))
            )
        return self.deidentifier

    def _still_allowed(self) -> None:
        with self.clinic.transaction() as desk:
            self._refuse_unless_allowed(desk)

    def _refuse_unless_allowed(self, desk: Desk) -> None:
        decision = self._decide(desk)
        if isinstance(decision, Refused):
            raise UseRefused(decision)

    def _decide(self, desk: Desk) -> Allowed | Refused:
        use = registered_use(self.request.use)
        return decide(
            use.terms if use else None,
            method=self.request.method,
            language=str(self.transcript.language),
            moment=desk.moment(),
        )

    def _requested(self, decision: Allowed | Refused) -> Event:
        allowed = isinstance(decision, Allowed)
        use = registered_use(self.request.use)
        return self._event(
            EventKind.USE_REQUESTED,
            run=self.request.run if allowed else None,
            use=use.id if use else "unregistered",
            method=self.request.method,
            policy_digest=self._policy_digest(),
            decision="allowed" if allowed else "refused",
            rule=None if allowed else decision.rule,
            consent=decision.consent if allowed else None,
            evidence=decision.evidence if allowed else None,
        )

    def _policy_digest(self) -> str:
        """The use as approved: its terms, prompt and statement of intended use."""
        use = registered_use(self.request.use)
        return use.digest if use else GENESIS

    def _event(self, kind: EventKind, **facts: FactValue) -> Event:
        return Event(kind=kind, actor=self.request.actor, subject=self.request.patient, facts=facts)


def _grounded(draft: Draft, transcript: Transcript) -> Draft:
    return guarded(lambda: ground_draft(draft, transcript))


def _date_policy(use_id: str) -> DatePolicy:
    use = registered_use(use_id)
    return DatePolicy.for_needs(use.needs) if use else DatePolicy()


def _neutralised(transcript: Transcript) -> Transcript:
    """The session as a model reads it: nothing said in it can pass for a template's or a line's structure."""
    return replace(
        transcript,
        utterances=tuple(replace(said, text=neutralised(said.text)) for said in transcript.utterances),
    )


def _conducted(draft: Draft) -> Draft:
    """A model's draft with sentences marked that speak as a person would, or to a model: a reviewer must edit them.

    Not for the extractive method, whose sentences are quotations.
    """
    return replace(draft, sentences=tuple(_judged(sentence) for sentence in draft.sentences))


def _judged(sentence: Sentence) -> Sentence:
    reasons = tuple(
        reason
        for reason, found in (
            ("human_likeness", human_likeness(sentence.text)),
            ("instruction", instructions_in(sentence.text)),
        )
        if found
    )
    if not reasons:
        return sentence
    return replace(sentence, status=Support.UNSUPPORTED, reasons=(*sentence.reasons, *reasons))


def _alert(signals: Sequence[tuple[str, CrisisReading]], risk: Sequence[RiskFinding]) -> Alert | None:
    """The alert a session calls for: by single utterances, or by a plain question and its plain answer.

    The screen reads each utterance alone, so a "yes" says nothing to it; the risk findings read the two together.
    """
    urgent = [(utterance, reading) for utterance, reading in signals if reading.needs_person]
    affirmed = [finding for finding in risk if _is_present_danger(finding)]
    if not urgent and not affirmed:
        return None
    thoughts = ACTIVE_THOUGHTS if any(f.topic is RiskTopic.SUICIDE for f in affirmed) else 0
    dangers = {danger for _, reading in urgent for danger in _dangers(reading)}
    cited = {utterance for utterance, _ in urgent} | {u for finding in affirmed for u in finding.evidence}
    return Alert(
        level=max([thoughts, *(reading.level for _, reading in urgent)]),
        dangers=tuple(sorted(dangers | {str(finding.topic) for finding in affirmed})),
        utterances=tuple(sorted(cited, key=lambda utterance: int(utterance[1:]))),
    )


def _is_present_danger(finding: RiskFinding) -> bool:
    return (
        finding.topic in (RiskTopic.SUICIDE, RiskTopic.HARM_TO_OTHERS)
        and finding.status is RiskStatus.AFFIRMED
        and finding.timeframe is not Timeframe.PAST
    )


def _level_told(draft: Draft) -> int:
    """The highest rung a draft tells of, 0 to 6.

    A note speaks of the patient in quotation marks or in the third person, which the screen counts as someone else's,
    and the trained reader knows people's own words only. So the rules read it, and both count here; a relative's
    danger does too, for which of them a sentence means is not known.
    """
    spans = (span for sentence in draft.sentences for span in read_by_rule(sentence.text).spans)
    return max((span.level for span in spans if not span.negated), default=0)


def _dangers(reading: CrisisReading) -> set[str]:
    return {danger for danger, stated in reading.risks.items() if stated} | set(reading.acute)
