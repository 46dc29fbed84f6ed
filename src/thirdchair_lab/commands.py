"""`thirdchair lab`: list the studies, plan, run, report, and make evidence packs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn, cast

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from thirdchair.clients.protocol import Client
from thirdchair.errors import ThirdchairError
from thirdchair.records import Language
from thirdchair.settings import SettingsInvalid, read_settings
from thirdchair_lab.budgets import seconds_in
from thirdchair_lab.deciding import GATE_ARM
from thirdchair_lab.failures import failures_told
from thirdchair_lab.journal import Journal, JournalUnusable
from thirdchair_lab.models import Measurable, NoSuchModel, measurable, second_model
from thirdchair_lab.packs import NoPack, made_pack
from thirdchair_lab.planning import (
    Pace,
    Plan,
    PlanBroken,
    Size,
    measured_pace,
    plan_from_json,
    work_of,
)
from thirdchair_lab.rating_commands import join as join_rating
from thirdchair_lab.registry import NAMES, studies, study_named
from thirdchair_lab.results import NoSuchRun, newest, result_of
from thirdchair_lab.runner import Budget, BudgetSpent, ModelSilent, Spent, Work, run
from thirdchair_lab.study import Arm, Options, Role, Study
from thirdchair_lab.wishes import (
    Wish,
    askable,
    deciding,
    judge_beside,
    person_beside,
    planned,
    sizes_within,
    tokens_of,
    unfinished,
)

commands = typer.Typer(no_args_is_help=True)
lab = typer.Typer(
    no_args_is_help=True,
    help="Measures models with the field's studies, and makes signed evidence of what they showed.",
)
commands.add_typer(lab, name="lab")

_console = Console(stderr=True)

_VERDICTS = {"cleared": "meets what is required", "short": "falls short", "go_on": "not answered yet"}

_Studies = Annotated[list[str] | None, typer.Argument(help="Names of studies; the whole battery if none.")]
_Model = Annotated[
    str, typer.Option(help="Name of a registered model, or a new name with --base-url or --file.")
]
_BaseUrl = Annotated[
    str, typer.Option(help="A server on this host that speaks the OpenAI protocol, up to /v1.")
]
_ServedAs = Annotated[str, typer.Option(help="What that server calls the model.")]
_KeyFile = Annotated[Path | None, typer.Option(help="File with that server's key.")]
_File = Annotated[Path | None, typer.Option(help="A GGUF file for the embedded engine.")]
_Arms = Annotated[
    list[str] | None, typer.Option("--arm", help="bare, governed, or both (the default), by giving it twice.")
]
_Languages = Annotated[list[str] | None, typer.Option("--language", help="en or zh-hans; a pack is for one.")]
_Repeats = Annotated[int, typer.Option(min=1, max=1000, help="How often each question is asked.")]
_Units = Annotated[
    int | None, typer.Option(min=1, help="Vignettes, sessions or persons of each study; all if not given.")
]
_Whole = Annotated[bool, typer.Option("--whole", help="No short forms, however few units a budget allows.")]
_Seed = Annotated[int, typer.Option(help="Of every random choice.")]
_Own = Annotated[
    list[str] | None,
    typer.Option("--own", help="An instrument or data of your own: NAME=PATH. `lab list` names them."),
]
_People = Annotated[
    str,
    typer.Option(
        "--people",
        help="Model that also plays people, where a study has any: a registered name, an address up to /v1 with #NAME, or a GGUF file.",
    ),
]
_JudgeModel = Annotated[
    str,
    typer.Option(
        help="Model that also judges replies, where a study has a judge; never the one that is measured."
    ),
]
_Journal = Annotated[
    Path | None, typer.Option(help="Where replies are kept; in the data folder if not given.")
]


@lab.command("list")
def list_studies(language: Annotated[str, typer.Option(help="en or zh-hans.")] = "en") -> None:
    """List the studies: what each asks, how much of it there is, which uses it is evidence for."""
    with _told():
        tongue = Language(language)
        for name, study in studies().items():
            uses = (
                ", ".join(dict.fromkeys(score.use for score in study.scores if score.use))
                or "no use of its own"
            )
            typer.echo(f"{name}  {study.title[tongue]}")
            typer.echo(
                f"    evidence for {uses}; {_size(study)}; baselines: {', '.join(study.baselines) or 'none'}"
            )
            if study.has_people:
                typer.echo("    --people MODEL plays its people too")
            if study.judges:
                typer.echo("    --judge-model MODEL judges its replies too")
            for own, what in study.needs:
                typer.echo(f"    needs --own {own}=PATH: {what}")
            for own, what in study.takes:
                typer.echo(f"    takes --own {own}=PATH: {what}")


@lab.command("plan")
def plan(
    chosen: _Studies = None,
    model: _Model = "",
    base_url: _BaseUrl = "",
    served_as: _ServedAs = "",
    key_file: _KeyFile = None,
    file: _File = None,
    arm: _Arms = None,
    language: _Languages = None,
    repeats: _Repeats = 1,
    units: _Units = None,
    seed: _Seed = 0,
    own: _Own = None,
    budget: Annotated[str, typer.Option(help="A time such as 30m: how much of each study fits.")] = "",
    whole: _Whole = False,
    price_read: Annotated[float, typer.Option(min=0, help="Price of a million tokens read.")] = 0.0,
    price_written: Annotated[float, typer.Option(min=0, help="Price of a million tokens written.")] = 0.0,
) -> None:
    """Say what a run would ask, what it would cost, and what it can and cannot show. Asks the model nothing but its pace."""
    with _told():
        picked, options, arms = _picked(chosen), _options(language, seed, own, units), _arms(arm)
        pace = None
        if model:
            found = measurable(
                model, base_url=base_url, served_as=served_as, api_key=_key_in(key_file), file=file
            )
            pace = measured_pace(found.client.answer, time.monotonic)
        sizes = sizes_within(picked, options, repeats, budget, pace, arms=arms, whole=whole)
        for study in picked:
            _tell_plan(
                study, options, arms, repeats, sizes.get(study.name), pace, (price_read, price_written)
            )


@lab.command("run")
def run_studies(
    chosen: _Studies = None,
    model: _Model = "",
    base_url: _BaseUrl = "",
    served_as: _ServedAs = "",
    key_file: _KeyFile = None,
    file: _File = None,
    arm: _Arms = None,
    language: _Languages = None,
    repeats: _Repeats = 1,
    units: _Units = None,
    seed: _Seed = 0,
    own: _Own = None,
    temperature: Annotated[
        float | None,
        typer.Option(min=0, max=2, help="Of every question; as each study sets it if not given."),
    ] = None,
    budget: Annotated[
        str, typer.Option(help="A time such as 30m: as much of each study as fits, planned before it starts.")
    ] = "",
    whole: _Whole = False,
    decide: Annotated[
        str, typer.Option(help="A use: stop each study once what the use requires of it is answered.")
    ] = "",
    calls: Annotated[
        int | None, typer.Option(min=1, help="Stop this sitting after so many questions.")
    ] = None,
    tokens: Annotated[int | None, typer.Option(min=1, help="Stop this sitting after so many tokens.")] = None,
    money: Annotated[
        float | None, typer.Option(min=0, help="Stop this sitting at this cost; needs the prices.")
    ] = None,
    price_read: Annotated[float, typer.Option(min=0, help="Price of a million tokens read.")] = 0.0,
    price_written: Annotated[float, typer.Option(min=0, help="Price of a million tokens written.")] = 0.0,
    at_once: Annotated[
        int, typer.Option(min=1, max=2000, help="Questions in flight; an embedded model has one.")
    ] = 32,
    people: _People = "",
    judge_model: _JudgeModel = "",
    new: Annotated[
        bool, typer.Option("--new", help="Start a new run even where the same one is unfinished.")
    ] = False,
    journal: _Journal = None,
) -> None:
    """Measure a model. Stop it with Ctrl-C and run the same command to go on; no question is asked twice.

    Limits of calls, tokens and money are for all models of a run together.
    """
    if not model:
        _stop("Which model? --model NAME; thirdchair models list names the registered ones.")
    with _told(), _opened(journal) as kept:
        found = measurable(
            model, base_url=base_url, served_as=served_as, api_key=_key_in(key_file), file=file
        )
        picked, options, arms = _picked(chosen), _options(language, seed, own, units), _arms(arm)
        picked = askable(picked, found, named=bool(chosen))
        if decide:
            picked, arms = deciding(picked, decide), _arms([GATE_ARM])
        beside: dict[Role, Measurable] = {}
        person = judge = None
        if people:
            beside["person"] = found if people == model else second_model(people)
            person = person_beside(beside["person"])
        if judge_model:
            beside["judge"] = second_model(judge_model)
            judge = judge_beside(beside["judge"], found, picked)
        options = replace(options, people=bool(people))
        wish = Wish(found, picked, options, arms, repeats, temperature, budget, decide, whole, person, judge)
        going_on = None if new else unfinished(kept, wish)
        made = going_on or planned(kept, wish)
        if money is not None and not (price_read or price_written):
            _stop("A limit of money needs --price-read and --price-written.")
        limits = Budget(
            calls, tokens, seconds_in(budget) if budget else None, money, price_read, price_written
        )
        typer.echo(f"Run {made.id}" + (" goes on." if going_on else "."))
        _run(made, found, kept, limits, at_once, {role: one.client for role, one in beside.items()})


@lab.command("runs")
def list_runs(journal: _Journal = None) -> None:
    """List the runs: when, which model, which studies, how far each has come."""
    with _told(), _opened(journal) as kept:
        for name in kept.runs():
            made = plan_from_json(kept.plan(name) or {})
            done = sum(kept.answered(name).values())
            planned = sum(part.planned for part in made.parts)
            names = ", ".join(part.study for part in made.parts)
            typer.echo(f"{name}  {made.model} {made.model_digest[:12]}  {done} of {planned} answers  {names}")


@lab.command("report")
def report(
    name: Annotated[
        str, typer.Argument(metavar="[RUN]", help="As `lab runs` shows it; the newest if not given.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help="Folder for the report; the current one if not given.")
    ] = None,
    language: Annotated[str, typer.Option(help="en or zh-hans: of the report.")] = "en",
    journal: _Journal = None,
) -> None:
    """Write what a run found as one HTML page and a PDF: every number with its interval, n and source."""
    from thirdchair_lab.report import contents, page, printed

    with _told(), _opened(journal) as kept:
        result = result_of(kept, name or newest(kept) or "", study_named)
        tongue = Language(language)
        blocks = contents(result, tongue)
        folder = out or Path()
        folder.mkdir(parents=True, exist_ok=True)
        for ending, content in (("html", page(blocks, tongue).encode()), ("pdf", printed(blocks, tongue))):
            target = folder / f"thirdchair-{result.plan.id}.{ending}"
            target.write_bytes(content)
            typer.echo(str(target))


@lab.command("pack")
def pack(
    name: Annotated[
        str, typer.Argument(metavar="[RUN]", help="As `lab runs` shows it; the newest if not given.")
    ] = "",
    use: Annotated[str, typer.Option(help="The use it is evidence for.")] = "",
    key: Annotated[
        Path | None, typer.Option(help="File with the private key; made if there is none.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The signed pack; pack-USE-RUN.json if not given.")] = None,
    base_url: _BaseUrl = "",
    served_as: _ServedAs = "",
    key_file: _KeyFile = None,
    file: _File = None,
    journal: _Journal = None,
) -> None:
    """Sign what a run found for one use. The gateway opens or stays shut by it: thirdchair evidence import."""
    from thirdchair.sealing import load_or_make_signing_key

    if not use:
        _stop("For which use? --use NAME")
    with _told(), _opened(journal) as kept:
        result = result_of(kept, name or newest(kept) or "", study_named)
        found = measurable(
            result.plan.model, base_url=base_url, served_as=served_as, api_key=_key_in(key_file), file=file
        )
        made = made_pack(result, use, found.client)
        private = load_or_make_signing_key(key or _data_dir() / "lab" / "signing.key")
        target = out or Path(f"pack-{use}-{result.plan.id}.json")
        target.write_text(made.signed(private), encoding="utf-8")
        typer.echo(str(target))
        typer.echo(f"Signed with {private.public_key().public_bytes_raw().hex()}")
        if not made.short:
            typer.echo("It meets every requirement of the use. Bring it in: thirdchair evidence import")
        for one in made.short:
            typer.echo(f"Short of {one.requirement.measure}: {one.requirement.why}")
        if made.short:
            typer.echo(
                "So it clears nothing: the use stays shut to this model. `thirdchair lab report` says more."
            )


@lab.command("judge")
def judge(
    name: Annotated[str, typer.Argument(metavar="[JUDGE]", help="All are listed if none is named.")] = "",
    own: _Own = None,
    data_set: Annotated[str, typer.Option(help="What was labelled, as reports shall name it.")] = "",
    labelled_by: Annotated[str, typer.Option(help="people, or what else labelled it.")] = "people",
    language: Annotated[str, typer.Option(help="en or zh-hans: of the replies.")] = "en",
    model: _Model = "",
    base_url: _BaseUrl = "",
    served_as: _ServedAs = "",
    key_file: _KeyFile = None,
    file: _File = None,
    out: Annotated[Path | None, typer.Option(help="The record; NAME.LANGUAGE.json if not given.")] = None,
    journal: _Journal = None,
) -> None:
    """Measure a judge on replies that people have labelled: --own labels=FILE, one {"reply", "label"} a line.

    What is found is kept, so that a run with this judge knows whether its scores count.
    """
    from thirdchair_lab import judging

    with _told():
        if not name:
            typer.echo("\n".join(judging.listed()))
            return
        chosen = judging.chosen(name)
        labels = _options(None, 0, own, None).files.get("labels")
        if labels is None:
            _stop("Which labels? --own labels=FILE, one JSON object a line with reply and label")
        if chosen.needs_model and not model:
            _stop(f"{name} asks a model: --model NAME")
        asked = (
            measurable(model, base_url=base_url, served_as=served_as, api_key=_key_in(key_file), file=file)
            if chosen.needs_model
            else None
        )
        record = judging.measured(
            chosen,
            labels,
            asked,
            language=Language(language),
            dataset=data_set or labels.name,
            labelled_by=labelled_by,
            date=f"{datetime.now(UTC):%Y-%m-%d}",
        )
        target = out or Path(f"{name}.{language}.json")
        target.write_text(judging.written(record), encoding="utf-8")
        with _opened(journal) as kept:
            kept.keep_validation(record.digest, str(record.language), record.as_json())
        typer.echo(f"{target}\n{judging.told(record)}")


def _run(
    made: Plan,
    found: Measurable,
    kept: Journal,
    limits: Budget,
    at_once: int,
    beside: Mapping[Role, Client],
) -> None:
    work = work_of(made, study_named)
    ended, spent = "", Spent()
    with _progress(work) as tell:
        try:
            run(
                work,
                client=found.client,
                journal=kept,
                run_id=made.id,
                budget=limits,
                at_once=at_once,
                temperature=made.temperature,
                tell=tell,
                beside=beside,
                spent=spent,
                say=lambda words: _console.print(words, highlight=False),
            )
        except ModelSilent as silent:
            ended = str(silent)
        except BudgetSpent as limit:
            ended = f"This sitting's limit of {limit} is reached."
        except KeyboardInterrupt:
            ended = "Stopped."
    done, planned = sum(kept.answered(made.id).values()), sum(part.planned for part in made.parts)
    typer.echo(f"{ended} {done} of {planned} answers are kept.".strip())
    for one in work:
        for measure, verdict in (one.deciding.verdicts if one.deciding else {}).items():
            typer.echo(f"{measure}: {_VERDICTS[verdict]}")
    _tell_beside(spent)
    for line in failures_told(kept.failures(made.id)):
        typer.echo(line)
    if done < planned and not made.decide:
        typer.echo("Run the same command again to go on. Until then every headline is incomplete.")
    typer.echo(f"What they show: thirdchair lab report {made.id}")


def _tell_beside(spent: Spent) -> None:
    """What models beside the one that is measured were asked, apart from it."""
    for role, of in spent.beside.items():
        tokens = f", {of.read:,} tokens read and {of.written:,} written" if of.read else ""
        typer.echo(f"As {role}, a model was asked {of.calls} times{tokens}; {of.reused} replies were there.")


@contextmanager
def _progress(work: Sequence[Work]) -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each study, on a terminal; elsewhere a line as each study ends."""
    if not _console.is_terminal:
        yield (
            lambda name, done, planned: (
                typer.echo(f"{name}: {done} of {planned}", err=True) if done == planned else None
            )
        )
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=_console) as bars:
        ids = {one.study.name: bars.add_task(one.study.name, total=one.planned) for one in work}
        yield lambda name, done, planned: bars.update(ids[name], completed=done, total=planned)


