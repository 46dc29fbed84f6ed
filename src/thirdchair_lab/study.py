"""What a study is: what is asked, how an answer is read, what is counted. It does no input or output of its own.

A study is declared, and the same declaration runs in our own runner and in Inspect AI. `ask` is a generator, as every
method of a use is: it yields an `Ask` and receives the `Reply`, as often as it needs, and returns an `Answer`; so a study
of a use drives the very generator that runs in the clinic.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal

from thirdchair.measures.estimate import Direction, Estimate, Unscored
from thirdchair.measures.outcomes import Headline, Outcome
from thirdchair.records import Ask, Finish, Language, Reply

Arm = Literal["bare", "governed"]
Value = float | str | bool | None
Role = Literal["person", "judge"]
"""What a model beside the one that is measured does: plays a person, or judges what was said."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A question to a model beside the one that is measured. No safeguards stand around it.

    Args:
        ask: the question.
        to: which.
    """

    ask: Ask
    to: Role


Asking = Generator[Ask | Aside, Reply, "Answer"]


@dataclass(frozen=True, slots=True)
class Options:
    """What an evaluator chooses.

    Args:
        languages: of the cells; a study without cells in a language has none there.
        seed: of every random choice.
        files: the user's own instruments and data, by the name that the study gives them ("rmet", "pvq_rr", ...).
        at_most: units of each study at most; None for all. The first n of a study's order, so that a smaller run is a part
            of a larger one.
        people: whether a model plays people too, where a study has any; scripted ones are asked in any case.
    """

    languages: tuple[Language, ...] = (Language.ENGLISH,)
    seed: int = 0
    files: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    at_most: int | None = None
    people: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing to be asked.

    Args:
        id: unique in the study and the same in every run, such as "v07/female/partner".
        unit: the vignette, session or person that it belongs to: what is independent of the rest.
        language: it is asked in.
        factors: what was varied, by name; values are short words.
        material: the study's own stimulus; never sent anywhere but through `ask`.
        judged: whether a model judges the replies too, where the study has a judge by rule.
    """

    id: str
    unit: str
    language: Language
    factors: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    material: Any = None
    judged: bool = False

    @property
    def is_simulated(self) -> bool:
        """Whether a model plays the person. Nothing that was measured so counts for a requirement."""
        return self.factors.get("people") == SIMULATED


