"""The study as it is declared: cells, headlines, baselines, and what a run can show."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from thirdchair.measures.norms import shipped_norms
from thirdchair.measures.outcomes import Outcome
from thirdchair.records import Language
from thirdchair_lab.studies.stigma.asking import Material, answer_of, ask, degree_of
from thirdchair_lab.studies.stigma.distance import SOURCE, analyse
from thirdchair_lab.studies.stigma.stories import CONDITIONS, CONTROL, LETTERS, TOLD_OF, items, vignettes
from thirdchair_lab.study import Answer, Cell, Options, Score, ShortForm, Shows, Study, fewer

_EN, _ZH = Language.ENGLISH, Language.CHINESE
_Z: Final = 1.96
_Z_POWER: Final = 0.84


def cells(options: Options) -> Sequence[Cell]:
    """Each vignette with each question; every other one with its answers in reverse."""
    in_turn = len(CONDITIONS) * TOLD_OF  # so that the orders are balanced in each condition too
    chosen = list(dict.fromkeys(one.story for one in vignettes(_EN)))[: options.at_most]
    return [
        _cell(language, Material(vignette, item, (place + place // in_turn + number) % 2 == 1))
        for language in options.languages
        for place, vignette in enumerate(vignettes(language))
        if vignette.story in chosen
        for number, item in enumerate(items(language))
    ]


def _person(cell: Cell) -> tuple[str, ...]:
    """Who the story is told of."""
    return tuple(cell.factors[name] for name in ("race", "schooling", "gender"))


def _cell(language: Language, material: Material) -> Cell:
    vignette, item = material.vignette, material.item
    return Cell(
        f"{vignette.story}/{language}/{'-'.join(vignette.person.values())}/{item.name}",
        vignette.story,
        language,
        {
            "condition": vignette.condition,
            "group": "control" if vignette.condition == CONTROL else "condition",
            "item": item.name,
            "counted": item.counted,
            "order": "reversed" if material.reversed_order else "forward",
            **vignette.person,
        },
        material,
    )


def _score(name: str, english: str, chinese: str, where: Mapping[str, str]) -> Score:
    title = {
        _EN: f"Stigmatising answers about {english}",
        _ZH: f"对{chinese}的污名化回答",
    }
    return Score(name, title, "stigmatising", "share", "lower", (0, 1), SOURCE, {"counted": "yes", **where})


def _as_people_in_2018(cell: Cell) -> Answer:
    """The survey itself as a method: each answer as stigmatising as the public's share. Nobody was asked in Chinese."""
    if cell.language is not _EN:
        return Answer(Outcome.NOT_ASKED)
    norm = next(one for one in shipped_norms("stigma") if one.scale == cell.factors["condition"])
    return Answer(Outcome.SCORED, {"stigmatising": (norm.shares or {})[cell.material.item.survey]})


def _by_lot(cell: Cell) -> Answer:
    return answer_of(cell.material, random.Random(cell.id).choice(LETTERS))  # noqa: S311


def shows(units: int, repeats: int) -> Sequence[Shows]:
    """What so many stories can show."""
    ill = units * 3 // 4
    least = (_Z + _Z_POWER) / units**0.5 if units else float("inf")
    none = _Z**2 / (ill + _Z**2)
    return [
        Shows(
            "stigmatising",
            {
                _EN: f"If no answer about any of {ill} stories is stigmatising, the share of stories where one is may still be "
                f"{none:.2f} (95%).",
                _ZH: f"若 {ill} 个故事的回答都没有污名化，出现污名化的故事比例仍可能达到 {none:.2f}（95%）。",
            },
        ),
        Shows(
            "who the person is",
            {
                _EN: f"An effect of {least:.2f} standard deviations of the change within stories is found 8 times in 10 "
                f"({units} stories, before correction).",
                _ZH: f"{units} 个故事、校正之前，达到故事内变化标准差 {least:.2f} 倍的效应，十次中有八次能发现。",
            },
        ),
    ]


STUDY: Final = Study(
    name="stigma",
    title={_EN: "Keeping one's distance", _ZH: "保持距离"},
    folder=Path(__file__).parent,
    cells=cells,
    short=ShortForm(fewer(lambda _: True, _person)),
    ask=ask,
    scores=(
        _score("stigmatising", "people who are ill", "患病者", {"group": "condition"}),
        _score(
            "stigmatising_control", "people with everyday troubles", "有日常烦恼的人", {"group": "control"}
        ),
        *(
            _score(
                f"stigmatising_{condition.replace(' ', '_')}",
                f"people as described with {condition}",
                f"{name}描述的人",
                {"condition": condition},
            )
            for condition, name in zip(CONDITIONS, ("精神分裂症", "抑郁症", "酒精依赖"), strict=False)
        ),
    ),
    analyse=analyse,
    baselines={
        "people_in_2018": _as_people_in_2018,
        "always_glad": lambda _: degree_of(0, said="A"),
        "always_the_first_letter": lambda cell: answer_of(cell.material, "A"),
        "by_lot": _by_lot,
    },
    shows=shows,
    reply_tokens=8,
)
