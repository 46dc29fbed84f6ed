"""The real engine with a real model, if both are here: what the other tests assume of them holds.

The model is SmolLM2-135M-Instruct. It shows that the pipes hold; how well it answers is nobody's concern.
"""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from thirdchair.clients.embedded.catalogue import SMOLLM2
from thirdchair.clients.embedded.engine import EmbeddedModel
from thirdchair.errors import ClientFailed
from thirdchair.records import Ask, Finish, Message

FOLDER = os.environ.get("THIRDCHAIR_TEST_MODELS", "")
MODEL = Path(FOLDER or "models") / SMOLLM2.file_name

pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("xllamacpp") is None,
        reason="the embedded engine is not installed: pip install -r requirements/embedded.txt",
    ),
    pytest.mark.skipif(
        not (FOLDER and MODEL.is_file()),
        reason=f"set THIRDCHAIR_TEST_MODELS to a folder that holds {SMOLLM2.file_name}",
    ),
]

SECRET = "something only the patient said"
PLAIN = Ask((Message("user", "Name three habits that help people sleep."),), max_tokens=48, seed=7)
CHOICE = {
    "type": "object",
    "properties": {"feeling": {"type": "string", "enum": ["sad", "glad"]}, "sure": {"type": "boolean"}},
    "required": ["feeling", "sure"],
    "additionalProperties": False,
}


def embedded(**changes) -> EmbeddedModel:
    facts = {"name": "embedded", "path": MODEL, "sha256": SMOLLM2.sha256, "context": 1024, "threads": 1}
    return EmbeddedModel(**{**facts, **changes})


@pytest.fixture(scope="module")
def model() -> Iterator[EmbeddedModel]:
    one = embedded()
    yield one
    one.close()


@pytest.mark.parametrize("temperature", [0.0, 0.8])
def test_the_same_ask_gets_the_same_answer_whatever_was_asked_between(model, temperature):
    ask = Ask(PLAIN.messages, max_tokens=48, seed=7, temperature=temperature)
    first = model.answer(ask)
    model.answer(Ask((Message("user", "Say hello."),), max_tokens=4))
    assert model.answer(ask) == first
    assert first.text


def test_chance_hangs_on_the_seed(model):
    replies = {
        model.answer(Ask(PLAIN.messages, max_tokens=24, seed=seed, temperature=1.0)) for seed in range(4)
    }
    assert len(replies) > 1


def test_the_number_of_threads_does_not_change_the_answer(model):
    other = embedded(threads=2)
    try:
        assert other.digest == model.digest
        assert other.answer(PLAIN) == model.answer(PLAIN)
    finally:
        other.close()


def test_a_stream_says_what_the_answer_says(model):
    assert "".join(model.stream(PLAIN)) == model.answer(PLAIN).text


def test_a_reply_satisfies_the_schema(model):
    ask = Ask((Message("user", "Someone lost a pet. How do they feel?"),), schema=CHOICE, max_tokens=48)
    said = json.loads(model.answer(ask).text)
    assert set(said) == {"feeling", "sure"}
    assert said["feeling"] in ("sad", "glad")
    assert isinstance(said["sure"], bool)


def test_the_longest_reply_is_kept_to(model):
    reply = model.answer(Ask(PLAIN.messages, max_tokens=3))
    assert reply.finish is Finish.CUT_OFF
    assert len(reply.text.split()) <= 3


def test_a_text_ends_where_it_is_told_to_stop(model):
    whole = model.answer(PLAIN).text
    word = whole.split()[4]
    stopping = embedded(stop=[word])
    try:
        reply = stopping.answer(PLAIN)
    finally:
        stopping.close()
    assert reply.text == whole[: whole.index(word)]
    assert reply.finish is Finish.STOP


@pytest.mark.parametrize("words", [0, 1], ids=["reading", "writing"])
def test_a_closed_stream_frees_the_model_for_the_next(model, words):
    stream = model.stream(Ask(PLAIN.messages, max_tokens=900))
    said = [next(stream)]
    while sum(map(bool, said)) < words:
        said.append(next(stream))
    stream.close()
    assert model.answer(PLAIN).text


@pytest.mark.parametrize(
    ("ask", "problem"),
    [
        (Ask((Message("user", SECRET * 400),)), r"tokens long; the model's context is 1024"),
        (Ask((Message("user", SECRET),), schema={"type": SECRET}), "refused the request"),
    ],
)
def test_what_it_cannot_do_is_told_without_the_text(model, capfd, ask, problem):
    for act in (model.answer, lambda ask: list(model.stream(ask))):
        with pytest.raises(ClientFailed, match=problem) as failed:
            act(ask)
        assert SECRET not in str(failed.value)
        assert failed.value.__context__ is None
    assert capfd.readouterr() == ("", "")


def test_nobody_else_on_the_host_can_reach_it(model):
    model.answer(Ask(PLAIN.messages, max_tokens=1))
    own = _sockets()
    listening = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    listening += [line.split() for line in Path("/proc/net/tcp6").read_text().splitlines()[1:]]
    assert not [line for line in listening if line[3] == "0A" and f"socket:[{line[9]}]" in own]
    named = [
        line.split()[-1] for line in Path("/proc/net/unix").read_text().splitlines() if "thirdchair-" in line
    ]
    assert not [path for path in named if Path(path).exists()]


def _sockets() -> set[str]:
    found: set[str] = set()
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the one that lists the folder is gone by now
            found.add(str(descriptor.readlink()))
    return {name for name in found if name.startswith("socket:")}
