"""The shape a model must answer in, and the reading of what it answered.

Everything in a reply is data from outside: its shape is checked, its length bounded, and an id that was not
shown is dropped. What is left may still be wrong; that is for grounding and the reviewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic import Field as Limited

from thirdchair.records import COMPONENTS, Component, RiskStatus, RiskTopic

LONGEST_SENTENCE: Final = 600
MOST_SENTENCES: Final = 40
MOST_CITATIONS: Final = 60

Problem = Literal["not_json", "wrong_shape"]
"""Why a reply could not be read. It goes back to the model; the reply's own words never do."""

_CITATION_IN_TEXT: Final = re.compile(r"\s*[\[(（]\s*[uU]\d+(?:\s*[-–,，、;]\s*[uU]\d+)*\s*[\])）]")
_Cited = Annotated[list[Annotated[str, StringConstraints(max_length=20)]], Limited(max_length=MOST_CITATIONS)]


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence a model wrote.

    Args:
        section: where it put it.
        text: the sentence, on one line, citations inside it taken out.
        cited: ids as given, invented ones too.
    """

    section: Component
    text: str
    cited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RiskReading:
    """What a model read about one danger in one part."""

    topic: RiskTopic
    status: RiskStatus
    cited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartReply:
    """All a model said about one part."""

    statements: tuple[Statement, ...]
    risk: tuple[RiskReading, ...]


def read_reply(text: str) -> PartReply | Problem:
    """The reply as values, or why it is none.

    >>> read_reply("I would rather talk about something else.")
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
    if set(answer.risk) != set(RiskTopic):
        return "wrong_shape"
    return _as_values(answer)


def reply_schema() -> dict[str, Any]:
    """JSON Schema of a reply, in the strict subset that servers with structured output accept."""
    cited = {"type": "array", "items": {"type": "string"}}
    reading = _object(
        status={"type": "string", "enum": [str(status) for status in RiskStatus]}, evidence=cited
    )
    statement = _object(
        section={"type": "string", "enum": [str(component) for component in COMPONENTS]},
        text={"type": "string"},
        evidence=cited,
    )
    return _object(
        sentences={"type": "array", "items": statement},
        risk=_object(**{str(topic): reading for topic in RiskTopic}),
    )


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Sentence(_Strict):
    section: Component
    text: Annotated[str, StringConstraints(max_length=LONGEST_SENTENCE)]
    evidence: _Cited


class _Reading(_Strict):
    status: RiskStatus
    evidence: _Cited


class _Answer(_Strict):
    sentences: Annotated[list[_Sentence], Limited(max_length=MOST_SENTENCES)]
    risk: dict[RiskTopic, _Reading]


def _as_values(answer: _Answer) -> PartReply:
    statements = (Statement(s.section, _one_line(s.text), _tidy(s.evidence)) for s in answer.sentences)
    return PartReply(
        statements=tuple(statement for statement in statements if statement.text),
        risk=tuple(
            RiskReading(topic, answer.risk[topic].status, _tidy(answer.risk[topic].evidence))
            for topic in RiskTopic
        ),
    )


def _one_line(text: str) -> str:
    printable = "".join(char if char.isprintable() else " " for char in _CITATION_IN_TEXT.sub("", text))
    return " ".join(printable.split())


def _tidy(cited: Iterable[str]) -> tuple[str, ...]:
    """Ids without the brackets some models copy along."""
    return tuple(item.strip().strip("[]").lower() for item in cited)
