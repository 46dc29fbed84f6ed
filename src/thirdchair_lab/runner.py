"""Runs what is planned: many questions in flight, each reply kept before anything is made of it, stopped and resumed at will."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, Final

from thirdchair.clients.protocol import Client
from thirdchair.errors import ClientFailed, PicturesNotTaken, SafeguardUnavailable
from thirdchair.measures.outcomes import Outcome
from thirdchair.records import Ask, Message, Reply
from thirdchair_lab.arms import Around, around
from thirdchair_lab.deciding import Deciding
from thirdchair_lab.journal import Journal, reply_key
from thirdchair_lab.study import Answer, Arm, Aside, Asking, Cell, Role, Study

MOST_TURNS: Final = 200
"""Questions one cell may ask; a study that asks more has lost its way."""
PATIENCE_S: Final = 300.0
"""How long a model that does not answer is waited for. A server that starts again is back by then."""
_LONGEST_PAUSE_S: Final = 20.0
_PROBE: Final = Ask((Message("user", "Answer with one word: are you there?"),), max_tokens=1)
"""What tells a server that is down from a question that it cannot take."""


@dataclass(frozen=True, slots=True)
class Work:
    """One study as it is run.

    Args:
        study: which.
        cells: what is asked.
        arms: bare, governed, or both.
        repeats: how often each cell is asked.
        deciding: where the study is to stop once what a use requires of it is answered.
        seconds: its share of a sitting; what it has not asked by then waits until all others had theirs.
    """

    study: Study
    cells: Sequence[Cell]
    arms: tuple[Arm, ...] = ("bare",)
    repeats: int = 1
    deciding: Deciding | None = None
    seconds: float | None = None

    @property
    def planned(self) -> int:
        """Answers that are planned."""
        return len(self.cells) * len(self.arms) * self.repeats


@dataclass(frozen=True, slots=True)
class Budget:
    """What a run may spend, with all models that it asks together; None is no limit.

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
    """What a sitting has spent so far on the model that is measured, and on each beside it."""

    calls: int = 0
    read: int = 0
    written: int = 0
    failed: int = 0
    reused: int = 0
    started: float = field(default_factory=time.monotonic)
    beside: dict[Role, Spent] = field(default_factory=dict)

    def count(self, reply: Reply) -> None:
        """Adds one reply."""
        self.calls += 1
        if reply.usage:
            self.read += reply.usage.read
            self.written += reply.usage.written

    def on(self, role: Role) -> Spent:
        """What was spent on a model beside."""
        return self.beside.setdefault(role, Spent())

    def money(self, budget: Budget) -> float:
        """What it cost; the prices are those of every model."""
        return (self._all("read") * budget.price_read + self._all("written") * budget.price_written) / 1e6

    def _all(self, name: str) -> int:
        return sum(getattr(one, name) for one in (self, *self.beside.values()))

    def exceeds(self, budget: Budget) -> str | None:
        """Which limit is reached, in a word; None while there is room."""
        limits: tuple[tuple[str, float | None, float], ...] = (
            ("calls", budget.calls, self._all("calls")),
            ("tokens", budget.tokens, self._all("read") + self._all("written")),
            ("seconds", budget.seconds, time.monotonic() - self.started),
            ("money", budget.money, self.money(budget)),
        )
        return next((name for name, limit, spent in limits if limit is not None and spent >= limit), None)


class BudgetSpent(Exception):
    """A limit is reached; the message is its name."""


class ModelSilent(BudgetSpent):
    """A model does not answer, and was waited for; the message says which and what would help."""


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
    beside: Mapping[Role, Client] = {},
    spent: Spent | None = None,
    patience_s: float = PATIENCE_S,
    say: Callable[[str], None] = lambda _: None,
) -> Spent:
    """Asks what has not been answered yet, until all is or a limit of the budget is reached.

    Args:
        work: in order.
        client: the model. One that computes in this process is asked serially, whatever `at_once` says: copies that run
            beside each other do not give the same replies.
        at_once: questions in flight.
        temperature: of every question to the model; as the study says if None. Those beside keep their own.
        beside: the models that play people or judge, by role.
        spent: is added to as the sitting goes on; a new one if None.
        patience_s: how long a model that does not answer is waited for, before the sitting stops.
        say: hears of such a wait.

    Raises:
        JournalUnusable: nothing can be kept. What was kept before stays.
        BudgetSpent: after everything in flight is kept.
        ModelSilent: a model did not answer for so long. What was not answered is not kept as failed.
    """
    sitting = _Sitting(
        client, journal, run_id, budget, temperature, tell, beside, spent or Spent(), patience_s, say
    )
    serial = any(getattr(one, "is_serial", False) for one in (client, *beside.values()))
    _to_its_end(lambda: sitting.work_through(work, 1 if serial else at_once))
    if sitting.stopped:
        raise sitting.stopped
    return sitting.spent


def as_put(ask: Ask, repeat: int, temperature: float | None) -> Ask:
    """The question with the seed of a repeat and the temperature of the run."""
    heat = ask.temperature if temperature is None else temperature
    return replace(ask, seed=ask.seed + repeat, temperature=heat)


