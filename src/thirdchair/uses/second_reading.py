"""How a second reading is asked for and read, the same for every use that gives one.

A second reading is a comment beside a clinician's own judgement. A model is asked once, and once more where its reply
could not be read. A reply is read strictly: what is not the whole of the named shape, with every number in its range, is no
reading. A refusal, an unreadable reply and one that was cut off are results with a name.

The form that a prompt shows holds no value that could be copied: shown zeros, a model of 1.5 billion weights gave them back as
its rating of a person.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Final, Literal, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from thirdchair.records import Ask, Case, Finish, Message, Reply, Unread
from thirdchair.uses.prompts import one_line

MOST_ASKS: Final = 2
"""Questions for one reading, at most."""
MOST_QUOTES: Final = 3
LONGEST_QUOTE: Final = 300
"""Characters of a quotation; a longer one points at nothing."""
REPLY_TOKENS: Final = 800

Problem = Literal["not_json", "wrong_shape"]
"""Why a reply is asked for again. It goes back to the model; the reply's own words never do."""

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
"""A number from 0 to 1."""
Quotations = Annotated[list[Annotated[str, StringConstraints(max_length=2_000)]], Field(max_length=20)]

T = TypeVar("T")
A = TypeVar("A", bound=BaseModel)

_REFUSAL: Final = re.compile(
    r"\bI(?:'m| am)(?: really| very| so)? sorry\b|\bI(?:'m| am) (?:un|not )able to\b|\bI (?:can(?:'t|not)|won't|must decline)\b"
    r"|\bas an AI\b|抱歉|(?:我|本人)?(?:无法|不能)(?:提供|协助|回答|进行|作出|做出|评估)|作为(?:一个|一名)?(?:AI|人工智能)",
    re.IGNORECASE,
)
_MARKS: Final = str.maketrans("‘’‛“”„‟′″—–‐‑", '\'\'\'""""\'"----')


class Answer(BaseModel):
    """The shape of a reply: every key, no other, and each of its own kind."""

    model_config = ConfigDict(extra="forbid", strict=True)


@dataclass(frozen=True, slots=True)
class Quotes:
    """Words of the case that a reading points at.

    Args:
        kept: at most three, letter for letter as they stand in the case.
        dropped: how many of the first three that the model gave do not stand in the case, or are too long.
    """

    kept: tuple[str, ...] = ()
    dropped: int = 0

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {"kept": list(self.kept), "dropped": self.dropped}


def asked(
    ask: Callable[[Problem | None], Ask], read: Callable[[str], T | Problem]
) -> Generator[Ask, Reply, T | Unread]:
    """A reading, or why there is none.

    Args:
        ask: the question; given why the reply before could not be read, the question once more.
        read: a reply's text as a reading, or why it is none.
    """
    problem: Problem | None = None
    for _ in range(MOST_ASKS):
        reply = yield ask(problem)
        if reply.finish is Finish.DECLINED:
            return Unread("refused")
        if reply.finish is Finish.CUT_OFF:
            return Unread("cut_off")
        outcome = read(reply.text)
        if not isinstance(outcome, str):
            return outcome
        if refuses(reply.text):
            return Unread("refused")
        problem = cast("Problem", outcome)
    return Unread("unreadable")


def question(
    words: Mapping[str, str],
    case: Case,
    fenced: Callable[[str], str],
    *,
    schema: Mapping[str, Any],
    problem: Problem | None,
) -> Ask:
    """What a model is asked: the instructions as the system's, the case as the user's.

    Args:
        words: "task", "as_json" and "repair", in this order wherever they stand among others.
        fenced: makes text harmless as structure without losing a word of it.
    """
    system = [text for name, text in words.items() if name != "repair"]
    if problem is not None:
        system.append(words["repair"].replace("{problem}", problem))
    return Ask(
        messages=(Message("system", "\n\n".join(system)), Message("user", _shown(case, fenced))),
        schema=schema,
        max_tokens=REPLY_TOKENS,
    )


