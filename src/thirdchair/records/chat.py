"""What a use asks of a model and what comes back, before any wire format.

A method of a use is a generator: it yields `Progress` and `Ask`, receives a `Reply` for each `Ask`, and
returns its result. It does no input or output of its own; the gateway drives it, so no method can skip a
safeguard on the way to a model.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Literal, get_args

MediaType = Literal["image/png", "image/jpeg", "image/webp", "image/gif"]

_MEDIA_TYPES: Final = get_args(MediaType)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that goes with a message.

    Args:
        media_type: what kind of file it is.
        data: the file.

    Raises:
        ValueError: there is nothing in it, or it is of another kind.
    """

    media_type: MediaType
    data: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if self.media_type not in _MEDIA_TYPES:
            raise ValueError(f"a picture is one of {', '.join(_MEDIA_TYPES)}")
        if not self.data:
            raise ValueError("a picture has content")

    @property
    def as_url(self) -> str:
        """The whole picture as a data URL, as OpenAI's protocol takes it (RFC 2397).

        >>> Image("image/png", b"as it were").as_url
        'data:image/png;base64,YXMgaXQgd2VyZQ=='
        """
        return f"data:{self.media_type};base64,{base64.b64encode(self.data).decode('ascii')}"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat.

    Args:
        content: its words.
        images: pictures that go with them. Only studies send any: no use does, for a picture cannot be freed of identifiers.
    """

    role: Literal["system", "user", "assistant"]
    content: str
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a method is: `done` of `total` steps, in the stage named (a key, not prose)."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to a model.

    Args:
        messages: system message first; patient text only in user messages.
        schema: JSON Schema the reply must satisfy.
        max_tokens: longest reply accepted.
        temperature: 0 unless a study says otherwise.
        seed: passed on where the server takes one.
    """

    messages: tuple[Message, ...]
    schema: Mapping[str, Any] = field(default_factory=dict[str, Any])
    max_tokens: int = 1024
    temperature: float = 0.0
    seed: int = 0

    @property
    def has_images(self) -> bool:
        """Whether a picture goes with any of the messages."""
        return any(message.images for message in self.messages)


class Finish(StrEnum):
    """Why a model stopped."""

    STOP = "stop"
    CUT_OFF = "cut_off"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a model counted: those it read, and those it wrote."""

    read: int
    written: int

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.read + other.read, self.written + other.written)


@dataclass(frozen=True, slots=True)
class Reply:
    """A model's answer to one `Ask`. `usage` is None where it did not say what it counted."""

    text: str
    finish: Finish = Finish.STOP
    usage: Usage | None = None
