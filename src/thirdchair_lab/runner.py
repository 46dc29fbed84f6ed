"""Runs what is planned: many questions in flight, each reply kept before anything is made of it, stopped and resumed at will."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, Final

from thirdchair.clients.protocol import Client
from thirdchair.errors import ClientFailed, SafeguardUnavailable
from thirdchair.measures.outcomes import Outcome
from thirdchair.records import Ask, Reply
from thirdchair_lab.arms import Around, around
from thirdchair_lab.deciding import Deciding
from thirdchair_lab.journal import Journal, reply_key
from thirdchair_lab.study import Answer, Arm, Asking, Cell, Study

MOST_TURNS: Final = 200
"""Questions one cell may ask; a study that asks more has lost its way."""


@dataclass(frozen=True, slots=True)
class Work:
    """One study as it is run.

    Args:
        study: which.
        cells: what is asked.
        arms: bare, governed, or both.
        repeats: how often each cell is asked.
        deciding: where the study is to stop once what a use requires of it is answered.
    """

    study: Study
    cells: Sequence[Cell]
    arms: tuple[Arm, ...] = ("bare",)
    repeats: int = 1
    deciding: Deciding | None = None

    @property
    def planned(self) -> int:
        """Answers that are planned."""
        return len(self.cells) * len(self.arms) * self.repeats


@dataclass(frozen=True, slots=True)
class Budget:
    """What a run may spend; None is no limit.

    Args:
        calls: questions to the model.
        tokens: read and written, where the model says.
        seconds: from the start of this sitting.
        money: in the currency of the two prices.
        price_read, price_written: for a million tokens.
    """

    calls: int | None = None
    tokens: int | None = None
    seconds: float | None = None
    money: float | None = None
    price_read: float = 0.0
    price_written: float = 0.0


@dataclass(slots=True)
class Spent:
    """What a sitting has spent so far."""

    calls: int = 0
    read: int = 0
    written: int = 0
    failed: int = 0
    reused: int = 0
    started: float = field(default_factory=time.monotonic)

    def count(self, reply: Reply) -> None:
        """Adds one reply."""
        self.calls += 1
        if reply.usage:
            self.read += reply.usage.read
            self.written += reply.usage.written

    def money(self, budget: Budget) -> float:
        """What it cost."""
        return (self.read * budget.price_read + self.written * budget.price_written) / 1e6

    def exceeds(self, budget: Budget) -> str | None:
        """Which limit is reached, in a word; None while there is room."""
        limits: tuple[tuple[str, float | None, float], ...] = (
            ("calls", budget.calls, self.calls),
            ("tokens", budget.tokens, self.read + self.written),
            ("seconds", budget.seconds, time.monotonic() - self.started),
            ("money", budget.money, self.money(budget)),
        )
        return next((name for name, limit, spent in limits if limit is not None and spent >= limit), None)


class BudgetSpent(Exception):
    """A limit is reached; the message is its name."""


Told = Callable[[str, int, int], None]
"""Hears (study, answers so far, answers planned) after each answer."""


def run(
    work: Sequence[Work],
    *,
    client: Client,
    journal: Journal,
    run_id: str,
    budget: Budget = Budget(),
    at_once: int = 32,
    temperature: float | None = None,
    tell: Told = lambda *_: None,
) -> Spent:
    """Asks what has not been answered yet, until all is or a limit of the budget is reached.

    Args:
        work: in order.
        client: the model. One that computes in this process is asked serially, whatever `at_once` says: copies that run
            beside each other do not give the same replies.
        at_once: questions in flight.
        temperature: of every question; as the study says if None.

    Raises:
        JournalUnusable: nothing can be kept. What was kept before stays.
        BudgetSpent: after everything in flight is kept.
    """
    sitting = _Sitting(client, journal, run_id, budget, temperature, tell)
    _to_its_end(lambda: sitting.work_through(work, 1 if getattr(client, "is_serial", False) else at_once))
    if sitting.stopped:
        raise BudgetSpent(sitting.stopped)
    return sitting.spent


def _to_its_end(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Runs a coroutine; in a thread of its own where this one has a loop already, as in a notebook."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(work())
        return
    with ThreadPoolExecutor(1) as beside:
        beside.submit(lambda: asyncio.run(work())).result()


@dataclass(frozen=True, slots=True)
class _Job:
    work: Work
    arm: Arm
    cell: Cell
    repeat: int


class _Sitting:
    """One run from a start to a stop."""

    def __init__(
        self,
        client: Client,
        journal: Journal,
        run_id: str,
        budget: Budget,
        temperature: float | None,
        tell: Told,
    ) -> None:
        self.spent = Spent()
        self.stopped: str | None = None
        self._client = client
        self._answer = _asynchronous(client)
        self._journal = journal
        self._run = run_id
        self._budget = budget
        self._temperature = temperature
        self._tell = tell
        self._in_flight: dict[str, asyncio.Future[Reply]] = {}
        self._done: dict[str, int] = {}

    async def work_through(self, work: Sequence[Work], at_once: int) -> None:
        jobs = self._jobs(work)
        workers = [asyncio.create_task(self._worker(jobs)) for _ in range(at_once)]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    async def _worker(self, jobs: Iterator[_Job]) -> None:
        for job in jobs:
            if self.stopped:
                return
            try:
                answer = await self._answer_of(job)
            except BudgetSpent as spent:  # what others have in flight is kept all the same
                self.stopped = str(spent)
                return
            study = job.work.study.name
            place = (self._run, study, self._client.name, job.arm, job.cell.id, job.repeat)
            self._journal.keep_answer(place, answer)
            self._count(job.work, job.arm, job.cell, answer)

    def _jobs(self, work: Iterable[Work]) -> Iterator[_Job]:
        for one in work:
            kept = {
                arm: self._journal.answers(self._run, one.study.name, self._client.name, arm)
                for arm in one.arms
            }
            for cell in one.cells:
                for arm in one.arms:
                    for repeat in range(one.repeats):
                        found = kept[arm].get((cell.id, repeat))
                        if found is not None and found.outcome is not Outcome.FAILED:
                            self._count(one, arm, cell, found)
                        elif one.deciding is None or one.deciding.is_open:
                            yield _Job(one, arm, cell, repeat)

    def _count(self, work: Work, arm: Arm, cell: Cell, answer: Answer) -> None:
        if work.deciding:
            work.deciding.hear(arm, cell, answer)
        name = work.study.name
        self._done[name] = self._done.get(name, 0) + 1
        self._tell(name, self._done[name], work.planned)

    async def _answer_of(self, job: _Job) -> Answer:
        wrapped = around(job.arm, job.work.study.audience, job.cell.language)
        try:
            return await self._driven(job.work.study.ask(job.cell), wrapped, job.repeat)
        except (ClientFailed, SafeguardUnavailable) as error:
            self.spent.failed += 1
            return Answer(Outcome.FAILED, {"why": type(error).__name__})

    async def _driven(self, asking: Asking, wrapped: Around, repeat: int) -> Answer:
        try:
            ask = next(asking)
            for turn in range(MOST_TURNS):
                sent = wrapped.before(ask)
                if isinstance(sent, Ask):
                    # the same words asked twice in one conversation are two questions
                    reply = wrapped.after(
                        await self._replied(self._set(sent, repeat), repeat * MOST_TURNS + turn)
                    )
                else:
                    reply = sent
                ask = asking.send(reply)
        except StopIteration as ended:
            return ended.value
        finally:
            asking.close()
        raise RuntimeError(f"a cell asked more than {MOST_TURNS} questions")

    def _set(self, ask: Ask, repeat: int) -> Ask:
        """The question with the seed of this repeat and the temperature of the run."""
        heat = ask.temperature if self._temperature is None else self._temperature
        return replace(ask, seed=ask.seed + repeat, temperature=heat)

    async def _replied(self, ask: Ask, repeat: int) -> Reply:
        key = reply_key(self._client.digest, ask, repeat)
        if kept := self._journal.reply(key):
            self.spent.reused += 1
            return kept
        if waiting := self._in_flight.get(key):
            return await waiting
        if limit := self.spent.exceeds(self._budget):
            raise BudgetSpent(limit)
        told = self._in_flight[key] = asyncio.get_running_loop().create_future()
        try:
            reply = await self._answer(ask)
            self._journal.keep_reply(key, self._client.digest, reply)
            self.spent.count(reply)
            told.set_result(reply)
            return reply
        except BaseException as error:
            told.set_exception(error)
            told.exception()  # nobody may be waiting
            raise
        finally:
            del self._in_flight[key]


def _asynchronous(client: Client) -> Callable[[Ask], Awaitable[Reply]]:
    """The client's own asynchronous call, or its plain one: at once where it only looks up, else in a thread."""
    own = getattr(client, "answer_async", None)
    if own is not None:
        return own

    async def at_once(ask: Ask) -> Reply:
        return client.answer(ask)

    async def in_thread(ask: Ask) -> Reply:
        return await asyncio.to_thread(client.answer, ask)

    return at_once if getattr(client, "is_instant", False) else in_thread


def drive(asking: Asking, answer: Callable[[Ask], Reply]) -> Answer:
    """What comes of a cell, asked straight and without a journal; for tests and baselines.

    >>> def asks():
    ...     reply = yield Ask(())
    ...     return Answer(Outcome.SCORED, {"length": len(reply.text)})
    >>> drive(asks(), lambda ask: Reply("four")).values["length"]
    4
    """
    try:
        ask = next(asking)
        while True:
            ask = asking.send(answer(ask))
    except StopIteration as ended:
        return ended.value
