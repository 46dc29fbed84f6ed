"""Whether published numbers can be true: checks that need nothing but what was printed.

A number that fails cannot have come from the counts it names. That is a misprint, an unstated denominator, or worse; the
check does not say which. A number that passes may still be wrong. Numbers are given as printed, in quotes, because the
digits after the point matter: "0.60" and "0.6" allow different counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Scale = Literal["share", "percent"]


def could_be_mean(printed: str, *, n: int, items: int = 1, scale: Scale | None = None) -> bool:
    """Whether a printed mean of whole numbers can come from n of them (GRIM).

    Args:
        printed: such as "3.48", or "75.13" with scale "percent".
        n: people, sessions, or ratings; items: whole-number answers that each mean averages.
        scale: "percent" where the print is a percentage of n; None for a mean.

    Returns:
        True where some whole total, divided by n times items, rounds to what is printed (half up or half to even).

    Raises:
        ValueError: it is no number, or there is nothing to average.

    Source:
        Brown & Heathers 2017, Soc Psychol Personal Sci 8:363-369.

    >>> could_be_mean("5.19", n=28), could_be_mean("5.18", n=28)
    (False, True)
    >>> could_be_mean("75.13", n=39 * 5, scale="percent"), could_be_mean("75.13", n=390, scale="percent")
    (False, True)
    """
    if n < 1 or items < 1:
        raise ValueError("a mean has something to average")
    return bool(_counts(printed, n * items, scale=scale or "share"))


def counts_behind(printed: str, *, n: int, scale: Scale = "share") -> tuple[int, ...]:
    """The whole numbers of n that round to a printed share; empty where there is none.

    >>> counts_behind("0.62", n=140), counts_behind("75.13", n=39, scale="percent")
    ((87,), ())
    """
    return tuple(one for one in _counts(printed, n, scale=scale) if one <= n)


@dataclass(frozen=True, slots=True)
class Contrast:
    """What one reader's answers to one group of cases were printed as, against controls that other groups share.

    Args:
        positives: cases in the group.
        sensitivity: as printed, 0 to 1.
        precision: as printed (positive predictive value), or None.
        specificity: as printed, or None.
    """

    positives: int
    sensitivity: str
    precision: str | None = None
    specificity: str | None = None


def shared_false_positives(contrasts: Iterable[Contrast], *, negatives: int) -> frozenset[int]:
    """The numbers of false positives with which all contrasts can be true, where they share their negatives.

    One reader rates each control once, so every contrast has the same false positives. Averages over readers are no
    counts, and are not to be checked so.

    Args:
        negatives: controls that all contrasts share.

    Returns:
        Counts from 0 to `negatives`; empty where the contrasts cannot all be true.

    Raises:
        ValueError: a print that is no number.

    Source:
        Arithmetic of the 2 x 2 table: precision = TP / (TP + FP), so a rounded rate leaves few whole counts.

    >>> intake, later = Contrast(140, "0.62", "0.60"), Contrast(120, "0.46", "0.48")
    >>> sorted(shared_false_positives([intake, later], negatives=200))
    [59]
    >>> shared_false_positives([Contrast(140, "0.59", "0.54"), Contrast(120, "0.74", "0.48")], negatives=200)
    frozenset()
    """
    found = frozenset(range(negatives + 1))
    for contrast in contrasts:
        found &= _false_positives(contrast, negatives)
    return found


def could_sum_to_zero(printed: Sequence[str]) -> bool:
    """Whether printed values, each rounded, can come from values that sum to zero, as centred scores of a person do.

    True of means of centred scores too; not of their medians or quartiles, which need not sum to zero.

    Source:
        Schwartz 2016, Coding and analyzing PVQ-RR data (centring on each person's mean); arithmetic of rounding.

    >>> could_sum_to_zero(["0.33", "-0.33", "0.01"]), could_sum_to_zero(["0.33", "-0.33", "0.10"])
    (True, False)
    """
    return abs(sum(_number(one) for one in printed)) <= sum(_half_unit(one) for one in printed)


def _false_positives(contrast: Contrast, negatives: int) -> frozenset[int]:
    return frozenset(
        false
        for true in counts_behind(contrast.sensitivity, n=contrast.positives)
        for false in range(negatives + 1)
        if _rounds(contrast.precision, true, true + false)
        and _rounds(contrast.specificity, negatives - false, negatives)
    )


def _rounds(printed: str | None, part: int, whole: int) -> bool:
    """Whether a share rounds to what is printed; of nothing there is no share."""
    if printed is None:
        return True
    return whole > 0 and abs(Fraction(part, whole) - _number(printed)) <= _half_unit(printed)


def _counts(printed: str, n: int, *, scale: Scale) -> tuple[int, ...]:
    hundredfold = 100 if scale == "percent" else 1
    low = (_number(printed) - _half_unit(printed)) * n / hundredfold
    high = (_number(printed) + _half_unit(printed)) * n / hundredfold
    first = -((-low.numerator) // low.denominator)
    return tuple(range(first, high.numerator // high.denominator + 1))


def _number(printed: str) -> Fraction:
    try:
        found = Decimal(printed)
    except ArithmeticError:
        raise ValueError("a printed number is digits with a point") from None
    if not found.is_finite():
        raise ValueError("a printed number is digits with a point")
    return Fraction(found)


def _half_unit(printed: str) -> Fraction:
    """Half of the last printed digit; both ways of rounding a half are allowed."""
    return Fraction(1, 2 * 10 ** len(printed.partition(".")[2]))
