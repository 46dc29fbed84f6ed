"""A model in this process as a client: loaded at the first ask, asked one thing at a time.

One at a time because copies that run side by side do not give the same answer twice. Asks wait in one queue. The same ask
to the same digest gives the same answer on one machine; other processors may round otherwise.

Memory, measured with 4,096 tokens of context, is in the catalogue (`memory_bytes`). For another file reckon with twice its
size, and with a few hundred megabytes more for the context.
"""

from __future__ import annotations

import hashlib
import json
import os
import queue
import threading
import time
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any, Final

from thirdchair.clients.completion import Refusal
from thirdchair.clients.embedded.events import Hearing, Listener, Outcome
from thirdchair.clients.embedded.loading import FIXED, Engine, Loading, engine_version, load
from thirdchair.clients.embedded.model_file import ModelUnusable, read_model_file
from thirdchair.clients.protocol import Whereabouts
from thirdchair.errors import ClientFailed, PicturesNotTaken
from thirdchair.records import Ask, Finish, Reply

CONTEXT_TOKENS: Final = 4096
_MOST_THREADS: Final = 8
_MOST_SEED: Final = 2**32 - 1


def default_threads() -> int:
    """All cores this process may use but one, which is left to the service; at least one, at most eight."""
    return max(1, min(_MOST_THREADS, len(os.sched_getaffinity(0)) - 1))


