"""The checker of published numbers, run on the norms that we ship."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import thirdchair.measures.norms as norms
from thirdchair.measures.published import could_be_mean

FILES = sorted(Path(norms.__file__).parent.glob("*.json"))
TOTALS_OF_WHOLE_POINTS = {"leas", "rmet"}
"""Instruments whose total is a whole number for each person, so that a mean of n people is a whole number over n."""


def printed(value: Any) -> str:
    return str(Decimal(repr(value)))


def shipped() -> list[tuple[str, dict[str, Any]]]:
    return [(file.stem, norm) for file in FILES for norm in json.loads(file.read_text("utf-8"))["norms"]]


def test_there_are_norms_to_check() -> None:
    checkable = [
        one
        for name, one in shipped()
        if name in TOTALS_OF_WHOLE_POINTS and one["mean"] is not None and one["n"]
    ]
    assert len(checkable) >= 3


@pytest.mark.parametrize(("name", "norm"), shipped())
def test_a_shipped_mean_could_be_the_mean_of_so_many_people(name: str, norm: dict[str, Any]) -> None:
    if name in TOTALS_OF_WHOLE_POINTS and norm["mean"] is not None and norm["n"]:
        assert could_be_mean(printed(norm["mean"]), n=norm["n"])


@pytest.mark.parametrize(("name", "norm"), shipped())
def test_a_shipped_number_lies_where_its_scale_allows(name: str, norm: dict[str, Any]) -> None:
    whole = json.loads((Path(norms.__file__).parent / f"{name}.json").read_text("utf-8"))
    low, high = whole["lowest"], math.inf if whole["highest"] is None else whole["highest"]
    if norm["mean"] is not None:
        assert low <= norm["mean"] <= high
        if norm["sd"] is not None:  # no spread is wider than half the scale (Popoviciu 1935)
            assert 0 < norm["sd"] <= (high - low) / 2
    for share in (norm.get("shares") or {}).values():
        assert 0 <= share <= 1


def test_a_mean_that_no_whole_totals_give_is_found() -> None:
    assert not could_be_mean("58.93", n=50)
