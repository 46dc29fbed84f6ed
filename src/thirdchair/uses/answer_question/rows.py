"""One question of a batch: a row in, a row out. The library is opened once in a process and kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from thirdchair.library.loading import SHIPPED
from thirdchair.library.plain_pages import open_library
from thirdchair.library.splitting import language_of
from thirdchair.library.unusable import LibraryUnusable
from thirdchair.records import Language
from thirdchair.uses.answer_question.answering import Answerer


def answer_row(
    row: Mapping[str, Any], *, library: Path | None = None, in_crisis: bool = False
) -> dict[str, Any]:
    """{"id", "question"} answered: {"id", "answer", "passages", "pages", "abstained", ...}.

    Args:
        row: may name a "language"; otherwise the question's letters tell.
        library: a place that `open_library` reads, or None for our own.
        in_crisis: what the crisis screen said of the question.

    Raises:
        LibraryUnusable: the library cannot be opened, or the row holds no question.
    """
    question = row.get("question")
    if not isinstance(question, str):
        raise LibraryUnusable("The line holds no question.", remedy='Write it as {"id": …, "question": "…"}.')
    named = row.get("language")
    language = Language(named) if isinstance(named, str) and named in set(Language) else language_of(question)
    answer = opened(SHIPPED if library is None else library).answer(question, language, in_crisis=in_crisis)
    return {"id": row.get("id"), **answer.as_json()}


@lru_cache(maxsize=4)
def opened(place: Path) -> Answerer:
    """The answerer of the library at a place, opened once in this process."""
    return Answerer(open_library(place), today=datetime.now(UTC).date())
