"""Judges of replies: registered by name, measured against people's labels before their scores count."""

from thirdchair_lab.judges.judge import FOLDER, Judge, JudgeFailed, by_rule, verdicts
from thirdchair_lab.judges.register import NAMES, judge_named
from thirdchair_lab.judges.reported import second_reading
from thirdchair_lab.judges.validation import (
    FEWEST_LABELS,
    KAPPA_FLOOR,
    Labelled,
    Validation,
    read_labels,
    shipped_validation,
    validate_judge,
    validation_from_json,
)

__all__ = [
    "FEWEST_LABELS",
    "FOLDER",
    "KAPPA_FLOOR",
    "NAMES",
    "Judge",
    "JudgeFailed",
    "Labelled",
    "Validation",
    "by_rule",
    "judge_named",
    "read_labels",
    "second_reading",
    "shipped_validation",
    "validate_judge",
    "validation_from_json",
    "verdicts",
]