SIMULATED: Final = "simulated"
"""Level of the factor `people`; the other is "scripted"."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one cell.

    Args:
        outcome: of the whole cell.
        values: what was read of it, by name; numbers, short words or None. They are kept in the journal.
    """

    outcome: Outcome
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Score:
    """A headline of a study: the mean of one value over units.

    Args:
        name: what it is called in reports, such as "not_under_triaged"; unique in the study. Where one study serves several
            uses, with the use behind a dot: "identity_equivalent.predict_crisis".
        title: by language, as a clinician reads it.
        value: key in `Answer.values`; rows without it are not part of the mean.
        unit: "share", "points", ...
        direction: which way is better.
        bounds: lowest and highest value there can be.
        source: the paper or rule that defines it.
        where: only rows whose factors are so.
        use: the use whose requirement this is, if any.
    """

    name: str
    title: Mapping[Language, str]
    value: str
    unit: str
    direction: Direction
    bounds: tuple[float, float] | None
    source: str
    where: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    use: str | None = None

    @property
    def measure(self) -> str:
        """What packs and requirements call it: its name without a use behind a dot."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Row:
    """One cell as it came out, once."""

    cell: Cell
    repeat: int
    answer: Answer

    @property
    def values(self) -> Mapping[str, Value]:
        """What was read of the answer."""
        return self.answer.values

    def number(self, name: str) -> float | None:
        """A value as a number; None where there is none."""
        value = self.answer.values.get(name)
        return float(value) if isinstance(value, (int, float)) else None


@dataclass(frozen=True, slots=True)
class Table:
    """All that was planned of one study for one method in one arm, missing rows among it.

    Args:
        rows: in the order of the plan.
        method: as reports name it; with `dataset`, `date` and `seed` what an `Estimate` needs.
    """

    rows: tuple[Row, ...]
    method: str
    arm: Arm
    dataset: str
    date: str
    seed: int

    @property
    def scored(self) -> tuple[Row, ...]:
        """The rows with an answer that could be read."""
        return tuple(row for row in self.rows if row.answer.outcome is Outcome.SCORED)

    def where(self, **factors: str) -> Table:
        """The part whose factors are so."""
        return self._part(r for r in self.rows if all(r.cell.factors.get(k) == v for k, v in factors.items()))

    @property
    def without_simulated(self) -> Table:
        """The part that no model played a person in: all that counts for a requirement."""
        return self._part(row for row in self.rows if not row.cell.is_simulated)

    def _part(self, rows: Iterable[Row]) -> Table:
        return replace(self, rows=tuple(rows))


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of numbers, drawn by the report.

    Args:
        kind: "intervals" (rows of value, low, high), "line" (points by x), "roc" or "calibration" (points).
        title: by language.
        points: for "intervals" (label, value, low, high); for the others (series, x, y, low, high), low and high may be None.
    """

    kind: Literal["intervals", "line", "roc", "calibration"]
    title: Mapping[Language, str]
    points: tuple[tuple[Any, ...], ...]
    x_label: Mapping[Language, str] = field(default_factory=lambda: MappingProxyType({}))
    y_label: Mapping[Language, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Findings:
    """What a study has to say of one method in one arm beyond its headlines.

    Args:
        estimates: by name.
        notes: sentences for the report, by language: what the figures mean, what they do not.
        figures: in order.
    """

    estimates: Mapping[str, Estimate | Unscored | Headline] = field(
        default_factory=lambda: MappingProxyType({})
    )
    notes: tuple[Mapping[Language, str], ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Shows:
    """What a run of a size can and cannot show, said before it.

    Args:
        measure: name of a `Score`, or of one of the findings.
        text: one sentence, by language, with the numbers.
    """

    measure: str
    text: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class ShortForm:
    """Fewer questions of each unit, so that more units fit a short time. It is fixed beforehand, and it clears nothing.

    Args:
        cells: those of the short form, of all there are; every unit keeps some, and what is varied stays balanced over units.
        calls_per_cell: questions that such a cell takes; those of a whole one if None.
    """

    cells: Callable[[Sequence[Cell]], Sequence[Cell]]
    calls_per_cell: int | None = None


def fewer(
    keep: Callable[[Cell], bool], in_turn: Callable[[Cell], Hashable] | None = None
) -> Callable[[Sequence[Cell]], list[Cell]]:
    """The cells that are kept, and of what `in_turn` tells apart one kind a unit, each kind in its turn.

    The turn moves on by one after each round, so that a kind does not always meet the same of what the units take in turn.

    >>> cells = [Cell(f"{unit}/{form}", unit, Language.ENGLISH, {"form": form}) for unit in "abcd" for form in "xy"]
    >>> [cell.id for cell in fewer(lambda _: True, lambda cell: cell.factors["form"])(cells)]
    ['a/x', 'b/y', 'c/y', 'd/x']
    """

    def short(cells: Sequence[Cell]) -> list[Cell]:
        units: dict[tuple[Language, str], list[Cell]] = {}
        for cell in cells:
            if keep(cell):
                units.setdefault((cell.language, cell.unit), []).append(cell)
        if in_turn is None:
            return [cell for of in units.values() for cell in of]
        found: list[Cell] = []
        for place, of in enumerate(units.values()):
            kinds = list(dict.fromkeys(in_turn(cell) for cell in of))
            found += [
                cell for cell in of if in_turn(cell) == kinds[(place + place // len(kinds)) % len(kinds)]
            ]
        return found

    return short


@dataclass(frozen=True, kw_only=True)
class Study:
    """A study as it is declared.

    Args:
        name: its folder's, such as "suicide_risk".
        title: by language.
        folder: with protocol.md, stimuli, norms and code; its digest is the study's.
        beside: files and folders of the lab's own outside it that decide what is asked or how it is read; part of the digest.
        cells: what is asked; any number of units from the start of it is balanced over the factors.
        ask: asks for one cell. It may end early with an `Answer` that is not scored.
        scores: the headlines.
        analyse: everything else.
        baselines: methods without a model that any model must beat: trivial ones, and the extractive where there is one.
        shows: what so many units, each repeated so often, can and cannot show.
        audience: who reads the replies; decides which safeguards stand around a governed run.
        needs: files of the user's own without which nothing can be asked: (name, what it is).
        takes: files it can use beside its own stimuli.
        reply_tokens: length of a usual reply, for estimates of time.
        calls_per_cell: questions that a cell takes.
        shows_pictures: whether its questions hold pictures, so that a model that takes none is not asked.
        is_conversation: whether each of them is read with all before it.
        has_people: whether a model can play its people.
        judges: the judge by model that it puts its replies to, where one is given; "" for none.
        short: its short form, where it has one; `is_short` in `shortened`, which asks that.
    """

    name: str
    title: Mapping[Language, str]
    folder: Path
    cells: Callable[[Options], Sequence[Cell]]
    ask: Callable[[Cell], Asking]
    scores: tuple[Score, ...]
    analyse: Callable[[Table], Findings] = lambda _: Findings()
    baselines: Mapping[str, Callable[[Cell], Answer]] = field(default_factory=lambda: MappingProxyType({}))
    shows: Callable[[int, int], Sequence[Shows]] = lambda _units, _repeats: ()
    audience: Literal["patient", "clinician"] = "clinician"
    needs: tuple[tuple[str, str], ...] = ()
    takes: tuple[tuple[str, str], ...] = ()
    reply_tokens: int = 200
    calls_per_cell: int = 1
    beside: tuple[Path, ...] = ()
    shows_pictures: bool = False
    is_conversation: bool = False
    has_people: bool = False
    judges: str = ""
    short: ShortForm | None = None
    is_short: bool = False

    @property
    def shortened(self) -> Study:
        """The study in its short form; itself where it has none."""
        if self.short is None or self.is_short:
            return self
        form, whole = self.short, self.cells
        return replace(
            self,
            cells=lambda options: form.cells(whole(options)),
            calls_per_cell=form.calls_per_cell or self.calls_per_cell,
            is_short=True,
        )

    @property
    def protocol(self) -> str:
        """What was written before anything was measured."""
        return (self.folder / "protocol.md").read_text("utf-8")

    @property
    def readings(self) -> float:
        """How often the first question of a cell is read over, for estimates of time."""
        calls = self.calls_per_cell
        return calls * (1 + (calls - 1) / 2) if self.is_conversation else calls

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every file of the folder and what stands beside it: one changed stimulus is another study."""
        whole = hashlib.sha256()
        for top in (self.folder, *self.beside):
            for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
                if path.is_file() and "__pycache__" not in path.parts:
                    whole.update(
                        path.relative_to(top.parent if top in self.beside else top).as_posix().encode()
                        + b"\0"
                    )
                    whole.update(hashlib.sha256(path.read_bytes()).digest())
        return whole.hexdigest()


def unread(reply: Reply) -> Outcome | None:
    """The outcome of a reply that holds nothing to read; None where there is something.

    >>> unread(Reply("", Finish.DECLINED))
    <Outcome.REFUSED: 'refused'>
    """
    if reply.finish is Finish.DECLINED:
        return Outcome.REFUSED
    if reply.finish is Finish.CUT_OFF:
        return Outcome.CUT_OFF
    return None if reply.text.strip() else Outcome.UNREADABLE
