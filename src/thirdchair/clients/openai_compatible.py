"""Any server that speaks the OpenAI chat protocol: vLLM, SGLang, Ollama, llama.cpp, or an outside provider.

Only the registered address is contacted (see `exchange`). What the server says in an error is never copied into ours,
because servers echo the request, and the request holds what a patient said.

It does not know which weights the server runs: `digest` is what was registered, and a server that swaps its model under
the same name is not noticed here; `thirdchair models check` may notice it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any, Final

import tenacity

from thirdchair.clients.addresses import checked_address, checked_key
from thirdchair.clients.breaker import Breaker
from thirdchair.clients.completion import LONGEST_WAIT_S, Refusal
from thirdchair.clients.exchange import Exchange, OpenAnswer
from thirdchair.clients.protocol import Whereabouts
from thirdchair.clients.streams import ReplyStream, told_whole
from thirdchair.clients.wire import SCHEMA_REFUSED, encoded_body
from thirdchair.errors import ClientFailed, PicturesNotTaken
from thirdchair.records import Ask, Finish, Reply, Usage

_Outcome = OpenAnswer | Reply | Refusal

_PICTURE_REFUSED: Final = SCHEMA_REFUSED | {500}
"""Statuses with which servers refuse a picture that their model cannot see; llama.cpp says 500."""


class OpenAICompatible:
    """A model behind an OpenAI-compatible server.

    Args:
        name: what it is registered under.
        model: the name the server knows it by.
        base_url: up to and including the version, such as "http://127.0.0.1:8080/v1".
        digest: SHA-256 in hex, as it was registered.
        runs_where: "this_host" only for a loopback address.
        api_key: sent as a bearer token; shown nowhere.
        ca_file: certificates to trust in place of the built-in ones, for a service with its own authority.
        timeout_s: longest wait for the server in one attempt, in seconds.
        attempts: attempts in all, the first included.
        breaker: when a server that is down is left alone; one for each model if not given.
        sleep: waits between attempts; tests pass their own.
        sleep_async: the same, for the asynchronous calls.

    Raises:
        ValueError: the address is not one that text may be sent to, or the key cannot be sent.
        OSError: `ca_file` cannot be read.
    """

    def __init__(
        self,
        *,
        name: str,
        model: str,
        base_url: str,
        digest: str,
        runs_where: Whereabouts,
        api_key: str | None = None,
        ca_file: Path | None = None,
        timeout_s: float = 120.0,
        attempts: int = 3,
        breaker: Breaker | None = None,
        sleep: Callable[[float], None] = time.sleep,
        sleep_async: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.name = name
        self.digest = digest
        self.runs_where: Whereabouts = runs_where
        self._model = model
        self._exchange = Exchange(
            checked_address(base_url, runs_where=runs_where),
            api_key=checked_key(api_key),
            ca_file=ca_file,
            timeout_s=timeout_s,
            breaker=breaker or Breaker(),
        )
        self._trying: dict[str, Any] = {
            "stop": tenacity.stop_after_attempt(attempts),
            "wait": _pause,
            "retry": tenacity.retry_if_result(_may_pass),
            "retry_error_callback": _last_result,
        }
        self._sleep = sleep
        self._sleep_async = sleep_async
        self._takes_schema = True
        self._counts = True

    def __repr__(self) -> str:
        return f"OpenAICompatible(name={self.name!r}, model={self._model!r}, runs_where={self.runs_where!r})"

    def answer(self, ask: Ask) -> Reply:
        """The model's answer, as the `Client` protocol says."""
        in_words = not self._takes_schema
        outcome = self._try_all(self._body(ask, in_words))
        if _refuses_schema(ask, in_words, outcome):
            outcome = self._try_all(self._body(ask, True))
            self._learn(outcome)
        return _reply_or_raise(ask, outcome)

    async def answer_async(self, ask: Ask) -> Reply:
        """The same, without holding a thread. Cancelling it closes the request at once, which stops the model."""
        in_words = not self._takes_schema
        outcome = await self._try_all_async(self._exchange.post_async, self._body(ask, in_words))
        if _refuses_schema(ask, in_words, outcome):
            outcome = await self._try_all_async(self._exchange.post_async, self._body(ask, True))
            self._learn(outcome)
        return _reply_or_raise(ask, outcome)

    def stream(self, ask: Ask) -> ReplyStream:
        """The answer in pieces as they arrive. Nothing is asked before the first one is awaited.

        Attempts are repeated until the server begins; after that a fault ends the stream with `ClientFailed`.
        """
        return ReplyStream(self._told(ask))

    def close(self) -> None:
        """Closes kept connections of `answer`; those of a running event loop are closed by `aclose`."""
        self._exchange.close()

    async def aclose(self) -> None:
        """Closes the kept connections of the running event loop."""
        await self._exchange.aclose()

    async def _told(self, ask: Ask) -> AsyncGenerator[str | Finish | Usage]:
        outcome = await self._opened(ask)
        if not isinstance(outcome, OpenAnswer):
            for one in told_whole(_reply_or_raise(ask, outcome)):
                yield one
            return
        async with aclosing(outcome), aclosing(outcome.pieces()) as pieces:
            async for piece in pieces:
                yield piece
        if outcome.usage:
            yield outcome.usage
        yield _finish_or_raise(outcome.outcome)

    async def _opened(self, ask: Ask) -> _Outcome:
        """The answer as it begins. A server that takes no schema is asked in words, one that takes no counting without."""
        in_words = not self._takes_schema
        outcome = await self._begun(ask, in_words)
        if _refuses_schema(ask, in_words, outcome):
            in_words, outcome = True, await self._begun(ask, True)
            self._learn(outcome)
        if self._counts and isinstance(outcome, Refusal) and outcome.status in SCHEMA_REFUSED:
            uncounted = await self._begun(ask, in_words, counts=False)
            if not isinstance(
                uncounted, Refusal
            ):  # only then is it known that the counting was what it refused
                self._counts = False
            return uncounted
        return outcome

    async def _begun(self, ask: Ask, in_words: bool, *, counts: bool = True) -> _Outcome:
        body = self._body(ask, in_words, stream=True, counts=counts and self._counts)
        return await self._try_all_async(self._exchange.open, body)

    def _body(self, ask: Ask, in_words: bool, *, stream: bool = False, counts: bool = False) -> bytes:
        return encoded_body(self._model, ask, schema_in_words=in_words, stream=stream, counts=counts)

    def _try_all(self, body: bytes) -> Reply | Refusal:
        """The reply, or the refusal that stood when the attempts were spent."""
        return tenacity.Retrying(sleep=self._sleep, **self._trying)(self._exchange.post, body)

    async def _try_all_async(self, attempt: Callable[[bytes], Awaitable[_Outcome]], body: bytes) -> _Outcome:
        retrying = tenacity.AsyncRetrying(sleep=self._sleep_async, **self._trying)
        return await retrying(attempt, body)

    def _learn(self, outcome: _Outcome) -> None:
        """Only once it has answered without the schema is it known that the schema was what it refused."""
        if not isinstance(outcome, Refusal):
            self._takes_schema = False


