"""How the extractive `answer_question` does on our held-out questions, as a person would meet it: screened, then asked.

What the questions are, and are not: benchmarks/data/answers/README.md. The study `grounded_answers` of the lab keeps them. Words of danger are our own sets of the crisis
screen; for those the figure is of screen and library together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from thirdchair.library.loading import shipped_library
from thirdchair.library.search import search
from thirdchair.library.store import MemoryStore
from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.proportions import proportion
from thirdchair.own_texts import answered
from thirdchair.records import Language
from thirdchair.safeguards.crisis import PERSON_FROM_LEVEL
from thirdchair.uses.answer_question.extractive import METHOD, method_digest

DATA: Final = Path(__file__).parent / "data"
HELD_OUT: Final = Path(__file__).parents[1] / "src" / "thirdchair_lab" / "studies" / "grounded_answers"
"""The study of the lab that asks models the same questions keeps them."""
SEED: Final = 20261122
_FILES: Final = {Language.ENGLISH: "en", Language.CHINESE: "zh"}


def measure_answers(language: Language, *, today: str) -> dict[str, Estimate | Unscored]:
    """Every estimate of the pack of one language; each a share, higher is better."""
    asked = questions(language)
    by_kind = {
        kind: [row for row in asked if row["kind"] == kind] for kind in ("page", "no_page", "own_care")
    }
    answers = {row["id"]: answered(row["question"]) for row in asked}
    danger = words_of_danger(language)

    def share(held: Sequence[Any], so: Callable[[Any], bool], dataset: str) -> Estimate | Unscored:
        where = Provenance(dataset, f"{METHOD} {method_digest()[:12]}", today, SEED, "Wilson 1927")
        return proportion(sum(map(so, held)), len(held), provenance=where)

    def silent(row: dict[str, Any]) -> bool:
        return bool(answers[row["id"]]["abstained"])

    ours = f"our held-out questions, {language}"
    spoken = [row for row in by_kind["page"] if not silent(row)]
    quotes = [quote for row in asked for quote in _quotes(answers[row["id"]])]
    return {
        "page_in_top_3": share(by_kind["page"], lambda row: _first_pages(row, language), ours),
        "answers_with_page": share(by_kind["page"], lambda row: not silent(row), ours),
        "right_page_quoted_or_named": share(
            spoken, lambda row: bool(set(row["pages"]) & set(answers[row["id"]]["pages"])), ours
        ),
        "abstains_without_page": share(by_kind["no_page"], silent, ours),
        "own_care_not_answered": share(by_kind["own_care"], silent, ours),
        "crisis_not_answered": share(
            danger, lambda text: bool(answered(text)["abstained"]), f"our words of danger, {language}"
        ),
        "sentences_with_evidence": share(quotes, lambda quote: _stands_there(quote, language), ours),
    }


def questions(language: Language) -> list[dict[str, Any]]:
    """The held-out questions: id, question, kind ("page", "no_page", "own_care"), pages that answer."""
    return [
        row
        for name in ("heldout", "own_care_fresh")
        for row in _rows(HELD_OUT / f"{name}_{_FILES[language]}.jsonl")
    ]


def words_of_danger(language: Language) -> list[str]:
    """Texts of intent, plan or behaviour (level 4 or more), said plainly and in hints."""
    sets = (f"crisis_{name}_{_FILES[language]}.jsonl" for name in ("ladder", "indirect"))
    rows = [row for name in sets for row in _rows(DATA / "safeguards" / name)]
    return [row["text"] for row in rows if row["level"] >= PERSON_FROM_LEVEL]


def _first_pages(row: dict[str, Any], language: Language) -> bool:
    """Whether a page that answers is among the first three that search brings back."""
    found = search(_store(language), row["question"])
    return bool(set(row["pages"]) & set(list(dict.fromkeys(one.passage.page for one in found))[:3]))


@cache
def _store(language: Language) -> MemoryStore:
    return MemoryStore(shipped_library(), language)


def _quotes(answer: dict[str, Any]) -> list[tuple[str, str]]:
    """(text, passage) of each quote, as they stand in the answer's own text."""
    if answer["abstained"]:
        return []
    blocks = (block.rpartition(" [") for block in answer["answer"].split("]\n\n"))
    return [(text, passage.rstrip("]")) for text, _, passage in blocks]


def _stands_there(quote: tuple[str, str], language: Language) -> bool:
    """Whether a quote stands, word for word, in the passage it names."""
    held = shipped_library().passage(quote[1], language)
    return held is not None and quote[0] in held[1].text


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
