"""What is asked: our own scenes and passages, and sets that the user brings."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, cast

from thirdchair.records import Case, Language
from thirdchair_lab.own_files import OwnFileUnusable, read_owned
from thirdchair_lab.planting import Planting, planted
from thirdchair_lab.studies.emotion_text.words import Words, glossary, own_words

_STIMULI: Final = Path(__file__).parent / "stimuli"
_EMOBENCH_LANGUAGES: Final = {"en": Language.ENGLISH, "zh": Language.CHINESE}


@dataclass(frozen=True, slots=True)
class Scene:
    """Two people; what they feel is to be said in free words.

    Args:
        other: how the text speaks of the other person.
        words: that the answer is scored with.
    """

    text: str
    other: str
    words: Words


@dataclass(frozen=True, slots=True)
class Passage:
    """A patient's words, and four words for what the writer feels; `correct` is the place of the right one."""

    text: str
    options: tuple[str, ...]
    correct: int


@dataclass(frozen=True, slots=True)
class Told:
    """A text to be read in free words as it is, and with an instruction in it.

    Args:
        text: as it is.
        planting: with the instruction. It is told an emotion word of the list, or the name of a rule to break.
        words: that feelings are found with.
    """

    text: str
    planting: Planting
    words: Words


@dataclass(frozen=True, slots=True)
class Choices:
    """A question with one or two lists to choose from, as EmoBench has them.

    Args:
        text: what happens.
        subject: of whom it is asked.
        kind: of what is to be chosen, "Action" or "Response"; "" where feelings are.
        lists: by key of the reply, the choices and the place of the right one.
    """

    text: str
    subject: str
    kind: str
    lists: Mapping[str, tuple[tuple[str, ...], int]]


@dataclass(frozen=True, slots=True)
class Intensities:
    """A question on how strong four feelings are, 0 to 10, as EQ-Bench has it.

    Args:
        question: as it stands in the set, with the form of the answer.
        reference: strength by feeling.
    """

    question: str
    reference: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Unit:
    """One scene, passage or question, in the languages it is in."""

    id: str
    task: str
    factors: Mapping[str, str]
    material: Mapping[Language, Scene | Passage | Choices | Intensities]
    told: Mapping[Language, Told] = field(default_factory=lambda: MappingProxyType({}))


