"""The model method: a model answers from a few passages, and every sentence must cite one of them.

It is a generator (see `records.chat`): it yields what to ask and receives the reply, and does no input or output. A
sentence that cites no passage it was shown is dropped; with none left, a person is offered. What is left has not been
checked against its passages: the gateway grounds every `Written` sentence and calls `Answer.keeping`.

For a reply that is shown as it comes, `ask_for_prose` asks for plain sentences with their numbers in brackets, and
`read_sentence` of `model_reply` reads each as it is whole; grounding it is the gateway's there too.

It does not catch a sentence that cites a passage and says something else (grounding does, in part), nor what the
passages themselves get wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from thirdchair.errors import ModelFailed
from thirdchair.records import Ask, Finish, Message, Progress, Reply
from thirdchair.uses.answer_question.answer import Answer, Written, not_answered
from thirdchair.uses.answer_question.answering import Retrieved, Shown
from thirdchair.uses.answer_question.model_reply import Problem, Statement, read_reply, reply_schema
from thirdchair.uses.answer_question.wording import DUE, NOT_REVIEWED, NOTICE_WRITTEN
from thirdchair.uses.prompts import texts_in

REPLY_TOKENS: Final = 700
"""Longest reply; six sentences with their citations need about half of it."""
NOTHING_FITS: Final = "NONE"
"""What a model writes in place of prose where no passage answers."""

_TEXTS: Final = ("task", "as_json", "as_prose", "repair")
_MADE_OF: Final = (
    "answer.py",
    "answering.py",
    "generative.py",
    "model_reply.py",
    "own_care.py",
    "own_care_chinese.py",
    "own_care_diagnosis.py",
    "own_care_medicine.py",
    "own_care_person.py",
    "prompt.md",
    "support.py",
    "wording.py",
    "weights/support.json",
)

Flow = Generator[Progress | Ask, Reply | None, Answer]


def answer(retrieved: Retrieved, *, prompt: str, fenced: Callable[[str], str]) -> Flow:
    """An answer written by a model from what was retrieved, or a person offered.

    Args:
        prompt: `prompt.md`, with its sections for every language.
        fenced: makes text harmless as structure, without losing a word of it; the gateway's, since a use knows no
            safeguard. It is applied to the question and to each passage.

    Raises:
        ModelFailed: it declined, or two replies could not be read.
    """
    words = texts_in(prompt, retrieved.language, _TEXTS)
    numbered = numbered_passages(retrieved)
    problem: Problem | None = None
    for _ in range(2):
        reply = yield _ask(words, "as_json", _user_message(retrieved, fenced), problem)
        if reply is None:
            raise TypeError("an Ask is answered with a Reply")
        if reply.finish is Finish.DECLINED:
            raise ModelFailed("declined")
        cut_off = reply.finish is Finish.CUT_OFF
        outcome = "cut_off" if cut_off else read_reply(reply.text, numbered.keys())
        if not isinstance(outcome, str):
            return answer_of(outcome, retrieved)
        problem = outcome
    raise ModelFailed("cut_off" if problem == "cut_off" else "unreadable")


def ask_for_prose(retrieved: Retrieved, *, prompt: str, fenced: Callable[[str], str]) -> Ask:
    """The same question for a reply that is shown as it comes: sentences, each ending in its numbers in brackets.

    Where nothing fits, the reply is the word `NOTHING_FITS`. Arguments as in `answer`.
    """
    words = texts_in(prompt, retrieved.language, _TEXTS)
    return _ask(words, "as_prose", _user_message(retrieved, fenced), None)


def answer_of(statements: Sequence[Statement], retrieved: Retrieved) -> Answer:
    """The answer that these statements make; with none, a person is offered."""
    numbered = numbered_passages(retrieved)
    written = tuple(
        Written(one.text, tuple(numbered[number].passage.id for number in one.cited)) for one in statements
    )
    if not written:
        return not_answered("no_support", retrieved.language, chance=retrieved.chance)
    cited = {number for one in statements for number in one.cited}
    used = [passage for number, passage in numbered.items() if number in cited]
    return Answer(
        quotes=(),
        instead="",
        reason="",
        passages=tuple(dict.fromkeys([*retrieved.to_read, *(one.passage.id for one in used)])),
        notices=notices_of(used, retrieved),
        chance=retrieved.chance,
        written=written,
    )


def numbered_passages(retrieved: Retrieved) -> Mapping[str, Shown]:
    """The passages by the numbers a model knows them by: "p1", "p2", ..."""
    return {f"p{place}": shown for place, shown in enumerate(retrieved.shown, start=1)}


def notices_of(used: Sequence[Shown], retrieved: Retrieved) -> tuple[str, ...]:
    """What must be shown with an answer that rests on these passages."""
    notices = [NOTICE_WRITTEN[retrieved.language]]
    if not all(one.page.is_reviewed for one in used):
        notices.append(NOT_REVIEWED[retrieved.language])
    if any(one.is_due for one in used):
        notices.append(DUE[retrieved.language])
    return tuple(notices)


@cache
def method_digest() -> str:
    """SHA-256, in hex, of the code, the weights and the prompt of this method; the model's and the library's are apart
    from it."""
    here, uses = files("thirdchair.uses.answer_question"), files("thirdchair.uses")
    made_of = [*(here / name for name in _MADE_OF), uses / "prompts.py"]
    parts = (hashlib.sha256(part.read_bytes()).hexdigest() for part in made_of)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _user_message(retrieved: Retrieved, fenced: Callable[[str], str]) -> str:
    passages = "\n\n".join(
        f"[{number}] {fenced(f'{one.page.title}: {one.passage.title}')}\n{fenced(one.passage.text)}"
        for number, one in numbered_passages(retrieved).items()
    )
    return f"PASSAGES\n\n{passages}\n\nQUESTION\n\n{fenced(retrieved.question)}"


def _ask(words: Mapping[str, str], form: str, user: str, problem: Problem | None) -> Ask:
    """The instructions as the system's, everything else as the user's; the unreadable reply is not sent back."""
    repair = f"\n\n{words['repair'].replace('{problem}', problem)}" if problem else ""
    return Ask(
        messages=(
            Message("system", f"{words['task']}\n\n{words[form]}{repair}"),
            Message("user", user),
        ),
        schema=reply_schema() if form == "as_json" else {},
        max_tokens=REPLY_TOKENS,
    )
