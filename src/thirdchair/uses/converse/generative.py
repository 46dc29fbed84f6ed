"""The method of `converse`: what a model is asked with the conversation so far, and its reply as plain words.

Pure: it composes a question and reads a reply. Whether the reply may be shown is the gateway's to judge (`gateway.conversing`).
There is no extractive method: a program that quotes holds no conversation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from thirdchair.errors import ModelFailed
from thirdchair.records import Ask, Finish, Language, Message, Reply
from thirdchair.uses.prompts import texts_in

REPLY_TOKENS: Final = 300
"""Longest reply; five short sentences need about half of it."""
MOST_MESSAGES: Final = 24
"""Of the conversation so far that are sent, the newest; older ones stay here."""
LONGEST_MESSAGE: Final = 4000
"""Characters of one message."""

_MADE_OF: Final = ("generative.py", "prompt.md")


def ask_for_reply(messages: Sequence[Message], *, prompt: str, language: Language) -> Ask:
    """The question to a model.

    Args:
        messages: of "user" and "assistant", oldest first; the last is the person's.
        prompt: `prompt.md`, with its section for every language.

    Raises:
        ValueError: the last message is not the person's, or one is longer than `LONGEST_MESSAGE`.
    """
    if not messages or messages[-1].role != "user" or any(len(m.content) > LONGEST_MESSAGE for m in messages):
        raise ValueError("a conversation ends in the person's own words, and no message is over-long")
    told = texts_in(prompt, language, ("task",))["task"]
    newest = list(messages[-MOST_MESSAGES:])
    while newest[0].role != "user":  # the servers' templates begin with the person
        newest.pop(0)
    return Ask((Message("system", told), *newest), max_tokens=REPLY_TOKENS)


def read_reply(reply: Reply) -> str:
    """The words of a reply; what was cut off ends with its last whole sentence.

    Raises:
        ModelFailed: it declined, or said nothing that is whole.
    """
    text = reply.text.strip()
    if reply.finish is Finish.DECLINED:
        raise ModelFailed("declined")
    if reply.finish is Finish.CUT_OFF:
        text = text[: max(text.rfind(mark) for mark in ".!?。！？") + 1].strip()
    if not text:
        raise ModelFailed("cut_off" if reply.finish is Finish.CUT_OFF else "unreadable")
    return text


@cache
def method_digest() -> str:
    """SHA-256, in hex, of the code and the prompt of this method; the model's is apart from it."""
    here, uses = files("thirdchair.uses.converse"), files("thirdchair.uses")
    made_of = [*(here / name for name in _MADE_OF), uses / "prompts.py"]
    parts = (hashlib.sha256(part.read_bytes()).hexdigest() for part in made_of)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
