"""What a server's answer to a chat request means: a reply, or a refusal in our own words.

Servers echo requests in their errors, so nothing of an answer but its status and a fault's code is used.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from pydantic import BaseModel, Field, ValidationError

from thirdchair.records import Finish, Reply, Usage

LONGEST_WAIT_S: Final = 30.0
"""A server may ask for a longer pause with Retry-After; a job is not held longer than this at a time."""

MOST_TOKENS: Final = 2**53 - 1
"""What every JSON reader keeps exact."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no reply, in our own words.

    Args:
        problem: what was found.
        status: what the server answered, where it did.
        passing: it may be gone at the next attempt.
        wait_s: seconds to wait before that, where the server said so.
        down: the server was not there or could not work, as opposed to being busy or saying no.
    """

    problem: str
    status: int = 0
    passing: bool = False
    wait_s: float | None = None
    down: bool = False


def read_answer(status: int, content: bytes, retry_after: str | None) -> Reply | Refusal:
    """What the server said, given its status, body and Retry-After header."""
    if status == 429 or status >= 500:
        wait_s = seconds_to_wait(retry_after, now=datetime.now(UTC))
        # 501 will say the same again
        problem, able = f"The model's server answered {status}.", status in (429, 501)
        return Refusal(problem, status, status != 501, wait_s, down=not able)
    if status == 400 and _is_content_filter(content):
        return Reply("", Finish.DECLINED)
    if status != 200:
        return Refusal(f"The model's server answered {status}.", status)
    try:
        completion = _Completion.model_validate_json(content)
    except ValidationError:
        return Refusal("The model's server sent something that is no chat completion.", status)
    reply = _reply(completion.choices[0])
    return replace(reply, usage=read_usage(completion.usage)) if isinstance(reply, Reply) else reply


def read_usage(told: Any) -> Usage | None:
    """The tokens a server says it counted; None where it says nothing that can be read.

    >>> read_usage({"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15})
    Usage(read=12, written=3)
    >>> read_usage({"prompt_tokens": "many"}) is None
    True
    """
    try:
        counted = _Usage.model_validate(told, strict=True)
    except ValidationError:
        return None
    return Usage(counted.prompt_tokens, counted.completion_tokens)


def seconds_to_wait(retry_after: str | None, *, now: datetime) -> float | None:
    """What a Retry-After header asks for, in seconds, at most `LONGEST_WAIT_S`; None if it says nothing readable.

    Source:
        RFC 9110, section 10.2.3.

    >>> seconds_to_wait("7", now=datetime(2026, 1, 1, tzinfo=UTC))
    7.0
    >>> seconds_to_wait("Thu, 01 Jan 2026 00:00:09 GMT", now=datetime(2026, 1, 1, tzinfo=UTC))
    9.0
    >>> seconds_to_wait("soon", now=datetime(2026, 1, 1, tzinfo=UTC)) is None
    True
    """
    if retry_after is None:
        return None
    if retry_after.strip().isascii() and retry_after.strip().isdecimal():
        return min(float(retry_after), LONGEST_WAIT_S)
    try:
        asked = (parsedate_to_datetime(retry_after) - now).total_seconds()
    except (ValueError, TypeError):
        return None
    return min(max(asked, 0.0), LONGEST_WAIT_S)


class _Said(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Said
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: list[_Choice] = Field(min_length=1)
    usage: Any = None


class _Usage(BaseModel):
    prompt_tokens: int = Field(ge=0, le=MOST_TOKENS)
    completion_tokens: int = Field(ge=0, le=MOST_TOKENS)


class _Fault(BaseModel):
    code: str | int | None = None


class _FaultBody(BaseModel):
    error: _Fault


def _reply(choice: _Choice) -> Reply | Refusal:
    said = choice.message
    if said.refusal or choice.finish_reason == "content_filter":
        return Reply("", Finish.DECLINED)
    if choice.finish_reason == "length":
        return Reply(said.content or "", Finish.CUT_OFF)
    if said.content is None:
        return Refusal("The model's server sent a reply without content.", 200)
    return Reply(said.content)


def _is_content_filter(content: bytes) -> bool:
    try:
        return _FaultBody.model_validate_json(content).error.code == "content_filter"
    except ValidationError:
        return False
