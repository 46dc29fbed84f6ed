"""How levels of danger are placed: too low, too high, and by how much."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.unread import mean_between, share


@dataclass(frozen=True, slots=True)
class Triage:
    """How levels of danger were placed.

    Args:
        error: mean of the level given minus the true one; below 0 where danger is underrated.
        under: share placed lower than it is; over: share placed higher.
        exact: share placed as it is.
    """

    error: Estimate | Unscored
    under: Estimate | Unscored
    over: Estimate | Unscored
    exact: Estimate | Unscored


def triage(
    given: Sequence[int | None],
    true: Sequence[int],
    units: Sequence[Hashable],
    *,
    levels: tuple[int, int],
    provenance: Provenance,
) -> Triage:
    """Signed error, under-triage and over-triage on ordered levels.

    Args:
        given: levels a method gave; None where it gave none: each interval reaches to the worst of what it could be.
        true: levels given by people, in the same order.
        units: the unit of each row.
        levels: the lowest and the highest there are.

    Returns:
        Triage: a refusal cannot hide an underrated danger, since the high end of `under` counts it as one. Of a row at
        the lowest level it is known without an answer that nothing placed it lower; at the highest, higher.

    Raises:
        ValueError: a level outside the lowest and highest.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Wilson 1927")
    >>> placed = triage([0, 1, 3, 2, 3, None], [0, 2, 3, 2, 2, 3], range(6), levels=(0, 3), provenance=here)
    >>> placed.error.value, placed.under.value, round(placed.over.value, 3), placed.exact.value
    (0.0, 0.2, 0.167, 0.6)
    >>> placed.under.high > 0.5
    True
    """
    lowest, highest = levels
    pairs = list(zip(given, true, strict=True))
    if any(not lowest <= level <= highest for pair in pairs for level in pair if level is not None):
        raise ValueError("a level outside the lowest and highest")
    width = highest - lowest

    def placed(under: bool) -> list[bool | None]:
        end = lowest if under else highest
        return [
            (None if is_so != end else False) if said is None else (said < is_so if under else said > is_so)
            for said, is_so in pairs
        ]

    return Triage(
        error=mean_between(
            [(lowest if said is None else said) - is_so for said, is_so in pairs],
            [(highest if said is None else said) - is_so for said, is_so in pairs],
            units,
            bounds=(-width, width),
            provenance=provenance,
            unit="levels",
        ),
        under=share(
            placed(True), units, provenance=provenance, unit="share under-triaged", direction="lower"
        ),
        over=share(placed(False), units, provenance=provenance, unit="share over-triaged", direction="lower"),
        exact=share(
            [None if said is None else said == is_so for said, is_so in pairs],
            units,
            provenance=provenance,
            unit="share exact",
        ),
    )


def mean_absolute_error(
    given: Sequence[int | None],
    true: Sequence[int],
    units: Sequence[Hashable],
    *,
    levels: tuple[int, int],
    provenance: Provenance,
) -> Estimate | Unscored:
    """The mean number of levels between the level given and the true one.

    Args, raises: as `triage`.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Efron & Tibshirani 1993")
    >>> mean_absolute_error([0, 1, 3, 2, 3], [0, 2, 3, 2, 2], range(5), levels=(0, 3), provenance=here).value
    0.4
    """
    lowest, highest = levels
    farthest = [max(highest - is_so, is_so - lowest) for is_so in true]
    rows = list(zip(given, true, farthest, strict=True))
    return mean_between(
        [0 if said is None else abs(said - is_so) for said, is_so, _ in rows],
        [most if said is None else abs(said - is_so) for said, is_so, most in rows],
        units,
        bounds=(0, highest - lowest),
        provenance=provenance,
        unit="levels",
        direction="lower",
    )
