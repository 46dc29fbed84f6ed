"""Every study. Each declares itself in its folder."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final

from thirdchair_lab.study import Study

NAMES: Final = (
    "suicide_risk",
    "crisis_prediction",
    "recovery",
    "grounded_answers",
    "session_summary",
    "identity_bias",
    "robustness",
    "human_likeness",
    "long_conversation",
    "emotion_text",
    "emotion_faces",
    "values",
    "stigma",
)
"""In the order of the battery: the ones a use waits for first."""


def studies() -> Mapping[str, Study]:
    """The studies, by name. Loading one reads no stimuli."""
    return MappingProxyType({name: study_named(name) for name in NAMES})


def study_named(name: str) -> Study:
    """One study.

    Raises:
        KeyError: there is none of this name.
    """
    if name not in NAMES:
        raise KeyError(name)
    return import_module(f"thirdchair_lab.studies.{name}.study").STUDY
