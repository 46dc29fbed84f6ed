"""The only method of `interpret_emotion`: a model reads what a patient wrote. Never what staff wrote, nor of anyone unknown.

It is a generator (see `records.chat`): it yields what to ask, receives the reply, and does no input or output.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import cache
from importlib.resources import files
from typing import Final

from thirdchair.policy import Refused
from thirdchair.policy.decision import UseRefused
from thirdchair.records import Ask, Case, Language, Reply, Unread
from thirdchair.uses.interpret_emotion.reading import Reading, read_reply, reply_schema
from thirdchair.uses.prompts import texts_in
from thirdchair.uses.second_reading import Problem, asked, digest_of, question

_FREE: Final = ("task", "free", "free_as_json", "repair")
_CHOICE: Final = ("task", "choice", "choice_as_json", "repair")


def read_case(
    case: Case, *, language: Language, fenced: Callable[[str], str] = str
) -> Generator[Ask, Reply, Reading | Unread]:
    """A reading of the feelings in a patient's own words, or why there is none.

    Args:
        case: its `author` is the patient, and it has no history, which others wrote; with `words`, one of them is chosen.
        fenced: makes text harmless as structure without losing a word; the gateway's, since a use knows no safeguard.

    Raises:
        UseRefused: the words are not the patient's own, or a history stands beside them.
    """
    if case.author != "patient" or case.history.strip():
        raise UseRefused(Refused("words.not_the_patients", {"use": "interpret_emotion"}))
    words = texts_in(_prompt(), language, _CHOICE if case.words else _FREE)
    if case.words:
        words["choice"] = words["choice"].replace("{words}", ", ".join(f"`{word}`" for word in case.words))

    def ask(problem: Problem | None) -> Ask:
        return question(words, case, fenced, schema=reply_schema(case), problem=problem)

    return (yield from asked(ask, lambda text: read_reply(text, case)))


def method_digest() -> str:
    """SHA-256, in hex, of the code and the prompt of this method; the model's own digest is apart from it."""
    return digest_of("interpret_emotion")


@cache
def _prompt() -> str:
    return (files("thirdchair.uses.interpret_emotion") / "prompt.md").read_text(encoding="utf-8")
