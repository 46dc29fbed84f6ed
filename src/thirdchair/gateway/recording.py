"""The trail entries of a governed turn: what was asked for, what left for a model, what was said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from thirdchair.clients.protocol import Client
from thirdchair.errors import SafeguardUnavailable
from thirdchair.gateway.methods import method_digest
from thirdchair.policy import Allowed, Refused
from thirdchair.records import Ask
from thirdchair.trail.chain import GENESIS
from thirdchair.trail.commitment import commit
from thirdchair.trail.event import Event, EventKind
from thirdchair.trail.facts import LONGEST_LIST, FactValue
from thirdchair.uses import registered_use


class Requested(Protocol):
    """What every request of a turn carries."""

    @property
    def run(self) -> str:
        """The id of this piece of work."""
        ...

    @property
    def use(self) -> str:
        """The id of the use, as asked for."""
        ...

    @property
    def method(self) -> str:
        """ "extractive", or the name of a model."""
        ...

    @property
    def actor(self) -> str:
        """The account that asks."""
        ...

    @property
    def patient(self) -> str | None:
        """The pseudonym the trail knows the patient by."""
        ...


def requested(request: Requested, decision: Allowed | Refused) -> Event:
    """That a use was asked for, and what policy said."""
    allowed = isinstance(decision, Allowed)
    use = registered_use(request.use)
    return event_of(
        request,
        EventKind.USE_REQUESTED,
        run=request.run if allowed else None,
        use=use.id if use else "unregistered",
        method=request.method,
        policy_digest=use.digest if use else GENESIS,
        decision="allowed" if allowed else "refused",
        rule=None if allowed else decision.rule,
        consent=decision.consent if allowed else None,
        evidence=decision.evidence if allowed else None,
    )


def model_called(
    request: Requested, client: Client | None, ask: Ask, *, concealed: int, sources: Sequence[str] = ()
) -> Event:
    """That a question leaves for a model, with a commitment to it.

    Raises:
        SafeguardUnavailable: there is no model, or no such use.
    """
    use = registered_use(request.use)
    if use is None or client is None:
        raise SafeguardUnavailable("A method without a model asked for one.")
    sent = "\n".join(message.content for message in ask.messages)
    return event_of(
        request,
        EventKind.MODEL_CALLED,
        run=request.run,
        model=client.name,
        model_digest=client.digest,
        prompt_digest=use.digest,
        request_commitment=commit(sent.encode("utf-8", "surrogatepass")).digest,
        reply_commitment=None,
        identifiers_concealed=concealed,
        filters=["deidentify", "crisis_in"],
        sources=list(sources),
    )


def reply_sent(
    request: Requested,
    client: Client | None,
    words: str,
    *,
    kind: str,
    level: int,
    filters: Sequence[str] = (),
    sources: Sequence[str] = (),
) -> Event:
    """What was said, as a commitment, and which safeguards changed it."""
    use = registered_use(request.use)
    return event_of(
        request,
        EventKind.REPLY_SENT,
        run=request.run,
        use=use.id if use else "unregistered",
        method=request.method,
        method_digest=method_digest(client, use.id) if use else GENESIS,
        reply_commitment=commit(words.encode("utf-8", "surrogatepass")).digest,
        kind=kind,
        crisis_level=level,
        filters=list(filters[:LONGEST_LIST]),
        sources=list(sources[:LONGEST_LIST]),
    )


def event_of(request: Requested, event: EventKind, /, **facts: FactValue) -> Event:
    """An event about the patient of a request."""
    return Event(kind=event, actor=request.actor, subject=request.patient, facts=facts)
