"""The trained part of grounding: how much each difference between a claim and its source speaks against it."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, cast

from thirdchair.errors import SafeguardUnavailable
from thirdchair.safeguards.entailment_features import FEATURES

WEIGHTS: Final = "entailment.json"


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression over `FEATURES`.

    Args:
        weights: one per feature, on its own scale.
        intercept: of the regression, in log odds of support.
        threshold: probability from which a claim counts as supported, 0 to 1.
    """

    weights: tuple[float, ...]
    intercept: float
    threshold: float

    def probability(self, values: Sequence[float]) -> float:
        """The calibrated probability of support, 0 to 1."""
        odds = self.intercept + sum(w * v for w, v in zip(self.weights, values, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))

    def against(self, values: Sequence[float]) -> dict[str, float]:
        """What each feature takes from the log odds; only those that take something."""
        taken = {name: -w * v for name, w, v in zip(FEATURES, self.weights, values, strict=True) if w * v < 0}
        return dict(sorted(taken.items(), key=lambda item: -item[1]))


@lru_cache(maxsize=1)
def model() -> Model:
    """The shipped model.

    Raises:
        SafeguardUnavailable: its file is missing, broken or made for other features.
    """
    try:
        text = (files("thirdchair.safeguards") / "weights" / WEIGHTS).read_text(encoding="utf-8")
        held = cast("dict[str, Any]", json.loads(text))
        weights = tuple(float(held["weights"][name]) for name in FEATURES)
        return Model(weights, float(held["intercept"]), float(held["threshold"]))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise SafeguardUnavailable("The weights of grounding could not be read.") from problem
