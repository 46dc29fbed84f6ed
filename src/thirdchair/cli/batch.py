"""`--jsonl`: one file of lines worked through into another, with progress, and an exit code that tells."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Final

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from thirdchair.cli.lines import Bad, Job, Lines, Work, work_through
from thirdchair.cli.telling import refuse
from thirdchair.cli.writing import unfinished

SOME_BAD: Final = 3
"""Exit code: the batch is done, and some of its lines could not be worked on."""

CORES: Final = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_batch(
    source: Path,
    target: Path | None,
    *,
    command: str,
    doing: str,
    read: Callable[[Lines], Iterable[Job | Bad]],
    work: Work,
    workers: int,
    together: int = 16,
) -> None:
    """Works a file through with a progress bar; exit code 3 where some lines could not be worked on.

    Args:
        source: JSON Lines.
        target: where the results go.
        command: the subcommand's name, for the remedy.
        doing: what is being done, beside the bar.
        read, work, workers, together: as for `work_through`.
    """
    if target is None:
        refuse("No file for the results was named.", f"thirdchair {command} --jsonl IN.JSONL OUT.JSONL")
    if target.exists() and target.samefile(source):
        refuse("The results would replace the input.", "Name another file for the results.")
    bad: list[int] = []
    console = Console(stderr=True)
    columns = (TextColumn(doing), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(doing, total=source.stat().st_size)

        def tell(line: Bad) -> None:
            bad.append(line.line)
            console.print(f"Line {line.line}: {line.problem}", markup=False, highlight=False, soft_wrap=True)

        def move(bytes_read: int) -> None:
            progress.update(task, completed=bytes_read)

        try:
            done = work_through(
                source,
                target,
                read=read,
                work=work,
                workers=workers,
                together=together,
                on_bytes_read=move,
                on_bad=tell,
            )
        except BrokenProcessPool:
            refuse(
                f"A working process was ended from outside. What was finished is in {unfinished(target)}.",
                "It may have run out of memory: try again with --workers 1.",
            )
    typer.echo(f"{done} done, {len(bad)} not. Written: {target}", err=True)
    if bad:
        raise typer.Exit(SOME_BAD)
