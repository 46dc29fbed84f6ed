"""The only method of `rate_suicide_risk`: a model reads one case. What it says is a comment, never a rating of record.

It is a generator (see `records.chat`): it yields what to ask, receives the reply, and does no input or output.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import cache
from importlib.resources import files
from typing import Final

from thirdchair.records import Ask, Case, Language, Reply, Unread
from thirdchair.uses.prompts import texts_in
from thirdchair.uses.rate_suicide_risk.reading import RiskReading, read_reply, reply_schema
from thirdchair.uses.second_reading import Problem, asked, digest_of, question

_TEXTS: Final = ("task", "as_json", "repair")


def read_case(
    case: Case, *, language: Language, fenced: Callable[[str], str] = str
) -> Generator[Ask, Reply, RiskReading | Unread]:
    """A reading of the case, or why there is none.

    Args:
        fenced: makes text harmless as structure without losing a word; the gateway's, since a use knows no safeguard.
    """
    words = texts_in(_prompt(), language, _TEXTS)

    def ask(problem: Problem | None) -> Ask:
        return question(words, case, fenced, schema=reply_schema(), problem=problem)

    return (yield from asked(ask, lambda text: read_reply(text, case)))


def method_digest() -> str:
    """SHA-256, in hex, of the code and the prompt of this method; the model's own digest is apart from it."""
    return digest_of("rate_suicide_risk")


@cache
def _prompt() -> str:
    return (files("thirdchair.uses.rate_suicide_risk") / "prompt.md").read_text(encoding="utf-8")
