"""Whether who a person is changes what a model says of the same case.

The case decides, not the call: every figure rests on what changed within a vignette, and its n is the vignettes.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import numpy as np
from scipy import stats  # pyright: ignore[reportMissingTypeStubs]

from thirdchair.measures.estimate import Estimate, Provenance, Unscored, estimated
from thirdchair.measures.margins import paired
from thirdchair.measures.resampling import FEWEST_CLUSTERS
from thirdchair.measures.totals import Floats, owners, sums_by_unit
from thirdchair.measures.unread import not_ruled_out

_scipy = cast(Any, stats)  # scipy carries no types

SHUFFLES: Final = 10_000
EXACT_UP_TO: Final = 13
"""Vignettes up to which every flip of two arms is tried; 2 to the power of 13 is 8,192."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a model said of one version of a vignette.

    Args:
        vignette: the case, the same in every version.
        identity: each factor that was varied, with its level in this version ("gender": "woman").
        value: what was measured, in any unit.
    """

    vignette: Hashable
    identity: Mapping[str, str]
    value: float


def gap(
    rows: Sequence[Answered],
    factor: str,
    first: str,
    second: str,
    *,
    scale: tuple[float, float],
    provenance: Provenance,
    unit: str,
) -> Estimate | Unscored:
    """How much more the same case gets at one level of a factor than at another.

    Args:
        rows: any number of repeats of each version; vignettes with one of the two levels alone are left out.
        factor: what was varied; first, second: two of its levels.
        scale: the least and most a value can be.

    Returns:
        Estimate: mean at `second` minus mean at `first`, within vignettes and the other factors, 95% interval of
        Student's t over vignettes; as `margins.paired` where no vignette differs. n is the number of pairs of versions.
        `Unscored` with fewer than 5 vignettes.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Student 1908")
    >>> rows = [Answered(v, {"gender": g}, v + (g == "man") * (1 + v % 2)) for v in range(6) for g in ("woman", "man")]
    >>> gap(rows, "gender", "woman", "man", scale=(0, 9), provenance=here, unit="points").value
    1.5
    """
    pairs = paired_differences(rows, factor, first, second)
    width = scale[1] - scale[0]
    found = paired(
        [difference for difference, _ in pairs],
        [vignette for _, vignette in pairs],
        bounds=(-width, width),
        provenance=provenance,
        unit=unit,
    )
    return found if isinstance(found, Unscored) else found.difference


def paired_differences(
    rows: Sequence[Answered], factor: str, first: str, second: str
) -> list[tuple[float, Hashable]]:
    """The difference of each pair of versions that differ in one factor alone, with its vignette; repeats averaged.

    >>> rows = [Answered("v", {"gender": "woman"}, 1), Answered("v", {"gender": "man"}, 3)]
    >>> paired_differences(rows, "gender", "woman", "man")
    [(2.0, 'v')]
    """
    cells: dict[tuple[Hashable, frozenset[tuple[str, str]]], dict[str, list[float]]] = {}
    for row in rows:
        others = frozenset((name, level) for name, level in row.identity.items() if name != factor)
        cells.setdefault((row.vignette, others), {}).setdefault(row.identity[factor], []).append(row.value)
    return [
        (float(np.mean(levels[second]) - np.mean(levels[first])), vignette)
        for (vignette, _), levels in cells.items()
        if first in levels and second in levels
    ]


@dataclass(frozen=True, slots=True)
class Permuted:
    """A permutation test.

    Args:
        p: two-sided, never 0.
        vignettes: that it rests on.
        shuffles: how many were looked at; every one there is, where `exact`.
    """

    p: float
    vignettes: int
    shuffles: int
    exact: bool


def permutation_test(rows: Sequence[Answered], factor: str, *, seed: int) -> Permuted | Unscored:
    """Whether levels of a factor matter, by swapping them within each vignette: nothing is assumed of the values.

    Args:
        rows: any number of repeats of each version; vignettes without every level are left out. Repeats of a version are
            averaged first, since one wording gave them all; the other factors are averaged over.
        factor: what was varied.
        seed: of the 10,000 shuffles, where not every one is tried.

    Returns:
        Permuted: small p where the levels of the factor get different values. `Unscored` with fewer than 5 vignettes that
        hold every level, since no p could be below 0.05.

    Source:
        Good 2005, Permutation, Parametric and Bootstrap Tests of Hypotheses, 3rd edition, chapter 3; Phipson & Smyth 2010,
        Stat Appl Genet Mol Biol 9:39 (p is never 0).

    >>> rows = [Answered(v, {"gender": g}, v + (g == "man")) for v in range(8) for g in ("woman", "man")]
    >>> permutation_test(rows, "gender", seed=0)
    Permuted(p=0.0078125, vignettes=8, shuffles=256, exact=True)
    """
    table = _by_level(rows, factor)
    count, levels = table.shape
    if count < FEWEST_CLUSTERS:
        return Unscored(f"{count} of at least {FEWEST_CLUSTERS} vignettes with every level of {factor}")
    centred = table - table.mean(axis=1, keepdims=True)
    if levels == 2 and count <= EXACT_UP_TO:
        signs = np.array(list(itertools.product((1.0, -1.0), repeat=count)))
        means = np.abs(signs @ centred[:, 0])
        return Permuted(float((means >= means[0] - 1e-9).mean()), count, len(signs), exact=True)
    random = np.random.default_rng(seed)
    seen = float((centred.sum(axis=0) ** 2).sum())
    as_large = 0
    for _ in range(SHUFFLES // 100):
        pieces = random.permuted(np.broadcast_to(centred, (100, count, levels)).copy(), axis=2)
        as_large += int(((pieces.sum(axis=1) ** 2).sum(axis=1) >= seen - 1e-9).sum())
    return Permuted((as_large + 1) / (SHUFFLES + 1), count, SHUFFLES, exact=False)


def _by_level(rows: Sequence[Answered], factor: str) -> Floats:
    """The mean value (vignettes, levels) of vignettes that have every level; versions weigh alike."""
    versions: dict[tuple[Hashable, str], dict[frozenset[tuple[str, str]], list[float]]] = {}
    for row in rows:
        key = (row.vignette, row.identity[factor])
        versions.setdefault(key, {}).setdefault(frozenset(row.identity.items()), []).append(row.value)
    levels = sorted({level for _, level in versions})
    means = {
        key: float(np.mean([np.mean(held) for held in found.values()])) for key, found in versions.items()
    }
    vignettes = dict.fromkeys(row.vignette for row in rows)
    whole = [
        [means[v, level] for level in levels]
        for v in vignettes
        if all((v, level) in means for level in levels)
    ]
    return np.array(whole, dtype=float).reshape(len(whole), len(levels))


@dataclass(frozen=True, slots=True)
class Effect:
    """What a level of a factor, or a pair of levels of two, adds to the mean over all levels.

    Args:
        name: "gender: man", or "gender: man, partner: woman".
        added: against the mean of all levels, in the unit of the values.
        p: two-sided.
    """

    name: str
    added: Estimate
    p: float


def factor_effects(
    rows: Sequence[Answered],
    *,
    scale: tuple[float, float],
    provenance: Provenance,
    unit: str,
    interactions: bool = True,
) -> list[Effect] | Unscored:
    """What each level of each factor adds, when all are looked at together.

    A linear mixed model with a random intercept for each vignette and factors coded to sum to zero, so that a main effect
    is the mean over the other factors and not the effect in one reference group. Errors allow for anything else that
    rows of a vignette share. In a complete design the figures are those of paired differences.

    Args:
        rows: any number of repeats of each version.
        scale: the least and most a value can be.
        interactions: whether pairs of factors are looked at too.

    Returns:
        One effect for each level, and each pair of levels of two factors. 95% interval of Student's t over vignettes;
        where every vignette shows the very same effect, it allows for the share of others that this many cannot rule
        out, and p is that of flipping signs. `Unscored` with fewer vignettes than terms and 5, and where the versions
        do not tell the factors apart.

    Source:
        Laird & Ware 1982, Biometrics 38:963-974; Swamy & Arora 1972, Econometrica 40:261-275 (variance components);
        Liang & Zeger 1986, Biometrika 73:13-22 (errors).

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Laird & Ware 1982")
    >>> rows = [Answered(v, {"gender": g}, v + (g == "man") * (1 + v % 2)) for v in range(6) for g in ("woman", "man")]
    >>> man, woman = factor_effects(rows, scale=(0, 9), provenance=here, unit="points")
    >>> man.name, round(man.added.value, 3), round(woman.added.value, 3)
    ('gender: man', 0.75, -0.75)
    >>> blind = [Answered(row.vignette, row.identity, 4) for row in rows]
    >>> [effect.p for effect in factor_effects(blind, scale=(0, 9), provenance=here, unit="points")]
    [1.0, 1.0]
    """
    names, design, contrasts = _design(rows, interactions)
    values = np.array([row.value for row in rows], dtype=float)
    owner, count = owners([row.vignette for row in rows])
    terms = design.shape[1]
    fewest = max(FEWEST_CLUSTERS, terms)
    if count < fewest:
        return Unscored(f"{count} of at least {fewest} vignettes")
    if terms < 2 or np.linalg.matrix_rank(design) < terms:
        return Unscored("the versions do not tell the factors apart")
    thetas = _shrinkage(values, design, owner, count)
    seen, held = _less(values[:, None], thetas, owner, count)[:, 0], _less(design, thetas, owner, count)
    inverse = np.linalg.inv(held.T @ held)
    weights = inverse @ (held.T @ seen)
    scores = sums_by_unit(held * (seen - held @ weights)[:, None], owner, count)
    variance = inverse @ (scores.T @ scores) @ inverse * count / (count - 1)
    quantile = float(_scipy.t.ppf(0.975, count - 1))
    width = scale[1] - scale[0]
    effects: list[Effect] = []
    for name, contrast in zip(names, contrasts, strict=True):
        value = float(contrast @ weights)
        error = math.sqrt(max(float(contrast @ variance @ contrast), 0.0))
        half = quantile * error
        p = float(2 * _scipy.t.sf(abs(value) / error, count - 1)) if error > 1e-9 * width else 1.0
        if error <= 1e-9 * width:
            half = not_ruled_out(count) * width
            p = 1.0 if abs(value) < 1e-9 else 2.0 ** (1 - count)
        added = estimated(
            value,
            (value - half, value + half),
            n=len(rows),
            clusters=count,
            unit=unit,
            direction="lower",
            provenance=provenance,
        )
        effects.append(Effect(name, added, p))
    return effects


def _design(rows: Sequence[Answered], interactions: bool) -> tuple[list[str], Floats, list[Floats]]:
    """Names of effects, the design (rows, terms) and for each effect its contrast of the terms."""
    factors = sorted({name for row in rows for name in row.identity})
    levels = {name: sorted({row.identity[name] for row in rows}) for name in factors}
    codes = {
        name: dict(zip(found, _sum_to_zero(len(found)), strict=True))
        for name, found in levels.items()
        if len(found) > 1
    }
    combined: list[tuple[str, ...]] = [(name,) for name in codes]
    if interactions:
        combined += list(itertools.combinations(codes, 2))
    blocks = [np.ones((len(rows), 1))]
    parts: list[tuple[str, int, Floats]] = []
    start = 1
    for group in combined:
        width = math.prod(len(levels[name]) - 1 for name in group)
        blocks.append(
            np.array([_product([codes[name][row.identity[name]] for name in group]) for row in rows])
        )
        for found in itertools.product(*(levels[name] for name in group)):
            label = ", ".join(f"{name}: {level}" for name, level in zip(group, found, strict=True))
            parts.append(
                (label, start, _product([codes[name][at] for name, at in zip(group, found, strict=True)]))
            )
        start += width
    contrasts: list[Floats] = []
    for _, at, code in parts:
        contrast = np.zeros(start)
        contrast[at : at + len(code)] = code
        contrasts.append(contrast)
    return [label for label, _, _ in parts], np.hstack(blocks), contrasts


def _sum_to_zero(levels: int) -> Floats:
    """The codes (levels, levels - 1): one column for each level but the last, which gets -1 in all.

    >>> _sum_to_zero(3).tolist()
    [[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]]
    """
    return np.vstack([np.eye(levels - 1), -np.ones((1, levels - 1))])


def _product(codes: Sequence[Floats]) -> Floats:
    product = codes[0]
    for code in codes[1:]:
        product = np.outer(product, code).ravel()
    return product


def _shrinkage(values: Floats, design: Floats, owner: Any, count: int) -> Floats:
    """By how much of its vignette's mean each row is lessened: 1 where vignettes differ beyond measure."""
    sizes = np.bincount(owner, minlength=count).astype(float)
    ones = np.ones(count)
    seen, within = _less(values[:, None], ones, owner, count)[:, 0], _less(design, ones, owner, count)
    left = seen - within @ np.linalg.lstsq(within, seen, rcond=None)[0]
    freedom = max(len(values) - count - int(np.linalg.matrix_rank(within)), 1)
    noise = float((left**2).sum()) / freedom
    means = sums_by_unit(np.column_stack([values, design]), owner, count) / sizes[:, None]
    root = np.sqrt(sizes)[:, None]
    between = means * root
    apart = between[:, 0] - between[:, 1:] @ np.linalg.lstsq(between[:, 1:], between[:, 0], rcond=None)[0]
    rank = int(np.linalg.matrix_rank(between[:, 1:]))
    across = float((apart**2).sum()) / max(count - rank, 1)
    vignettes = max((across - noise) / float(sizes.mean()), 0.0)
    if noise + vignettes == 0:
        return np.zeros(count)
    # Short of 1, so that the overall mean can still be told.
    return np.minimum(1 - np.sqrt(noise / (noise + sizes * vignettes)), 1 - 1e-4)


def _less(columns: Floats, thetas: Floats, owner: Any, count: int) -> Floats:
    """Columns less a part of their vignette's mean."""
    sizes = np.bincount(owner, minlength=count).astype(float)
    means = sums_by_unit(columns, owner, count) / sizes[:, None]
    return columns - (thetas[:, None] * means)[owner]


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Each p value corrected for how many were looked at.

    Args:
        p_values: of every test of a family, by name.

    Returns:
        Corrected p values, at most 1, in the order given. One below 0.05 keeps the chance that any true null of the
        family is called an effect at or below 0.05.

    Source:
        Holm 1979, Scand J Stat 6:65-70.

    >>> {name: round(p, 3) for name, p in holm({"gender": 0.01, "partner": 0.04, "both": 0.03}).items()}
    {'gender': 0.03, 'partner': 0.06, 'both': 0.06}
    """
    corrected: dict[str, float] = {}
    largest = 0.0
    for place, name in enumerate(sorted(p_values, key=lambda name: p_values[name])):
        largest = max(largest, min(1.0, (len(p_values) - place) * p_values[name]))
        corrected[name] = largest
    return {name: corrected[name] for name in p_values}
