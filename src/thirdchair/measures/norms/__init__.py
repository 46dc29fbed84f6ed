"""What people score: norm records with their source and how far each is verified, and where a score lies among them.

A figure that nobody has read in its source is null here, or stands with `verified` false and the reason why it is kept.
Which norm is used moves a place more than most models do: on the Eyes test, general samples differ by 4 of 36 points.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final, Literal, cast

from thirdchair.measures.distributions import normal_cdf
from thirdchair.measures.estimate import Estimate, Provenance, Unscored, estimated
from thirdchair.measures.proportions import proportion

_95: Final = 1.959964

Sex = Literal["women", "men"]


@dataclass(frozen=True, slots=True)
class Norm:
    """What one group of people scored on one scale.

    Args:
        instrument: "LEAS", "RMET", ...
        scale: "total", a value, a question.
        group: who they are, with place and year as far as known.
        sex: where it matters and is known.
        n: people in the group.
        mean, sd: of their scores.
        quartiles: of the means of groups, 25th, 50th and 75th percentile: a range of cultures, never of persons.
        shares: of people by category, 0 to 1.
        lowest, highest: ends of the scale.
        source: where the figures are from.
        verified: whether somebody read these very figures in that source.
        note: what a reader must know, and why an unverified figure is kept.
    """

    instrument: str
    scale: str
    group: str
    sex: Sex | None
    n: int | None
    mean: float | None
    sd: float | None
    quartiles: tuple[float, float, float] | None
    shares: Mapping[str, float] | None
    lowest: float | None
    highest: float | None
    source: str
    verified: bool
    note: str

    @property
    def named(self) -> str:
        """Instrument, scale and group, marked where not verified."""
        return f"{self.instrument}, {self.scale}: {self.group}{'' if self.verified else ' (not verified)'}"


INSTRUMENTS: Final = ("leas", "prognosis", "pvq_rr", "rand_36", "rmet", "siri2", "stigma", "suicide_vignette")
"""Names of the norm files that ship."""


def shipped_norms(instrument: str) -> tuple[Norm, ...]:
    """The norm records that ship for an instrument.

    Args:
        instrument: one of `INSTRUMENTS`.

    Raises:
        ValueError: there is no such file.

    >>> [norm.mean for norm in shipped_norms("leas") if norm.sex == "women" and norm.n == 506]
    [58.94]
    """
    if instrument not in INSTRUMENTS:
        raise ValueError(f"norms ship for {', '.join(INSTRUMENTS)}")
    return read_norms(
        resources.files("thirdchair.measures.norms").joinpath(f"{instrument}.json").read_text("utf-8")
    )


def read_norms(text: str) -> tuple[Norm, ...]:
    """The records of a norm file: JSON with `instrument`, the ends of the scale, and `norms`.

    Raises:
        ValueError: a record without group, source or `verified`, or with figures that cannot be.
    """
    try:
        found = cast(dict[str, Any], json.loads(text))
        return tuple(_norm(found, record) for record in found["norms"])
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise ValueError(
            "a norm names instrument, scale, group and source, and whether it is verified"
        ) from error


def _norm(file: Mapping[str, Any], record: Mapping[str, Any]) -> Norm:
    quartiles, shares = record.get("quartiles"), record.get("shares")
    norm = Norm(
        instrument=str(file["instrument"]),
        scale=str(record["scale"]),
        group=str(record["group"]),
        sex=record.get("sex"),
        n=record.get("n"),
        mean=record.get("mean"),
        sd=record.get("sd"),
        quartiles=None
        if quartiles is None
        else (float(quartiles[0]), float(quartiles[1]), float(quartiles[2])),
        shares=None if shares is None else {str(name): float(share) for name, share in shares.items()},
        lowest=record.get("lowest", file.get("lowest")),
        highest=record.get("highest", file.get("highest")),
        source=str(record["source"]),
        verified=record["verified"],
        note=str(record.get("note", "")),
    )
    _check(norm)
    return norm


def _check(norm: Norm) -> None:
    if type(norm.verified) is not bool or not norm.source.strip() or not norm.group.strip():
        raise ValueError(f"{norm.named}: needs a group, a source, and verified as true or false")
    if norm.sex not in (None, "women", "men"):
        raise ValueError(f"{norm.named}: sex is women, men or not given")
    if (norm.n is not None and norm.n < 1) or (norm.sd is not None and norm.sd <= 0):
        raise ValueError(f"{norm.named}: n is at least 1 and a standard deviation above 0")
    low = -math.inf if norm.lowest is None else norm.lowest
    high = math.inf if norm.highest is None else norm.highest
    if norm.mean is not None and not low <= norm.mean <= high:
        raise ValueError(f"{norm.named}: the mean lies beyond the scale")
    if norm.quartiles is not None and list(norm.quartiles) != sorted(norm.quartiles):
        raise ValueError(f"{norm.named}: quartiles are in order")
    if norm.shares is not None and not all(0 <= share <= 1 for share in norm.shares.values()):
        raise ValueError(f"{norm.named}: a share lies between 0 and 1")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a score lies among the people of one norm.

    Args:
        norm: the norm, which says whether it is verified.
        z: standard deviations above their mean.
        percentile: share of such people expected to score lower, were scores normal.
    """

    norm: Norm
    z: Estimate | Unscored
    percentile: Estimate | Unscored

    @property
    def verified(self) -> bool:
        """Whether the figures of the norm were read in their source."""
        return self.norm.verified


