"""What professionals said of the original four vignettes, where the figures are known."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

Cells = Mapping[tuple[str, str], Mapping[str, "Norm"]]
"""By burdensomeness and thwarting, then by facet."""

OWN: Final = Path(__file__).parent / "norms.json"


@dataclass(frozen=True, slots=True)
class Norm:
    """Ratings of one facet of one vignette by a group.

    Args:
        mean, sd: on the group's scale, from `lowest` to `highest`.
    """

    mean: float
    sd: float
    lowest: float
    highest: float

    def z(self, share: float) -> float:
        """How many standard deviations a rating, 0 to 1 on its own scale, lies above the group's mean.

        >>> Norm(4, 1.5, 1, 7).z(0.75)
        1.0
        """
        return (self.lowest + share * (self.highest - self.lowest) - self.mean) / self.sd


def norms_in(path: Path) -> Cells:
    """The cells of a file that are filled in; those that are null, or of an unknown scale, are left out.

    Raises:
        ValueError: a mean without a standard deviation above 0, or outside its scale.
    """
    value = json.loads(path.read_text("utf-8"))
    lowest, highest = value["scale"]["lowest"], value["scale"]["highest"]
    found: dict[tuple[str, str], dict[str, Norm]] = {}
    for cell in value["cells"]:
        if cell["mean"] is not None and lowest is not None:
            place = (cell["burdensomeness"], cell["thwarting"])
            found.setdefault(place, {})[cell["facet"]] = _norm(cell, float(lowest), float(highest))
    return MappingProxyType(found)


def _norm(cell: Mapping[str, Any], lowest: float, highest: float) -> Norm:
    if not (cell["sd"] and cell["sd"] > 0 and lowest <= cell["mean"] <= highest):
        raise ValueError(
            "clinician_norms: a cell with a mean needs a standard deviation and a mean on the scale"
        )
    return Norm(float(cell["mean"]), float(cell["sd"]), lowest, highest)
