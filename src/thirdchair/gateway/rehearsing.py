"""Conversations outside any service: every rule of policy met, and all that is kept kept in memory.

For measuring what a governed conversation shows, never for care: nobody is told of an alert here.

    from thirdchair.gateway.rehearsing import Rehearsal

    rehearsal = Rehearsal(client, language=Language.ENGLISH)
    for words in script:
        turn = rehearsal.say(words)
        print(turn.kind, turn.text)

`client` is any `Client`, such as a `ScriptedClient` or the embedded model. `bare(words)` gives what the model itself would have said,
with no safeguard, to set beside it; it leaves the conversation as it was. Once an alert was raised no model is asked again, as at a
service while nobody has ended it; `danger_over()` is what a person does who has.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from thirdchair.clients.protocol import Client
from thirdchair.crisis import card, card_text
from thirdchair.gateway.conversing import CONVERSE, TalkHouse, TalkRequest, TalkState, TalkTurn, hold_turn
from thirdchair.gateway.desk import Alert
from thirdchair.policy import Actor, Cleared, Consent, Moment, Role, Switches
from thirdchair.policy.conversing import Caps, Eligibility, Standing
from thirdchair.records import Language, Message, Reply
from thirdchair.trail.event import Event
from thirdchair.uses import USES
from thirdchair.uses.converse.generative import ask_for_reply

BEGINS: Final = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
BETWEEN_MESSAGES: Final = timedelta(minutes=2)
_YEAR: Final = timedelta(days=365)
_ACTOR: Final = "patient:rehearsal"


class Rehearsal:
    """One conversation.

    Args:
        client: the model.
        country: of the card that is shown.
        shown_card: the card for (country, language), if not the directory's.
        listed: numbers and addresses that may be shown.
        places: ISO 3166 codes that decide how often notices come; the law of the place is not rehearsed.
        at: when it begins.
        between: how long after a message the next one comes.
    """

    def __init__(
        self,
        client: Client,
        *,
        language: Language,
        country: str = "GB",
        shown_card: Callable[[str | None, Language], str] | None = None,
        listed: Collection[str] = (),
        places: frozenset[str] = frozenset({"XX"}),
        at: datetime = BEGINS,
        between: timedelta = BETWEEN_MESSAGES,
    ) -> None:
        self.alerts: list[Alert] = []
        """What the team would have been told, in order."""
        self.events: list[Event] = []
        """What the trail would hold."""
        self.state = TalkState()
        self.turns: list[TalkTurn] = []
        self.at = at
        self.language = language
        self._client = client
        self._country = country
        self._between = between
        self._places = places
        self._house = TalkHouse(
            clinic=self, client=client, card=shown_card or self._card, listed=tuple(listed), places=places
        )

    def say(self, words: str) -> TalkTurn:
        """What is shown for a message.

        Raises:
            ValueError: it is empty or over-long.
        """
        if not words.strip():
            raise ValueError("nothing was said")
        request = TalkRequest(
            run=f"rehearsal:{len(self.turns) + 1}",
            method=self._client.name,
            actor=_ACTOR,
            patient=_ACTOR,
            said=words,
            at=self.at,
            language=self.language,
            state=self.state,
            country=self._country,
        )
        turn = hold_turn(request, self._house)
        self.state = turn.state
        self.turns.append(turn)
        self.at += self._between
        return turn

    def bare(self, words: str) -> Reply:
        """What the model says to the same message with no safeguard around it.

        Raises:
            ClientFailed: it could not be reached.
        """
        said = (*self.state.messages, Message("user", words))
        return self._client.answer(ask_for_reply(said, prompt=USES[CONVERSE].prompt, language=self.language))

    def danger_over(self) -> None:
        """A person has spoken with them and ended the alert: a model may be asked again."""
        self.state = replace(self.state, in_danger=False, team_told=None, presences=0)

    # What the gateway sees of it.

    @contextmanager
    def transaction(self) -> Generator[Rehearsal]:
        """Nothing here can fail halfway."""
        yield self

    def moment(self) -> Moment:
        """Everything in order."""
        consent = Consent(
            id="rehearsal",
            use=CONVERSE,
            text_version="rehearsal",
            methods=frozenset({self._client.name}),
            answered_at=self.at - _YEAR,
            effective_at=self.at - _YEAR,
            expires_at=self.at + _YEAR,
            written=True,
        )
        return Moment(
            at=self.at,
            actor=Actor(_ACTOR, Role.PATIENT),
            switches=Switches(uses_on=frozenset({CONVERSE})),
            consents=(consent,),
            text_versions={CONVERSE: frozenset({"rehearsal"})},
            clearances={(CONVERSE, self._client.name, str(self.language)): Cleared("0" * 64)},
            places=self._places,
        )

    def standing(self) -> Standing:
        """An adult for whom it was opened, with somebody on duty."""
        open_now = Eligibility(
            fits=True, against=frozenset(), set_at=self.at, expires_at=self.at + _YEAR, caps=Caps()
        )
        return Standing(eligibility=open_now, age=40, on_duty=True)

    def record(self, event: Event) -> None:
        """Keeps it."""
        self.events.append(event)

    def raise_alert(self, alert: Alert, said: str) -> None:
        """Keeps it; the words stay where they are."""
        self.alerts.append(alert)

    def _card(self, country: str | None, language: Language) -> str:
        return card_text(card(country, language, today=self.at.date()), most=6)
