"""The pictures of the study: our drawings, shapes that show whether a model sees at all, and a test that its user owns."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from thirdchair.records import Image, Language
from thirdchair.records.chat import MediaType
from thirdchair_lab.own_files import OwnFileUnusable, read_owned
from thirdchair_lab.studies.emotion_faces.drawing import Ellipse, Filled, Shape, Stroke, drawn
from thirdchair_lab.studies.emotion_faces.faces import face

Kind = Literal["drawn", "shape", "rmet", "mrmet"]

OPTIONS: Final = 4

_STIMULI: Final = Path(__file__).parent / "stimuli" / "drawn.json"
_MEDIA: Final[Mapping[str, MediaType]] = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A picture and the words to choose from.

    Args:
        id: unique in the study.
        options: four words by language; `correct` is the place of the right one.
        group: what figures are also given for: strength of a drawing, or the classes that a key names.
        picture: makes the picture, upright or upside down; only drawings can be turned.
    """

    id: str
    kind: Kind
    options: Mapping[Language, tuple[str, ...]]
    correct: int
    group: Mapping[str, str]
    picture: Callable[[bool], Image]


def drawn_items() -> tuple[Item, ...]:
    """Our 36 faces and 8 shapes, a shape after every fourth face or so."""
    faces = [_face_item(one) for one in _stimuli()["items"]]
    shapes = [_shape_item(one) for one in _stimuli()["controls"]]
    mixed: list[Item] = []
    for place, item in enumerate(faces):
        if place % 9 in (0, 5):
            mixed.append(shapes.pop(0))
        mixed.append(item)
    return (*mixed, *shapes)


def owned_items(kind: Literal["rmet", "mrmet"], folder: Path, language: Language) -> tuple[Item, ...]:
    """The items of a test that its user owns.

    Args:
        folder: with the pictures, `key.csv` (file, option1 to option4, correct; further columns are classes of items),
            `licence.txt` and `sha256.txt`.
        language: of its words.

    Raises:
        OwnFileUnusable: something is missing or does not fit.
    """
    files = read_owned(folder)
    if "key.csv" not in files:
        raise OwnFileUnusable(f"{folder / 'key.csv'} is missing.")
    try:
        rows = list(csv.DictReader(io.StringIO(files["key.csv"].decode("utf-8-sig"))))
    except UnicodeDecodeError:
        raise OwnFileUnusable(f"{folder / 'key.csv'} is not in UTF-8.") from None
    if not rows:
        raise OwnFileUnusable(f"{folder / 'key.csv'} has no rows.")
    return tuple(_owned_item(kind, n, row, files, language) for n, row in enumerate(rows, 1))


@cache
def _stimuli() -> dict[str, Any]:
    return json.loads(_STIMULI.read_text("utf-8"))


def _in_languages(
    words: Mapping[str, Mapping[str, str]], options: Sequence[str]
) -> dict[Language, tuple[str, ...]]:
    return {language: tuple(words[name][language] for name in options) for language in Language}


def _face_item(one: Mapping[str, Any]) -> Item:
    @cache
    def picture(upside_down: bool) -> Image:
        return Image(
            "image/png", face(one["expression"], one["head"], one["strength"], upside_down=upside_down)
        )

    return Item(
        one["id"],
        "drawn",
        _in_languages(_stimuli()["words"], one["options"]),
        one["options"].index(one["expression"]),
        {"strength": f"{one['strength']:g}", "expression": one["expression"]},
        picture,
    )


def _shape_item(one: Mapping[str, Any]) -> Item:
    @cache
    def picture(upside_down: bool) -> Image:
        return Image("image/png", drawn(_outline(one["shape"], one["size"]), upside_down=upside_down))

    options = _in_languages(_stimuli()["shapes"], one["options"])
    return Item(one["id"], "shape", options, one["options"].index(one["shape"]), {}, picture)


def _outline(name: str, size: float) -> list[Shape]:
    low, high = 50 - size, 50 + size
    match name:
        case "circle":
            return [Ellipse((50, 50), size, size)]
        case "square":
            return [Filled(((low, low), (high, low), (high, high), (low, high)))]
        case "triangle":
            return [Filled(((50, low), (high, high), (low, high)))]
        case _:
            return [Stroke(((50, low), (50, high)), size / 3), Stroke(((low, 50), (high, 50)), size / 3)]


def _owned_item(
    kind: Literal["rmet", "mrmet"],
    number: int,
    row: Mapping[str, str | None],
    files: Mapping[str, bytes],
    language: Language,
) -> Item:
    name = (row.get("file") or "").strip()
    options = tuple((row.get(f"option{place}") or "").strip() for place in range(1, OPTIONS + 1))
    correct = (row.get("correct") or "").strip()
    media = _MEDIA.get(Path(name).suffix.lower())
    if name not in files or media is None or len(set(options) - {""}) < OPTIONS or correct not in options:
        raise OwnFileUnusable(
            f"key.csv, item {number}: needs a file that is there (png, jpeg, webp or gif), four different options, "
            "and as correct one of them."
        )
    image = Image(media, files[name])
    known = {"file", "correct", *(f"option{place}" for place in range(1, OPTIONS + 1))}
    group = {key: value.strip() for key, value in row.items() if key and value and key not in known}
    return Item(
        f"{kind}{number:02}", kind, {language: options}, options.index(correct), group, lambda _turned: image
    )
