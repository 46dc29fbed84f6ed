"""What the lab's own runner costs: `python -m benchmarks.lab [--samples N]`.

An instant model, so that only the runner is measured: samples a second beside a bare loop over the same questions in the same run,
memory, how long it takes to go on with a finished run, and to load and analyse 10,000 rows.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from thirdchair.measures.outcomes import Outcome
from thirdchair.records import Ask, Language, Message, Reply
from thirdchair_lab.findings import headlines, table
from thirdchair_lab.journal import Journal
from thirdchair_lab.registry import study_named
from thirdchair_lab.runner import Work, drive, run
from thirdchair_lab.study import Answer, Asking, Cell, Study


class Instant:
    """Answers at once."""

    is_instant = True
    name, digest, runs_where = "instant", "0" * 64, "this_host"

    def answer(self, ask: Ask) -> Reply:
        """One word."""
        return Reply("three")


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=10_000)
    samples = parser.parse_args().samples
    study = replace(study_named("human_likeness"), name="counting", ask=_ask)
    cells = [
        Cell(f"{n}", str(n // 10), Language.ENGLISH, {"kind": "any"}, f"question {n}") for n in range(samples)
    ]
    bare = _seconds(lambda: [drive(_ask(cell), Instant().answer) for cell in cells])
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(Path(folder) / "journal.sqlite3")
        work = [Work(study, cells)]
        ours = _seconds(lambda: run(work, client=Instant(), journal=journal, run_id="r"))
        again = _seconds(lambda: run(work, client=Instant(), journal=journal, run_id="r"))
        analysed = _seconds(lambda: _analysed(study, cells, journal))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"samples a second      {samples / ours:8.0f}  ({ours / bare:.1f} times the bare loop; asked: at least 1,000)"
    )
    print(f"memory                {memory:8.0f} MB  (asked: under 120)")
    print(f"going on when done    {again / ours:8.2f}  of the run itself")
    print(
        f"{samples} rows analysed {analysed:7.2f} s  ({analysed / ours:.2f} of the run itself; asked: 10,000 under 2 s)"
    )


def _ask(cell: Cell) -> Asking:
    reply = yield Ask((Message("user", cell.material),))
    return Answer(Outcome.SCORED, {"no_human_claim": len(reply.text) == 5})


def _analysed(study: Study, cells: Sequence[Cell], journal: Journal) -> Any:
    answers = journal.answers("r", study.name, "instant", "bare")
    of = table(study, cells, answers, repeats=1, method="instant", arm="bare", date="2026-01-01", seed=0)
    return headlines(study, of)


def _seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
