"""Plans: what a run will ask, fixed before it starts, and what a budget allows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from thirdchair.errors import SafeguardUnavailable
from thirdchair.records import Ask, Language, Message
from thirdchair.uses import registered_use
from thirdchair_lab.arms import around
from thirdchair_lab.deciding import Deciding, in_drawn_order
from thirdchair_lab.runner import Work
from thirdchair_lab.study import Arm, Aside, Cell, Options, Study

SAFETY: Final = 0.8
"""The part of a time budget that is planned for; questions are not all of one length."""


@dataclass(frozen=True, slots=True)
class Part:
    """One study of a plan.

    Args:
        study: its name; `digest` its digest when it was planned.
        cells_digest: of the ids of the cells, in order.
        planned: answers in all.
        at_most: units.
        short: whether it is asked in its short form.
        seconds: of a budget that are its own; what it has not done by then waits until the others had theirs.
    """

    study: str
    digest: str
    cells_digest: str
    planned: int
    arms: tuple[Arm, ...]
    repeats: int
    at_most: int | None
    short: bool = False
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Second:
    """A model beside the one that is measured.

    Args:
        name: as it is registered; `digest` of what answers.
        prompt: SHA-256 of what it is told, code included.
    """

    name: str
    digest: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A run as it was fixed beforehand. What it does not name is not part of it; nothing in it changes afterwards.

    Args:
        id: the run's name.
        made_at: ISO date and time, UTC.
        version: of Thirdchair.
        model: name; `model_digest` of what answers.
        parts: in order.
        options: as chosen; the files with their SHA-256.
        temperature: None for each study's own.
        budget: of time, as it was written; "" for none.
        decide: the use whose requirements end the run once they are answered; "" for none.
        person, judge: the models that play people and that judge; None for none.
    """

    id: str
    made_at: str
    version: str
    model: str
    model_digest: str
    parts: tuple[Part, ...]
    languages: tuple[str, ...]
    seed: int
    files: Mapping[str, tuple[str, str]]
    temperature: float | None = None
    budget: str = ""
    decide: str = ""
    person: Second | None = None
    judge: Second | None = None

    @property
    def date(self) -> str:
        """ISO date."""
        return self.made_at[:10]

    def options(self, part: Part) -> Options:
        """The options of one of its studies."""
        return Options(
            languages=tuple(Language(code) for code in self.languages),
            seed=self.seed,
            files={name: Path(path) for name, (path, _) in self.files.items()},
            at_most=part.at_most,
            people=self.person is not None,
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values; `plan_from_json` reads them."""
        return {
            **{name: getattr(self, name) for name in self.__slots__ if name != "parts"},
            "files": {name: list(pair) for name, pair in self.files.items()},
            "person": asdict(self.person) if self.person else None,
            "judge": asdict(self.judge) if self.judge else None,
            "parts": [{name: getattr(part, name) for name in part.__slots__} for part in self.parts],
        }

    def same_measurement(self, other: Plan) -> bool:
        """Whether another plan asks exactly this of the same model."""
        return replace(other, id=self.id, made_at=self.made_at, budget=self.budget) == self


class PlanBroken(Exception):
    """What is here now is not what was planned; the message says what changed and what would help."""


def plan_from_json(value: Mapping[str, Any]) -> Plan:
    """The plan that `as_json` wrote."""
    parts = tuple(Part(**{**part, "arms": tuple(part["arms"])}) for part in value["parts"])
    files = {name: cast("tuple[str, str]", tuple(pair)) for name, pair in value["files"].items()}
    seconds = {role: Second(**of) if (of := value.get(role)) else None for role in ("person", "judge")}
    return Plan(
        **{**value, **seconds, "parts": parts, "files": files, "languages": tuple(value["languages"])}
    )


def with_judge(study: Study, cells: Sequence[Cell], *, judge: bool) -> list[Cell]:
    """The cells as they are asked where a model judges too."""
    return [replace(cell, judged=True) for cell in cells] if judge and study.judges else list(cells)


def made_plan(
    chosen: Sequence[Study],
    *,
    model: str,
    model_digest: str,
    options: Options,
    arms: tuple[Arm, ...],
    repeats: int,
    now: datetime,
    version: str,
    sizes: Mapping[str, Size] = {},
    temperature: float | None = None,
    budget: str = "",
    decide: str = "",
    person: Second | None = None,
    judge: Second | None = None,
) -> Plan:
    """The plan of a run, before it starts.

    Args:
        sizes: by study, where a budget allows no more.
    """
    parts = tuple(_part(study, options, arms, repeats, sizes.get(study.name)) for study in chosen)
    made = Plan(
        id="",
        made_at=now.isoformat(timespec="microseconds"),  # two runs of one second are two
        version=version,
        model=model,
        model_digest=model_digest,
        parts=parts,
        languages=tuple(str(language) for language in options.languages),
        seed=options.seed,
        files={name: (str(path), _file_digest(path)) for name, path in sorted(options.files.items())},
        temperature=temperature,
        budget=budget,
        decide=decide,
        person=person,
        judge=judge,
    )
    digest = hashlib.sha256(json.dumps(made.as_json(), sort_keys=True).encode()).hexdigest()
    return replace(made, id=f"{now:%Y%m%d-%H%M%S}-{digest[:6]}")


def work_of(plan: Plan, find: Callable[[str], Study]) -> tuple[Work, ...]:
    """What a plan asks, if everything is still as it was planned.

    Raises:
        PlanBroken: a study, a file or the cells changed since.
    """
    for name, (path, digest) in plan.files.items():
        if not Path(path).exists() or _file_digest(Path(path)) != digest:
            raise PlanBroken(
                f"{name}: {path} is not the file that was planned. Put it back, or start a new run."
            )
    return tuple(_work(plan, part, find) for part in plan.parts)


def _part(study: Study, options: Options, arms: tuple[Arm, ...], repeats: int, size: Size | None) -> Part:
    if size is not None and size.short:
        study = study.shortened
    at_most = min((n for n in (options.at_most, size and size.units) if n is not None), default=None)
    cells = study.cells(replace(options, at_most=at_most))
    return Part(
        study=study.name,
        digest=study.digest,
        cells_digest=_ids_digest([cell.id for cell in cells]),
        planned=len(cells) * len(arms) * repeats,
        arms=arms,
        repeats=repeats,
        at_most=at_most,
        short=study.is_short,
        seconds=None if size is None or size.seconds is None else round(size.seconds),
    )


def _work(plan: Plan, part: Part, find: Callable[[str], Study]) -> Work:
    study = find(part.study)
    if part.short:
        study = study.shortened
    if study.digest != part.digest:
        raise PlanBroken(
            f"{part.study} is no longer the study that was planned: its folder changed. A run is of one version. "
            "Start a new run; replies to questions that are still the same are used again."
        )
    cells = with_judge(study, study.cells(plan.options(part)), judge=plan.judge is not None)
    if _ids_digest([cell.id for cell in cells]) != part.cells_digest:
        raise PlanBroken(f"{part.study} no longer asks what was planned. Start a new run.")
    use = registered_use(plan.decide)
    if use is None:
        return Work(study, cells, part.arms, part.repeats, seconds=part.seconds)
    drawn = in_drawn_order(cells, plan.seed)
    deciding = Deciding(study, drawn, part.repeats, use=use.id, requirements=use.requirements)
    return Work(study, drawn, part.arms, part.repeats, deciding)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a model is: characters it reads, and tokens it writes, a second."""

    reads: float
    writes: float

    def seconds(self, characters: int, tokens: int) -> float:
        """About how long a question of so many characters with so long a reply takes."""
        return characters / self.reads + tokens / self.writes


_LONG: Final = "The quiet room has two chairs and a window onto the garden. " * 60


def measured_pace(answer: Callable[[Ask], Any], clock: Callable[[], float]) -> Pace:
    """How fast a model is, by two short questions that no patient asked."""
    started = clock()
    answer(Ask((Message("user", _LONG + "\nAnswer with one word: what is outside?"),), max_tokens=1))
    read = max(clock() - started, 1e-6)
    started = clock()
    reply = answer(Ask((Message("user", "Count from one to sixty in words, one a line."),), max_tokens=64))
    wrote = max(clock() - started, 1e-6)
    return Pace(len(_LONG) / read, max(len(reply.text) / 4, 1.0) / wrote)


@dataclass(frozen=True, slots=True)
class Size:
    """How much of a study fits a time: so many units, whole or each in the short form, and the seconds they should take."""

    units: int
    short: bool = False
    seconds: float | None = None


FEWEST_UNITS: Final = 12
"""A study that a budget gives fewer whole units is asked in its short form, where it has one and more units of that fit."""


LEAST_UNITS: Final = 5
"""Below this a mean has no interval: a study that could not have so many has none, and leaves its time to the others."""
LEAST_SHARE_S: Final = 30.0
"""Of a sitting, for a study whose replies are all kept already."""


def sizes_for(
    chosen: Sequence[Study],
    *,
    options: Options,
    repeats: int,
    seconds: float,
    pace: Pace,
    arms: tuple[Arm, ...] = ("bare",),
    whole: bool = False,
    is_kept: Callable[[Ask], bool] = lambda _: False,
) -> dict[str, Size]:
    """How much of each study fits a time together. The next unit is always of the study that has had the least time so far.

    A governed question that is the very bare one costs nothing: how many are, the first cells of a study tell.

    Args:
        whole: no short forms.
        is_kept: whether the reply to a question is kept from an earlier run; a cell whose first question is costs nothing.
    """

    def costs_of(study: Study) -> list[float]:
        return _seconds_by_unit(study, options, repeats, pace, arms, is_kept)

    costs = {study.name: costs_of(study) for study in chosen}
    units = _shared(costs, seconds * SAFETY)
    short: set[str] = set()
    for study in chosen if not whole else ():
        if study.short is not None and units[study.name] < min(FEWEST_UNITS, len(costs[study.name])):
            costs[study.name] = costs_of(study.shortened)
            short.add(study.name)
    taken = _shared_well(chosen, costs, seconds * SAFETY)
    return {
        name: Size(n, name in short, max(sum(costs[name][:n]) / SAFETY, LEAST_SHARE_S) if n else None)
        for name, n in taken.items()
    }


def _shared_well(
    chosen: Sequence[Study], costs: Mapping[str, Sequence[float]], left: float
) -> dict[str, int]:
    """Units of each study; one that would get next to none leaves its time to the others, first what no use waits for, then the dearest."""
    costs = dict(costs)
    waited_for = {study.name for study in chosen if any(score.use for score in study.scores)}
    while True:
        taken = _shared(costs, left)
        poor = [name for name, of in costs.items() if of and taken[name] < min(LEAST_UNITS, len(of))]
        if not poor or len([of for of in costs.values() if of]) == 1:
            return taken
        costs[max(poor, key=lambda name: (name not in waited_for, costs[name][0]))] = []


def _shared(costs: Mapping[str, Sequence[float]], left: float) -> dict[str, int]:
    """Units of each study, by what each costs in its order."""
    spent, taken = dict.fromkeys(costs, 0.0), dict.fromkeys(costs, 0)
    while fitting := [name for name, of in costs.items() if of[taken[name] :] and of[taken[name]] <= left]:
        name = min(fitting, key=lambda one: spent[one])  # of those that had as much, the first of the battery
        cost = costs[name][taken[name]]
        spent[name], taken[name], left = spent[name] + cost, taken[name] + 1, left - cost
    return taken


def _seconds_by_unit(
    study: Study,
    options: Options,
    repeats: int,
    pace: Pace,
    arms: tuple[Arm, ...],
    is_kept: Callable[[Ask], bool],
) -> list[float]:
    by_unit: dict[str, float] = {}
    cells = study.cells(options)
    times = repeats * (_asked_twice(study, cells) if len(arms) > 1 else 1.0)
    for cell in cells:
        by_unit.setdefault(cell.unit, 0.0)
        ask = _first_ask(study, cell)
        if ask is None or is_kept(ask):
            continue
        read = sum(len(message.content) for message in ask.messages) * study.readings
        asked = times * (1 + cell.is_simulated)  # the model that plays, as if it had the same pace
        by_unit[cell.unit] += pace.seconds(int(read), study.reply_tokens * study.calls_per_cell) * asked
    return list(by_unit.values())


_SEEN: Final = 8


def _asked_twice(study: Study, cells: Sequence[Cell]) -> float:
    """How many questions two arms take for one of the bare arm's: 1 where the safeguards change no words, 2 where they always do.

    In a conversation the arms part at the first reply that differs.
    """
    if study.is_conversation:
        return 2.0
    seen = [_differs(study, cell) for cell in cells[:: max(1, len(cells) // _SEEN)][:_SEEN]]
    return 1 + sum(seen) / len(seen) if seen else 1.0


def _differs(study: Study, cell: Cell) -> bool:
    """Whether a governed run puts another question to the model than a bare one."""
    ask = _first_ask(study, cell)
    if ask is None:
        return False
    try:
        sent = around("governed", study.audience, cell.language).before(ask)
    except SafeguardUnavailable:  # not asked at all
        return False
    return isinstance(sent, Ask) and sent != ask


def _first_ask(study: Study, cell: Cell) -> Ask | None:
    asking = study.ask(cell)
    try:
        ask = next(asking)
        return ask.ask if isinstance(ask, Aside) else ask
    except StopIteration:
        return None
    finally:
        asking.close()


def first_question(study: Study, cell: Cell) -> int:
    """Characters of the first question of a cell, for estimates."""
    ask = _first_ask(study, cell)
    return sum(len(message.content) for message in ask.messages) if ask else 0


def _ids_digest(ids: Sequence[str]) -> str:
    if len(set(ids)) != len(ids):
        raise ValueError("two cells of one study have the same id")
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()


def _file_digest(path: Path) -> str:
    """SHA-256 of a file, or of all files of a folder with their names."""
    whole = hashlib.sha256()
    for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if one.is_file():
            whole.update(one.relative_to(path).as_posix().encode() + b"\0")
            whole.update(hashlib.sha256(one.read_bytes()).digest())
    return whole.hexdigest()
