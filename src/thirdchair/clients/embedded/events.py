"""What the engine tells while it answers: a piece of text, the end, or a refusal in our own words."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Final

from pydantic import BaseModel, ValidationError

from thirdchair.clients.completion import Refusal
from thirdchair.records import Finish

Hearing = Callable[[str], object]
Outcome = Finish | Refusal
"""How an answer ended."""

_FINISHES: Final = {"stop": Finish.STOP, "length": Finish.CUT_OFF}


def read_event(event: object) -> str | Outcome:
    """What an event says; "" where it only tells that the model is still reading.

    >>> read_event({"choices": [{"delta": {"content": "Hel"}, "finish_reason": None}]})
    'Hel'
    >>> read_event({"choices": [{"delta": {}, "finish_reason": "length"}]})
    <Finish.CUT_OFF: 'cut_off'>
    """
    try:
        read = _Event.model_validate(event)
    except ValidationError:
        return Refusal("The engine told something that is no part of an answer.")
    if read.error is not None:
        return _refusal(read.error)
    if not read.choices:
        return ""
    choice = read.choices[0]
    if choice.finish_reason is None:
        return choice.delta.content or ""
    return _FINISHES.get(choice.finish_reason) or Refusal(
        "The engine stopped for a reason that is not known."
    )


class Listener:
    """Hears an answer: passes its text on, keeps how it ended, and says when to stop.

    Args:
        hear: gets every piece of text, an empty one while the model is still reading.
        stops: any of them set stops the model at its next event.
        give_up_at: when it took too long, on the monotonic clock in seconds.
    """

    def __init__(self, hear: Hearing, stops: Sequence[threading.Event], *, give_up_at: float) -> None:
        self._hear = hear
        self._stops = stops
        self._give_up_at = give_up_at
        self.outcome: Outcome = Refusal("The engine broke off. Try again.")

    def __call__(self, event: object) -> bool:
        if any(stop.is_set() for stop in self._stops):
            self.outcome = Refusal("The answer was stopped.")
            return True
        if time.monotonic() >= self._give_up_at:
            self.outcome = Refusal(
                "The answer took longer than allowed. Ask for less, or use a smaller model."
            )
            return True
        read = read_event(event)
        if isinstance(read, Outcome):
            self.outcome = read
        else:
            self._hear(read)
        return isinstance(read, Refusal)


class _Delta(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    delta: _Delta
    finish_reason: str | None = None


class _Fault(BaseModel):
    n_prompt_tokens: int | None = None
    n_ctx: int | None = None


class _Event(BaseModel):
    choices: list[_Choice] = []
    error: _Fault | None = None


def _refusal(fault: _Fault) -> Refusal:
    if fault.n_prompt_tokens is not None and fault.n_ctx is not None:
        return Refusal(
            f"The text is {fault.n_prompt_tokens} tokens long; the model's context is {fault.n_ctx}. "
            "Shorten the text, or register the model with a larger context."
        )
    return Refusal("The engine could not go on. Try again; if it happens again, register the model anew.")
