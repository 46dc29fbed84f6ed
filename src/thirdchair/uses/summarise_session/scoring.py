"""How strongly each passage belongs in each component: linear readers over cues, place and neighbours.

There is one reader for each component and side of the room, because a clinician's "sleep" is a question and a
patient's is an answer. A reader starts from weights set by clinical judgement (`_JUDGEMENT`); training moves them only as far
as labelled sessions insist (benchmarks/train_summariser.py, weights/README.md).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from thirdchair.language.likeness import Likeness
from thirdchair.records import Component, Language, SpeakerRole
from thirdchair.records.transcript import count_words
from thirdchair.uses.summarise_session.cues import CUES, cues_in
from thirdchair.uses.summarise_session.passages import Passage

Reader = tuple[Component, str]
"""A component and the side that spoke: "clinician", or "other" for patient, companion and unknown."""

READERS: Final[tuple[Reader, ...]] = (
    (Component.SYMPTOMS_AND_HISTORY, "other"),
    (Component.SYMPTOMS_AND_HISTORY, "clinician"),
    (Component.PATIENT_DISCOVERY, "other"),
    (Component.REFLECTING, "clinician"),
    (Component.INTERVENTIONS, "clinician"),
    (Component.PLAN, "other"),
    (Component.PLAN, "clinician"),
)

_TOPICS: Final = (
    "mood", "anxiety", "psychosis", "sleep", "appetite", "body", "concentration", "course", "history", "medication",
    "substance", "family", "living", "emotion", "wish", "plan", "danger", "technique",
)  # fmt: skip
_SHAPE: Final = (
    "length", "very_short", "very_long", "opening", "closing", "last_words", "asks", "answers", "leans_on_question",
    "opens_turn", "central", "rare", "then_reflected", "after_disclosure",
)  # fmt: skip
FEATURES: Final = (*CUES, *(f"asked_{topic}" for topic in _TOPICS), *_SHAPE)
_PLACE: Final = {name: place for place, name in enumerate(FEATURES)}

_NOT_CONTENT: Final = {"courtesy": -1.5, "admin": -1.5, "very_short": -1.5, "assent": -0.4}
_JUDGEMENT: Final[dict[Reader, dict[str, float]]] = {
    (Component.SYMPTOMS_AND_HISTORY, "other"): {
        "bias": -2.2, "mood": 1.2, "anxiety": 1.1, "psychosis": 1.1, "sleep": 1.3, "appetite": 1.1, "body": 1.1,
        "concentration": 1.0, "course": 0.9, "number": 0.5, "history": 1.0, "medication": 1.2, "substance": 0.8,
        "living": 0.3, "family": 0.1, "asked_sleep": 0.8, "asked_appetite": 0.7, "asked_mood": 0.7, "asked_body": 0.7,
        "asked_medication": 0.9, "asked_history": 0.8, "asked_psychosis": 0.7, "asked_anxiety": 0.7, "asked_course": 0.6,
        "asked_concentration": 0.7, "asked_substance": 0.5, "opening": 0.4, "closing": -0.4, "asks": -1.5, "wish": -0.4,
        "belief": -0.4, "length": 1.0, "rare": 0.3, "central": 0.5, **_NOT_CONTENT,
    },
    (Component.SYMPTOMS_AND_HISTORY, "clinician"): {
        "bias": -3.4, "mood": 0.6, "sleep": 0.5, "body": 0.7, "course": 0.7, "number": 0.6, "history": 1.4, "medication": 0.9,
        "finding": 1.0, "asks": -2.5, "suggestion": -1.0, "plan": -1.2, "reflection": -0.8, "technique": -0.8,
        "teaching": -1.0, "length": 0.8, **_NOT_CONTENT,
    },
    (Component.PATIENT_DISCOVERY, "other"): {
        "bias": -2.4, "emotion": 1.1, "belief": 1.4, "wish": 1.0, "first_person": 0.4, "family": 0.4, "living": 0.1,
        "then_reflected": 0.8, "asked_emotion": 0.5, "asked_wish": 0.5, "asks": -1.5, "medication": -0.6, "body": -0.4,
        "number": -0.3, "sleep": -0.3, "commitment": -0.4, "plan": -0.4, "length": 1.2, "central": 0.3, "rare": 0.3,
        **_NOT_CONTENT,
    },
    (Component.REFLECTING, "clinician"): {
        "bias": -3.0, "reflection": 2.6, "recap": 1.2, "second_person": 0.8, "emotion": 0.7, "belief": 0.2, "validation": 0.2,
        "after_disclosure": 0.6, "asks": -0.9, "suggestion": -1.5, "plan": -1.2, "teaching": -0.9, "technique": -0.8,
        "medication": -0.4, "finding": -0.6, "length": 1.0, **_NOT_CONTENT,
    },
    (Component.INTERVENTIONS, "clinician"): {
        "bias": -3.0, "technique": 2.0, "teaching": 1.4, "suggestion": 1.3, "validation": 0.2, "recap": -0.5, "reflection": -0.9,
        "plan": -0.5, "opening": -0.6, "length": 0.9, "asks": -0.4, "history": -0.4, **_NOT_CONTENT,
    },
    (Component.PLAN, "other"): {
        "bias": -4.0, "plan": 1.2, "commitment": 1.6, "closing": 1.4, "last_words": 0.3, "asked_plan": 1.2, "asked_technique": 0.4,
        "number": 0.3, "asks": -1.2, "length": 0.6, "belief": -0.5, "history": -0.5, **_NOT_CONTENT,
    },
    (Component.PLAN, "clinician"): {
        "bias": -3.6, "plan": 2.4, "suggestion": 0.4, "medication": 0.5, "closing": 1.3, "last_words": 0.2, "number": 0.4,
        "opening": -1.2, "asks": -0.8, "recap": -0.6, "reflection": -0.9, "length": 0.7, **_NOT_CONTENT,
    },
}  # fmt: skip


_FEW_WORDS: Final = 3
_STATES_THEN_ASKS: Final = re.compile(
    r"(?:so |and |okay,? )?(?:you(?:'re|'ve)?\b|it(?:'s| is| sounds| seems| must)|sounds|part of you)|^(?:听起来|听上去|所以|你|您)",
    re.IGNORECASE,
)
_ASKING_THAT_COUNTS: Final = {
    Component.INTERVENTIONS: ("technique", "suggestion"),
    Component.PLAN: ("plan",),
}


_CLINICAL: Final = (
    "mood", "anxiety", "psychosis", "sleep", "appetite", "body", "concentration", "course", "history", "medication",
    "substance", "living",
)  # fmt: skip
_TOLD_ONCE: Final = ("mood", "anxiety", "psychosis", "sleep", "appetite", "concentration", "medication")
_NOT_A_REPORT: Final = ("teaching", "suggestion", "technique", "condition", "validation", "commitment")
"""What a clinician explains, suggests or says of an "if" is no symptom of this patient: it is an intervention or a plan."""

_UNDERTAKEN: Final = ("plan", "commitment", "asked_plan")
"""One of these must be spoken of before a patient's words are a plan: standing near the end does not make them one."""


