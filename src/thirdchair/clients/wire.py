"""What is posted to an OpenAI-compatible server: one `Ask` as a body, and the headers with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from thirdchair.records import Ask, Image, Message

SCHEMA_REFUSED: Final = frozenset({400, 415, 422, 501})
"""Statuses with which servers refuse a schema they cannot hold a reply to."""


def encoded_body(
    model: str, ask: Ask, *, schema_in_words: bool, stream: bool = False, counts: bool = False
) -> bytes:
    """The body of a chat request, in ASCII.

    Args:
        model: the name the server knows the model by.
        ask: the question.
        schema_in_words: the schema is written into the first message, for a server that takes none.
        stream: whether the answer comes in pieces.
        counts: whether a stream is to end with what was counted, which an answer that comes whole tells anyway.
    """
    body = _body(model, ask)
    if ask.schema and schema_in_words:
        body = {**_body(model, _in_words(ask)), "response_format": {"type": "json_object"}}
    elif ask.schema:
        named = {"name": "reply", "strict": True, "schema": dict(ask.schema)}
        body["response_format"] = {"type": "json_schema", "json_schema": named}
    if stream:
        body["stream"] = True
    if stream and counts:
        body["stream_options"] = {"include_usage": True}
    # ASCII, so that half a character in a damaged transcript is escaped and not raised, text and all
    return json.dumps(body, ensure_ascii=True).encode("ascii")


def headers(api_key: str | None) -> Mapping[str, str]:
    """The headers of every request; nothing in them tells of the host it comes from."""
    plain = {
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
        "Accept-Encoding": "identity",
        "User-Agent": "thirdchair",
    }
    return {**plain, "Authorization": f"Bearer {api_key}"} if api_key else plain


def _body(model: str, ask: Ask) -> dict[str, Any]:
    return {
        "model": model,
        "messages": [{"role": m.role, "content": _content(m)} for m in ask.messages],
        "max_tokens": ask.max_tokens,
        "temperature": ask.temperature,
        "seed": ask.seed,
    }


def _in_words(ask: Ask) -> Ask:
    """The same ask with its schema written into the first message."""
    words = f"Answer with one JSON object that satisfies this JSON Schema:\n{json.dumps(dict(ask.schema))}"
    first, *rest = ask.messages
    return replace(ask, messages=(replace(first, content=f"{first.content}\n\n{words}"), *rest))


def _content(message: Message) -> str | list[dict[str, Any]]:
    """Words alone as they are; with pictures, OpenAI's list of parts, the pictures after the words."""
    if not message.images:
        return message.content
    return [{"type": "text", "text": message.content}, *map(_picture, message.images)]


def _picture(image: Image) -> dict[str, Any]:
    return {"type": "image_url", "image_url": {"url": image.as_url}}
