"""No safeguard gets worse or slower unseen: what it reaches on our own sets, and the work it takes, has recorded floors.

A floor lies a little below what was measured when it was recorded (benchmarks/safeguards/floors.json). Raise it when a
safeguard gets better; lower it only with a reason in the commit.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from benchmarks.safeguards import crisis, deidentification, disclosure, grounding, library

import battery
from thirdchair.measures.estimate import Estimate

FLOORS = json.loads(
    (Path(__file__).parents[2] / "benchmarks/safeguards/floors.json").read_text(encoding="utf-8")
)
MESSAGE = (
    "I have been off work since March and I do not know how to tell them I am not coming back. My sister rings every "
    "evening and I let it ring. I sleep four hours, then I lie there and count. Nothing is wrong, I keep saying, and "
    "they believe me. I would like to talk to somebody who does not know me."
)


@cache
def measured(part: str) -> dict[str, Estimate]:
    figures = {
        "crisis": lambda: crisis.on_our_own_sets(),
        "deidentification": lambda: deidentification.floor(),
        "grounding": lambda: grounding.measure(None),
        "disclosure": lambda: disclosure.measure(None),
        "library": lambda: library.measure(None),
    }[part]()
    return {figure.name: figure.value for figure in figures if isinstance(figure.value, Estimate)}


@pytest.mark.parametrize(
    ("part", "name", "floor"),
    [(part, name, floor) for part, floors in FLOORS["figures"].items() for name, floor in floors.items()],
)
def test_it_is_no_worse_than_when_it_was_recorded(part: str, name: str, floor: float) -> None:
    estimate = measured(part)[name]
    if estimate.direction == "higher":
        assert estimate.value >= floor
    else:
        assert estimate.value <= floor


@pytest.mark.parametrize(("name", "ceiling"), FLOORS["work"].items())
def test_it_takes_no_more_work_than_when_it_was_recorded(name: str, ceiling: int) -> None:
    run = battery.safeguards()[name]
    run(MESSAGE)  # what is loaded once is no part of it
    assert battery.work(run, MESSAGE) <= ceiling
