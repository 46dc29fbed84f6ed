"""The shape a model must answer in, and the reading of what it answered. Everything in a reply is data from outside."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic import Field as Limited

from thirdchair.uses.prompts import cited_in

LONGEST_SENTENCE: Final = 400
MOST_SENTENCES: Final = 12
MOST_CITATIONS: Final = 12

Problem = Literal["not_json", "wrong_shape", "cut_off"]
"""Why a reply could not be read. It goes back to the model; the reply's own words never do."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence a model wrote.

    Args:
        text: on one line, citations inside it taken out.
        cited: the numbers of passages that were shown, in the order they were given, each once.
    """

    text: str
    cited: tuple[str, ...]


def read_reply(text: str, shown: Collection[str]) -> tuple[Statement, ...] | Problem:
    """The sentences that cite a passage that was shown; none where the model abstained. Or why it cannot be read.

    >>> read_reply("I would rather talk about something else.", {"p1"})
    'not_json'
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
    if answer.abstain:
        return ()
    read = (read_sentence(one.text, shown, also=one.passages) for one in answer.sentences)
    return tuple(statement for statement in read if statement is not None)


def read_sentence(text: str, shown: Collection[str], *, also: Collection[str] = ()) -> Statement | None:
    """A sentence with the shown passages it cites, or None where nothing is left of either.

    Args:
        text: may hold numbers in brackets, which are taken out of it.
        also: numbers given beside it.

    >>> read_sentence("It takes weeks [p2].", {"p1", "p2"})
    Statement(text='It takes weeks.', cited=('p2',))
    >>> read_sentence("It takes weeks [p9].", {"p1", "p2"})
    """
    said, inside = cited_in(text)
    given = [*(one.strip().strip("[]").lower() for one in also), *inside]
    cited = tuple(one for one in dict.fromkeys(given) if one in shown)
    return Statement(said, cited) if said and cited else None


def reply_schema() -> dict[str, Any]:
    """JSON Schema of a reply, in the strict subset that servers with structured output accept."""
    cited = {"type": "array", "items": {"type": "string"}}
    sentence = _object(text={"type": "string"}, passages=cited)
    return _object(sentences={"type": "array", "items": sentence}, abstain={"type": "boolean"})


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
    text: Annotated[str, StringConstraints(max_length=LONGEST_SENTENCE)]
    passages: Annotated[
        list[Annotated[str, StringConstraints(max_length=20)]], Limited(max_length=MOST_CITATIONS)
    ]


class _Answer(_Strict):
    sentences: Annotated[list[_Sentence], Limited(max_length=MOST_SENTENCES)]
    abstain: bool
