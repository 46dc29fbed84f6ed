"""Where the variance of answers comes from: the item, the wording of the prompt, their interaction, or mere repetition.

A score that moves when the prompt is reworded, or when nothing changes at all, says less about the model than its mean
suggests. Items, prompts and repeats are crossed at random and balanced: every item under every prompt, equally often.
What this does *not* do: unbalanced tables, where a cell that is missing makes the result unscored and never smaller.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from thirdchair.measures.estimate import Direction, Estimate, Provenance, Unscored, estimated

Floats = NDArray[np.float64]

DRAWS: Final = 10_000

FEWEST_ITEMS: Final = 5
FEWEST_PROMPTS: Final = 2
FEWEST_REPEATS: Final = 2


@dataclass(frozen=True, slots=True)
class VarianceShares:
    """Shares of the variance of a single answer; the four add up to 1 where all are scored.

    Args:
        item: between items: what the study is about.
        prompt: between prompts, over all items alike: some wordings score everything higher.
        interaction: of item and prompt: a wording changes some items and not others.
        repeat: between repeats of the same item under the same prompt.
        reliability_of_one: of one answer to one prompt, asked once (absolute agreement; the item share again, as an ICC).
        reliability_of_mean: of an item's mean over all prompts and repeats in the table.
    """

    item: Estimate | Unscored
    prompt: Estimate | Unscored
    interaction: Estimate | Unscored
    repeat: Estimate | Unscored
    reliability_of_one: Estimate | Unscored
    reliability_of_mean: Estimate | Unscored


def variance_shares(answers: ArrayLike, *, provenance: Provenance) -> VarianceShares:
    """How the variance of scores divides over items, prompts, their interaction and repeats.

    Components by the analysis of variance, negative ones set to 0. Intervals are generalised confidence intervals: the
    mean squares are drawn anew from their chi-squared distributions, from `provenance.seed`. With 2 or 3 prompts the
    interval of the prompt share is wide, as it should be.

    Args:
        answers: float array (items, prompts, repeats), NaN where an answer has no score.

    Returns:
        VarianceShares: each an Estimate from 0 to 1 with a 95% interval, n answers in `items` clusters. A part is
        `Unscored`, with the reason, where it cannot be told: nothing varied at all (then neither shares nor reliability
        mean anything), cells are missing, fewer than 5 items, 2 prompts or 2 repeats, or no repeat ever differed (how
        rarely one would is not known).

    Raises:
        ValueError: not three dimensions.

    Source:
        Burdick, Borror & Montgomery 2005, Design and Analysis of Gauge R&R Studies, SIAM, chapters 3 and 6; Hamada &
        Weerahandi 2000, J Qual Technol 32:241-253. Reliability: Brennan 2001, Generalizability Theory (index of
        dependability).

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Burdick 2005")
    >>> noise = np.random.default_rng(1).normal(0, 1, (30, 3, 2))
    >>> shares = variance_shares(np.arange(30.0)[:, None, None] + noise, provenance=here)
    >>> round(shares.item.value, 2), round(shares.repeat.value, 2)
    (0.99, 0.01)
    >>> variance_shares(np.ones((30, 3, 2)), provenance=here).reliability_of_one
    Unscored(reason='no answer varied: reliability is the share of variance that is between items, and there is none')
    """
    table = np.asarray(answers, dtype=np.float64)
    if table.ndim != 3:
        raise ValueError("answers are items by prompts by repeats")
    if problem := _problem(table):
        return VarianceShares(*[Unscored(problem)] * 6)
    squares, degrees = _sums_of_squares(table), _degrees(table.shape)
    generator = np.random.default_rng(provenance.seed)
    drawn = squares[:, None] / np.array([generator.chisquare(one, DRAWS) for one in degrees])
    found = _parts(squares / degrees, table.shape)
    ranges = np.nanquantile(_parts(drawn, table.shape), [0.025, 0.975], axis=1)
    scored = [
        _scored(float(value), (float(low), float(high)), table, provenance)
        for value, low, high in zip(found, ranges[0], ranges[1], strict=True)
    ]
    if squares[3] == 0:
        scored[3] = Unscored("no repeat differed, so nothing shows how rarely one would")
    return VarianceShares(*scored)


def _problem(table: Floats) -> str:
    missing = int((~np.isfinite(table)).sum())
    if missing:
        return f"{missing} of {table.size} answers have no score, and the analysis needs every one"
    for name, have, need in zip(
        ("items", "prompts", "repeats"),
        table.shape,
        (FEWEST_ITEMS, FEWEST_PROMPTS, FEWEST_REPEATS),
        strict=True,
    ):
        if have < need:
            return f"{have} of at least {need} {name}"
    if np.ptp(table) == 0:
        return (
            "no answer varied: reliability is the share of variance that is between items, and there is none"
        )
    return ""


def _sums_of_squares(table: Floats) -> Floats:
    """Of items, prompts, interaction and repeats."""
    items, prompts, repeats = table.shape
    cells = table.mean(axis=2)
    by_item, by_prompt, grand = cells.mean(axis=1), cells.mean(axis=0), cells.mean()
    found = np.array(
        [
            prompts * repeats * ((by_item - grand) ** 2).sum(),
            items * repeats * ((by_prompt - grand) ** 2).sum(),
            repeats * ((cells - by_item[:, None] - by_prompt[None, :] + grand) ** 2).sum(),
            ((table - cells[:, :, None]) ** 2).sum(),
        ]
    )
    return np.where(found < 1e-12 * ((table - grand) ** 2).sum(), 0.0, found)  # rounding is no variance


def _degrees(shape: tuple[int, ...]) -> Floats:
    items, prompts, repeats = shape
    return np.array(
        [items - 1, prompts - 1, (items - 1) * (prompts - 1), items * prompts * (repeats - 1)],
        dtype=np.float64,
    )


def _parts(mean_squares: Floats, shape: tuple[int, ...]) -> Floats:
    """Four shares and two reliabilities from mean squares; float array (4,) or (4, draws)."""
    items, prompts, repeats = shape
    of_item, of_prompt, of_both, of_repeat = mean_squares
    item = np.maximum((of_item - of_both) / (prompts * repeats), 0)
    prompt = np.maximum((of_prompt - of_both) / (items * repeats), 0)
    both = np.maximum((of_both - of_repeat) / repeats, 0)
    total = item + prompt + both + of_repeat
    of_mean = item + prompt / prompts + both / prompts + of_repeat / (prompts * repeats)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.array(
            [item / total, prompt / total, both / total, of_repeat / total, item / total, item / of_mean]
        )


def _scored(
    value: float, interval: tuple[float, float], table: Floats, provenance: Provenance
) -> Estimate | Unscored:
    if not np.isfinite(value):
        return Unscored("no part of the variance can be told apart")
    direction: Direction = "higher"
    return estimated(
        value,
        interval,
        n=table.size,
        clusters=table.shape[0],
        unit="share",
        direction=direction,
        provenance=provenance,
    )
