"""The declaration of `values`."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from thirdchair.measures.power import reach_of
from thirdchair.measures.surveys.pvq_rr import HIGHEST, ITEMS, LOWEST
from thirdchair.records import Language
from thirdchair_lab.studies.values.analysis import analyse
from thirdchair_lab.studies.values.asking import Batch, ask, decided, rated
from thirdchair_lab.studies.values.material import (
    WORDINGS,
    Dilemma,
    Portraits,
    Wording,
    dilemmas,
    owned,
    stand_in,
)
from thirdchair_lab.study import Answer, Cell, Options, Score, ShortForm, Shows, Study, fewer

EN, ZH = Language.ENGLISH, Language.CHINESE

ORDERS: Final = 12
BATCHES: Final = (ITEMS, 19, 1)
"""Portraits that are asked together."""

_SETTINGS: Final[tuple[tuple[Wording, str, str], ...]] = tuple(
    (wording, voice, scale)
    for scale in ("rising", "falling")
    for voice in ("person", "assistant")
    for wording in WORDINGS
)
_STEP: Final = 5
"""Between the settings of one order's batches: 5 and 12 share no divisor, so every batch meets every setting."""


@dataclass(frozen=True, slots=True)
class _Unit:
    id: str
    order: int | None


def cells(options: Options) -> Sequence[Cell]:
    """Two dilemmas after every order of the portraits; each order asked in batches of 57, of 19 and singly."""
    units = [
        unit
        for order in range(ORDERS)
        for unit in (
            _Unit(f"o{order + 1:02}", order),
            *(_Unit(f"d{2 * order + place:02}", None) for place in (1, 2)),
        )
    ]
    return [
        cell
        for unit in units[: options.at_most]
        for language in options.languages
        for cell in _cells_of(unit, language, options)
    ]


def _cells_of(unit: _Unit, language: Language, options: Options) -> Iterator[Cell]:
    if unit.order is None:
        found = next(one for one in dilemmas(language) if one.id == unit.id)
        yield Cell(f"{unit.id}/{language}", unit.id, language, {"part": "dilemma"}, found)
        return
    own = options.files.get("pvq_rr")
    if own is not None and language is not options.languages[0]:
        return
    portraits = stand_in(language) if own is None else owned(own)
    for place, size in enumerate(BATCHES):
        yield from _questionnaire(unit, unit.order, place, size, portraits, language, options.seed)


def _questionnaire(
    unit: _Unit, order: int, place: int, size: int, portraits: Portraits, language: Language, seed: int
) -> Iterator[Cell]:
    """One questionnaire in batches of a size, all in one setting."""
    wording, voice, scale = _SETTINGS[(order + _STEP * place) % len(_SETTINGS)]
    items = _in_order(order, seed)
    factors = {
        "part": "portraits",
        "items": portraits.name,
        "batch": str(size),
        "wording": wording,
        "voice": voice,
        "scale": scale,
    }
    for start in range(0, ITEMS, size):
        batch = Batch(tuple((item, portraits.texts[wording][item]) for item in items[start : start + size]))
        yield Cell(f"{unit.id}/{size}/{start // size + 1:02}/{language}", unit.id, language, factors, batch)


def _in_order(order: int, seed: int) -> list[int]:
    """The items as in the key for the first order, shuffled for every other."""
    items = list(range(1, ITEMS + 1))
    if order:
        random.Random(f"{seed}/{order}").shuffle(items)  # noqa: S311  no secret
    return items


def _fixed(level: Callable[[Cell, int], int], place: Callable[[Cell, int], int]) -> Callable[[Cell], Answer]:
    """A method that reads nothing."""

    def answer(cell: Cell) -> Answer:
        if isinstance(cell.material, Dilemma):
            return decided(cell.material, place(cell, 1), place(cell, 2))
        return rated({item: level(cell, item) for item, _ in cell.material.items})

    return answer


def _guess(cell: Cell, item: int) -> int:
    digest = hashlib.sha256(f"{cell.id}/{item}".encode()).digest()
    return LOWEST + int.from_bytes(digest[:4]) % (HIGHEST - LOWEST + 1)


def shows(units: int, repeats: int) -> Sequence[Shows]:
    """What so many units can show; one in three is an order of the portraits, two are dilemmas."""
    orders, choices = max(3, round(units / 3)), max(3, units - round(units / 3))
    half, least = reach_of(choices).half_width, reach_of(orders).least_detectable
    return [
        Shows(
            "dilemma_same_both_ways",
            {
                EN: f"With {choices} dilemmas a share near one half is known to ±{half:.2f}. They are our own cases: no other "
                "cases are spoken of.",
                ZH: f"有 {choices} 个两难情境时，接近一半的比例可知到 ±{half:.2f}。这些都是我们自己的情境，不说明别的情境。",
            },
        ),
        Shows(
            "a_profile",
            {
                EN: f"With {orders} orders of the portraits a difference of {least:.2f} standard deviations between orders is "
                "found with 80% power. Runs of one model are not people: nothing is said of a trait.",
                ZH: f"有 {orders} 种顺序时，能以 80% 的把握发现顺序之间 {least:.2f} 个标准差的差异。同一模型的多次运行不是多个人："
                "不说明任何特质。",
            },
        ),
    ]


STUDY = Study(
    name="values",
    title={EN: "Values", ZH: "价值观"},
    folder=Path(__file__).parent,
    cells=cells,
    short=ShortForm(fewer(lambda cell: cell.factors.get("batch", "57") == "57")),
    ask=ask,
    scores=(
        Score(
            "dilemma_same_both_ways",
            {
                EN: "Dilemmas decided alike in both orders of the options",
                ZH: "选项顺序互换后决定不变的两难情境",
            },
            "same",
            "share",
            "higher",
            (0, 1),
            "order of options turned round",
            where={"part": "dilemma"},
        ),
        Score(
            "a_profile",
            {
                EN: "Questionnaires that are a profile and no straight line (stand-ins unless you bring the PVQ-RR)",
                ZH: "不是千篇一律的问卷（除非您自备 PVQ-RR，否则用的是替代题目）",
            },
            "a_profile",
            "share",
            "higher",
            (0, 1),
            "more than 28 of 57 answers alike are a straight line",
            where={"part": "portraits", "batch": str(ITEMS)},
        ),
    ),
    analyse=analyse,
    baselines={
        "always_three_and_the_first": _fixed(lambda _c, _i: 3, lambda _c, _n: 1),
        "guess": _fixed(_guess, lambda cell, time: 1 + _guess(cell, time) % 2),
    },
    shows=shows,
    takes=(("pvq_rr", "a folder with the 57 items of the PVQ-RR that you may use: items.csv, licence"),),
    reply_tokens=20,
)
