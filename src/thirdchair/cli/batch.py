"""A batch of sessions, one to a line: summarised in order, in bounded memory, on several cores.

A line that cannot be summarised becomes a line that says so, and the rest goes on.
"""

from __future__ import annotations

import json
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from thirdchair import gateway
from thirdchair.cli.telling import unexpected
from thirdchair.cli.writing import whole_file
from thirdchair.errors import ThirdchairError
from thirdchair.readers import MAX_BYTES, BadLine, read_jsonl_sessions
from thirdchair.records import Transcript

_WAITING_PER_WORKER: Final = 4


@dataclass(frozen=True, slots=True)
class BadSession:
    """A session that was not summarised.

    Args:
        line: its 1-based line in the input.
        problem: why, and what would help; nothing of the session.
        session_id: where it could be read.
    """

    line: int
    problem: str
    session_id: str | None = None


@dataclass(frozen=True, slots=True)
class _Job:
    line: int
    session_id: str
    transcript: Transcript


def summarise_batch(
    source: Path,
    target: Path,
    *,
    workers: int,
    on_bytes_read: Callable[[int], None],
    on_bad: Callable[[BadSession], None],
) -> int:
    """How many sessions were summarised.

    Args:
        source: JSON Lines, {"id", "utterances": [{"speaker", "text"}, ...]}.
        target: JSON Lines in the same order; takes its name once all is written.
        workers: processes; 1 works in this one.
        on_bytes_read: told how far the input has been read.
        on_bad: told of each session that could not be summarised.
    """
    summarised = 0
    with source.open("rb") as incoming, whole_file(target) as outgoing:
        for outcome in _in_order(_jobs(incoming, on_bytes_read), workers=workers):
            if isinstance(outcome, BadSession):
                on_bad(outcome)
            else:
                summarised += 1
            outgoing.write(_line(outcome))
            outgoing.flush()
    return summarised


def _jobs(incoming: BinaryIO, on_bytes_read: Callable[[int], None]) -> Iterator[_Job | BadSession]:
    lines = _Lines(incoming)
    for session in read_jsonl_sessions(lines):
        on_bytes_read(lines.bytes_read)
        if isinstance(session, BadLine):
            yield BadSession(session.number, session.problem)
        else:
            yield _Job(lines.number, *session)


class _Lines(Iterator[str]):
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


def _in_order(jobs: Iterable[_Job | BadSession], *, workers: int) -> Iterator[dict[str, Any] | BadSession]:
    if workers == 1:
        yield from (_outcome(job) for job in jobs)
        return
    # Spawned, not forked: the encoder's threads do not survive a fork.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting: deque[Future[dict[str, Any] | BadSession]] = deque()
        for job in jobs:
            waiting.append(pool.submit(_outcome, job))
            if len(waiting) >= workers * _WAITING_PER_WORKER:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _outcome(job: _Job | BadSession) -> dict[str, Any] | BadSession:
    if isinstance(job, BadSession):
        return job
    try:
        return {"id": job.session_id, **gateway.summarise_file(job.transcript).as_json()}
    except ThirdchairError as error:
        return BadSession(job.line, str(error), job.session_id)
    except Exception as error:  # noqa: BLE001  one session's fault may not end the batch, nor be quoted
        return BadSession(
            job.line, f"Something failed that should not have: {unexpected(error)}.", job.session_id
        )


def _line(outcome: dict[str, Any] | BadSession) -> bytes:
    if isinstance(outcome, BadSession):
        named = {} if outcome.session_id is None else {"id": outcome.session_id}
        outcome = {**named, "line": outcome.line, "error": outcome.problem}
    # Half a character (a lone surrogate) becomes its JSON escape instead of an error.
    return json.dumps(outcome, ensure_ascii=False).encode("utf-8", errors="backslashreplace") + b"\n"
