"""The OpenAI-compatible client against a real server on loopback."""

import json
import threading
from typing import Any

import pytest

from model_server import Server, completion, serving
from thirdchair.clients import OpenAICompatible
from thirdchair.clients.exchange import LONGEST_REPLY_BYTES
from thirdchair.errors import ClientFailed
from thirdchair.records import Ask, Finish, Message

KEY = "sk-not-to-be-seen"
PATIENT_WORDS = "i have not told anyone this"
ASK = Ask(
    (Message("system", "Summarise."), Message("user", PATIENT_WORDS)),
    schema={"type": "object", "properties": {"a": {"type": "string"}}},
    max_tokens=77,
    seed=5,
)


def fault(status: int, body: Any = None, **headers: str):
    echoed = body or {"error": {"message": f"bad request: {PATIENT_WORDS} {KEY}", "code": "oops"}}
    return (
        status,
        {name.replace("_", "-"): value for name, value in headers.items()},
        json.dumps(echoed).encode(),
    )


def client(server: Server, **changes: Any) -> tuple[OpenAICompatible, list[float]]:
    pauses: list[float] = []
    settings: dict[str, Any] = {
        "name": "model-a",
        "model": "served-name",
        "base_url": server.address,
        "digest": "a" * 64,
        "runs_where": "this_host",
        "api_key": KEY,
        "sleep": pauses.append,
        **changes,
    }
    return OpenAICompatible(**settings), pauses


def failure(server: Server, **changes: Any) -> ClientFailed:
    """What the client raises, after checking that neither it nor anything behind it tells secrets."""
    with pytest.raises(ClientFailed) as failed:
        client(server, **changes)[0].answer(ASK)
    assert failed.value.__cause__ is None
    assert failed.value.__context__ is None
    assert PATIENT_WORDS not in str(failed.value)
    assert KEY not in str(failed.value)
    return failed.value


def test_it_asks_as_the_protocol_says_and_reads_the_answer():
    with serving(completion()) as server:
        reply = client(server)[0].answer(ASK)
    assert (reply.text, reply.finish) == ('{"a": "b"}', Finish.STOP)
    [(path, headers, body)] = server.requests
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert body["messages"] == [{"role": m.role, "content": m.content} for m in ASK.messages]
    assert (body["model"], body["max_tokens"], body["temperature"], body["seed"]) == (
        "served-name",
        77,
        0.0,
        5,
    )
    assert body["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "reply", "strict": True, "schema": ASK.schema},
    }


def test_an_ask_without_a_schema_asks_for_no_format():
    with serving(completion("hello")) as server:
        client(server)[0].answer(Ask(ASK.messages))
    assert "response_format" not in server.requests[0][2]


@pytest.mark.parametrize(
    ("answer", "finish"),
    [
        (completion('{"a": ', finish="length"), Finish.CUT_OFF),
        (completion(None, finish="length"), Finish.CUT_OFF),
        (completion(None, finish="content_filter"), Finish.DECLINED),
        (completion(None, refusal="I will not."), Finish.DECLINED),
        (fault(400, {"error": {"code": "content_filter", "message": PATIENT_WORDS}}), Finish.DECLINED),
        (completion(finish=None), Finish.STOP),
    ],
    ids=["length", "length without content", "filtered", "refusal", "filtered before", "no reason given"],
)
def test_how_a_model_stopped_is_named(answer, finish):
    with serving(answer) as server:
        assert client(server)[0].answer(ASK).finish is finish
    assert len(server.requests) == 1


def test_a_server_that_takes_no_schema_gets_it_in_words_and_is_not_tried_with_it_again():
    with serving(fault(400), completion(), completion()) as server:
        asking, _ = client(server)
        asking.answer(ASK)
        asking.answer(ASK)
    formats = [body["response_format"]["type"] for _, _, body in server.requests]
    assert formats == ["json_schema", "json_object", "json_object"]
    assert json.dumps(ASK.schema) in server.requests[1][2]["messages"][0]["content"]
    assert server.requests[1][2]["messages"][1]["content"] == PATIENT_WORDS


def test_a_bad_request_that_is_not_about_the_schema_does_not_turn_schemas_off():
    with serving(fault(400), fault(400), completion()) as server:
        asking, _ = client(server)
        with pytest.raises(ClientFailed):
            asking.answer(ASK)
        asking.answer(ASK)
    assert server.requests[-1][2]["response_format"]["type"] == "json_schema"


def test_a_busy_server_is_tried_again_when_it_says():
    with serving(fault(429, Retry_After="7"), fault(503, Retry_After="99999"), completion()) as server:
        asking, pauses = client(server)
        asking.answer(ASK)
    assert pauses == [7.0, 30.0]


def test_a_server_that_stays_down_is_given_up_on():
    with serving(fault(500), fault(502), fault(503), completion()) as server:
        assert "503" in str(failure(server))
    assert len(server.requests) == 3


@pytest.mark.parametrize("status", [401, 403, 404, 501])
def test_what_will_not_pass_is_not_tried_again(status):
    with serving(fault(status), fault(status), completion()) as server:
        failure(server)
    assert len(server.requests) <= 2


def test_a_server_that_is_not_there_is_tried_again_and_named():
    with serving() as server:
        pass
    asking, pauses = client(server)
    with pytest.raises(ClientFailed, match="could not be reached") as failed:
        asking.answer(ASK)
    assert len(pauses) == 2
    assert failed.value.__context__ is None


def test_a_server_that_never_answers_is_given_up_on_after_one_attempt():
    with serving() as server:
        answered = threading.Event()
        server.respond = lambda handler: (server.requests.append(("", {}, {})), answered.wait())
        try:
            failure(server, timeout_s=0.2)
        finally:
            answered.set()
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"[]",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}',
        b"\xff\xfe",
    ],
)
def test_an_answer_that_is_no_completion_is_a_failure(content):
    with serving((200, {}, content)) as server:
        failure(server)
    assert len(server.requests) == 1


def test_an_endless_answer_is_not_read_to_its_end():
    with serving((200, {}, b" " * (LONGEST_REPLY_BYTES + 1_000_000))) as server:
        assert "more than a reply" in str(failure(server))


def test_a_redirect_is_not_followed():
    with serving(completion()) as elsewhere, serving(fault(307, Location=f"{elsewhere.address}/x")) as server:
        failure(server)
    assert elsewhere.requests == []


def test_a_proxy_of_the_environment_is_ignored(monkeypatch):
    with serving() as proxy, serving(completion()) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.address)
        monkeypatch.delenv("NO_PROXY", raising=False)
        client(server)[0].answer(ASK)
    assert proxy.requests == []


def test_half_a_character_in_a_transcript_is_sent_escaped():
    with serving(completion()) as server:
        client(server)[0].answer(Ask((Message("user", "bro\ud800ken"),)))
    assert server.requests[0][2]["messages"][0]["content"] == "bro\ud800ken"


def test_nothing_secret_is_logged(caplog):
    with caplog.at_level("DEBUG"), serving(fault(400), fault(400)) as server:
        failure(server)
    assert PATIENT_WORDS not in caplog.text
    assert KEY not in caplog.text
