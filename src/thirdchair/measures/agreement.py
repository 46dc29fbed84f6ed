"""How far two or more raters say the same, beyond what chance would give them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from thirdchair.measures.distributions import f_quantile
from thirdchair.measures.estimate import Estimate, Provenance, Unscored
from thirdchair.measures.totals import Floats, from_resampled, from_totals, owners, resample
from thirdchair.measures.unread import not_ruled_out, share

Weights = Literal["equal", "linear", "quadratic"]
Scale = Literal["nominal", "ordinal", "interval"]


def percent_agreement(
    first: Sequence[Hashable],
    second: Sequence[Hashable],
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
) -> Estimate | Unscored:
    """The share of rows that two raters label alike, chance included.

    Args:
        first, second: the labels of two raters in the same order; None where one gave none, which widens the interval.
        units: the unit of each row.

    Returns:
        Estimate: 0 to 1, higher is better, interval as `unread.share`.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Wilson 1927")
    >>> percent_agreement(list("aabb"), list("abbb"), range(4), provenance=here).value
    0.75
    """
    alike = [None if a is None or b is None else a == b for a, b in zip(first, second, strict=True)]
    return share(alike, units, provenance=provenance)


def kappa(
    first: Sequence[Hashable],
    second: Sequence[Hashable],
    units: Sequence[Hashable],
    *,
    levels: Sequence[Hashable],
    provenance: Provenance,
    weights: Weights = "equal",
) -> Estimate | Unscored:
    """Cohen's kappa: agreement of two raters beyond chance.

    Args:
        first, second: the labels of two raters in the same order, all of them in `levels`.
        units: the unit of each row.
        levels: every label there is, in order where they have one.
        weights: how disagreement counts: all alike, by distance, or by its square.

    Returns:
        Estimate: at most 1, 0 where no better than chance. Where every row agrees, the low end allows for the share of
        units that could disagree outright and yet not show. `Unscored` where both raters give one same label
        throughout, and with fewer than 5 units.

    Raises:
        ValueError: a label is not among the levels.

    Source:
        Cohen 1968, Psychol Bull 70:213-220.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Cohen 1968")
    >>> yes_no = kappa([1] * 25 + [0] * 25, [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15, range(50),
    ...     levels=[0, 1], provenance=here)
    >>> round(yes_no.value, 3)
    0.4
    >>> kappa([1] * 9, [1] * 9, range(9), levels=[0, 1], provenance=here)
    Unscored(reason='the raters use one label throughout, so chance alone agrees')
    """
    size = len(levels)
    place = {level: at for at, level in enumerate(levels)}
    if not {*first, *second} <= place.keys():
        raise ValueError("a label is not among the levels")
    cells = np.zeros((len(first), size * size))
    for row, (a, b) in enumerate(zip(first, second, strict=True)):
        cells[row, place[a] * size + place[b]] = 1
    cost = _cost(size, weights)

    def disagreement(totals: Floats) -> tuple[Floats, Floats]:
        table = totals.reshape(-1, size, size)
        table = table / table.sum(axis=(1, 2), keepdims=True)
        seen = np.einsum("mij,ij->m", table, cost)
        expected = np.einsum("mi,mj,ij->m", table.sum(axis=2), table.sum(axis=1), cost)
        return seen, expected

    def statistic(totals: Floats) -> Floats:
        seen, expected = disagreement(totals)
        return np.where(expected > 0, 1 - seen / expected, np.nan)

    expected = float(disagreement(cells.sum(axis=0)[None])[1][0]) if len(first) else 0.0
    return from_totals(
        statistic,
        cells,
        units,
        provenance=provenance,
        unit="kappa",
        undefined="the raters use one label throughout, so chance alone agrees",
        without_spread=_perfect(expected, units),
    )


def _cost(size: int, weights: Weights) -> Floats:
    apart = np.abs(np.subtract.outer(np.arange(size), np.arange(size))).astype(float)
    if weights == "equal":
        return (apart > 0).astype(float)
    return (apart / (size - 1)) ** (1 if weights == "linear" else 2) if size > 1 else apart


def _perfect(expected: float, units: Sequence[Hashable]) -> tuple[float, float] | None:
    """The interval where nobody disagreed: as many units as cannot be ruled out may yet disagree outright."""
    return (1 - not_ruled_out(owners(units)[1]) / expected, 1.0) if expected > 0 else None


def icc(
    ratings: Sequence[Sequence[float]],
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
    of: Literal["one rater", "mean of raters"] = "one rater",
) -> Estimate | Unscored:
    """Intraclass correlation for absolute agreement, raters and subjects both drawn from many.

    Args:
        ratings: (subjects, raters), complete.
        units: the unit of each subject.
        of: one rater, ICC(2,1) also written ICC(A,1); or the mean of these raters, ICC(2,k) or ICC(A,k).

    Returns:
        Estimate: at most 1, higher is better. The 95% interval of McGraw & Wong, since raters were drawn as well as subjects;
        where subjects share units, no narrower than from resampling units. `Unscored` where no rating differs, and with
        fewer than 5 units.

    Raises:
        ValueError: fewer than two raters, or rows of unequal length.

    Source:
        Shrout & Fleiss 1979, Psychol Bull 86:420-428; McGraw & Wong 1996, Psychol Methods 1:30-46.

    The six subjects and four judges of Shrout & Fleiss, table 2:

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Shrout & Fleiss 1979")
    >>> judged = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> round(icc(judged, range(6), provenance=here).value, 2)
    0.29
    >>> round(icc(judged, range(6), provenance=here, of="mean of raters").value, 2)
    0.62
    """
    table = np.asarray(ratings, dtype=float)
    if table.ndim != 2 or table.shape[1] < 2:
        raise ValueError("at least two raters judge every subject")
    raters = table.shape[1]
    # Sums of squares suffer from large means; shifting all ratings changes no mean square.
    table = table - table.mean()
    rows = np.column_stack(
        [np.ones(len(table)), table, table.sum(axis=1) ** 2 / raters, (table**2).sum(axis=1)]
    )

    def statistic(totals: Floats) -> Floats:
        n, msr, msc, mse = _mean_squares(totals)
        spread = (msc - mse) / n
        below = msr + spread if of == "mean of raters" else msr + (raters - 1) * mse + raters * spread
        return np.where(totals[:, -1] > 1e-12, (msr - mse) / below, np.nan)

    found = from_totals(
        statistic,
        rows,
        units,
        provenance=provenance,
        unit="ICC(2,k)" if of == "mean of raters" else "ICC(2,1)",
        undefined="every rating is the same",
    )
    if isinstance(found, Unscored):
        return found
    low, high = _mcgraw_wong(rows.sum(axis=0), raters)
    if of == "mean of raters":
        low, high = (raters * end / (1 + (raters - 1) * end) for end in (low, high))
    if found.clusters < found.n:
        low, high = min(low, found.low), max(high, found.high)
    return replace(found, low=min(low, found.value), high=max(high, found.value))


def _mean_squares(totals: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Subjects, and the mean squares of subjects, raters and what is left."""
    n, columns, by_subject, squares = totals[:, 0], totals[:, 1:-2], totals[:, -2], totals[:, -1]
    raters = columns.shape[1]
    correction = columns.sum(axis=1) ** 2 / (n * raters)
    between_raters = (columns**2).sum(axis=1) / n - correction
    between_subjects = by_subject - correction
    left = np.maximum(squares - correction - between_raters - between_subjects, 0)
    return n, between_subjects / (n - 1), between_raters / (raters - 1), left / ((n - 1) * (raters - 1))


def _mcgraw_wong(totals: Floats, k: int) -> tuple[float, float]:
    """The 95% interval of ICC(2,1): raters were drawn too, which resampling subjects alone would not know."""
    n, msr, msc, mse = (float(square[0]) for square in _mean_squares(totals[None]))
    rho = (msr - mse) / (msr + (k - 1) * mse + k * (msc - mse) / n)
    a = k * rho / (n * (1 - rho))
    b = 1 + k * rho * (n - 1) / (n * (1 - rho))
    freedom = (a * msc + b * mse) ** 2 / ((a * msc) ** 2 / (k - 1) + (b * mse) ** 2 / ((n - 1) * (k - 1)))
    for_low, for_high = f_quantile(0.975, n - 1, freedom), f_quantile(0.975, freedom, n - 1)
    rest = k * msc + (k * n - k - n) * mse
    low = n * (msr - for_low * mse) / (for_low * rest + n * msr)
    high = n * (for_high * msr - mse) / (rest + n * for_high * msr)
    return low, high


def alpha(
    ratings: Sequence[Sequence[float | None]],
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
    scale: Scale = "nominal",
) -> Estimate | Unscored:
    """Krippendorff's alpha: agreement of any number of raters, with gaps.

    Args:
        ratings: (subjects, raters) as numbers; None where a rater gave none. Subjects with fewer than two count nothing.
        units: the unit of each subject.
        scale: nominal, ordinal or interval: how far apart two values are.

    Returns:
        Estimate: at most 1, 0 where no better than chance, interval from resampling units. Where nobody disagrees, the
        low end allows for units that could and yet not show. `Unscored` where every value is the same, where no
        subject has two, and with fewer than 5 units.

    Source:
        Krippendorff 2019, Content Analysis, 4th edition, chapter 12.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Krippendorff 2019")
    >>> round(alpha([[1, 1], [2, 2], [3, 3], [3, 3], [2, 3], [1, None]], range(6), provenance=here).value, 3)
    0.71
    """
    present = [[float(value) for value in row if value is not None] for row in ratings]
    kept = [(row, unit) for row, unit in zip(present, units, strict=True) if len(row) > 1]
    values = sorted({value for row, _ in kept for value in row})
    if len(values) < 2:
        return Unscored("every value is the same" if values else "no subject was rated twice")
    kept_units = [unit for _, unit in kept]
    if scale == "interval":
        return _interval_alpha([row for row, _ in kept], kept_units, provenance)
    size = len(values)
    place = {value: at for at, value in enumerate(values)}
    pairs = np.zeros((len(kept), size, size))
    for at, (row, _) in enumerate(kept):
        counts = np.bincount([place[value] for value in row], minlength=size).astype(float)
        pairs[at] = (np.outer(counts, counts) - np.diag(counts)) / (len(row) - 1)

    def disagreement(totals: Floats) -> tuple[Floats, Floats]:
        table = totals.reshape(-1, size, size)
        used = table.sum(axis=2)
        n = used.sum(axis=1)
        apart = _apart(used, scale)
        seen = (table * apart).sum(axis=(1, 2)) / n
        expected = np.einsum("mi,mj,mij->m", used, used, apart) / (n * (n - 1))
        return seen, expected

    def statistic(totals: Floats) -> Floats:
        seen, expected = disagreement(totals)
        return np.where(expected > 0, 1 - seen / expected, np.nan)

    rows = pairs.reshape(len(kept), size * size)
    widest = float(_apart(rows.sum(axis=0).reshape(1, size, size).sum(axis=2), scale).max())
    expected = float(disagreement(rows.sum(axis=0)[None])[1][0])
    return from_totals(
        statistic,
        rows,
        kept_units,
        provenance=provenance,
        unit=f"alpha, {scale}",
        without_spread=_perfect(expected / widest, kept_units),
    )


def _apart(used: Floats, scale: Scale) -> Floats:
    """How far apart two values are, squared (m, values, values): on an ordinal scale, by the ratings between them."""
    size = used.shape[1]
    if scale == "nominal":
        return np.broadcast_to(1 - np.eye(size), (len(used), size, size))
    middle = used.cumsum(axis=1) - used / 2
    return (middle[:, :, None] - middle[:, None, :]) ** 2


def _interval_alpha(
    rows: list[list[float]], units: list[Hashable], provenance: Provenance
) -> Estimate | Unscored:
    centre = float(np.mean([value for row in rows for value in row]))
    summed: list[list[float]] = []
    for row in rows:
        values = np.array(row) - centre
        m = len(row)
        within = 2 * (m * float((values**2).sum()) - float(values.sum()) ** 2) / (m - 1)
        summed.append([within, float(m), float(values.sum()), float((values**2).sum())])

    def statistic(totals: Floats) -> Floats:
        within, n, total, squares = totals.T
        expected = 2 * (n * squares - total**2) / (n - 1)
        return np.where(expected > 1e-12, 1 - within / expected, np.nan)

    every = [value for row in rows for value in row]
    widest = (max(every) - min(every)) ** 2
    expected = 2 * float(np.var(every, ddof=1)) / widest
    return from_totals(
        statistic,
        np.array(summed),
        units,
        provenance=provenance,
        unit="alpha, interval",
        without_spread=_perfect(expected, units),
    )


@dataclass(frozen=True, slots=True)
class LimitsOfAgreement:
    """How far a second measurement lies from a first.

    Args:
        bias: the mean difference, second minus first.
        lower, upper: between these lie 95 of 100 differences, where differences are normal.
    """

    bias: Estimate | Unscored
    lower: Estimate | Unscored
    upper: Estimate | Unscored


def limits_of_agreement(
    first: Sequence[float],
    second: Sequence[float],
    units: Sequence[Hashable],
    *,
    provenance: Provenance,
    unit: str,
) -> LimitsOfAgreement:
    """The mean difference of two measurements and the limits within which 95 of 100 differences lie.

    Args:
        first, second: both measurements of each row, in `unit`.
        units: the unit of each row.

    Returns:
        Each with the interval from resampling units; `Unscored` with fewer than 5 units or without any spread. Lower is
        better for none of them: nearer to 0 is.

    Source:
        Bland & Altman 1986, Lancet 327:307-310.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Bland & Altman 1986")
    >>> limits = limits_of_agreement([1, 2, 3, 4, 5, 6], [2, 2, 4, 4, 6, 6], range(6), provenance=here, unit="points")
    >>> round(limits.lower.value, 2), limits.bias.value, round(limits.upper.value, 2)
    (-0.57, 0.5, 1.57)
    """
    apart = np.asarray(second, dtype=float) - np.asarray(first, dtype=float)
    middle = float(apart.mean()) if len(apart) else 0.0
    centred = apart - middle
    rows = np.column_stack([np.ones(len(apart)), centred, centred**2])

    drawn = resample(rows, units, seed=provenance.seed)
    if isinstance(drawn, Unscored):
        return LimitsOfAgreement(drawn, drawn, drawn)

    def limit(times: float) -> Estimate | Unscored:
        def statistic(totals: Floats) -> Floats:
            n, total, squares = totals.T
            spread = np.sqrt(np.maximum(squares - total**2 / n, 0) / (n - 1))
            return middle + total / n + times * spread

        return from_resampled(statistic, drawn, provenance=provenance, unit=unit, direction="lower")

    return LimitsOfAgreement(bias=limit(0), lower=limit(-1.959964), upper=limit(1.959964))
