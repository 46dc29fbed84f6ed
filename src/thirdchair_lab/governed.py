"""What stands around a model in a governed run: the safeguards of the clinic, by the functions that the gateway calls.

For a clinician's use: identifiers are concealed before text leaves and come back in the reply. For a person in a chat
also: the crisis screen reads what the person says and answers with the card in the model's place; a question whether one
speaks with a human is answered by rule; the reply is judged sentence by sentence as at the door.

What a governed run does *not* show: policy, consent, the trail and alerts, which need a clinic; and retrieval, which belongs
to the use that retrieves.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Final

from thirdchair.crisis import card, card_text
from thirdchair.gateway.concealing import concealed_in
from thirdchair.gateway.revealing import revealed
from thirdchair.records import Ask, Language, Message, Reply
from thirdchair.safeguards.conduct import asks_if_human, disclosure
from thirdchair.safeguards.crisis import screen
from thirdchair.safeguards.deidentify import Deidentifier
from thirdchair.safeguards.streaming import Release
from thirdchair.safeguards.streaming_judge import judge_reply

COUNTRY: Final = "GB"
"""Whose card a governed run shows; the directory that ships has its lines."""

_CARD_DATE: Final = date(2026, 1, 1)
"""For the age of verifications on the card, so that the same run gives the same words on any day."""


class ForClinician:
    """Identifiers concealed and revealed."""

    def __init__(self, language: Language) -> None:
        self._deidentifier = Deidentifier(language)

    def before(self, ask: Ask) -> Ask | Reply:
        """The question without identifiers.

        Raises:
            SafeguardUnavailable: an identifier could not be concealed.
        """
        return concealed_in(ask, self._deidentifier)[0]

    def after(self, reply: Reply) -> Reply:
        """The reply with names back."""
        return replace(reply, text=revealed(reply.text, self._deidentifier))


class ForPatient:
    """The crisis screen, disclosure by rule, concealing, and a judge of what may be said."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._deidentifier = Deidentifier(language)

    def before(self, ask: Ask) -> Ask | Reply:
        """The question without identifiers; the card for a person in crisis, the notice for who asks what this is.

        Raises:
            SafeguardUnavailable: a safeguard could not run.
        """
        said = _newest_words(ask.messages)
        if screen(said).needs_person:
            return Reply(_card(self._language))
        if asks_if_human(said):
            return Reply(disclosure(self._language))
        return concealed_in(ask, self._deidentifier)[0]

    def after(self, reply: Reply) -> Reply:
        """What of the reply may be said; the card where it had to be stopped."""
        release = Release(
            reveal=self._deidentifier.reveal, judge=judge_reply(language=self._language, directory=())
        )
        said = release.feed(reply.text) + release.close()
        return replace(reply, text=said if release.stopped is None else f"{said}\n\n{_card(self._language)}")


@cache
def _card(language: Language) -> str:
    return card_text(card(COUNTRY, language, today=_CARD_DATE), most=6)


def _newest_words(messages: tuple[Message, ...]) -> str:
    """What the person said since the assistant last spoke."""
    newest: list[str] = []
    for message in reversed(messages):
        if message.role == "assistant":
            break
        if message.role == "user":
            newest.append(message.content)
    return "\n".join(reversed(newest))
