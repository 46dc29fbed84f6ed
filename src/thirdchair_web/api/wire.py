"""Answers in OpenAI's shape, whole and as a stream of events."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any

from thirdchair.gateway.chat import Outcome
from thirdchair.records import Usage


@dataclass(frozen=True, slots=True)
class Wire:
    """One answer on its way.

    Args:
        run: id of the piece of work.
        model: as the client named it.
        use, method: what answers.
        counts: whether the client asked for the count at the end of a stream.
    """

    run: str
    model: str
    use: str
    method: str
    counts: bool = False
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, text: str, outcome: Outcome, usage: Usage | None) -> dict[str, Any]:
        """The answer in one piece. Clients read `usage` unasked, so it always stands there; `tokens_counted` says whether
        a model counted, or its zeros mean nothing."""
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": text},
            "finish_reason": "stop",
            "logprobs": None,
        }
        told = {"usage": _counted(usage), "thirdchair": self._told(outcome, usage)}
        return self._envelope("chat.completion", choice) | told

    def first(self) -> bytes:
        """The event that opens a stream."""
        return self._event({"role": "assistant", "content": ""})

    def piece(self, text: str) -> bytes:
        """An event with words."""
        return self._event({"content": text})

    def last(self, outcome: Outcome, usage: Usage | None) -> bytes:
        """The events that end a stream; what was counted in one of its own, as clients expect it, if they asked."""
        told = {"thirdchair": self._told(outcome, usage)}
        ended = [self._chunk({}, "stop") | told]
        if self.counts:
            ended.append(self._chunk({}, None) | {"choices": [], "usage": _counted(usage)} | told)
        events = (b"data: " + json.dumps(one, ensure_ascii=False).encode() + b"\n\n" for one in ended)
        return b"".join(events) + b"data: [DONE]\n\n"

    def broken(self, problem: dict[str, Any]) -> bytes:
        """The event of a stream that ends before its time; there is no [DONE] after it."""
        return b"data: " + json.dumps(problem, ensure_ascii=False).encode() + b"\n\n"

    def _event(self, delta: dict[str, str]) -> bytes:
        return b"data: " + json.dumps(self._chunk(delta, None), ensure_ascii=False).encode() + b"\n\n"

    def _chunk(self, delta: dict[str, str], finish: str | None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return self._envelope("chat.completion.chunk", choice)

    def _envelope(self, kind: str, choice: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": f"chatcmpl-{self.run}",
            "object": kind,
            "created": self.created,
            "model": self.model,
            "choices": [choice],
        }

    def _told(self, outcome: Outcome, usage: Usage | None) -> dict[str, Any]:
        return {
            "run": self.run,
            "use": self.use,
            "method": self.method,
            "kind": str(outcome.kind),
            "alerted": outcome.alerted,
            "sources": list(outcome.sources),
            "filters": list(outcome.filters),
            "notices": list(outcome.notices),
            "tokens_counted": usage is not None,
        } | ({} if outcome.document is None else {"document": dict(outcome.document)})


def _counted(usage: Usage | None) -> dict[str, int]:
    counted = usage or Usage(0, 0)
    total = counted.read + counted.written
    return {"prompt_tokens": counted.read, "completion_tokens": counted.written, "total_tokens": total}