def _refuses_schema(ask: Ask, in_words: bool, outcome: _Outcome) -> bool:
    return (
        bool(ask.schema)
        and not in_words
        and isinstance(outcome, Refusal)
        and outcome.status in SCHEMA_REFUSED
    )


def _pause(state: tenacity.RetryCallState) -> float:
    refusal = _last_result(state)
    if isinstance(refusal, Refusal) and refusal.wait_s is not None:
        return refusal.wait_s
    return tenacity.wait_random_exponential(multiplier=1, max=LONGEST_WAIT_S)(state)


def _may_pass(outcome: object) -> bool:
    return isinstance(outcome, Refusal) and outcome.passing


def _last_result(state: tenacity.RetryCallState) -> Any:
    if state.outcome is None:
        raise RuntimeError("no attempt was made")
    return state.outcome.result()


def _reply_or_raise(ask: Ask, outcome: _Outcome) -> Reply:
    """The reply; raised outside every `except`, so that no library's error travels along with its context."""
    if isinstance(outcome, Reply):
        return outcome
    if ask.has_images and isinstance(outcome, Refusal) and outcome.status in _PICTURE_REFUSED:
        raise PicturesNotTaken(
            f"The model's server refused a question with a picture: it answered {outcome.status}. "
            "If the model takes no pictures, choose one that does."
        )
    problem = (
        outcome.problem if isinstance(outcome, Refusal) else "The model's server did not end its answer."
    )
    raise _failed(problem)


def _finish_or_raise(outcome: Finish | Refusal | None) -> Finish:
    if isinstance(outcome, Finish):
        return outcome
    raise _failed(outcome.problem if outcome else "The model's server did not end its answer.")


def _failed(problem: str) -> ClientFailed:
    return ClientFailed(f"{problem} Look at the server's own log, or ask whoever runs it.")