def side_of(passage: Passage) -> str:
    """Which readers read this passage."""
    return "clinician" if passage.role is SpeakerRole.CLINICIAN else "other"


def judged_weights() -> dict[Reader, NDArray[np.float64]]:
    """The weights before any training, shape (features + 1,) each; the last is the bias."""
    return {reader: _as_array(weights) for reader, weights in _JUDGEMENT.items()}


@cache
def shipped_weights() -> dict[Reader, NDArray[np.float64]]:
    """The trained weights, shape (features + 1,) each; the last is the bias.

    Raises:
        ValueError: the file was trained for other features than the code reads.
    """
    text = (files("thirdchair.uses.summarise_session") / "weights" / "readers.json").read_text(
        encoding="utf-8"
    )
    stored: Mapping[str, Any] = json.loads(text)
    if tuple(stored["features"]) != FEATURES:
        raise ValueError(
            "weights/readers.json was trained for other features; run benchmarks.train_summariser"
        )
    return {reader: _as_array(stored["weights"][f"{reader[0]}/{reader[1]}"]) for reader in READERS}


def weights_as_json(weights: Mapping[Reader, NDArray[np.float64]]) -> dict[str, Any]:
    """What `shipped_weights` reads."""
    return {
        "features": list(FEATURES),
        "weights": {
            f"{component}/{side}": {
                name: round(float(weight), 3)
                for name, weight in zip((*FEATURES, "bias"), weights[(component, side)], strict=True)
                if round(float(weight), 3)
            }
            for component, side in READERS
        },
    }


def _as_array(weights: Mapping[str, float]) -> NDArray[np.float64]:
    array = np.zeros(len(FEATURES) + 1)
    for name, weight in weights.items():
        array[len(FEATURES) if name == "bias" else _PLACE[name]] = weight
    return array


def score(
    passages: Sequence[Passage],
    matrix: NDArray[np.float64],
    weights: Mapping[Reader, NDArray[np.float64]],
) -> list[dict[Component, float]]:
    """For each passage, the probability (0 to 1) that a note would carry it, by component that may hold it."""
    chances: dict[Reader, NDArray[np.float64]] = {
        reader: 1 / (1 + np.exp(-(matrix @ weights[reader][:-1] + weights[reader][-1]))) for reader in READERS
    }
    return [
        {
            component: float(chances[component, side][place])
            for component, side in READERS
            if side == side_of(passage) and _may_hold(component, passage, matrix[place])
        }
        for place, passage in enumerate(passages)
    ]


