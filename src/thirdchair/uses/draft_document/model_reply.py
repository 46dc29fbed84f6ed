"""The shape a model must answer in, and the reading of what it answered. Everything in a reply is data from outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic import Field as Limited

from thirdchair.language.sentences import split_sentences
from thirdchair.uses.draft_document.document import DraftedSentence
from thirdchair.uses.prompts import cited_in

LONGEST_SENTENCE: Final = 600
MOST_SENTENCES: Final = 60
MOST_CITATIONS: Final = 30

Problem = Literal["not_json", "wrong_shape", "cut_off", "risk_left_out"]
"""Why a reply is asked for again. It goes back to the model; the reply's own words never do."""


def read_reply(
    text: str, *, parts: Sequence[str], lines: Sequence[str]
) -> tuple[DraftedSentence, ...] | Problem:
    """The sentences that rest on a line that was shown, in the order of the parts; or why it cannot be read.

    Args:
        parts: of the document, in order.
        lines: ids of the material, in order.
    """
    start, end = text.find("{"), text.rfind("}")  # some servers wrap it in a fence or a preamble
    if start < 0 or end < start:
        return "not_json"
    try:
        answer = _Answer.model_validate_json(text[start : end + 1])
    except ValidationError as error:
        # The error quotes the reply, so only its kind leaves this block.
        unparsed = any(fault["type"] == "json_invalid" for fault in error.errors(include_input=False))
        return "not_json" if unparsed else "wrong_shape"
    if any(one.part not in parts for one in answer.sentences):
        return "wrong_shape"
    kept = [(one.part, *said) for one in answer.sentences for said in _read_item(one, lines)]
    kept.sort(key=lambda one: parts.index(one[0]))
    return _numbered(kept)


def _read_item(one: _Sentence, lines: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each sentence of an item with the lines the item rests on, in their order; nothing where it rests on none.

    Models put whole paragraphs where a sentence was asked for, and each sentence is judged by itself. Numbers in brackets
    are taken out of the words and count as lines, too.
    """
    said, inside = cited_in(one.text)
    given = {*(name.strip().strip("[]").lower() for name in one.lines), *inside}
    cited = tuple(line for line in lines if line in given)
    if cited:
        yield from ((sentence.text, cited) for sentence in split_sentences(said))


def _numbered(read: Sequence[tuple[str, str, tuple[str, ...]]]) -> tuple[DraftedSentence, ...]:
    """(part, text, lines) as sentences "s1", "s2", ...; one that was written twice stands once."""
    once = dict.fromkeys(read)
    return tuple(
        DraftedSentence(f"s{place}", part, text, lines)
        for place, (part, text, lines) in enumerate(once, start=1)
    )


def reply_schema(parts: Sequence[str]) -> dict[str, Any]:
    """JSON Schema of a reply, in the strict subset that servers with structured output accept."""
    sentence = _object(
        part={"type": "string", "enum": list(parts)},
        text={"type": "string"},
        lines={"type": "array", "items": {"type": "string"}},
    )
    return _object(sentences={"type": "array", "items": sentence})


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Sentence(_Strict):
    part: str
    text: Annotated[str, StringConstraints(max_length=LONGEST_SENTENCE)]
    lines: Annotated[
        list[Annotated[str, StringConstraints(max_length=20)]], Limited(max_length=MOST_CITATIONS)
    ]


class _Answer(_Strict):
    sentences: Annotated[list[_Sentence], Limited(min_length=1, max_length=MOST_SENTENCES)]
