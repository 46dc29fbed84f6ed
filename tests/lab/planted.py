"""Models planted for tests: they know which cell a question is of, and answer as they were told to."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from thirdchair.records import Ask, Finish, Message, Reply
from thirdchair_lab.arms import around
from thirdchair_lab.journal import reply_key
from thirdchair_lab.study import Cell, Study


class PlantedModel:
    """Answers each first question of a study's cells with `reply_to(cell)`, and anything else with `otherwise`.

    Cells that ask the same words get the answer of the first of them.
    """

    is_instant = True
    runs_where = "this_host"

    def __init__(
        self,
        study: Study,
        cells: Iterable[Cell],
        reply_to: Callable[[Cell], str | Reply],
        *,
        name: str = "planted",
        otherwise: str = "I cannot say.",
    ) -> None:
        self.name = name
        self.digest = hashlib.sha256(name.encode()).hexdigest()
        self.asked = 0
        self._otherwise = otherwise
        self._reply_to = reply_to
        self._cells: dict[str, Cell] = {}
        for cell in cells:
            asking = study.ask(cell)
            try:
                self._cells.setdefault(_key(next(asking)), cell)
            except StopIteration:
                continue
            finally:
                asking.close()

    def answer(self, ask: Ask) -> Reply:
        self.asked += 1
        cell = self._cells.get(_key(ask))
        said = self._otherwise if cell is None else self._reply_to(cell)
        return Reply(said) if isinstance(said, str) else said


class Refuser:
    """Declines everything."""

    is_instant = True
    runs_where = "this_host"
    name, digest = "refuser", "f" * 64

    def answer(self, ask: Ask) -> Reply:
        return Reply("", Finish.DECLINED)


@contextmanager
def served(model: PlantedModel | Rehearsed) -> Iterator[str]:
    """The model behind a server that speaks the OpenAI protocol; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            messages = tuple(Message(one["role"], one["content"]) for one in body["messages"])
            reply = model.answer(Ask(messages))
            content = json.dumps(
                {
                    "choices": [
                        {"message": {"role": "assistant", "content": reply.text}, "finish_reason": "stop"}
                    ]
                }
            ).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_GET(self) -> None:
            self.send_error(404)

        def log_message(self, *args: object) -> None:
            """Says nothing."""

    class Wide(ThreadingHTTPServer):
        request_queue_size = 256  # a run asks with many connections at once

    with Wide(("127.0.0.1", 0), Handler) as http:
        threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{http.server_port}/v1"
        finally:
            http.shutdown()


def _key(ask: Ask) -> str:
    return reply_key("", Ask(ask.messages), 0)


Questions = dict[str, tuple[Cell, int]]
"""By question as it is sent, the cell that asks it and how many the cell asked before."""


def questions_of(
    asked: Iterable[tuple[Study, Iterable[Cell]]], reply_to: Callable[[Cell, int], str], *, arm: str
) -> Questions:
    """Every question of some cells as an arm sends it.

    Args:
        reply_to: what can be read, so that a cell asks on.
    """
    found: Questions = {}
    for study, cells in asked:
        for cell in cells:
            wrapped, asking = around(arm, study.audience, cell.language), study.ask(cell)
            try:
                ask, turn = next(asking), 0
                while True:
                    sent = wrapped.before(ask)
                    reply = sent
                    if isinstance(sent, Ask):
                        found.setdefault(_key(sent), (cell, turn))
                        reply = wrapped.after(Reply(reply_to(cell, turn)))
                    ask, turn = asking.send(reply), turn + 1
            except StopIteration:
                continue
    return found


class Rehearsed:
    """Knows some questions, of which cell each is, and what to say to it; to anything else it says `otherwise`."""

    is_instant = True
    runs_where = "this_host"

    def __init__(
        self,
        questions: Questions,
        reply_to: Callable[[Cell, int], str],
        *,
        name: str = "planted",
        otherwise: str = "I cannot say.",
    ) -> None:
        self.name = name
        self.digest = hashlib.sha256(name.encode()).hexdigest()
        self.asked = 0
        self._questions = questions
        self._reply_to = reply_to
        self._otherwise = otherwise

    def answer(self, ask: Ask) -> Reply:
        self.asked += 1
        known = self._questions.get(_key(ask))
        return Reply(self._otherwise if known is None else self._reply_to(*known))
