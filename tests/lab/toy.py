"""The smallest study there is, for tests of the runner: a number is shown and is to be given back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from thirdchair.measures.outcomes import Outcome
from thirdchair.records import Ask, Language, Message
from thirdchair_lab.study import Answer, Asking, Cell, Options, Score, Shows, Study, unread


def cells(options: Options) -> Sequence[Cell]:
    wanted = 20 if options.at_most is None else options.at_most
    return [
        Cell(f"{unit}/{form}", str(unit), language, {"form": form}, f"{form} {unit}")
        for unit in range(wanted)
        for form in ("plain", "polite")
        for language in options.languages
        if language is Language.ENGLISH
    ]


def ask(cell: Cell) -> Asking:
    reply = yield Ask((Message("user", f"Repeat the number: {cell.material}"),), max_tokens=5)
    if (outcome := unread(reply)) is not None:
        return Answer(outcome)
    digits = reply.text.strip()
    if not digits.isdecimal():
        return Answer(Outcome.UNREADABLE)
    return Answer(Outcome.SCORED, {"right": digits == cell.unit, "said": digits})


TOY = Study(
    name="toy",
    title={Language.ENGLISH: "Numbers", Language.CHINESE: "数字"},
    folder=Path(__file__).parent / "toy",
    cells=cells,
    ask=ask,
    scores=(
        Score(
            "repeated",
            {Language.ENGLISH: "Numbers given back", Language.CHINESE: "复述正确的数字"},
            "right",
            "share",
            "higher",
            (0, 1),
            "by definition",
        ),
    ),
    baselines={"always_seven": lambda cell: Answer(Outcome.SCORED, {"right": cell.unit == "7"})},
    shows=lambda units, repeats: [
        Shows("repeated", {Language.ENGLISH: f"{units}", Language.CHINESE: f"{units}"})
    ],
    reply_tokens=3,
)
