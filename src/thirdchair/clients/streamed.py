"""What a server's answer means when it comes in pieces, before it is known how it ends."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, ValidationError

from thirdchair.clients.completion import Refusal, read_usage
from thirdchair.clients.server_events import EventTooLong, ServerEvents
from thirdchair.records import Finish, Usage

LONGEST_STREAM_BYTES: Final = 16_000_000
_END: Final = "[DONE]"
_FINISHES: Final = {"length": Finish.CUT_OFF, "content_filter": Finish.DECLINED}


class StreamedReply:
    """The text of a streamed answer, and how it ended. However the bytes are cut, the text is the same."""

    def __init__(self) -> None:
        self._events = ServerEvents()
        self._finish: Finish | None = None
        self._problem = ""
        self._bytes = 0
        self.over = False
        self.usage: Usage | None = None

    def feed(self, chunk: bytes) -> str:
        """The text that this chunk brings; `over` says that nothing more is to come."""
        if self.over:
            return ""
        self._bytes += len(chunk)
        if self._bytes > LONGEST_STREAM_BYTES:
            return self._broken("The model's server sent more than a reply can be.")
        try:
            events = self._events.feed(chunk)
        except EventTooLong:
            return self._broken("The model's server sent more than a reply can be.")
        return "".join(self._event(data) for data in events)

    def close(self) -> Finish | Refusal:
        """How it ended. An answer that just stops coming, with no word that it is over, is a refusal."""
        if self._problem:
            return Refusal(self._problem, 200)
        if self._finish is None:
            return Refusal("The model's server broke off in the middle of its answer.", 200, down=True)
        return self._finish

    def _event(self, data: str) -> str:
        if self.over:
            return ""
        if data.strip() == _END:
            self.over = True
            self._finish = self._finish or Finish.STOP
            return ""
        try:
            event = _Event.model_validate_json(data)
        except ValidationError:
            return self._broken("The model's server sent something that is no part of an answer.")
        if event.error is not None:
            return self._broken("The model's server told of a fault in the middle of its answer.")
        self.usage = read_usage(event.usage) or self.usage
        return self._choice(event.choices[0]) if event.choices else ""

    def _choice(self, choice: _Choice) -> str:
        if choice.delta.refusal:
            self._finish = Finish.DECLINED
        if choice.finish_reason and self._finish is None:
            self._finish = _FINISHES.get(choice.finish_reason, Finish.STOP)
        return choice.delta.content or ""

    def _broken(self, problem: str) -> str:
        self._problem, self.over = problem, True
        return ""


class _Delta(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    delta: _Delta = _Delta()
    finish_reason: str | None = None


class _Event(BaseModel):
    choices: list[_Choice] = []
    error: object = None
    usage: Any = None
