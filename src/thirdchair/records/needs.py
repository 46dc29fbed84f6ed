"""What a use needs of what a service holds; the rest is never handed to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Needs:
    """What a use needs of what a service holds.

    Args:
        fields: names of the record's fields it reads; a dot reaches inside ("patient.age_band").
        times: whether it needs the times of utterances.
        dates: what becomes of dates before they leave: a token, a moved date, or the year alone.
        labels: whether it needs the speakers' labels as they stand in the file; roles are always kept.
    """

    fields: frozenset[str] = frozenset()
    times: bool = False
    labels: bool = False
    dates: Literal["token", "shift", "year"] = "token"