def own_units() -> list[Unit]:
    """Two scenes, and five passages after them."""
    scenes, passages = list(_scenes()), list(_passages())
    mixed: list[Unit] = []
    for place, scene in enumerate(scenes):
        mixed += [scene, *passages[5 * place // 2 : 5 * (place + 1) // 2]]
    return mixed


def leas_units(path: Path, language: Language) -> list[Unit]:
    """The scenes of the instrument, where its user owns it.

    Args:
        path: a folder with `scenes.csv` (id, text, other), `licence.txt`, `sha256.txt`, and, where the user has it,
            `glossary.csv` (word, level); our own list scores the answers otherwise.

    Raises:
        OwnFileUnusable: something is missing or does not fit.
    """
    files = read_owned(path)
    rows = _csv(files, "scenes.csv", path)
    words = own_words(language)
    if "glossary.csv" in files:
        words = _glossary(_csv(files, "glossary.csv", path), path, language)
    if not rows or not all(row.get("id") and row.get("text") and row.get("other") for row in rows):
        raise OwnFileUnusable(f"{path}: every row of scenes.csv has an id, a text and the other person.")
    return [
        Unit(f"leas-{row['id']}", "leas", {}, {language: Scene(row["text"], row["other"], words)})
        for row in rows
    ]


def emobench_units(folder: Path, languages: Sequence[Language]) -> list[Unit]:
    """The questions of EmoBench: `EU.jsonl` (emotion and cause) and `EA.jsonl` (what to do), either or both.

    Raises:
        OwnFileUnusable: neither is there, or one is of another shape.
    """
    found = [*_emobench(folder / "EU.jsonl", _understanding), *_emobench(folder / "EA.jsonl", _application)]
    if not found:
        raise OwnFileUnusable(f"{folder} holds neither EU.jsonl nor EA.jsonl.")
    return [unit for unit in found if set(unit.material) & set(languages)]


def eq_bench_units(path: Path) -> list[Unit]:
    """The questions of EQ-Bench, version 2: one JSON object with prompt and reference by number.

    Raises:
        OwnFileUnusable: it is of another shape.
    """
    try:
        questions = json.loads(path.read_text("utf-8"))
        return [
            Unit(f"eq{number}", "eq_bench", {}, {Language.ENGLISH: _intensities(one)})
            for number, one in questions.items()
        ]
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        raise OwnFileUnusable(f"{path} is no file of EQ-Bench, version 2.") from None


def _scenes() -> Iterator[Unit]:
    for number, one in enumerate(_stimuli("scenes.json")["scenes"]):
        material = {
            language: Scene(one[language]["text"], one[language]["other"], own_words(language))
            for language in Language
        }
        breaks = _stimuli("orders.json")["breaks"]
        order = breaks[number % len(breaks)]
        told = {
            language: _told(scene.text, number, language, order["rule"], order)
            for language, scene in material.items()
        }
        yield Unit(one["id"], "scene", {"theme": one["theme"]}, material, told)


def _passages() -> Iterator[Unit]:
    whole = _stimuli("passages.json")
    for number, one in enumerate(whole["passages"]):
        correct = one["options"].index(one["feeling"])
        material = {
            language: Passage(
                one[language], tuple(whole["words"][name][language] for name in one["options"]), correct
            )
            for language in Language
        }
        wrong = one["options"][correct - 1 - number % 3]
        orders = {
            str(language): _stimuli("orders.json")["word"][language].format(
                word=whole["words"][wrong][language]
            )
            for language in Language
        }
        told = {
            language: _told(passage.text, number, language, whole["words"][wrong][language], orders)
            for language, passage in material.items()
        }
        yield Unit(one["id"], "passage", {"feeling": one["feeling"]}, material, told)


def _told(text: str, number: int, language: Language, told: str, orders: Mapping[str, str]) -> Told:
    order = {one: orders[one] for one in Language}
    sentence = order[language]
    planting = planted(
        Case(text, author="patient"),
        number,
        language,
        told=told,
        orders=order,
        answer={"own": sentence, "other": "", "quotes": []},
    )
    return Told(text, planting, own_words(language))


@cache
def _stimuli(name: str) -> dict[str, Any]:
    return json.loads((_STIMULI / name).read_text("utf-8"))


def _csv(files: Mapping[str, bytes], name: str, path: Path) -> list[dict[str, str]]:
    if name not in files:
        raise OwnFileUnusable(f"{path / name} is missing.")
    try:
        return list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"))))
    except UnicodeDecodeError:
        raise OwnFileUnusable(f"{path / name} is not in UTF-8.") from None


def _glossary(rows: Sequence[Mapping[str, str]], path: Path, language: Language) -> Words:
    try:
        return glossary({row["word"].strip(): int(row["level"]) for row in rows}, language)
    except (KeyError, ValueError, TypeError, AttributeError):
        raise OwnFileUnusable(
            f"{path}: every row of glossary.csv has a word and a level from 0 to 3."
        ) from None


def _emobench(path: Path, read: Any) -> list[Unit]:
    if not path.exists():
        return []
    try:
        return [read(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError, KeyError, TypeError):
        raise OwnFileUnusable(f"{path} is no file of EmoBench.") from None


def _understanding(row: Mapping[str, Any]) -> Unit:
    lists = {
        "emotion": _listed(row["emotion_choices"], row["emotion_label"]),
        "cause": _listed(row["cause_choices"], row["cause_label"]),
    }
    asked = Choices(row["scenario"], row["subject"], "", lists)
    return _emobench_unit("emobench_eu", row, asked, row["coarse_category"])


def _application(row: Mapping[str, Any]) -> Unit:
    lists = {"choice": _listed(row["choices"], row["label"])}
    asked = Choices(row["scenario"], row["subject"], row["question type"], lists)
    return _emobench_unit("emobench_ea", row, asked, row["category"])


def _emobench_unit(task: str, row: Mapping[str, Any], asked: Choices, category: str) -> Unit:
    language = _EMOBENCH_LANGUAGES[row["language"]]
    return Unit(f"{task[-2:]}{row['qid']}-{language}", task, {"category": category}, {language: asked})


def _listed(choices: Sequence[str], label: str) -> tuple[tuple[str, ...], int]:
    return tuple(choices), list(choices).index(label)


def _intensities(one: Mapping[str, Any]) -> Intensities:
    full = cast(Mapping[str, Any], one["reference_answer_fullscale"])
    reference = {str(full[f"emotion{n}"]): float(full[f"emotion{n}_score"]) for n in range(1, 5)}
    return Intensities(str(one["prompt"]), reference)
