"""A small service whose processes are killed at any moment, and what comes back afterwards.

Run as a process of its own, with its data folder in the environment: `python killed_service.py --kills 200`. It imports
everything once and never opens the database; each act, and each return after a kill, is a fork of it. So a kill
costs milliseconds, and what comes back knows nothing that was not on the disk.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import django

django.setup()

from django.conf import settings
from django.db import connection, connections
from django.db.backends.signals import connection_created
from django.db.utils import DatabaseError
from killed_acts import (
    ACTS,
    SERVICE,
    STAGES,
    Act,
    Edit,
    Erase,
    Sign,
    Summarise,
    UntilDone,
    Upload,
    Withdraw,
    back_to,
    make_stages,
)
from service_audit import SESSION, TornAct, faults

from thirdchair.gateway import summarise_file
from thirdchair.policy import Cleared
from thirdchair.policy.decision import UseRefused
from thirdchair.readers import read_transcript
from thirdchair.uses import USES
from thirdchair_web.review import actions, clinic
from thirdchair_web.review.worker import work_until
from thirdchair_web.trail import store

REHEARSALS: Final = 2
LONG_LEASE_S: Final = 20.0


# --- processes -----------------------------------------------------------------------------------------------


@dataclass
class Steps:
    """Counts the steps of an act, before and after each statement and each anchor, and dies at one of them."""

    die_at: int | None = None
    count: int = 0

    def step(self) -> None:
        self.count += 1
        if self.count == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, execute: Callable, *args: Any) -> Any:
        self.step()
        result = execute(*args)
        self.step()
        return result

    def watch(self) -> None:
        """Counts in every thread that opens the database from now on."""

        def opened(*, connection: Any, **_: Any) -> None:
            if self.statement not in connection.execute_wrappers:
                connection.execute_wrappers.append(self.statement)

        connection_created.connect(opened, weak=False)
        anchor = store.append_anchor

        def counted(*args: Any) -> None:
            self.step()
            anchor(*args)
            self.step()

        store.append_anchor = counted


def in_child(work: Callable[[], Any]) -> Any:
    """What `work` returns, done in a fresh process that leaves the database in order."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        status = 1
        try:
            answer = json.dumps(work())
            connections.close_all()
            os.write(writer, answer.encode())
            status = 0
        except BaseException:
            traceback.print_exc()
        os._exit(status)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        answer = stream.read()
    _, status = os.waitpid(pid, 0)
    if status:
        raise RuntimeError(f"a process of the rehearsal ended with {status}")
    return json.loads(answer)


def killed(act: Act, *, after_s: float | None, at_step: int | None) -> bool:
    """Starts an act in a process and kills it. Returns whether it was still at it."""
    act.before()
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        try:
            Steps(die_at=at_step).watch()
            os.write(writer, b".")
            act.do()
            os._exit(0)
        except BaseException as error:
            print(type(error).__name__, file=sys.stderr)
            os._exit(3)
    os.close(writer)
    os.read(reader, 1)
    os.close(reader)
    done = act.provoke(after_s)
    if after_s is not None:
        time.sleep(0 if act.waits else after_s)
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError(f"{act.name} failed by itself")
    return os.WIFSIGNALED(status) and not done


# --- what the tests ask for -------------------------------------------------------------------------------------


