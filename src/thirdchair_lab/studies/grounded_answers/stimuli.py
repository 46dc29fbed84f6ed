"""The questions: with statements that must be in an answer, with a page, without one, about one's own care, and words of danger."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from thirdchair.records import Language

_HERE: Final = Path(__file__).parent
_FILES: Final = {Language.ENGLISH: "en", Language.CHINESE: "zh"}


@cache
def must_have_questions() -> Sequence[Mapping[str, Any]]:
    """Questions with two statements that must be in an answer and one that is false."""
    return tuple(_whole()["questions"])


def asked(language: Language) -> list[dict[str, Any]]:
    """Every question of a language, each {"id", "kind", "question"} and more, with kinds in even turns from the start."""
    whole = [
        *(
            {"id": row["id"], "kind": "must_have", "pages": [row["page"]], **row[str(language)]}
            for row in must_have_questions()
        ),
        *_rows(f"heldout_{_FILES[language]}.jsonl"),
        *_rows(f"own_care_fresh_{_FILES[language]}.jsonl"),
        *({"id": row["id"], "kind": "danger", "question": row[str(language)]} for row in _whole()["danger"]),
    ]
    kinds: dict[str, int] = {}
    sizes = {kind: sum(row["kind"] == kind for row in whole) for kind in {row["kind"] for row in whole}}
    place: dict[str, float] = {}
    for row in whole:
        at = kinds[row["kind"]] = kinds.get(row["kind"], 0) + 1
        place[row["id"]] = at / sizes[row["kind"]]
    return sorted(whole, key=lambda row: (place[row["id"]], row["id"]))


@cache
def _whole() -> Any:
    return json.loads((_HERE / "stimuli.json").read_text("utf-8"))


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (_HERE / name).read_text("utf-8").splitlines() if line]