def _may_hold(component: Component, passage: Passage, row: NDArray[np.float64]) -> bool:
    """Whether the passage could stand in the component at all.

    Left out: what says nothing to someone who was not there, talk about the room, and answers to a question about danger,
    which belong to the risk section alone. A question is no finding: it counts only where asking is itself a
    reflection, a technique or a plan.
    """
    if row[_PLACE["very_short"]] or passage.dangles or row[_PLACE["asked_danger"]] or _is_small_talk(row):
        return False
    if component is Component.REFLECTING and passage.asks:
        return _STATES_THEN_ASKS.match(passage.text) is not None and _belongs(component, passage, row)
    if passage.asks and not any(row[_PLACE[cue]] for cue in _ASKING_THAT_COUNTS.get(component, ())):
        return False
    return _belongs(component, passage, row)


def _is_small_talk(row: NDArray[np.float64]) -> bool:
    """Greetings and the room, unless something clinical is said in the same breath."""
    return _any(row, ("courtesy", "admin")) and not _any(row, (*_CLINICAL, "danger", "plan", "commitment"))


def _belongs(component: Component, passage: Passage, row: NDArray[np.float64]) -> bool:
    """Whether the passage speaks of what the component is for."""
    clinician = side_of(passage) == "clinician"
    if clinician and passage.terse and not passage.asks and component is not Component.REFLECTING:
        return False
    if component is Component.PATIENT_DISCOVERY and passage.terse and passage.question is None:
        return False
    if component is Component.PLAN and passage.asks and not row[_PLACE["closing"]]:
        return False
    if component is Component.SYMPTOMS_AND_HISTORY and clinician:
        return _any(row, ("finding",)) or not _any(row, _NOT_A_REPORT)
    if component is Component.REFLECTING:
        mirrors = _any(row, ("reflection", "recap")) and passage.question is None
        return mirrors and not _any(row, ("commitment", "courtesy"))
    if component is Component.PLAN and not clinician:
        return _any(row, _UNDERTAKEN)
    return True


def _any(row: NDArray[np.float64], names: Sequence[str]) -> bool:
    return any(row[_PLACE[name]] > 0 for name in names)


def topics_of(matrix: NDArray[np.float64]) -> list[frozenset[str]]:
    """The clinical topics that each passage answers a clinician's question on."""
    return [
        frozenset(topic for topic in _TOLD_ONCE if row[_PLACE["answers"]] and row[_PLACE[f"asked_{topic}"]])
        for row in matrix
    ]


def feature_matrix(
    passages: Sequence[Passage], likeness: Likeness, language: Language
) -> NDArray[np.float64]:
    """What the readers see: float array (passages, features), every feature from 0 to 1."""
    cues = [cues_in(passage.text, language) for passage in passages]
    matrix = np.zeros((len(passages), len(FEATURES)))
    central, rare = likeness.to_the_whole(), likeness.rarity()
    for place, passage in enumerate(passages):
        for cue, strength in cues[place].items():
            matrix[place, _PLACE[cue]] = strength
        if not passage.terse:
            matrix[place, _PLACE["assent"]] = 0.0  # the yes that opens a disclosure takes nothing from it
        for name, strength in _shape(passage).items():
            matrix[place, _PLACE[name]] = strength
        matrix[place, _PLACE["central"]] = central[place]
        matrix[place, _PLACE["rare"]] = rare[place]
        for name, strength in _neighbours(passages, cues, place).items():
            matrix[place, _PLACE[name]] = strength
    return matrix


def _shape(passage: Passage) -> dict[str, float]:
    words = count_words(passage.text)
    return {
        "length": min(1.0, math.log2(1 + words) / 5),
        "very_short": float(words <= _FEW_WORDS and passage.question is None),
        "very_long": float(words > 40),
        "opening": max(0.0, 1 - passage.place / 0.2),
        "closing": max(0.0, (passage.place - 0.7) / 0.3),
        "last_words": float(passage.place > 0.96),
        "asks": float(passage.asks),
        "answers": float(passage.answers),
        "leans_on_question": float(passage.question is not None),
        "opens_turn": float(passage.first),
    }


def _neighbours(
    passages: Sequence[Passage], cues: Sequence[Mapping[str, float]], place: int
) -> dict[str, float]:
    """What the other side said just before and just after."""
    found: dict[str, float] = {}
    mine = side_of(passages[place])
    before = next(
        (at for at in range(place - 1, max(-1, place - 6), -1) if side_of(passages[at]) != mine), None
    )
    after = next(
        (at for at in range(place + 1, min(len(passages), place + 5)) if side_of(passages[at]) != mine), None
    )
    if before is not None and passages[before].asks:
        found |= {f"asked_{topic}": cues[before][topic] for topic in _TOPICS if topic in cues[before]}
    if before is not None and mine == "clinician":
        found["after_disclosure"] = max(cues[before].get("emotion", 0.0), cues[before].get("belief", 0.0))
    if after is not None and mine == "other":
        found["then_reflected"] = cues[after].get("reflection", 0.0)
    return found
