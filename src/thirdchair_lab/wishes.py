"""From what was asked for on the command line to a plan: a new one, or the unfinished one of exactly this."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

import typer

from thirdchair.records import Ask
from thirdchair.uses import registered_use
from thirdchair_lab.budgets import seconds_in
from thirdchair_lab.journal import Journal
from thirdchair_lab.judges import judge_named
from thirdchair_lab.models import Measurable
from thirdchair_lab.people.playing import prompt_digest
from thirdchair_lab.planning import (
    Pace,
    Plan,
    Second,
    Size,
    first_question,
    made_plan,
    measured_pace,
    plan_from_json,
    sizes_for,
)
from thirdchair_lab.runner import first_key
from thirdchair_lab.study import Arm, Cell, Options, Study


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line."""

    found: Measurable
    picked: Sequence[Study]
    options: Options
    arms: tuple[Arm, ...]
    repeats: int
    temperature: float | None
    budget: str
    decide: str
    whole: bool = False
    person: Second | None = None
    judge: Second | None = None

    def plan(self, sizes: Mapping[str, Size]) -> Plan:
        """The plan of it, not kept yet."""
        return made_plan(
            self.picked,
            model=self.found.model.name,
            model_digest=self.found.client.digest,
            options=self.options,
            arms=self.arms,
            repeats=self.repeats,
            now=datetime.now(UTC),
            version=version("thirdchair"),
            sizes=sizes,
            temperature=self.temperature,
            budget=self.budget,
            decide=self.decide,
            person=self.person,
            judge=self.judge,
        )


def askable(picked: Sequence[Study], found: Measurable, *, named: bool) -> tuple[Study, ...]:
    """The studies of a battery that a model can be asked; one that is named is asked whatever comes of it."""
    if named or getattr(found.client, "takes_pictures", True):
        return tuple(picked)
    left_out = [study.name for study in picked if study.shows_pictures]
    if left_out:
        typer.echo(f"Left out, for this model takes no pictures: {', '.join(left_out)}.")
    return tuple(study for study in picked if not study.shows_pictures)


def person_beside(found: Measurable) -> Second:
    """A model as one that plays people."""
    return Second(found.model.name, found.client.digest, prompt_digest())


def judge_beside(found: Measurable, measured: Measurable, picked: Sequence[Study]) -> Second:
    """A model as one that judges.

    Raises:
        ValueError: it is the one that is measured, or none of the studies puts its replies to a judge.
    """
    if found.client.digest == measured.client.digest:
        raise ValueError(
            f"{found.model.name} is the very model that is measured, and no model judges itself. Name another: --judge-model NAME"
        )
    names = sorted({study.judges for study in picked if study.judges})
    if not names:
        raise ValueError("None of these studies has a judge. `thirdchair lab list` says which have.")
    prompts = hashlib.sha256("".join(judge_named(name).digest() for name in names).encode()).hexdigest()
    return Second(found.model.name, found.client.digest, prompts)


def planned(kept: Journal, wish: Wish) -> Plan:
    """A new plan, kept before anything is asked."""
    pace = measured_pace(wish.found.client.answer, time.monotonic) if wish.budget else None
    made = wish.plan(
        sizes_within(
            wish.picked,
            wish.options,
            wish.repeats,
            wish.budget,
            pace,
            arms=wish.arms,
            whole=wish.whole or bool(wish.decide),
            is_kept=lambda ask: kept.reply(first_key(wish.found.client, ask, wish.temperature)) is not None,
        )
    )
    kept.start(made.id, made.as_json())
    if wish.budget:
        for part in made.parts:
            if part.at_most == 0:
                typer.echo(f"{part.study}: left out, for the budget has no room for enough of it")
                continue
            form = ", in the short form, which clears nothing" if part.short else ""
            typer.echo(f"{part.study}: {part.planned} answers of {part.at_most} units fit the budget{form}")
    return made


def unfinished(kept: Journal, wish: Wish) -> Plan | None:
    """The newest run of exactly this that has answers left to get.

    A budget's sizes depend on the pace of the day, so they are those of the run that is found.
    """
    for name in reversed(kept.runs()):
        before = plan_from_json(kept.plan(name) or {})
        if [part.study for part in before.parts] != [study.name for study in wish.picked]:
            continue
        sizes = {
            part.study: Size(part.at_most, part.short, part.seconds)
            for part in before.parts
            if part.at_most is not None
        }
        again = wish.plan(sizes if wish.budget else {})
        done = sum(kept.answered(name).values())
        if before.same_measurement(again) and done < sum(part.planned for part in before.parts):
            return before
    return None


def deciding(picked: Sequence[Study], use: str) -> tuple[Study, ...]:
    """The studies that a use waits for."""
    if registered_use(use) is None:
        raise ValueError(
            f"There is no use {use!r}. `thirdchair lab list` names the uses that studies are evidence for."
        )
    concerned = tuple(study for study in picked if any(score.use == use for score in study.scores))
    if not concerned:
        raise ValueError(f"None of these studies is evidence for {use}.")
    return concerned


def sizes_within(
    picked: Sequence[Study],
    options: Options,
    repeats: int,
    budget: str,
    pace: Pace | None,
    *,
    arms: tuple[Arm, ...],
    whole: bool,
    is_kept: Callable[[Ask], bool] = lambda _: False,
) -> Mapping[str, Size]:
    """How much of each study fits a budget; nothing is said where there is none.

    Raises:
        ValueError: there is a budget of time and no pace to plan with.
    """
    if not budget:
        return {}
    if pace is None:
        raise ValueError("A budget of time needs a model, whose pace is measured: --model NAME")
    return sizes_for(
        picked,
        options=options,
        repeats=repeats,
        seconds=seconds_in(budget),
        pace=pace,
        arms=arms,
        whole=whole,
        is_kept=is_kept,
    )


def tokens_of(study: Study, cells: Sequence[Cell], repeats: int) -> tuple[int, int]:
    """About the tokens that the first questions of some cells have, for all of them; four characters a token."""
    seen = cells[:: max(1, len(cells) // 20)]
    lengths = [first_question(study, cell) for cell in seen]
    mean = sum(lengths) / len(lengths) if lengths else 0.0
    questions = len(cells) * repeats
    return int(questions * study.readings * mean / 4), questions * study.calls_per_cell * study.reply_tokens