class EmbeddedModel:
    """A GGUF file answered in this process by llama.cpp.

    Args:
        name: what it is registered under.
        path: the GGUF file.
        sha256: of the file, in hex, as it was when it was registered; the file is held to it when it is loaded.
        context: tokens of prompt and reply together; more needs more memory.
        threads: how many compute; `default_threads` if not given. The answer does not depend on it.
        stop: texts that end an answer where the model writes them; they are not part of it.
        wait_s: longest wait in the queue, in seconds.
        timeout_s: longest time for one answer once it is its turn, loading aside, in seconds.
        version: what engine it is; read from the installed one if not given.
        loading: loads the file; tests pass their own.

    Raises:
        ClientFailed: the engine is not installed; says how to install it.
    """

    takes_pictures = False
    is_serial = True
    """Copies that run side by side do not answer alike; who measures asks one at a time."""

    def __init__(
        self,
        *,
        name: str,
        path: Path,
        sha256: str,
        context: int = CONTEXT_TOKENS,
        threads: int | None = None,
        stop: Sequence[str] = (),
        wait_s: float = 600.0,
        timeout_s: float = 600.0,
        version: str | None = None,
        loading: Loading = load,
    ) -> None:
        self.name = name
        self.runs_where: Whereabouts = "this_host"
        self._path = path
        self._sha256 = sha256
        self._context = context
        self._threads = threads or default_threads()
        self._stop = list(stop)
        self._wait_s = wait_s
        self._timeout_s = timeout_s
        self._loading = loading
        self.digest = self._digest_with(version or engine_version())
        self._turn = threading.Lock()
        self._closing = threading.Event()
        self._engine: Engine | None = None

    def __repr__(self) -> str:
        return f"EmbeddedModel(name={self.name!r}, file={self._path.name!r}, context={self._context})"

    @property
    def loaded(self) -> bool:
        """Whether the weights are in memory now."""
        return self._engine is not None

    def answer(self, ask: Ask) -> Reply:
        """The model's answer, as the `Client` protocol says."""
        _refuse_pictures(ask)
        pieces: list[str] = []
        self._take_turn()
        try:
            outcome = self._generate(ask, pieces.append, threading.Event())
        finally:
            self._turn.release()
        return Reply("".join(pieces), _finish_or_raise(outcome))

    def stream(self, ask: Ask) -> Generator[str, None, Finish]:
        """The answer in pieces as they are written; returns why it ended. Closing the generator stops the model.

        An empty piece comes for every batch of the prompt that was read (`BATCH_TOKENS`), so that a reader who is gone
        by then stops the model before it writes.

        Raises:
            ClientFailed: as for `answer`, where it happens; pieces may have come before.
        """
        _refuse_pictures(ask)
        told: queue.SimpleQueue[str | Outcome] = queue.SimpleQueue()
        stopped = threading.Event()
        worker = self._started(ask, told, stopped)
        try:
            while not isinstance(one := told.get(), Outcome):
                yield one
        finally:
            stopped.set()
            worker.join()
        return _finish_or_raise(one)

    def close(self) -> None:
        """Stops the answer that is being written and gives the memory back. The next ask loads the file again."""
        self._closing.set()
        with self._turn:
            self._engine = None
            self._closing.clear()

    def _digest_with(self, version: str) -> str:
        made_of = {
            "weights": self._sha256,
            "engine": f"xllamacpp {version}",
            "context": self._context,
            "stop": self._stop,
            "fixed": dict(FIXED),
        }
        return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()

    def _take_turn(self) -> None:
        if not self._turn.acquire(timeout=self._wait_s):
            raise ClientFailed("The embedded model is busy: it answers one at a time. Try again later.")

    def _started(
        self, ask: Ask, told: queue.SimpleQueue[str | Outcome], stopped: threading.Event
    ) -> threading.Thread:
        """A thread that writes the answer. It has the turn and gives it up, so that a slow reader holds up nobody."""

        def write() -> None:
            try:
                outcome = self._generate(ask, told.put, stopped)
            finally:
                self._turn.release()
            told.put(outcome)

        worker = threading.Thread(target=write, name="thirdchair-embedded", daemon=True)
        self._take_turn()
        try:
            worker.start()
        except RuntimeError:
            self._turn.release()
            raise
        return worker

    def _generate(self, ask: Ask, hear: Hearing, stopped: threading.Event) -> Outcome:
        """Runs the model to its end; for whoever has the turn. Raises nothing, for an error would quote the ask."""
        engine = self._engine or self._load()
        if isinstance(engine, Refusal):
            return engine
        self._engine = engine
        listener = Listener(hear, (stopped, self._closing), give_up_at=time.monotonic() + self._timeout_s)
        try:
            engine.handle_chat_completions(self._body(ask), listener)
        except Exception:  # noqa: BLE001  its message quotes the ask
            return Refusal(
                "The engine refused the request. Is its schema one that llama.cpp can hold a reply to?"
            )
        return listener.outcome

    def _load(self) -> Engine | Refusal:
        try:
            found = read_model_file(self._path)
            if found.sha256 != self._sha256:
                return Refusal(f"{self._path} is not the file that was registered. Register it again.")
            return self._loading(self._path, self._context, self._threads)
        except (ModelUnusable, ClientFailed) as error:
            return Refusal(str(error))
        except Exception:  # noqa: BLE001  llama.cpp raises what it likes
            return Refusal(
                f"{self._path} could not be loaded. Is enough memory free, and is it a model that this engine knows?"
            )

    def _body(self, ask: Ask) -> dict[str, Any]:
        body: dict[str, Any] = {
            "messages": [{"role": m.role, "content": _encodable(m.content)} for m in ask.messages],
            "max_tokens": ask.max_tokens,
            "temperature": ask.temperature,
            "seed": ask.seed % _MOST_SEED,  # the number left out means a seed that differs each time
            "stop": self._stop,
            "stream": True,
            "return_progress": True,  # tells of every batch read, which is where it can be stopped
        }
        if ask.schema:
            named = {"name": "reply", "strict": True, "schema": dict(ask.schema)}
            body["response_format"] = {"type": "json_schema", "json_schema": named}
        return body


def _refuse_pictures(ask: Ask) -> None:
    if ask.has_images:
        raise PicturesNotTaken(
            "The embedded model takes no pictures. Register a model of a server that does, and choose that."
        )


def _encodable(text: str) -> str:
    """The text with halves of characters, which a damaged transcript can hold, replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _finish_or_raise(outcome: Outcome) -> Finish:
    """Raised outside every `except`, so that no library's error travels along with its context."""
    if isinstance(outcome, Refusal):
        raise ClientFailed(outcome.problem)
    return outcome
