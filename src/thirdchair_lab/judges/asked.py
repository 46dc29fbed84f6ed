"""A question to a model that judges: yes or no, as two options under letters, in an order that the row itself draws.

A model may favour what stands first, or a letter; drawn so, neither can lean one way, and how often the first option was
chosen is counted.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from thirdchair.records import Ask, Message
from thirdchair_lab.judges.judge import Judging

_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {"answer": {"type": "string", "enum": ["A", "B"]}},
    "required": ["answer"],
    "additionalProperties": False,
}
_OBJECT: Final = re.compile(r"\{[^{}]*\}")


def is_yes_first(row: Mapping[str, str]) -> bool:
    """Whether "yes" is option A for this row."""
    return hashlib.sha256(json.dumps(dict(row), sort_keys=True).encode()).digest()[0] % 2 == 0


def put(told: str, shown: Mapping[str, str], row: Mapping[str, str], *, yes: str, no: str) -> Judging:
    """Asks which of two holds of what is shown; None where neither letter can be read.

    Args:
        told: the question.
        shown: what is judged, by name.
        row: what draws the order.
    """
    first, second = (yes, no) if is_yes_first(row) else (no, yes)
    options = f'A: {first}\nB: {second}\n\nAnswer with JSON alone: {{"answer": "A"}} or {{"answer": "B"}}.'
    reply = yield Ask(
        (
            Message("system", f"{told.strip()}\n\n{options}"),
            Message("user", json.dumps(dict(shown), ensure_ascii=False)),
        ),
        schema=_SCHEMA,
        max_tokens=30,
    )
    letter = read_letter(reply.text)
    return None if letter is None else (letter == "A") == is_yes_first(row)


def read_letter(text: str) -> str | None:
    """
    >>> read_letter('```json\\n{"answer": "B"}\\n```'), read_letter("A"), read_letter("yes")
    ('B', None, None)
    """
    found = _OBJECT.search(text)
    try:
        letter = json.loads(found[0]).get("answer") if found else None
    except json.JSONDecodeError:
        return None
    return letter if letter in ("A", "B") else None
