"""Runs the conversations of the specs through the gateway and checks what a person would see happen."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from clinic import USE, MemoryClinic, session
from thirdchair.clients import Client
from thirdchair.errors import ClientFailed, ModelFailed, SafeguardUnavailable
from thirdchair.gateway import EXTRACTIVE, SummaryRequest, summarise
from thirdchair.policy.decision import UseRefused
from thirdchair.records import Draft, Language, Progress, RiskFinding, RiskStatus, RiskTopic, Sentence
from thirdchair.trail import EventKind, Verified


@dataclass(frozen=True)
class Drafted:
    """A draft waits for review."""


@dataclass(frozen=True)
class RefusedBy:
    """The rule of this name closed the use: before the work, or while it ran."""

    rule: str


@dataclass(frozen=True)
class NoUsableReply:
    """The model declined, was cut off, or could not be read."""

    outcome: str


@dataclass(frozen=True)
class ServerOutOfReach:
    """The model's server did not answer."""


@dataclass(frozen=True)
class SafeguardOut:
    """A check could not run, so nothing was made."""


Outcome = Drafted | RefusedBy | NoUsableReply | ServerOutOfReach | SafeguardOut


@dataclass
class Conduct:
    """What happened: how it ended, and what is there to see afterwards."""

    outcome: Outcome
    clinic: MemoryClinic
    message: str = ""
    stages: list[Progress] = field(default_factory=list)

    @property
    def draft(self) -> Draft:
        """The one draft that waits for review."""
        (draft,) = self.clinic.drafts
        return draft

    @property
    def recorded(self) -> list[str]:
        """What stands in the trail, in order."""
        return self.clinic.trail.kinds

    @property
    def risk(self) -> dict[RiskTopic, RiskStatus]:
        return {finding.topic: finding.status for finding in self.draft.risk}

    def finding(self, topic: RiskTopic) -> RiskFinding:
        return next(finding for finding in self.draft.risk if finding.topic is topic)

    def sentence(self, beginning: str) -> Sentence:
        """The sentence of the draft that begins so."""
        (found,) = [s for s in self.draft.sentences if s.text.startswith(beginning)]
        return found


class SpecTest(Protocol):
    """Runs one conversation and checks how it ends."""

    def __call__(
        self,
        dialogue: str,
        *,
        expected: Outcome,
        clinic: MemoryClinic | None = None,
        client: Client | None = None,
        use: str = USE,
        language: Language = Language.ENGLISH,
        meanwhile: Callable[[], None] | None = None,
    ) -> Conduct: ...


def hold_session(
    dialogue: str,
    *,
    expected: Outcome,
    clinic: MemoryClinic | None = None,
    client: Client | None = None,
    use: str = USE,
    language: Language = Language.ENGLISH,
    meanwhile: Callable[[], None] | None = None,
) -> Conduct:
    """Runs a conversation through `summarise`; `meanwhile` happens once the work has begun."""
    clinic = clinic or MemoryClinic()
    happens = iter([meanwhile] if meanwhile else [])
    stages: list[Progress] = []

    def on_progress(progress: Progress) -> None:
        stages.append(progress)
        next(happens, lambda: None)()

    request = SummaryRequest(
        run="run:1",
        use=use,
        method=client.name if client else EXTRACTIVE,
        actor="nurse:1",
        patient="patient:1",
    )
    said = session(dialogue, language)
    try:
        made = summarise(request, said, clinic=clinic, client=client, on_progress=on_progress)
    except (UseRefused, ModelFailed, ClientFailed, SafeguardUnavailable) as error:
        conduct = Conduct(_outcome(error), clinic, str(error), stages)
        assert clinic.drafts == []
        assert error.__context__ is None
    else:
        conduct = Conduct(Drafted(), clinic, stages=stages)
        assert clinic.drafts == [made]
    assert conduct.outcome == expected
    _check_what_always_holds(conduct, dialogue)
    return conduct


def _outcome(error: UseRefused | ModelFailed | ClientFailed | SafeguardUnavailable) -> Outcome:
    match error:
        case UseRefused():
            return RefusedBy(error.refusal.rule)
        case ModelFailed():
            return NoUsableReply(error.outcome)
        case ClientFailed():
            return ServerOutOfReach()
        case _:
            return SafeguardOut()


def _check_what_always_holds(conduct: Conduct, dialogue: str) -> None:
    """The trail is whole and holds as many drafts as there are; nothing said is in it, nor in any error."""
    trail = conduct.clinic.trail
    if trail.kinds:
        assert isinstance(trail.verified(), Verified)
    assert len(trail.facts(EventKind.DRAFT_MADE)) == len(conduct.clinic.drafts)
    told = json.dumps([entry.event.as_json() for entry in trail.entries()]) + conduct.message
    for line in dialogue.strip().splitlines():
        who, _, said = line.partition("|")
        assert said.strip() not in told
        label = who.strip().partition(" (")[2].rstrip(")")
        assert not label or label not in told
