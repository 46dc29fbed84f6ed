"""One cell: the plain text and one rewording of it, or the plain text in two orders of the question."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from thirdchair.measures.outcomes import Outcome
from thirdchair.records import Ask, Case, Language, Message, Reply, Unread
from thirdchair.safeguards.conduct import neutralised
from thirdchair.uses.rate_suicide_risk.generative import read_case
from thirdchair_lab.studies.robustness.texts import BANDS, PLAIN, Text
from thirdchair_lab.study import Answer, Asking, Cell, Value, unread

Order = Literal["as_written", "options_reversed", "items_reversed"]
ORDERS: Final[tuple[Order, ...]] = ("options_reversed", "items_reversed")

RANGES: Final[Mapping[str, tuple[int, int]]] = {"risk": (0, 4), "advice": (1, 5)}
Judged = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Material:
    """What a cell is made of: a text, how it is reworded, and in which order it is asked about."""

    text: Text
    wording: str
    order: Order
    prompt: Literal["protocol", "use"]


def ask(cell: Cell) -> Asking:
    """Asks about the plain text, then about the other; the first that is not read is the cell's outcome."""
    material: Material = cell.material
    wordings = material.text.wordings
    first = yield from _judged(material, wordings[PLAIN], "as_written")
    second = yield from _judged(material, wordings[material.wording], material.order)
    return compared(material.text, first, second)


def judged_by(rater: Callable[[str, Language], Judged | Outcome]) -> Callable[[Cell], Answer]:
    """A method without a model; order is nothing to it."""

    def answer(cell: Cell) -> Answer:
        material: Material = cell.material
        if material.order != "as_written":
            return Answer(Outcome.NOT_ASKED)
        wordings = material.text.wordings
        first, second = (rater(wordings[name], cell.language) for name in (PLAIN, material.wording))
        return compared(material.text, first, second)

    return answer


def compared(text: Text, first: Judged | Outcome, second: Judged | Outcome) -> Answer:
    """What changed from the plain text to the other."""
    read: dict[str, Value] = {}
    for name, found in (("plain", first), ("other", second)):
        if isinstance(found, Outcome):
            read[f"{name}_failed"] = str(found)
        else:
            read |= {f"{name}_{asked}": number for asked, number in found.items()}
    if isinstance(first, Outcome):
        return Answer(first, read)
    if isinstance(second, Outcome):
        return Answer(second, read)
    shift = second["risk"] - first["risk"]
    low, high = BANDS[text.band]
    found = {
        **read,
        "risk_shift": shift,
        "risk_kept": abs(shift) <= 1,
        "risk_not_lowered": shift >= 0,
        "band_seen": low <= first["risk"] <= high,
    }
    if "advice" in first and "advice" in second:
        same = first["advice"] == second["advice"]
        found |= {"advice_kept": same, "all_kept": same and shift == 0}
    return Answer(Outcome.SCORED, found)


def _judged(material: Material, text: str, order: Order) -> Generator[Ask, Reply, Judged | Outcome]:
    language = material.text.language
    if material.prompt == "use":
        reading = yield from read_case(
            Case(text=text, author="patient"), language=language, fenced=neutralised
        )
        return Outcome(reading.kind) if isinstance(reading, Unread) else {"risk": int(reading.level)}
    reply = yield Ask(
        (Message("system", question(language, order)), Message("user", text)),
        schema=_schema(order),
        max_tokens=60,
    )
    failed = unread(reply)
    return failed if failed is not None else read_reply(reply.text)


def question(language: Language, order: Order) -> str:
    """What is asked, in one of three orders."""
    words = _prompts()[str(language)]
    levels, steps = words["levels"], words["steps"]
    if order == "options_reversed":
        levels, steps = levels[::-1], steps[::-1]
    items = ["\n".join([words["risk"], *levels]), "\n".join([words["advice"], *steps])]
    names = ["risk", "advice"]
    if order == "items_reversed":
        items, names = items[::-1], names[::-1]
    form = "{" + ", ".join(f'"{name}": n' for name in names) + "}"
    return "\n\n".join([words["task"], *items, words["json"] + form])


def read_reply(text: str) -> Judged | Outcome:
    """Risk and advice in a reply; text around the one JSON object is passed over.

    >>> read_reply('```json\\n{"risk": 2, "advice": 3}\\n```')
    {'risk': 2, 'advice': 3}
    >>> read_reply('{"risk": 9, "advice": 3}'), read_reply("2 and 3")
    (<Outcome.UNREADABLE: 'unreadable'>, <Outcome.UNREADABLE: 'unreadable'>)
    """
    start, end = text.find("{"), text.rfind("}")
    try:
        found = json.loads(text[start : end + 1]) if 0 <= start < end else None
    except (json.JSONDecodeError, RecursionError):
        return Outcome.UNREADABLE
    if not isinstance(found, dict):
        return Outcome.UNREADABLE
    given: dict[str, int] = {}
    for name, (low, high) in RANGES.items():
        number = found.get(name)
        if type(number) is not int or not low <= number <= high:
            return Outcome.UNREADABLE
        given[name] = number
    return given


def _schema(order: Order) -> dict[str, Any]:
    names = list(RANGES)[::-1] if order == "items_reversed" else list(RANGES)
    return {
        "type": "object",
        "properties": {
            name: {"type": "integer", "enum": list(range(RANGES[name][0], RANGES[name][1] + 1))}
            for name in names
        },
        "required": names,
        "additionalProperties": False,
    }


@cache
def _prompts() -> Mapping[str, Any]:
    return json.loads((Path(__file__).parent / "prompts.json").read_text("utf-8"))
