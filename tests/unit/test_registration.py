"""What a registered model must say of itself, and what follows from it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from thirdchair.clients import OpenAICompatible
from thirdchair.clients.registration import ProviderFacts, RegisteredModel, client_of

FACTS = ProviderFacts("Fennel Hosting", "DPA 12, 2026-03-01", "Frankfurt", "none; not kept after the reply")
HERE = RegisteredModel(
    name="ward",
    engine="openai",
    served_as="qwen3-8b",
    base_url="http://127.0.0.1:8001/v1",
    path=None,
    digest="a" * 64,
    digest_kind="operator",
    runs_where="this_host",
    data_classes=frozenset({"question"}),
)
OUTSIDE = replace(HERE, base_url="https://models.example/v1", runs_where="outside", provider=FACTS)
EMBEDDED = replace(HERE, engine="embedded", base_url=None, path=Path("/models/a.gguf"), digest_kind="weights")
every_model = pytest.mark.parametrize("model", [HERE, OUTSIDE, EMBEDDED], ids=["here", "outside", "embedded"])


@every_model
def test_it_is_the_same_after_being_kept(model):
    assert RegisteredModel.from_json(json.loads(json.dumps(model.as_json()))) == model


@pytest.mark.parametrize(
    ("model", "change", "words"),
    [
        (HERE, {"name": "two words"}, "name"),
        (HERE, {"name": "extractive"}, "name"),
        (HERE, {"name": "x" * 61}, "name"),
        (HERE, {"digest": "abc"}, "64"),
        (HERE, {"digest_kind": "guess"}, "kind"),
        (HERE, {"engine": "magic"}, "kind"),
        (HERE, {"data_classes": frozenset({"All Of It"})}, "data class"),
        (HERE, {"base_url": None}, "address"),
        (HERE, {"path": Path("/a.gguf")}, "file"),
        (HERE, {"served_as": " "}, "server"),
        (HERE, {"base_url": "http://192.168.1.9/v1"}, "loopback"),
        (HERE, {"provider": FACTS}, "provider"),
        (OUTSIDE, {"provider": None}, "contract, region and retention"),
        (OUTSIDE, {"base_url": "http://models.example/v1"}, "https"),
        (EMBEDDED, {"path": None}, "path"),
        (EMBEDDED, {"path": Path("a.gguf")}, "path"),
        (EMBEDDED, {"digest_kind": "operator"}, "digest of its file"),
        (EMBEDDED, {"runs_where": "outside"}, "this host"),
    ],
)
def test_what_does_not_go_together_is_refused(model, change, words):
    with pytest.raises(ValueError, match=words):
        replace(model, **change)


@pytest.mark.parametrize("fact", ["name", "contract", "region", "retention"])
@pytest.mark.parametrize("value", ["", "  ", "a\nb", "x" * 201])
def test_a_provider_is_known_in_every_respect(fact, value):
    with pytest.raises(ValueError, match=fact):
        replace(FACTS, **{fact: value})


@pytest.mark.parametrize(
    "spoil",
    [lambda kept: kept.pop("digest"), lambda kept: kept.update(extra=1), lambda kept: kept.pop("path")],
)
def test_what_was_kept_differently_is_no_model(spoil):
    kept = HERE.as_json()
    spoil(kept)
    with pytest.raises(ValueError, match="no registered model"):
        RegisteredModel.from_json(kept)


@pytest.mark.parametrize("model", [HERE, OUTSIDE], ids=["here", "outside"])
def test_the_client_is_the_one_that_was_registered(model):
    client = client_of(model, "sk-key")
    assert isinstance(client, OpenAICompatible)
    assert (client.name, client.digest, client.runs_where) == ("ward", "a" * 64, model.runs_where)
    assert "sk-key" not in repr(client)


def test_an_embedded_model_is_held_to_its_file(monkeypatch):
    from thirdchair.clients.embedded import engine

    monkeypatch.setattr(engine, "engine_version", lambda: "1")
    first = client_of(EMBEDDED)
    other = client_of(replace(EMBEDDED, digest="b" * 64))
    assert first.name == "ward"
    assert first.runs_where == "this_host"
    assert first.digest != other.digest
