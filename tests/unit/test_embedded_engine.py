"""The embedded model as a client: lazy, one at a time, stoppable, and silent about what it was asked."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from thirdchair.clients.embedded import loading
from thirdchair.clients.embedded.engine import EmbeddedModel, default_threads
from thirdchair.errors import ClientFailed
from thirdchair.records import Ask, Finish, Message, Reply

SECRET = "something only the patient said"
ASK = Ask((Message("system", "Summarise."), Message("user", SECRET)))
WEIGHTS = b"GGUF and then some"
READING = {
    "choices": [{"delta": {"role": "assistant", "content": None}, "finish_reason": None}],
    "prompt_progress": {},
}


def piece(text: str) -> dict[str, Any]:
    return {"choices": [{"delta": {"content": text}, "finish_reason": None}]}


def ended(reason: str = "stop") -> dict[str, Any]:
    return {"choices": [{"delta": {}, "finish_reason": reason}]}


class ScriptedEngine:
    """Tells the same events at every ask until it is stopped; what is an exception it raises, what is callable it calls."""

    def __init__(self, events: Iterable[Any]) -> None:
        self.events = events
        self.asked: list[dict[str, Any]] = []
        self.loads = 0
        self.told = 0
        self.stopped = False
        self._alone = threading.Lock()

    def load(self, path: Path, context: int, threads: int) -> ScriptedEngine:
        self.loads += 1
        return self

    def handle_chat_completions(self, prompt: dict[str, Any], callback: Callable[[object], bool], /) -> None:
        assert self._alone.acquire(blocking=False), "two asks at once"
        try:
            self.asked.append(prompt)
            for event in self.events:
                self._tell(event, callback)
                if self.stopped:
                    return
        finally:
            self._alone.release()

    def _tell(self, event: Any, callback: Callable[[object], bool]) -> None:
        if isinstance(event, Exception):
            raise event
        if callable(event):
            event()
        else:
            self.told += 1
            self.stopped = callback(event)


class Endless:
    """One event without an end, anew at every ask."""

    def __init__(self, event: dict[str, Any]) -> None:
        self.event = event

    def __iter__(self):
        while True:
            yield self.event


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "small.gguf"
    path.write_bytes(WEIGHTS)
    return path


@pytest.fixture
def made(weights: Path) -> Callable[..., EmbeddedModel]:
    """Makes a client whose engine tells these events."""

    def make(events: Iterable[Any] | ScriptedEngine, **changes: Any) -> EmbeddedModel:
        engine = events if isinstance(events, ScriptedEngine) else ScriptedEngine(events)
        facts = {
            "name": "embedded",
            "path": weights,
            "sha256": hashlib.sha256(WEIGHTS).hexdigest(),
            "version": "1",
            "loading": engine.load,
        }
        return EmbeddedModel(**{**facts, **changes})

    return make


def failure(act: Callable[[], object]) -> str:
    """What it fails with, sure to tell nothing of the ask."""
    with pytest.raises(ClientFailed) as failed:
        act()
    assert SECRET not in str(failed.value)
    assert failed.value.__cause__ is None
    assert failed.value.__context__ is None
    return str(failed.value)


def streamed(model: EmbeddedModel, ask: Ask = ASK) -> tuple[list[str], Finish]:
    pieces: list[str] = []
    stream = model.stream(ask)
    while True:
        try:
            pieces.append(next(stream))
        except StopIteration as end:
            return pieces, end.value


@pytest.mark.parametrize(("reason", "finish"), [("stop", Finish.STOP), ("length", Finish.CUT_OFF)])
def test_pieces_are_put_together_and_streamed_alike(made, reason, finish):
    model = made([READING, piece("Good "), piece("night."), ended(reason)])
    assert model.answer(ASK) == Reply("Good night.", finish)
    assert streamed(model) == (["", "Good ", "night."], finish)


def test_everything_of_the_ask_reaches_the_engine_and_the_ask_is_left_as_it_was(made):
    engine = ScriptedEngine([ended()])
    ask = Ask(ASK.messages, schema={"type": "object"}, max_tokens=7, temperature=0.5, seed=3)
    before = repr(ask)
    made(engine, stop=["END"]).answer(ask)
    [body] = engine.asked
    assert body["messages"] == [
        {"role": "system", "content": "Summarise."},
        {"role": "user", "content": SECRET},
    ]
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}
    assert (body["max_tokens"], body["temperature"], body["seed"], body["stop"]) == (7, 0.5, 3, ["END"])
    assert repr(ask) == before


def test_without_a_schema_none_is_asked_for(made):
    engine = ScriptedEngine([ended()])
    made(engine).answer(ASK)
    assert "response_format" not in engine.asked[0]


@pytest.mark.parametrize("seed", [-1, 2**32 - 1, 2**40])
def test_no_seed_becomes_the_one_that_means_chance(made, seed):
    engine = ScriptedEngine([ended()])
    made(engine).answer(Ask(ASK.messages, seed=seed))
    assert 0 <= engine.asked[0]["seed"] < 2**32 - 1


def test_half_a_character_is_replaced(made):
    engine = ScriptedEngine([ended()])
    made(engine).answer(Ask((Message("user", "a \ud800 b 好"),)))
    assert engine.asked[0]["messages"][0]["content"] == "a ? b 好"


def test_it_is_loaded_at_the_first_ask_once_and_again_after_it_was_closed(made):
    engine = ScriptedEngine([ended()])
    model = made(engine)
    assert (engine.loads, model.loaded) == (0, False)
    model.answer(ASK)
    model.answer(ASK)
    assert (engine.loads, model.loaded) == (1, True)
    model.close()
    assert not model.loaded
    model.answer(ASK)
    assert engine.loads == 2


def test_a_file_that_was_changed_or_is_gone_is_not_loaded(made, weights):
    engine = ScriptedEngine([ended()])
    weights.write_bytes(WEIGHTS + b"!")
    assert "not the file that was registered" in failure(lambda: made(engine).answer(ASK))
    weights.unlink()
    assert "Check the path" in failure(lambda: made(engine).answer(ASK))
    assert engine.loads == 0


def test_a_file_that_cannot_be_loaded_is_told_and_tried_again(made):
    engine = ScriptedEngine([ended()])
    faults = [RuntimeError("no"), MemoryError(), ClientFailed("Install libgomp1.")]

    def loading_at_last(*args: Any) -> ScriptedEngine:
        if faults:
            raise faults.pop(0)
        return engine.load(*args)

    model = made(engine, loading=loading_at_last)
    assert "enough memory" in failure(lambda: model.answer(ASK))
    assert "enough memory" in failure(lambda: list(model.stream(ASK)))
    assert failure(lambda: model.answer(ASK)) == "Install libgomp1."
    assert model.answer(ASK) == Reply("")


@pytest.mark.parametrize(
    ("events", "problem"),
    [
        ([ValueError(f"cannot parse {SECRET}")], "refused the request"),
        ([piece("so"), RuntimeError(SECRET)], "refused the request"),
        ([{"error": {"message": SECRET, "code": 500}}], "could not go on"),
        ([{"error": {"message": SECRET, "n_prompt_tokens": 9000, "n_ctx": 4096}}], "9000 tokens long"),
        ([[SECRET]], "no part of an answer"),
        ([piece("so")], "broke off"),
        ([ended(SECRET)], "not known"),
    ],
)
def test_what_goes_wrong_is_told_without_the_text_and_the_next_ask_is_heard(made, events, problem):
    engine = ScriptedEngine(events)
    model = made(engine)
    assert problem in failure(lambda: model.answer(ASK))
    assert problem in failure(lambda: list(model.stream(ASK)))
    engine.events = [piece("well"), ended()]
    assert model.answer(ASK) == Reply("well")


def test_an_answer_that_takes_too_long_is_stopped(made):
    engine = ScriptedEngine(Endless(piece("on ")))
    model = made(engine, timeout_s=0.0)
    assert "longer than allowed" in failure(lambda: model.answer(ASK))
    assert (engine.stopped, engine.told) == (True, 1)


def test_one_answers_at_a_time_and_a_full_queue_says_so(made):
    others: list[str] = []
    engine = ScriptedEngine([lambda: others.append(failure(lambda: model.answer(ASK))), ended()])
    model = made(engine, wait_s=0.0)
    model.answer(ASK)
    assert ["busy" in said for said in others] == [True]
    assert len(engine.asked) == 1


def test_asks_wait_for_their_turn_and_all_are_answered(made):
    engine = ScriptedEngine([piece("a"), piece("b"), ended()])
    model = made(engine)
    replies: list[Reply] = []
    askers = [threading.Thread(target=lambda: replies.append(model.answer(ASK))) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert replies == [Reply("ab")] * 8
    assert engine.loads == 1


@pytest.mark.parametrize(
    ("event", "said"), [(READING, ""), (piece("on "), "on ")], ids=["reading", "writing"]
)
def test_a_stream_that_is_closed_stops_the_model(made, event, said):
    engine = ScriptedEngine(Endless(event))
    model = made(engine)
    stream = model.stream(ASK)
    assert next(stream) == said
    stream.close()
    assert engine.stopped
    engine.events, engine.stopped = [piece("well"), ended()], False
    assert model.answer(ASK) == Reply("well")


def test_a_stream_nobody_reads_to_its_end_holds_up_nobody(made):
    model = made([piece("a"), piece("b"), ended()])
    stream = model.stream(ASK)
    assert next(stream) == "a"
    assert model.answer(ASK) == Reply("ab")
    assert list(stream) == ["b"]


def test_a_stream_that_was_never_begun_takes_no_turn(made):
    engine = ScriptedEngine([ended()])
    model = made(engine, wait_s=0.0)
    model.stream(ASK).close()
    assert model.answer(ASK) == Reply("")


def test_closing_the_model_stops_what_it_is_writing(made):
    engine = ScriptedEngine(Endless(piece("on ")))
    model = made(engine)
    stream = model.stream(ASK)
    next(stream)
    model.close()
    assert "stopped" in failure(lambda: list(stream))
    assert not model.loaded


def test_the_digest_is_of_what_answers_and_of_nothing_else(made):
    same = made([])
    digest = same.digest
    assert len(digest) == 64
    assert set(digest) <= set("0123456789abcdef")
    assert {made([], name="other").digest, made([], threads=3).digest, made([], timeout_s=1.0).digest} == {
        digest
    }
    other = [{"sha256": "0" * 64}, {"version": "2"}, {"context": 2048}, {"stop": ["END"]}]
    assert len({digest, *(made([], **change).digest for change in other)}) == 5
    assert same.runs_where == "this_host"


def test_a_serving_parameter_changes_the_digest(made, monkeypatch):
    before = made([]).digest
    monkeypatch.setattr("thirdchair.clients.embedded.engine.FIXED", {**loading.FIXED, "n_batch": 256})
    assert made([]).digest != before


def test_its_printed_form_tells_nothing_of_texts(made):
    model = made([piece("b"), ended()])
    model.answer(ASK)
    assert SECRET not in repr(model)


def test_without_the_engine_it_says_how_to_install_it(made, monkeypatch):
    def absent(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", absent)
    assert 'pip install "thirdchair[embedded]"' in failure(lambda: made([], version=None))
    assert "thirdchair[embedded]" in failure(lambda: loading.load(Path("small.gguf"), 512, 1))


def test_an_engine_that_lacks_a_system_library_says_which(monkeypatch):
    def broken(name: str) -> None:
        assert os.environ["OMP_WAIT_POLICY"] == "passive"
        raise ImportError("libgomp.so.1: cannot open shared object file")

    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "1")
    monkeypatch.setattr(importlib, "import_module", broken)
    assert "libgomp1" in failure(lambda: loading.load(Path("small.gguf"), 512, 1))
    assert "OMP_WAIT_POLICY" not in os.environ


def test_the_service_decides_how_threads_wait_where_it_says_so(monkeypatch):
    seen: list[str] = []

    def noticed(name: str) -> None:
        seen.append(os.environ["OMP_WAIT_POLICY"])
        raise ImportError

    monkeypatch.setenv("OMP_WAIT_POLICY", "active")
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "1")
    monkeypatch.setattr(importlib, "import_module", noticed)
    failure(lambda: loading.load(Path("small.gguf"), 512, 1))
    assert seen == ["active"]


def test_one_core_is_left_to_the_service(monkeypatch):
    for cores, threads in ((1, 1), (2, 1), (4, 3), (64, 8)):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, cores=cores: set(range(cores)))
        assert default_threads() == threads


def test_naming_the_client_does_not_import_the_engine():
    asked = "import sys, thirdchair.clients.embedded.engine; print('xllamacpp' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert said.stdout.strip() == "False"
