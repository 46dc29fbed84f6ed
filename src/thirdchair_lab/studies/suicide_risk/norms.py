"""What professionals said of the original four vignettes, where the figures are known."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from thirdchair.measures.norms import Norm, read_norms, shipped_norms
from thirdchair_lab.own_files import OwnFileUnusable
from thirdchair_lab.studies.suicide_risk.design import LEVELS

SCALES: Final[Mapping[str, str]] = {
    "psychache": "psychache",
    "ideation": "suicidal ideation",
    "attempt": "suicide attempt",
    "resilience": "resilience",
}
"""What the norm records call each facet."""

Cells = Mapping[tuple[str, str], Mapping[str, Norm]]
"""By burdensomeness and thwarting, then by facet; only what is known."""


def norms_by_cell(own: Path | None = None) -> Cells:
    """The norms of the four cells from the user's file, or the shipped ones, most of which are null.

    A record's scale reads "psychache; burdensomeness low, belongingness high"; belongingness low is belonging thwarted.

    Raises:
        OwnFileUnusable: a record that cannot be.
    """
    records = shipped_norms("suicide_vignette") if own is None else _own(own)
    known = {norm.scale: norm for norm in records if _is_known(norm)}
    return {
        (burdensomeness, thwarting): {
            facet: norm
            for facet, scale in SCALES.items()
            if (norm := known.get(_named(scale, burdensomeness, thwarting)))
        }
        for burdensomeness in LEVELS["burdensomeness"]
        for thwarting in LEVELS["thwarting"]
    }


def z(norm: Norm, share: float) -> float:
    """How many standard deviations a rating, 0 to 1 on its own scale, lies above a known norm's mean."""
    if norm.mean is None or norm.sd is None or norm.lowest is None or norm.highest is None:
        raise ValueError(f"{norm.named} is not known")
    return (norm.lowest + share * (norm.highest - norm.lowest) - norm.mean) / norm.sd


def _own(path: Path) -> tuple[Norm, ...]:
    try:
        return read_norms(path.read_text("utf-8"))
    except ValueError as error:
        raise OwnFileUnusable(f"clinician_norms: {error}") from error


def _named(scale: str, burdensomeness: str, thwarting: str) -> str:
    belongingness = {"low": "high", "high": "low"}[thwarting]
    return f"{scale}; burdensomeness {burdensomeness}, belongingness {belongingness}"


def _is_known(norm: Norm) -> bool:
    return None not in (norm.mean, norm.sd, norm.lowest, norm.highest)
