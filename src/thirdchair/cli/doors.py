"""`thirdchair screen`, `deidentify`, `ground` and `ask`: the safeguards and the library, on texts of one's own."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from thirdchair import own_texts
from thirdchair.cli.batch import CORES, run_batch
from thirdchair.cli.lines import read_texts
from thirdchair.cli.telling import refuse, told_plainly
from thirdchair.readers import MAX_BYTES

_Source = Annotated[
    Path,
    typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="A text; with --jsonl, one a line."),
]
_Target = Annotated[
    Path | None, typer.Argument(metavar="[OUT.JSONL]", help="With --jsonl, where the results go.")
]
_Jsonl = Annotated[bool, typer.Option("--jsonl", help="FILE is JSON Lines, one object to a line.")]
_Workers = Annotated[
    int, typer.Option(min=1, help="With --jsonl, processes to work with. Default: every core allowed.")
]


def screen(file: _Source, out: _Target = None, jsonl: _Jsonl = False, workers: _Workers = CORES) -> None:
    """Says what a text tells of danger: the rung of suicide risk (0 to 6), other dangers, and the words that say so.

    With --jsonl, reads {"id", "text"} and writes {"id", "level", "p_high", "risks", "acute", "needs_person", "spans"}.
    It misses people and alarms for others; it is no risk assessment.
    """
    with told_plainly():
        if jsonl:
            run_batch(
                file,
                out,
                command="screen",
                doing="Screening",
                read=read_texts("text"),
                work=_screen,
                workers=workers,
            )
        else:
            _show(own_texts.screened(_text_of(file, out)))


def deidentify(file: _Source, out: _Target = None, jsonl: _Jsonl = False, workers: _Workers = CORES) -> None:
    """Puts a token in the place of what identifies people. The result is reduced, never anonymous.

    With --jsonl, reads {"id", "text"} and writes {"id", "text", "found": [{"class", "start", "end", "token"}]}; tokens
    are consistent within a line, and start and end count in the text that came in.
    """
    with told_plainly():
        if jsonl:
            run_batch(
                file,
                out,
                command="deidentify",
                doing="De-identifying",
                read=read_texts("text"),
                work=_deidentify,
                workers=workers,
            )
        else:
            typer.echo(own_texts.deidentified(_text_of(file, out))["text"])


def ground(
    file: _Source,
    claim: Annotated[
        str | None, typer.Argument(metavar="[CLAIM]", help="A sentence; with --jsonl, where the results go.")
    ] = None,
    jsonl: _Jsonl = False,
    workers: _Workers = CORES,
) -> None:
    """Says whether a text bears out a claim, and what speaks against it.

    With --jsonl, reads {"id", "source", "claim"} and writes {"id", "supported", "p_supported", "reasons"}.
    """
    with told_plainly():
        if jsonl:
            run_batch(
                file,
                None if claim is None else Path(claim),
                command="ground",
                doing="Grounding",
                read=read_texts("source", "claim"),
                work=_ground,
                workers=workers,
            )
        elif claim is None:
            refuse("No claim was given.", 'thirdchair ground SOURCE.TXT "The sentence to check."')
        else:
            _show(own_texts.grounded(_text_of(file, None), claim))


def ask(
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="A question; with --jsonl, a file of questions.")
    ],
    out: _Target = None,
    library: Annotated[
        Path | None,
        typer.Option(
            "--library",
            help="A folder of pages, or a JSON Lines file; the library that is shipped if not given.",
        ),
    ] = None,
    jsonl: _Jsonl = False,
    workers: _Workers = CORES,
) -> None:
    """Answers a question in sentences of the library, with their passages, or says that it cannot.

    With --jsonl, reads {"id", "question"} and writes {"id", "answer", "passages", "abstained"}.
    """
    with told_plainly():
        if library is not None and not library.exists():
            refuse(f"{library}: there is no such file or folder.", "Check the path given to --library.")
        if not jsonl:
            found = own_texts.answered(question, library)
            typer.echo(found["answer"])
            for passage in found["passages"]:
                typer.echo(f"[{passage}]")
            return
        source = Path(question)
        if not source.is_file():
            refuse(
                f"{source}: there is no such file.", "thirdchair ask --jsonl IN.JSONL OUT.JSONL --library L"
            )
        # Opened once here, so that a library that cannot be read is told once and not on every line.
        own_texts.answered("", library)
        run_batch(
            source,
            out,
            command="ask",
            doing="Answering",
            read=read_texts("question"),
            work=partial(_ask, library=library),
            workers=workers,
        )


def _screen(texts: tuple[str, ...]) -> dict[str, Any]:
    return own_texts.screened(*texts)


def _deidentify(texts: tuple[str, ...]) -> dict[str, Any]:
    return own_texts.deidentified(*texts)


def _ground(texts: tuple[str, ...]) -> dict[str, Any]:
    return own_texts.grounded(*texts)


def _ask(texts: tuple[str, ...], *, library: Path | None) -> dict[str, Any]:
    return own_texts.answered(*texts, library=library)


def _text_of(file: Path, out: Path | None) -> str:
    if out is not None:
        refuse("Two files were named.", "For a batch add --jsonl.")
    if file.stat().st_size > MAX_BYTES:
        refuse(f"The file is larger than {MAX_BYTES // 1_000_000} MB.", "Cut it into several.")
    return file.read_text(encoding="utf-8-sig", errors="replace")


def _show(found: dict[str, Any]) -> None:
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
