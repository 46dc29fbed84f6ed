"""Questions asked of libraries that hold their page, and of libraries that do not.

Each open set is a library of its own. A question of it is asked of the whole library (a page answers it), and again
of the library without every page of its subject (none does). Questions of no topic are asked of every library.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from thirdchair.library.loading import shipped_library
from thirdchair.library.passage import Library
from thirdchair.library.plain_pages import open_library, pages_from_lines
from thirdchair.library.search import Found, search
from thirdchair.library.search_words import stem, topic_words
from thirdchair.library.store import MemoryStore
from thirdchair.records import Language

OWN: Final = {
    Language.ENGLISH: Path("benchmarks/data/safeguards/library_questions_en.jsonl"),
    Language.CHINESE: Path("benchmarks/data/safeguards/library_questions_zh.jsonl"),
}
_HALVES: Final = 10
_EVERYWHERE: Final = frozenset(stem(word) for word in ("disorder", "disorders", "syndrome", "disease"))
"""Words that two names of one subject may differ by."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked of a library.

    Args:
        set: which set it belongs to.
        subject: what it is about; questions of one subject are kept together when data are split.
        pages: ids of the pages that answer it there; none where the library has none.
        found: what search brought back.
    """

    set: str
    subject: str
    question: str
    pages: frozenset[str]
    found: tuple[Found, ...]


def rows_of(file: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def own_questions(language: Language) -> list[dict[str, Any]]:
    """Our own questions: id, question, topics (none where no topic answers it)."""
    return rows_of(OWN[language])


def ask_all(store: MemoryStore, items: Sequence[tuple[str, str, str, frozenset[str]]]) -> list[Asked]:
    """Every (set, subject, question, pages) asked of one store."""
    return [
        Asked(name, subject, question, pages, tuple(search(store, question)))
        for name, subject, question, pages in items
    ]


def asked_of_medquad(folder: Path) -> list[Asked]:
    """medquad_mh: each question asked of all pages, then of a half of the subjects that leaves its own out."""
    rows = rows_of(folder / "medquad_mh.jsonl")
    library = medquad_library(rows)
    whole = MemoryStore(library, Language.ENGLISH)
    asked = ask_all(whole, [_medquad_item("medquad", row, frozenset([row["url"]])) for row in rows])
    for seed in range(_HALVES):
        kept, left_out = medquad_halves(rows, seed)
        store = MemoryStore(medquad_library(kept), Language.ENGLISH)
        asked += ask_all(
            store, [_medquad_item(f"medquad without {seed}", row, frozenset()) for row in left_out]
        )
        asked += ask_all(
            store, [_medquad_item(f"medquad half {seed}", row, frozenset([row["url"]])) for row in kept]
        )
    return asked


def asked_of_narrower(folder: Path) -> list[Asked]:
    """medquad_mh without the question's page, where what is closest is a page on a wider subject ("insomnia" for "fatal
    familial insomnia"): such a page does not answer it."""
    rows = rows_of(folder / "medquad_mh.jsonl")
    asked: list[Asked] = []
    for name in sorted({row["focus"].lower() for row in rows}):
        store = MemoryStore(
            medquad_library([row for row in rows if row["focus"].lower() != name]), Language.ENGLISH
        )
        of_name = [row for row in rows if row["focus"].lower() == name]
        for one in ask_all(store, [_medquad_item("medquad narrower", row, frozenset()) for row in of_name]):
            wider = set(topic_words(one.found[0].page_title, Language.ENGLISH)) if one.found else set[str]()
            if wider - _EVERYWHERE < set(topic_words(name, Language.ENGLISH)) - _EVERYWHERE:
                asked.append(one)
    return asked


def medquad_halves(
    rows: Sequence[dict[str, Any]], seed: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of half of the subjects, and the rows of the others."""
    subjects = sorted({subject_of(row["focus"]) for row in rows})
    random.Random(seed).shuffle(subjects)
    half = set(subjects[: len(subjects) // 2])
    return (
        [row for row in rows if subject_of(row["focus"]) in half],
        [row for row in rows if subject_of(row["focus"]) not in half],
    )


def medquad_library(rows: Sequence[dict[str, Any]], *, titled: bool = True) -> Library:
    """The pages of these rows: title and answers; the questions are left out."""
    kept = [{key: value for key, value in row.items() if key != "question"} for row in rows]
    if not titled:
        kept = [{**row, "focus": "page"} for row in kept]
    return Library(tuple(pages_from_lines([json.dumps(row) for row in kept])))


def subject_of(focus: str) -> str:
    """What a page is about, so that pages of several institutes on one subject stay together.

    >>> subject_of("Tourette Syndrome") == subject_of("Tourette syndrome")
    True
    """
    words = re.findall(r"[a-z]+", focus.lower())
    for family in ("dementia", "smoking", "anxiety", "autism", "drug", "insomnia", "alcohol"):
        if any(word.startswith(family) for word in words):
            return family
    return " ".join(words)


def asked_of_own(language: Language) -> list[Asked]:
    """Our own questions of our own topics, and the same without the topic's page."""
    library = shipped_library()
    store = MemoryStore(library, language)
    held = {page.id for page in library.in_language(language)}
    questions = [
        (row["question"], frozenset(row["topics"]))
        for row in own_questions(language)
        if not row["own_care"] and (not row["topics"] or held & set(row["topics"]))
    ]
    name = f"own {language}"
    asked = ask_all(
        store, [(name, next(iter(sorted(pages)), text), text, pages) for text, pages in questions]
    )
    return asked + list(_left_out(library, language))


def _left_out(library: Library, language: Language) -> Iterator[Asked]:
    """Each page's own questions, asked of a half of the library whose questions are not indexed."""
    bare = [replace(page, answers=()) for page in library.in_language(language)]
    asks = {page.id: page.answers for page in library.in_language(language)}
    for seed in range(2):
        random.Random(seed).shuffle(bare)
        kept = bare[: len(bare) // 2]
        store = MemoryStore(Library(tuple(kept)), language)
        held = {page.id for page in kept}
        items = [
            (
                f"answers half {language}",
                page,
                question,
                frozenset([page]) if page in held else frozenset[str](),
            )
            for page, questions in asks.items()
            for question in questions
        ]
        yield from ask_all(store, items)


@cache
def _off_topic(language: Language) -> tuple[str, ...]:
    return tuple(
        row["question"] for row in own_questions(language) if not row["topics"] and not row["own_care"]
    )


def off_topic_of(store: MemoryStore, name: str) -> list[Asked]:
    """Our questions of no topic, asked of any library."""
    return ask_all(store, [(name, text, text, frozenset()) for text in _off_topic(store.language)])


def nimh_store(folder: Path) -> MemoryStore:
    """The brochures as a library."""
    return MemoryStore(open_library(folder), Language.ENGLISH)


def _medquad_item(
    name: str, row: dict[str, Any], pages: frozenset[str]
) -> tuple[str, str, str, frozenset[str]]:
    return name, subject_of(row["focus"]), row["question"], pages
