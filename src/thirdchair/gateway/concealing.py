"""A question to a model with identifiers replaced, or none at all."""

from __future__ import annotations

from dataclasses import replace

from thirdchair.errors import SafeguardUnavailable
from thirdchair.gateway.guarding import guarded
from thirdchair.records import Ask, Message
from thirdchair.safeguards.deidentify import Deidentifier


def concealed_in(ask: Ask, deidentifier: Deidentifier) -> tuple[Ask, int]:
    """The question with identifiers replaced, and how many; what a use itself tells a model stays as it is.

    Raises:
        SafeguardUnavailable: a known identifier is still in it, a picture comes with it, or the check could not run.
    """
    if ask.has_images:
        raise SafeguardUnavailable("A picture cannot be freed of identifiers, so nothing was sent.")
    messages: list[Message] = []
    count = 0
    for message in ask.messages:
        if message.role == "system":
            messages.append(message)
            continue
        concealed = guarded(lambda text=message.content: deidentifier.conceal(text))
        if guarded(lambda text=concealed.text: deidentifier.residual(text)):
            raise SafeguardUnavailable("An identifier could not be concealed, so nothing was sent.")
        count += len(concealed.found)
        messages.append(Message(message.role, concealed.text))
    return replace(ask, messages=tuple(messages)), count
