"""How likely it is that the library answers a question: a logistic function of how search and question agree.

The weights are made by `benchmarks/train_support.py` from questions asked of libraries with and without their page.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from thirdchair.errors import SafeguardUnavailable
from thirdchair.library.search import Found
from thirdchair.records import Language

FEATURES: Final = (
    "words",
    "meaning",
    "covered",
    "covered_in_meaning",
    "named",
    "name_said",
    "unknown",
    "named_both_ways",
    "short_and_unnamed",
    "subject_missed",
    "lead",
    "best_covered",
)


@dataclass(frozen=True, slots=True)
class SupportWeights:
    """Weights for one language.

    Args:
        weights: by feature.
        constant: added to their sum.
        threshold: least chance, 0 to 1, at which a question is answered.
    """

    weights: Mapping[str, float]
    constant: float
    threshold: float


def support_features(found: Sequence[Found]) -> dict[str, float]:
    """What the chance is computed from, each 0 to 1 (`lead` up to about 2).

    Args:
        found: what search brought back, closest first; at least one.
    """
    first = found[0].agreement
    other = next((one for one in found if one.passage.page != found[0].passage.page), None)
    return {
        "words": first.words,
        "meaning": first.meaning,
        "covered": first.covered,
        "covered_in_meaning": first.covered_in_meaning,
        "named": first.named,
        "name_said": first.name_said,
        "unknown": first.unknown,
        "named_both_ways": first.named * first.name_said,
        # A question of two words of which one is no part of the page's name asks about something else.
        "short_and_unnamed": (1 - first.named) / first.asked,
        "subject_missed": first.subject_missed,
        "lead": first.rank - other.agreement.rank if other else first.rank,
        "best_covered": max(one.agreement.covered_in_meaning for one in found[:5]),
    }


def chance_of_support(found: Sequence[Found], language: Language) -> float:
    """Calibrated chance, 0 to 1, that what was found answers the question; 0 where nothing was found."""
    if not found:
        return 0.0
    fitted = support_weights()[language]
    features = support_features(found)
    total = fitted.constant + sum(fitted.weights[name] * features[name] for name in FEATURES)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def support_weights() -> Mapping[Language, SupportWeights]:
    """The weights that are shipped, by language.

    Raises:
        SafeguardUnavailable: they cannot be read, and nothing is answered unweighed.
    """
    try:
        text = (files("thirdchair.uses.answer_question") / "weights" / "support.json").read_text(
            encoding="utf-8"
        )
    except OSError as error:
        raise SafeguardUnavailable(
            "The weights of answering could not be read. Install Thirdchair again."
        ) from error
    held: Mapping[str, Any] = json.loads(text)
    return {
        language: SupportWeights(
            weights={name: float(held[language]["weights"][name]) for name in FEATURES},
            constant=float(held[language]["constant"]),
            threshold=float(held[language]["threshold"]),
        )
        for language in Language
    }
