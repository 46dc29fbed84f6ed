"""Telling a model by its answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_registration import EMBEDDED, HERE

from thirdchair.clients import ScriptedClient
from thirdchair.clients.fingerprint import CANARIES, fingerprint, observed_digest
from thirdchair.errors import ClientFailed
from thirdchair.records import Finish, Reply

ANSWERS = [f"answer {n}" for n in range(len(CANARIES))]


def model(*answers: Reply | str) -> ScriptedClient:
    return ScriptedClient([*answers, *answers])


def test_the_same_answers_are_the_same_model():
    assert fingerprint(model(*ANSWERS), served_as="m") == fingerprint(model(*ANSWERS), served_as="m")


@pytest.mark.parametrize("place", range(len(CANARIES)))
def test_one_answer_that_differs_is_another_model(place):
    changed = [*ANSWERS]
    changed[place] += "."
    cut_off = [Reply(said, Finish.CUT_OFF) if n == place else said for n, said in enumerate(ANSWERS)]
    prints = {fingerprint(model(*answers), served_as="m") for answers in (ANSWERS, changed, cut_off)}
    assert len(prints) == 3


def test_another_name_at_the_server_is_another_model():
    assert fingerprint(model(*ANSWERS), served_as="m") != fingerprint(model(*ANSWERS), served_as="n")


def test_a_model_that_does_not_answer_the_same_twice_is_not_taken():
    unsteady = ScriptedClient([*ANSWERS, *reversed(ANSWERS)])
    with pytest.raises(ClientFailed, match="same way twice"):
        fingerprint(unsteady, served_as="m")


def test_the_questions_are_ours_short_and_asked_without_chance():
    client = model(*ANSWERS)
    fingerprint(client, served_as="m")
    assert len(client.asked) == 2 * len(CANARIES)
    assert {(ask.temperature, ask.seed, bool(ask.schema)) for ask in client.asked} == {(0.0, 0, False)}
    assert [ask.messages[-1].content for ask in client.asked] == [*CANARIES, *CANARIES]


def test_what_the_operator_vouches_for_is_not_asked_about():
    client = ScriptedClient([])
    assert observed_digest(HERE, client) is None
    assert client.asked == ()


def test_answers_are_compared_where_answers_were_registered():
    known = replace(HERE, digest_kind="fingerprint")
    assert observed_digest(known, model(*ANSWERS)) == fingerprint(model(*ANSWERS), served_as=HERE.served_as)


def test_the_file_of_an_embedded_model_is_read_again(tmp_path):
    weights = tmp_path / "a.gguf"
    weights.write_bytes(b"GGUF and then some")
    known = replace(EMBEDDED, path=weights)
    first = observed_digest(known, ScriptedClient([]))
    weights.write_bytes(b"GGUF and then something else")
    assert first != observed_digest(known, ScriptedClient([]))
