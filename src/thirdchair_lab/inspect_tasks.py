"""Every study as a task of Inspect AI, under its own name: `inspect eval thirdchair/suicide_risk --model ...`.

The adapter is thin: Inspect speaks to the model, the study's own generator asks and reads, and every answer is kept with
its outcome. The one score a sample has is that outcome, as a word, and there are no metrics: Inspect's means leave out what
is missing. `answers` reads a log back, and from there on everything is as after our own runner. `thirdchair-fake/…` is a
model for tests, which answers each question with its last word.

Runs with the version of Inspect AI that the extra `inspect` pins; another may score differently.
"""

# an optional extra, absent where it is not installed
# pyright: reportMissingImports=false

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.log import EvalLog, read_eval_log
from inspect_ai.model import (
    ChatMessage,
    ChatMessageAssistant,
    ChatMessageSystem,
    ChatMessageUser,
    Content,
    ContentImage,
    ContentText,
    GenerateConfig,
    Model,
    ModelAPI,
    ModelOutput,
    ResponseSchema,
    get_model,
    modelapi,
)
from inspect_ai.scorer import Score, Scorer, Target, scorer
from inspect_ai.solver import Generate, Solver, TaskState, solver

from thirdchair.errors import SafeguardUnavailable
from thirdchair.measures.outcomes import Outcome
from thirdchair.records import Ask, Finish, Language, Message, Reply
from thirdchair_lab.arms import around
from thirdchair_lab.planning import with_judge
from thirdchair_lab.registry import NAMES, study_named
from thirdchair_lab.study import Answer, Arm, Aside, Cell, Options, Role, Study

_ROLES: Final[dict[str, Callable[..., ChatMessage]]] = {
    "system": ChatMessageSystem,
    "user": ChatMessageUser,
    "assistant": ChatMessageAssistant,
}
_FINISHES: Final = {
    "max_tokens": Finish.CUT_OFF,
    "model_length": Finish.CUT_OFF,
    "content_filter": Finish.DECLINED,
}
_KEPT: Final = "thirdchair"


def study_task(
    study: Study,
    *,
    language: str,
    arm: Arm,
    seed: int,
    units: int | None,
    own: str,
    short: bool = False,
    people: bool = False,
    judge: bool = False,
) -> Task:
    """A study as a task.

    Args:
        own: the user's files, "NAME=PATH" separated by commas.
        short: its short form, which clears nothing.
        people: whether the model in Inspect's role "person" plays people (`--model-role person=...`).
        judge: whether the one in the role "judge" judges replies, where the study has a judge.
    """
    study = study.shortened if short else study
    files = dict(one.split("=", 1) for one in own.split(",") if one)
    options = Options(
        (Language(language),), seed, {name: Path(path) for name, path in files.items()}, units, people
    )
    cells = {cell.id: cell for cell in with_judge(study, study.cells(options), judge=judge)}
    samples = [Sample(id=cell.id, input=cell.id, metadata={"unit": cell.unit}) for cell in cells.values()]
    return Task(
        name=study.name,
        dataset=MemoryDataset(samples, name=study.name),
        solver=_asked(study, cells, arm),
        scorer=_outcome(),
        version=study.digest[:12],
        metadata={"study": study.name, "digest": study.digest, "arm": arm},
    )


def answers(log: EvalLog | str) -> dict[tuple[str, int], Answer]:
    """The answers in a log, by cell and repeat, as the journal of our own runner would give them."""
    whole = read_eval_log(log) if isinstance(log, str) else log
    found: dict[tuple[str, int], Answer] = {}
    for sample in whole.samples or []:
        kept = sample.metadata.get(_KEPT)
        answer = Answer(Outcome(kept["outcome"]), kept["values"]) if kept else Answer(Outcome.FAILED)
        found[str(sample.id), sample.epoch - 1] = answer
    return found


@solver
def _asked(study: Study, cells: dict[str, Cell], arm: Arm) -> Solver:
    async def solve(state: TaskState, generate: Generate) -> TaskState:
        answer = await _answer(study, cells[str(state.sample_id)], arm, state.epoch - 1)
        state.metadata[_KEPT] = {"outcome": str(answer.outcome), "values": dict(answer.values)}
        return state

    return solve


async def _answer(study: Study, cell: Cell, arm: Arm, repeat: int) -> Answer:
    """What comes of a cell. An error of the model's is Inspect's to retry or to report."""
    wrapped, asking = around(arm, study.audience, cell.language), study.ask(cell)
    try:
        ask = next(asking)
        while True:
            if isinstance(ask, Aside):
                ask = asking.send(await _replied(ask.ask, repeat, ask.to))
                continue
            sent = wrapped.before(ask)
            ask = asking.send(wrapped.after(await _replied(sent, repeat)) if isinstance(sent, Ask) else sent)
    except StopIteration as ended:
        return ended.value
    except SafeguardUnavailable as error:
        return Answer(Outcome.FAILED, {"why": type(error).__name__})
    finally:
        asking.close()


async def _replied(ask: Ask, repeat: int, role: Role | None = None) -> Reply:
    messages = [_ROLES[message.role](content=_content(message)) for message in ask.messages]
    schema = ResponseSchema(name="reply", json_schema=dict(ask.schema)) if ask.schema else None  # pyright: ignore[reportArgumentType]
    config = GenerateConfig(
        max_tokens=ask.max_tokens, temperature=ask.temperature, seed=ask.seed + repeat, response_schema=schema
    )
    model = _model_for(role)
    output = await model.generate(messages, config=config)
    return Reply(output.completion, _FINISHES.get(output.stop_reason, Finish.STOP))


def _model_for(role: Role | None) -> Model:
    """The model of a role, which has to be given; no model judges itself."""
    if role is None:
        return get_model()
    model = get_model(role=role, required=True)
    if role == "judge" and str(model) == str(get_model()):
        raise ValueError("The judge is the very model that is measured. Name another: --model-role judge=...")
    return model


def _content(message: Message) -> str | list[Content]:
    """Words alone as they are; with pictures, parts."""
    if not message.images:
        return message.content
    return [
        ContentText(text=message.content),
        *(ContentImage(image=image.as_url) for image in message.images),
    ]


@scorer(metrics=[])
def _outcome() -> Scorer:
    async def score(state: TaskState, target: Target) -> Score:
        kept: dict[str, Any] = state.metadata[_KEPT]
        return Score(value=kept["outcome"], metadata=kept["values"])

    return score


@modelapi(name="thirdchair-fake")
class LastWord(ModelAPI):
    """A model for tests: the last word of the last message."""

    async def generate(self, input: list[ChatMessage], *_: Any, **__: Any) -> ModelOutput:
        """The last word."""
        return ModelOutput.from_content(self.model_name, input[-1].text.split()[-1])


def _registered(name: str) -> Callable[..., Task]:
    def made(
        language: str = "en",
        arm: Arm = "bare",
        seed: int = 0,
        units: int | None = None,
        own: str = "",
        short: bool = False,
        people: bool = False,
        judge: bool = False,
    ) -> Task:
        return study_task(
            study_named(name),
            language=language,
            arm=arm,
            seed=seed,
            units=units,
            own=own,
            short=short,
            people=people,
            judge=judge,
        )

    made.__name__ = made.__qualname__ = name
    made.__doc__ = f"The study {name}."
    return task(name=name)(made)


globals().update({name: _registered(name) for name in NAMES})
