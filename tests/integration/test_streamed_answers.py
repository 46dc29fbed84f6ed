"""The OpenAI-compatible client as it streams, waits without a thread, keeps its connections and leaves a server alone."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import circuitbreaker
import pytest

from thirdchair.clients import OpenAICompatible, ScriptedClient
from thirdchair.clients.breaker import Breaker
from thirdchair.clients.streams import stream_of
from thirdchair.errors import ClientFailed
from thirdchair.records import Ask, Finish, Message, Reply, Usage

PATIENT_WORDS = "i have not told anyone this"
KEY = "sk-not-to-be-seen"
ASK = Ask((Message("system", "Answer."), Message("user", PATIENT_WORDS)))
SCHEMA = Ask(ASK.messages, schema={"type": "object"})

Act = Callable[["Upstream", BaseHTTPRequestHandler], None]


class Upstream:
    """A model's server that does as its acts say, one for each request, and counts requests and connections."""

    def __init__(self, acts: tuple[Act, ...]) -> None:
        self.acts = list(acts)
        self.bodies: list[dict[str, Any]] = []
        self.connections = 0
        self.left = threading.Event()
        self.address = ""


@contextmanager
def upstream(*acts: Act) -> Iterator[Upstream]:
    server = Upstream(acts)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def setup(self) -> None:
            super().setup()
            server.connections += 1

        def do_POST(self) -> None:
            server.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            try:
                (server.acts.pop(0) if server.acts else refuses(500))(server, self)
            except ConnectionError:  # whoever asked is gone
                self.close_connection = True
                server.left.set()

        def log_message(self, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        server.address = f"http://127.0.0.1:{http.server_port}/v1"
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()


def event(content: str | None = None, finish: str | None = None) -> bytes:
    delta = {} if content is None else {"content": content}
    return f"data: {json.dumps({'choices': [{'delta': delta, 'finish_reason': finish}]})}\n\n".encode()


def streams(*pieces: bytes) -> Act:
    """Sends these bytes in as many chunks, and ends properly."""

    def act(server: Upstream, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for piece in pieces:
            handler.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        handler.wfile.write(b"0\r\n\r\n")

    return act


def says(content: str) -> Act:
    """Answers whole, as a server that does not stream."""
    body = json.dumps({"choices": [{"message": {"content": content}, "finish_reason": "stop"}]}).encode()
    return _sends(200, body)


def refuses(status: int, **headers: str) -> Act:
    """Refuses, and echoes what it should not."""
    return _sends(status, json.dumps({"error": {"message": f"{PATIENT_WORDS} {KEY}"}}).encode(), **headers)


def begins_and_waits(*pieces: bytes) -> Act:
    """Sends a beginning, then nothing, until whoever asked is gone."""

    def act(server: Upstream, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.end_headers()
        for piece in pieces:
            handler.wfile.write(piece)
        handler.wfile.flush()
        if handler.connection.recv(1) == b"":
            server.left.set()
        handler.close_connection = True

    return act


def hangs_up(*pieces: bytes) -> Act:
    """Sends a beginning of more to come, and hangs up."""

    def act(server: Upstream, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        for piece in pieces:
            handler.wfile.write(piece)
        handler.close_connection = True

    return act


def _sends(status: int, body: bytes, **headers: str) -> Act:
    def act(server: Upstream, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return act


async def _no_pause(seconds: float) -> None:
    """Waits for nothing."""


def client(server: Upstream, **changes: Any) -> OpenAICompatible:
    settings: dict[str, Any] = {
        "name": "model-a",
        "model": "served-name",
        "base_url": server.address,
        "digest": "a" * 64,
        "runs_where": "this_host",
        "api_key": KEY,
        "sleep": lambda seconds: None,
        "sleep_async": _no_pause,
        **changes,
    }
    return OpenAICompatible(**settings)


async def read(asking: OpenAICompatible, ask: Ask = ASK) -> tuple[list[str], Finish | None]:
    async with asking.stream(ask) as stream:
        pieces = [piece async for piece in stream]
        return pieces, stream.finish


def run(asking: OpenAICompatible, *works: Callable[[], Any]) -> list[Any]:
    """The results of these, one after another in one event loop; connections are closed at the end."""

    async def all_of_them() -> list[Any]:
        try:
            return [await work() for work in works]
        finally:
            await asking.aclose()
            asking.close()

    return asyncio.run(all_of_them())


def failure(asking: OpenAICompatible, work: Callable[[], Any]) -> ClientFailed:
    """What is raised, after checking that neither it nor anything behind it tells secrets."""
    with pytest.raises(ClientFailed) as failed:
        run(asking, work)
    assert failed.value.__cause__ is None
    assert failed.value.__context__ is None
    assert PATIENT_WORDS not in str(failed.value)
    assert KEY not in str(failed.value)
    return failed.value


def test_pieces_come_in_order_and_the_end_is_named():
    sent = event("Sleep ") + event("well.") + event(finish="length") + b"data: [DONE]\n\n"
    with upstream(streams(*[sent[i : i + 7] for i in range(0, len(sent), 7)])) as server:
        asking = client(server)
        [(pieces, finish)] = run(asking, lambda: read(asking))
    assert "".join(pieces) == "Sleep well."
    assert finish is Finish.CUT_OFF
    assert server.bodies[0]["stream"] is True


def test_the_same_answer_without_a_thread():
    with upstream(says("hello"), says("hello")) as server:
        asking = client(server)
        assert run(asking, lambda: asking.answer_async(ASK)) == [Reply("hello")]
    assert "stream" not in server.bodies[0]


def test_a_server_that_does_not_stream_is_told_whole():
    with upstream(says("hello")) as server:
        asking = client(server)
        assert run(asking, lambda: read(asking)) == [(["hello"], Finish.STOP)]


@pytest.mark.parametrize("way", ["answer", "answer_async", "stream"])
def test_connections_are_kept(way):
    whole = streams(event("a"), event(finish="stop"), b"data: [DONE]\n\n")
    with upstream(*[whole if way == "stream" else says("a")] * 3) as server:
        asking = client(server)
        if way == "answer":
            assert [asking.answer(ASK).text for _ in range(3)] == ["a"] * 3
            asking.close()
        else:
            work = (lambda: read(asking)) if way == "stream" else lambda: asking.answer_async(ASK)
            run(asking, work, work, work)
    assert len(server.bodies) == 3
    assert server.connections == 1


@pytest.mark.parametrize("act", [hangs_up(event("half")), streams(event("half"))], ids=["cut", "ended early"])
def test_half_a_stream_is_a_failure_never_a_silent_end(act):
    got: list[str] = []

    async def read_on() -> None:
        async for piece in asking.stream(ASK):
            got.append(piece)

    with upstream(act) as server:
        asking = client(server)
        failure(asking, read_on)
    assert got == ["half"]
    assert len(server.bodies) == 1, "what has begun is not asked again"


def test_closing_a_stream_stops_the_server_at_once():
    async def first_piece() -> str:
        async with asking.stream(ASK) as stream:
            return await anext(stream)

    with upstream(begins_and_waits(event("one"))) as server:
        asking = client(server)
        assert run(asking, first_piece) == ["one"]
        assert server.left.wait(20)


@pytest.mark.parametrize("way", ["stream", "answer_async"])
def test_cancelling_stops_the_server_at_once_and_says_nothing_against_it(way):
    breaker = Breaker(failures=1)

    async def cancelled() -> None:
        work = read(asking) if way == "stream" else asking.answer_async(ASK)
        task = asyncio.ensure_future(work)
        while not server.bodies:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(server.left.wait, 20)

    with upstream(begins_and_waits(event("one"))) as server:
        asking = client(server, breaker=breaker)
        run(asking, cancelled)
    assert breaker.refusal() is None


def test_a_server_that_stalls_in_the_middle_is_given_up_on():
    with upstream(begins_and_waits(event("one"))) as server:
        asking = client(server, timeout_s=0.2)
        assert "longer than allowed" in str(failure(asking, lambda: read(asking)))
        assert server.left.wait(20)


def test_a_busy_server_is_tried_again_until_it_begins():
    whole = streams(event("a", finish="stop"))
    with upstream(refuses(503, Retry_After="1"), refuses(429), whole) as server:
        asking = client(server)
        assert run(asking, lambda: read(asking)) == [(["a"], Finish.STOP)]
    assert len(server.bodies) == 3


def test_a_server_that_takes_no_schema_gets_it_in_words():
    whole = streams(event("{}", finish="stop"))
    with upstream(refuses(400), whole, whole, says("{}")) as server:
        asking = client(server)
        run(asking, lambda: read(asking, SCHEMA), lambda: read(asking, SCHEMA))
        run(asking, lambda: asking.answer_async(SCHEMA))
    formats = [body["response_format"]["type"] for body in server.bodies]
    assert formats == ["json_schema", "json_object", "json_object", "json_object"]


@pytest.mark.parametrize("status", [400, 401, 404, 500])
@pytest.mark.parametrize("way", ["stream", "answer_async"])
def test_what_a_server_echoes_is_not_told(status, way):
    with upstream(*[refuses(status)] * 3) as server:
        asking = client(server)
        failure(asking, (lambda: read(asking)) if way == "stream" else lambda: asking.answer_async(ASK))


def test_a_server_that_is_down_is_left_alone_for_a_pause_by_every_way_of_asking(monkeypatch):
    at = [1000.0]
    monkeypatch.setattr(circuitbreaker, "monotonic", lambda: at[0])
    with upstream(refuses(500), refuses(500), refuses(500), says("back"), says("back")) as server:
        asking = client(server, breaker=Breaker(failures=3, pause_s=20))
        with pytest.raises(ClientFailed, match="500"):
            asking.answer(ASK)
        for work in (lambda: read(asking), lambda: asking.answer_async(ASK)):
            assert "down" in str(failure(asking, work))
        with pytest.raises(ClientFailed, match="down"):
            asking.answer(ASK)
        assert len(server.bodies) == 3
        at[0] += 21
        again = client(server, breaker=asking._exchange._breaker)
        assert again.answer(ASK).text == "back"
        assert run(again, lambda: again.answer_async(ASK)) == [Reply("back")]


def test_being_busy_or_saying_no_is_not_being_down():
    breaker = Breaker(failures=1)
    with upstream(refuses(429), refuses(429), refuses(429), refuses(401), refuses(400)) as server:
        asking = client(server, breaker=breaker)
        for _ in range(3):
            with pytest.raises(ClientFailed):
                asking.answer(ASK)
        asking.close()
    assert breaker.refusal() is None


# --- other clients in pieces -------------------------------------------------------------------------------


class Writing(ScriptedClient):
    """Writes its reply in pieces, as the embedded engine does; keeps whether it was closed."""

    def __init__(self, *pieces: str | ClientFailed) -> None:
        super().__init__([])
        self.pieces = pieces
        self.closed = threading.Event()

    def stream(self, ask: Ask) -> Any:
        try:
            for piece in self.pieces:
                if isinstance(piece, Exception):
                    raise piece
                yield piece
            return Finish.CUT_OFF
        finally:
            self.closed.set()


def pieces_of(answering: Any) -> tuple[list[str], Finish | None]:
    async def all_of_it() -> tuple[list[str], Finish | None]:
        async with stream_of(answering, ASK) as stream:
            return [piece async for piece in stream], stream.finish

    return asyncio.run(all_of_it())


def test_every_client_can_be_read_in_pieces():
    assert pieces_of(ScriptedClient(["all at once"])) == (["all at once"], Finish.STOP)
    assert pieces_of(ScriptedClient([Reply("", Finish.DECLINED)])) == ([], Finish.DECLINED)
    assert pieces_of(Writing("one", "two")) == (["one", "two"], Finish.CUT_OFF)


def test_a_client_that_fails_while_it_writes_fails_while_it_is_read():
    with pytest.raises(ClientFailed, match="busy"):
        pieces_of(Writing("one", ClientFailed("It is busy.")))
    with pytest.raises(ClientFailed) as failed:
        pieces_of(Writing("one", ValueError(PATIENT_WORDS)))  # type: ignore[arg-type]
    assert PATIENT_WORDS not in str(failed.value)


def test_a_writer_that_nobody_reads_any_more_is_stopped():
    writer = Writing("one", *["more"] * 100_000)

    async def first_piece() -> str:
        async with stream_of(writer, ASK) as stream:
            return await anext(stream)

    assert asyncio.run(first_piece()) == "one"
    assert writer.closed.wait(20)


COUNTED = {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}


def counted(usage: object = COUNTED) -> bytes:
    return f"data: {json.dumps({'choices': [], 'usage': usage})}\n\n".encode()


async def usage_of(asking: OpenAICompatible) -> Usage | None:
    async with asking.stream(ASK) as stream:
        _ = [piece async for piece in stream]
    return stream.usage


@pytest.mark.parametrize(
    ("told", "usage"),
    [
        (counted(), Usage(12, 3)),
        (b"", None),
        (counted(None), None),
        (counted({"prompt_tokens": "many", "completion_tokens": 3}), None),
        (counted({"prompt_tokens": -1, "completion_tokens": 3}), None),
        (counted() + counted(None), Usage(12, 3)),
    ],
)
def test_what_a_stream_counted_is_passed_on_and_nothing_is_made_up(told, usage):
    with upstream(streams(event("a"), event(finish="stop"), told, b"data: [DONE]\n\n")) as server:
        asking = client(server)
        assert run(asking, lambda: usage_of(asking)) == [usage]
    assert server.bodies[0]["stream_options"] == {"include_usage": True}


def test_what_a_whole_answer_counted_is_passed_on():
    body = {"choices": [{"message": {"content": "a"}, "finish_reason": "stop"}], "usage": COUNTED}
    with upstream(*[_sends(200, json.dumps(body).encode())] * 2) as server:
        asking = client(server)
        assert asking.answer(ASK).usage == Usage(12, 3)
        assert run(asking, lambda: usage_of(asking)) == [Usage(12, 3)]
    assert "stream_options" not in server.bodies[0]


def test_a_server_that_cannot_count_is_asked_without():
    whole = streams(event("a", finish="stop"))
    with upstream(refuses(400), whole, whole) as server:
        asking = client(server)
        assert run(asking, lambda: usage_of(asking), lambda: usage_of(asking)) == [None, None]
    assert ["stream_options" in body for body in server.bodies] == [True, False, False]
