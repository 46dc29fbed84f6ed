"""Models in the service's own table: added, listed, checked and removed by command, seen by every process at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from typer.testing import CliRunner, Result

import web
from model_server import Server, completion, serving
from people import make_person
from thirdchair.clients.fingerprint import CANARIES
from thirdchair.clients.registration import ProviderFacts, RegisteredModel
from thirdchair.policy import NotCleared

pytestmark = pytest.mark.django_db(transaction=True)

KEY = "sk-not-to-be-seen"
WARD = RegisteredModel(
    name="ward",
    engine="openai",
    served_as="qwen3-8b",
    base_url="http://127.0.0.1:8001/v1",
    path=None,
    digest="a" * 64,
    digest_kind="operator",
    runs_where="this_host",
    data_classes=frozenset({"session_transcript"}),
)
FACTS = ProviderFacts("Fennel Hosting", "DPA 12, 2026-03-01", "Frankfurt", "none")
OUTSIDE = replace(
    WARD, name="far", base_url="https://models.example/v1", runs_where="outside", provider=FACTS
)
OUTSIDE_OPTIONS = [
    *("--outside", "--provider", FACTS.name, "--contract", FACTS.contract),
    *("--region", FACTS.region, "--retention", FACTS.retention, "--digest", "b" * 64),
]


def command(*arguments: str) -> Result:
    from thirdchair_web.project.commands import commands

    return CliRunner().invoke(commands, list(arguments))


def done(*arguments: str) -> str:
    result = command(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*arguments: str) -> str:
    """What a command that stops says, after checking that it changed nothing and told no key."""
    from thirdchair_web.governance.registering import last_change

    before = last_change(), web.kinds()
    result = command(*arguments)
    assert result.exit_code == 1, result.output
    assert (last_change(), web.kinds()) == before
    assert KEY not in result.output
    return result.output


def add(server: Server, *more: str) -> list[str]:
    return ["models", "add", "ward", "--base-url", server.address, "--model", "qwen3-8b", *more]


def register(model: RegisteredModel, *, api_key: str | None = None):
    from thirdchair_web.governance.registering import register_model

    return register_model(model, api_key=api_key, by="operator")


def now():
    from thirdchair_web.governance import methods

    return methods


def answering(*texts: str) -> list[tuple[int, dict[str, str], bytes]]:
    """The answers to the canaries, twice."""
    return [completion(text) for text in texts] * 2


ANSWERS = [f"answer {n}" for n in range(len(CANARIES))]


# --- by command --------------------------------------------------------------------------------------------


def test_a_model_is_added_listed_checked_and_removed():
    with serving(*answering(*ANSWERS), *answering(*ANSWERS)) as server:
        said = done(*add(server))
        assert "fingerprint" in said
        assert "shut until evidence" in said
        listed = done("models", "list")
        assert server.address in listed
        assert "may see" in listed
        assert "as it was registered" in done("models", "check")
    done("models", "remove", "ward")
    assert done("models", "list") == ""
    assert web.kinds() == ["model_registered", "model_removed"]
    assert web.trail_is_whole()


def test_a_model_that_answers_otherwise_than_before_is_closed():
    from thirdchair_web.governance.registering import registered_models

    with serving(*answering(*ANSWERS), *answering(*reversed(ANSWERS))) as server:
        done(*add(server))
        [before] = registered_models()
        result = command("models", "check", "ward")
    assert result.exit_code == 1
    assert "CHANGED" in result.output
    [after] = registered_models()
    assert after.model == replace(before.model, digest=after.model.digest)
    assert after.model.digest != before.model.digest
    assert now().clients()["ward"].digest == after.model.digest
    assert web.kinds() == ["model_registered", "model_changed"]


def test_evidence_for_a_model_as_it_was_is_stale_once_it_changed(monkeypatch):
    from datetime import date

    from thirdchair.evidence import EvidencePack
    from thirdchair.gateway import method_digest
    from thirdchair_web.governance import methods
    from thirdchair_web.governance.registering import note_change

    register(WARD)
    use, language = "summarise_session", "en"
    pack = next(p for p in methods.packs() if (p.use, p.language) == (use, language))
    measured: EvidencePack = replace(
        pack,
        method="ward",
        method_digest=method_digest(now().clients()["ward"], use),
        made_on=date(2026, 11, 22),
    )
    monkeypatch.setattr(methods, "packs", lambda: (measured,))
    note_change("ward", digest="c" * 64, by="operator")
    judged = now().clearances()[use, "ward", language]
    assert isinstance(judged, NotCleared)
    assert judged.refusal.rule == "clearance.stale"


def test_a_check_that_changes_nothing_writes_nothing():
    from thirdchair_web.governance.registering import last_change

    register(WARD)
    before = last_change()
    assert "vouched" in done("models", "check")
    assert last_change() == before
    assert web.kinds() == ["model_registered"]


def test_a_server_that_is_not_there_is_told_and_changes_nothing():
    register(replace(WARD, base_url="http://127.0.0.1:9/v1", digest_kind="fingerprint"))
    assert "could not be checked" in refused("models", "check")


def test_an_outside_model_names_its_provider_and_its_data():
    base = ["models", "add", "far", "--base-url", "https://models.example/v1", "--model", "m"]
    assert "session_transcript" in refused(*base, *OUTSIDE_OPTIONS)
    named = ["--data-classes", "session_transcript"]
    assert "region" in refused(*base, *OUTSIDE_OPTIONS, "--region", "", *named)
    assert "outside" in refused(*base, "--digest", "b" * 64, *named)
    assert "No such data" in refused(*base, *OUTSIDE_OPTIONS, "--data-classes", "everything")
    done(*base, *OUTSIDE_OPTIONS, *named)
    assert "Fennel Hosting in Frankfurt" in done("models", "list")


def test_what_is_missing_is_said():
    assert "--base-url and --model" in refused("models", "add", "ward")
    embedded = ["models", "add", "embedded", "--base-url", "http://127.0.0.1:1/v1"]
    assert "no address" in refused(*embedded)
    assert "takes --file" in refused("models", "add", "ward", *embedded[3:], "--model", "m", "--file", "x")
    assert "models list" in refused("models", "remove", "nobody")
    assert "models list" in refused("models", "check", "nobody")
    assert "remove ward" in refused_twice()


def refused_twice() -> str:
    register(WARD)
    return refused(
        "models", "add", "ward", "--base-url", "http://127.0.0.1:9/v1", "--model", "m", "--digest", "b" * 64
    )


def test_a_file_of_ones_own_is_registered_with_its_hash(tmp_path, monkeypatch):
    from thirdchair.clients.embedded import engine, loading

    for module in (engine, loading):
        monkeypatch.setattr(module, "engine_version", lambda: "1")
    weights = tmp_path / "own.gguf"
    weights.write_bytes(b"GGUF and then some")
    done("models", "add", "embedded", "--file", str(weights))
    assert now().methods() == ("extractive", "embedded")
    assert now().clients()["embedded"].runs_where == "this_host"
    assert "as it was registered" in done("models", "check")
    weights.write_bytes(b"GGUF and then something else")
    assert command("models", "check").exit_code == 1
    done("models", "remove", "embedded")
    done("models", "add", "embedded", "--file", str(weights))


def test_without_the_engine_an_embedded_model_is_not_fetched(monkeypatch):
    from thirdchair.clients.embedded import loading
    from thirdchair.errors import ClientFailed

    def missing() -> str:
        raise ClientFailed('The embedded engine is not installed. Run: pip install "thirdchair[embedded]"')

    monkeypatch.setattr(loading, "engine_version", missing)
    assert "pip install" in refused("models", "add", "embedded")


def test_a_model_that_cannot_be_started_is_refused_and_the_others_work(monkeypatch):
    from thirdchair.clients.embedded import engine
    from thirdchair.errors import ClientFailed

    def missing() -> str:
        raise ClientFailed("The embedded engine is not installed.")

    monkeypatch.setattr(engine, "engine_version", missing)
    path = Path("/nowhere/a.gguf")
    register(replace(WARD, name="own", engine="embedded", base_url=None, path=path, digest_kind="weights"))
    register(WARD)
    assert set(now().clients()) == {"ward"}
    assert set(now().methods()) == {"extractive", "own", "ward"}
    judged = now().clearances()["summarise_session", "own", "en"]
    assert isinstance(judged, NotCleared)
    assert judged.refusal.rule == "model.unusable"


# --- the key -----------------------------------------------------------------------------------------------


def test_the_key_of_a_server_is_sent_and_kept_sealed(tmp_path):
    from thirdchair.records import Ask, Message
    from thirdchair_web.governance.models import ModelRecord

    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")
    with serving(completion("hello")) as server:
        done(*add(server, "--digest", "b" * 64, "--api-key-file", str(file)))
        now().clients()["ward"].answer(Ask((Message("user", "hi"),)))
    assert server.requests[0][1]["Authorization"] == f"Bearer {KEY}"
    row = ModelRecord.objects.get()
    assert KEY.encode() not in bytes(row.api_key)
    assert KEY not in json.dumps(row.registered)
    done("models", "remove", "ward")
    assert ModelRecord.objects.get().api_key is None


def test_a_key_that_cannot_be_sent_or_read_is_refused(tmp_path):
    file = tmp_path / "key"
    file.write_text(f"{KEY} and more")
    with serving() as server:
        assert "API key" in refused(*add(server, "--api-key-file", str(file)))
        assert "Check the path" in refused(*add(server, "--api-key-file", str(tmp_path / "none")))
    assert server.requests == []


# --- names and consent -------------------------------------------------------------------------------------


def test_a_name_does_not_pass_to_a_model_that_runs_elsewhere():
    from thirdchair_web.governance.registering import NotRegistered, remove_model

    register(WARD)
    remove_model("ward", by="operator")
    with pytest.raises(NotRegistered, match="elsewhere"):
        register(replace(OUTSIDE, name="ward"))
    register(replace(WARD, digest="d" * 64))
    assert now().clients()["ward"].digest == "d" * 64


def test_consent_to_what_runs_here_does_not_cover_an_outside_provider():
    from thirdchair.policy.consent import consent_refusal
    from thirdchair_web.clock import now as at
    from thirdchair_web.consent.actions import consents_of
    from thirdchair_web.consent.texts import current_versions

    def refusal(method: str):
        [given] = consents_of(patient.ref)
        versions = current_versions("summarise_session")
        return consent_refusal(given, use="summarise_session", method=method, text_versions=versions, at=at())

    register(WARD)
    patient = web.make_patient()
    web.agree(patient, by=make_person("nurse"))
    assert refusal("ward") is None
    register(OUTSIDE)
    assert refusal("far").rule == "consent.other_method"
    assert refusal("ward").rule == "consent.other_text"


def test_the_consent_text_says_that_text_leaves():
    from thirdchair_web.consent.texts import consent_text

    register(WARD)
    here = consent_text("summarise_session", language="en").text
    register(OUTSIDE)
    assert "nothing is sent elsewhere" in here
    outside = consent_text("summarise_session", language="en").text
    assert "another company's computer" in outside
    assert "far" in outside


def test_a_model_in_the_settings_that_runs_outside_sees_nothing(settings):
    update = {"model_name": "set", "model_digest": "a" * 64, "model_base_url": "https://models.example/v1"}
    settings.THIRDCHAIR = settings.THIRDCHAIR.model_copy(update=update)
    assert now().data_seen()["set"] == frozenset()
    here = {**update, "model_base_url": "http://127.0.0.1:1/v1"}
    settings.THIRDCHAIR = settings.THIRDCHAIR.model_copy(update=here)
    assert now().data_seen()["set"] == now().known_data_classes()


# --- in every process --------------------------------------------------------------------------------------

CHILD = """
import sys, django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from thirdchair_web.governance.methods import methods
print(",".join(methods()), flush=True)
sys.stdin.readline()
print(",".join(methods()), flush=True)
sys.stdin.readline()
from thirdchair_web.governance.registering import remove_model
remove_model("ward", by="operator")
print("removed", flush=True)
"""


def test_every_process_sees_a_change_at_its_next_call():
    assert now().methods() == ("extractive",)
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(connection.settings_dict["NAME"])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ.copy(),
    ) as other:
        assert other.stdin and other.stdout
        assert other.stdout.readline() == "extractive\n"
        register(WARD)
        assert now().methods() == ("extractive", "ward")
        other.stdin.write("go\n")
        other.stdin.flush()
        assert other.stdout.readline() == "extractive,ward\n"
        other.stdin.write("go\n")
        other.stdin.flush()
        assert other.stdout.readline() == "removed\n"
    assert now().methods() == ("extractive",)


def test_what_did_not_change_keeps_its_client_and_so_its_connections():
    register(WARD)
    before = now().clients()["ward"]
    register(OUTSIDE)
    assert now().clients()["ward"] is before
    assert now().clients()["far"] is not before


def test_what_is_rolled_back_is_not_remembered():
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        register(WARD)
        assert "ward" in now().methods()
        raise RuntimeError
    assert now().methods() == ("extractive",)


def test_what_cannot_be_written_in_the_trail_is_not_registered(monkeypatch):
    from thirdchair_web.governance import registering

    def broken(**entry: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(registering, "record", broken)
    with pytest.raises(OSError, match="full"):
        register(WARD)
    assert now().methods() == ("extractive",)
