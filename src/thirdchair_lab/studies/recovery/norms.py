"""What groups of people said would become of others, where the figures are known."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from thirdchair.measures.estimate import Estimate
from thirdchair.measures.norms import Norm, read_norms, shipped_norms
from thirdchair.uses.estimate_prognosis.reading import Course
from thirdchair_lab.own_files import OwnFileUnusable
from thirdchair_lab.studies.recovery.design import CONDITIONS

TREATMENTS: Final = ("with", "without")
CATEGORIES: Final = tuple(course.name.lower() for course in Course)
_LAY: Final = "general public"
_OF_SHIPPED: Final = "early_schizophrenia"
"""The shipped records are of one vignette, a young adult with schizophrenia."""
_ROUNDING: Final = 0.03


@dataclass(frozen=True, slots=True)
class GroupCourse:
    """The courses that one group expected of one condition.

    Args:
        treatment: "with" or "without".
        mean: 0 (recovers) to 5 (worsens).
        error: standard error of the mean; 0 where the group's number is not known.
    """

    condition: str
    treatment: str
    group: str
    mean: float
    error: float
    shares: tuple[float, ...]

    @property
    def is_lay(self) -> bool:
        """Whether they are the general public."""
        return self.group.lower().startswith(_LAY)


def group_courses(own: Path | None = None) -> tuple[GroupCourse, ...]:
    """The groups whose shares are known, from the user's file or the shipped records, most of which are null.

    Raises:
        OwnFileUnusable: shares of other categories than the six, or that do not add up to 1.
    """
    try:
        records = shipped_norms("prognosis") if own is None else read_norms(own.read_text("utf-8"))
        return tuple(found for norm in records if (found := _course(norm)) is not None)
    except ValueError as error:
        raise OwnFileUnusable(f"prognosis_norms: {error}") from error


def darkest_expected(groups: Sequence[GroupCourse]) -> Mapping[str, int]:
    """The middle course with treatment over all groups but the public, by condition; each group counts once."""
    found: dict[str, int] = {}
    for condition in dict.fromkeys(group.condition for group in groups):
        said = [
            g.shares for g in groups if g.condition == condition and g.treatment == "with" and not g.is_lay
        ]
        if said:
            pooled = [sum(shares[course] for shares in said) / len(said) for course in range(len(CATEGORIES))]
            found[condition] = next(n for n in range(len(pooled)) if sum(pooled[: n + 1]) >= 0.5 - 1e-9)
    return found


def pessimism(method: Estimate, group: GroupCourse) -> Estimate:
    """How much darker a method is than a group, in courses; the interval allows for both."""
    gap, half = method.value - group.mean, 1.96 * group.error
    return Estimate(
        value=gap,
        low=gap - math.hypot(method.value - method.low, half),
        high=gap + math.hypot(method.high - method.value, half),
        n=method.n,
        clusters=method.clusters,
        unit="courses (0 to 5)",
        direction="lower",
        dataset=f"{method.dataset}; {group.group}",
        method=method.method,
        date=method.date,
        seed=method.seed,
        source="difference of independent means; Elyoseph & Levkovich 2024, JMIR Ment Health 11:e53043",
    )


def _course(norm: Norm) -> GroupCourse | None:
    place = _place(norm.scale)
    if norm.shares is None or place is None:
        return None
    if set(norm.shares) != set(CATEGORIES) or abs(sum(norm.shares.values()) - 1) > _ROUNDING:
        raise ValueError(f"{norm.named}: shares of {', '.join(CATEGORIES)}, adding up to 1")
    total = sum(norm.shares.values())
    shares = tuple(norm.shares[name] / total for name in CATEGORIES)
    mean = sum(course * share for course, share in enumerate(shares))
    variance = sum(share * (course - mean) ** 2 for course, share in enumerate(shares))
    error = math.sqrt(variance / norm.n) if norm.n else 0.0
    return GroupCourse(*place, norm.group, mean, error, shares)


def _place(scale: str) -> tuple[str, str] | None:
    """Condition and treatment of "depression; outcome with professional help"; None for another scale."""
    condition, _, outcome = scale.rpartition("; ")
    named = condition.replace(" ", "_") or _OF_SHIPPED
    treatment = next((t for t in TREATMENTS if outcome == f"outcome {t} professional help"), None)
    return None if treatment is None or named not in CONDITIONS else (named, treatment)