def place(score: float | Estimate, norm: Norm, *, provenance: Provenance) -> Place:
    """Where a score lies among the people of a norm.

    Args:
        score: one total, or an estimate of it over administrations, whose interval is then carried on.
        norm: mean, standard deviation and n must be known.

    Returns:
        Place: both `Unscored` where the norm has a null. The intervals allow for the norm being a sample. The estimates
        name the norm as their dataset, marked where it is not verified; their n is the norm's.

    Source:
        Hedges & Olkin 1985, Statistical Methods for Meta-Analysis, chapter 5 (error of a standardised distance).

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Hedges & Olkin 1985")
    >>> women = next(norm for norm in shipped_norms("leas") if norm.sex == "women" and norm.n == 506)
    >>> found = place(98, women, provenance=here)
    >>> round(found.z.value, 2), found.verified, found.z.dataset
    (4.26, False, 'LEAS, total: general population, France (not verified)')
    """
    missing = [name for name in ("n", "mean", "sd") if getattr(norm, name) is None]
    if norm.n is None or norm.mean is None or norm.sd is None:
        reason = Unscored(f"{norm.named}: {' and '.join(missing)} not known")
        return Place(norm, reason, reason)
    value = score.value if isinstance(score, Estimate) else score
    z = (value - norm.mean) / norm.sd
    of_norm = _95 * math.sqrt(1 / norm.n + z**2 / (2 * norm.n))
    below = above = of_norm
    if isinstance(score, Estimate):
        below = math.hypot(of_norm, (value - score.low) / norm.sd)
        above = math.hypot(of_norm, (score.high - value) / norm.sd)
    named = Provenance(norm.named, provenance.method, provenance.date, provenance.seed, norm.source)

    def shown(value: float, low: float, high: float, unit: str) -> Estimate:
        return estimated(
            value,
            (low, high),
            n=cast(int, norm.n),
            clusters=cast(int, norm.n),
            unit=unit,
            direction="higher",
            provenance=named,
        )

    ends = (z - below, z + above)
    normal = [normal_cdf(at) for at in (z, *ends)]
    return Place(norm, shown(z, *ends, "z"), shown(normal[0], normal[1], normal[2], "percentile, 0 to 1"))


def places(score: float | Estimate, norms: Sequence[Norm], *, provenance: Provenance) -> list[Place]:
    """Where a score lies among each of several named groups, since one norm alone would be chosen to please."""
    return [place(score, norm, provenance=provenance) for norm in norms]


def percentile_of_raters(
    score: float, raters: Sequence[float], *, provenance: Provenance
) -> Estimate | Unscored:
    """The share of raters who score lower, ties counted half.

    Args:
        score: of the method, on the raters' scale.
        raters: one score each.

    Returns:
        Estimate: 0 to 1, 95% Wilson interval over raters. `Unscored` without raters.

    >>> here = Provenance("example", "by hand", "2025-01-01", 0, "Wilson 1927")
    >>> percentile_of_raters(5, [3, 4, 5, 8], provenance=here).value
    0.625
    """
    lower = sum(1 for rater in raters if rater < score)
    tied = sum(1 for rater in raters if rater == score)
    ends = [proportion(count, len(raters), provenance=provenance) for count in (lower, lower + tied)]
    if isinstance(ends[0], Unscored) or isinstance(ends[1], Unscored):
        return Unscored("no raters to compare with")
    return estimated(
        (lower + tied / 2) / len(raters),
        (ends[0].low, ends[1].high),
        n=len(raters),
        clusters=len(raters),
        unit="percentile, 0 to 1",
        direction="higher",
        provenance=provenance,
    )


def share_gap(share: Estimate, norm: Norm, category: str) -> Estimate | Unscored:
    """How much more often a method gives a category than people do.

    Args:
        share: how often the method gives it.
        norm: its `shares` must hold the category.

    Returns:
        Estimate: -1 to 1. Where the norm's n is known, the interval allows for it being a sample; where it is not, it is
        the method's alone, and the unit says so. `Unscored` where the norm is null there.

    Source:
        Newcombe 1998, Stat Med 17:873-890, method 10 (difference of two independent shares).
    """
    if norm.shares is None or category not in norm.shares:
        return Unscored(f"{norm.named}: the share of {category} is not known")
    people = norm.shares[category]
    known = norm.n is not None
    low = high = people
    if norm.n is not None:
        squared = _95**2
        centre = (people + squared / (2 * norm.n)) / (1 + squared / norm.n)
        half = (
            _95
            * math.sqrt(people * (1 - people) / norm.n + squared / (4 * norm.n**2))
            / (1 + squared / norm.n)
        )
        low, high = centre - half, centre + half
    value = share.value - people
    return Estimate(
        value=value,
        low=value - math.hypot(share.value - share.low, high - people),
        high=value + math.hypot(share.high - share.value, people - low),
        n=share.n,
        clusters=share.clusters,
        unit="difference of shares" if known else "difference of shares, people taken as exact",
        direction=share.direction,
        dataset=f"{share.dataset}; {norm.named}",
        method=share.method,
        date=share.date,
        seed=share.seed,
        source=f"{norm.source}; Newcombe 1998",
    )


def within_quartiles(score: float, norm: Norm) -> Literal["below", "within", "above"] | Unscored:
    """Whether a score lies among the middle half of groups of people; says nothing of persons.

    >>> caring = next(norm for norm in shipped_norms("pvq_rr") if norm.scale == "benevolence, caring")
    >>> within_quartiles(1.2, caring)
    'above'
    """
    if norm.quartiles is None:
        return Unscored(f"{norm.named}: quartiles not known")
    low, _, high = norm.quartiles
    return "below" if score < low else "above" if score > high else "within"
