"""What a client may send, in OpenAI's shape; parts that nobody here acts on are read past."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from thirdchair.records import Message
from thirdchair_web.api.errors import Problem

PREFIX: Final = "thirdchair/"
LARGEST_BODY: Final = 1_000_000
"""Bytes of one request; a session of 6,000 words is about 35,000."""


class TextPart(BaseModel):
    """A piece of a message. Pictures and sound are not taken."""

    model_config = ConfigDict(extra="ignore")
    type: Literal["text"]
    text: str


class ChatMessage(BaseModel):
    """One message. Messages of the roles system and developer are not used: the prompt is the service's own."""

    model_config = ConfigDict(extra="ignore")
    role: Literal["system", "developer", "user", "assistant"]
    content: str | list[TextPart]

    @property
    def text(self) -> str:
        """Its words."""
        return self.content if isinstance(self.content, str) else "".join(part.text for part in self.content)


class StreamOptions(BaseModel):
    """What a stream is to tell beside its words."""

    model_config = ConfigDict(extra="ignore")
    include_usage: bool = False


class ChatBody(BaseModel):
    """A chat request."""

    model_config = ConfigDict(extra="ignore")
    model: str = Field(min_length=1, max_length=200, description="thirdchair/USE or thirdchair/USE:METHOD")
    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=200)]
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: Literal[1] | None = None
    metadata: dict[str, str] | None = Field(
        default=None,
        description="patient, encounter, document, language, country: for clients that set no headers",
    )
    tools: list[Any] | None = Field(default=None, max_length=0, description="none: a model here has no tools")

    @field_validator("messages")
    @classmethod
    def _last_is_the_persons(cls, messages: list[ChatMessage]) -> list[ChatMessage]:
        if messages[-1].role != "user" or not messages[-1].text.strip():
            raise ValueError("the last message must be the person's, and not empty")
        return messages

    @property
    def use(self) -> str:
        """The use asked for; what follows a colon is the method."""
        return self.model.removeprefix(PREFIX).partition(":")[0]

    @property
    def method(self) -> str | None:
        """The method asked for by name, or None."""
        return self.model.removeprefix(PREFIX).partition(":")[2] or None

    @property
    def counts(self) -> bool:
        """Whether the client wants the tokens counted at the end of a stream."""
        return self.stream_options is not None and self.stream_options.include_usage

    def spoken(self) -> tuple[Message, ...]:
        """What the person and the assistant said."""
        return tuple(
            Message("user" if said.role == "user" else "assistant", said.text)
            for said in self.messages
            if said.role in ("user", "assistant")
        )


_NAMES: Final = frozenset(
    name for model in (ChatBody, ChatMessage, StreamOptions, TextPart) for name in model.model_fields
)


def read_body(content: bytes) -> ChatBody:
    """The request.

    Raises:
        Problem: it is no such request; says where, and never quotes it.
    """
    try:
        return ChatBody.model_validate_json(content)
    except ValidationError as wrong:
        where = sorted({_place(error["loc"]) for error in wrong.errors(include_input=False)})
    raise Problem(
        400,
        "request.unreadable",
        f"The request cannot be used as it is: look at {', '.join(where[:5])}.",
        "Send what the OpenAI chat API takes: text only, one answer, no tools.",
    )


def _place(loc: tuple[int | str, ...]) -> str:
    """Where it is, in names of ours and numbers: a client's own names could be a person's words."""
    return ".".join(str(part) for part in loc if isinstance(part, int) or part in _NAMES) or "the body"


def told(name: str, headers: Mapping[str, str], body: ChatBody) -> str:
    """What the request says of patient, encounter, document, language or country: by header, metadata, or both alike.

    Raises:
        Problem: the two differ.
    """
    by_header = headers.get(f"x-thirdchair-{name}", "").strip()
    by_metadata = (body.metadata or {}).get(name, "").strip()
    if by_header and by_metadata and by_header != by_metadata:
        raise Problem(
            400,
            "request.conflict",
            f"The header and the metadata name a different {name}.",
            f"Send the {name} once.",
        )
    return by_header or by_metadata