def _tell_plan(
    study: Study,
    options: Options,
    arms: tuple[Arm, ...],
    repeats: int,
    size: Size | None,
    pace: Pace | None,
    prices: tuple[float, float],
) -> None:
    if size is not None and size.short:
        study = study.shortened
    at_most = min((n for n in (options.at_most, size and size.units) if n is not None), default=None)
    cells = study.cells(Options(options.languages, options.seed, options.files, at_most))
    units = len({cell.unit for cell in cells})
    form = "  (short form: fewer questions of each unit; it clears nothing)" if study.is_short else ""
    typer.echo(f"{study.name}  {study.title[Language.ENGLISH]}{form}")
    missing = [name for name, _ in study.needs if name not in options.files]
    if missing:
        typer.echo(f"    asks nothing without --own {missing[0]}=PATH")
    questions = len(cells) * repeats * study.calls_per_cell
    typer.echo(
        f"    {len(cells)} cells of {units} units, {repeats} times, {' and '.join(arms)}: {questions} questions bare; "
        "governed ones that send the same words cost nothing"
    )
    read, written = tokens_of(study, cells, repeats)
    cost = (read * prices[0] + written * prices[1]) / 1e6
    typer.echo(
        f"    about {read:,} tokens read and {written:,} written" + (f", costing {cost:.2f}" if cost else "")
    )
    if pace is not None:
        typer.echo(f"    about {pace.seconds(read * 4, written) / 60:.0f} minutes one after another")
    for one in study.shows(units, repeats):
        typer.echo(f"    {one.measure}: {one.text[Language.ENGLISH]}")