def kills(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Kills acts at random moments and tells how each went.

    Half of the kills go by the clock and half by a step; of those, half fall on any step and half on the last
    two, between the commit and the answer, which the clock hardly ever meets.
    """
    chance = random.Random(seed)
    rehearsed = {act.name: _rehearse(act) for act in ACTS[:count]}
    for number in range(count):
        turn, which = divmod(number, len(ACTS))
        act = ACTS[which]
        about_s, steps = rehearsed[act.name]
        back_to(act.stage)
        by_clock = (turn + which) % 2 == 0
        cut = killed(
            act,
            after_s=chance.uniform(0.001, about_s) if by_clock else None,
            at_step=None
            if by_clock
            else chance.choice((chance.randint(1, steps), steps - chance.randint(0, 1))),
        )
        yield {
            "how": "kill",
            "act": act.name,
            "moment": "clock" if by_clock else "step",
            "cut": cut,
        } | in_child(lambda act=act: _come_back(act))


def full_disks(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Runs acts on a disk with little room left, then gives room and comes back."""
    chance = random.Random(seed)
    directly = [act for act in ACTS if not act.waits]
    for number in range(count):
        act = directly[number % len(directly)]
        back_to(act.stage)
        room = chance.randint(9, 30) * 4096
        cut = in_child(lambda act=act, room=room: _with_room(act, room))
        done = {"how": "full disk", "act": act.name, "cut": cut}
        yield done | in_child(lambda act=act: _come_back(act))


def races(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Two processes at once: the same form sent twice, one queue worked by two, one draft signed twice.

    Nobody dies here, so a lease must outlast a slow machine: else each takes the other for dead, until neither may go on.
    """
    settings.THIRDCHAIR = settings.THIRDCHAIR.model_copy(update={"lease_s": LONG_LEASE_S})
    contests = (Upload(), Summarise(), Edit(), Sign(), Withdraw(), Erase())
    for number in range(count):
        act = contests[number % len(contests)]
        back_to(act.stage)
        both = [_start(act), _start(act)]
        statuses = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in both]
        done = {"how": "race", "act": act.name, "statuses": statuses}
        yield done | in_child(lambda act=act: _come_back(act))


def _rehearse(act: Act) -> tuple[float, int]:
    """About how long an act takes, and the fewest steps it had, over a few rehearsals."""
    times, steps = [], []
    for _ in range(REHEARSALS):
        back_to(act.stage)
        act.before()
        steps.append(_steps_of(act))
        back_to(act.stage)
        began = time.monotonic()
        if not act.waits:
            killed(act, after_s=None, at_step=None)
            times.append(time.monotonic() - began)
    if act.waits:
        return _served_s(act), min(steps)
    return 1.2 * min(times), min(steps)


def _steps_of(act: Act) -> int:
    counter = Steps()
    if act.waits:  # the same act without a server, which adds a few steps of its own
        return in_child(lambda: _counted(counter, lambda: act.again(False)))
    return in_child(lambda: _counted(counter, act.do))


def _counted(counter: Steps, work: Callable[[], None]) -> int:
    counter.watch()
    work()
    return counter.count


def _served_s(act: Act) -> float:
    back_to(act.stage)
    began = time.monotonic()
    if killed(act, after_s=30, at_step=None):
        raise RuntimeError("the server did not answer")
    return time.monotonic() - began


def _start(act: Act) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            act.do()
            os._exit(0)
        except (UseRefused, actions.Changed):
            os._exit(4)
        except BaseException:
            traceback.print_exc()
            os._exit(3)
    return pid


def _with_room(act: Act, room: int) -> bool:
    """Does an act while no file may grow beyond some bytes; returns whether it failed for it."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with _largest_file(room):
        try:
            if isinstance(act, Summarise):
                work_until(UntilDone(within_s=3))
            else:
                act.do()
        except (DatabaseError, TimeoutError):
            return True
        finally:
            connections.close_all()
    return False


@contextmanager
def _largest_file(room: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _come_back(act: Act) -> dict[str, Any]:
    """Looks at what is on the disk, does what a person and a worker would, and looks again."""
    found = faults(SERVICE, STAGES / act.stage)
    happened = None
    try:
        happened = act.happened()
        act.again(happened)
        work_until(UntilDone())
        act.settled()
    except (TornAct, TimeoutError) as torn:
        found.append(str(torn))
    return {"happened": happened, "faults": found + faults(SERVICE, STAGES / act.stage)}


def main() -> None:
    """Prints one line of JSON for each episode."""
    parser = argparse.ArgumentParser()
    for what in ("kills", "full-disks", "races", "seed"):
        parser.add_argument(f"--{what}", type=int, default=0)
    asked = parser.parse_args()
    os.umask(0o077)
    clinic.clearances = lambda: {
        (use.id, "extractive", language): Cleared("0" * 64)
        for use in USES.values()
        for language in use.languages
    }
    summarise_file(read_transcript(SESSION, filename="session.vtt"))  # loads what is loaded once
    make_stages(in_child)
    if connection.connection is not None:
        raise RuntimeError("the database must not be open in the process that forks")
    for episodes, count in ((kills, asked.kills), (full_disks, asked.full_disks), (races, asked.races)):
        for episode in episodes(count, asked.seed):
            print(json.dumps(episode), flush=True)


if __name__ == "__main__":
    main()
