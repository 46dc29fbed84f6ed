"""A model's reply with names turned back, for replies that hold JSON."""

from __future__ import annotations

import json
from typing import cast

from thirdchair.safeguards.conduct import unfence
from thirdchair.safeguards.deidentify import Deidentifier


def revealed(text: str, deidentifier: Deidentifier) -> str:
    """A reply with its tokens turned back; inside JSON, string by string, so that a name may hold a quote."""
    try:
        return json.dumps(_revealed_strings(json.loads(text), deidentifier), ensure_ascii=False)
    except (ValueError, RecursionError):  # no JSON, or nested deeper than any reply is
        return deidentifier.reveal(text)


def _revealed_strings(value: object, deidentifier: Deidentifier) -> object:
    if isinstance(value, str):
        return unfence(deidentifier.reveal(value))
    if isinstance(value, list):
        return [_revealed_strings(item, deidentifier) for item in cast("list[object]", value)]
    if isinstance(value, dict):
        items = cast("dict[str, object]", value)
        return {key: _revealed_strings(item, deidentifier) for key, item in items.items()}
    return value
