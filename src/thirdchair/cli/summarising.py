"""`thirdchair summarise`: a draft note from a transcript file, by the extractive method."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markdown import Markdown

from thirdchair import gateway
from thirdchair.cli.batch import CORES, run_batch
from thirdchair.cli.lines import Bad, Job, Lines
from thirdchair.cli.telling import refuse, told_plainly
from thirdchair.cli.writing import whole_file
from thirdchair.readers import MAX_BYTES, BadLine, read_jsonl_sessions, read_transcript
from thirdchair.records import Draft, NoteFormat, Transcript
from thirdchair.records import Progress as Step
from thirdchair.uses.summarise_session import printing


class Output(StrEnum):
    """How a draft is shown."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"
    DOCX = "docx"


def summarise(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="A transcript; with --jsonl, a batch of sessions.",
        ),
    ],
    drafts: Annotated[
        Path | None, typer.Argument(metavar="[OUT.JSONL]", help="With --jsonl, where the drafts go.")
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="FILE is JSON Lines, one session to a line.")
    ] = False,
    note_format: Annotated[
        NoteFormat, typer.Option("--format", help="How the note is laid out.")
    ] = NoteFormat.COMPONENTS,
    output: Annotated[
        Output, typer.Option(help="How it is shown. JSON is always by component.")
    ] = Output.TERMINAL,
    out: Annotated[Path | None, typer.Option(help="Write to this file instead of the terminal.")] = None,
    method: Annotated[str, typer.Option(help="Only “extractive” is open here.")] = gateway.EXTRACTIVE,
    workers: Annotated[
        int, typer.Option(min=1, help="With --jsonl, processes to work with. Default: every core allowed.")
    ] = CORES,
) -> None:
    """Drafts a note from a session: sentences quoted from it, each with the utterances it rests on.

    Reads WebVTT (also from Teams and Zoom), SRT, "Name: text" lines, CSV, JSON, JSONL and DOCX. Nothing leaves
    this machine. Sentences that their evidence does not bear out are marked; check every one of them.

    With --jsonl, reads {"id", "utterances": [{"speaker", "text"}]} on each line and writes a draft for each,
    in order; a session that cannot be summarised leaves its line and problem there, and the exit code is 3.
    """
    with told_plainly():
        _refuse_a_model(method)
        if jsonl:
            run_batch(
                file,
                drafts or out,
                command="summarise",
                doing="Summarising",
                read=_sessions,
                work=_drafted,
                workers=workers,
                together=1,
            )
            return
        if drafts is not None:
            refuse("Two files were named.", "For a batch add --jsonl; for one session use --out.")
        if output is Output.DOCX and out is None:
            refuse("A Word file cannot be shown in a terminal.", "Name a file: --out note.docx")
        _one(file, note_format=note_format, output=output, out=out)


def _refuse_a_model(method: str) -> None:
    if method != gateway.EXTRACTIVE:
        refuse(
            "The command line drafts with the extractive method only.\n"
            "Rule: promises 1 and 2. A model needs the patient's consent and clearance by evidence, decided at the "
            "moment of the call and written in the trail; a file has neither.",
            "To use a model: upload the session in the web, where both are checked. Ask the service lead.",
        )


def _one(file: Path, *, note_format: NoteFormat, output: Output, out: Path | None) -> None:
    with file.open("rb") as stream:
        transcript = read_transcript(stream.read(MAX_BYTES + 1), filename=file.name)
    console = Console(stderr=True)
    with console.status("Summarising") as status:

        def show(step: Step) -> None:
            status.update(f"Summarising: {step.stage}, {step.done} of {step.total}")

        draft = gateway.summarise_file(transcript, on_progress=show)
    if out is None and output is Output.TERMINAL:
        Console().print(Markdown(printing.to_markdown(draft, transcript, note_format)))
        return
    content = _content(draft, transcript, note_format=note_format, output=output)
    if out is None:
        typer.echo(content.decode("utf-8"), nl=False)
        return
    with whole_file(out) as stream:
        stream.write(content)
    typer.echo(f"Written: {out}", err=True)


def _content(draft: Draft, transcript: Transcript, *, note_format: NoteFormat, output: Output) -> bytes:
    if output is Output.DOCX:
        return printing.to_docx(draft, transcript, note_format)
    if output is Output.JSON:
        text = json.dumps(draft.as_json(), ensure_ascii=False, indent=2) + "\n"
    else:
        text = printing.to_markdown(draft, transcript, note_format)
    return text.encode("utf-8")


def _sessions(lines: Lines) -> Iterator[Job | Bad]:
    for session in read_jsonl_sessions(lines):
        if isinstance(session, BadLine):
            yield Bad(session.number, session.problem)
        else:
            yield Job(lines.number, *session)


def _drafted(transcript: Transcript) -> dict[str, Any]:
    return gateway.summarise_file(transcript).as_json()