def answered(text: str, shape: type[A]) -> A | Problem:
    """The one JSON object in a reply, in its shape; or why it is none. Text around it is passed over.

    >>> class Level(Answer):
    ...     level: int
    >>> answered('Here it is: {"level": 2}', Level).level
    2
    >>> answered('{"level": "2"}', Level)
    'wrong_shape'
    >>> answered("two", Level)
    'not_json'
    """
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        return "not_json"
    try:
        return shape.model_validate_json(text[start : end + 1].encode("utf-8", "replace"))
    except ValidationError as error:
        # The error quotes the reply, so only its kind leaves this block.
        unparsed = any(fault["type"] == "json_invalid" for fault in error.errors(include_input=False))
        return "not_json" if unparsed else "wrong_shape"


def quotes_in(case: Case, given: Iterable[str]) -> Quotes:
    """The first three quotations, as far as they stand in the case.

    White space, letter case and the form of quotation marks and dashes may differ; what is kept is the case's own.

    >>> quotes_in(Case("I said: “it’s  over”."), ["It's over", "she is fine"])
    Quotes(kept=('it’s  over',), dropped=1)
    """
    texts = [_Folded.of(text) for text in (case.text, case.history)]
    kept: dict[str, None] = {}
    dropped = 0
    for quote in [one for one in given if one.strip()][:MOST_QUOTES]:
        found = next((said for text in texts if (said := text.find(quote))), None)
        if found is None or len(found) > LONGEST_QUOTE:
            dropped += 1
        else:
            kept[found] = None
    return Quotes(tuple(kept), dropped)


def refuses(text: str) -> bool:
    """Whether a reply says that it will not give a reading. Roundabout refusals, and those beside an object, stay unreadable.

    >>> refuses("I'm sorry, but I can't help with that."), refuses("The risk is two.")
    (True, False)
    """
    return "{" not in text and _REFUSAL.search(text.translate(_MARKS)) is not None


def object_of(**properties: Any) -> dict[str, Any]:
    """JSON Schema of an object with exactly these properties, in the strict subset that servers accept."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


NUMBER: Final[Mapping[str, Any]] = {"type": "number"}
TEXT: Final[Mapping[str, Any]] = {"type": "string"}
TEXTS: Final[Mapping[str, Any]] = {"type": "array", "items": {"type": "string"}}


@cache
def digest_of(use: str) -> str:
    """SHA-256, in hex, of the code and the prompt of a use that gives a second reading."""
    here, uses = files(f"thirdchair.uses.{use}"), files("thirdchair.uses")
    made_of = [
        here / "generative.py",
        here / "reading.py",
        here / "prompt.md",
        uses / "prompts.py",
        uses / "second_reading.py",
    ]
    parts = (hashlib.sha256(part.read_bytes()).hexdigest() for part in made_of)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _shown(case: Case, fenced: Callable[[str], str]) -> str:
    parts = [("TEXT", case.text), ("HISTORY", case.history)]
    return "\n\n".join(f"{head}\n\n{_quoted(text, fenced)}" for head, text in parts if text.strip())


def _quoted(text: str, fenced: Callable[[str], str]) -> str:
    """Every line behind "> ", so that no line of a text can pass for a heading of ours."""
    return "\n".join(f"> {one_line(fenced(line))}" for line in text.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text without the differences that do not matter, and where each of its characters stood."""

    original: str
    folded: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Folded:
        chars: list[str] = []
        places: list[int] = []
        for place, char in enumerate(text):
            for plain in _plain(char):
                if plain == " " and (not chars or chars[-1] == " "):
                    continue
                chars.append(plain)
                places.append(place)
        return cls(text, "".join(chars), tuple(places))

    def find(self, quote: str) -> str | None:
        """The text's own words for a quotation, or None."""
        wanted = _Folded.of(quote).folded.strip(" '\"")
        start = self.folded.find(wanted)
        if not wanted or start < 0:
            return None
        return self.original[self.places[start] : self.places[start + len(wanted) - 1] + 1]


def _plain(char: str) -> str:
    """A character folded; a space for white space, nothing for what does not print."""
    if char.isspace():
        return " "
    if not char.isprintable():
        return ""
    return unicodedata.normalize("NFKC", char).translate(_MARKS).casefold()
