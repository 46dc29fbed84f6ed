"""The shapes a fact in the trail may have.

No shape admits a space, a line break or any character beyond a small set of ASCII, so a sentence cannot
enter. What this does *not* catch: a single English word or a name passed where an identifier is asked for.
Callers pass identifiers they made themselves, never what a person typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, cast

FactValue = str | int | bool | list[str] | tuple[str, ...] | None

LONGEST_LIST: Final = 64
LARGEST_COUNT: Final = 2**53 - 1  # what every JSON reader keeps exact

_IDENTIFIER: Final = re.compile(r"[A-Za-z0-9._:-]{1,80}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class FactType:
    """A shape: its name for messages, and whether a value has it."""

    name: str
    accepts: Callable[[object], bool]


def is_identifier(value: object) -> bool:
    """Whether a value is 1 to 80 of the characters A-Z, a-z, 0-9, ".", "_", ":" and "-".

    >>> is_identifier("session:41"), is_identifier("slept badly"), is_identifier("睡")
    (True, False, False)
    """
    return isinstance(value, str) and _IDENTIFIER.fullmatch(value) is not None


def is_digest(value: object) -> bool:
    """Whether a value is 64 lower-case hex digits."""
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def is_count(value: object) -> bool:
    """Whether a value is a whole number from 0 to 2**53 - 1; True and False are not numbers here."""
    return type(value) is int and 0 <= value <= LARGEST_COUNT


def is_time(value: object) -> bool:
    """Whether a value is a UTC time as `stamp` writes it.

    >>> is_time("2026-03-01T09:30:00.000000Z"), is_time("2026-02-30T09:30:00.000000Z")
    (True, False)
    """
    if not isinstance(value, str) or _TIME.fullmatch(value) is None:
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def stamp(moment: datetime) -> str:
    """A moment in the one form the trail keeps: ISO 8601, UTC, microseconds.

    Raises:
        ValueError: the moment does not say its time zone.

    >>> stamp(datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
    '2026-03-01T09:30:00.000000Z'
    """
    if moment.tzinfo is None:
        raise ValueError("a moment in the trail says its time zone")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def is_plain(value: object) -> bool:
    """Whether a value has any shape at all that a fact may have."""
    return (
        value is None or isinstance(value, bool) or is_count(value) or is_identifier(value) or _is_list(value)
    )


def word(*choices: str) -> FactType:
    """One of a few words, fixed in code."""
    allowed = frozenset(choices)
    return FactType(f"one of {', '.join(choices)}", lambda value: isinstance(value, str) and value in allowed)


def optional(fact: FactType) -> FactType:
    """A fact that is always present and may be None."""
    return FactType(f"{fact.name}, or None", lambda value: value is None or fact.accepts(value))


def _is_list(value: object) -> bool:
    if not isinstance(value, (list, tuple)):
        return False
    items = cast("list[object] | tuple[object, ...]", value)
    return len(items) <= LONGEST_LIST and all(is_identifier(item) for item in items)


IDENTIFIER: Final = FactType("an identifier", is_identifier)
IDENTIFIERS: Final = FactType(f"at most {LONGEST_LIST} identifiers", _is_list)
DIGEST: Final = FactType("a SHA-256 digest", is_digest)
COMMITMENT: Final = FactType("the digest of a commitment", is_digest)
COUNT: Final = FactType("a count", is_count)
TIME: Final = FactType("a UTC time with microseconds", is_time)
FLAG: Final = FactType("True or False", lambda value: isinstance(value, bool))