def first_key(client: Client, ask: Ask, temperature: float | None) -> str:
    """Where the reply to the first question of a cell is kept, the first time it is asked."""
    return reply_key(client.digest, as_put(ask, 0, temperature), 0)


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
        beside: Mapping[Role, Client],
        spent: Spent,
        patience_s: float,
        say: Callable[[str], None],
    ) -> None:
        self.spent = spent
        self.stopped: BudgetSpent | None = None
        self._client = client
        self._line = _Line(client, patience_s, say)
        self._beside = {role: _Line(one, patience_s, say) for role, one in beside.items()}
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
                self.stopped = self.stopped or spent
                return
            study = job.work.study.name
            place = (self._run, study, self._client.name, job.arm, job.cell.id, job.repeat)
            self._journal.keep_answer(place, answer)
            self._count(job.work, job.arm, job.cell, answer)

    def _jobs(self, work: Iterable[Work]) -> Iterator[_Job]:
        late: list[Iterator[_Job]] = []
        for one in work:
            started, jobs = time.monotonic(), self._jobs_of(one)
            for job in jobs:
                if one.seconds is not None and time.monotonic() - started >= one.seconds:
                    late.append(chain((job,), jobs))
                    break
                yield job
        yield from chain.from_iterable(late)

    def _jobs_of(self, one: Work) -> Iterator[_Job]:
        kept = {
            arm: self._journal.answers(self._run, one.study.name, self._client.name, arm) for arm in one.arms
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
                # the same words asked twice in one conversation are two questions
                place = repeat * MOST_TURNS + turn
                if isinstance(ask, Aside):
                    put = replace(ask.ask, seed=ask.ask.seed + repeat)
                    reply = await self._replied(self._to(ask.to), self.spent.on(ask.to), put, place)
                else:
                    sent = wrapped.before(ask)
                    if isinstance(sent, Ask):
                        put = self._set(sent, repeat)
                        reply = wrapped.after(await self._replied(self._line, self.spent, put, place))
                    else:
                        reply = sent
                ask = asking.send(reply)
        except StopIteration as ended:
            return ended.value
        finally:
            asking.close()
        raise RuntimeError(f"a cell asked more than {MOST_TURNS} questions")

    def _set(self, ask: Ask, repeat: int) -> Ask:
        return as_put(ask, repeat, self._temperature)

    def _to(self, role: Role) -> _Line:
        line = self._beside.get(role)
        if line is None:
            raise LookupError(f"the study asks a model as {role}, and the run has none")
        return line

    async def _replied(self, line: _Line, spent: Spent, ask: Ask, repeat: int) -> Reply:
        key = reply_key(line.client.digest, ask, repeat)
        if kept := self._journal.reply(key):
            spent.reused += 1
            return kept
        if waiting := self._in_flight.get(key):
            return await waiting
        if limit := self.spent.exceeds(self._budget):
            raise BudgetSpent(limit)
        told = self._in_flight[key] = asyncio.get_running_loop().create_future()
        try:
            reply = await line.answer(ask)
            self._journal.keep_reply(key, line.client.digest, reply)
            spent.count(reply)
            told.set_result(reply)
            return reply
        except BaseException as error:
            told.set_exception(error)
            told.exception()  # nobody may be waiting
            raise
        finally:
            del self._in_flight[key]


class _Line:
    """A model, asked with patience: while its server is down all wait together, and a question that it cannot take fails alone.

    Which of the two it is, a question of one word tells.
    """

    def __init__(self, client: Client, patience_s: float, say: Callable[[str], None]) -> None:
        self.client = client
        self._put = _asynchronous(client)
        self._patience_s = patience_s
        self._say = say
        self._answered_at = -1.0
        self._silent: ModelSilent | None = None
        self._one_waits = asyncio.Lock()

    async def answer(self, ask: Ask) -> Reply:
        """The reply.

        Raises:
            ClientFailed: it has none to this question, twice, although it answers others.
            ModelSilent: it answers nothing.
        """
        try:
            return await self._once(ask)
        except PicturesNotTaken:
            raise
        except ClientFailed:
            failed_at = time.monotonic()
        await self._until_it_answers(failed_at)
        return await self._once(ask)

    async def _once(self, ask: Ask) -> Reply:
        reply = await self._put(ask)
        self._answered_at = time.monotonic()
        return reply

    async def _until_it_answers(self, failed_at: float) -> None:
        async with self._one_waits:
            pause = min(1.0, self._patience_s)
            while self._answered_at < failed_at:
                if self._silent:
                    raise self._silent
                try:
                    await self._once(_PROBE)
                except ClientFailed as error:
                    problem = str(error)
                else:
                    return
                waited = time.monotonic() - failed_at
                if waited >= self._patience_s:
                    self._silent = ModelSilent(f"{self.client.name} does not answer. {problem}")
                    raise self._silent
                self._say(
                    f"{self.client.name} does not answer; waiting for it, {self._patience_s - waited:.0f} s at most."
                )
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE_S)


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


def drive(
    asking: Asking, answer: Callable[[Ask], Reply], beside: Mapping[Role, Callable[[Ask], Reply]] = {}
) -> Answer:
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
            reply = beside[ask.to](ask.ask) if isinstance(ask, Aside) else answer(ask)
            ask = asking.send(reply)
    except StopIteration as ended:
        return ended.value
