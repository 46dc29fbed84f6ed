"""The only method of `draft_document`: a model writes, and every sentence must cite lines of the material.

It is a generator (see `records.chat`): it yields what to ask and receives the reply, and does no input or output. A
sentence that rests on no line it was shown is dropped. Every sentence leaves here UNSUPPORTED: the gateway grounds each
against its lines with `Document.judged`. Dangers the material affirms must be told in a report or a referral; where the
first draft leaves one out it is asked for again, and what is still left out is flagged (`Document.left_out`).

What it does not catch: what is left out beside danger, a true line told in the wrong tone, and danger the lexicon has no
words for. Before it runs, `human_only`, `kind_refusal` and `source_refusal` must have refused nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from thirdchair.errors import ModelFailed
from thirdchair.records import Ask, Finish, Language, Message, Progress, Reply
from thirdchair.uses.draft_document.document import Document, DraftedSentence, SourceLine, left_out_of
from thirdchair.uses.draft_document.kinds import PARTS, TELLS_RISK, DocumentKind
from thirdchair.uses.draft_document.model_reply import Problem, read_reply, reply_schema
from thirdchair.uses.prompts import one_line, texts_in

REPLY_TOKENS: Final = 2500
"""Longest reply; thirty sentences with their citations need about half of it."""

_TEXTS: Final = ("task", *DocumentKind, "as_json", "repair", "risk")
_MADE_OF: Final = (
    "document.py",
    "generative.py",
    "human_only.py",
    "kinds.py",
    "model_reply.py",
    "prompt.md",
    "wording.py",
)

Flow = Generator[Progress | Ask, Reply | None, Document]


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """What is to be drafted.

    Args:
        purpose: in the clinician's words: to whom, and what about. It is no source.
        lines: the material, "d1", "d2", ... in order.

    Raises:
        ValueError: the lines are not numbered so.
    """

    kind: DocumentKind
    purpose: str
    lines: tuple[SourceLine, ...]
    language: Language

    def __post_init__(self) -> None:
        if [line.id for line in self.lines] != [f"d{place}" for place in range(1, len(self.lines) + 1)]:
            raise ValueError("the lines of a document are numbered d1, d2, ... in order")

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of this kind, in order."""
        return PARTS[self.kind]


def draft(
    request: DocumentRequest,
    *,
    prompt: str,
    method: str,
    method_digest: str,
    fenced: Callable[[str], str],
) -> Flow:
    """A draft of the document, written by a model.

    Args:
        prompt: `prompt.md`, with its sections for every language.
        method: the registered name of the model; method_digest likewise is the caller's to know.
        fenced: makes text harmless as structure, without losing a word of it; the gateway's, since a use knows no
            safeguard. It is applied to the purpose and to each line.

    Raises:
        ModelFailed: it declined, was cut off twice, or two replies could not be read or held no sentence with a source.
    """
    problem: Problem | None = None
    written: tuple[DraftedSentence, ...] = ()
    for _ in range(2):
        reply = yield _ask(request, prompt, fenced, problem, left_out_of(request.lines, written))
        if reply is None:
            raise TypeError("an Ask is answered with a Reply")
        if reply.finish is Finish.DECLINED:
            raise ModelFailed("declined")
        outcome = _read(reply, request)
        if isinstance(outcome, str):
            problem = outcome
            continue
        written = _better(written, outcome, request)
        if request.kind not in TELLS_RISK or not left_out_of(request.lines, written):
            break
        problem = "risk_left_out"
    if not written:
        raise ModelFailed("cut_off" if problem == "cut_off" else "unreadable")
    return _document(request, written, method=method, method_digest=method_digest)


@cache
def method_digest() -> str:
    """SHA-256, in hex, of the code and the prompt of this method; the model's own digest is apart from it."""
    here, uses = files("thirdchair.uses.draft_document"), files("thirdchair.uses")
    made_of = [*(here / name for name in _MADE_OF), uses / "prompts.py"]
    parts = (hashlib.sha256(part.read_bytes()).hexdigest() for part in made_of)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _document(
    request: DocumentRequest, written: tuple[DraftedSentence, ...], *, method: str, method_digest: str
) -> Document:
    return Document(
        request.kind, request.purpose, written, request.lines, method, method_digest, request.language
    )


def _read(reply: Reply, request: DocumentRequest) -> tuple[DraftedSentence, ...] | Problem:
    if reply.finish is Finish.CUT_OFF:
        return "cut_off"
    outcome = read_reply(reply.text, parts=request.parts, lines=[line.id for line in request.lines])
    return outcome or "wrong_shape"  # sentences of which none has a source are no document


def _better(
    first: tuple[DraftedSentence, ...], second: tuple[DraftedSentence, ...], request: DocumentRequest
) -> tuple[DraftedSentence, ...]:
    """The second draft, unless it leaves out more of the dangers than the first did."""
    if first and len(left_out_of(request.lines, second)) > len(left_out_of(request.lines, first)):
        return first
    return second


def _ask(
    request: DocumentRequest,
    prompt: str,
    fenced: Callable[[str], str],
    problem: Problem | None,
    missing: tuple[str, ...],
) -> Ask:
    """The instructions as the system's, purpose and lines as the user's; the reply before is not sent back."""
    words = texts_in(prompt, request.language, _TEXTS)
    system = [words["task"], words[request.kind], words["as_json"].replace("{parts}", _listed(request.parts))]
    if problem == "risk_left_out":
        system.append(words["risk"].replace("{lines}", ", ".join(missing)))
    elif problem is not None:
        system.append(words["repair"].replace("{problem}", problem))
    return Ask(
        messages=(
            Message("system", "\n\n".join(system)),
            Message("user", _material(request, fenced)),
        ),
        schema=reply_schema(request.parts),
        max_tokens=REPLY_TOKENS,
    )


def _material(request: DocumentRequest, fenced: Callable[[str], str]) -> str:
    lines = "\n".join(f"[{line.id}] {one_line(fenced(line.text))}" for line in request.lines)
    return f"PURPOSE\n\n{fenced(request.purpose)}\n\nMATERIAL\n\n{lines}"


def _listed(parts: Iterable[str]) -> str:
    return ", ".join(f"`{part}`" for part in parts)
