"""JSON Lines in, JSON Lines out: in order, in bounded memory, on several cores.

A line that cannot be worked on becomes a line that says so, and the rest goes on.
"""

from __future__ import annotations

import json
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from thirdchair.cli.telling import unexpected
from thirdchair.cli.writing import whole_file
from thirdchair.errors import ThirdchairError
from thirdchair.readers import MAX_BYTES

_WAITING_PER_WORKER: Final = 4
_TOGETHER: Final = 16
"""Short lines handed to a worker at once."""

Work = Callable[[Any], dict[str, Any]]
"""What is done with one line's payload; a function of a module, so that a worker process can find it."""


@dataclass(frozen=True, slots=True)
class Job:
    """A line that can be worked on: its 1-based number, its `id` as it came in, and what is to be worked on."""

    line: int
    id: Any
    payload: Any


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that was not worked on.

    Args:
        line: its 1-based number in the input.
        problem: why, and what would help; nothing of its text.
        id: where it could be read.
    """

    line: int
    problem: str
    id: Any = None


class Lines(Iterator[str]):
    """The lines of a file, none longer than a session may be; `number` is that of the last one."""

    def __init__(self, incoming: BinaryIO) -> None:
        self.number = 0
        self.bytes_read = 0
        self._incoming = incoming

    def __next__(self) -> str:
        line = self._incoming.readline(MAX_BYTES + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.bytes_read += len(line)
        rest = line
        while len(rest) > MAX_BYTES and not rest.endswith(b"\n"):
            rest = self._incoming.readline(MAX_BYTES + 1)
            self.bytes_read += len(rest)
        # A byte that is no UTF-8 spoils its own line, not the batch.
        return line.decode("utf-8-sig", errors="replace")


def work_through(
    source: Path,
    target: Path,
    *,
    read: Callable[[Lines], Iterable[Job | Bad]],
    work: Work,
    workers: int,
    together: int = _TOGETHER,
    on_bytes_read: Callable[[int], None],
    on_bad: Callable[[Bad], None],
) -> int:
    """How many lines were worked on.

    Args:
        source: JSON Lines.
        target: JSON Lines in the same order; takes its name once all is written.
        read: makes jobs of lines.
        work: done for each job; its result is written beside the job's `id`.
        workers: processes; 1 works in this one.
        together: jobs handed to a worker at once.
        on_bytes_read: told how far the input has been read.
        on_bad: told of each line that could not be worked on.
    """
    done = 0
    with source.open("rb") as incoming, whole_file(target) as outgoing:
        lines = Lines(incoming)
        for outcome in _in_order(read(lines), work, workers=workers, together=together):
            on_bytes_read(lines.bytes_read)
            if isinstance(outcome, Bad):
                on_bad(outcome)
            else:
                done += 1
            outgoing.write(_line(outcome))
            outgoing.flush()
    return done


def read_texts(*names: str) -> Callable[[Lines], Iterator[Job | Bad]]:
    """A reader of objects with an `id` and a text under each name; the payload is the texts, in that order."""

    def read(lines: Lines) -> Iterator[Job | Bad]:
        for line in lines:
            if line.strip():
                yield _texts_of(line, lines.number, names)

    return read


def _texts_of(line: str, number: int, names: Sequence[str]) -> Job | Bad:
    if len(line.encode("utf-8", errors="replace")) > MAX_BYTES:
        return Bad(number, f"The line is longer than {MAX_BYTES // 1_000_000} MB. Cut it into several.")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return Bad(number, "The line is not JSON. Write one object to a line.")
    if not isinstance(value, dict):
        return Bad(number, "The line is no object. Write one object to a line.")
    given = cast("dict[str, Any]", value)
    if not isinstance(given.get("id"), str | int):
        return Bad(number, "There is no id. Give every line its own, as text or a whole number.")
    texts = [given.get(name) for name in names]
    for name, text in zip(names, texts, strict=True):
        if not isinstance(text, str):
            return Bad(number, f"There is no text under “{name}”. Give it as a string.", given["id"])
    return Job(number, given["id"], tuple(texts))


def _in_order(
    jobs: Iterable[Job | Bad], work: Work, *, workers: int, together: int
) -> Iterator[dict[str, Any] | Bad]:
    if workers == 1:
        yield from (_outcome(job, work) for job in jobs)
        return
    # Spawned, not forked: the threads of a loaded model do not survive a fork.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting: deque[Future[list[dict[str, Any] | Bad]]] = deque()
        rest = iter(jobs)
        while group := list(islice(rest, together)):
            waiting.append(pool.submit(_outcomes, group, work))
            if len(waiting) >= workers * _WAITING_PER_WORKER:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _outcomes(jobs: Sequence[Job | Bad], work: Work) -> list[dict[str, Any] | Bad]:
    return [_outcome(job, work) for job in jobs]


def _outcome(job: Job | Bad, work: Work) -> dict[str, Any] | Bad:
    if isinstance(job, Bad):
        return job
    try:
        return {"id": job.id, **work(job.payload)}
    except ThirdchairError as error:
        return Bad(job.line, str(error), job.id)
    except Exception as error:  # noqa: BLE001  one line's fault may not end the batch, nor be quoted
        return Bad(job.line, f"Something failed that should not have: {unexpected(error)}.", job.id)


def _line(outcome: dict[str, Any] | Bad) -> bytes:
    if isinstance(outcome, Bad):
        named = {} if outcome.id is None else {"id": outcome.id}
        outcome = {**named, "line": outcome.line, "error": outcome.problem}
    # Half a character (a lone surrogate) becomes its JSON escape instead of an error.
    return json.dumps(outcome, ensure_ascii=False).encode("utf-8", errors="backslashreplace") + b"\n"
