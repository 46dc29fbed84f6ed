"""How second readings go, counted from the trail: what came of them, how often they differed, what judgements did afterwards.

Counted for the service, never for a person, and not shown below ten, where a figure could point at someone.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Final

from thirdchair_web.trail.models import TrailEntry

FEWEST: Final = 10
"""Readings below which no figure is shown."""


@dataclass(frozen=True, slots=True)
class CommentCounts:
    """Counts for one use.

    Args:
        judgements: recorded in all.
        comments: by outcome.
        compared: comments that could be compared with the judgement of who asked.
        differed: of those, how many said another thing.
        moved: judgements given again after the comment was seen, by "up", "down", "not".
    """

    judgements: int
    comments: dict[str, int]
    compared: int
    differed: int
    moved: dict[str, int]

    @property
    def total(self) -> int:
        """Comments, whatever their outcome."""
        return sum(self.comments.values())

    @property
    def without_reading(self) -> int:
        """Comments of which nothing could be shown."""
        return self.total - self.comments.get("read", 0)

    @property
    def up(self) -> int:
        """Judgements that went up after the comment was seen; on a prognosis, darker."""
        return self.moved.get("up", 0)

    @property
    def down(self) -> int:
        """Judgements that went down."""
        return self.moved.get("down", 0)

    @property
    def unmoved(self) -> int:
        """Judgements that stayed."""
        return self.moved.get("not", 0)


def comment_counts(use: str) -> CommentCounts | None:
    """The counts for a use; None while there are fewer than ten comments."""
    made = _facts("comment_made", use)
    if len(made) < FEWEST:
        return None
    judged = _facts("judgement_recorded", use)
    compared = [facts for facts in made if facts["differs"] is not None]
    return CommentCounts(
        judgements=len(judged),
        comments=dict(Counter(facts["outcome"] for facts in made)),
        compared=len(compared),
        differed=sum(facts["differs"] for facts in compared),
        moved=dict(Counter(facts["moved"] for facts in judged if facts["after_comment"] and facts["moved"])),
    )


def _facts(kind: str, use: str) -> list[dict]:
    entries = TrailEntry.objects.filter(kind=kind).values_list("facts", flat=True)
    return [facts for entry in entries if (facts := json.loads(entry))["use"] == use]
