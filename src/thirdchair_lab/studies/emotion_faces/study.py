"""The declaration of `emotion_faces`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

from pydantic import StrictStr

from thirdchair.measures.outcomes import Outcome
from thirdchair.measures.power import reach_of
from thirdchair.measures.surveys.rmet import chance_of_at_least
from thirdchair.records import Ask, Language, Message
from thirdchair.uses.second_reading import Answer as Shape
from thirdchair.uses.second_reading import answered, object_of, refuses
from thirdchair_lab.studies.emotion_faces.analysis import analyse
from thirdchair_lab.studies.emotion_faces.items import OPTIONS, Item, drawn_items, owned_items
from thirdchair_lab.study import Answer, Asking, Cell, Options, Score, Shows, Study, unread

EN, ZH = Language.ENGLISH, Language.CHINESE
_OWNED: Final[tuple[Literal["rmet", "mrmet"], ...]] = ("rmet", "mrmet")

_QUESTION: Final = {
    "drawn": {
        EN: "The picture is a drawing of a face. Which of these words says best what the face shows?",
        ZH: "图片是一张画出来的脸。下面哪个词最能说明这张脸表现的是什么？",
    },
    "shape": {
        EN: "Which of these words says what is drawn in the picture?",
        ZH: "下面哪个词说的是图片里画的东西？",
    },
    "owned": {
        EN: "Which of these words says best what the person in the picture is thinking or feeling?",
        ZH: "下面哪个词最能说明图片中的人在想什么、有什么感受？",
    },
}
_FORM: Final = {
    EN: 'Answer with one JSON object and nothing else, the word written as it stands above: {"word": "…"}',
    ZH: '只回答一个 JSON 对象，不要有其他内容，词语按上面的写法照抄：{"word": "…"}',
}
_SYSTEM: Final = {
    EN: "You take a test in which one word is chosen for a picture. Choose one even if you are unsure.",
    ZH: "你在做一个测验：为一张图片选一个词。即使不确定，也请选一个。",
}


class _Choice(Shape):
    word: StrictStr


def cells(options: Options) -> Sequence[Cell]:
    """Each item in three ways: upright with the words in order, upright with them turned round, and upside down."""
    owned = [
        owned_items(kind, options.files[kind], options.languages[0])
        for kind in _OWNED
        if kind in options.files
    ]
    items = _spread(drawn_items(), *owned)
    return [cell for item in items[: options.at_most] for cell in _cells_of(item, options.languages)]


def _spread(*lists: Sequence[Item]) -> list[Item]:
    """The items of all lists, each spread evenly over the whole, so that a part of it has a part of each."""
    places = [
        ((place + 0.5) / len(one), n, item) for n, one in enumerate(lists) for place, item in enumerate(one)
    ]
    return [item for _, _, item in sorted(places, key=lambda found: found[:2])]


def _cells_of(item: Item, languages: Sequence[Language]) -> Iterator[Cell]:
    ways = [("upright", "given"), ("upright", "reversed"), ("turned", "given")]
    for language in languages:
        if language not in item.options:
            continue
        for picture, order in ways if item.kind == "drawn" else ways[:2]:
            yield Cell(
                f"{item.id}/{picture}/{order}/{language}",
                item.id,
                language,
                {**item.group, "items": item.kind, "picture": picture, "order": order},
                item,
            )


def shown_options(cell: Cell) -> tuple[str, ...]:
    """The words in the order in which they are shown."""
    words = cell.material.options[cell.language]
    return words if cell.factors["order"] == "given" else words[::-1]


def ask(cell: Cell) -> Asking:
    """One picture, four words, one choice."""
    item, language, words = cell.material, cell.language, shown_options(cell)
    question = _QUESTION.get(item.kind, _QUESTION["owned"])[language]
    text = f"{question}\n\n{', '.join(words)}\n\n{_FORM[language]}"
    picture = item.picture(cell.factors["picture"] == "turned")
    reply = yield Ask(
        (Message("system", _SYSTEM[language]), Message("user", text, (picture,))),
        schema=object_of(word={"type": "string", "enum": list(words)}),
        max_tokens=60,
    )
    if (outcome := unread(reply)) is not None:
        return Answer(outcome)
    return _read(reply.text, words, item.options[language][item.correct])


def _read(text: str, words: tuple[str, ...], correct: str) -> Answer:
    choice = answered(text, _Choice)
    if isinstance(choice, str):
        return Answer(Outcome.REFUSED if refuses(text) else Outcome.UNREADABLE)
    said = choice.word.strip().casefold()
    found = next((place for place, word in enumerate(words) if word.casefold() == said), None)
    if found is None:
        return Answer(Outcome.UNREADABLE)
    return _chosen(found, words, correct)


def _chosen(place: int, words: tuple[str, ...], correct: str) -> Answer:
    return Answer(
        Outcome.SCORED, {"right": words[place] == correct, "word": words[place], "place": place + 1}
    )


def _always(place: int, cell: Cell) -> Answer:
    item = cell.material
    return _chosen(place, shown_options(cell), item.options[cell.language][item.correct])


def _guess(cell: Cell) -> Answer:
    return _always(hashlib.sha256(cell.id.encode()).digest()[0] % OPTIONS, cell)


def shows(units: int, repeats: int) -> Sequence[Shows]:
    """What so many items can show. Shapes are among them: 8 of 44."""
    faces = max(3, round(units * 36 / 44))
    least = next(k for k in range(faces + 1) if chance_of_at_least(k, faces, options=OPTIONS) < 0.05)
    half = reach_of(faces).half_width
    return [
        Shows(
            "expression_named",
            {
                EN: f"With {faces} drawn faces, {least} right is the least that guessing among four words rarely reaches "
                f"(p < 0.05); a share near one half is known to ±{half:.2f}. Repeats do not make more faces. It shows "
                "nothing about real faces, or people.",
                ZH: f"有 {faces} 张画出来的脸时，答对 {least} 张是在四个词中乱猜很少能达到的最低数（p < 0.05）；"
                f"接近一半的比例可知到 ±{half:.2f}。重复提问不会增加脸的数量。它不说明真实的脸，也不说明人。",
            },
        )
    ]


STUDY = Study(
    shows_pictures=True,
    name="emotion_faces",
    title={EN: "Feelings in faces", ZH: "面部表情中的情绪"},
    folder=Path(__file__).parent,
    cells=cells,
    ask=ask,
    scores=(
        Score(
            "expression_named",
            {
                EN: "Expressions of drawn faces named as meant (not validated on people)",
                ZH: "画出来的表情被认出的比例（未经真人验证）",
            },
            "right",
            "share",
            "higher",
            (0, 1),
            "forced choice of one in four words; after Baron-Cohen et al. 2001, J Child Psychol Psychiatry 42:241-251",
            where={"items": "drawn", "picture": "upright"},
        ),
    ),
    analyse=analyse,
    baselines={
        "always_the_first_word": lambda cell: _always(0, cell),
        "guess": _guess,
    },
    shows=shows,
    takes=(
        (
            "rmet",
            "a folder with the Reading the Mind in the Eyes Test that you may use: pictures, key.csv, licence",
        ),
        ("mrmet", "the same for the Multiracial Reading the Mind in the Eyes Test"),
    ),
    reply_tokens=12,
)