def _size(study: Study) -> str:
    try:
        cells = study.cells(Options(languages=tuple(Language)))
    except (KeyError, OSError, ValueError):
        return "size depends on the user's files"
    return f"{len(cells)} cells of {len({cell.unit for cell in cells})} units"


def _picked(names: Sequence[str] | None) -> tuple[Study, ...]:
    unknown = [name for name in names or () if name not in NAMES]
    if unknown:
        _stop(f"There is no study {unknown[0]!r}. `thirdchair lab list` names them.")
    return tuple(study_named(name) for name in dict.fromkeys(names or NAMES))


def _options(
    languages: Sequence[str] | None, seed: int, own: Sequence[str] | None, units: int | None
) -> Options:
    files: dict[str, Path] = {}
    for one in own or ():
        name, equals, path = one.partition("=")
        if not equals or not Path(path).exists():
            _stop(f"--own takes NAME=PATH of something that is there; found {one!r}.")
        files[name] = Path(path).absolute()
    return Options(tuple(Language(code) for code in languages or ["en"]), seed, files, units)


def _arms(chosen: Sequence[str] | None) -> tuple[Arm, ...]:
    for one in chosen or ():
        if one not in ("bare", "governed"):
            _stop(f"An arm is bare or governed, not {one!r}.")
    return cast("tuple[Arm, ...]", tuple(dict.fromkeys(chosen or ("bare", "governed"))))


def _key_in(file: Path | None) -> str | None:
    return file.read_text(encoding="utf-8").strip() if file else None


def _data_dir() -> Path:
    return read_settings().data_dir


@contextmanager
def _opened(path: Path | None) -> Iterator[Journal]:
    kept = Journal(path or _data_dir() / "lab" / "journal.sqlite3")
    try:
        yield kept
    finally:
        kept.close()


@contextmanager
def _told() -> Iterator[None]:
    """Stops with the message of our own errors, which name the remedy."""
    try:
        yield
    except (
        ThirdchairError,
        JournalUnusable,
        NoPack,
        NoSuchModel,
        NoSuchRun,
        PlanBroken,
        SettingsInvalid,
        ValueError,
    ) as error:
        message = str(error)
    except OSError as error:
        message = f"{error.filename or 'A file'}: {error.strerror}. Check the path and the permissions."
    else:
        return
    _stop(message)


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)


join_rating(lab, told=_told, opened=_opened)
